# SPDX-License-Identifier: GPL-2.0
"""The mdev bridge, compared with mdevctl and sysfs."""

import contextlib
import json
import os
import threading
import uuid

from ktap import Skip, equal

from . import vfio
from .guest import (TEST_MODULES, Program, dev, eventually, info, link_name, load, loaded, param,
                    poll_every, polled, read, run, shell, shown, wait, write)
from .wire import Dump

DEVICES = "/sys/bus/mdev/devices"
PARENTS = "/sys/class/mdev_bus"
TEST_PARENT = "vdev_test_parent"
TEST_DRIVER = "vdev_test_mdev"


def mdevctl(*args):
    """mdevctl's JSON without its lists of one: parent or type by its name."""
    merged = {}
    for entry in json.loads(run("mdevctl", *args, "--dumpjson")):
        merged.update(entry)
    return {parent: {name: facts for one in entries for name, facts in one.items()}
            for parent, entries in merged.items()}


def start(defer, parent, kind):
    """Create a device with mdevctl; it goes when the case ends."""
    name = str(uuid.uuid4())
    run("mdevctl", "start", "-u", name, "-p", parent, f"--type={kind}")
    defer(stop, name)
    return name


def stop(name):
    if os.path.exists(f"{DEVICES}/{name}"):
        run("mdevctl", "stop", "-u", name)


def compare_device(name):
    """A device against mdevctl and sysfs."""
    one = dev(f"mdev/{name}")
    parent, facts = next((parent, devices[name]) for parent, devices
                         in mdevctl("list").items() if name in devices)
    folder = f"{DEVICES}/{name}"
    equal("bus", one["bus"], "mdev")
    equal("parent", one["parent"], parent)
    equal("parent-bus", one["parent-bus"], link_name(f"{PARENTS}/{parent}/subsystem"))
    equal("type", one["record"]["type"]["value"], facts["mdev_type"])
    equal("device-api", one["record"]["device-api"]["value"],
          read(f"{folder}/mdev_type/device_api"))
    equal("bound-driver", one.get("bound-driver"), link_name(f"{folder}/driver"))
    equal("driver", one["driver"], link_name(f"{folder}/driver"))
    vfio.compare(one)
    return one


def says_nothing(one):
    """Nothing is known of the migration of a device whose driver VFIO does not know."""
    equal("migration", (one["migration"], one.get("capabilities", []), one.get("blockers", [])),
          ("undeclared", [], []))


def compare_types(*parents):
    """The types that are reported are those of these parents, as mdevctl has them; what is
    available is polled."""
    eventually(types_are_reported, parents)


def types_are_reported(parents):
    reported = {handle: one for handle, one in shown("type").items() if one["bus"] == "mdev"}
    known = mdevctl("types")
    equal("types", sorted(reported),
          sorted(f"{link_name(f'{PARENTS}/{parent}/subsystem')}/{parent}/{kind}"
                 for parent in parents for kind in known[parent]))
    for one in reported.values():
        facts = known[one["parent"]][one["name"]]
        equal("available", one["capacity"].get("available"), facts["available_instances"])
        equal("state", one["capacity"]["state"],
              "sufficient" if facts["available_instances"] else "busy")
        equal("device-api", one["record"]["device-api"]["value"], facts["device_api"])
        equal("type", one["record"]["type"]["value"], one["name"])
        if info(one, "pretty-name"):
            equal("pretty-name", info(one, "pretty-name"), facts["name"])


def setup():
    """Everything but the bridge."""
    shell("load_realdevs", "mtty", "mdpy")


def without_bridge(defer):
    if loaded("vdev_mdev"):
        run("rmmod", "vdev_mdev")
    defer(load, "mdev")


def present_before(defer):
    """A mediated device that is there before the bridge is reported as mdevctl lists it"""
    without_bridge(defer)
    name = start(defer, "mtty", "mtty-2")
    load("mdev")
    compare_device(name)
    compare_types("mtty")


def appears_after(defer):
    """A mediated device that is created under the bridge is reported as mdevctl lists it"""
    compare_device(start(defer, "mtty", "mtty-1"))


def goes(defer):
    """A mediated device that is stopped is reported no longer"""
    name = start(defer, "mtty", "mtty-1")
    equal("before", dev(f"mdev/{name}") is None, False)
    stop(name)
    equal("after", dev(f"mdev/{name}"), None)


def other_names(defer):
    """A mediated device is found by its UUID in any case, by its node, and its type by a path"""
    name = start(defer, "mtty", "mtty-1")
    group = link_name(f"{DEVICES}/{name}/iommu_group")
    for word in (name.upper(), f"/dev/vfio/{group}", f"{DEVICES}/{name}"):
        equal(word, shown("dev", word).keys(), {f"mdev/{name}"})
    bus = link_name(f"{PARENTS}/mtty/subsystem")
    equal("type", shown("type", f"{PARENTS}/mtty/mdev_supported_types/mtty-1").keys(),
          {f"{bus}/mtty/mtty-1"})


