# SPDX-License-Identifier: GPL-2.0
"""Devices that vdevctl creates, changes and removes on every bus, seen by the tools of the bus;
and the reverse."""

import json
import os
import subprocess
import uuid

from ktap import equal

from . import vf
from .guest import dev, info, load, load_module, param, random_name, read, run, write
from .pci import with_bridge

MDEV = "/sys/bus/mdev/devices"
VDPA = "/sys/bus/vdpa/devices"
MTTY = "/sys/class/mdev_bus/mtty/mdev_supported_types"
MAC = "02:00:00:12:34:56"
# An error, words that make no sense, what is not there.
FAILURES = (1, 5, 6)


def vdevctl(*words):
    """The devices that a command prints."""
    return json.loads(run("vdevctl", "-j", *words))["dev"]


def refused(*words, status=0):
    """What a command says that fails, or one that ends with that verdict."""
    done = subprocess.run(["vdevctl", *words], capture_output=True, text=True, timeout=60,
                          check=False)
    equal(f"exit status of {' '.join(words)}: {done.stderr}",
          done.returncode in ([status] if status else FAILURES), True)
    return done.stdout if status in (2, 3) else done.stderr


def says(text, *words, status=0):
    said = refused(*words, status=status)
    if text not in said:
        raise AssertionError(f"{' '.join(words)}: '{text}' is not in: {said}")


def parents():
    return {one["handle"]: one
            for one in json.loads(run("vdevctl", "-j", "parent", "show"))["parents"]}


def available(parent, name):
    return next(one for one in parents()[parent]["types"] if one["name"] == name)["available"]


def gone(name):
    if os.path.exists(f"{VDPA}/{name}"):
        run("vdpa", "dev", "del", name)


def mdev_gone(name):
    if os.path.exists(f"{MDEV}/{name}"):
        write(f"{MDEV}/{name}/remove", "1")


def release(names):
    for name in names:
        if os.path.exists(f"{vf.DEVICES}/{name}"):
            vf.release(name)


def vdpa_parents(_defer):
    """Management devices are shown as the vdpa tool shows them, before they have a device"""
    tool = json.loads(run("vdpa", "-j", "mgmtdev", "show"))["mgmtdev"]
    mine = {name: one for name, one in parents().items() if one["method"] == "vdpa"}
    equal("parents", sorted(mine), sorted(tool))
    for name, one in tool.items():
        equal("classes", [entry["name"] for entry in mine[name]["types"]],
              sorted(one["supported_classes"]))
        equal("virtqueues", mine[name]["max-vqs"], one["max_supported_vqs"])


def vdpa_add(defer):
    """What vdevctl creates of vdpa is what the vdpa tool shows, and the reverse"""
    name = random_name("a")
    defer(gone, name)
    made, = vdevctl("dev", "add", "vdpasim_net", "name", name, "param", "mac", MAC,
                    "param", "mtu", "1400")
    equal("handle", made["handle"], f"vdpa/{name}")
    equal("mtu", param(made, "mtu"), 1400)
    tool = json.loads(run("vdpa", "-j", "dev", "config", "show", name))["config"][name]
    equal("mac", (tool["mac"], tool["mtu"]), (MAC, 1400))
    says("there is one already", "dev", "add", "vdpasim_net", "name", name)
    removed, = vdevctl("dev", "del", f"vdpa/{name}")
    equal("what it was", removed["handle"], f"vdpa/{name}")
    equal("gone", os.path.exists(f"{VDPA}/{name}"), False)
    run("vdpa", "dev", "add", "name", name, "mgmtdev", "vdpasim_net")
    vdevctl("dev", "del", f"vdpa/{name}")
    says("no such device", "dev", "del", f"vdpa/{name}", status=6)


def vdpa_free_name(defer):
    """Without a name a free one is chosen, and the class can be named"""
    made = [vdevctl("dev", "add", word)[0]["handle"]
            for word in ("vdpasim_net", "vdpasim_net/net", "vdpasim_blk/block")]
    for handle in made:
        defer(gone, handle.split("/")[1])
    equal("names differ", len(set(made)), 3)
    for handle in made:
        run("vdpa", "dev", "show", handle.split("/")[1])


