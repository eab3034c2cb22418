# SPDX-License-Identifier: GPL-2.0
"""What no tool does: a dump that can be left half way, and a vdpa device with
chosen features where the vdpa tool is too old for that."""

import errno
import re
import socket
import struct

from .guest import TOP

NETLINK_GENERIC = 16
CTRL_CMD_GETFAMILY = 3
CTRL_ATTR_FAMILY_ID = 1
CTRL_ATTR_FAMILY_NAME = 2
NLMSG_ERROR = 2
NLMSG_DONE = 3
NLM_F_REQUEST = 1
NLM_F_ACK = 4
NLM_F_DUMP = 0x300
NLM_F_DUMP_INTR = 0x10

VDPA_CMD_DEV_NEW = 3
VDPA_ATTR_MGMTDEV_DEV_NAME = 2
VDPA_ATTR_DEV_NAME = 4
VDPA_ATTR_DEV_FEATURES = 20
VDPA_CMD_DEV_ATTR_SET = 8
VDPA_ATTR_DEV_NET_CFG_MACADDR = 10

READ = 1 << 16


def constant(name):
    """A number of the family's header."""
    with open(f"{TOP}/uapi/linux/vdev.h", encoding="ascii") as header:
        return int(re.search(rf"\b{name} = (\d+),", header.read())[1])


def attribute(number, data):
    padding = b"\0" * (-len(data) % 4)
    return struct.pack("=HH", len(data) + 4, number) + data + padding


def attributes(data):
    while len(data) >= 4:
        length, number = struct.unpack_from("=HH", data)
        yield number & 0x3fff, data[4:length]
        data = data[(length + 3) & ~3:]


def connect():
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC)
    sock.settimeout(30)
    sock.bind((0, 0))
    return sock


def send(sock, kind, flags, command, payload=b""):
    body = struct.pack("=BBH", command, 1, 0) + payload
    sock.send(struct.pack("=IHHII", 16 + len(body), kind, NLM_F_REQUEST | flags, 1, 0) + body)


def family(name):
    """Number of a family."""
    with connect() as sock:
        send(sock, NETLINK_GENERIC, 0, CTRL_CMD_GETFAMILY,
             attribute(CTRL_ATTR_FAMILY_NAME, name + b"\0"))
        found = dict(attributes(sock.recv(READ)[20:]))
    return struct.unpack("=H", found[CTRL_ATTR_FAMILY_ID])[0]


def ask_vdpa(command, payload):
    """A request to the kernel's own vdpa family."""
    with connect() as sock:
        send(sock, family(b"vdpa"), NLM_F_ACK, command, payload)
        code = -struct.unpack_from("=i", sock.recv(READ), 16)[0]
    if code:
        raise OSError(code, f"vdpa command {command}")


def add_vdpa(name, parent, features):
    """What "vdpa dev add" does when it is given device_features."""
    ask_vdpa(VDPA_CMD_DEV_NEW,
             attribute(VDPA_ATTR_MGMTDEV_DEV_NAME, parent.encode() + b"\0") +
             attribute(VDPA_ATTR_DEV_NAME, name.encode() + b"\0") +
             attribute(VDPA_ATTR_DEV_FEATURES, struct.pack("=Q", features)))


def set_vdpa_mac(name, mac):
    """What "vdpa dev set" does, since 6.12."""
    ask_vdpa(VDPA_CMD_DEV_ATTR_SET,
             attribute(VDPA_ATTR_DEV_NAME, name.encode() + b"\0") +
             attribute(VDPA_ATTR_DEV_NET_CFG_MACADDR, bytes.fromhex(mac.replace(":", ""))))


class Dump:
    """A dump of the devices. The kernel fills the first buffer at once, and
    each further one when the one before was read."""

    def __init__(self):
        self.socket = connect()
        self.names = []
        self.interrupted = self.done = False
        send(self.socket, family(b"vdev"), NLM_F_DUMP, constant("VDEV_CMD_DEV_GET"))

    def close(self):
        self.socket.close()

    def message(self, kind, flags, body):
        self.interrupted |= bool(flags & NLM_F_DUMP_INTR)
        if kind == NLMSG_DONE:
            self.done = True
        elif kind == NLMSG_ERROR:
            raise OSError(-struct.unpack_from("=i", body)[0], "dump")
        else:
            name = dict(attributes(body[4:]))[constant("VDEV_A_NAME")]
            self.names.append(name[:-1].decode())

    def read(self):
        """One buffer; False if the dump is over."""
        buffer = self.socket.recv(READ)
        while buffer:
            length, kind, flags = struct.unpack_from("=IHH", buffer)
            self.message(kind, flags, buffer[16:length])
            buffer = buffer[(length + 3) & ~3:]
        return not self.done

    def finish(self):
        """Read to the end; errno of the dump, or 0."""
        try:
            while self.read():
                pass
        except OSError as error:
            if error.errno is None or error.errno == errno.EAGAIN:
                raise
            return error.errno
        return 0
