#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: bench.py PAIRS SEED, in a test guest: run.sh starts it."""

import os
import random
import sys
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [TESTS, f"{TESTS}/kselftest/lib"]

# pylint: disable=wrong-import-position
from realdev.guest import TOP, load, run, shell
from reality import disk, mediated, net
from reality.table import Table

SHORT = 40
PARTS = (mediated, disk, net)


def setup():
    shell("load_realdevs", "vdpa_sim_net", "mtty", "mdpy")
    # Data is where both devices find it, as on storage that is shared.
    shell("load_module", "vdpa_sim_blk", "shared_backend=1")
    for module in ("vhost_vdpa", "vduse"):
        run("modprobe", module)
    load("vdpa", "mdev")
    run("vdevctl", "profile", "load", f"{TOP}/packaging/profiles.d/mtty.json")


def run_cases(table, cases):
    """Each gives results; one that ends early is an error, and the others go on."""
    wrong = 0
    for case in cases:
        try:
            for result in case():
                wrong += not table.add(result)
        # pylint: disable-next=broad-exception-caught
        except Exception as error:
            table.say(False, f"{type(error).__name__}: {error}")
            wrong += 1
    return wrong


def run_all(table, pairs, rng):
    """What is listed first, the rest at random."""
    if pairs <= SHORT:
        return sum(run_cases(table, part.cases(part.short())) for part in PARTS)
    wrong = sum(run_cases(table, part.cases(part.listed())) for part in PARTS)
    rest = max(0, pairs - len(table.results))
    few = rest // 5
    for part, count in zip(PARTS, (few, few, rest - 2 * few)):
        wrong += run_cases(table, part.cases(part.drawn(rng, count)))
    return wrong


def main(pairs, seed):
    table = Table(seed)
    setup()
    began = time.monotonic()
    wrong = run_all(table, pairs, random.Random(seed))
    print(f"1..{table.number}")
    table.show()
    print(f"# {time.monotonic() - began:.0f} s in the guest")
    table.write(os.environ["VDEV_RESULTS"])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