def vdpa_features(defer):
    """A feature that is off is not offered, and the kernel's own words are passed on"""
    name = random_name("f")
    defer(gone, name)
    made, = vdevctl("dev", "add", "vdpasim_net", "name", name, "feature", "MTU", "off",
                    "feature", "CTRL_VQ", "on")
    names = made["record"]["features"][0]["provisioned"]["names"]
    equal("offered", ("MTU" in names, "CTRL_VQ" in names), (False, True))
    says("does not support it", "dev", "add", "vdpasim_net", "feature", "GUEST_UFO", "on")
    # Which attributes a parent takes only the kernel knows.
    said = refused("dev", "add", "vdpasim_net", "param", "max-vqp", "2")
    equal("in the kernel's words", "attributes" in said or "not supported" in said, True)


def vdpa_set(defer):
    """The mac of a device that exists can be set where the kernel can, and nothing else"""
    name = random_name("s")
    defer(gone, name)
    vdevctl("dev", "add", "vdpasim_net", "name", name, "param", "mac", MAC)
    other = "02:00:00:65:43:21"
    says("keeps it", "dev", "set", f"vdpa/{name}", "param", "mtu", "1300")
    run("vdevctl", "dev", "set", f"vdpa/{name}", "param", "mac", other, "--dry-run")
    equal("a dry run", info(dev(f"vdpa/{name}"), "mac"), MAC)
    changed, = vdevctl("dev", "set", f"vdpa/{name}", "param", "mac", other)
    equal("mac", info(changed, "mac"), other)


def vdpa_like(defer):
    """A device that is made like a source takes its state; one that cannot is not made"""
    source, name = random_name("l"), random_name("m")
    for one in (source, name):
        defer(gone, one)
    vdevctl("dev", "add", "vdpasim_net", "name", source, "param", "mac", MAC, "param", "mtu",
            "1400", "feature", "CTRL_MAC_ADDR", "off")
    token = run("vdevctl", "dev", "export", f"vdpa/{source}", "--token").strip()
    made, = vdevctl("dev", "add", "vdpasim_net", "like", token, "name", name)
    equal("mtu", param(made, "mtu"), 1400)
    run("vdevctl", "check", token, f"vdpa/{name}")
    before = sorted(os.listdir(VDPA))
    says("incompatible", "dev", "add", "vdpasim_blk", "like", token, status=2)
    says("mtu", "dev", "add", "vdpasim_net", "like", token, "param", "mtu", "1500", status=2)
    equal("devices", sorted(os.listdir(VDPA)), before)


def vdpa_idle(defer):
    """Where no device is, find says where one could be created; the command makes one that fits"""
    source = random_name("i")
    defer(gone, source)
    vdevctl("dev", "add", "vdpasim_net", "name", source, "param", "mac", MAC)
    token = run("vdevctl", "dev", "export", f"vdpa/{source}", "--token").strip()
    run("vdevctl", "dev", "del", f"vdpa/{source}")
    done = subprocess.run(["vdevctl", "find", token], capture_output=True, text=True, timeout=60,
                          check=False)
    equal("status", done.returncode, 2)
    nothing, line = done.stderr.splitlines()
    equal("nothing fits", nothing.split(": ")[2], "nothing fits")
    words = line.split(": ")[-1].replace("TOKEN", token).split()
    equal("the command", words[:4], ["vdevctl", "dev", "add", "vdpasim_net/net"])
    made, = json.loads(run("vdevctl", "-j", *words[1:]))["dev"]
    defer(gone, made["handle"].split("/")[1])
    run("vdevctl", "check", token, made["handle"])


def vdpa_suggest(defer):
    """What suggest prints makes the pair compatible"""
    source, target = random_name("p"), random_name("q")
    for one in (source, target):
        defer(gone, one)
    vdevctl("dev", "add", "vdpasim_net", "name", source, "param", "mtu", "1400")
    vdevctl("dev", "add", "vdpasim_net", "name", target, "param", "mtu", "1500")
    says("value-differs", "check", f"vdpa/{source}", f"vdpa/{target}", status=2)
    for line in refused("suggest", f"vdpa/{source}", f"vdpa/{target}", status=2).splitlines():
        if line.startswith("vdevctl "):
            run(*line.split())
    run("vdevctl", "check", f"vdpa/{source}", f"vdpa/{target}")
    equal("nothing more", run("vdevctl", "suggest", f"vdpa/{source}", f"vdpa/{target}"), "")


def mdev_parents(_defer):
    """Parents of mediated devices are shown with what sysfs says is left"""
    one = parents()["mtty/mtty"]
    equal("types", [entry["name"] for entry in one["types"]], sorted(os.listdir(MTTY)))
    for entry in one["types"]:
        folder = f"{MTTY}/{entry['name']}"
        equal("left", entry["available"], int(read(f"{folder}/available_instances")))
        equal("API", entry["device-api"], read(f"{folder}/device_api"))


