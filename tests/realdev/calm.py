# SPDX-License-Identifier: GPL-2.0
"""vdev leaves drivers in peace: readers wait for none of them, a device that does
not answer harms nobody else, and one that is being set up is not disturbed."""

import contextlib
import json
import os
import struct
import sys
import time
import uuid

from ktap import equal

from . import mdev, selects, vdpa, vfio
from .guest import (MODULES, POLL_MS, TOP, Program, built, dev, feature_bits, info, load, param,
                    poll_every, polled, read, run, wait, write)
from .vdpa import node_of
from .vhost import DRIVER_OK, User

sys.path.append(f"{TOP}/tests/kselftest/lib")

# pylint: disable=wrong-import-position
from judged import client, specification
from monitor import Monitor

DEBUG = os.environ["VDEV_KERNEL"] in ("debug", "kcsan")
# Seconds that any command may wait while a device does not answer; between two looks at
# it; and that it may take, waiting or not.
ALLOWED = 5
LOOK = 0.02
PATIENCE = 10 * ALLOWED
# When VDUSE gives up; 0 is never.
TIMEOUT = 300
# What an event may take on its way, beside the interval of the poller.
SLACK = 5
# A reader keeps the poller going for so many intervals.
INTERVALS = 10
# How long a device that is used is read, and how often.
SECONDS, DUMPS, CHECKS = (15, 150, 15) if DEBUG else (60, 1000, 100)


def is_stale(handle):
    one = dev(handle)
    assert one, f"{handle} is not reported"
    return bool(one.get("stale"))


def log_lines(name):
    """What vdev says in the log of a device."""
    return [line for line in run("dmesg").splitlines()
            if name in line and "vdev" in line.partition(name)[0]]


class Steps:
    """Commands one after the other, none of which may take long; one that hangs stays."""

    def __init__(self, defer):
        self.defer = defer
        self.wrong, self.slowest = [], (0, "nothing")

    def step(self, *command, expected=(0,)):
        program, waited = Program(self.defer, *command), 0
        end = time.monotonic() + PATIENCE
        # On a busy host a look takes longer, and it is only the looks that count.
        while not program.ends_in(LOOK):
            waited += LOOK if program.state() not in "RZ" else 0
            if waited >= ALLOWED or time.monotonic() > end:
                self.wrong.append(f"{program.name}: hangs")
                return
        self.slowest = max(self.slowest, (waited, program.name))
        status = program.process.wait()
        if status not in expected:
            program.read(0)
            self.wrong.append(f"{program.name}: exit {status}: {program.text.decode().strip()}")

    def echo(self, text, path):
        self.step("sh", "-c", f"echo {text} >{path}")

    def judge(self):
        print(f"# waited longest: {self.slowest[0]:.2f} s, {self.slowest[1]}", flush=True)
        assert not self.wrong, "\n".join(self.wrong)


class Neighbours:
    """Other devices, and what is done with them and with all devices."""

    def __init__(self, defer):
        self.net = vdpa.add_net(defer)
        self.mediated = f"mdev/{mdev.start(defer, 'mtty', 'mtty-1')}"

    def read(self, steps, target):
        """How long each reader waits is shown by a stock kernel; what a reader meets in the
        core is shown by few."""
        verdicts = (0, 2, 3)
        steps.step("vdevctl", "dev", "show")
        steps.step("vdevctl", "check", f"vdpa/{self.net}", target, expected=verdicts)
        steps.step("vdevctl", "find", f"vdpa/{self.net}", expected=verdicts)
        if DEBUG:
            return
        steps.step("vdevctl", "dev", "show", target)
        steps.step("vdevctl", "dev", "show", "bus", "mdev")
        steps.step("vdevctl", "type", "show")
        steps.step("vdevctl", "check", self.mediated, self.mediated, expected=verdicts)
        steps.step("vdevctl", "stats", "show")
        steps.step("devlink", "dev", "show")

    @staticmethod
    def change(steps):
        """Devices come and go, and so do the drivers that use them."""
        name = vdpa.random_name("s")
        steps.step("vdpa", "dev", "add", "name", name, "mgmtdev", "vdpasim_net")
        steps.echo(name, f"{vdpa.DRIVERS}/vhost_vdpa/unbind")
        steps.echo(name, f"{vdpa.DRIVERS}/vhost_vdpa/bind")
        steps.step("vdpa", "dev", "del", name)
        name = str(uuid.uuid4())
        steps.echo(name, f"{mdev.PARENTS}/mtty/mdev_supported_types/mtty-1/create")
        steps.echo(1, f"{mdev.DEVICES}/{name}/remove")

    @staticmethod
    def reload(steps):
        """Each bridge goes and comes, and then all of vdev."""
        for bridge in ("vdev_mdev", "vdev_vdpa"):
            steps.step("rmmod", bridge)
            steps.step("insmod", f"{MODULES}/{bridge}.ko")
        for module in ("vdev_mdev", "vdev_vdpa", "vdev"):
            steps.step("rmmod", module)
        for module in ("vdev", "vdev_mdev", "vdev_vdpa"):
            steps.step("insmod", f"{MODULES}/{module}.ko")

    def all(self, steps, target):
        self.read(steps, target)
        self.change(steps)
        self.reload(steps)
        self.read(steps, target)


