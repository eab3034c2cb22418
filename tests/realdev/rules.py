# SPDX-License-Identifier: GPL-2.0
"""By which rules the vdpa bridge has devices judged, shown with pairs of them."""

import json
import struct

from ktap import equal

from . import selects, vdpa
from .guest import dev, feature_names, info, named, param, polled, random_name, run
from .wire import add_vdpa, set_vdpa_mac

LEAST = ["VERSION_1", "ACCESS_PLATFORM"]
NO_LIMIT = 0xffffffff


def judge(source, target):
    """The verdict, and the findings that are not "same" or "ignored", by name."""
    answer, = json.loads(run("vdevctl", "-j", "check", f"vdpa/{source}", f"vdpa/{target}",
                             check=False))["check"]
    return answer["verdict"], {one.get("name", one["field"]): one for one in answer["findings"]
                               if one["code"] not in ("same", "ignored")}


def codes(source, target):
    """What is found, but for what is found of devices that cannot be suspended."""
    found = {name: one["code"] for name, one in judge(source, target)[1].items()}
    return {name: code for name, code in found.items() if name not in ("migration", "no-suspend")}


def entry(name, parameter):
    return named(dev(f"vdpa/{name}")["record"]["params"], parameter)


def token(name):
    return run("vdevctl", "dev", "export", "--token", f"vdpa/{name}")


def simulated(defer, *features):
    """A simulated network device with these features."""
    name = random_name("t")
    add_vdpa(name, "vdpasim_net", vdpa.to_bits(LEAST + list(features), "net"))
    defer(vdpa.remove, name)
    return name


def disk(defer, *features, config=b""):
    """A block device with these features and this configuration behind the capacity."""
    return vdpa.add_vduse(defer, vdpa.ID_BLOCK, LEAST + list(features),
                          (struct.pack("<Q", 2048) + config).ljust(60, b"\0"))[0]


def mtu(defer):
    """The mtu must be the same, and a device that has none is no source for one that has"""
    small, same, large = (vdpa.add_net(defer, mtu=mtu) for mtu in (1400, 1400, 9000))
    equal("same", judge(small, same), ("identical", {}))
    for source, target in ((small, large), (large, small)):
        verdict, found = judge(source, target)
        equal("differs", (verdict, found["mtu"]["code"]), ("incompatible", "value-differs"))
    without = simulated(defer, "MAC", "CTRL_VQ", "CTRL_MAC_ADDR")
    limited = simulated(defer, "MAC", "CTRL_VQ", "CTRL_MAC_ADDR", "MTU")
    verdict, found = judge(without, limited)
    equal("only the target", (verdict, found["virtio"]["code"], found["virtio"]["unmet"]["names"]),
          ("incompatible", "feature-required", ["MTU"]))


def more_features(defer):
    """A target that offers more of what a driver has to accept is compatible"""
    less, more = simulated(defer, "STATUS"), simulated(defer, "STATUS", "CTRL_VQ")
    equal("more", judge(less, more)[0], "compatible")
    equal("less", codes(more, less), {"virtio": "feature-missing"})


def address(defer):
    """An address that a driver can set is in no record; one that it cannot must be the same"""
    first, second = (vdpa.add_net(defer, mtu=1500) for _ in range(2))
    equal("differ", info(dev(f"vdpa/{first}"), "mac") != info(dev(f"vdpa/{second}"), "mac"), True)
    equal("judged", judge(first, second), ("identical", {}))
    equal("tokens", token(first), token(second))
    fixed, other, settable = (simulated(defer, "MAC", *more)
                              for more in ((), (), ("CTRL_VQ", "CTRL_MAC_ADDR")))
    equal("same", judge(fixed, other)[0], "identical")
    set_vdpa_mac(other, "02:00:00:00:00:07")
    equal("polled", param(polled(f"vdpa/{other}"), "mac"), "02:00:00:00:00:07")
    equal("other", codes(fixed, other), {"mac": "value-differs"})
    equal("not in the record", codes(fixed, settable),
          {"mac": "param-unknown", "virtio": "accepted"})


def read_only(defer):
    """A read-only disk cannot go on for one that is written to, nor the other way round"""
    writable, locked = disk(defer), disk(defer, "RO")
    verdict, found = judge(writable, locked)
    equal("verdict", verdict, "not-migratable")
    equal("read-only target", (found["virtio"]["code"], found["virtio"]["unmet"]["names"]),
          ("feature-required", ["RO"]))
    equal("read-only source", codes(locked, writable), {"virtio": "feature-missing"})
    equal("both", codes(locked, disk(defer, "RO")), {})


