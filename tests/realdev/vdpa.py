# SPDX-License-Identifier: GPL-2.0
"""The vdpa bridge, compared with the vdpa tool, sysfs and the block layer."""

import contextlib
import glob
import json
import os
import random
import re
import struct
import threading

from ktap import Skip, equal

from . import selects, vduse
from .guest import (TEST_MODULES, all_polled, dev, feature_bits, feature_names, info, link_name,
                    load, loaded, param, polled, random_name, read, run, shell, shown, wait, write)
from .wire import Dump, add_vdpa

ACKNOWLEDGED = 1  # to which virtio_vdpa resets a device that it leaves
DRIVER_OK = 0xf  # acknowledge, driver, driver-ok, features-ok
ID_NET = 1
ID_BLOCK = 2
DEVICES = "/sys/bus/vdpa/devices"
DRIVERS = "/sys/bus/vdpa/drivers"


def bit_numbers():
    """Number of each feature, as the kernel's headers define them."""
    bits = {}
    for header, class_name in (("net", "NET_"), ("blk", "BLK_"), ("ring", "RING_"),
                               ("config", "")):
        with open(f"/usr/include/linux/virtio_{header}.h", encoding="ascii") as file:
            found = re.findall(rf"#define VIRTIO_{class_name}F_(\w+)\s+(\d+)\b", file.read())
        prefix = "RING_" if header == "ring" else ""
        bits[header] = {prefix + name: int(bit) for name, bit in found}
    return bits


def to_bits(names, device_class):
    bits = bit_numbers()
    known = {**bits["config"], **bits["ring"], **bits[device_class]}
    return sum(1 << known[name] for name in names)


def vdpa(*args):
    return json.loads(run("vdpa", "-j", *args) or "{}")


def add(defer, parent, *config):
    """Create a device with the vdpa tool; it goes when the case ends."""
    name = random_name("t")
    run("vdpa", "dev", "add", "name", name, "mgmtdev", parent, *config)
    defer(remove, name)
    return name


def remove(name):
    if os.path.exists(f"{DEVICES}/{name}"):
        run("vdpa", "dev", "del", name)


def add_net(defer, mtu=None):
    mac = "02:" + ":".join(f"{random.randrange(256):02x}" for _ in range(5))
    return add(defer, "vdpasim_net", "mac", mac, "mtu", str(mtu or random.randrange(68, 9001)))


def bind(name, driver):
    """Have a driver use the device; None: no driver."""
    bound = link_name(f"{DEVICES}/{name}/driver")
    if bound:
        write(f"{DRIVERS}/{bound}/unbind", name)
    if driver:
        write(f"{DEVICES}/{name}/driver_override", driver)
        write(f"{DRIVERS}/{driver}/bind", name)


def node_of(name):
    """The file by which a program uses the device through vhost."""
    return f"/dev/{os.path.basename(glob.glob(f'{DEVICES}/{name}/vhost-vdpa-*')[0])}"


def virtio_folder(name):
    return glob.glob(f"{DEVICES}/{name}/virtio*")[0]


def guest_features(name):
    """What the driver of the virtio device has accepted, says sysfs."""
    text = read(f"{virtio_folder(name)}/features")
    return sum(1 << bit for bit, char in enumerate(text) if char == "1")


def compare_all(one, name, tool):
    """What holds for any vdpa device."""
    said = tool["dev"][name]
    equal("bus", one["bus"], "vdpa")
    equal("parent", one["parent"], said["mgmtdev"])
    equal("parent-bus", one.get("parent-bus"), None)
    equal("vendor-id", info(one, "vendor-id"), said["vendor_id"])
    equal("max-vqs", param(one, "max-vqs"), said["max_vqs"])
    equal("max-vq-size", param(one, "max-vq-size"), said["max_vq_size"])
    equal("bound-driver", one.get("bound-driver"), link_name(f"{DEVICES}/{name}/driver"))


def compare_net(one, name, tool):
    """What holds for a network device."""
    compare_all(one, name, tool)
    config = {key.strip(): value for key, value in tool["config"][name].items()}
    equal("device-api", one["record"]["device-api"]["value"], "vdpa-net")
    equal("mac", info(one, "mac"), config["mac"])
    equal("mtu", param(one, "mtu"), config["mtu"])
    equal("max-vqp", param(one, "max-vqp"), config.get("max_vq_pairs"))
    equal("link", info(one, "link"), config["link"])
    negotiated = config.get("negotiated_features")
    equal("negotiated", feature_names(one, "negotiated"),
          sorted(negotiated) if negotiated else None)


def tool_view():
    return {**vdpa("dev", "show"), **vdpa("dev", "config", "show")}


