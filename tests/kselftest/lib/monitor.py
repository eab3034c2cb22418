# SPDX-License-Identifier: GPL-2.0
"""Members of the family's multicast group, for the tests of events.

An event is (what, object): "dev-create", "type-change" and so on, and the object
in the words of the specification.
"""

import errno
import select
import socket
import struct
import time

from genl import (CTRL_ATTR_FAMILY_NAME, CTRL_CMD_GETFAMILY, GENL_ID_CTRL, NLM_F_ACK, SOL_NETLINK,
                  Genl, attr, attrs)
from ktap import equal
from words import Client, words_of

NETLINK_ADD_MEMBERSHIP = 1
SO_RCVBUFFORCE = 33
CTRL_ATTR_MCAST_GROUPS = 7
CTRL_ATTR_MCAST_GRP_NAME, CTRL_ATTR_MCAST_GRP_ID = 1, 2
# Room for all that a test does, whatever the limit for others is.
LARGE = 128 << 20
PATIENCE = 60


class Lost(Exception):
    """Events were lost: the kernel says so."""


def group():
    """Number of the group."""
    for message in Genl().ask(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK,
                              attr(CTRL_ATTR_FAMILY_NAME, "vdev")):
        for _, nest in attrs(dict(attrs(message)).get(CTRL_ATTR_MCAST_GROUPS, b"")):
            parts = dict(attrs(nest))
            if parts[CTRL_ATTR_MCAST_GRP_NAME] == b"monitor\0":
                return struct.unpack("=I", parts[CTRL_ATTR_MCAST_GRP_ID])[0]
    raise AssertionError("no group")


def set_of(what):
    """Name of the attribute set of an event."""
    return "profile" if what.startswith("profile-") else "vdev"


def following(generation):
    """The generation of the next event."""
    return generation + 1


def without_age(one):
    """An object, but for how old its facts were when the message was filled."""
    one.pop("age", None)
    return one


class Monitor:
    """A socket in the group; it never waits longer than PATIENCE."""

    def __init__(self, path, receive_buffer=None, join=True):
        self.words = words_of(path)
        self.names = {number: name[:-len("-ntf")]
                      for name, number in self.words.spec.commands.items()
                      if name.endswith("-ntf")}
        self.sock = Genl(receive_buffer or 0).sock
        if receive_buffer is None:
            self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, LARGE)
        self.sock.bind((0, 0))
        self.sock.setblocking(False)
        if join:
            self.join()

    def join(self):
        self.sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group())

    def close(self):
        self.sock.close()

    def raw(self):
        """One event as its name and its attributes, or None if there is none."""
        try:
            data = self.sock.recv(1 << 16)
        except BlockingIOError:
            return None
        except OSError as error:
            if error.errno == errno.ENOBUFS:
                raise Lost from error
            raise
        equal("length of the message", struct.unpack_from("=I", data)[0], len(data))
        return self.names[data[16]], data[20:]

    def event(self):
        """One event, or None if there is none."""
        raw = self.raw()
        return raw and (raw[0], self.words.mapping(set_of(raw[0]), raw[1]))

    def waiting(self):
        """All events that are there; a call that made a change has sent its event."""
        return list(iter(self.event, None))

    def numbers(self):
        """Of all events that are there: what, and the generation. Quicker than waiting()."""
        number = self.words.spec.sets["vdev"]["generation"]["value"]
        out = []
        while raw := self.raw():
            for kind, payload in attrs(raw[1]):
                if kind == number:
                    out.append((raw[0], int.from_bytes(payload, "little")))
                    break
        return out

    def until(self, found):
        """Events as they come, until one of them is what is looked for."""
        out, end = [], time.monotonic() + PATIENCE
        while time.monotonic() < end:
            select.select([self.sock], [], [], PATIENCE)
            while event := self.event():
                out.append(event)
                if found(*event):
                    return out
        raise AssertionError(f"not among {len(out)} events")

    def empty(self):
        """Read until nothing is left; how often a loss was reported."""
        losses = 0
        while True:
            try:
                while self.raw():
                    pass
                return losses
            except Lost:
                losses += 1


def dump(client, op):
    """All objects by their ids, and the generation that they are of: 0 if there are none."""
    client.genl.interrupted = True
    end = time.monotonic() + PATIENCE
    while client.genl.interrupted and time.monotonic() < end:
        objects = client.dump(op, {})
    assert not client.genl.interrupted, "every dump was interrupted"
    snapshot = max((one.pop("snapshot") for one in objects), default=0)
    return {one["id"]: without_age(one) for one in objects}, snapshot


class Follower:
    """Knows all endpoints as a reader does who joins, dumps, and applies the events."""

    def __init__(self, path, receive_buffer=None):
        self.monitor, self.client = Monitor(path, receive_buffer), Client(path)
        self.known, self.snapshots = {}, {}
        self.last, self.losses, self.events = None, 0, 0
        self.begin()

    def begin(self):
        """Discard all, and dump."""
        self.losses += self.monitor.empty()
        self.last = None
        for kind in ("dev", "type"):
            self.known[kind], self.snapshots[kind] = dump(self.client, f"{kind}-get")

    def apply(self, what, one):
        """One event; it has the number after the one before, or after the dump."""
        kind, change = what.split("-")
        generation = one["generation"]
        equal("snapshot of an event", one.pop("snapshot"), generation)
        if self.last is not None:
            equal("generation of an event", generation, following(self.last))
        self.last = generation
        self.events += 1
        # A profile is one change more, and no endpoint.
        if kind == "profile":
            return
        if generation <= self.snapshots[kind]:
            return
        known = self.known[kind]
        # A dump without an object does not report what it is a snapshot of.
        if self.snapshots[kind] or change == "create":
            equal(f"known before {what}", one["id"] in known, change != "create")
        if change == "delete":
            known.pop(one["id"], None)
        elif change == "create" or one["id"] in known:
            known[one["id"]] = without_age(one)

    def catch_up(self):
        """Apply what is there; begin again after a loss."""
        try:
            while event := self.monitor.event():
                self.apply(*event)
        except Lost:
            self.losses += 1
            self.begin()

    def compare(self):
        """Nothing changes now: what is known is what a dump reports."""
        self.catch_up()
        for kind in ("dev", "type"):
            objects, _ = dump(self.client, f"{kind}-get")
            equal(f"{kind} endpoints", sorted(self.known[kind]), sorted(objects))
            for number, one in objects.items():
                equal(f"{kind} {number}", self.known[kind][number], one)
