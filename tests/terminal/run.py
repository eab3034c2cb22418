#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""vdevctl on a terminal.

usage: run.py REPLAY REPLAY-PLAIN [WORD...]

The kernel's replies are those of the golden cases, and of names.yaml.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

import yaml

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
sys.path.insert(0, str(GOLDEN))

import wire  # noqa: E402
from pty_run import LIMIT, SGR, Terminal, plain, screen, width  # noqa: E402

CASES = GOLDEN / "cases"
FILES = GOLDEN / "files"
SECONDS = re.compile(r"\rreading: \d+ s")
WIDTHS = (24, 40, 80, 200)
LONG = ("check", "--explain", "vdpa/vdpa0", "vdpa/vdpa1")
# What people read, with the replies that it needs.
TEXTS = [
    ("list", "dev list"), ("list", "dev show"), ("list", "-d dev show"), ("types", "type list"),
    ("monitor", "monitor --snapshot"), ("monitor-loss", "monitor"),
    ("check-live", "check vdpa/vdpa0 vdpa/vdpa1"),
    ("check-live", "check --explain vdpa/vdpa0 vdpa/vdpa1"),
    ("stale-check", "check source.json vdpa/vdpa1"), ("find", "-d find source.json"),
    (None, "find source.json in fleet-1.json fleet-2.json"),
    (None, "check --group machine.json#pci/0000:01:00.1 -- hosts-vfs.json#pci/0000:41:00.1"),
    (None, "baseline host-1.json host-2.json"), (None, "record show source.json"),
    (None, "check --offline source.json worse.json"), ("profile-show", "profile show"),
    (None, "matrix fleet-1.json fleet-2.json"), ("hostile-strings", "dev show"),
    ("stats", "stats show"), (None, "help"),
]
# What programs read.
DATA = [
    ("list", "-j dev list"), ("list", "-p dev show"), ("monitor", "-j monitor --snapshot"),
    ("check-live", "-j check vdpa/vdpa0 vdpa/vdpa1"), ("find", "-j find source.json"),
    ("check-live", "check --explain --raw vdpa/vdpa0 vdpa/vdpa1"),
    (None, "-j matrix fleet-1.json fleet-2.json"), (None, "matrix fleet-1.json fleet-2.json --html"),
    (None, "record convert source.json"), (None, "record convert source.json --token"),
    (None, "record convert source.json --libvirt"), (None, "record convert source.json --traits"),
    ("vdpa-net", "dev export"), ("profile-show", "-j profile show"), (None, "help --complete dev l"),
]


class Test:
    """Runs the program, and counts what came of it."""

    def __init__(self, replay, replay_plain, words, folder):
        self.replay, self.plain, self.words = replay, replay_plain, words
        self.folder = pathlib.Path(folder)
        self.count = self.failed = 0
        self.spec = wire.Spec()
        self.names = self.write_wire("names", yaml.safe_load((HERE / "names.yaml").read_text()))

    def write_wire(self, name, case):
        path = self.folder / f"{name}.wire"
        path.write_text("\n".join(wire.replay_lines(self.spec, case)) + "\n")
        return path

    def env(self, reply=None, **changes):
        env = {key: value for key, value in os.environ.items()
               if key not in ("COLUMNS", "LINES", "NO_COLOR", "LESS", "WATCH_INTERVAL")}
        env.update(TERM="xterm", ASAN_OPTIONS="exitcode=98", LESSSECURE="1", LESSHISTFILE="-",
                   LC_ALL="C.UTF-8", VDEV_REQUESTS=os.devnull)
        if reply:
            env["VDEV_REPLAY"] = str(reply if isinstance(reply, pathlib.Path)
                                     else CASES / f"{reply}.wire")
        env.update(changes)
        return {key: value for key, value in env.items() if value is not None}

    def terminal(self, args, reply=None, env=None, columns=80, cwd=FILES, **streams):
        words = args.split() if isinstance(args, str) else args
        return Terminal([self.replay, *words], self.env(reply, **(env or {})), columns, cwd,
                        **streams)

    def shown(self, *args, **options):
        """All that a command prints on a terminal."""
        terminal = self.terminal(*args, **options)
        terminal.end()
        return terminal.output

    def piped(self, args, reply=None, **options):
        words = args.split() if isinstance(args, str) else args
        options.setdefault("stderr", subprocess.PIPE)
        return subprocess.run([self.replay, *words], env=self.env(reply), cwd=FILES, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=LIMIT,
                              **options)

    def shell(self, script, reply=None, columns=80, **env):
        """A script of the shell on a terminal, in which the program is $V."""
        return Terminal(["bash", "-c", script], self.env(reply, V=self.plain, **env), columns,
                        FILES)

    def result(self, name, problem):
        if self.words and not any(word in name for word in self.words):
            return
        self.count += 1
        self.failed += bool(problem)
        for line in str(problem or "").splitlines()[:30]:
            print(f"# {line!a}")
        print(f"{'not ok' if problem else 'ok'} {self.count} - {name}", flush=True)


