# SPDX-License-Identifier: GPL-2.0
"""A member of the family's multicast group, for the tests of events.

An event is (what, object): "dev-new", "type-change" and so on, and the object
in the words of the specification.
"""

import errno
import select
import struct
import time

from genl import (CTRL_ATTR_FAMILY_NAME, CTRL_CMD_GETFAMILY, GENL_ID_CTRL, NLM_F_ACK, SOL_NETLINK,
                  Genl, attr, attrs)
from words import words_of

NETLINK_ADD_MEMBERSHIP = 1
CTRL_ATTR_MCAST_GROUPS = 7
CTRL_ATTR_MCAST_GRP_NAME, CTRL_ATTR_MCAST_GRP_ID = 1, 2
PATIENCE = 30


class Lost(Exception):
    """Events were lost: the kernel says so."""


def groups(family):
    """Numbers of the groups of a family, by name."""
    found = {}
    for message in Genl().ask(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK,
                              attr(CTRL_ATTR_FAMILY_NAME, family)):
        for _, group in attrs(dict(attrs(message)).get(CTRL_ATTR_MCAST_GROUPS, b"")):
            parts = dict(attrs(group))
            found[parts[CTRL_ATTR_MCAST_GRP_NAME][:-1].decode()] = struct.unpack(
                "=I", parts[CTRL_ATTR_MCAST_GRP_ID])[0]
    return found


def following(generation):
    """The generation of the next event: no generation has 0 in its low half."""
    generation += 1
    return generation if generation & 0xffffffff else generation + 1


class Monitor:
    """A socket in the group; it never waits longer than PATIENCE."""

    def __init__(self, path, receive_buffer=0, join=True):
        self.words = words_of(path)
        names = self.words.spec.commands
        self.names = {names[f"{what}-ntf"]: what for what in
                      (name[:-4] for name in names if name.endswith("-ntf"))}
        self.genl = Genl(receive_buffer)
        self.genl.sock.bind((0, 0))
        self.genl.sock.setblocking(False)
        if join:
            self.genl.sock.setsockopt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
                                      groups("vdev")["monitor"])

    def close(self):
        self.genl.sock.close()

    def datagram(self):
        """One datagram as events; none if there is nothing to read."""
        try:
            data = self.genl.sock.recv(1 << 16)
        except BlockingIOError:
            return []
        except OSError as error:
            if error.errno == errno.ENOBUFS:
                raise Lost from error
            raise
        length, = struct.unpack_from("=I", data)
        assert length == len(data), f"{len(data)} bytes with a message of {length}"
        return [(self.names[data[16]], self.words.mapping("vdev", data[20:]))]

    def waiting(self):
        """All events that are there; a call that made a change has sent its event."""
        out = []
        while more := self.datagram():
            out += more
        return out

    def until(self, found):
        """Events as they come, until one of them is what is looked for."""
        out, end = [], time.monotonic() + PATIENCE
        while True:
            for event in self.datagram():
                out.append(event)
                if found(*event):
                    return out
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"not among {len(out)} events")
            select.select([self.genl.sock], [], [], left)

    def empty(self):
        """Read until nothing is left, whatever was lost; how many losses were told."""
        losses = 0
        while True:
            try:
                if not self.waiting():
                    return losses
            except Lost:
                losses += 1
