#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Polls: when facts that change without an event are read, who waits for that, and
what is reported of a device that does not answer. Nothing else reads or subscribes
meanwhile."""

import ctypes
import errno
import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_DUMP, SOL_NETLINK, Genl
from judged import World, kernel, random_name, run, sim, specification
from ktap import Skip, equal
from monitor import NETLINK_ADD_MEMBERSHIP, PATIENCE, Monitor, group

INTERVAL = "/sys/module/vdev/parameters/poll_ms"
CLONE_NEWNET = 0x40000000
# Milliseconds, in most of the tests.
SHORT = 300
# Rounds go on for so many intervals after the last reader.
LATELY = 10
# Many more than can be polled at the same time, and how long they hang, in seconds.
MANY = 600
HANG = 60 if os.environ.get("VDEV_KERNEL") in ("debug", "kcsan") else 20
# A device that is slow takes so many milliseconds, and no answer so many seconds if nobody
# waits, though the guest may be held up.
SLOW = 3000
AT_ONCE = 2.5


def interval(defer, milliseconds):
    with open(INTERVAL, "r+", encoding="ascii") as file:
        before = file.read()
        file.write(f"{milliseconds}\n")
    if defer:
        defer(interval, None, int(before))


def knob(defer, words):
    sim(f"poll {words}")
    defer(sim, "poll")


def wait_for(what, condition, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.01)


class Polled(World):
    """Devices that are polled, which are this test's."""

    def counters(self):
        """What is counted for the simulator; that is no reader."""
        stats = self.client.do("stats-get", {})
        return {"polls": 0, "polls-busy": 0, "stale": 0,
                **next(one for one in stats["provider"] if one["name"] == "vdev_sim")}

    def polls(self):
        return self.counters()["polls"]

    def get(self, device, **more):
        return self.client.do("dev-get", {"id": device["id"], **more})

    def timed(self, device, **more):
        """A device as it is now, and how long that took, in seconds."""
        start = time.monotonic()
        one = self.get(device, **more)
        return one, time.monotonic() - start

    def quiet(self):
        """Let the rounds that readers started end; the number of polls."""
        time.sleep((LATELY + 3) * SHORT / 1000)
        return self.polls()


def nobody_waits(defer):
    """A reader does not wait for a poll that takes long, and sees facts grow older"""
    interval(defer, SLOW // 2)
    world = Polled(defer)
    knob(defer, f"delay={SLOW}")
    device = world.device("poll=read")
    ages, end = [], time.monotonic() + 3 * SLOW / 1000
    while time.monotonic() < end:
        one, seconds = world.timed(device)
        assert seconds < AT_ONCE, f"an answer took {seconds} s"
        ages.append(one["age"])
        time.sleep(0.05)
    assert max(ages) >= SLOW, f"the oldest was {max(ages)} ms old"
    assert any(after < before for before, after in zip(ages, ages[1:])), "it was never read again"
    equal("stale", one.get("stale"), None)


def dumps_do_not_wait(defer):
    """Nor does a dump of many devices that do not answer"""
    world = Polled(defer)
    knob(defer, f"delay={SLOW}")
    world.device("poll=read", count=50)
    end = time.monotonic() + SLOW / 1000
    while time.monotonic() < end:
        start = time.monotonic()
        world.client.dump("dev-get", {"max-age": 100000})
        assert time.monotonic() - start < AT_ONCE, "a dump waited"


def once_in_an_interval(defer):
    """Hundreds of readers have a device polled once in an interval"""
    world = Polled(defer)
    device = world.device("poll=read")
    before, start, reads = world.polls(), time.monotonic(), 0
    while reads < 200 or time.monotonic() < start + 3 or world.polls() < before + 2:
        world.get(device)
        if reads % 10 == 0:
            world.get(device, **{"max-age": 0})
        reads += 1
    polls = world.polls() - before
    elapsed = time.monotonic() - start
    assert 2 <= polls <= elapsed + 1, f"{polls} polls in {elapsed} s, {reads} reads"


def nobody(defer):
    """Where nobody reads or subscribes, nothing is polled"""
    interval(defer, SHORT)
    world = Polled(defer)
    device = world.device("poll=read")
    wait_for("no poll", lambda: world.get(device) and world.counters()["polls"])
    before = world.quiet()
    time.sleep(2 * LATELY * SHORT / 1000)
    equal("polls", world.polls(), before)
    world.get(device)
    wait_for("no poll after a read", lambda: world.get(device) and world.polls() > before)


def elsewhere(defer):
    """Who subscribes in another network namespace has nothing polled"""
    if kernel() < (6, 6):
        raise Skip("before 6.6 the namespace of a member is unknown")
    interval(defer, SHORT)
    world = Polled(defer)
    number = group()
    ours, theirs = os.pipe()
    over, end = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.unshare(CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "unshare")
            member = Genl()
            member.sock.bind((0, 0))
            member.sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, number)
            os.write(theirs, b"+")
            os.close(end)
            os.read(over, 1)
            status = 0
        finally:
            os.write(theirs, b"-")
            os._exit(status)
    os.close(over)
    defer(os.waitpid, child, 0)
    defer(os.close, end)
    equal("the member", os.read(ours, 1), b"+")
    world.device("poll=read")
    before = world.quiet()
    time.sleep(2 * LATELY * SHORT / 1000)
    equal("polls", world.polls(), before)