def expect(condition, *what):
    return "" if condition else "\n".join(str(item) for item in what) or "no"


# Colour.

def colour_when(test):
    def has(args="dev list", env=None, **streams):
        return bool(SGR.search(test.shown(args, "list", env, **streams)))

    test.result("colour: on a terminal", expect(has()))
    test.result("colour: auto on a terminal", expect(has("-c auto dev list")))
    test.result("colour: never on a terminal", expect(not has("--color=never dev list")))
    test.result("colour: not if NO_COLOR is set", expect(not has(env={"NO_COLOR": "1"})))
    test.result("colour: if NO_COLOR is empty", expect(has(env={"NO_COLOR": ""})))
    test.result("colour: always, also if NO_COLOR is set",
                expect(has("-c dev list", env={"NO_COLOR": "1"})))
    test.result("colour: not on a dumb terminal", expect(not has(env={"TERM": "dumb"})))
    test.result("colour: not on a terminal of which nothing is known",
                expect(not has(env={"TERM": None})))
    test.result("colour: not in a pipe", expect(b"\x1b" not in test.piped("dev list", "list").stdout))
    test.result("colour: always in a pipe",
                expect(b"\x1b[" in test.piped("dev list -c always", "list").stdout))
    file = test.folder / "file"
    file.touch()
    has(stdout=str(file))
    test.result("colour: not in a file, though stderr is a terminal",
                expect(file.stat().st_size and b"\x1b" not in file.read_bytes()))


def colour_of_texts(test):
    for reply, args in TEXTS:
        coloured = test.piped(f"-c always {args}", reply)
        none = test.piped(f"-c never {args}", reply)
        text = coloured.stdout.decode()
        problem = expect(plain(text) == none.stdout.decode() and "\x1b" not in plain(text),
                         text, none.stdout)
        problem = problem or expect(b"\x1b" not in coloured.stderr, coloured.stderr)
        problem = problem or expect(coloured.returncode == none.returncode)
        for line in text.splitlines():
            found = SGR.findall(line)
            closed = all((code == "\x1b[0m") == bool(i % 2) for i, code in enumerate(found))
            problem = problem or expect(closed and len(found) % 2 == 0, line)
        test.result(f"colour: says nothing that words do not, and ends in its line: {args}", problem)
    for reply, args in DATA:
        coloured, none = test.piped(f"-c {args}", reply), test.piped(args, reply)
        test.result(f"colour: none for programs: {args}",
                    expect(coloured.stdout == none.stdout and b"\x1b" not in none.stdout
                           and none.stdout, coloured.stdout))


def colour_of_words(test):
    def colours(args, reply, word, code):
        text = test.shown(args, reply)
        return expect(f"\x1b[{code}m{word}" in text, text)

    test.result("colour: a good verdict is green",
                colours("check --offline source.json source.json", None, "identical", 32))
    test.result("colour: an undeclared one is yellow",
                colours("check --offline source.json undeclared.json", None, "undeclared", 33))
    test.result("colour: a bad one is red",
                colours("check --offline source.json worse.json", None, "incompatible", 31))
    test.result("colour: a finding against it is red",
                colours("check --offline source.json worse.json", None, "param mtu", 31))
    test.result("colour: a result in a table is red",
                colours(LONG, "check-live", "fail", 31))
    test.result("colour: what is new is green", colours("monitor", "monitor", "new", 32))
    test.result("colour: what has gone is red", colours("monitor", "monitor", "del", 31))
    test.result("colour: titles are bold", colours("dev list", "list", "HANDLE", 1))