# A device in user space whose daemon was stopped.

class Daemon:
    """Such a device, and the daemon that answers for it until stop()."""

    def __init__(self, defer, timeout):
        run("modprobe", "vduse")
        self.name = vdpa.random_name("u")
        self.handle = f"vdpa/{self.name}"
        bits = vdpa.to_bits(["VERSION_1", "ACCESS_PLATFORM"], "blk")
        self.program = Program.script(defer, "vduse.py", self.name, str(vdpa.ID_BLOCK), str(bits),
                                      struct.pack("<Q", 2048).hex())
        equal("daemon", self.program.line(), "ready")
        defer(self.program.end)
        run("vdpa", "dev", "add", "name", self.name, "mgmtdev", "vduse")
        defer(vdpa.remove, self.name)
        write(f"/sys/class/vduse/{self.name}/msg_timeout", str(timeout))

    def stop(self, defer):
        """Stop it until the case ends; what hangs because of that is to be deferred to what
        is returned, which comes after that."""
        late = contextlib.ExitStack()
        defer(late.close)
        defer(self.program.go_on)
        self.program.stop()
        return late.callback

    def open(self, defer):
        """Have a program wait for the device to open."""
        opener = Program.script(defer, "vhost.py", "open", node_of(self.name))
        equal("opener", opener.line(), "opening")
        wait("nothing waits for the daemon", lambda: opener.waits_in("vduse_"))
        return opener


def nothing_stopped(defer):
    """What an administrator does takes little time where every device answers"""
    neighbours, steps = Neighbours(defer), Steps(defer)
    defer(load, "mdev", "vdpa")
    neighbours.all(steps, f"vdpa/{neighbours.net}")
    steps.judge()


def stopped(defer, timeout, monitored):
    """A device that somebody waits for to open, because its daemon was stopped."""
    neighbours, daemon = Neighbours(defer), Daemon(defer, timeout)
    equal("at first", is_stale(daemon.handle), False)
    defer(load, "mdev", "vdpa")
    if monitored:
        monitor = Program(defer, "vdevctl", "-j", "monitor")
        monitor.line()
    late = daemon.stop(defer)
    opener = daemon.open(late)
    steps = Steps(late)
    neighbours.read(steps, daemon.handle)
    neighbours.change(steps)
    steps.judge()
    equal("the device is open", opener.ends_in(0), False)
    wait("it is not stale", lambda: is_stale(daemon.handle))
    equal("the other one", is_stale(f"vdpa/{neighbours.net}"), False)
    equal("lines in the log", len(log_lines(daemon.name)), 1)
    neighbours.all(steps, daemon.handle)
    steps.judge()
    wait("it is not stale after a reload", lambda: is_stale(daemon.handle))
    equal("the device is open", opener.ends_in(0), False)
    if monitored:
        equal("the monitor has ended", monitor.ends_in(0), False)
    daemon.program.go_on()
    equal("opener", opener.line(), "open")
    wait("it is stale for ever", lambda: not is_stale(daemon.handle))
    equal("capacity", param(dev(daemon.handle), "capacity"), 2048)
    opener.end()


