# SPDX-License-Identifier: GPL-2.0
"""The profiles that come with vdev: each is loaded, and held against simulated devices
of its driver, which differ in nothing or in one thing that it says must be equal."""

import json
import pathlib
import re

from ktap import equal

from . import pci
from .guest import TOP, dev, load, named, random_name, run, write
from .profiles import discard, judge

FOLDER = pathlib.Path(TOP) / "packaging/profiles.d"
CONTROL = "/sys/kernel/debug/vdev_sim/control"
VALUES = {"string": ("8086:0001", "8086:0002"), "u64": ("1", "2")}
# A file of the kernel's source, and the version that it was read in.
SOURCE = re.compile(r"\b(drivers|samples)/[\w/-]+\.c \(Linux \d+\.\d+")


def shipped():
    return [profile for file in sorted(FOLDER.glob("*.json"))
            for profile in json.loads(file.read_text(encoding="utf-8"))["profiles"]]


def facts(profile, changed=None):
    """The facts of a device of the driver that the profile is for. What the profile says
    nothing of is reported with a rule that rejects nothing."""
    words = [f"driver={profile['driver']}"]
    if "type" in profile:
        words.append(f"type={profile['type']}")
    for param in profile["record"]["params"]:
        if "value" not in param:
            name, kind = param["name"], param["value-type"]
            words.append(f"param={name},value-type={kind},rule=ignore,"
                         f"value={kind}:{VALUES[kind][name == changed]}")
    return " ".join(words)


def simulated(defer, profile, changed=None):
    name = random_name("shipped")
    handle = f"{profile['bus']}/{name}"
    write(CONTROL, f"dev add {handle} -- {facts(profile, changed)}\n")
    defer(write, CONTROL, f"dev del {handle}\n")
    return handle


def with_all(defer):
    """Load all that is shipped; what it is."""
    load("sim")
    defer(run, "rmmod", "vdev_sim")
    profiles = shipped()
    names = [profile["name"] for profile in profiles]
    discard(*names)
    defer(discard, *names)
    run("vdevctl", "profile", "load", *map(str, sorted(FOLDER.glob("*.json"))))
    return profiles


def in_effect(defer):
    """Each shipped profile is in effect for a device of its driver"""
    for profile in with_all(defer):
        one = dev(simulated(defer, profile))
        equal(profile["name"], (one["profile"], one.get("conflict"), one["migration"]),
              (profile["name"], None, profile["migration"]))


def equal_devices(defer):
    """Two devices in which nothing differs are as the shipped profile declares them"""
    for profile in with_all(defer):
        verdict, wrong = judge(simulated(defer, profile), simulated(defer, profile))
        wanted = "identical" if profile["migration"] == "supported" else "undeclared"
        equal(profile["name"], (verdict, wrong), (wanted, []))


def one_differs(defer):
    """A shipped profile rejects a device in which one thing differs that must be equal"""
    for profile in with_all(defer):
        for param in profile["record"]["params"]:
            if "value" in param:
                continue
            source = simulated(defer, profile)
            target = simulated(defer, profile, param["name"])
            equal(f"{profile['name']}: {param['name']}", judge(source, target),
                  ("incompatible", [("param", "value-differs")]))


def real_devices(defer):
    """The drivers of shipped profiles, bound to devices that they cannot migrate: a profile
    makes none of them migrate, and what it compares is reported of each"""
    pci.with_bridge(defer)
    profiles = {profile["driver"]: profile for profile in with_all(defer)}
    for address, driver in pci.bound(defer):
        one = dev(f"pci/{address}")
        equal(driver, (one["migration"], one.get("profile")), ("unsupported", None))
        for param in profiles.get(driver, {"record": {"params": []}})["record"]["params"]:
            equal(f"{driver}: {param['name']}",
                  named(one["record"]["params"], param["name"])["value-type"],
                  param["value-type"])


def has_source(_defer):
    """A shipped file says where in which kernel's source its statements were read"""
    for file in sorted(FOLDER.glob("*.json")):
        comments = " ".join(profile.get("comment", "") for profile in
                            json.loads(file.read_text(encoding="utf-8"))["profiles"])
        equal(file.name, bool(SOURCE.search(comments)), True)


CASES = [in_effect, equal_devices, one_differs, has_source]
PCI_CASES = [real_devices]
