#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The bridges against the kernel's own devices, in a test guest: what vdevctl
shows is compared with what other tools say. Run by run.sh."""

import functools
import os
import random
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [TESTS, f"{TESTS}/kselftest/lib"]

# pylint: disable=wrong-import-position
import ktap
from realdev import (calm, churn, events, killed, mdev, parents, pci, pool, profiles, rules,
                     shipped, stats, variant, vdpa)
from realdev.guest import built, load, run, shell, shown


def no_vdpa(_defer):
    """The vdpa bridge is built where the kernel has vdpa, and only there"""
    run("modprobe", "-q", "vdpa", check=False)
    ktap.equal("bridge", built("vdev_vdpa"), os.path.isdir("/sys/bus/vdpa"))


def where_vdpa_is(case):
    """The case; on a kernel without vdpa it is skipped."""
    if built("vdev_vdpa"):
        return case

    @functools.wraps(case)
    def skip(_defer):
        raise ktap.Skip("this kernel has no vdpa")
    return skip


def nothing_left(_defer):
    """Nothing is reported when all devices are gone, and every module can be removed"""
    ktap.equal("devices", shown("dev"), {})
    ktap.equal("types", shown("type"), {})
    shell("unload_vdev")


def names_of(case):
    """That of its function, and that of its file."""
    return {case.__name__, case.__module__.rsplit(".", maxsplit=1)[-1]}


def chosen(cases, names):
    """Those of the cases that are named; all of them if none is."""
    unknown = set(names).difference(*map(names_of, cases))
    if unknown:
        sys.exit(f"no such case: {' '.join(sorted(unknown))}")
    return [case for case in cases if not names or names_of(case).intersection(names)]


def main():
    """One boot for all cases, in an order that is different each time."""
    parts = [("mdev", mdev)]
    if built("vdev_vdpa"):
        parts.append(("vdpa", vdpa))
    cases = profiles.CASES + shipped.CASES
    for name, part in parts:
        part.setup()
        load(name)
        cases += part.CASES
    cases += events.MDEV_CASES + calm.MDEV_CASES + pool.CASES + parents.MDEV_CASES
    cases += killed.MDEV_CASES
    if built("vdev_vdpa"):
        cases += rules.CASES + stats.CASES + events.VDPA_CASES + parents.VDPA_CASES
        cases += killed.VDPA_CASES
    cases += map(where_vdpa_is, calm.VDPA_CASES)
    last = [nothing_left]
    if pci.present():
        cases += pci.CASES + variant.CASES + churn.CASES + shipped.PCI_CASES \
            + parents.PCI_CASES + killed.PCI_CASES
        last = pci.LAST_CASES + last
    random.shuffle(cases)
    return ktap.run_cases(chosen([no_vdpa] + cases + last, sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
