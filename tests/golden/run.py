#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Run vdevctl on recorded replies and compare every byte it prints.

usage: run.py REPLAY REPLAY-PLAIN [--update] [--big-endian FOLDER] [CASE...]

On a big-endian machine the replies are other bytes than those that lie here. They are
written to the FOLDER; all else is as it is here.

A case is a file cases/NAME.yaml:
  about       a sentence, the name of the test
  command     words of the command line; run as text, with -d and with -j
  runs        instead: for each run its arguments, its exit status, the file
              that is its standard input, whether it warns, whether it is
              partial: it fails, and what was done before is on stdout; the folder
              below files/ that it happens in; whether
              stdout is a terminal; what is set in its environment; whether
              the byte order shows, so that NAME.RUN.big is for a big-endian machine;
              and whether a table is cut, so that NAME.RUN.newer is for a libsmartcols
              that is newer than 2.38, which leaves other columns less room
  exchanges   for each request, the datagrams that answer it (see wire.py), and
              the events that come with them
  absent      the kernel has no family: true, or for this namespace or container
  vdpa        the kernel has the family vdpa, too

Beside it lie NAME.wire, the replies as bytes; NAME.RUN, what a run printed to
stdout, or to stderr if it fails, and then nothing may be on stdout;
NAME.RUN.warn, what a run that does not fail, or is partial, prints to stderr; and NAME.request,
what the kernel was asked by the first run. Runs happen in files/.
"""

import argparse
import contextlib
import ctypes
import os
import pathlib
import subprocess
import sys
import tempfile
import tty

import yaml

import examples
import wire

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE / "cases"
FILES = HERE / "files"
# With any other exit status the answer is on stdout.
FAILURES = (1, 4, 5, 6)
# What is printed does not depend on who runs it.
TERMINAL = {"TERM": "xterm", "NO_COLOR": "", "COLUMNS": ""}
SANITIZERS = {"ASAN_OPTIONS": "exitcode=98", "UBSAN_OPTIONS": "exitcode=98"}
# Seconds until a run hangs; with valgrind on a busy machine one takes many.
LIMIT = 300
FEW, MANY = 4096, 65536
# What the page cache and the allocator may make of the same work, in KiB.
SLACK = 1024


def newer_tables():
    """Whether libsmartcols is newer than 2.38."""
    version = ctypes.c_char_p()
    ctypes.CDLL("libsmartcols.so.1").scols_get_library_version(ctypes.byref(version))
    return tuple(int(part) for part in version.value.decode().split(".")[:2]) > (2, 38)


def difference(path, got):
    expected = path.read_bytes() if path.exists() else b""
    if expected == got:
        return ""
    with tempfile.NamedTemporaryFile() as file:
        file.write(got)
        file.flush()
        text = subprocess.run(["diff", "-a", "-u", "--label", path.name, "--label", "got",
                               path if path.exists() else "/dev/null", file.name],
                              stdout=subprocess.PIPE, check=False).stdout
    return text.decode(errors="backslashreplace")


def check(path, got, update):
    if update:
        path.write_bytes(got)
    return difference(path, got)


def default_runs(command):
    return {"text": {"args": command}, "details": {"args": f"-d {command}"},
            "json": {"args": f"-j {command}"}}


def on_pipe(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, **options)


def on_terminal(command, **options):
    """What is printed there stays in the terminal until it is read, so it is little."""
    master, slave = os.openpty()
    tty.setraw(slave)
    with open(master, "rb", buffering=0) as file:
        done = subprocess.run(command, stdout=slave, **options)
        os.close(slave)
        done.stdout = read_to_end(file)
    return done


def read_to_end(terminal):
    """When nobody has the other side open: EIO says that there is no more."""
    parts = []
    with contextlib.suppress(OSError):
        while part := terminal.read(FEW):
            parts.append(part)
    return b"".join(parts)


class Case:
    def __init__(self, path, spec, replay, update, folder):
        self.path = path
        self.folder = folder
        self.spec = spec
        self.replay = replay
        self.update = update
        self.case = yaml.safe_load(path.read_text())
        self.runs = self.case.get("runs") or default_runs(self.case["command"])

    def beside(self, suffix):
        return self.path.with_suffix("." + suffix)

    def wire(self):
        """The replies as bytes: those that are recorded, or made for this run."""
        return self.folder / f"{self.path.stem}.wire" if self.folder else self.beside("wire")

    def execute(self, run, requests):
        args = run["args"].split() if isinstance(run["args"], str) else run["args"]
        env = {**os.environ, "VDEV_REQUESTS": requests, **SANITIZERS, **TERMINAL,
               **run.get("env", {})}
        if self.wire().exists():
            env["VDEV_REPLAY"] = str(self.wire())
        stdin = run.get("stdin")
        execute = on_terminal if run.get("terminal") else on_pipe
        with open(FILES / stdin if stdin else os.devnull, "rb") as file:
            return execute([self.replay, *args], env=env, check=False, timeout=LIMIT,
                           cwd=FILES / run.get("folder", ""), stdin=file,
                           stderr=subprocess.PIPE)

    def check_run(self, name, run, requests):
        done = self.execute(run, requests)
        status = run.get("status", 0)
        if done.returncode != status:
            return f"exit status {done.returncode}, expected {status}\n{done.stderr.decode()}"
        if status in FAILURES and not run.get("partial"):
            if done.stdout:
                return "something is on stdout although it failed"
            return check(self.beside(name), done.stderr, self.update)
        if run.get("warn") or run.get("partial"):
            problem = check(self.beside(f"{name}.warn"), done.stderr, self.update)
        else:
            problem = done.stderr and "something is on stderr: " + done.stderr.decode()
        if self.folder and run.get("order"):
            name += ".big"
        if run.get("cut") and newer_tables():
            name += ".newer"
        return problem or check(self.beside(name), done.stdout, self.update)

    def check_requests(self, requests):
        lines = []
        for line in pathlib.Path(requests).read_text().split():
            lines += self.spec.read_request(bytes.fromhex(line))
        if not lines:
            return ""
        return check(self.beside("request"), ("\n".join(lines) + "\n").encode(), self.update)

    def check_wire(self):
        lines = wire.replay_lines(self.spec, self.case)
        if not lines:
            return ""
        text = ("\n".join(lines) + "\n").encode()
        if self.folder:
            self.wire().write_bytes(text)
            return ""
        return check(self.beside("wire"), text, self.update)

    def run(self, tap):
        about = f"{self.path.stem}: {self.case['about']}"
        tap.result(f"{about}: bytes", self.check_wire())
        for number, (name, run) in enumerate(self.runs.items()):
            with tempfile.NamedTemporaryFile() as requests:
                tap.result(f"{about}: {name}", self.check_run(name, run, requests.name))
                if number == 0:
                    tap.result(f"{about}: request", self.check_requests(requests.name))


def peak_memory(replay, spec, number, args):
    """Peak resident KiB while that many devices are shown."""
    device = yaml.safe_load((CASES / "vdpa-net.yaml").read_text())["exchanges"][0][0]
    script = wire.replay_lines(spec, {"exchanges": [[
        {"messages": [device["messages"][0]] * 16, "repeat": number // 16,
         "numbered": True}, {"done": {}}]]})
    with tempfile.NamedTemporaryFile("w") as file, tempfile.NamedTemporaryFile("r") as peak:
        file.write("\n".join(script) + "\n")
        file.flush()
        done = subprocess.run([replay, *args], check=False, stdout=subprocess.DEVNULL,
                              env=dict(os.environ, VDEV_REPLAY=file.name,
                                       VDEV_PEAK=peak.name))
        return int(peak.read()) if done.returncode == 0 else None


def check_memory(replay, spec, args):
    few = peak_memory(replay, spec, FEW, args)
    many = peak_memory(replay, spec, MANY, args)
    if not few or not many:
        return "it failed"
    print(f"# peak memory: {few} KiB for {FEW} devices, {many} KiB for {MANY}")
    return "it grows" if many > few + SLACK else ""


def check_full(replay, spec, args, script=None):
    """stdout takes nothing more."""
    script = script or "\n".join(wire.replay_lines(spec, {"exchanges": [[
        {"dev": {"id": 1, "bus": "sim", "name": "a"}}, {"done": {}}]]})) + "\n"
    with tempfile.NamedTemporaryFile("w") as file, open("/dev/full", "w") as full:
        file.write(script)
        file.flush()
        done = subprocess.run([replay, *args], env=dict(os.environ, VDEV_REPLAY=file.name,
                                                        **SANITIZERS),
                              stdout=full, stderr=subprocess.PIPE, check=False, timeout=LIMIT)
    expected = b"vdevctl: cannot write the output: No space left on device\n"
    if done.returncode != 1 or done.stderr != expected:
        return f"exit status {done.returncode}, {done.stderr!r}"
    return ""


def check_closed_pipe(replay, spec):
    """The reader goes away and the signal for that is ignored."""
    script = "\n".join(wire.replay_lines(spec, {"exchanges": [[
        {"messages": [{"dev": {"id": 1, "bus": "sim", "name": "a"}}] * 16, "repeat": 1024,
         "numbered": True},
        {"done": {}}]]})) + "\n"
    reader, writer = os.pipe()
    os.close(reader)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(script)
        file.flush()
        done = subprocess.run([replay, "dev", "show"], restore_signals=False,
                              env=dict(os.environ, VDEV_REPLAY=file.name, **SANITIZERS),
                              stdout=writer, stderr=subprocess.PIPE, check=False, timeout=LIMIT)
    os.close(writer)
    if done.returncode != 1 or not done.stderr.startswith(b"vdevctl: cannot write the output"):
        return f"exit status {done.returncode}, {done.stderr!r}"
    return ""


def check_quiet_pipe(replay, args):
    """Nobody reads what is written: for a monitor an end like any other."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([replay, *args], stdout=writer, stderr=subprocess.PIPE, check=False,
                          env=dict(os.environ, VDEV_REPLAY=str(CASES / "monitor.wire"),
                                   **SANITIZERS), timeout=LIMIT)
    os.close(writer)
    return "" if done.returncode == 0 and not done.stderr else f"{done.returncode} {done.stderr!r}"