def compare_nets(names):
    tool, devices = tool_view(), all_polled([f"vdpa/{name}" for name in names])
    for name in names:
        compare_net(devices[f"vdpa/{name}"], name, tool)


def setup():
    """Everything but the bridge."""
    shell("load_realdevs", "vdpa_sim_net")
    # Else each of the many block devices has 128 MB of its own.
    shell("load_module", "vdpa_sim_blk", "shared_backend=1")
    for module in ("vhost_vdpa", "virtio_net", "virtio_blk", "virtio_vdpa"):
        run("modprobe", module)


def without_bridge(defer):
    if loaded("vdev_vdpa"):
        run("rmmod", "vdev_vdpa")
    defer(load, "vdpa")


def present_before(defer):
    """A vdpa device that is there before the bridge is reported as the vdpa tool shows it"""
    without_bridge(defer)
    name = add_net(defer)
    load("vdpa")
    compare_nets([name])


def appears_after(defer):
    """A vdpa device that is created under the bridge is reported as the vdpa tool shows it"""
    name = add_net(defer)
    compare_nets([name])


def goes(defer):
    """A vdpa device that is deleted is reported no longer"""
    name = add_net(defer)
    equal("before", dev(f"vdpa/{name}") is None, False)
    remove(name)
    equal("after", dev(f"vdpa/{name}"), None)


def supported_features(defer):
    """The supported features are those of the management device, by name and by bit"""
    one = dev(f"vdpa/{add_net(defer)}")
    names = vdpa("mgmtdev", "show")["mgmtdev"]["vdpasim_net"]["dev_features"]
    equal("names", feature_names(one, "supported"), sorted(names))
    equal("bits", feature_bits(one, "supported"), to_bits(names, "net"))
    equal("provisioned", feature_names(one, "provisioned"), sorted(names))
    equal("required", feature_names(one, "required"), ["ACCESS_PLATFORM", "MTU", "VERSION_1"])


def provisioned_features(defer):
    """The provisioned features are those that were asked for"""
    bits = to_bits(["VERSION_1", "ACCESS_PLATFORM", "MTU"], "net")
    name = random_name("t")
    if "device_features" in run("vdpa", "dev", "help", check=False):
        run("vdpa", "dev", "add", "name", name, "mgmtdev", "vdpasim_net",
            "device_features", hex(bits))
    else:
        add_vdpa(name, "vdpasim_net", bits)
    defer(remove, name)
    one = dev(f"vdpa/{name}")
    equal("provisioned", feature_bits(one, "provisioned"), bits)
    equal("supported", feature_bits(one, "supported") & ~bits != 0, True)
    equal("mtu", param(one, "mtu"), 1500)
    equal("mac", (param(one, "mac"), info(one, "mac")), (None, None))
    equal("link", info(one, "link"), None)


def silent_parent(defer):
    """A management device that claims no features is not reported to support none"""
    one = dev("vdpa/" + add(defer, "vdpasim_blk"))
    equal("tool", vdpa("mgmtdev", "show")["mgmtdev"]["vdpasim_blk"]["dev_features"], [])
    equal("supported", feature_bits(one, "supported"), None)


def block_device(defer):
    """A block device is reported as the block layer finds it"""
    name = add(defer, "vdpasim_blk")
    bind(name, "virtio_vdpa")
    one = polled(f"vdpa/{name}")
    compare_all(one, name, tool_view())
    equal("device-api", one["record"]["device-api"]["value"], "vdpa-blk")
    disk = wait("no disk", lambda: glob.glob(f"{virtio_folder(name)}/block/*"))[0]
    for parameter, file, unit in (("capacity", "size", 1),
                                  ("block-size", "queue/logical_block_size", 1),
                                  ("size-max", "queue/max_segment_size", 1),
                                  ("seg-max", "queue/max_segments", 1),
                                  ("max-discard-seg", "queue/max_discard_segments", 1),
                                  ("discard-sector-alignment",
                                   "queue/discard_granularity", 512)):
        equal(parameter, param(one, parameter) * unit, int(read(f"{disk}/{file}")))
    equal("num-queues", param(one, "num-queues"), len(os.listdir(f"{disk}/mq")))
    equal("negotiated", feature_bits(one, "negotiated"), guest_features(name))


