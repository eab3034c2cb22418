# SPDX-License-Identifier: GPL-2.0
"""Generic netlink in a few lines, for the tests in Python."""

import socket
import struct

GENL_ID_CTRL = 16
CTRL_CMD_GETFAMILY = 3
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 1, 2
NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3
NLM_F_DUMP_INTR, NLM_F_CAPPED, NLM_F_ACK_TLVS = 0x10, 0x100, 0x200
SOL_NETLINK, NETLINK_CAP_ACK, NETLINK_EXT_ACK = 270, 10, 11
MSG, OFFS, MISS_TYPE, MISS_NEST = 1, 2, 5, 6


def attrs(data):
    """The attributes in some bytes, as (number, payload)."""
    while len(data) >= 4:
        length, kind = struct.unpack_from("=HH", data)
        yield kind & 0x3fff, data[4:length]
        data = data[(length + 3) & ~3:]


def attr(kind, payload):
    """One attribute; a string gets its NUL."""
    if isinstance(payload, str):
        payload = payload.encode() + b"\0"
    return struct.pack("=HH", 4 + len(payload), kind) + payload + b"\0" * (-len(payload) % 4)


class Rejected(OSError):
    """The answer is an errno, with what the extended acknowledgment says: a text, the
    offset of an attribute, or the number of a missing one and the offset of its nest."""

    def __init__(self, error, tlvs):
        super().__init__(error, tlvs.get(MSG, b"")[:-1].decode() or "rejected")
        self.text = tlvs.get(MSG, b"")[:-1].decode()
        self.offset, self.missing, self.missing_nest = (
            struct.unpack("=I", tlvs[kind])[0] if kind in tlvs else None
            for kind in (OFFS, MISS_TYPE, MISS_NEST))


class Genl:
    """A socket; every wait is bounded."""

    def __init__(self, receive_buffer=0):
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_GENERIC
                                  if hasattr(socket, "NETLINK_GENERIC") else 16)
        self.sock.settimeout(60)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_EXT_ACK, 1)
        self.sock.setsockopt(SOL_NETLINK, NETLINK_CAP_ACK, 1)
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.interrupted = False

    def send(self, family, command, flags, payload):
        body = struct.pack("=BBH", command, 1, 0) + payload
        self.sock.send(struct.pack("=IHHII", 16 + len(body), family,
                                   NLM_F_REQUEST | flags, 0, 0) + body)

    @staticmethod
    def end(kind, flags, message):
        """The end of an answer: nothing, or what rejects it."""
        error, = struct.unpack_from("=i", message)
        skip = 20 if kind == NLMSG_ERROR else 4
        if error:
            raise Rejected(-error, dict(attrs(message[skip:])) if flags & NLM_F_ACK_TLVS else {})

    def receive(self):
        """Payloads of the messages of one datagram, and None at the end of the answer."""
        data = self.sock.recv(1 << 20)
        while data:
            length, kind, flags = struct.unpack_from("=IHH", data)
            message, data = data[16:length], data[(length + 3) & ~3:]
            self.interrupted |= bool(flags & NLM_F_DUMP_INTR)
            if kind in (NLMSG_ERROR, NLMSG_DONE):
                self.end(kind, flags, message)
                yield None
            else:
                yield message[4:]

    def ask(self, family, command, flags, payload):
        """Payloads of the messages of the answer; Rejected, an OSError, if it is rejected."""
        self.interrupted = False
        self.send(family, command, flags, payload)
        while True:
            for message in self.receive():
                if message is None:
                    return
                yield message

    def family(self, name):
        """Number of a family."""
        number = None
        for message in self.ask(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK,
                                attr(CTRL_ATTR_FAMILY_NAME, name)):
            number, = struct.unpack("=H", dict(attrs(message))[CTRL_ATTR_FAMILY_ID])
        return number
