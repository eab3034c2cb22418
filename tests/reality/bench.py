#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: bench.py PAIRS SEED [PART...], in a test guest: run.sh starts it."""

import os
import random
import sys
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [TESTS, f"{TESTS}/kselftest/lib"]

# pylint: disable=wrong-import-position
from realdev.guest import TOP, load, run, shell
from reality import assigned, net, owned, pooled, states, storage
from reality.table import Table

SHORT = 46
PARTS = {"states": states, "pooled": pooled, "assigned": assigned, "storage": storage,
         "net": net}


def setup():
    shell("load_realdevs", "vdpa_sim_net", "mtty", "mdpy")
    # Data is where both devices find it, as on storage that is shared.
    shell("load_module", "vdpa_sim_blk", "shared_backend=1")
    for module in ("vhost_vdpa", "vduse"):
        run("modprobe", module)
    load("vdpa", "mdev")
    owned.load_bridge()
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


def run_all(table, pairs, parts, rng):
    """What is listed first, the rest at random; half of that are network devices."""
    if pairs <= SHORT:
        return sum(run_cases(table, part.short()) for part in parts)
    wrong = sum(run_cases(table, part.listed()) for part in parts)
    drawn = [part for part in (net, states, net, pooled, net, storage) if part in parts]
    for left, part in zip(range(len(drawn), 0, -1), drawn):
        count = max(0, pairs - len(table.results)) // left
        wrong += run_cases(table, part.drawn(rng, count))
    return wrong


def main(pairs, seed, *parts):
    table = Table(seed)
    setup()
    began = time.monotonic()
    wrong = run_all(table, pairs, [PARTS[name] for name in parts or PARTS], random.Random(seed))
    print(f"1..{table.number}")
    table.show()
    print(f"# {time.monotonic() - began:.0f} s in the guest")
    table.write(os.environ["VDEV_RESULTS"])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
