# SPDX-License-Identifier: GPL-2.0
"""The series: which files each patch adds, and git, which makes patches of that."""

import fnmatch
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from intree import Unfit, kbuild, place
from intree.compat import Compat
from intree.wiring import WIRING

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
TEXTS = TOP / "packaging/patches"


def run(command, where, env=None):
    """What a program prints; it must not fail."""
    done = subprocess.run(command, cwd=where, env=env, capture_output=True, encoding="utf-8",
                          check=False)
    if done.returncode:
        raise Unfit(f"{' '.join(command[:4])}: {done.stderr.strip()}")
    return done.stdout


def project_files():
    """The files of a clone, or of a tarball."""
    if (TOP / ".git").exists():
        listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], TOP)
        return sorted(file for file in set(listed.splitlines()) if (TOP / file).is_file())
    return sorted(str(file.relative_to(TOP)) for file in TOP.rglob("*")
                  if file.is_file() and file.relative_to(TOP).parts[0] != "build")


def time_of_sources():
    """Of the commit; files of a tarball have its time."""
    if (TOP / ".git").exists():
        return run(["git", "log", "-1", "--format=%ct"], TOP).strip()
    return str(int((TOP / "VERSION").stat().st_mtime))


def author():
    """Name and address of who sends the series."""
    done = subprocess.run(["git", "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"],
                          cwd=TOP, capture_output=True, encoding="utf-8", check=False)
    known = re.fullmatch(r"(.+) <(.+@.+)> \d+ [+-]\d+\n", done.stdout)
    if done.returncode or not known:
        raise Unfit("git does not know who you are: set user.name and user.email with "
                    "'git config --global'")
    return known[1], known[2]


def kernel_version(tree):
    """The version and patchlevel of a kernel tree."""
    try:
        text = (tree / "Makefile").read_text(encoding="utf-8")
    except OSError as why:
        raise Unfit(f"{tree} is not the source of a kernel: {why.strerror}: Makefile") from None
    found = re.search(r"^VERSION = (\d+)\nPATCHLEVEL = (\d+)\n", text, re.MULTILINE)
    if not found:
        raise Unfit(f"{tree}/Makefile is not that of a kernel: it has no VERSION and PATCHLEVEL")
    if (tree / "drivers/vdev").exists():
        raise Unfit(f"{tree} has vdev already: drivers/vdev")
    return int(found[1]), int(found[2])


def plan(files):
    """For each patch its name, its files and its symbols of Kconfig."""
    steps, taken = [], set()
    for line in (TEXTS / "series").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, *patterns = line.split()
        symbols = {word for word in patterns if word.startswith("VDEV")}
        chosen = []
        for pattern in patterns:
            found = [file for file in files if fnmatch.fnmatch(file, pattern)
                     or file.startswith(pattern + "/")]
            if not found and pattern not in symbols:
                raise Unfit(f"packaging/patches/series: {name}: no file is {pattern}")
            chosen += [file for file in found if file not in taken]
            taken.update(found)
        steps.append((name, chosen, symbols))
    return steps


