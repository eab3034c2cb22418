#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""A subscriber of its own: joins the group, dumps, and applies each event to what it knows,
until its input ends. Then nothing changes any more, and what it knows must be what a dump
reports. Prints how many events there were, and how often some were lost."""

import os
import select
import sys
import time

sys.path.append(f"{os.environ['VDEV_TOP']}/tests/kselftest/lib")

# pylint: disable=wrong-import-position
from judged import specification
from monitor import Follower

# What was polled last may still change what is reported.
PATIENCE = 30


def settle(follower):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return follower.compare()
        except AssertionError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.1)


def main():
    follower = Follower(specification())
    print("follows", flush=True)
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        follower.catch_up()
    settle(follower)
    print(follower.events, follower.losses)


if __name__ == "__main__":
    main()