# Widths.

def fits(test, args, reply, columns):
    lines = plain(test.shown(args, reply, columns=columns)).splitlines()
    wide = [line for line in lines if width(line) > columns]
    return expect(lines and not wide, *(wide or lines))


def column_starts(lines):
    """Where each column begins, by the title line."""
    title = lines[0]
    return [i for i in range(len(title)) if title[i] != " " and (i == 0 or title[i - 2:i] == "  ")]


def cell_at(line, start):
    """What begins at that column of the terminal; None if a character lies across it."""
    at = 0
    for i, char in enumerate(line):
        if at == start and width(char):
            return line[i:]
        at += width(char)
        if at > start:
            return None
    return ""


def aligned(test, args, reply, columns):
    lines = plain(test.shown(args, reply, columns=columns)).splitlines()
    bad = []
    for start in column_starts(lines):
        for line in lines[1:]:
            cell = cell_at(line, start)
            if cell is None or (cell.startswith(" ") and cell.strip() and start == 0):
                bad.append(f"column {start}: {line}")
            before = cell_at(line, start - 1) if start else ""
            if before is None or (before and before[0] != " "):
                bad.append(f"no gap before column {start}: {line}")
    return expect(len(lines) > 1 and not bad, *bad, *lines)


def widths(test):
    for columns in WIDTHS:
        for reply in ("list", test.names):
            name = f"{getattr(reply, 'stem', reply)}, {columns} columns"
            test.result(f"width: dev list fits: {name}", fits(test, "dev list", reply, columns))
            test.result(f"width: dev list is aligned: {name}",
                        aligned(test, "dev list", reply, columns))
        test.result(f"width: check --explain fits, {columns} columns",
                    fits(test, LONG, "check-live", columns) if columns > 39 else "")
    text = test.shown("dev list", test.names, columns=40)
    test.result("width: a handle is wrapped, and nothing of it is lost",
                expect("mdev/62177883-f1bb-47f0-914d-32a22e3a8804" in
                       "".join(line[:27].strip() for line in plain(text).splitlines()[3:5]), text))
    text = plain(test.shown(LONG, "check-live", columns=40))
    test.result("width: the words of findings are all there",
                expect("missing MAC STATUS RING_RESET, unmet bit-64" in " ".join(text.split()),
                       text))
    narrow = plain(test.shown("dev list", "list", {"COLUMNS": "40"}, columns=200))
    test.result("width: COLUMNS counts more than the terminal",
                expect(narrow == plain(test.shown("dev list", "list", columns=40)), narrow))
    for value in ("", "0", "-1", "99999999999999999999", "4e1", " 40", "40 "):
        test.result(f"width: COLUMNS={value!r} is none",
                    expect(test.shown("dev list", "list", {"COLUMNS": value}) ==
                           test.shown("dev list", "list")))
    test.result("width: one column does no harm",
                expect(test.shown("dev list", test.names, {"COLUMNS": "1"}) and
                       test.terminal(LONG, "check-live", {"COLUMNS": "1"}).end() == 2))


def hidden_marks(test):
    text = test.shown("dev show", test.names) + test.shown("dev list", test.names, columns=200)
    marks = "\u202e\u200f\u200b"
    test.result("names: marks that turn or hide text are not printed",
                expect("turned" in text and not any(mark in text for mark in marks), text))
    test.result("names: letters of any direction are", expect("שלום-עולם" in text, text))
    text = test.shown("-j dev show", test.names)
    test.result("names: in JSON the marks are numbers",
                expect("\\u202Eturned\\u200F\\u200B" in text
                       and not any(mark in text for mark in marks), text))


# Below other programs.

