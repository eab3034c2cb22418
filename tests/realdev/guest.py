# SPDX-License-Identifier: GPL-2.0
"""Programs and modules of a test guest, and what vdevctl shows there."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
import uuid

TOP = os.environ["VDEV_TOP"]
MODULES = os.environ["VDEV_MODULES"]
POLL_MS = "/sys/module/vdev/parameters/poll_ms"
TEST_MODULES = os.path.join(os.environ["VDEV_BUILD"], "test-modules",
                            os.environ["VDEV_KERNEL"])
LIMIT = 60


def run(*command, check=True):
    """Run a program; its standard output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=LIMIT, check=False)
    if check and done.returncode:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}: "
                             f"{done.stderr.strip()}")
    return done.stdout


def shell(function, *args):
    """Call a function of tests/vm/guest.sh."""
    return run("sh", "-c", '. "$0" && "$@"', f"{TOP}/tests/vm/guest.sh", function, *args)


def load_module(name, *parameters):
    """With what it needs, unless it is loaded."""
    if not loaded(name.replace("-", "_")):
        shell("load_module", name, *parameters)


def wait(what, probe):
    """Wait until probe() is true, but not for ever; what it returned."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        found = probe()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {LIMIT} seconds: {what}")


class Program:
    """A program in the background, which ends when its input does. A program may hang:
    nothing here waits for ever. It is ended with the case."""

    def __init__(self, defer, *command):
        self.name = " ".join(command)
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, bufsize=0)
        self.exit = os.pidfd_open(self.process.pid)
        self.text = b""
        defer(self.kill)

    @classmethod
    def script(cls, defer, name, *args):
        """One of those beside this file."""
        return cls(defer, sys.executable, f"{TOP}/tests/realdev/{name}", *args)

    def read(self, seconds):
        """Take what it has printed, or prints within a time; False if that is nothing."""
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            return False
        data = os.read(self.process.stdout.fileno(), 1 << 16)
        self.text += data
        return bool(data)

    def line(self):
        """The next line that it prints."""
        while b"\n" not in self.text:
            if not self.read(LIMIT):
                raise AssertionError(f"{self.name}: no line: {self.text.decode()}")
        line, self.text = self.text.split(b"\n", 1)
        return line.decode()

    def end(self):
        """End it; the rest of what it printed."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        while self.read(LIMIT):
            pass
        status = self.process.wait(LIMIT)
        if status:
            raise AssertionError(f"{self.name}: exit {status}: {self.text.decode()}")
        return self.text.decode()

    def ends_in(self, seconds):
        """Does it end within a time, without being reported to?"""
        return bool(select.select([self.exit], [], [], seconds)[0])

    def state(self):
        """A letter, as ps prints it."""
        return read(f"/proc/{self.process.pid}/stat").rpartition(") ")[2][0]

    def stop(self):
        """Stop it, as a debugger does."""
        self.process.send_signal(signal.SIGSTOP)
        wait(f"{self.name} does not stop", lambda: self.state() == "T")

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def waits_in(self, function):
        """Does it wait in a function of the kernel whose name begins so?"""
        return f"] {function}" in read(f"/proc/{self.process.pid}/stack")

    def kill(self):
        self.go_on()
        self.process.kill()
        self.process.wait(LIMIT)
        os.close(self.exit)
        self.process.stdin.close()
        self.process.stdout.close()


def eventually(check, *args):
    """What check() returns when it does not fail any more: for what is polled, and so
    is known after an interval. The last failure if it fails for ever."""
    deadline = time.monotonic() + LIMIT / 2
    while True:
        try:
            return check(*args)
        except AssertionError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def loaded(module):
    return os.path.isdir(f"/sys/module/{module}")


def load(*parts):
    """Load the core and the parts named."""
    for name in ("vdev", *(f"vdev_{part}" for part in parts)):
        load_module(name)


def built(module):
    return os.path.exists(f"{MODULES}/{module}.ko")


def write(path, text):
    """Once: what is rejected is not tried again when the file is closed."""
    with open(path, "wb", buffering=0) as file:
        file.write(text.encode("ascii"))


def read(path):
    with open(path, encoding="ascii") as file:
        return file.read().strip()


def link_name(path):
    """Name of what a link in sysfs points to; None if it is not there."""
    try:
        return os.path.basename(os.readlink(path))
    except FileNotFoundError:
        return None


def random_name(prefix):
    return f"{prefix}{uuid.uuid4().hex[:8]}"


def shown(kind, *words):
    """What "vdevctl KIND show WORDS" shows, by handle."""
    objects = json.loads(run("vdevctl", "-j", kind, "show", *words))[kind]
    by_handle = {one["handle"]: one for one in objects}
    assert len(by_handle) == len(objects), "a handle is shown twice"
    return by_handle


def dev(handle):
    return shown("dev").get(handle)


def poll_every(defer, milliseconds):
    """Have devices polled so often until the case ends."""
    before = read(POLL_MS)
    write(POLL_MS, str(milliseconds))
    defer(write, POLL_MS, before)


def all_polled(handles):
    """All devices, these polled after this call."""
    begin = time.monotonic()

    def found():
        now, devices = time.monotonic(), shown("dev")
        ages = [devices.get(handle, {}).get("age", LIMIT * 1000) for handle in handles]
        return devices if now - max(ages) / 1000 > begin else None
    return wait(f"not polled: {handles}", found)


def polled(handle):
    """The device, polled after this call."""
    return all_polled([handle])[handle]


def named(entries, name):
    """The entry of a list that has this name; None if there is none."""
    return next((one for one in entries or [] if one["name"] == name), None)


def param(one, name):
    """The value of a parameter; None if there is none."""
    entry = named(one["record"].get("params"), name)
    return next(iter(entry["value"].values())) if entry else None


def info(one, name):
    entry = named(one.get("info"), name)
    return next(iter(entry["value"].values())) if entry else None


def feature_bits(one, bitmap):
    """A bitmap of the virtio feature set as a number; None if not known."""
    entry = named(one["record"].get("features"), "virtio")
    return int(entry[bitmap]["hex"], 16) if bitmap in entry else None


def feature_names(one, bitmap):
    entry = named(one["record"].get("features"), "virtio")
    return sorted(entry[bitmap]["names"]) if bitmap in entry else None