def stopped_for_a_while(defer):
    """A device whose daemon is stopped for less than its timeout harms nobody else"""
    stopped(defer, TIMEOUT, False)


def stopped_for_ever(defer):
    """A device whose daemon is stopped, and waited for without a limit, harms nobody else"""
    stopped(defer, 0, False)


def stopped_and_monitored(defer):
    """A device whose daemon is stopped harms nobody else while a monitor runs"""
    stopped(defer, TIMEOUT, True)


def stopped_for_ever_and_monitored(defer):
    """A device whose daemon is stopped, and waited for without a limit, harms nobody else
    while a monitor runs"""
    stopped(defer, 0, True)


def stopped_unused(defer):
    """A device whose daemon is stopped while nobody uses it is read as before"""
    neighbours, daemon = Neighbours(defer), Daemon(defer, 0)
    defer(load, "mdev", "vdpa")
    late = daemon.stop(defer)
    monitor = Program(late, "vdevctl", "-j", "monitor")
    monitor.line()
    steps = Steps(late)
    neighbours.all(steps, daemon.handle)
    steps.judge()
    equal("stale", is_stale(daemon.handle), False)


# A bridge is loaded while a driver's unbind waits for a program.

def bridge_beside_unbind(defer, bridge, handle, unbind, where):
    """Have the bridge come and go while the unbind waits there."""
    defer(load, "mdev", *(["vdpa"] if built("vdev_vdpa") else []))
    run("rmmod", bridge)
    unbinding = Program(defer, "sh", "-c", unbind)
    wait("the driver is unbound", lambda: unbinding.waits_in(where))
    steps = Steps(defer)
    for _ in range(2):
        steps.step("insmod", f"{MODULES}/{bridge}.ko")
        steps.step("vdevctl", "dev", "show", handle)
        steps.step("rmmod", bridge)
    steps.step("insmod", f"{MODULES}/{bridge}.ko")
    steps.judge()
    equal("the driver is unbound", unbinding.ends_in(0), False)
    return unbinding


def unbind_vdpa(defer):
    """The vdpa bridge can be loaded and unloaded while an unbind waits for a program"""
    name = vdpa.add_net(defer)
    # What hangs comes back only after the program has closed the device.
    late = contextlib.ExitStack()
    defer(late.close)
    user = Program.script(defer, "vhost.py", "open", node_of(name))
    equal("opening", [user.line(), user.line()], ["opening", "open"])
    unbinding = bridge_beside_unbind(
        late.callback, "vdev_vdpa", f"vdpa/{name}",
        f"echo {name} >{vdpa.DRIVERS}/vhost_vdpa/unbind", "vhost_vdpa_remove")
    user.end()
    unbinding.end()
    wait("the driver is reported", lambda: "bound-driver" not in dev(f"vdpa/{name}"))


def unbind_mdev(defer):
    """The mdev bridge can be loaded and unloaded while an unbind waits for a program"""
    name = mdev.start(defer, "mtty", "mtty-1")
    late, opened = contextlib.ExitStack(), contextlib.ExitStack()
    defer(late.close)
    defer(opened.close)
    vfio.Device(opened.callback, name)
    unbinding = bridge_beside_unbind(
        late.callback, "vdev_mdev", f"mdev/{name}",
        f"echo {name} >{mdev.DEVICES}/{name}/driver/unbind", "vfio_unregister_group_dev")
    mdev.says_nothing(dev(f"mdev/{name}"))
    opened.close()
    unbinding.end()
    wait("the driver is reported", lambda: "bound-driver" not in dev(f"mdev/{name}"))


# A device whose select registers vdev shares with the driver that uses it.

