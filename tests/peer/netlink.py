# SPDX-License-Identifier: GPL-2.0
"""Messages as the kernel builds them, and as it never would."""

import pathlib
import re
import struct

NLMSG_ERROR, NLMSG_DONE, NLMSG_OVERRUN = 2, 3, 4
GENL_ID_CTRL = 16
CTRL_CMD_NEWFAMILY = 1
CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 1, 2
NLMSGERR_ATTR_MSG, NLMSGERR_ATTR_OFFS = 1, 2
MULTI, DUMP_INTR = 0x2, 0x10
CAPPED, ACK_TLVS = 0x100, 0x200
CTRL_ATTR_MCAST_GROUPS = 7
CTRL_ATTR_MCAST_GRP_NAME, CTRL_ATTR_MCAST_GRP_ID = 1, 2
PORT = 4242
GROUP = 9
FAMILY = 0x1c
# Of which the generations are.
INSTANCE = 0xd1ce
HEADER = 20


def numbers(header):
    """The enumerators of a header of the kernel's interface, by name."""
    found, value = {}, -1
    for line in header.read_text().splitlines():
        match = re.match(r'\t(\w+)(?: = (\d+))?,?$', line)
        if re.match(r'enum \w+ \{', line):
            value = -1
        elif match:
            value = int(match[2]) if match[2] else value + 1
            found[match[1]] = value
    return found


UAPI = pathlib.Path(__file__).resolve().parents[2] / 'uapi/linux/vdev.h'
VDEV = numbers(UAPI)


def attr(number, payload):
    """An attribute; numbers take 32 bits, strings end in NUL."""
    if isinstance(payload, int):
        payload = struct.pack('=I', payload)
    elif isinstance(payload, str):
        payload = payload.encode() + b'\0'
    pad = b'\0' * (-len(payload) % 4)
    return struct.pack('=HH', len(payload) + 4, number) + payload + pad


def u64(number):
    return struct.pack('=Q', number)


def uint(number):
    """As the kernel puts it: in as few bytes as will do."""
    return struct.pack('=I', number) if number < 1 << 32 else u64(number)


class Request:
    """A request, and the messages that answer it."""

    def __init__(self, data):
        self.data = data
        self.length, self.type, self.flags, self.seq, self.port = \
            struct.unpack('=IHHII', data[:16])
        self.command = data[16]

    def message(self, kind, body, flags=0, **other):
        length = other.get('length', 16 + len(body))
        return struct.pack('=IHHII', length, kind, flags, other.get('seq', self.seq),
                           other.get('port', self.port)) + body + b'\0' * (-len(body) % 4)

    def generic(self, kind, command, attrs, flags=MULTI, **other):
        return self.message(kind, struct.pack('=BBH', command, 1, 0) + attrs, flags, **other)

    def family(self, number=FAMILY, name='vdev'):
        attrs = b''
        if name is not None:
            attrs += attr(CTRL_ATTR_FAMILY_NAME, name)
        if number is not None:
            attrs += attr(CTRL_ATTR_FAMILY_ID, struct.pack('=H', number))
        group = attr(CTRL_ATTR_MCAST_GRP_NAME, 'monitor') + attr(CTRL_ATTR_MCAST_GRP_ID, GROUP)
        attrs += attr(CTRL_ATTR_MCAST_GROUPS, attr(1, group))
        return self.generic(GENL_ID_CTRL, CTRL_CMD_NEWFAMILY, attrs, 0) + self.ack()

    def device(self, number, name='sim1', more=b'', snapshot=5, flags=MULTI, **other):
        attrs = attr(VDEV['VDEV_A_ID'], number)
        attrs += attr(VDEV['VDEV_A_ENDPOINT'], VDEV['VDEV_ENDPOINT_KIND_DEVICE'])
        attrs += attr(VDEV['VDEV_A_INSTANCE'], INSTANCE)
        attrs += attr(VDEV['VDEV_A_SNAPSHOT'], uint(snapshot))
        attrs += attr(VDEV['VDEV_A_BUS'], 'sim') + attr(VDEV['VDEV_A_NAME'], name) + more
        return self.generic(other.pop('kind', FAMILY), VDEV['VDEV_CMD_DEV_GET'], attrs, flags,
                            **other)

    def profile(self, name='mtty-1', more=b''):
        """In a dump, or as the answer to any request about it."""
        attrs = attr(VDEV['VDEV_A_PROFILE_NAME'], name)
        attrs += attr(VDEV['VDEV_A_PROFILE_INSTANCE'], INSTANCE)
        attrs += attr(VDEV['VDEV_A_PROFILE_GENERATION'], uint(4)) + more
        return self.generic(FAMILY, self.command, attrs)

    def stats(self, *providers, more=b''):
        attrs = attr(VDEV['VDEV_A_STATS_INSTANCE'], INSTANCE)
        attrs += attr(VDEV['VDEV_A_STATS_GENERATION'], uint(5)) + more
        for provider in providers:
            attrs += attr(VDEV['VDEV_A_STATS_PROVIDER'], provider)
        return self.generic(FAMILY, VDEV['VDEV_CMD_STATS_GET'], attrs, 0)

    def ack(self, error=0, words=None, **other):
        body = struct.pack('=i', -error) + self.data[:16]
        flags = CAPPED
        if words is not None:
            body += attr(NLMSGERR_ATTR_MSG, words)
            flags |= ACK_TLVS
        if 'offset' in other:
            body += attr(NLMSGERR_ATTR_OFFS, other['offset'])
        return self.message(NLMSG_ERROR, body, flags)

    def done(self, error=0, words=None, flags=MULTI):
        body = struct.pack('=i', -error)
        if words is not None:
            body += attr(NLMSGERR_ATTR_MSG, words)
            flags |= ACK_TLVS
        return self.message(NLMSG_DONE, body, flags)

    def overrun(self):
        return self.message(NLMSG_OVERRUN, b'\0' * 4)