def drivers(defer):
    """Status, negotiated features and bound driver follow what uses a vdpa device"""
    name = add_net(defer)
    equal("at first", dev(f"vdpa/{name}")["bound-driver"], "vhost_vdpa")
    bind(name, None)
    one = dev(f"vdpa/{name}")
    equal("unbound", one.get("bound-driver"), None)
    compare_nets([name])
    bind(name, "virtio_vdpa")
    equal("bound", dev(f"vdpa/{name}")["bound-driver"], "virtio_vdpa")
    one = polled(f"vdpa/{name}")
    equal("status", info(one, "status"), DRIVER_OK)
    equal("negotiated", feature_bits(one, "negotiated"), guest_features(name))
    compare_nets([name])
    bind(name, "vhost_vdpa")
    one = polled(f"vdpa/{name}")
    equal("status after virtio_vdpa", info(one, "status"), ACKNOWLEDGED)
    equal("negotiated after virtio_vdpa", feature_bits(one, "negotiated"), None)


def other_names(defer):
    """A vdpa device is found by its node, by a path in sysfs, and as an operand of a check"""
    name = add_net(defer)
    node = node_of(name)
    for word in (node, f"{DEVICES}/{name}", f"{DEVICES}/{name}/{os.path.basename(node)}"):
        equal(word, shown("dev", word).keys(), {f"vdpa/{name}"})
    said, = json.loads(run("vdevctl", "-j", "check", node, f"vdpa/{name}"))["check"]
    equal("verdict", said["verdict"], "identical")


def reading_changes_nothing(defer):
    """Reading a vdpa device leaves its status and its generation as they were"""
    name = add_net(defer)
    first, second = (polled(f"vdpa/{name}") for _ in range(2))
    for one in (first, second):
        del one["age"]
    equal("second reading", second, first)


def reloaded(defer):
    """Unloading and loading the bridge under live devices loses and breaks nothing"""
    names = [add_net(defer) for _ in range(4)]
    bind(names[0], "virtio_vdpa")
    tool = tool_view()
    records = {name: polled(f"vdpa/{name}")["record"] for name in names}
    without_bridge(defer)
    equal("without the bridge", [h for h in shown("dev") if h.startswith("vdpa/")], [])
    equal("the devices", tool_view(), tool)
    load("vdpa")
    equal("again", {name: polled(f"vdpa/{name}")["record"] for name in names}, records)
    compare_nets(names)


def many(defer):
    """32 vdpa devices are reported, each as the vdpa tool shows it"""
    compare_nets([add_net(defer) for _ in range(32)])


def paused(defer, gone, left):
    """Have devices go while a dump over them waits for its reader."""
    names = [add(defer, "vdpasim_blk") for _ in range(32)]
    dump = Dump()
    defer(dump.close)
    gone(names)
    equal("errno of the dump", dump.finish(), 0)
    equal("reported the change", dump.interrupted, True)
    equal("each once", len(set(dump.names)), len(dump.names))
    assert left < len(dump.names) < len(names), f"{len(dump.names)} devices, not half way"
    equal("reported later", len([h for h in shown("dev") if h.startswith("vdpa/")]), left)


def removed_in_dump(defer):
    """A dump that is paused while its next devices are deleted ends, and says so"""
    paused(defer, lambda names: [remove(name) for name in names[1:]], 1)


def unloaded_in_dump(defer):
    """A dump that is paused while the bridge is unloaded ends, and says so"""
    paused(defer, lambda names: without_bridge(defer), 0)


def parent_unloaded(defer):
    """The module of the devices can be removed under the bridge, and they go with it"""
    add_net(defer)
    run("rmmod", "vdpa_sim_net")
    defer(setup)
    equal("devices", [h for h in shown("dev") if h.startswith("vdpa/")], [])


def churn(stop):
    while not stop.is_set():
        run("rmmod", "vdev_vdpa")
        load("vdpa")


def concurrent(defer):
    """The bridge can come and go while devices and drivers do"""
    stop = threading.Event()
    thread = threading.Thread(target=churn, args=(stop,))
    thread.start()
    try:
        for _ in range(12):
            name = add_net(defer)
            bind(name, None)
            bind(name, "vhost_vdpa")
            remove(name)
    finally:
        stop.set()
        thread.join()
    compare_nets([add_net(defer)])


def add_vduse(defer, device_id, features, config):
    run("modprobe", "vduse")
    name = random_name("u")
    bits = to_bits(features, "net" if device_id == ID_NET else "blk")
    try:
        device = vduse.Device(name, device_id, bits, config)
    except PermissionError as error:
        raise Skip("this kernel has no such device in user space") from error
    defer(device.close)
    run("vdpa", "dev", "add", "name", name, "mgmtdev", "vduse")
    defer(remove, name)
    return name, dev(f"vdpa/{name}")


def cannot_suspend(defer):
    """A device whose driver cannot suspend is not migratable, and says why"""
    name, one = add_vduse(defer, ID_BLOCK, ["VERSION_1", "ACCESS_PLATFORM"],
                          struct.pack("<Q", 2048))
    compare_all(one, name, tool_view())
    equal("migration", one["migration"], "unsupported")
    equal("blockers", [blocker["name"] for blocker in one["blockers"]], ["no-suspend"])
    equal("capacity", param(one, "capacity"), 2048)