def constants_once(defer):
    """What needs a select register is read once of a device, when it appears"""
    selects.load(defer)
    once = {"get_vq_num_max": 1, "get_device_features": 1}
    equal("at first", selects.Counts().unsafe(), once)
    for _ in range(10):
        one = dev(selects.HANDLE)
    equal("later", selects.Counts().unsafe(), once)
    equal("max-vq-size", param(one, "max-vq-size"), 64)


def set_up_meanwhile(defer):
    """A device that is being set up when the bridge is loaded is read fully only later"""
    selects.load(defer)
    vdpa.without_bridge(defer)
    user = User(node_of(selects.NAME))
    defer(user.close)
    features = user.negotiate()
    user.set_queue(0)
    selects.clear()
    load("vdpa")
    assert dev(selects.HANDLE), "it is not reported"
    equal("read too early", selects.Counts().unsafe(), {})
    wait("nobody asks the device", lambda: selects.Counts().number("polls") > 1)
    user.set_queue(1)
    equal("read too early", selects.Counts().unsafe(), {})
    user.status(DRIVER_OK)

    def complete():
        one = dev(selects.HANDLE)
        return param(one, "max-vq-size") and feature_bits(one, "negotiated")
    equal("negotiated", wait("it is not read", complete), features)
    one = dev(selects.HANDLE)
    equal("max-vq-size", param(one, "max-vq-size"), 64)
    equal("provisioned", feature_bits(one, "provisioned"), features)
    counts = selects.Counts()
    equal("read too early", (counts.number("setup-reads"), str(counts)), (0, str(counts)))
    equal("read", (counts.calls("get_vq_num_max"), counts.calls("get_device_features")), (1, 1))


def rebound(defer):
    """A driver that is bound right after another was unbound is not disturbed"""
    selects.load(defer, window_us=2000)
    selects.clear()
    for _ in range(20):
        vdpa.bind(selects.NAME, None)
        vdpa.bind(selects.NAME, "vhost_vdpa")
    counts = selects.Counts()
    equal("interleavings", (counts.number("interleavings"), str(counts)), (0, str(counts)))