def types_of_parents(defer):
    """The types of every parent that has a device are reported, and go with the last one"""
    compare_types()
    first = start(defer, "mtty", "mtty-2")
    compare_types("mtty")
    second = start(defer, "mdpy", "mdpy-hd")
    third = start(defer, "mdpy", "mdpy-vga")
    compare_types("mtty", "mdpy")
    stop(first)
    stop(second)
    compare_types("mdpy")
    stop(third)
    compare_types()


def available(defer):
    """The available instances follow the devices that are created and stopped"""
    names = [start(defer, "mdpy", "mdpy-xga") for _ in range(4)]
    compare_types("mdpy")
    equal("full", shown("type")["mdpy/mdpy/mdpy-xga"]["capacity"],
          {"state": "busy", "available": 0, "limit": 4})
    stop(names[0])
    compare_types("mdpy")
    equal("room again", shown("type")["mdpy/mdpy/mdpy-xga"]["capacity"]["available"], 1)


def reloaded(defer):
    """Unloading and loading the bridge under live mediated devices loses nothing"""
    names = [start(defer, "mtty", "mtty-1") for _ in range(3)]
    records = {name: dev(f"mdev/{name}")["record"] for name in names}
    without_bridge(defer)
    equal("devices", [one for one in shown("dev").values() if one["bus"] == "mdev"], [])
    equal("types", [one for one in shown("type").values() if one["bus"] == "mdev"], [])
    load("mdev")
    equal("again", {name: dev(f"mdev/{name}")["record"] for name in names}, records)
    for name in names:
        compare_device(name)
    compare_types("mtty")


def parent_unloaded(defer):
    """The driver of mediated devices can be removed under the bridge"""
    start(defer, "mtty", "mtty-1")
    run("rmmod", "mtty")
    defer(setup)
    equal("devices", [one for one in shown("dev").values() if one["bus"] == "mdev"], [])
    compare_types()


def stopped_in_dump(defer):
    """A dump that is paused while its mediated devices go ends, and says so"""
    test_parent(defer, instances=128)
    folder = f"{PARENTS}/{TEST_PARENT}/mdev_supported_types/{test_type()}"
    for _ in range(128):
        write(f"{folder}/create", str(uuid.uuid4()))
    dump = Dump()
    defer(dump.close)
    for name in os.listdir(f"{folder}/devices"):
        write(f"{DEVICES}/{name}/remove", "1")
    equal("errno of the dump", dump.finish(), 0)
    equal("reported the change", dump.interrupted, True)
    equal("paused half way", 0 < len(dump.names) < 128, True)
    equal("left", shown("dev"), {})


def churn(end):
    while not end.is_set():
        run("rmmod", "vdev_mdev")
        load("mdev")


def concurrent(defer):
    """The bridge can come and go while mediated devices do"""
    end = threading.Event()
    thread = threading.Thread(target=churn, args=(end,))
    thread.start()
    try:
        for _ in range(12):
            stop(start(defer, "mtty", "mtty-1"))
    finally:
        end.set()
        thread.join()
    compare_device(start(defer, "mtty", "mtty-1"))
    compare_types("mtty")


def driver_unbound(defer):
    """A mediated device whose driver was unbound is reported without it, and without what it
    offered"""
    for parent, kind in (("mtty", "mtty-1"), ("mdpy", "mdpy-vga")):
        name = start(defer, parent, kind)
        write(f"{DEVICES}/{name}/driver/unbind", name)
        equal("bound-driver", dev(f"mdev/{name}").get("bound-driver"), None)
        says_nothing(dev(f"mdev/{name}"))


def offers(defer):
    """What a driver offers VFIO for the migration of its devices is reported, as a program
    that opens the device is offered it"""
    shell("load_realdevs", "mbochs")
    for parent, kind in (("mtty", "mtty-2"), ("mdpy", "mdpy-vga"), ("mbochs", "mbochs-small")):
        compare_device(start(defer, parent, kind))


def unknown_to_vfio(defer):
    """A mediated device that its driver does not register with VFIO is undeclared"""
    test_parent(defer)
    says_nothing(dev(test_device(defer)))


def locked_at_load(defer):
    """What a driver offers is read later, where the device lock was taken when the bridge was
    loaded"""
    name = start(defer, "mdpy", "mdpy-vga")
    test_parent(defer)
    without_bridge(defer)
    holder = Program(defer, "sh", "-c",
                     f"echo {name} >/sys/module/{TEST_DRIVER}/parameters/hold")
    wait("the device lock is held", lambda: holder.waits_in("hold_device"))
    load("mdev")
    says_nothing(dev(f"mdev/{name}"))
    equal("bound-driver", dev(f"mdev/{name}")["bound-driver"], "mdpy")
    holder.process.terminate()
    holder.process.wait(60)
    poll_every(defer, 50)
    eventually(lambda: vfio.compare(polled(f"mdev/{name}")))