def can_suspend(defer):
    """A device whose driver can suspend is migratable by stop and copy"""
    one = dev(f"vdpa/{add_net(defer)}")
    equal("migration", one["migration"], "supported")
    equal("blockers", one.get("blockers", []), [])
    equal("capabilities", one["capabilities"], ["stop-copy"])


def queue_pairs(defer):
    """The queue pairs of a network device are reported where it has the feature"""
    config = struct.pack("<6sHHH", bytes(range(2, 8)), 1, 2, 9000)
    features = ["VERSION_1", "ACCESS_PLATFORM", "MAC", "MTU", "STATUS", "MQ"]
    name, one = add_vduse(defer, ID_NET, features, config)
    compare_net(one, name, tool_view())
    equal("max-vqp", param(one, "max-vqp"), 2)


def too_large(defer):
    """A number above 2^63 - 1 is left out, and the device is reported all the same"""
    _, one = add_vduse(defer, ID_BLOCK, ["VERSION_1", "ACCESS_PLATFORM"],
                       struct.pack("<Q", 1 << 63))
    equal("capacity", param(one, "capacity"), None)


def short_config(defer):
    """A device with less configuration than virtio defines is not read beyond it"""
    _, one = add_vduse(defer, ID_BLOCK, ["VERSION_1", "ACCESS_PLATFORM", "SEG_MAX"],
                       struct.pack("<QI", 2048, 0))
    equal("capacity", param(one, "capacity"), 2048)
    equal("seg-max", param(one, "seg-max"), None)


def test_device(defer, virtio_id):
    """Load the driver of the tests; it goes when the case ends."""
    module = f"{TEST_MODULES}/vdev_test_vdpa.ko"
    if not os.path.exists(module):
        raise Skip("tests/modules/ is not built")
    run("insmod", module, f"id={virtio_id}")
    defer(run, "rmmod", "vdev_test_vdpa")
    return dev("vdpa/vdev_test")


def ends_early(defer):
    """A field that a device's configuration ends before, or in the middle of, is not reported"""
    for device_id, size, want in ((ID_BLOCK, 0, {"capacity": None, "block-size": None}),
                                  (ID_BLOCK, 1, {"capacity": None, "block-size": None}),
                                  (ID_BLOCK, 8, {"capacity": 65, "block-size": None}),
                                  (ID_BLOCK, 23, {"capacity": 65, "block-size": None}),
                                  (ID_BLOCK, 24, {"capacity": 65, "block-size": 0}),
                                  (ID_NET, 5, {"mac": None, "mtu": None}),
                                  (ID_NET, 8, {"mac": "41:00:00:00:00:00", "mtu": None})):
        features = ["MAC", "MTU", "STATUS"] if device_id == ID_NET else ["BLK_SIZE"]
        bits = to_bits(["VERSION_1", *features], "net" if device_id == ID_NET else "blk")
        with contextlib.ExitStack() as stack:
            selects.load(stack.callback, id=device_id, features=bits, config_size=size)
            one = dev(selects.HANDLE)
            equal(f"{size} bytes", {name: param(one, name) for name in want}, want)
            if device_id == ID_NET:
                equal(f"link, {size} bytes", info(one, "link"), "down" if size >= 8 else None)


def unknown_id(defer):
    """A vdpa device of a kind without a name is reported by its number"""
    one = test_device(defer, 4294967295)
    equal("device-api", one["record"]["device-api"]["value"], "vdpa-virtio4294967295")


def no_management_device(defer):
    """A vdpa device without a management device is reported with its parent"""
    one = test_device(defer, 4)
    equal("device-api", one["record"]["device-api"]["value"], "vdpa-rng")
    equal("parent", (one["parent-bus"], one["parent"]), ("platform", "vdev_test_vdpa"))
    equal("supported", feature_bits(one, "supported"), None)
    equal("provisioned", feature_bits(one, "provisioned"), 0)
    equal("queues", [param(one, f"{end}-vq-size") for end in ("min", "max")], [16, 64])
    equal("vendor-id", info(one, "vendor-id"), 0x1234)


CASES = [present_before, appears_after, goes, supported_features, provisioned_features,
         silent_parent, other_names, block_device, drivers, reading_changes_nothing, can_suspend,
         cannot_suspend, queue_pairs, too_large, short_config, ends_early, unknown_id,
         no_management_device, reloaded, many, removed_in_dump, unloaded_in_dump,
         concurrent, parent_unloaded]
