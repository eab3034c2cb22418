# SPDX-License-Identifier: GPL-2.0
"""Network devices of the simulator and of a program: QEMU moves a machine from one to the
other, and the guest sees what is left of its device."""

import contextlib
import dataclasses
import functools
import json
import os
import struct

from realdev.guest import Program, random_name, run
from realdev.vdpa import node_of
from realdev.wire import VDPA_ATTR_DEV_FEATURES, VDPA_ATTR_DEV_NAME, \
    VDPA_ATTR_DEV_NET_CFG_MACADDR, VDPA_ATTR_MGMTDEV_DEV_NAME, VDPA_CMD_DEV_NEW, attribute, \
    ask_vdpa

from .pairs import AS_BEFORE, BROKEN, REFUSED, Outcome, code_of, hold, judge
from .vm import Machine, Refused, network

GROUP = "vdpa-net"
STATE = os.environ["REALITY_STATE"]
MEETING = "unix:/run/reality"
VDPA_ATTR_DEV_NET_CFG_MTU = 13
MTU, MAC, STATUS, CTRL_VQ, MQ, CTRL_MAC_ADDR = 1 << 3, 1 << 5, 1 << 16, 1 << 17, 1 << 22, 1 << 23
ANY_LAYOUT = 1 << 27
LEAST = 1 << 32 | 1 << 33
DROPPABLE = {"MTU": MTU, "MAC": MAC, "STATUS": STATUS, "CTRL_VQ": CTRL_VQ | CTRL_MAC_ADDR,
             "CTRL_MAC_ADDR": CTRL_MAC_ADDR, "ANY_LAYOUT": ANY_LAYOUT}
ALL = LEAST | MTU | MAC | STATUS | CTRL_VQ | CTRL_MAC_ADDR | ANY_LAYOUT
EVERYTHING = (1 << 64) - 1
# What QEMU offers for a device that does not.
BY_QEMU = {MTU: " (MTU alone)", MAC: " (MAC alone)", MTU | MAC: " (MTU and MAC alone)"}
# The simulator compares addresses as strings, which end at a zero.
MACS = ("52:54:11:22:33:44", "52:54:11:22:33:55")


