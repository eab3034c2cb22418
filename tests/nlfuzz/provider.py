#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Give the core random facts, through the simulator.

Usage: provider.py [--count N] [--seed N]

What keeps the rules must be taken, and come back in a dump as it was reported,
within every bound of the specification. What breaks one must be rejected with a
reason in the kernel's log, and leave nothing visible. Needs root, and a
simulator that has no device. Exit status: 0 if all of that was so.
"""

import argparse
import collections
import errno
import os
import pathlib
import random
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "kselftest/lib"))

from genl import NLM_F_DUMP, Genl, attrs  # noqa: E402
from records import CAPABILITIES, CLEAR, random_facts  # noqa: E402
from spec import Spec, find  # noqa: E402

CONTROL = "/sys/kernel/debug/vdev_sim/control"
DEVICE = 1
BUS, NAME, PROVIDER = b"sim", b"fuzzed", b"vdev_sim"
# The bounds that the documentation promises.
STRING_LEN, OBJECT_BYTES = 255, 24576
COUNTS = {("ident", "accept"): 64, ("software-version", "accept"): 64, ("versions", "entry"): 64,
          ("record", "feature"): 16, ("record", "param"): 64, ("param", "allowed"): 64,
          ("vdev", "blocker"): 16, ("vdev", "info"): 32}


class Broken(Exception):
    """Something is not as it must be."""


def number_len(item, value):
    """In as many bytes as it takes."""
    return 8 if item["type"] == "uint" and value >= 1 << 32 else 4


class Decoder:
    """Messages of the family, held against every bound of the specification."""

    def __init__(self, spec):
        self.spec = spec
        self.by_number = {name: {item["value"]: item for item in items.values()}
                          for name, items in spec.sets.items()}

    def number(self, item, data):
        value = int.from_bytes(data, sys.byteorder)
        if len(data) != number_len(item, value):
            raise Broken(f"{item['name']}: {len(data)} bytes")
        checks = item.get("checks", {})
        low, high = checks.get("min", 0), checks.get("max", 2**64)
        if "enum" in item:
            enum = self.spec.enums[item["enum"]]
            low = enum.get("value-start", 0)
            high = low + len(enum["entries"]) - 1
            if enum["type"] == "flags":
                low, high = 0, (1 << len(enum["entries"])) - 1
        if not low <= value <= high:
            raise Broken(f"{item['name']}: {value} is not within {low} and {high}")
        return value

    def string(self, item, data):
        most = item.get("checks", {}).get("max-len", STRING_LEN)
        if not data.endswith(b"\0") or b"\0" in data[:-1] or len(data) - 1 > most:
            raise Broken(f"{item['name']}: {data}")
        text = data[:-1].decode()
        if any(ord(char) < 0x20 or 0x7f <= ord(char) < 0xa0 for char in text):
            raise Broken(f"{item['name']}: control character in {data}")
        return data[:-1]

    def one(self, item, data):
        if item["type"] == "nest":
            return self.nest(item["nested-attributes"], data)
        if item["type"] == "string":
            return self.string(item, data)
        if item["type"] == "flag":
            return True
        if item["type"] in ("u32", "uint"):
            return self.number(item, data)
        if len(data) > item["checks"]["max-len"]:
            raise Broken(f"{item['name']}: {len(data)} bytes")
        return data

    def nest(self, name, data):
        out = {}
        for number, payload in attrs(data):
            item = self.by_number[name].get(number)
            if not item:
                raise Broken(f"{name}: attribute {number} is not in the specification")
            value = self.one(item, payload)
            if item.get("multi-attr"):
                out.setdefault(item["name"], []).append(value)
            elif item["name"] in out:
                raise Broken(f"{name}: {item['name']} comes twice")
            else:
                out[item["name"]] = value
        for key, most in COUNTS.items():
            if key[0] == name and len(out.get(key[1], [])) > most:
                raise Broken(f"{name}: too many of {key[1]}")
        return out


class Log:
    """What the kernel says from now on."""

    def __init__(self):
        self.fd = os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)
        os.lseek(self.fd, 0, os.SEEK_END)

    def read(self):
        lines = []
        while True:
            try:
                record = os.read(self.fd, 8192).decode(errors="replace")
            except BlockingIOError:
                return lines
            except BrokenPipeError:
                continue
            lines.append(record.split(";", 1)[1].split("\n")[0])


class Provider:
    """One device that is registered again and again."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.spec = Spec(find(HERE))
        known = len(self.spec.enums["capability"]["entries"])
        if known != CAPABILITIES:
            raise Broken(f"records.py knows {CAPABILITIES} capabilities, and there are {known}")
        self.decoder, self.log, self.genl = Decoder(self.spec), Log(), Genl()
        self.family = self.genl.family(self.spec.tree["name"])
        self.counts, self.reasons = collections.Counter(), collections.Counter()

    @staticmethod
    def command(line):
        """0, or the errno of the rejection."""
        fd = os.open(CONTROL, os.O_WRONLY)
        try:
            os.write(fd, line.encode() + b"\n")
        except OSError as error:
            return error.errno
        finally:
            os.close(fd)
        return 0

    def dump(self):
        """All devices, decoded."""
        devices = []
        for message in self.genl.ask(self.family, self.spec.commands["dev-get"], NLM_F_DUMP, b""):
            devices.append(self.decoder.nest("vdev", message))
        return devices

    def visible(self, reported):
        """Exactly this is visible, or nothing."""
        devices = self.dump()
        if reported is None:
            if devices:
                raise Broken(f"visible: {devices}")
            return
        if len(devices) != 1:
            raise Broken(f"{len(devices)} devices are visible")
        for name in ("id", "instance", "generation", "snapshot"):
            if devices[0].pop(name) < 1:
                raise Broken(f"{name} is 0")
        wanted = {"endpoint": DEVICE, "bus": BUS, "name": NAME, "provider": PROVIDER, **reported}
        for name in {*wanted, *devices[0]}:
            if wanted.get(name) != devices[0].get(name):
                raise Broken(f"{name}: reported {wanted.get(name)}, seen {devices[0].get(name)}")

    def bytes(self, reported):
        """How long the serialised form is."""
        wanted = {"bus": BUS, "name": NAME, "provider": PROVIDER, **reported}
        return encoded(self.spec, "vdev", wanted)

    def judge(self, rejected, reported, keeps):
        """Was it right to take it, or not to?"""
        fits = not keeps or self.bytes(reported) <= OBJECT_BYTES
        if keeps and fits and rejected:
            raise Broken(f"rejected ({errno.errorcode[rejected]}) what keeps the rules: "
                         f"{self.log.read()}")
        if not rejected and not (keeps and fits):
            raise Broken("taken, although it breaks a rule or is too large")

    def reason(self, rejected):
        """There is one in the log, for this rejection."""
        wanted = f"vdev: vdev_sim: {NAME.decode()}: rejected (-{rejected}): "
        reasons = [line for line in self.log.read() if line.startswith(wanted)]
        if len(reasons) != 1 or len(reasons[0]) == len(wanted):
            raise Broken(f"{len(reasons)} reasons in the log for errno {rejected}")
        self.reasons[re.sub("[0-9]+", "N", reasons[0].rsplit(": ", 1)[1])] += 1

    def register(self):
        """Returns what is visible then."""
        words, reported, keeps = random_facts(self.rng)
        rejected = self.command(f"dev add {NAME.decode()} -- {words}")
        try:
            self.judge(rejected, reported, keeps)
            self.visible(None if rejected else reported)
            if rejected:
                self.reason(rejected)
        except (Broken, UnicodeDecodeError) as error:
            raise Broken(f"{error}\nwords: {words}") from error
        self.counts["rejected" if rejected else "taken"] += 1
        return None if rejected else reported

    def change(self, before):
        """What is rejected leaves all as it was."""
        words, reported, keeps = random_facts(self.rng)
        rejected = self.command(f"dev set {NAME.decode()} {CLEAR} {words}")
        try:
            self.judge(rejected, reported, keeps)
            self.visible(before if rejected else reported)
        except (Broken, UnicodeDecodeError) as error:
            raise Broken(f"change: {error}\nwords: {words}") from error
        self.counts["changes rejected" if rejected else "changes taken"] += 1

    def once(self):
        reported = self.register()
        if reported is None:
            return 1
        self.change(reported)
        if self.command(f"dev del {NAME.decode()}"):
            raise Broken("it cannot be removed")
        self.log.read()
        return 2


def encoded(spec, name, value):
    """Length of the attributes of a nest: each is padded to four bytes."""
    total = 0
    for key, item in value.items():
        for one in item if isinstance(item, list) else [item]:
            total += (4 + payload(spec, spec.sets[name][key], one) + 3) & ~3
    return total


def payload(spec, item, value):
    if item["type"] == "nest":
        return encoded(spec, item["nested-attributes"], value)
    if item["type"] == "string":
        return len(value) + 1
    if item["type"] == "flag":
        return 0
    return number_len(item, value) if item["type"] in ("u32", "uint") else len(value)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"# records: seed {options.seed}", flush=True)
    start, done = time.time(), 0
    try:
        provider = Provider(options.seed)
        while done < options.count:
            done += provider.once()
    except Broken as error:
        print("# " + str(error)[:4000].replace("\n", "\n# "))
        print(f"# after {done} records")
        return 1
    print(f"# {done} records, {time.time() - start:.0f} s:",
          ", ".join(f"{count} {what}" for what, count in sorted(provider.counts.items())))
    for reason, count in provider.reasons.most_common():
        print(f"# {count:6} {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
