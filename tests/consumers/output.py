# SPDX-License-Identifier: GPL-2.0
"""Files that a command writes: at once, by one that is whole, or not at all."""

import os
import pathlib
import resource
import signal
import subprocess

from program import LIMIT, differs, folder

WORDS = ("type", "save")
FULL, EMPTY = "ceiling-list", "ceiling-none"


class Writer:
    """Writes files in a folder of its own, which must have nothing else in it afterwards."""

    def __init__(self, tap, program, path):
        self.tap, self.program = tap, program
        self.path = pathlib.Path(path)
        self.text = {case: self.program.run(*WORDS, "-", case=case).stdout
                     for case in (FULL, EMPTY)}

    def write(self, name, case=FULL, **options):
        return self.program.run(*WORDS, self.path / name, case=case, **options)

    def result(self, name, *problems):
        problems = [problem for problem in problems if problem]
        left = [entry.name for entry in self.path.iterdir() if ".XX" in entry.name
                or entry.name.startswith(".")]
        if left:
            problems.append(f"left: {left}")
        self.tap.result(f"output: {name}", problems)


def modes(writer):
    path = writer.path / "new"
    found = []
    for mask in (0o022, 0o077):
        path.unlink(missing_ok=True)
        writer.write("new", umask=mask)
        found.append(oct(path.stat().st_mode & 0o7777))
    writer.result("a new file has the mode that the umask leaves",
                  differs(found, ["0o644", "0o600"]))
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    before = path.stat()
    writer.write("new", EMPTY, umask=0o077)
    after = path.stat()
    writer.result("one in the place of another has its mode and its owner",
                  differs((after.st_mode, after.st_uid, after.st_gid),
                          (before.st_mode, before.st_uid, before.st_gid)),
                  differs(path.read_bytes(), writer.text[EMPTY]))
    writer.result("it is another file", after.st_ino == before.st_ino)


def links(writer):
    target, link = writer.path / "target", writer.path / "link"
    target.write_bytes(b"old")
    link.symlink_to("target")
    writer.write("link")
    writer.result("a link stays, and what it leads to is replaced",
                  differs(os.readlink(link), "target"),
                  differs(target.read_bytes(), writer.text[FULL]))
    target.unlink()
    done = writer.write("link")
    writer.result("a link that leads nowhere is an error", differs(done.returncode, 1),
                  b"link: a link that leads nowhere" not in done.stderr and done.stderr,
                  target.exists() and "the file was made")
    loop = writer.path / "loop"
    loop.symlink_to("loop")
    done = writer.write("loop")
    writer.result("so is one that leads to itself", differs(done.returncode, 1),
                  b"loop: Too many levels" not in done.stderr and done.stderr)


def odd_names(writer):
    longest = "n" * 255
    done = writer.write(longest)
    writer.result("a name can be as long as a name can be", differs(done.returncode, 0),
                  differs((writer.path / longest).read_bytes(), writer.text[FULL]))
    os.mkfifo(writer.path / "fifo")
    for name, words in (("fifo", "not a plain file"), (".", "not a plain file"),
                        ("target-that-is-not-there/f", "No such file or directory"),
                        ("n" * 256, "File name too long")):
        done = writer.write(name)
        said = done.stderr.decode()
        writer.result(f"an error names the file: {words}: {name[:9]}",
                      differs(done.returncode, 1),
                      f"{writer.path / name}: {words}" not in said and said)


def _no_room():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


def no_room(writer):
    path = writer.path / "kept"
    path.write_bytes(b"old")
    done = writer.write("kept", program=writer.program.plain, preexec_fn=_no_room)
    writer.result("where there is no room, the old file stays", differs(done.returncode, 1),
                  differs(path.read_bytes(), b"old"),
                  b"kept: File too large" not in done.stderr and done.stderr)
    done = writer.write("kept", "absent")
    writer.result("where nothing is known, the old file stays", differs(done.returncode, 6),
                  differs(path.read_bytes(), b"old"))


def always_whole(writer):
    path = writer.path / "read"
    writer.write("read")
    script = 'for n in {1..30}; do VDEV_REPLAY=$2 "$0" type save "$1" || exit; ' \
        'VDEV_REPLAY=$3 "$0" type save "$1" || exit; done'
    cases = [writer.program.env(case)["VDEV_REPLAY"] for case in (FULL, EMPTY)]
    seen, status, tries = set(), 0, 0
    while not status and len(seen) < 2 and tries < 5:  # the reader can be held up
        with subprocess.Popen(["bash", "-c", script, writer.program.plain, path, *cases],
                              env=writer.program.env()) as process:
            while process.poll() is None:
                seen.add(path.read_bytes())
            status = process.wait(LIMIT)
        tries += 1
    writer.result("a reader finds the old file or the new one, whole", differs(status, 0),
                  differs(seen, set(writer.text.values())))


def run(tap, program):
    with folder() as path:
        writer = Writer(tap, program, path)
        for case in (modes, links, odd_names, no_room, always_whole):
            case(writer)
