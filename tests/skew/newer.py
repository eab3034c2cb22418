#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: newer.py TOP FOLDER

Make the sources of a version that does not exist yet: FOLDER gets the specification of
TOP and what is built, with one more word of each enumeration, one more flag of each set
and one more attribute of each nest that an endpoint is reported in. All of them are
called "newer". Whatever cannot be edited is an error, so that a test never compares a
version with itself.
"""

import os
import re
import shutil
import subprocess
import sys

import yaml

SPEC = "Documentation/netlink/specs/vdev.yaml"
# What a driver can say of an endpoint.
WORDS = ("rule", "value-type", "origin", "migration")
FLAGS = ("version-flag", "param-flag", "blocker-flag")
# The nests of a source, but those that are one of several forms: one more attribute
# would be one form too many.
NESTS = ("record", "ident", "semver", "semver-range", "software-version", "versions", "version",
         "feature", "param", "aggregation", "blocker")
# The functions that put them, and the last thing that they do.
PUTS = {
    "msg_put_ident": "ident", "msg_put_semver": "semver", "msg_put_semver_range": "semver-range",
    "msg_put_software_version": "software-version", "msg_put_version": "version",
    "msg_put_versions": "versions", "msg_put_feature": "feature", "msg_put_param": "param",
    "msg_put_aggregation": "aggregation", "vdev_msg_put_record": "record",
}


class Tree:
    def __init__(self, top, folder):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("kernel", "uapi", "userspace", "scripts", "Documentation/netlink",
                     "Documentation/man"):
            shutil.copytree(os.path.join(top, name), os.path.join(folder, name))
        # The one has the version; the other is written from a table of the kernel.
        for name in ("VERSION", "Documentation/virtio.rst"):
            shutil.copy(os.path.join(top, name), os.path.join(folder, name))

    def edit(self, name, pattern, replacement, times=1):
        text, count = re.subn(pattern, replacement, self.read(name), flags=re.S)
        if count != times:
            sys.exit(f"newer.py: {name}: {count} places for {times}: {pattern}")
        self.write(name, text)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)


def constant(*names):
    return "_".join(names).upper().replace("-", "_")


def named(items, name):
    return next(item for item in items if item["name"] == name)


def specify(tree):
    """What is new in the specification, and all that is written from it."""
    spec = yaml.safe_load(tree.read(SPEC))
    for name in WORDS + FLAGS:
        named(spec["definitions"], name)["entries"].append({"name": "newer", "doc": "Newer."})
    for name in NESTS:
        named(spec["attribute-sets"], name)["attributes"].append(
            {"name": "newer", "doc": "Newer.", "type": "u32"})
    tree.write(SPEC, yaml.safe_dump(spec, sort_keys=False))
    subprocess.run([sys.executable, os.path.join(tree.folder, "scripts/generate.py")], check=True)


def report_attributes(tree):
    """Have each put function end with the attribute that is new."""
    tree.edit("kernel/codec/encode_facts.c", r"(nla_put_u32\(skb, VDEV_A_BLOCKER_FLAGS, blocker->flags\))",
              r"\1 ||\n\t    nla_put_u32(skb, VDEV_A_BLOCKER_NEWER, 1)")
    for function, nest in PUTS.items():
        name = next(n for n in ("kernel/codec/encode_record.c", "kernel/codec/encode_facts.c", "kernel/codec/encode.c")
                    if re.search(rf"^(static )?int {function}\(", tree.read(n), flags=re.M))
        tree.edit(name, rf"(\nint |\nstatic int )({function}\((?:(?!\n}}).)*?)"
                        r"(\treturn vdev_msg_nest_close)",
                  rf"\1\2\terr = err ?: nla_put_u32(skb, {constant('vdev', 'a', nest)}_NEWER, 1);\n\3")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tree = Tree(sys.argv[1], sys.argv[2])
    specify(tree)
    report_attributes(tree)

    # The rule that is new is one for every field.
    tree.edit("kernel/model/record.c", r"(#define RULES_\w+\t)\(", r"\1(BIT(VDEV_RULE_NEWER) | ", 5)


main()
