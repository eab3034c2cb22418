#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""What the provider of a device counts for it: what is read of it, by whom, and what is rejected."""

import errno
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import Rejected
from judged import World, as_nobody, random_name, run, sim, sim_remove
from ktap import equal

# As many as there can be for one device.
MOST = 64
LARGEST = 2**63 - 1


class Counted(World):
    """Devices of one test, and what is counted for them."""

    def stats(self, device, **more):
        return self.client.do("dev-stats-get", {"id": device["id"], **more})

    def counters(self, device):
        """As pairs of name and value, in their order."""
        return pairs(self.stats(device))

    def dumped(self, **conditions):
        values = {"filter": conditions} if conditions else {}
        return self.client.dump("dev-stats-get", values)


def pairs(answer):
    return [(one["name"], one["value"]) for one in answer.get("counter", [])]


def fails(error, function, *args):
    """It does, with that errno; the rejection."""
    try:
        function(*args)
    except OSError as failure:
        equal("errno", errno.errorcode[failure.errno], errno.errorcode[error])
        return failure
    raise AssertionError("it was done")


def one_device(defer):
    """What is counted is reported with who it is for and of when, by number and by name"""
    world = Counted(defer)
    device = world.device(f"counter=rx,value=5 counter=tx,value={LARGEST}")
    answer = world.stats(device)
    equal("by name", world.client.do("dev-stats-get", {"bus": "sim", "name": device["name"]}),
          answer)
    equal("counters", pairs(answer), [("rx", 5), ("tx", LARGEST)])
    for key in ("id", "endpoint", "instance", "generation", "bus", "name"):
        equal(key, answer[key], device[key])
    equal("keys", set(answer), {"id", "endpoint", "instance", "generation", "snapshot", "bus",
                                "name", "counter"})


def set_again(defer):
    """What was set last is reported: other values, other counters, none"""
    world = Counted(defer)
    device = world.device("counter=a,value=1")
    for words, wanted in (("counter=a,value=2", [("a", 2)]),
                          ("counter=b,value=9", [("a", 2), ("b", 9)]),
                          ("counter-=a", [("b", 9)]),
                          ("counter=b,value=0", [("b", 0)]),
                          ("-counter", [])):
        world.set(device, words)
        equal(words, world.counters(device), wanted)


def no_counters(defer):
    """A device for which nothing is counted has an answer without counters, and a dump passes
    over it"""
    world = Counted(defer)
    device = world.device()
    equal("counters", world.counters(device), [])
    equal("in a dump", [one for one in world.dumped() if one["id"] == device["id"]], [])


def no_change(defer):
    """A counter that changes changes no generation, and nothing that is reported of the device"""
    world = Counted(defer)
    device = world.device("counter=a,value=1")
    world.set(device, "counter=a,value=2 counter=b,value=3")
    equal("device", world.client.do("dev-get", {"id": device["id"]}), device)


def dump(defer):
    """A dump has each device that matches the filter and has counters, in the order of ids"""
    world = Counted(defer)
    model = random_name()
    world.device(f"model={model}")
    made = [world.device(f"model={model} counter=c,value={i}") for i in range(3)]
    world.device("counter=c,value=9")
    answers = world.dumped(model=model)
    equal("ids", [one["id"] for one in answers], sorted(one["id"] for one in made))
    equal("counters", [pairs(one) for one in answers], [[("c", i)] for i in range(3)])
    equal("the same", [{**one, "snapshot": 0} for one in answers],
          [{**world.stats(one), "snapshot": 0} for one in made])


def many(defer):
    """A dump of many devices with as many counters as can be has all of them"""
    world = Counted(defer)
    model = random_name()
    words = " ".join(f"counter={'n' * 60}{i},value={LARGEST - i}" for i in range(MOST))
    made = world.device(f"model={model} {words}", count=70)
    wanted = [(f"{'n' * 60}{i}", LARGEST - i) for i in range(MOST)]
    answers = world.dumped(model=model)
    equal("ids", [one["id"] for one in answers], [one["id"] for one in made])
    for one in answers:
        equal("counters", pairs(one), wanted)


