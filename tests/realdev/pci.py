# SPDX-License-Identifier: GPL-2.0
"""Virtual functions of PCI that are bound to VFIO drivers, of their own or of another
vendor's devices, which take any by its driver_override."""

import contextlib
import errno
import glob
import os
import threading

from ktap import Skip, equal

from . import vf, vfio
from .guest import (built, dev, eventually, info, link_name, load, load_module, named, param,
                    poll_every, read, run, shown, write)

# QEMU's device for teaching, which no driver of the kernel takes.
EDU = "0x11e8"
# mlx5's and virtio's are built where the kernel has them.
DRIVERS = ["vfio-pci", *(name for name in ("mlx5_vfio_pci", "virtio_vfio_pci") if os.path.exists(
    f"{os.environ['VDEV_REALDEVS']}/{name}.ko"))]


def present():
    """Does this guest have a device with virtual functions?"""
    return bool(vf.physical())


def functions(defer, count):
    """The addresses of so many virtual functions; they go when the case ends."""
    defer(vf.make, 0)
    return vf.make(count)


def bound(defer):
    """One virtual function for each driver, with its name."""
    pairs = list(zip(functions(defer, len(DRIVERS)), DRIVERS))
    for address, driver in pairs:
        vf.bind(address, driver)
    return pairs


def drivers_offer(defer):
    """The kernel's VFIO drivers, unmodified, take virtual functions of NVMe, and offer no
    migration of them"""
    for address, driver in bound(defer):
        equal(driver, vfio.capabilities(address, "pci"), [])


def with_bridge(defer):
    if not built("vdev_vfio"):
        raise Skip("the bridge for VFIO is not built")
    load("vfio")
    defer(run, "rmmod", "vdev_vfio")


def unload_and_load():
    run("rmmod", "vdev_vfio")
    load("vfio")


def reported():
    """The devices of the bridge, by address."""
    return {one["name"]: one for one in shown("dev").values() if one["bus"] == "pci"}


def types():
    return [one for one in shown("type").values() if one["bus"] == "pci"]


def bridge_agrees(defer):
    """What is reported of a virtual function is what its VFIO driver offers"""
    with_bridge(defer)
    pairs = bound(defer)
    for address, driver in pairs:
        one = dev(f"pci/{address}")
        equal("driver", one["driver"], driver)
        vfio.compare(one)
    vf.make(0)
    equal("gone", reported(), {})


def type_name(address):
    """Of the type of a virtual function."""
    return f"vf-{pci_id(f'{vf.DEVICES}/{address}')}"


def pci_id(folder, prefix=""):
    vendor, device = (int(read(f"{folder}/{prefix}{file}"), 16) for file in ("vendor", "device"))
    return f"{vendor:04x}:{device:04x}"


def bar_sizes(folder):
    """As sysfs has the BARs: a line each with begin, end and flags."""
    with open(f"{folder}/resource", encoding="ascii") as file:
        ends = [[int(word, 16) for word in line.split()[:2]] for line in file][:6]
    return ",".join(hex(end - begin + 1 if end else 0) for begin, end in ends)


def compare_facts(address):
    """Each fact of a virtual function against sysfs."""
    one, folder = dev(f"pci/{address}"), f"{vf.DEVICES}/{address}"
    pf = f"{vf.DEVICES}/{link_name(f'{folder}/physfn')}"
    equal("parent", (one["parent-bus"], one["parent"]), ("pci", os.path.basename(pf)))
    equal("bound-driver", one["bound-driver"], link_name(f"{folder}/driver"))
    equal("device-api", one["record"]["device-api"]["value"], "vfio-pci")
    equal("type", one["record"]["type"]["value"], type_name(address))
    equal("reset alone", info(one, "reset-set"), None)
    for name, value in (("pci-id", pci_id(folder)), ("class", read(f"{folder}/class")),
                        ("revision", int(read(f"{folder}/revision"), 16)),
                        ("subsystem-id", pci_id(folder, "subsystem_")),
                        ("bar-sizes", bar_sizes(folder)), ("pf-pci-id", pci_id(pf)),
                        ("pf-revision", int(read(f"{pf}/revision"), 16))):
        equal(name, param(one, name), value)
    equal("iommu-group", info(one, "iommu-group"), int(link_name(f"{folder}/iommu_group")))
    equal("vf", link_name(f"{pf}/virtfn{info(one, 'vf')}"), address)
    equal("open", info(one, "open"), 0)
    # A kernel without NUMA has no such file.
    path = f"{folder}/numa_node"
    node = int(read(path)) if os.path.exists(path) else -1
    equal("numa-node", info(one, "numa-node"), None if node < 0 else node)