class Tree:
    """The files of a kernel tree that the series touches, patch by patch."""

    def __init__(self, source, folder, version, who):
        self.source, self.folder, self.who = source, folder, who
        self.compat = Compat((TOP / "kernel/compat.h").read_text(encoding="utf-8"), version)
        self.symbols, self.makefiles, self.files, self.wired = set(), [], [], set()
        for path in WIRING:
            try:
                self.write(path, (source / path).read_text(encoding="utf-8"))
            except OSError as why:
                raise Unfit(f"{source}: {path}: {why.strerror}") from None

    def write(self, path, text, like=None):
        """One file; LIKE is the one that it has the mode of."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if like:
            shutil.copymode(like, file)

    def convert(self, path, text):
        """What the text of a file of this tree is there."""
        if path.endswith((".c", ".h")) and path.startswith(("kernel/", "uapi/")):
            return place.reword(self.compat.apply(text), self.files)
        if path.endswith(".rst"):
            return place.page(text, self.files)
        if path.endswith("/Makefile"):
            return kbuild.without_alone(text)
        return text

    def add(self, path):
        """One file of this tree; Makefiles grow until the last patch."""
        if path.endswith("/Kbuild"):
            self.makefiles.append(path)
            return
        if path == "kernel/Kconfig":
            return
        text = (TOP / path).read_text(encoding="utf-8")
        try:
            self.write(place.place(path), self.convert(path, text), TOP / path)
        except Unfit as why:
            raise Unfit(f"{path}: {why}") from None

    def grow(self):
        """Makefiles, Kconfig and the kernel's own files, by what is there now."""
        for path in self.makefiles:
            at = place.place(path)
            there = (self.folder / at).parent
            text = (TOP / path).read_text(encoding="utf-8")
            self.write(at, kbuild.makefile(text, lambda file, there=there: (there / file).exists()))
        if self.symbols:
            text = (TOP / "kernel/Kconfig").read_text(encoding="utf-8")
            self.write("drivers/vdev/Kconfig", kbuild.kconfig(text, self.symbols))
        entry = (TEXTS / "maintainers.txt").read_text(encoding="utf-8").replace("@WHO@", self.who)
        for path, (needed, change) in WIRING.items():
            if path in self.wired or not (self.folder / needed).exists():
                continue
            self.wired.add(path)
            self.write(path, change((self.folder / path).read_text(encoding="utf-8"), entry))


def environment(who):
    """Only what is given here decides what git writes."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    date = f"@{time_of_sources()} +0000"
    for role in ("AUTHOR", "COMMITTER"):
        env.update({f"GIT_{role}_NAME": who[0], f"GIT_{role}_EMAIL": who[1],
                    f"GIT_{role}_DATE": date})
    return env | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}


def commit_all(git, tree, steps):
    """A commit for what the kernel has, and one for each patch."""
    git("init", "--quiet", "--initial-branch=vdev")
    git("add", "--all")
    git("commit", "--quiet", "--message=kernel")
    git("branch", "kernel")
    for name, files, symbols in steps:
        tree.symbols |= symbols
        for file in files:
            tree.add(file)
        tree.grow()
        git("add", "--all", "--force")
        git("commit", "--quiet", "--signoff", f"--file={TEXTS / name}.txt")


def warn_of_changes():
    """What is here goes into the series, whether it is committed or not."""
    if not (TOP / ".git").exists():
        return
    changed = run(["git", "status", "--porcelain", "--", "kernel", "uapi", "Documentation",
                   "tests/kselftest", "packaging/patches"], TOP)
    if changed:
        print(f"patches.py: with what is not committed:\n{changed.rstrip()}", file=sys.stderr)


def write(source, out, arguments):
    """Write the series for the kernel tree SOURCE to the folder OUT, and name its files."""
    source, out = pathlib.Path(source).resolve(), pathlib.Path(out).resolve()
    version, who = kernel_version(source), author()
    if any(out.glob("*.patch")):
        raise Unfit(f"{out} has patches already")
    warn_of_changes()
    files = project_files()
    steps = plan(files)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        tree = Tree(source, pathlib.Path(folder) / "tree", version, f"{who[0]} <{who[1]}>")
        tree.files = [file for _, chosen, _ in steps for file in chosen]
        env = environment(who)

        def git(*command):
            return run(["git", *command], tree.folder, env)

        commit_all(git, tree, steps)
        cover = (TEXTS / "cover.txt").read_text(encoding="utf-8")
        git("config", "branch.vdev.description", cover)
        git("format-patch", "--quiet", "--cover-letter", "--cover-from-description=subject",
            "--zero-commit", "--full-index", "--no-signature", "--stat=72", "--no-renames",
            *arguments, f"--output-directory={folder}/made", "kernel..vdev")
        made = pathlib.Path(folder, "made")
        if not made.is_dir():
            raise Unfit(f"git format-patch {' '.join(arguments)}: it has written no files")
        return [shutil.move(new, out / new.name) for new in sorted(made.iterdir())]
