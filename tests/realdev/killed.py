# SPDX-License-Identifier: GPL-2.0
"""A creator that is killed before each of its writes, of which some make the device: what it
leaves is the device or nothing, and the next one is not hindered."""

import glob
import os
import subprocess
import uuid

from ktap import equal

from . import vf
from .guest import dev, eventually, load_module, random_name, read, run, write
from .parents import MDEV, VDPA, gone, mdev_gone, offered, release, sim_gone, vdevctl
from .pci import with_bridge

# What goes to the kernel goes so; before its first message a creator does nothing.
CALLS = "write,writev,sendto,sendmsg"
# No creator makes as many.
MOST = 64


def steps(*words):
    """Kill the command before each call in turn; yields after each, until one is done."""
    for step in range(1, MOST):
        done = subprocess.run(["strace", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}", "-e",
                               f"inject={CALLS}:signal=KILL:when={step}", "vdevctl", *words],
                              capture_output=True, text=True, timeout=120, check=False)
        if done.returncode == 0:
            equal("a command has steps", step > 2, True)
            return
        equal(f"killed at {step}: {done.stderr}", done.returncode in (-9, 137), True)
        yield step
    raise AssertionError(f"{' '.join(words)}: not done after {MOST} calls")


def all_or_nothing(path, handle, *words):
    """The path is that of the device in sysfs."""
    for _step in steps(*words):
        if os.path.exists(path):
            eventually(lambda: equal("there", bool(dev(handle)), True))
            vdevctl("dev", "del", handle)
        equal("gone", os.path.exists(path), False)
    equal("made at last", os.path.exists(path), True)
    vdevctl("dev", "del", handle)


def killed_mdev(defer):
    """Killed before each write, the creator of a mediated device leaves it or nothing"""
    name = str(uuid.uuid4())
    defer(mdev_gone, name)
    all_or_nothing(f"{MDEV}/{name}", f"mdev/{name}", "dev", "add", "mtty/mtty/mtty-1", "uuid", name)


def killed_vdpa(defer):
    """Killed before each message, the creator of a vdpa device leaves it or nothing"""
    name = random_name("k")
    defer(gone, name)
    all_or_nothing(f"{VDPA}/{name}", f"vdpa/{name}", "dev", "add", "vdpasim_net", "name", name,
                   "param", "mtu", "1400")


def killed_family(defer):
    """Killed before each message, who asks the family for a device leaves it or nothing"""
    where, name = offered(defer), random_name("k")
    defer(sim_gone, name)
    for _step in steps("dev", "add", f"{where}/t", "name", name):
        sim_gone(name)


def functions(pf):
    return [os.path.basename(os.readlink(path))
            for path in sorted(glob.glob(f"{vf.DEVICES}/{pf}/virtfn*"))]


def killed_sriov(defer):
    """Killed before each write, who enables virtual functions hinders nobody"""
    load_module("vfio-pci")
    with_bridge(defer)
    pf = vf.controllers()[0]
    probes = f"{vf.DEVICES}/{pf}/sriov_drivers_autoprobe"
    defer(vf.make, 0, pf)
    vf.make(0, pf)
    write(probes, "1")
    for _step in steps("dev", "add", f"pci/{pf}", "vfs", "2"):
        eventually(lambda: equal("new functions go to drivers of the host", read(probes), "1"))
        equal("all or none", len(functions(pf)) in (0, 2), True)
        release(functions(pf))
        vf.make(0, pf)
        write(probes, "1")
    equal("made at last", [vf.driver_of(name) for name in functions(pf)], ["vfio-pci"] * 2)
    release(functions(pf))
    run("vdevctl", "dev", "set", f"pci/{pf}", "vfs", "0")


MDEV_CASES = [killed_mdev, killed_family]
VDPA_CASES = [killed_vdpa]
PCI_CASES = [killed_sriov]
