# SPDX-License-Identifier: GPL-2.0
"""Requests and answers of the family in the words of its specification.

A nest is a mapping of names to values, an attribute that may be repeated a
list; a number of an enumeration is its word, flags are a list of words, and a
bitmap is one number. Raw(bytes) is a payload as it is, a number in the place of
a name an attribute that has none; a list of pairs does for a mapping where the
same name comes twice.
"""

import functools
import struct

from genl import NLM_F_ACK, NLM_F_DUMP, Genl, Rejected, attr, attrs
from spec import Spec

NLA_F_NESTED = 0x8000


class Raw(bytes):
    """A payload as it is."""


def pairs(values):
    return values.items() if isinstance(values, dict) else values


class Words:
    """Bytes from words, and words from bytes."""

    def __init__(self, path):
        self.spec = Spec(path)
        self.enums = {name: self.entries(enum) for name, enum in self.spec.enums.items()}

    @staticmethod
    def entries(enum):
        names = [entry["name"] if isinstance(entry, dict) else entry
                 for entry in enum["entries"]]
        start = enum.get("value-start", 0)
        return {name: 1 << i if enum["type"] == "flags" else start + i
                for i, name in enumerate(names)}

    def number(self, entry, value):
        if isinstance(value, list):
            return sum(self.number(entry, word) for word in value)
        return self.enums[entry["enum"]][value] if isinstance(value, str) else value

    def payload(self, entry, value):
        kind = entry["type"]
        if kind == "nest":
            return self.nest(entry["nested-attributes"], value)
        if kind == "string":
            return value.encode() + b"\0"
        if kind == "flag":
            return b""
        if kind == "binary":
            return value.to_bytes((value.bit_length() + 63) // 64 * 8, "little")
        number = self.number(entry, value)
        return struct.pack("=I" if kind == "u32" or number < 1 << 32 else "=Q", number)

    def entry(self, set_name, name, value):
        """One attribute, once."""
        if isinstance(name, int):
            return attr(name, value)
        entry = self.spec.sets[set_name][name]
        flag = NLA_F_NESTED if entry["type"] == "nest" else 0
        if not isinstance(value, Raw):
            value = self.payload(entry, value)
        return attr(entry["value"] | flag, value)

    def nest(self, set_name, values):
        data = b""
        for name, value in pairs(values):
            many = (isinstance(value, list) and isinstance(name, str) and
                    self.spec.sets[set_name][name].get("multi-attr"))
            for one in value if many else [value]:
                data += self.entry(set_name, name, one)
        return data

    def word(self, entry, number):
        enum = self.enums[entry["enum"]]
        if entry.get("enum-as-flags"):
            return [name for name, bit in enum.items() if number & bit]
        return {value: name for name, value in enum.items()}[number]

    def value(self, entry, data):
        kind = entry["type"]
        if kind == "nest":
            return self.mapping(entry["nested-attributes"], data)
        if kind == "string":
            return data[:-1].decode()
        if kind == "flag":
            return True
        number = int.from_bytes(data, "little")
        return self.word(entry, number) if "enum" in entry else number

    def mapping(self, set_name, data):
        names = {entry["value"]: (name, entry)
                 for name, entry in self.spec.sets[set_name].items()}
        out = {}
        for number, payload in attrs(data):
            name, entry = names[number]
            value = self.value(entry, payload)
            if entry.get("multi-attr"):
                out.setdefault(name, []).append(value)
            else:
                out[name] = value
        return out


@functools.lru_cache(None)
def words_of(path):
    """The words of a specification, which is read once."""
    return Words(path)


class Client:
    """Asks the running family in words."""

    def __init__(self, path, receive_buffer=0):
        self.words = words_of(path)
        self.genl = Genl(receive_buffer)
        self.family = self.genl.family(self.words.spec.tree["name"])

    def set(self, op):
        """Name of the attribute set of an operation."""
        return self.words.spec.ops[op]["attribute-set"]

    def send(self, op, values, flags):
        """The answers, one after the other; raises Rejected."""
        payload = self.words.nest(self.set(op), values)
        for data in self.genl.ask(self.family, self.words.spec.commands[op], flags, payload):
            yield self.words.mapping(self.set(op), data)

    def do(self, op, values):
        answers = list(self.send(op, values, NLM_F_ACK))
        assert len(answers) == 1, f"{len(answers)} answers"
        return answers[0]

    def dump(self, op, values):
        return list(self.send(op, values, NLM_F_DUMP))

    def where(self, op, values, flags=NLM_F_ACK):
        """Of a request that is rejected: the rejection, and the path to the attribute that it
        points at or misses."""
        try:
            list(self.send(op, values, flags))
        except Rejected as rejected:
            return rejected, self.path(self.set(op), self.words.nest(self.set(op), values), rejected)
        raise AssertionError(f"{op} was not rejected")

    def path(self, top, payload, rejected):
        """Names on the way to an offset, as in "source/record/feature[2]/name"."""
        names = []
        if rejected.offset is not None:
            names = self.way(top, payload, rejected.offset - 20)
        elif rejected.missing is not None:
            names, where = [], top
            if rejected.missing_nest is not None:
                names = self.way(top, payload, rejected.missing_nest - 20)
                where = self.set_of(top, names)
            names = names + [self.name(where, rejected.missing)]
        return "/".join(names)

    def set_of(self, where, names):
        for name in names:
            where = self.words.spec.sets[where][name.split("[")[0]]["nested-attributes"]
        return where

    def name(self, set_name, number):
        for name, entry in self.words.spec.sets[set_name].items():
            if entry["value"] == number:
                return name
        return str(number)

    def way(self, set_name, data, offset):
        """Names from the top of a nest down to the attribute at an offset."""
        at, seen = 0, {}
        while at + 4 <= len(data):
            length, number = struct.unpack_from("=HH", data, at)
            name = self.name(set_name, number & 0x3fff)
            entry = self.words.spec.sets[set_name].get(name, {"type": "binary"})
            label = f"{name}[{seen.setdefault(name, 0)}]" if entry.get("multi-attr") else name
            seen[name] = seen.get(name, 0) + 1
            if offset == at:
                return [label]
            if at < offset < at + length:
                return [label] + self.way(entry["nested-attributes"], data[at + 4:at + length],
                                          offset - at - 4)
            at += (length + 3) & ~3
        raise AssertionError(f"nothing at offset {offset}")