def check_batch_socket(replay):
    """Thousands of commands are asked through one socket, and leave no memory behind."""
    number = 3000
    with tempfile.NamedTemporaryFile("r") as sockets, tempfile.NamedTemporaryFile("r") as peak:
        done = subprocess.run([replay, "-b", "-"], input=b"dev show vdpa/vdpa0\n" * (number - 1) + b"dev show",
                              env=dict(os.environ, VDEV_REPLAY=str(CASES / "vdpa-net.wire"),
                                       VDEV_SOCKETS=sockets.name, VDEV_PEAK=peak.name),
                              stdout=subprocess.PIPE, check=False, timeout=LIMIT)
        opened = sockets.read().strip()
        print(f"# peak memory: {peak.read().strip()} KiB for {number} commands")
    shown = done.stdout.count(b"vdpa/vdpa0: ")
    return "" if (done.returncode, shown, opened) == (0, number, "1") else \
        f"exit status {done.returncode}, {shown} devices, {opened} sockets"


def check_batch_counted(replay):
    """What is counted for devices is asked on one socket more, whatever the number of commands."""
    number = 20
    with tempfile.NamedTemporaryFile("r") as sockets, tempfile.NamedTemporaryFile() as replies:
        replies.write((CASES / "dev-show-statistics.wire").read_bytes() * number)
        replies.flush()
        done = subprocess.run([replay, "-s", "-b", "-"], input=b"dev show\n" * number,
                              env=dict(os.environ, VDEV_REPLAY=replies.name,
                                       VDEV_SOCKETS=sockets.name),
                              stdout=subprocess.PIPE, check=False, timeout=LIMIT)
        opened = sockets.read().strip()
    counted = done.stdout.count(b"counter saves 3")
    return "" if (done.returncode, counted, opened) == (0, number, "2") else \
        f"exit status {done.returncode}, {counted} counted, {opened} sockets"


