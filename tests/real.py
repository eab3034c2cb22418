#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The bridges against the kernel's own devices, in a test guest: what vdevctl
shows is compared with what other tools say. Run by real.sh."""

import glob
import os
import random
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

# pylint: disable=wrong-import-position
from realdev import ktap, mdev, vdpa
from realdev.guest import built, load, run, shell, shown


def no_vdpa(_defer):
    """The vdpa bridge is built where the kernel has vdpa, and only there"""
    has_vdpa = run("modprobe", "-n", "-q", "vdpa", check=False) is not None and \
        bool(glob.glob(f"/lib/modules/{os.uname().release}/kernel/drivers/vdpa/vdpa.ko*"))
    ktap.equal("bridge", built("vdev_vdpa"), has_vdpa)


def nothing_left(_defer):
    """Nothing is told when all devices are gone, and every module can be removed"""
    ktap.equal("devices", shown("dev"), {})
    ktap.equal("types", shown("type"), {})
    shell("unload_vdev")


def main():
    """One boot for all cases, in any order."""
    parts = [("mdev", mdev)]
    if built("vdev_vdpa"):
        parts.append(("vdpa", vdpa))
    cases = []
    for name, part in parts:
        part.setup()
        load(name)
        cases += part.CASES
    random.shuffle(cases)
    return ktap.run_cases([no_vdpa] + cases + [nothing_left])


if __name__ == "__main__":
    sys.exit(main())