def mdev_add(defer):
    """What vdevctl creates of mdev is what mdevctl lists, and the reverse"""
    before = available("mtty/mtty", "mtty-1")
    made, = vdevctl("dev", "add", "mtty/mtty/mtty-1")
    name = made["handle"].split("/")[1]
    defer(mdev_gone, name)
    equal("listed", name in run("mdevctl", "list"), True)
    equal("left", available("mtty/mtty", "mtty-1"), before - 1)
    says("there is one already", "dev", "add", "mtty/mtty/mtty-1", "uuid", name)
    vdevctl("dev", "del", f"mdev/{name}")
    equal("gone", os.path.exists(f"{MDEV}/{name}"), False)
    run("mdevctl", "start", "--uuid", name, "--parent", "mtty", "--type", "mtty-2")
    vdevctl("dev", "del", name)
    equal("listed", name in run("mdevctl", "list"), False)
    says("no such device", "dev", "del", name, status=6)


def mdev_half(defer):
    """A parameter that the device does not have leaves no device behind"""
    name = str(uuid.uuid4())
    defer(mdev_gone, name)
    before = sorted(os.listdir(MDEV))
    says("no file of that name", "dev", "add", "mtty/mtty/mtty-1", "uuid", name, "param", "speed",
         "1")
    equal("devices", sorted(os.listdir(MDEV)), before)


