# SPDX-License-Identifier: GPL-2.0
"""Where each file of this tree is in a kernel tree, and what names of files become there."""

import pathlib
import re

from intree import kbuild

# The longest that fits is taken.
PLACES = {
    "uapi/linux/": "include/uapi/linux/",
    "kernel/include/linux/": "include/linux/",
    "kernel/": "drivers/vdev/",
    "tests/kselftest/": "tools/testing/selftests/drivers/vdev/",
    "Documentation/": "Documentation/driver-api/vdev/",
    "Documentation/netlink/": "Documentation/netlink/",
    "packaging/patches/index.rst": "Documentation/driver-api/vdev/index.rst",
}
NAMES = {"kernel/Kbuild": "drivers/vdev/Makefile"}
# A path in a sentence; what is before it may be a part of a longer one.
MENTIONED = re.compile(r'(?<![\w/.<"-])((?:kernel|uapi|tests|Documentation)/[\w./*-]*\w[*/]?)')
GENERATOR = "scripts/generate.py"
REFERENCE = re.compile(r":doc:`(\w[\w-]*)`")


def place(path):
    """Where a file is in a kernel tree."""
    start = max((start for start in PLACES if path.startswith(start)), key=len)
    new = PLACES[start] + path[len(start):]
    return re.sub(r"(^|/)Kbuild$", r"\1Makefile", new)


def mentioned(path, files):
    """What a sentence calls a file, if that goes into the kernel tree at all."""
    if any(file == path or pathlib.PurePath(file).match(path) or file.startswith(path.rstrip("/") + "/")
           for file in files):
        return place(path)
    return path


def reword(text, files):
    """Text with the paths of the kernel tree. FILES are those of this tree that go there."""
    text = MENTIONED.sub(lambda m: mentioned(m[1], files), text)
    return text.replace(GENERATOR, "generate.py of the vdev project")


def page(text, files):
    """A page of documentation: pages that stay outside are named, not linked."""
    names = {pathlib.PurePath(file).stem for file in files if file.endswith(".rst")}
    text = REFERENCE.sub(lambda m: m[0] if m[1] in names else f"``{m[1]}.rst`` of the vdev project", text)
    return re.sub(r"^ +\t+", lambda m: m[0].expandtabs(8), reword(text, files), flags=re.MULTILINE)
