#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Write what follows from the specification.

These are the constants of the header, the policies of the kernel, the words of the simulator,
the tables of the library and the keys of JSON. The page about virtio follows from the table
of the vdpa bridge. With --check nothing is written, and the exit status says whether all of it is
up to date.
"""

import argparse
import pathlib
import sys

import yaml

from generators import header, keys, names, policy, schema, sim, virtio, words

TOP = pathlib.Path(__file__).resolve().parent.parent
SPEC = "Documentation/netlink/specs/vdev.yaml"
# What each file is to be, from the specification and from what it is now.
OUTPUTS = {
    "uapi/linux/vdev.h": header.render,
    "Documentation/virtio.rst": virtio.render,
    "kernel/model/words.h": words.render,
    "kernel/netlink/policy.c": policy.render,
    "kernel/sim/names.c": sim.render,
    "userspace/lib/model/names.c": names.render,
    "userspace/lib/model/schema.c": schema.render,
    "userspace/common/keys.h": keys.render_keys,
    "userspace/lib/format/shape_sets.c": keys.render_shapes,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true",
                        help="write nothing, fail if a file is not up to date")
    args = parser.parse_args()

    spec = yaml.safe_load((TOP / SPEC).read_text(encoding="utf-8"))
    stale = []
    for name, render in OUTPUTS.items():
        file = TOP / name
        old = file.read_text(encoding="utf-8")
        new = render(spec, old)
        if old == new:
            continue
        stale.append(name)
        if not args.check:
            file.write_text(new, encoding="utf-8")
    if args.check and stale:
        sys.exit(f"{', '.join(stale)}: not what the specification says; run scripts/generate.py")


if __name__ == "__main__":
    main()