def many(test):
    device = {"dev": {"id": 1, "snapshot": 5, "bus": "sim", "name": "a", "migration": "undeclared"}}
    return test.write_wire("many", {"exchanges": [[
        {"messages": [device] * 16, "repeat": 256, "numbered": True}, {"done": {}}]]})


def pagers(test, reply):
    end = 'echo "ended: ${PIPESTATUS[0]}"'
    for args in ("dev show", "dev list", "-j dev show", "-c always dev list"):
        terminal = test.shell(f'$V {args} | less -R; {end}', reply)
        begun = terminal.expect("sim/")
        terminal.type("q")
        terminal.end()
        test.result(f"pager: to leave it ends {args} without a word",
                    expect(begun and "ended: 141" in terminal.output
                           and "vdevctl" not in terminal.output, terminal.output[-500:]))
    terminal = test.shell(f'$V -c dev list --columns handle,migratable | less -R; {end}',
                          "list")
    begun = terminal.expect("\x1b[32myes")
    terminal.type("q")
    terminal.end()
    test.result("pager: shows colours", expect(begun and "ended: 0" in terminal.output,
                                               terminal.output))
    terminal = test.shell(f'$V dev show | head -n 1; {end}', reply)
    terminal.end()
    test.result("pager: head ends it without a word",
                expect("ended: 141" in terminal.output and "vdevctl" not in terminal.output,
                       terminal.output))


def watch(test):
    for columns in (40, 80):
        terminal = test.shell("exec watch -n 60 -c -x \"$V\" -c always dev list", "list", columns)
        found = terminal.expect("unsupported") and terminal.expect("blocked")
        text = terminal.output
        os.kill(terminal.pid, signal.SIGINT)
        terminal.end()
        test.result(f"watch: shows a table in colour, {columns} columns",
                    expect(found and "HANDLE" in plain(text) and "\x1b[31m" in text, text))
        test.result(f"watch: cuts it to its width, {columns} columns",
                    expect(("CAPABILITIES" in text) == (columns == 80), text))


# Progress.

def fifo(test, name):
    path = test.folder / name
    if not path.exists():
        os.mkfifo(path)
    return path


def write_late(path, text, seconds):
    def write():
        with open(path, "wb") as file:  # waits for the reader
            time.sleep(seconds)
            file.write(text)
    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    return thread


def slow(test, args, seconds=1.6, names=("slow.json",), **options):
    """What a command prints that has to wait for files."""
    text = (FILES / "source.json").read_bytes()
    threads = [write_late(fifo(test, name), text, seconds + i) for i, name in enumerate(names)]
    terminal = test.terminal(args, cwd=test.folder, **options)
    status = terminal.end()
    for thread in threads:
        thread.join()
    return terminal.output, status


def progress(test):
    source = FILES / "source.json"
    args = f"check ./slow.json {source}"
    expected = [f"./slow.json -> {source}: identical"]
    text, status = slow(test, args)
    test.result("progress: is shown", expect(SECONDS.search(text), text))
    test.result("progress: is erased", expect(screen(text) == expected and status == 0, text))
    for _ in range(3):
        text, status = slow(test, args, seconds=0.3)
        if "reading" not in text:
            break
    test.result("progress: is not shown before a second is over",
                expect("reading" not in text and status == 0, text))
    text, status = slow(test, args, env={"TERM": "dumb"})
    test.result("progress: is not shown on a dumb terminal", expect("reading" not in text, text))
    log = test.folder / "log"
    log.touch()
    text, status = slow(test, args, stderr=str(log))
    test.result("progress: is not written to a file",
                expect(not log.read_bytes() and "reading" not in text and status == 0, text))
    out = test.folder / "out"
    out.touch()
    text, status = slow(test, args, stdout=str(out))
    test.result("progress: is shown if only stderr is a terminal",
                expect(SECONDS.search(text) and not screen(text), text))
    test.result("progress: and nothing of it is in the output",
                expect(out.read_text() == expected[0] + "\n", out.read_text()))
    text, status = slow(test, f"find {source} in ./slow.json ./later.json",
                        names=("slow.json", "later.json"))
    test.result("progress: counts", expect("reading: 1 of 2" in text and "reading: 2 of 2" in text,
                                           text))
    test.result("progress: is erased where it counted",
                expect(len(screen(text)) == 2 and status == 0, text))
    for command in ("matrix", "check --all"):
        text, status = slow(test, f"{command} {source} -- ./slow.json")
        test.result(f"progress: {command} counts",
                    expect("reading: 2 of 2" in text and "reading" not in "".join(screen(text))
                           and status == 0, text))
    text, status = slow(test, args, columns=6)
    test.result("progress: is cut to a narrow terminal",
                expect("\rreadi\x1b[K" in text and screen(text) == expected, text))