def check_batch_partner(replay):
    """A program writes a command, reads the answer, and then writes the next one."""
    with subprocess.Popen([replay, "-j", "--force", "--batch=-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=FILES,
                          env=dict(os.environ, **SANITIZERS)) as tool:
        problem = ""
        for word, last in (("source.json", b"],"), ("nowhere.json", b'{"error":'),
                           ("better.json", b"],")):
            tool.stdin.write(f"record show {word}\n".encode())
            tool.stdin.flush()
            line = b"\n"
            while line and not line.startswith(last):
                line = tool.stdout.readline()
            problem = problem or (not line and f"no answer about {word}")
        tool.stdin.close()
        status = tool.wait(LIMIT)
    return problem or ("" if status == 1 else f"exit status {status}")


def check_batch_stopped(replay):
    """Who stops a command that would run on stops the batch: the replay stops a monitor."""
    done = subprocess.run([replay, "-f", "-b", "-"], input=b"monitor\nhelp\n",
                          env=dict(os.environ, VDEV_REPLAY=str(CASES / "monitor.wire"),
                                   **SANITIZERS),
                          stdout=subprocess.PIPE, check=False, timeout=LIMIT)
    return "" if done.returncode == 0 and done.stdout and b"Usage" not in done.stdout else \
        f"exit status {done.returncode}, {done.stdout[-200:]!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("replay")
    parser.add_argument("plain")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--big-endian", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_intermixed_args()
    options.replay, options.plain = os.path.abspath(options.replay), os.path.abspath(options.plain)
    if options.big_endian:
        wire.ORDER, options.big_endian = "big", options.big_endian.resolve()
    spec = wire.Spec()
    tap = Tap()
    print("TAP version 13")
    paths = [CASES / f"{name}.yaml" for name in options.cases] or sorted(CASES.glob("*.yaml"))
    for path in paths:
        Case(path, spec, options.replay, options.update, options.big_endian).run(tap)
    if not options.cases:
        tap.result("a full disk is reported, text", check_full(options.replay, spec, ["dev", "show"]))
        tap.result("a full disk is reported, JSON",
                   check_full(options.replay, spec, ["-j", "dev", "show"]))
        tap.result("a full disk is reported, help", check_full(options.replay, spec, ["help"]))
        tap.result("a full disk is reported, monitor",
                   check_full(options.replay, spec, ["monitor"],
                              (CASES / "monitor.wire").read_text()))
        tap.result("a closed pipe is reported", check_closed_pipe(options.replay, spec))
        tap.result("a closed pipe ends monitor, text", check_quiet_pipe(options.replay, ["monitor"]))
        tap.result("a closed pipe ends monitor, JSON",
                   check_quiet_pipe(options.replay, ["-j", "monitor", "--snapshot"]))
        tap.result("a full disk is reported, batch",
                   check_full(options.replay, spec, ["-f", "-b", str(FILES / "batch")]))
        tap.result("a batch has one socket", check_batch_socket(options.plain))
        tap.result("a batch has one socket more for what is counted",
                   check_batch_counted(options.plain))
        tap.result("a batch answers each command at once", check_batch_partner(options.replay))
        tap.result("a batch ends when it is stopped", check_batch_stopped(options.replay))
        tap.result(f"memory is the same for {MANY} devices, JSON",
                   check_memory(options.plain, spec, ["-j", "dev", "show"]))
        tap.result(f"memory is the same for {MANY} devices, text",
                   check_memory(options.plain, spec, ["dev", "show"]))
        examples.check_examples(tap, options.plain)
        examples.check_diagnostics(tap)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