def facts(defer):
    """The facts of a virtual function and of its type are those of sysfs"""
    with_bridge(defer)
    pairs = bound(defer)
    for address, _ in pairs:
        compare_facts(address)
    pf = vf.physical()[0]
    one, = types()
    equal("type", one["handle"], f"pci/{pf}/{type_name(pairs[0][0])}")
    equal("limit", one["capacity"]["limit"], int(read(f"{vf.DEVICES}/{pf}/sriov_totalvfs")))
    equal("available, of those that can migrate", one["capacity"]["available"], 0)
    equal("blocker", named(one["blockers"], "no-vfio-migration")["flags"], ["permanent"])
    eventually(lambda: equal("num-vfs", info(types()[0], "num-vfs"),
                             int(read(f"{vf.DEVICES}/{pf}/sriov_numvfs"))))


def comes_and_goes(defer):
    """A device is reported while a VFIO driver is bound to it, and its type while one is"""
    first, second = functions(defer, 2)
    vf.bind(first, "vfio-pci")
    with_bridge(defer)
    equal("before the bridge", set(reported()), {first})
    vf.bind(second, "vfio-pci")
    equal("both", set(reported()), {first, second})
    vf.unbind(first)
    equal("one", set(reported()), {second})
    equal("type", len(types()), 1)
    vf.unbind(second)
    equal("none", (reported(), types()), ({}, []))


def edus():
    """The addresses of all devices EDU: one on the root bus, and two that share a slot."""
    return [os.path.basename(path) for path in sorted(glob.glob(f"{vf.DEVICES}/*"))
            if read(f"{path}/device") == EDU]


def bind_edu(defer, address):
    defer(vf.release, address)
    vf.bind(address, "vfio-pci")


def whole_device(defer):
    """A device that is no virtual function is reported without a parent, and has no type"""
    with_bridge(defer)
    address = edus()[0]
    bind_edu(defer, address)
    one = dev(f"pci/{address}")
    equal("parent", one.get("parent"), None)
    equal("pci-id", param(one, "pci-id"), pci_id(f"{vf.DEVICES}/{address}"))
    equal("types", types(), [])


def beside(driver):
    """A device of the IOMMU group of one that is bound to a driver of the host, and is not."""
    users = [path for path in glob.glob(f"{vf.DEVICES}/*")
             if vf.driver_of(os.path.basename(path)) == driver]
    return next(name for name in sorted(os.listdir(f"{users[0]}/iommu_group/devices"))
                if not vf.driver_of(name))


def group_blocker(address):
    """Why the rest of its IOMMU group keeps a device from being opened; None if it does not."""
    blocker = named(dev(f"pci/{address}").get("blockers"), "iommu-group")
    equal("it passes", "flags" in (blocker or {}), False)
    return blocker and blocker["reason"]


def awaits(address, reason):
    """What is polled is known after an interval."""
    eventually(lambda: equal("iommu-group", group_blocker(address), reason))


def rejection(function, *args):
    """The errno with which it fails; 0 if it does not."""
    try:
        function(*args)
    except OSError as error:
        return error.errno
    return 0


IN_USE = "a program uses another device of the same IOMMU group"


def group_in_use(defer):
    """A device whose IOMMU group a program has through another one is blocked so long"""
    with_bridge(defer)
    _, first, second = edus()
    for address in (first, second):
        bind_edu(defer, address)
    equal("before", (group_blocker(first), group_blocker(second)), (None, None))
    with contextlib.ExitStack() as stack:
        vfio.Device(stack.callback, second, "pci")
        awaits(first, IN_USE)
        eventually(lambda: equal("open", info(dev(f"pci/{second}"), "open"), 1))
        awaits(second, None)
        equal("as VFIO says", rejection(vfio.Device, stack.callback, first, "pci"), errno.EBUSY)
    awaits(first, None)


