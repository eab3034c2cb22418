#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Files use only what is in their layer or under it, and not each other in a circle.

Usage: layers.py [--top FOLDER] [--graph]

A file uses a header that it includes, and a .c file that defines a function or a
variable that it names; what is called through a table of functions is not named.
--graph prints what uses what, and by which names.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys

# Each tree: its layers from the lowest to the highest. A folder that is not listed is a
# mistake; "." is what lies in the tree's own folder. Layers of one line do not use
# each other.
TREES = {
    "kernel": ("model", "codec", "core", "netlink", ".", "bridges sim examples", "tests"),
    "userspace/lib": ("model", "format netlink", "judge monitor statistics", "parent"),
    "userspace/common": (".",),
    "userspace/tool": ("cli", "print", "cmd", "."),
}
# These use of the others what is exported to modules, and nothing else.
ALONE = ("bridges", "sim", "examples")
# What all may include, whatever its folder.
COMMON = ("kernel/compat.h", "kernel/include", "userspace/lib/internal.h")

# What user space may have of the kernel.
SHARED = ("kernel/model/", "kernel/include/")

# What these macros define.
MACROS = ("-I", "__ro_after_init", "-D", "DEFINE_MUTEX(x)=struct mutex x",
          "-D", "DEFINE_SPINLOCK(x)=spinlock_t x", "-D", "DEFINE_SEQLOCK(x)=seqlock_t x",
          "-D", "LIST_HEAD(x)=struct list_head x",
          "-D", "DECLARE_RWSEM(x)=struct rw_semaphore x")

NOISE = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)
EXPORTED = re.compile(r"^EXPORT_SYMBOL_GPL\((\w+)\)", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.M)
WORD = re.compile(r"[A-Za-z_]\w*")


class Tree:
    """The files of a tree, and what each uses: {file: {file: names}}."""

    def __init__(self, top, name):
        self.top, self.name = top, name
        self.rank = {folder: rank for rank, layer in enumerate(TREES[name])
                     for folder in layer.split()}
        self.files = sorted(file.relative_to(top) for file in (top / name).rglob("*.[ch]")
                            if not self.is_common(file.relative_to(top)))
        self.uses = collections.defaultdict(lambda: collections.defaultdict(set))
        self.foreign = []
        self.exported = set()
        self.read_includes()
        self.read_names()

    @staticmethod
    def is_common(file):
        return any(str(file) == common or str(file).startswith(common + "/") for common in COMMON)

    def layer(self, file):
        folders = file.relative_to(self.name).parts[:-1]
        return folders[0] if folders else "."

    def add(self, user, used, name):
        if user != used:
            self.uses[user][used].add(name)

    def read_includes(self):
        known = set(self.files)
        for file in self.files:
            text = (self.top / file).read_text()
            self.exported.update(EXPORTED.findall(text))
            for name in INCLUDE.findall(text):
                if not name.startswith(SHARED) and name.startswith("kernel/"):
                    self.foreign.append(f"{file} uses {name}, which is the kernel's alone")
                for folder in (file.parent, pathlib.Path(self.name), pathlib.Path(".")):
                    used = pathlib.Path(*(folder / name).parts)
                    if used in known:
                        self.add(file, used, f'"{name}"')
                        break

    def definitions(self):
        """{name: file} of what is not static."""
        sources = [str(file) for file in self.files if file.suffix == ".c"]
        listed = subprocess.run(
            ["ctags", "-x", "--language-force=C", "--kinds-C=fv", *MACROS,
             "--_xformat=%N %F %{file} %C", *sources],
            cwd=self.top, check=True, capture_output=True, text=True).stdout
        lines = (line.split(" ", 3) for line in listed.splitlines())
        # What has a type without a name can be named by nobody else.
        return {name: pathlib.Path(file) for name, file, static, text in lines
                if static != "file" and not text.startswith("}")}

    def read_names(self):
        defined = self.definitions()
        if not defined:
            raise ValueError(f"{self.name}: no function is defined")
        for file in self.files:
            if file.suffix == ".c":
                text = NOISE.sub(" ", (self.top / file).read_text())
                for name in set(WORD.findall(text)) & set(defined):
                    self.add(file, defined[name], name)

    def unknown_folders(self):
        return [f"{file}: no layer of {self.name}" for file in self.files
                if self.layer(file) not in self.rank]

    def may_use(self, user, used, names):
        user, used = self.layer(user), self.layer(used)
        if user != used and user in ALONE:
            return names <= self.exported
        return user == used or self.rank[user] > self.rank[used]

    def upward(self):
        return [f"{user} uses {used}: {' '.join(sorted(names))}"
                for user, others in sorted(self.uses.items())
                for used, names in sorted(others.items())
                if not self.may_use(user, used, names)]

    def circles(self):
        """What is left when files that use nothing, or only what was taken, are taken."""
        left = {file: set(others) for file, others in self.uses.items()}
        while True:
            done = {file for file in left if not left[file] & set(left)}
            if not done:
                break
            for file in done:
                del left[file]
        return self.only_circles(left)

    def only_circles(self, left):
        """Without those that are merely above a circle."""
        while True:
            used = set().union(*left.values()) if left else set()
            above = {file for file in left if file not in used}
            if not above:
                break
            for file in above:
                del left[file]
        return [f"{user} uses {used}: {' '.join(sorted(self.uses[user][used]))}"
                for user in sorted(left) for used in sorted(left[user] & set(left))]

    def graph(self):
        for user, others in sorted(self.uses.items()):
            for used, names in sorted(others.items()):
                print(f"{user} -> {used}: {' '.join(sorted(names))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--top", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--graph", action="store_true")
    options = parser.parse_args()
    problems = []
    for name in TREES:
        tree = Tree(options.top, name)
        if options.graph:
            tree.graph()
        problems += tree.unknown_folders() or tree.foreign + tree.upward() + tree.circles()
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
