# SPDX-License-Identifier: GPL-2.0
"""Generic netlink in a few lines, for the tests in Python."""

import socket
import struct

GENL_ID_CTRL = 16
CTRL_CMD_GETFAMILY = 3
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 1, 2
NLM_F_REQUEST, NLM_F_ACK, NLM_F_DUMP = 1, 4, 0x300
NLMSG_ERROR, NLMSG_DONE = 2, 3


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


class Genl:
    """A socket; every wait is bounded."""

    def __init__(self):
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_GENERIC
                                  if hasattr(socket, "NETLINK_GENERIC") else 16)
        self.sock.settimeout(20)

    def ask(self, family, command, flags, payload):
        """Payloads of the messages of the answer; an OSError if it is refused."""
        body = struct.pack("=BBH", command, 1, 0) + payload
        self.sock.send(struct.pack("=IHHII", 16 + len(body), family,
                                   NLM_F_REQUEST | flags, 0, 0) + body)
        while True:
            data = self.sock.recv(1 << 18)
            while data:
                length, kind = struct.unpack_from("=IH", data)
                message, data = data[16:length], data[(length + 3) & ~3:]
                if kind in (NLMSG_ERROR, NLMSG_DONE):
                    error, = struct.unpack_from("=i", message)
                    if error:
                        raise OSError(-error, "refused")
                    return
                yield message[4:]

    def family(self, name):
        """Number of a family."""
        number = None
        for message in self.ask(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK,
                                attr(CTRL_ATTR_FAMILY_NAME, name)):
            number, = struct.unpack("=H", dict(attrs(message))[CTRL_ATTR_FAMILY_ID])
        return number
