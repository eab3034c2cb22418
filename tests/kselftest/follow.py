#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Following: a reader who joins the group, dumps, and applies the events knows
at every quiet point what a dump reports; and knows of every loss."""

import contextlib
import os
import random
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from judged import World, random_name, run, sim, sim_remove, specification
from ktap import Skip, equal
from monitor import PATIENCE, Follower, Monitor, following

# A debug kernel is several times slower.
SLOW = os.environ.get("VDEV_KERNEL") in ("debug", "kcsan")
MANY = 2000 if SLOW else 10000
SMALL = 8192
WORDS = ["driver=a", "driver=b", "-driver", "model=m", "-model", "blocker=b,reason=r", "-blocker",
         "param=p,value=u64:1", "param=p,value=u64:2", "-param", "bound-driver=v",
         "feature=f,supported=ff/256,negotiated=1/256"]


class Following(World):
    """What belongs to one test, and followers, who end with it."""

    def __init__(self, defer):
        super().__init__(defer)
        self.name = random_name()
        defer(sim_remove, f"dev del {self.name}*")

    def follower(self, receive_buffer=None):
        follower = Follower(specification(), receive_buffer)
        self.defer(follower.monitor.close)
        return follower

    def monitor(self, receive_buffer=None):
        monitor = Monitor(specification(), receive_buffer)
        self.defer(monitor.close)
        return monitor


def beside(function):
    """Run it in a process of its own; its number."""
    child = os.fork()
    if not child:
        status = 1
        try:
            function()
            status = 0
        finally:
            os._exit(status)
    return child


def running(children):
    """Those that have not ended; one that failed fails the test."""
    rest = []
    for child in children:
        number, status = os.waitpid(child, os.WNOHANG)
        if number:
            equal("status of a process beside", status, 0)
        else:
            rest.append(child)
    return rest


def change_at_random(name, rounds):
    """Devices come, change and go, one or several at a time."""
    random.seed()
    for _ in range(rounds):
        word = random.choice(WORDS)
        line = random.choice([
            f"dev add {name}{random.randrange(9)} driver=c", f"dev set {name}* {word}",
            f"dev add {name}{random.randrange(3)}x count=3 {word.lstrip('-').split('=')[0]}=d"
            if word.startswith("driver") else f"dev set {name}{random.randrange(9)} {word}",
            f"dev del {name}{random.randrange(9)}*"])
        with contextlib.suppress(OSError):
            sim(line)


def changing(world, followers, writers=3, rounds=120):
    """Follow what several writers do at the same time; then compare."""
    children = [beside(lambda name=f"{world.name}w{i}x": change_at_random(name, rounds))
                for i in range(writers)]
    while children := running(children):
        for follower in followers:
            follower.catch_up()
    for follower in followers:
        follower.compare()


def quiet_point(defer):
    """Followers of several writers know at a quiet point what a dump reports, and missed nothing"""
    world = Following(defer)
    followers = [world.follower() for _ in range(3)]
    for _ in range(3):
        changing(world, followers)
    for follower in followers:
        equal("losses", follower.losses, 0)
        equal("events", follower.events, followers[0].events)


def joins_meanwhile(defer):
    """Who joins while others make changes misses nothing after the dump"""
    world = Following(defer)
    children = [beside(lambda name=f"{world.name}w{i}x": change_at_random(name, 150))
                for i in range(2)]
    followers = []
    while children := running(children):
        followers.append(world.follower())
        for follower in followers[-4:]:
            follower.catch_up()
    for follower in followers[-4:]:
        follower.compare()
        equal("losses", follower.losses, 0)


def too_slow(defer):
    """A follower with a small buffer learns of each loss, and then knows all again"""
    world = Following(defer)
    follower = world.follower(SMALL)
    changing(world, [follower])
    for _ in range(3):
        sim(f"dev add {world.name}y count=200 driver=d")
        follower.compare()
        sim(f"dev del {world.name}y*")
        follower.compare()
    assert follower.losses >= 6, f"{follower.losses} losses"


def overrun(defer):
    """A socket that is too small for what happens gets ENOBUFS, once; when it is empty, the next
    event comes"""
    world = Following(defer)
    monitor = world.monitor(SMALL)
    sim(f"dev add {world.name}x count=300 driver=d")
    equal("losses", monitor.empty(), 1)
    sim(f"dev add {world.name}y driver=d")
    (what, one), = monitor.waiting()
    equal("event", (what, one["name"]), ("dev-create", f"{world.name}y"))


def others_lose_nothing(defer):
    """What one member has no room for, the others get"""
    world = Following(defer)
    small, large = world.monitor(SMALL), world.monitor()
    sim(f"dev add {world.name}x count=300 driver=d")
    equal("events", len(large.numbers()), 300)
    equal("losses", small.empty(), 1)


def answered(client, name, children):
    """Ask while others work: the generations that the answers are of."""
    snapshots = []
    while children := running(children):
        snapshots.append(client.do("dev-get", {"bus": "sim", "name": name})["snapshot"])
    return snapshots


def between_all(snapshots, events):
    """Is one of them between the changes of each command, which made MANY of the events?"""
    commands = [events[i:i + MANY] for i in range(0, len(events), MANY)]
    return all(any(first < one < last for one in snapshots)
               for (_, first), *_, (_, last) in commands)


def nobody_waits(attempt):
    """A busy host may keep readers out of the midst once; a lock does each time."""
    if not any(between_all(*attempt()) for _ in range(3)):
        raise AssertionError("no reader was answered in the midst of the changes")


def bulk(defer):
    """A change of thousands of devices is as many events, and readers are answered meanwhile"""
    world = Following(defer)
    monitor, device = world.monitor(), world.device()
    monitor.waiting()

    def work():
        for line in (f"dev add {world.name}b count={MANY} driver=d",
                     f"dev set {world.name}b* driver=e", f"dev del {world.name}b*"):
            sim(line)

    def attempt():
        snapshots = answered(world.client, device["name"], [beside(work)])
        reported = monitor.numbers()
        equal("what", [what for what, _ in reported],
              ["dev-create"] * MANY + ["dev-change"] * MANY + ["dev-delete"] * MANY)
        for (_, before), (_, after) in zip(reported, reported[1:]):
            equal("generation", after, following(before))
        return snapshots, reported
    nobody_waits(attempt)


def bulk_profile(defer):
    """A profile for thousands of devices is as many events, and readers are answered meanwhile"""
    world = Following(defer)
    sim(f"dev add {world.name}b count={MANY} driver={world.name}")
    monitor, device = world.monitor(), world.device()
    profile = {"name": random_name(), "driver": world.name, "migration": "supported",
               "record": {"model": {"value": "m"}}}
    monitor.waiting()

    def work():
        other = World(lambda *_: None).client
        other.do("profile-set", profile)
        other.do("profile-del", {"name": profile["name"]})

    def attempt():
        snapshots = answered(world.client, device["name"], [beside(work)])
        reported = monitor.numbers()
        follows = ["dev-change"] * MANY
        equal("what", [what for what, _ in reported],
              ["profile-create", *follows, "profile-delete", *follows])
        return snapshots, [one for one in reported if one[0] == "dev-change"]
    nobody_waits(attempt)


def reported_again_meanwhile(defer):
    """Devices that change while a profile comes and goes end as a dump reports them"""
    world = Following(defer)
    sim(f"dev add {world.name}b count=100 driver={world.name}")
    follower = world.follower()
    profile = {"name": random_name(), "driver": world.name, "migration": "supported",
               "record": {"model": {"value": "m"}}}

    def declare():
        other = World(lambda *_: None).client
        for _ in range(40):
            other.do("profile-set", profile)
            other.do("profile-del", {"name": profile["name"]})
        other.do("profile-set", profile)

    def work():
        for i in range(60):
            sim(f"dev set {world.name}b* info=i,value=u64:{i}")
            sim(f"dev set {world.name}b{i} driver={'other' if i % 2 else world.name}")
    defer(lambda: world.client.do("profile-del", {"name": profile["name"]}))
    children = [beside(declare), beside(work)]
    while children := running(children):
        follower.catch_up()
    follower.compare()
    equal("losses", follower.losses, 0)


def modules(*names):
    with open("/proc/modules", encoding="ascii") as file:
        loaded = [line.split()[0] for line in file]
    return [name for name in loaded if name.startswith(names)]


def load(name):
    path = f"{os.environ.get('VDEV_MODULES', '')}/{name}.ko"
    subprocess.run(["insmod", path] if os.path.exists(path) else ["modprobe", name],
                   check=True, timeout=PATIENCE)


def reload(defer):
    """The family goes while somebody listens, and comes back: who joins again follows again"""
    world = Following(defer)
    monitor = world.monitor()
    # The front of the family stays: an unread dump of anybody may hold it.
    parts = [name for name in modules("vdev_") if name != "vdev_genl"]
    if not parts:
        raise Skip("the parts are not modules")
    sim(f"dev add {world.name}x count=3")
    equal("before", len(monitor.waiting()), 3)
    subprocess.run(["rmmod", *parts], check=True, timeout=PATIENCE)
    equal("as they went", [what for what, _ in monitor.waiting() if what[:3] == "dev"][:3],
          ["dev-delete"] * 3)
    subprocess.run(["rmmod", "vdev"], check=True, timeout=PATIENCE)
    for name in ["vdev", *reversed(parts)]:
        load(name)
    sim(f"dev add {world.name}x")
    equal("a member of nothing", monitor.waiting(), [])
    monitor.join()
    sim(f"dev add {world.name}y")
    equal("again", [(what, one["name"]) for what, one in monitor.waiting()],
          [("dev-create", f"{world.name}y")])


def subscriber_dies(defer):
    """Listeners that come and go meanwhile, and die, harm nobody"""
    world = Following(defer)
    follower = world.follower()

    def come_and_go():
        for _ in range(30):
            child = beside(lambda: Monitor(specification(), SMALL).until(lambda *_: False))
            time.sleep(0.005)
            os.kill(child, 9)
            os.waitpid(child, 0)
    child = beside(come_and_go)
    changing(world, [follower], 1)
    os.waitpid(child, 0)
    equal("losses", follower.losses, 0)


if __name__ == "__main__":
    sys.exit(run([
        quiet_point, joins_meanwhile, too_slow, overrun, others_lose_nothing, bulk, bulk_profile,
        reported_again_meanwhile, reload, subscriber_dies]))
