# SPDX-License-Identifier: GPL-2.0
"""Messages of the family, from words to bytes and back, by the specification.

An endpoint is written as a mapping of the specification's attribute names; a
list where an attribute may be repeated, and for the 64-bit words of a bitmap;
the words of an enumeration, or a number that has none; {"hex": "..."} for a
payload that breaks the rules, or takes another width than the kernel's (a number
with its little end first), and "attribute-77" for an attribute that has no name. The
kind of an endpoint and the instance of a generation are put where they are not
written.
"""

import pathlib
import struct

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SPEC = ROOT / "Documentation/netlink/specs/vdev.yaml"

NLMSG_ERROR = 2
NLMSG_DONE = 3
NLM_F_MULTI = 0x2
NLM_F_DUMP_INTR = 0x10
NLM_F_CAPPED = 0x100
NLM_F_ACK_TLVS = 0x200
NLMSGERR_ATTR_MSG = 1
NLMSGERR_ATTR_OFFS = 2
NLMSGERR_ATTR_MISS_TYPE = 5
NLMSGERR_ATTR_MISS_NEST = 6
NLA_F_NESTED = 0x8000
FAMILY = 0x1c
# The kernel's family about vdpa: its number, what is used of its commands, and their attributes.
VDPA = 0x1d
VDPA_COMMANDS = {"vdpa-parent": 2, "vdpa-new": 3, "vdpa-dev": 5, "vdpa-stats": 7}
VDPA_ATTRS = {
    "vdpa-parent": {"bus": (1, None), "name": (2, None), "classes": (3, "Q"), "max-vqs": (15, "I"),
                    "features": (16, "Q")},
    "vdpa-new": {"parent": (2, None), "name": (4, None), "mtu": (13, "H")},
    "vdpa-dev": {"name": (4, None), "max-vqs": (7, "I")},
    "vdpa-stats": {"name": (4, None), "index": (17, "I"), "counter": (18, None),
                   "value": (19, "Q")},
}
# Of the family, where a case does not report another one, or null for none.
INSTANCE = 2718281828
ENDPOINTS = {"dev": "device", "type": "type"}
CTRL = 0x10
CTRL_COMMANDS = {"new": 1, "del": 2}
CTRL_ATTR_FAMILY_ID = 1
CTRL_ATTR_FAMILY_NAME = 2

# Of the host that reads and writes messages: little or big.
ORDER = "little"


def pack(layout, *values):
    return struct.pack((">" if ORDER == "big" else "<") + layout, *values)


def unpack(layout, data):
    return struct.unpack_from((">" if ORDER == "big" else "<") + layout, data)


def pad(data):
    return data + b"\0" * (-len(data) % 4)