def group_of_host(defer):
    """A device whose IOMMU group has one that the host uses is blocked until it does not"""
    with_bridge(defer)
    if not run("modinfo", "-n", "ahci", check=False):
        raise Skip("this kernel has no ahci")
    load_module("ahci")
    address = beside("ahci")
    bind_edu(defer, address)
    host, = (name for name in os.listdir(f"{vf.DEVICES}/{address}/iommu_group/devices")
             if vf.driver_of(name) == "ahci")
    defer(vf.bind, host, "ahci")
    awaits(address, f"the host uses {host}, of the same IOMMU group, by the driver ahci")
    with contextlib.ExitStack() as stack:
        equal("as VFIO says", rejection(vfio.Device, stack.callback, address, "pci"), errno.EPERM)
    vf.unbind(host)
    awaits(address, None)
    vfio.Device(defer, address, "pci")


def reset_together(defer):
    """Devices that VFIO resets together have the same reset set"""
    with_bridge(defer)
    alone, *others = edus()
    equal("functions", len(others), 2)
    for address in (alone, *others):
        bind_edu(defer, address)
    sets = {address: info(dev(f"pci/{address}"), "reset-set") for address in others}
    equal("one set", len(set(sets.values())), 1)
    device = vfio.Device(defer, others[0], "pci")
    equal("as VFIO says", device.reset_set(), others)
    equal("of this slot or bus", [address for address in others
                                  if address.startswith(sets[address])], others)
    equal("alone", info(dev(f"pci/{alone}"), "reset-set"), None)


def opened(defer):
    """A device that is opened or closed is polled, and its change reported"""
    with_bridge(defer)
    poll_every(defer, 50)
    address, = functions(defer, 1)
    vf.bind(address, "vfio-pci")
    with contextlib.ExitStack() as stack:
        vfio.Device(stack.callback, address, "pci")
        eventually(lambda: equal("open", info(dev(f"pci/{address}"), "open"), 1))
    eventually(lambda: equal("closed", info(dev(f"pci/{address}"), "open"), 0))


def other_names(defer):
    """A PCI device is found by its address, with a domain and without, and by its group"""
    with_bridge(defer)
    address, = functions(defer, 1)
    vf.bind(address, "vfio-pci")
    group = link_name(f"{vf.DEVICES}/{address}/iommu_group")
    for word in (address, address.partition(":")[2], f"/dev/vfio/{group}",
                 f"{vf.DEVICES}/{address}"):
        equal(word, set(shown("dev", word)), {f"pci/{address}"})


def reloaded(defer):
    """Unloading and loading the bridge under live devices loses nothing"""
    with_bridge(defer)
    bound(defer)
    before = {name: one["record"] for name, one in reported().items()}
    unload_and_load()
    equal("again", {name: one["record"] for name, one in reported().items()}, before)


def churn(end):
    while not end.is_set():
        unload_and_load()
        shown("dev")


def concurrent(defer):
    """The bridge can come and go while virtual functions do"""
    with_bridge(defer)
    end = threading.Event()
    thread = threading.Thread(target=churn, args=(end,))
    thread.start()
    try:
        for _ in range(4):
            bound(defer)
            vf.make(0)
    finally:
        end.set()
        thread.join()
    pairs = bound(defer)
    equal("reported", set(reported()), {address for address, _ in pairs})


def parent_removed(defer):
    """A physical function can be removed before its virtual ones"""
    with_bridge(defer)
    pf = vf.physical()[0]
    addresses = functions(lambda *_: None, 2)
    for address in addresses:
        vf.bind(address, "vfio-pci")
    write(f"{vf.DEVICES}/{pf}/remove", "1")
    for address in addresses:
        equal("still there", dev(f"pci/{address}")["parent"], pf)
        equal("its type", types()[0]["parent"], pf)
        vf.unbind(address)
    equal("gone", (reported(), types()), ({}, []))


CASES = [drivers_offer, bridge_agrees, facts, comes_and_goes, whole_device, reset_together,
         group_in_use, group_of_host, opened, other_names, reloaded, concurrent]
# The kernel cannot make functions of this device again.
LAST_CASES = [parent_removed]