@dataclasses.dataclass(frozen=True)
class Device:
    """A network device as it is made. A program's has so many queues; it serves none."""
    features: int = ALL
    mtu: int = 1500
    mac: str = MACS[0]
    queues: int = 0

    def create(self, stack, _source=None):
        """Its name; it is deleted with the stack."""
        name = random_name("r")
        if self.queues:
            self.start_program(stack, name)
        else:
            ask_vdpa(VDPA_CMD_DEV_NEW, self.request(name))
        stack.callback(run, "vdpa", "dev", "del", name)
        return name

    def request(self, name):
        payload = attribute(VDPA_ATTR_MGMTDEV_DEV_NAME, b"vdpasim_net\0")
        payload += attribute(VDPA_ATTR_DEV_NAME, name.encode() + b"\0")
        payload += attribute(VDPA_ATTR_DEV_FEATURES, struct.pack("=Q", self.features))
        if self.features & MAC:
            payload += attribute(VDPA_ATTR_DEV_NET_CFG_MACADDR, self.address())
        if self.features & MTU:
            payload += attribute(VDPA_ATTR_DEV_NET_CFG_MTU, struct.pack("=H", self.mtu))
        return payload

    def start_program(self, stack, name):
        config = struct.pack("<6sHHH", self.address(), 1, self.queues // 2, self.mtu)
        program = Program.script(stack.callback, "vduse.py", name, "1", str(self.features),
                                 config.hex(), str(self.queues))
        assert program.line() == "ready"
        stack.callback(program.end)
        run("vdpa", "dev", "add", "name", name, "mgmtdev", "vduse")

    def address(self):
        return bytes.fromhex(self.mac.replace(":", ""))

    def text(self):
        lacking = [name for name, bits in DROPPABLE.items() if bits & ~self.features]
        words = [f"mtu {self.mtu}" if self.features & MTU else "", f"mac {self.mac[-2:]}",
                 f"without {' '.join(lacking)}" if lacking else "",
                 f"{self.queues} queues of a program" if self.queues else ""]
        return ", ".join(word for word in words if word)


@dataclasses.dataclass(frozen=True)
class Source:
    """A machine that runs: its device, what its driver accepts, and whether the machine's
    description has an mtu, without which QEMU does not pass that feature on."""
    device: Device = Device()
    mask: int = EVERYTHING
    mtu: bool = True

    def words(self, name):
        """The device of a machine of this description; the target's is the same."""
        device = f"mac={self.device.mac}"
        if self.mtu and self.device.features & MTU:
            device += f",host_mtu={self.device.mtu}"
        return network(f"vhost-vdpa,vhostdev={node_of(name)}", device)

    def text(self):
        refused = [name for name, bits in DROPPABLE.items() if bits & ~self.mask]
        return (self.device.text() + (f", guest rejects {' '.join(refused)}" if refused else "") +
                ("" if self.mtu else ", machine without mtu"))


@dataclasses.dataclass(frozen=True)
class Like:
    """A device that vdevctl makes so that it takes the state of the source."""
    mac: str = MACS[0]

    def create(self, stack, source):
        """Its name; it is deleted with the stack."""
        made, = json.loads(run("vdevctl", "-j", "dev", "add", "vdpasim_net", "like",
                               f"vdpa/{source}", "param", "mac", self.mac))["dev"]
        name = made["handle"].split("/")[1]
        stack.callback(run, "vdpa", "dev", "del", name)
        return name

    @staticmethod
    def text():
        return "made like it"


def broken(before, after):
    """What is not as before for the guest: by what it does, and by what it has accepted."""
    accepted = int(after["accepted"], 16)
    tests = {"mtu": accepted & MTU and after["device-mtu"] != after["mtu"],
             "mac": before.get("own-address") and not after.get("own-address"),
             "data": before["frame"] and not after["frame"],
             "queues": before.get("control") and not after.get("control"),
             "features": accepted & ~int(after["device-offered"], 16) or
                         before["accepted"] != after["accepted"] or
                         before["device-status"] != after["device-status"]}
    return [what for what, found in tests.items() if found]


def remark_on(seen):
    """What the guest has to do with a finding: nothing, if it has not accepted the bit."""
    accepted = int(seen["accepted"], 16)
    bits_of = {"mtu": MTU, "mac": MAC, "max-vqp": MQ}

    def remark(finding):
        if finding.get("name") not in ("virtio", *bits_of):
            return ""
        bits = bits_of.get(finding.get("name"), 0)
        for lacking in ("missing", "unmet"):
            bits |= int(finding.get(lacking, {}).get("hex", "0x0"), 16)
        if not bits & accepted:
            return " (not accepted)"
        if code_of(finding) != "virtio feature-missing":
            return ""
        return BY_QEMU.get(bits & accepted, "")
    return remark


def is_running(machine):
    return machine.state() == "running"


class Running:
    """A source that is moved as often as wanted: where it was moved from, it goes on."""

    def __init__(self, source, stack):
        self.source = source
        self.name = source.device.create(stack)
        self.machine = Machine(*source.words(self.name), incoming=f"file:{STATE}")
        stack.callback(self.machine.close)
        self.machine.loaded()
        self.machine.cont()
        self.seen = self.machine.tell(f"probe {source.mask:x}")
        self.machine.stop()

    def move(self, name):
        """Move it to another device; what happened."""
        try:
            target = Machine(*self.source.words(name), incoming=MEETING)
        except Refused as error:
            return Outcome(REFUSED, words=str(error))
        try:
            return self.move_to(target)
        finally:
            target.close()
            if is_running(self.machine):
                self.machine.stop()

    def move_to(self, target):
        self.machine.cont()
        try:
            self.machine.migrate(MEETING)
            target.loaded()
        except Refused as error:
            return Outcome(REFUSED, words=target.words() or str(error))
        target.cont()
        found = broken(self.seen, target.tell("see"))
        return Outcome(BROKEN if found else AS_BEFORE, found)


def run_targets(source, targets):
    """Move one source to several targets."""
    if source.device.features & source.mask & CTRL_VQ:
        for target in targets:
            yield from run_from_one(source, [target])
    else:
        yield from run_from_one(source, targets)


def run_from_one(source, targets):
    """QEMU 10 dies when it is to move a device with a control queue once more."""
    with contextlib.ExitStack() as stack:
        running = Running(source, stack)
        for target in targets:
            with contextlib.ExitStack() as one:
                name = target.create(one, running.name)
                verdict = judge(f"vdpa/{running.name}", f"vdpa/{name}")
                outcome = running.move(name)
            yield hold(GROUP, f"{source.text()} -> {target.text()}", verdict, outcome,
                       remark_on(running.seen))


def by_source(groups_of):
    """Of a function that gives sources, each with its targets, one that gives cases."""
    @functools.wraps(groups_of)
    def cases(*args):
        for source, targets in groups_of(*args):
            yield functools.partial(run_targets, source, targets)
    return cases


def without(*names):
    features = ALL
    for name in names:
        features &= ~DROPPABLE[name]
    return features


@by_source
def listed():
    """Each difference alone, by source."""
    lacking = [Device(without(name)) for name in DROPPABLE]
    yield Source(), [Device(), Device(mtu=1400), Device(mtu=9000), Device(mac=MACS[1]), *lacking, Like()]
    for name, bits in DROPPABLE.items():
        yield Source(mask=EVERYTHING & ~bits), [Device(without(name)), Device()]
    for device in lacking:
        yield Source(device), [device, Device()]
    fixed = without("CTRL_MAC_ADDR")
    yield Source(Device(fixed)), [Device(fixed, mac=MACS[1])]
    yield Source(mask=EVERYTHING & ~CTRL_MAC_ADDR), [Device(mac=MACS[1])]
    yield Source(mtu=False), [Device(mtu=1400), Device(without("MTU"))]
    yield Source(Device(fixed), EVERYTHING & ~MAC), [Device(fixed, mac=MACS[1]), Device()]
    yield Source(mask=EVERYTHING & ~(MAC | CTRL_MAC_ADDR)), [Device(fixed)]
    yield Source(mask=EVERYTHING & ~DROPPABLE["CTRL_VQ"]), [Device(without("MTU", "MAC"))]
    few, many = (Device(without("CTRL_VQ"), queues=number) for number in (2, 4))
    yield Source(few), [few, many, Device(without("CTRL_VQ"))]
    yield Source(many), [many, few, Device(without("CTRL_VQ"))]
    yield Source(Device(without("CTRL_VQ"))), [few, many]


@by_source
def short():
    """What is tried each time."""
    yield Source(), [Device(), Device(mtu=1400), Device(mac=MACS[1]), Device(without("MTU")),
                     Device(without("STATUS")), Device(without("CTRL_VQ")),
                     Device(without("ANY_LAYOUT")), Like()]
    yield Source(mask=EVERYTHING & ~(STATUS | CTRL_MAC_ADDR)), \
        [Device(without("STATUS")), Device(without("CTRL_MAC_ADDR")), Device(mac=MACS[1])]
    yield Source(Device(without("MTU", "CTRL_MAC_ADDR"))), \
        [Device(without("MTU", "CTRL_MAC_ADDR")), Device(without("CTRL_MAC_ADDR")),
         Device(without("MTU", "CTRL_MAC_ADDR"), mac=MACS[1]), Device(without("MTU")), Like()]
    yield Source(mtu=False), [Device(mtu=1400), Device(without("MTU"))]
    yield Source(Device(without("CTRL_VQ"), queues=4)), [Device(without("CTRL_VQ"))]


def random_device(rng, near=None):
    """Any device, or one that differs in few things from another one."""
    features = near.features if near else ALL
    for bits in rng.sample(list(DROPPABLE.values()), rng.randrange(3)):
        features = features & ~bits if features & bits or rng.random() < 0.5 else features | bits
    if not features & CTRL_VQ:
        features &= ~CTRL_MAC_ADDR
    mtu = rng.choice((1280, 1400, 1500, 9000)) if not near or rng.random() < 0.3 else near.mtu
    mac = rng.choice(MACS) if not near or rng.random() < 0.3 else near.mac
    return Device(features, mtu, mac)


@by_source
def drawn(rng, count):
    """So many pairs at random, eight of each source."""
    while count > 0:
        mask = EVERYTHING
        for bits in rng.sample(list(DROPPABLE.values()), rng.randrange(3)):
            mask &= ~bits
        source = Source(random_device(rng), mask, rng.random() < 0.8)
        targets = min(8, count)
        yield source, [random_device(rng, source.device) for _ in range(targets)]
        count -= targets