class Spec:
    """The specification, ready for look-ups in both directions."""

    def __init__(self, path=SPEC):
        self.raw = yaml.safe_load(path.read_text())
        self.sets = {}
        for item in self.raw["attribute-sets"]:
            self.sets[item["name"]] = self.attributes(item)
        self.enums = {item["name"]: item for item in self.raw["definitions"]
                      if item["type"] in ("enum", "flags")}
        self.commands = {}
        number = 0
        for item in self.raw["operations"]["list"]:
            number = item.get("value", number + 1)
            self.commands[item["name"]] = number

    def attributes(self, item):
        """Number and meaning of each; a part of another set has those of that."""
        whole = self.sets.get(item.get("subset-of"))
        if whole:
            return {attr["name"]: (whole[attr["name"]][0], {**whole[attr["name"]][1], **attr})
                    for attr in item["attributes"]}
        return {attr["name"]: (number, attr)
                for number, attr in enumerate(item["attributes"], 1)}

    def enum_values(self, name):
        item = self.enums[name]
        if item["type"] == "flags":
            return {entry["name"]: 1 << bit
                    for bit, entry in enumerate(item["entries"])}
        start = item.get("value-start", 0)
        return {entry["name"]: start + index
                for index, entry in enumerate(item["entries"])}

    def number(self, attr, value):
        if isinstance(value, list):
            return sum(self.number(attr, entry) for entry in value)
        if isinstance(value, str):
            return self.enum_values(attr["enum"])[value]
        return int(value)

    def payload(self, attr, value):
        kind = attr["type"]
        if isinstance(value, dict) and set(value) == {"hex"}:
            data = bytes.fromhex(value["hex"])
            return data[::-1] if kind in ("u32", "uint") and ORDER == "big" else data
        if kind == "u32":
            return pack("I", self.number(attr, value))
        if kind == "uint":
            return pack("I" if value < 1 << 32 else "Q", value)
        if kind == "string":
            return value.encode() + b"\0"
        if kind == "flag":
            return b""
        if kind == "binary":
            return b"".join(struct.pack("<Q", word) for word in value)
        return self.attrs(attr["nested-attributes"], value)

    def attrs(self, set_name, values):
        data = b""
        for name, value in values.items():
            if name.startswith("attribute-"):
                number, attr = int(name[len("attribute-"):]), {"type": "binary"}
            else:
                number, attr = self.sets[set_name][name]
            if attr["type"] == "flag" and not value:
                continue
            nested = NLA_F_NESTED if attr["type"] == "nest" else 0
            for entry in value if attr.get("multi-attr") else [value]:
                data += attribute(number | nested, self.payload(attr, entry))
        return data

    def set_of(self, command):
        """The attribute set of a command."""
        words = command.split("-")[0]
        return words if words in ("profile", "stats") else "vdev"

    def reported(self, command, values):
        """With what the kernel reports of every object, and of every generation."""
        values = dict(values)
        kind = ENDPOINTS.get(command.split("-")[0])
        if kind and "id" in values:
            values.setdefault("endpoint", kind)
        if "generation" in values or "snapshot" in values:
            values.setdefault("instance", INSTANCE)
        return {name: value for name, value in values.items() if value is not None}

    def message(self, command, values, flags=NLM_F_MULTI):
        values = self.reported(command, values)
        body = pack("BBH", self.commands[command], 1, 0)
        return header(FAMILY, body + self.attrs(self.set_of(command), values), flags)

    def read_attrs(self, set_name, data):
        """The attributes as lines of indented text."""
        names = {number: (name, attr)
                 for name, (number, attr) in self.sets[set_name].items()}
        lines = []
        while data:
            length, number = unpack("HH", data)
            payload = data[4:length]
            data = data[length + (-length % 4):]
            name, attr = names[number & 0x3fff]
            if attr["type"] == "nest":
                lines.append(f"{name}:")
                lines += ["  " + line for line in
                          self.read_attrs(attr["nested-attributes"], payload)]
            elif attr["type"] == "string":
                lines.append(f"{name}: {payload[:-1].decode()}")
            elif attr["type"] == "flag":
                lines.append(name)
            else:
                order = "little" if attr["type"] == "binary" else ORDER
                lines.append(f"{name}: {int.from_bytes(payload, order)}")
        return lines

    def read_request(self, data):
        _, family, flags, _, _ = unpack("IHHII", data)
        if family == VDPA:
            return read_vdpa(data)
        command = {number: name for name, number in self.commands.items()}[data[16]]
        kind = "dump" if flags & 0x300 == 0x300 else "do"
        return [f"{command} {kind}", *("  " + line for line in
                                       self.read_attrs(self.set_of(command), data[20:]))]


def attribute(number, payload):
    return pad(pack("HH", len(payload) + 4, number) + payload)


def header(kind, body, flags):
    return pad(pack("IHHII", 16 + len(body), kind, flags, 0, 0) + body)


def extended(values):
    data = b""
    if "text" in values:
        data += attribute(NLMSGERR_ATTR_MSG, values["text"].encode() + b"\0")
    for key, number in (("offset", NLMSGERR_ATTR_OFFS),
                        ("missing-type", NLMSGERR_ATTR_MISS_TYPE),
                        ("missing-nest", NLMSGERR_ATTR_MISS_NEST)):
        if key in values:
            data += attribute(number, pack("I", values[key]))
    return data


def done(values):
    tlvs = extended(values)
    flags = NLM_F_MULTI | (NLM_F_ACK_TLVS if tlvs else 0)
    if values.get("interrupted"):
        flags |= NLM_F_DUMP_INTR
    return header(NLMSG_DONE, pack("i", -values.get("error", 0)) + tlvs, flags)