def rejected(defer):
    """Counters that are out of their bounds are rejected, and those before stay"""
    world = Counted(defer)
    device = world.device("counter=a,value=1")
    too_many = " ".join(f"counter=c{i},value=1" for i in range(MOST))
    for words, error in ((f"counter=b,value={LARGEST + 1}", errno.ERANGE),
                         ("counter=two%20words,value=1", errno.EINVAL),
                         (f"counter={'n' * 64},value=1", errno.EINVAL),
                         ("counter+=a,value=2", errno.EINVAL),
                         (too_many, errno.EMSGSIZE)):
        fails(error, world.set, device, words)
        equal(words[:40], world.counters(device), [("a", 1)])
    # What is rejected with them does not change them either.
    fails(errno.EINVAL, world.set, device, "counter=a,value=7 capabilities=99")
    equal("with another fact", world.counters(device), [("a", 1)])
    name = random_name()
    defer(sim_remove, f"dev del {name}")
    fails(errno.ERANGE, sim, f"dev add {name} counter=b,value={LARGEST + 1}")
    fails(errno.ENODEV, world.client.do, "dev-get", {"bus": "sim", "name": name})


def core_rejects(defer):
    """If the core rejects other facts, the counters stay as they were"""
    world = Counted(defer)
    device = world.device("counter=a,value=1 model=m")
    fails(errno.EINVAL, world.set, device, "counter=a,value=7 param=%20,value=u64:1")
    equal("counters", world.counters(device), [("a", 1)])


def types(defer):
    """A type has no counters, and is no device"""
    world = Counted(defer)
    made = world.type()
    fails(errno.EINVAL, sim, f"type set {made['parent']} {made['name']} counter=a,value=1")
    log = subprocess.run(["dmesg"], check=True, capture_output=True, timeout=60).stdout.decode()
    equal("log", f"{made['name']}: counters rejected (-{errno.EINVAL}): "
          "counters: a type has none" in log, True)
    rejection = fails(errno.ENODEV, world.stats, made)
    equal("words", rejection.text, "no such device")


def wrong_requests(defer):
    """A request that names no device, or more than it takes, is rejected"""
    world = Counted(defer)
    device = world.device("counter=a,value=1")
    for values, error, words, where in (
            ({"id": 2**31 - 1}, errno.ENODEV, "no such device", "id"),
            ({"bus": "sim", "name": "none-such"}, errno.ENODEV, "no such device", "name"),
            ({"bus": "sim"}, errno.EINVAL, "", "name"),
            ({"id": device["id"], "bus": "sim"}, errno.EINVAL, "id and name exclude each other",
             "id"),
            ({"id": device["id"], "filter": {}}, errno.EINVAL, "a filter is for a dump", "filter"),
            ({"id": device["id"], "max-age": 0}, errno.EINVAL,
             "attribute is not part of this request", "max-age")):
        rejection, path = world.client.where("dev-stats-get", values)
        equal(f"{values}", (rejection.errno, rejection.text, path), (error, words, where))
    for values in ({"id": device["id"]}, {"filter": {"at-least": "compatible"}}):
        try:
            world.client.dump("dev-stats-get", values)
        except Rejected as rejection:
            equal(f"{values}", rejection.errno, errno.EINVAL)
        else:
            raise AssertionError(f"{values} was dumped")


def gone(defer):
    """What is counted goes with the device"""
    world = Counted(defer)
    device = world.device("counter=a,value=1")
    sim(f"dev del {device['name']}")
    fails(errno.ENODEV, world.stats, device)
    equal("in a dump", [one for one in world.dumped() if one["id"] == device["id"]], [])


def nobody(defer):
    """A user without any capability reads it"""
    world = Counted(defer)
    device = world.device("counter=a,value=1")

    def read():
        equal("counters", Counted(defer).counters(device), [("a", 1)])
        equal("dumped", len([one for one in Counted(defer).dumped()
                             if one["id"] == device["id"]]), 1)
    as_nobody(read)


if __name__ == "__main__":
    sys.exit(run([one_device, set_again, no_counters, no_change, dump, many, rejected,
                  core_rejects, types, wrong_requests, gone, nobody]))