def subscriber(defer):
    """While somebody subscribes, devices are polled, also if nobody reads"""
    interval(defer, SHORT)
    world = Polled(defer)
    monitor = Monitor(specification())
    device = world.device("poll=read")
    before = world.quiet()
    wait_for("no polls", lambda: world.polls() >= before + 5)
    monitor.close()
    before = world.quiet()
    time.sleep(2 * LATELY * SHORT / 1000)
    equal("polls when it has gone", world.polls(), before)
    equal("device", world.get(device)["id"], device["id"])


def interval_shortened(defer):
    """A shorter interval is in effect at once"""
    world = Polled(defer)
    interval(defer, 3600000)
    device = world.device("poll=read")
    world.get(device)
    time.sleep(0.3)
    before = world.polls()
    interval(None, SHORT)
    wait_for("no polls", lambda: world.get(device) and world.polls() >= before + 2)


def unread(defer):
    """A device that was not read yet is read as soon as it is there, also if nobody reads"""
    interval(defer, 3600000)
    world = Polled(defer)
    before, name = world.polls(), random_name()
    sim(f"dev add {name} poll=unread")
    defer(sim, f"dev del {name}")
    wait_for("no poll", lambda: world.polls() == before + 1)
    device = world.client.do("dev-get", {"bus": "sim", "name": name})
    assert device["age"] < PATIENCE * 1000, device


def never_read(defer):
    """A device that could not be read yet has no age, and has one when it could"""
    interval(defer, SHORT)
    world = Polled(defer)
    knob(defer, "errno=EBUSY")
    device = world.device("poll=unread")
    wait_for("no poll", lambda: world.get(device) and world.counters()["polls-busy"])
    equal("age", world.get(device).get("age"), None)
    sim("poll")
    wait_for("no age", lambda: "age" in world.get(device))


def not_polled(defer):
    """A device that is not polled has no age"""
    world = Polled(defer)
    device = world.device("")
    equal("age", device.get("age"), None)
    equal("fresh", world.get(device, **{"max-age": 0})["generation"], device["generation"])


def max_age(defer):
    """Who wants fresh facts waits for a poll, and gets them"""
    interval(defer, SHORT)
    world = Polled(defer)
    device = world.device("poll=read")
    for _ in range(5):
        world.quiet()
        old, fresh = world.get(device), None
        if old["age"] < SHORT:
            continue  # this very request has had it polled
        fresh = world.get(device, **{"max-age": SHORT})
        if fresh["age"] <= SHORT:
            return
    raise AssertionError(f"no fresh facts: {old} {fresh}")


def max_age_of_a_slow_one(defer):
    """Who wants fresh facts of a device that is slow gets old ones, a tenth of a second later"""
    interval(defer, SHORT)
    world = Polled(defer)
    device = world.device("poll=read")
    world.quiet()
    knob(defer, f"delay={SLOW}")
    one, seconds = world.timed(device, **{"max-age": 0})
    assert 0.1 <= seconds < AT_ONCE, f"it took {seconds} s"
    assert one["age"] >= SHORT, one
    start = time.monotonic()
    world.client.dump("dev-get", {"max-age": 0})
    world.client.do("check", {"id": device["id"], "source": {"id": device["id"]}, "max-age": 0})
    world.client.dump("find", {"source": {"id": device["id"]}, "max-age": 0})
    assert time.monotonic() - start < AT_ONCE, "they waited"