def ack(values):
    tlvs = extended(values)
    flags = NLM_F_CAPPED | (NLM_F_ACK_TLVS if tlvs else 0)
    body = pack("i", -values.get("error", 0)) + b"\0" * 16
    return header(NLMSG_ERROR, body + tlvs, flags)


def control(values):
    """What the controller reports of the family: that it is registered or unregistered."""
    body = pack("BBH", CTRL_COMMANDS[values["command"]], 2, 0)
    body += attribute(CTRL_ATTR_FAMILY_ID, pack("H", FAMILY))
    return header(CTRL, body + attribute(CTRL_ATTR_FAMILY_NAME, b"vdev\0"), 0)


def vdpa(kind, values):
    """What the family about vdpa says, each name with its value, in this order if they are
    pairs; a counter is a name and a value, and what is neither number nor text is bytes."""
    body = pack("BBH", VDPA_COMMANDS[kind], 1, 0)
    for key, value in values.items() if isinstance(values, dict) else values:
        number, layout = VDPA_ATTRS[kind][key]
        if isinstance(value, list):
            body += attribute(number, value[0].encode() + b"\0")
            number, layout = VDPA_ATTRS[kind]["value"]
            value = value[1]
        if isinstance(value, dict):
            body += attribute(number, bytes.fromhex(value["hex"]))
        elif isinstance(value, str):
            body += attribute(number, value.encode() + b"\0")
        else:
            body += attribute(number, pack(layout, value))
    return header(VDPA, body, NLM_F_MULTI)


def read_vdpa(data):
    """A request to that family as lines of text."""
    kind = {number: name for name, number in VDPA_COMMANDS.items()}[data[16]]
    names = {number: (name, layout) for name, (number, layout) in VDPA_ATTRS[kind].items()}
    lines = [kind]
    data = data[20:]
    while data:
        length, number = unpack("HH", data)
        payload = data[4:length]
        data = data[length + (-length % 4):]
        name, layout = names[number]
        lines.append(f"  {name}: {unpack(layout, payload)[0] if layout else payload[:-1].decode()}")
    return lines


def encode(spec, item):
    """One message of a case; a mapping with one key."""
    (kind, values), = item.items()
    values = values or {}
    if kind in ("dev", "type", "profile", "stats", "dev-stats"):
        return spec.message(f"{kind}-get", values)
    if kind in ("check", "find", "dev-new", "dev-del", "profile-set", "profile-del", "type-set",
                "ceiling-get"):
        return spec.message(kind, values)
    if kind.endswith("-ntf"):
        return spec.message(kind, values, 0)
    if kind in VDPA_COMMANDS:
        return vdpa(kind, values)
    if kind == "control":
        return control(values)
    if kind == "done":
        return done(values)
    if kind == "ack":
        return ack(values)
    return bytes.fromhex(values)


def replay_lines(spec, case):
    """What replay.c reads."""
    absent = case.get("absent")
    lines = [] if not absent else ["absent"] if absent is True else [f"absent {absent}"]
    lines += ["vdpa"] if case.get("vdpa") else []
    for exchange in case.get("exchanges", []):
        lines.append("exchange")
        for datagram in exchange:
            if isinstance(datagram, dict) and set(datagram) & {"fail", "event-fail"}:
                lines += [f"{key} {value}" for key, value in datagram.items()]
                continue
            if isinstance(datagram, dict) and "event" in datagram:
                lines += ["event", "\t" + encode(spec, datagram["event"]).hex()]
                continue
            repeat, flags = 1, 0
            if isinstance(datagram, dict) and "messages" in datagram:
                repeat = datagram.get("repeat", 1)
                flags = (1 if datagram.get("truncated") else 0) | \
                    (8 if datagram.get("numbered") else 0)
                datagram = datagram["messages"]
            elif isinstance(datagram, dict):
                datagram = [datagram]
            lines.append(f"datagram {repeat} {flags}")
            lines += ["\t" + encode(spec, item).hex() for item in datagram]
    return lines