def test_parent(defer, **options):
    """Load the driver of the tests; it goes when the case ends."""
    module = f"{TEST_MODULES}/{TEST_DRIVER}.ko"
    if not os.path.exists(module):
        raise Skip("tests/modules/ is not built")
    run("insmod", module, *(f"{key}={value}" for key, value in options.items()))
    defer(run, "rmmod", TEST_DRIVER)


def test_type(parent=TEST_PARENT):
    return next(kind for kind in mdevctl("types")[parent] if kind.endswith("-base"))


def test_device(defer, parent=TEST_PARENT):
    return f"mdev/{start(defer, parent, test_type(parent))}"


def driver_version(defer):
    """The version of the driver's module is reported"""
    test_parent(defer)
    one = dev(test_device(defer))
    equal("driver", one["driver"], TEST_DRIVER)
    equal("driver-version", one["driver-version"], "1.2.3")
    compare_types(TEST_PARENT)


def pci_parent(defer):
    """A PCI parent is reported by its vendor and device, at the device and at its types"""
    address = sorted(os.listdir("/sys/bus/pci/devices"))[-1]
    folder = f"/sys/bus/pci/devices/{address}"
    test_parent(defer, parent=address)
    kind = test_type(address)
    one = dev(test_device(defer, address))
    want = f"{int(read(f'{folder}/vendor'), 16):04x}:{int(read(f'{folder}/device'), 16):04x}"
    equal("pci-id", param(one, "pci-id"), want)
    equal("parent", (one["parent-bus"], one["parent"]), ("pci", address))
    equal("pci-id of the type", param(shown("type")[f"pci/{address}/{kind}"], "pci-id"), want)
    equal("subchannel-type", param(one, "subchannel-type"), None)


def subchannel_parent(defer):
    """A parent on the css bus is reported by its subchannel type"""
    test_parent(defer, parent="css")
    one = dev(test_device(defer))
    equal("subchannel-type", param(one, "subchannel-type"),
          int(read(f"{PARENTS}/{TEST_PARENT}/type"), 16))
    equal("parent-bus", one["parent-bus"], "css")
    equal("pci-id", param(one, "pci-id"), None)


def aggregation_of(handle):
    """What is reported after the device was polled."""
    found = polled(handle)["record"].get("aggregation")
    return found and (found["base"], found["units"], found["count"])


def set_aggregated(text):
    write(f"/sys/module/{TEST_DRIVER}/parameters/aggregated", text)


def aggregated(defer):
    """Aggregated instances are reported, and followed when they change"""
    test_parent(defer, aggregated="3")
    handle = test_device(defer)
    equal("three", aggregation_of(handle), (test_type(), 1, 3))
    set_aggregated("2")
    equal("two", aggregation_of(handle), (test_type(), 1, 2))


def aggregated_in_folder(defer):
    """Aggregated instances are found in a named group of attributes"""
    test_parent(defer, aggregated="5", named_group=1)
    equal("five", aggregation_of(test_device(defer)), (test_type(), 1, 5))


def aggregated_nonsense(defer):
    """Aggregated instances that are not a number of at least 1 are not reported"""
    test_parent(defer)
    poll_every(defer, 50)
    handle = test_device(defer)
    for text in ("0", "-1", "2x", "x", "1 2", "4294967296", ""):
        set_aggregated(text)
        equal(f"'{text}'", aggregation_of(handle), None)


def aggregated_in_private(defer):
    """Aggregated instances that only the owner of the attribute may read are not reported"""
    for mode, want in (("0400", None), ("0440", None), ("0444", 3)):
        with contextlib.ExitStack() as stack:
            test_parent(stack.callback, aggregated="3", mode=mode)
            found = aggregation_of(test_device(stack.callback))
            equal(mode, found and found[2], want)


def unbound_attributes(defer):
    """The attributes of a driver are not read after it was unbound"""
    test_parent(defer, aggregated="3")
    handle = test_device(defer)
    write(f"{DEVICES}/{handle[5:]}/driver/unbind", handle[5:])
    equal("aggregation", aggregation_of(handle), None)


def illegal_type(defer):
    """A type whose name cannot be reported is left out and logged; the others are reported"""
    test_parent(defer, type='"a b"')
    handle = test_device(defer)
    equal("device", dev(handle)["record"]["type"]["value"], test_type())
    equal("types", [one["name"] for one in shown("type").values()], [test_type()])
    equal("logged", "vdev_test-a b: rejected" in run("dmesg"), True)


def parent_on_no_bus(defer):
    """A parent on no bus has its devices reported, and no types"""
    test_parent(defer, parent="none")
    one = dev(test_device(defer))
    equal("parent", one["parent"], TEST_PARENT)
    equal("parent-bus", one.get("parent-bus"), None)
    equal("types", shown("type"), {})


CASES = [present_before, appears_after, goes, other_names, types_of_parents, available,
         driver_unbound, offers, unknown_to_vfio, locked_at_load, reloaded, stopped_in_dump,
         concurrent, parent_unloaded, driver_version, pci_parent,
         subchannel_parent, aggregated, aggregated_in_folder, aggregated_nonsense,
         aggregated_in_private, unbound_attributes, illegal_type, parent_on_no_bus]
