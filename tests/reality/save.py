#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: save.py GUEST STATE

Boot a machine until its guest waits for a command, and save its state. Its network device has
no driver yet, so the state can be loaded into a machine with any network device."""

import os
import sys

from vm import Machine, network


def main(guest, state):
    machine = Machine(*network("hubport,hubid=0", "mac=52:54:11:11:11:11"), "-kernel", guest)
    try:
        machine.cont()
        while machine.serial.read() != "ready":
            pass
        machine.migrate(f"file:{os.path.abspath(state)}")
    finally:
        machine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