def limits(defer):
    """A limit that a driver has cached may be larger at the target; 0 is no limit"""
    fields = struct.pack("<II", 4096, 16)
    small = disk(defer, "SEG_MAX", "SIZE_MAX", config=fields)
    large = disk(defer, "SEG_MAX", "SIZE_MAX", config=struct.pack("<II", 4096, 32))
    equal("larger", codes(small, large), {"seg-max": "accepted"})
    equal("smaller", codes(large, small), {"seg-max": "too-small"})
    equal("none at the source", codes(disk(defer), small)["virtio"], "feature-required")
    none = disk(defer, "DISCARD")
    some = disk(defer, "DISCARD", config=bytes(28) + struct.pack("<III", 1024, 4, 8))
    equal("no limit", [entry(none, "max-discard-sectors")["value"]["u64"],
                       entry(none, "discard-sector-alignment")["value"]["u64"]], [NO_LIMIT, 1])
    equal("limited", codes(none, some), {
        "max-discard-sectors": "too-small", "max-discard-seg": "too-small",
        "discard-sector-alignment": "value-not-allowed"})
    found = codes(disk(defer), some)
    equal("never used", (found.pop("virtio"), set(found.values())), ("accepted", {"accepted"}))


def block_size(defer):
    """A device that does not report its block size has blocks of 512 bytes"""
    plain, small, large = (disk(defer, *features, config=bytes(12) + struct.pack("<I", size))
                           for size, features in ((0, []), (512, ["BLK_SIZE"]),
                                                  (4096, ["BLK_SIZE"])))
    equal("512", codes(plain, small), {"virtio": "accepted", "block-size": "not-in-effect"})
    equal("4096", codes(plain, large), {"virtio": "accepted", "block-size": "value-differs"})


def queue_pairs(defer):
    """With a control queue, which comes after them, the queue pairs must be as many"""
    config = struct.pack("<6sHHH", bytes(6), 1, 4, 1500)
    name, _ = vdpa.add_vduse(defer, vdpa.ID_NET, LEAST + ["MQ"], config)
    equal("without", entry(name, "max-vqp")["rule"], "at-least")
    selects.load(defer, id=vdpa.ID_NET,
                 features=vdpa.to_bits(LEAST + ["MQ", "CTRL_VQ"], "net"))
    equal("with", entry(selects.NAME, "max-vqp")["rule"], "equal")
    equal("only one pair is none", entry(selects.NAME, "max-vqp")["off-value"]["u64"], 1)


def hash_types(defer):
    """The types of hashes are a feature set, and bits that nobody knows are required"""
    unknown = 1 << 43
    selects.load(defer, id=vdpa.ID_NET,
                 features=vdpa.to_bits(LEAST + ["HASH_REPORT"], "net") | unknown)
    one = dev(selects.HANDLE)
    equal("sets", [each["name"] for each in one["record"]["features"]], ["virtio", "hash-types"])
    virtio = named(one["record"]["features"], "virtio")
    equal("required", int(virtio["required"]["hex"], 16),
          vdpa.to_bits(LEAST, "net") | unknown)


def other_class(defer):
    """A device of a class without a table is undeclared, although it can be suspended"""
    selects.load(defer, id=19)
    one = dev(selects.HANDLE)
    equal("migration", one["migration"], "undeclared")
    equal("class", one["record"]["device-api"]["value"], "vdpa-vsock")
    equal("required", feature_names(one, "required"), feature_names(one, "provisioned"))


def used_by_host(defer):
    """A device that a driver of the host uses is blocked while it does"""
    name, free = (vdpa.add_net(defer, mtu=1500) for _ in range(2))
    vdpa.bind(name, "virtio_vdpa")
    blocker, = dev(f"vdpa/{name}")["blockers"]
    equal("blocker", (blocker["name"], blocker.get("flags", [])), ("used-by-host", []))
    equal("migration", dev(f"vdpa/{name}")["migration"], "supported")
    equal("source", judge(name, free)[1]["used-by-host"]["code"], "source-blocked")
    equal("target", judge(free, name)[1]["used-by-host"]["code"], "target-blocked")
    vdpa.bind(name, "vhost_vdpa")
    equal("after", dev(f"vdpa/{name}").get("blockers", []), [])


CASES = [mtu, more_features, address, read_only, limits, block_size, queue_pairs, hash_types,
         other_class, used_by_host]