def progress_and_others(test):
    terminal = test.terminal("check ./never.json ./never.json", cwd=str(fifo(test, "never.json").parent))
    begun = terminal.expect("reading: ")
    terminal.type("\x03")
    status = terminal.end()
    test.result("progress: is erased by a signal, of which the command ends",
                expect(begun and status == -signal.SIGINT
                       and screen(terminal.output) in ([], ["^C"]), terminal.output, status))
    text = (FILES / "misspelt.json").read_bytes()
    write_late(fifo(test, "slow.json"), text, 1.6)
    terminal = test.terminal(f"find {FILES}/source.json in ./slow.json", cwd=test.folder)
    terminal.end()
    lines = screen(terminal.output)
    test.result("progress: a complaint stands alone on its line",
                expect("reading: " in terminal.output and "reading" not in "".join(lines)
                       and any(line.startswith("vdevctl: find: ./slow.json") for line in lines),
                       terminal.output))
    terminal = test.shell('mkfifo "$F" 2>/dev/null; (sleep 1.6; cat source.json >"$F") & '
                          'set -m; $V check "$F" source.json & wait', F=str(fifo(test, "b.json")))
    terminal.end()
    test.result("progress: is not shown in the background",
                expect("identical" in terminal.output and "reading" not in terminal.output,
                       terminal.output))


# Streams that do not take what is written.

FAILING = [
    ("no-device", "dev show vdpa/vdpa7", 6), (None, "check --offline source.json misspelt.json", 3),
    (None, "dev shw", 5), (None, "record show broken.json", 1), ("stale", "dev show", 4),
    ("unbridged", "dev show", 0), (None, "find source.json in misspelt.json", 3),
]


def stderr_gone(test):
    for reply, args, status in FAILING:
        expected = test.piped(args, reply)
        test.result(f"stderr: the exit status is {status}: {args}",
                    expect(expected.returncode == status and expected.stderr, expected))
        for name, how in (("closed", "2>&-"), ("full", "2>/dev/full")):
            done = subprocess.run(["bash", "-c", f'"$0" {args} {how}', test.replay], cwd=FILES,
                                  env=test.env(reply), check=False, stdout=subprocess.PIPE,
                                  stdin=subprocess.DEVNULL, timeout=LIMIT)
            test.result(f"stderr: {name}: {args}",
                        expect((done.returncode, done.stdout) ==
                               (expected.returncode, expected.stdout), done, expected))


def stderr_is_no_file(test):
    """What is opened first must not be where complaints go."""
    files = {}
    for how in ("", "2>&-", "0<&- 2>&-", "1>&- 2>&-"):
        path = test.folder / "saved"
        path.unlink(missing_ok=True)
        subprocess.run(["bash", "-c", f'"$0" type save "$1" {how}; "$0" type save "$1" more {how}',
                        test.replay, path], env=test.env("ceiling-list"), check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT)
        files[how] = path.read_bytes() if path.exists() else None
    test.result("stderr: closed, what is saved is what it would be",
                expect(files[""] and len(set(files.values())) == 1, files))


def main():
    with tempfile.TemporaryDirectory() as folder:
        test = Test(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:],
                    folder)
        print("TAP version 13")
        colour_when(test)
        colour_of_texts(test)
        colour_of_words(test)
        widths(test)
        hidden_marks(test)
        pagers(test, many(test))
        watch(test)
        progress(test)
        progress_and_others(test)
        stderr_gone(test)
        stderr_is_no_file(test)
    print(f"1..{test.count}")
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