def touched(defer):
    """What a poll finds changed is an event"""
    interval(defer, SHORT)
    world = Polled(defer)
    monitor = Monitor(specification())
    defer(monitor.close)
    device = world.device("poll=read")
    knob(defer, f"touch={device['name']}")
    seen = []
    monitor.until(lambda what, one: what == "dev-change" and
                  (seen.append(one["info"]) or len(seen) == 3))
    equal("different", len({str(one) for one in seen}), 3)


def lines_about(name):
    out = subprocess.run(["dmesg"], check=True, capture_output=True, timeout=60).stdout.decode()
    return [line.split("] ", 1)[1] for line in out.splitlines() if f" {name} " in line]


def stale(defer):
    """A device that does not answer for five intervals is one event and one line in the log, and
    one that answers again is one event"""
    interval(defer, SHORT)
    world = Polled(defer)
    monitor = Monitor(specification())
    defer(monitor.close)
    device = world.device("poll=read")
    monitor.waiting()
    start, age = time.monotonic(), world.get(device)["age"]
    knob(defer, "errno=EIO")
    reported = monitor.until(lambda *_: True)[0]
    equal("event", (reported[0], reported[1]["id"], reported[1].get("stale")),
          ("dev-change", device["id"], True))
    assert time.monotonic() - start + age / 1000 > 4 * SHORT / 1000, "it was stale too soon"
    time.sleep(10 * SHORT / 1000)
    equal("further events", monitor.waiting(), [])
    equal("log", lines_about(device["name"]),
          [f"vdev: vdev_sim: {device['name']} does not answer"])
    equal("counted", world.counters()["stale"], 1)
    now = world.get(device)
    equal("as it is read", (now.get("stale"), now["generation"]), (True, reported[1]["generation"]))
    assert now["age"] >= 5 * SHORT, now

    sim("poll")
    what, one = monitor.until(lambda *_: True)[0]
    equal("event", (what, one["id"], one.get("stale")), ("dev-change", device["id"], None))
    time.sleep(10 * SHORT / 1000)
    equal("further events", monitor.waiting(), [])
    equal("counted", world.counters()["stale"], 0)
    equal("as it is read", world.get(device).get("stale"), None)


def many_hang(defer):
    """Devices that hang are reported stale, however many they are"""
    defer(time.sleep, 6)  # until the log takes lines again
    interval(defer, SHORT)
    world = Polled(defer)
    knob(defer, f"delay={HANG}000")
    name, start = random_name(), time.monotonic()
    sim(f"dev add {name} count={MANY} poll=unread")
    defer(sim, f"dev del {name}*")
    defer(sim, "poll")
    before = world.polls()
    wait_for("they are not stale", lambda: world.counters()["stale"] > MANY / 2)
    assert time.monotonic() < start + HANG and world.polls() == before, "some have answered"


def one_buffer(defer):
    """A dump that fits one buffer ends in it"""
    world = Polled(defer)
    device = world.device()
    client = world.client
    for op in ("dev-get", "find"):
        values = {"filter": {"bus": "sim"}}
        if op == "find":
            values["source"] = {"id": device["id"]}
        client.genl.send(client.family, client.words.spec.commands[op], NLM_F_DUMP,
                         client.words.nest(client.set(op), values))
        messages = list(client.genl.receive())
        equal(f"the first buffer of {op}", (len(messages), messages[-1]), (2, None))
        client.genl.sock.setblocking(False)
        try:
            client.genl.sock.recv(1)
        except OSError as error:
            equal("a second one", error.errno, errno.EAGAIN)
        else:
            raise AssertionError("there is a second buffer")
        client.genl.sock.settimeout(PATIENCE)


if __name__ == "__main__":
    sys.exit(run([
        nobody_waits, dumps_do_not_wait, once_in_an_interval, nobody, elsewhere, subscriber,
        interval_shortened, unread, never_read, not_polled, max_age, max_age_of_a_slow_one, touched,
        stale, many_hang, one_buffer]))
