#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Events: what the members of the group are told of each change, in which
order, and what they are told when something is lost. Nothing else changes
endpoints while these tests run."""

import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from judged import World, random_name, run, sim, specification
from ktap import equal
from monitor import Monitor, following


class Told(World):
    """Endpoints of one test, and a member of the group who is told of them."""

    def __init__(self, defer, receive_buffer=0):
        super().__init__(defer)
        self.monitor = Monitor(specification(), receive_buffer)
        defer(self.monitor.close)

    def get(self, endpoint):
        """An endpoint as it is now."""
        return self.client.do("type-get" if "capacity" in endpoint else "dev-get",
                              {"id": endpoint["id"]})

    def one(self, what):
        """The object of the only event."""
        events = self.monitor.waiting()
        equal("events", [event[0] for event in events], [what])
        return events[0][1]


def added(defer):
    """A device that is added is one event, with the object as it is read"""
    world = Told(defer)
    device = world.device("migration=supported model=example.org/m param=p,value=u64:1")
    equal("object", world.one("dev-new"), device)


def removed(defer):
    """A device that is removed is one event, with the object as it was last and the
    generation of the removal"""
    world = Told(defer)
    device = world.device("migration=supported model=example.org/m")
    world.monitor.waiting()
    sim(f"dev del {device['name']}")
    number = following(device["generation"])
    equal("object", world.one("dev-del"), {**device, "generation": number, "snapshot": number})


def changed(defer):
    """A device that changes is one event, with all of the object"""
    world = Told(defer)
    device = world.device("migration=supported model=example.org/m")
    world.monitor.waiting()
    world.set(device, "model=example.org/n")
    equal("object", world.one("dev-change"), world.get(device))


if __name__ == "__main__":
    sys.exit(run([added, removed, changed]))