def read_for(seconds, dumps, checks, neighbour, monitor):
    """Have the devices read so often, evenly, within that time, by some who want no old answer."""
    asking, begin = client(), time.monotonic()
    for number in range(1, dumps + 1):
        asking.dump("dev-get", {"max-age": 0} if number % 20 == 0 else {})
        if number % (dumps // checks) == 0:
            run("vdevctl", "check", f"vdpa/{neighbour}", selects.HANDLE, check=False)
        while (left := begin + seconds * number / dumps - time.monotonic()) > 0:
            monitor.read(left)
    return time.monotonic() - begin


def undisturbed(defer):
    """A device that is set up again and again is not disturbed by readers and a monitor, and
    asked by one worker alone, at most once a second"""
    neighbour = vdpa.add_net(defer)
    selects.load(defer)
    user = selects.user(defer, "churn", node_of(selects.NAME))
    monitor = Program(defer, "vdevctl", "-j", "monitor")
    monitor.line()
    selects.clear()
    took = read_for(SECONDS, DUMPS, CHECKS, neighbour, monitor)
    counts = selects.Counts()
    times = int(user.end())
    print(f"# {took:.0f} s, set up {times} times: {counts}", flush=True)
    assert times > took / 2, f"the device was set up only {times} times"
    equal("interleavings", counts.number("interleavings"), 0)
    equal("reads amidst a set-up", counts.number("setup-reads"), 0)
    equal("reads by readers", counts.by("vdev-reader"), {})
    unsafe = counts.unsafe()
    negotiated = unsafe.pop("get_driver_features", 0)
    equal("reads that need a select register", unsafe, {})
    assert negotiated <= counts.number("polls"), f"{negotiated} reads of what was negotiated"
    assert took / 2 <= counts.number("polls") <= took + 1, f"{counts.number('polls')} polls"
    # The question for the status comes some time after the begin of a poll.
    assert counts.number("poll-min-ms") >= 100, f"{counts.number('poll-min-ms')} ms between polls"


def does_not_answer(defer):
    """A driver that does not answer makes its own device stale, and no other, and is logged once"""
    neighbour = vdpa.add_net(defer)
    selects.load(defer)
    poll_every(defer, 200)
    before = len(log_lines(selects.NAME))
    equal("at first", is_stale(selects.HANDLE), False)
    answer = selects.hold(defer)
    steps = Steps(defer)

    def seen():
        steps.step("vdevctl", "dev", "show")
        return is_stale(selects.HANDLE)
    wait("it is not stale", seen)
    steps.step("vdevctl", "check", f"vdpa/{neighbour}", selects.HANDLE, expected=(0, 2, 3))
    steps.judge()
    equal("the other one", bool(polled(f"vdpa/{neighbour}").get("stale")), False)
    equal("lines in the log", len(log_lines(selects.NAME)) - before, 1)
    answer()
    wait("it is stale for ever", lambda: not is_stale(selects.HANDLE))


# When what changes without an event is known.

def polls():
    return selects.Counts().number("polls")


def quiet(seconds):
    """Is the device asked no more?"""
    before, end = polls(), time.monotonic() + seconds
    wait("the time does not pass", lambda: polls() != before or time.monotonic() > end)
    return polls() == before


def polled_for_readers(defer):
    """A device is polled while somebody subscribes, and for ten intervals after a read"""
    selects.load(defer)
    poll_every(defer, 200)
    wait("it is polled for ever", lambda: quiet(2))
    selects.clear()
    dev(selects.HANDLE)
    wait("it is polled for ever", lambda: quiet(2))
    assert 2 <= polls() <= INTERVALS + 2, f"{polls()} polls after one reader"
    monitor = Monitor(specification())
    dev(selects.HANDLE)
    wait("it is not polled for a monitor", lambda: polls() > 3 * INTERVALS)
    monitor.close()
    wait("it is polled for ever", lambda: quiet(1))


def answer_after(user):
    """What a reader is reported who wants no old answer, after a device that nobody polled was set
    up; and what was negotiated."""
    wait("it is polled for ever", lambda: quiet(2))
    features = user.set_up()
    one, = json.loads(run("vdevctl", "-j", "dev", "show", "--max-age", "0",
                          selects.HANDLE))["dev"]
    user.reset()
    return (info(one, "status"), feature_bits(one, "negotiated")), (vdpa.DRIVER_OK, features)


def max_age(defer):
    """A reader who wants no old answer sees what was negotiated since the last poll"""
    selects.load(defer)
    poll_every(defer, 100)
    user = User(node_of(selects.NAME))
    defer(user.close)
    # A reader waits 100 ms at most, which may not be enough on a busy host.
    for _ in range(10):
        answer, wanted = answer_after(user)
        if answer == wanted:
            break
    equal("status and features", answer, wanted)


def negotiated_in_time(defer):
    """What a program negotiates is an event after one interval of the poller, and so is its end"""
    name = vdpa.add_net(defer)
    monitor = Monitor(specification())
    defer(monitor.close)
    dev(f"vdpa/{name}")
    user = User(node_of(name))
    with contextlib.closing(user):
        features = user.set_up()
        reported_in_time(monitor, name, features)
    reported_in_time(monitor, name, None)


def reported_in_time(monitor, name, features):
    """Wait for the event that reports what was negotiated, or of its end."""
    begin = time.monotonic()
    monitor.until(lambda what, one: (what, one["name"]) == ("dev-change", name) and
                  one["record"]["feature"][0].get("negotiated") == features)
    took = time.monotonic() - begin
    limit = int(read(POLL_MS)) / 1000 + SLACK
    assert took <= limit, f"{took:.2f} s, not {limit}"


MDEV_CASES = [unbind_mdev]
# Each with and without a limit, and with and without a monitor; a debug kernel has each
# of them once.
STOPPED = [stopped_for_ever, stopped_and_monitored]
if not DEBUG:
    STOPPED += [stopped_for_a_while, stopped_for_ever_and_monitored]
VDPA_CASES = [nothing_stopped, *STOPPED, stopped_unused, unbind_vdpa, constants_once,
              rebound, set_up_meanwhile, undisturbed, does_not_answer,
              polled_for_readers, max_age, negotiated_in_time]