def mdev_full(defer):
    """Without an instance left nothing is created; of two that race for the last, one wins"""
    made = []
    while available("mtty/mtty", "mtty-2") > 1:
        made += vdevctl("dev", "add", "mtty/mtty/mtty-2")
        defer(mdev_gone, made[-1]["handle"].split("/")[1])
    names = [str(uuid.uuid4()) for _ in range(2)]
    for name in names:
        defer(mdev_gone, name)
    racers = [subprocess.Popen(["vdevctl", "dev", "add", "mtty/mtty/mtty-2", "uuid", name],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
              for name in names]
    said = [one.communicate(timeout=60)[1] for one in racers]
    equal("one wins", sorted(one.returncode for one in racers), [0, 1])
    equal("the other is told", sum("no instance is left" in text for text in said), 1)
    says("no instance is left", "dev", "add", "mtty/mtty/mtty-2")


def mdev_like(defer):
    """A driver that declares nothing makes no device that takes a state, and none is left"""
    made, = vdevctl("dev", "add", "mtty/mtty/mtty-1")
    defer(mdev_gone, made["handle"].split("/")[1])
    before = sorted(os.listdir(MDEV))
    says("undeclared", "dev", "add", "mtty/mtty", "like", made["handle"], status=3)
    equal("devices", sorted(os.listdir(MDEV)), before)


def sim(words):
    write("/sys/kernel/debug/vdev_sim/control", f"{words}\n")


def offered(defer):
    """A type of the simulator, which creates, configures and removes devices."""
    load("sim")
    # Cases that load the core again know nothing of it.
    defer(run, "rmmod", "vdev_sim")
    parent = random_name("p")
    sim(f"parent add {parent} plain units=8")
    defer(sim, f"parent del {parent}")
    sim(f"type add {parent} t operations=create+configure+remove migration=supported "
        "version=v1,flags=create+accept version=v2,flags=create+accept+default "
        "feature=f,supported=ff,provisioned=f,required=1 "
        "param=mtu,value=u64:1500,flags=configurable,allow=u64:68-9000,rule=at-least "
        "param=mode,value=string:slow,flags=configurable,allow=string:slow,allow=string:fast "
        "aggregation=unit,units=2,count=1,limit=4")
    return f"sim/{parent}"


def sim_gone(name):
    if dev(f"sim/{name}"):
        run("vdevctl", "dev", "del", f"sim/{name}")


def current(one):
    return next(entry["name"] for entry in one["record"]["versions"]["list"]
                if "current" in entry["flags"])


def family_add(defer):
    """A provider of the family is asked by the same words"""
    where, name = offered(defer), random_name("n")
    defer(sim_gone, name)
    made, = vdevctl("dev", "add", f"{where}/t", "name", name, "version", "v1", "param", "mtu",
                    "1400", "param", "mode", "fast", "feature", "f:bit-7", "off",
                    "aggregation", "2")
    equal("chosen", (current(made), param(made, "mtu"), param(made, "mode")),
          ("v1", 1400, "fast"))
    equal("bits", made["record"]["features"][0]["provisioned"]["hex"], "0x7f")
    equal("aggregation", made["record"]["aggregation"]["count"], 2)
    changed, = vdevctl("dev", "set", f"sim/{name}", "param", "mtu", "1300")
    equal("the rest stays", (param(changed, "mtu"), param(changed, "mode")), (1300, "fast"))
    says("there is none", "dev", "set", f"sim/{name}", "param", "speed", "1")
    says("no value of the type u64", "dev", "set", f"sim/{name}", "param", "mtu", "0x10")
    says("mtu", "dev", "set", f"sim/{name}", "param", "mtu", "67")
    says("vfs and driver", "dev", "set", f"sim/{name}", "vfs", "1")
    run("vdevctl", "dev", "set", f"sim/{name}", "param", "mtu", "1200", "--dry-run")
    equal("a dry run", param(dev(f"sim/{name}"), "mtu"), 1300)
    stale = f"{changed['instance']}:{changed['generation'] - 1}"
    refused_stale = subprocess.run(["vdevctl", "dev", "del", f"sim/{name}", "--expect", stale],
                                   capture_output=True, text=True, timeout=60, check=False)
    equal("a stale generation", refused_stale.returncode, 4)
    removed, = vdevctl("dev", "del", f"sim/{name}")
    equal("what it was", removed["handle"], f"sim/{name}")


def family_like(defer):
    """A provider makes a device like a source; what suggest prints makes a pair compatible"""
    where, name = offered(defer), random_name("n")
    defer(sim_gone, name)
    vdevctl("dev", "add", where, "name", name, "version", "v1", "param", "mode", "fast",
            "aggregation", "2")
    token = run("vdevctl", "dev", "export", f"sim/{name}", "--token").strip()
    made, = vdevctl("dev", "add", where, "like", token)
    other = made["handle"].split("/")[1]
    defer(sim_gone, other)
    equal("like it", (current(made), param(made, "mode")), ("v1", "fast"))
    run("vdevctl", "check", token, made["handle"])
    run("vdevctl", "dev", "set", made["handle"], "param", "mode", "slow")
    says("mode", "check", token, made["handle"], status=2)
    line, = refused("suggest", token, made["handle"], status=2).splitlines()
    equal("the command", line, f"vdevctl dev set {made['handle']} param mode fast")
    run(*line.split())
    run("vdevctl", "check", token, made["handle"])


def sriov(defer):
    """Virtual functions are enabled for vfio-pci, kept from other drivers, and taken away"""
    load_module("vfio-pci")
    with_bridge(defer)
    pf = vf.controllers()[0]
    folder = f"{vf.DEVICES}/{pf}"
    defer(vf.make, 0, pf)
    vf.make(0, pf)
    write(f"{folder}/sriov_drivers_autoprobe", "1")
    limit = int(read(f"{folder}/sriov_totalvfs"))
    equal("left", parents()[f"pci/{pf}"]["types"][0]["available"], limit)
    says("virtual functions", "dev", "add", f"pci/{pf}", "vfs", str(limit + 1))
    made = vdevctl("dev", "add", f"pci/{pf}", "vfs", "2")
    names = [one["handle"].split("/")[1] for one in made]
    defer(release, names)
    equal("drivers", [vf.driver_of(name) for name in names], ["vfio-pci"] * 2)
    equal("put back", read(f"{folder}/sriov_drivers_autoprobe"), "1")
    says("drivers use all", "dev", "add", f"pci/{pf}")
    says("uses it", "dev", "set", f"pci/{pf}", "vfs", "0")
    says("with all others", "dev", "del", made[0]["handle"])
    equal("unbound", vdevctl("dev", "set", made[0]["handle"], "driver", "none"), [])
    equal("driver", vf.driver_of(names[0]), None)
    again, = vdevctl("dev", "add", f"pci/{pf}")
    equal("the free one is taken", again["handle"], made[0]["handle"])
    for one in made:
        run("vdevctl", "dev", "set", one["handle"], "driver", "none")
    shown_parent = json.loads(run("vdevctl", "-j", "dev", "set", f"pci/{pf}", "vfs", "0"))
    equal("none is left", shown_parent["parents"][0]["enabled"], 0)


MDEV_CASES = [mdev_parents, mdev_add, mdev_half, mdev_full, mdev_like, family_add, family_like]
VDPA_CASES = [vdpa_parents, vdpa_add, vdpa_free_name, vdpa_features, vdpa_set, vdpa_like,
              vdpa_idle, vdpa_suggest]
PCI_CASES = [sriov]
