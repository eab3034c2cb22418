# SPDX-License-Identifier: GPL-2.0
"""A driver of mediated devices that declares which states they load (tests/modules/pool*.c):
types that share the units of a pool, devices made of several instances, and of an older
version. It is driven by mdevctl and in sysfs, and held against what it does with states."""

import contextlib
import errno
import json
import os
import struct
import threading
import uuid

from ktap import Skip, equal

from . import mdev, variant, vfio
from .events import Watched
from .guest import (TEST_MODULES, Program, dev, load, loaded, named, param, read, run, shown,
                    wait, write)
from .profiles import GOOD

NAME = "vdev_test_pool"
KINDS = ("whole", "half", "quarter")
# The pool of the older release, and that of the newer one.
OLD, NEW = "pool0", "pool1"
STATE = struct.Struct("<QIIIIQQ")
ROUNDS = 4

# What is loaded from where to where, and what of the state of the first the second rejects,
# and what the first one of the second.
PAIRS = [
    ((OLD, "quarter", {}), (OLD, "quarter", {}), [], []),
    ((OLD, "quarter", {}), (OLD, "quarter", {"version": "v1"}), [], []),
    ((OLD, "quarter", {}), (NEW, "quarter", {}), [], ["version"]),
    ((OLD, "quarter", {"version": "v1"}), (NEW, "quarter", {"version": "v2"}), [], []),
    ((OLD, "quarter", {"rate": 101}), (OLD, "quarter", {}), ["rate"], []),
    ((OLD, "whole", {"rate": 1000}), (NEW, "whole", {}), ["rate"], ["version"]),
    ((OLD, "half", {}), (OLD, "quarter", {}), ["type", "aggregation"], ["type", "aggregation"]),
    ((OLD, "quarter", {"aggregator": 2}), (OLD, "half", {}),
     ["type", "aggregation"], ["type", "aggregation"]),
    ((OLD, "quarter", {"aggregator": 3}), (OLD, "quarter", {}), ["aggregation"],
     ["aggregation"]),
    ((OLD, "half", {}), (NEW, "quarter", {"aggregator": 2, "version": "v2"}), [],
     ["type", "aggregation"]),
    ((NEW, "quarter", {"aggregator": 2}), (NEW, "half", {"version": "v2"}), [], []),
    ((NEW, "quarter", {"rate": 7}), (NEW, "half", {}), ["aggregation"], ["rate", "aggregation"]),
    ((NEW, "half", {"rate": 200}), (OLD, "quarter", {}),
     ["type", "version", "rate", "aggregation"], ["aggregation"]),
]


def with_driver(defer, **options):
    module = f"{TEST_MODULES}/{NAME}.ko"
    if not os.path.exists(module):
        raise Skip("the driver is not built")
    load()
    defer(unload)
    run("insmod", module, *(f"{key}={value}" for key, value in options.items()))


def unload():
    if loaded(NAME):
        run("rmmod", NAME)


def type_path(parent, kind):
    return f"{mdev.PARENTS}/{parent}/mdev_supported_types/{NAME}-{kind}"


def type_handle(parent, kind):
    return f"{NAME}/{parent}/{NAME}-{kind}"


def attribute(name, which):
    return f"{mdev.DEVICES}/{name}/{which}"


def remove(name):
    if os.path.exists(f"{mdev.DEVICES}/{name}"):
        write(attribute(name, "remove"), "1")


def create(defer, parent, kind, **settings):
    """A device, with what is chosen for it; it goes when the case ends."""
    name = str(uuid.uuid4())
    write(f"{type_path(parent, kind)}/create", name)
    defer(remove, name)
    for key, value in settings.items():
        write(attribute(name, key), str(value))
    return name


def error_of(path, text):
    """The errno with which a write is rejected; 0 if it is not."""
    try:
        write(path, text)
    except OSError as error:
        return error.errno
    return 0


def rooms(parent=OLD):
    """How many more can be created of whole, half and quarter: as reported, and as sysfs
    says."""
    types = shown("type")
    found = [types[type_handle(parent, kind)]["capacity"] for kind in KINDS]
    equal("available", [one["available"] for one in found],
          [int(read(f"{type_path(parent, kind)}/available_instances")) for kind in KINDS])
    equal("state", [one["state"] for one in found],
          ["sufficient" if one["available"] else "busy" for one in found])
    return [one["available"] for one in found]


def chosen(one):
    """What was chosen for a device, as its attributes have it."""
    current, = (version["name"] for version in one["record"]["versions"]["list"]
                if "current" in version["flags"])
    return {"aggregator": one["record"]["aggregation"]["count"], "version": current,
            "rate": param(one, "rate")}


def compare(name):
    """What is reported of a device against its attributes; what was chosen for it."""
    found = chosen(dev(f"mdev/{name}"))
    equal("attributes", {key: read(attribute(name, key)) for key in found},
          {key: str(value) for key, value in found.items()})
    return found


def by_mdevctl(defer):
    """A device that mdevctl starts is reported with its contract, and its types have less room"""
    with_driver(defer)
    mdev.compare_types(OLD, NEW)
    name = mdev.start(defer, OLD, f"{NAME}-half")
    mdev.compare_types(OLD, NEW)
    one = dev(f"mdev/{name}")
    equal("parent", (one["parent-bus"], one["parent"]), (NAME, OLD))
    equal("drivers", (one["driver"], one["bound-driver"]), (NAME, NAME))
    equal("declared", one["migration"], "supported")
    equal("as VFIO says", one["capabilities"], vfio.capabilities(name))
    equal("type", one["record"]["type"]["value"], mdev.mdevctl("list")[OLD][name]["mdev_type"])
    equal("chosen", compare(name), {"aggregator": 1, "version": "v2", "rate": 100})
    mdev.stop(name)
    mdev.compare_types(OLD, NEW)


def start_with(defer, **settings):
    """Have mdevctl start a device with such attributes; its name, and whether it has."""
    name, path = str(uuid.uuid4()), f"/tmp/{uuid.uuid4()}"
    write(path, json.dumps({"mdev_type": f"{NAME}-quarter", "start": "manual",
                            "attrs": [{key: str(value)} for key, value in settings.items()]}))
    defer(os.unlink, path)
    defer(mdev.stop, name)
    run("mdevctl", "start", "-u", name, "-p", NEW, "--jsonfile", path, check=False)
    return name, os.path.exists(f"{mdev.DEVICES}/{name}")


def configured_by_mdevctl(defer):
    """mdevctl starts a device with an aggregator, a version and a parameter, or not at all"""
    with_driver(defer)
    settings = {"aggregator": 3, "version": "v2", "rate": 250}
    name, started = start_with(defer, **settings)
    equal("started", started, True)
    equal("chosen", compare(name), settings)
    equal("room", rooms(NEW), [0, 0, 1])
    for wrong in ({"aggregator": 2}, {"version": "v1"}, {"rate": 1001}):
        equal(f"started with {wrong}", start_with(defer, **wrong)[1], False)
        equal("room", rooms(NEW), [0, 0, 1])


def siblings(defer):
    """A device takes room from each type of its pool, and from no other pool"""
    with_driver(defer)
    equal("at first", rooms(), [1, 2, 4])
    quarter = create(defer, OLD, "quarter")
    equal("a quarter", rooms(), [0, 1, 3])
    half = create(defer, OLD, "half")
    equal("and a half", rooms(), [0, 0, 1])
    equal("a half more", error_of(f"{type_path(OLD, 'half')}/create", str(uuid.uuid4())),
          errno.ENOSPC)
    equal("not by it", rooms(), [0, 0, 1])
    remove(quarter)
    equal("without the quarter", rooms(), [0, 1, 2])
    remove(half)
    equal("at last", rooms(), [1, 2, 4])
    equal("of the other pool", rooms(NEW), [1, 2, 4])


def aggregated(defer):
    """A device can be made of several instances, for which there must be units"""
    with_driver(defer)
    name = create(defer, OLD, "quarter")
    for text, error, count, room in (("3", 0, 3, [0, 0, 1]), ("4", 0, 4, [0, 0, 0]),
                                     ("1", 0, 1, [0, 1, 3]), ("0", errno.ERANGE, 1, [0, 1, 3]),
                                     ("5", errno.ERANGE, 1, [0, 1, 3]),
                                     ("4294967295", errno.ERANGE, 1, [0, 1, 3]),
                                     ("4294967296", errno.ERANGE, 1, [0, 1, 3]),
                                     ("-1", errno.EINVAL, 1, [0, 1, 3]),
                                     ("2x", errno.EINVAL, 1, [0, 1, 3])):
        equal(text, error_of(attribute(name, "aggregator"), text), error)
        equal("chosen", compare(name)["aggregator"], count)
        equal("room", rooms(), room)
    other = create(defer, OLD, "half")
    equal("no room", error_of(attribute(name, "aggregator"), "3"), errno.ENOSPC)
    equal("not a whole", error_of(attribute(other, "aggregator"), "2"), errno.ENOSPC)
    equal("room", rooms(), [0, 0, 1])
    remove(other)
    write(attribute(name, "aggregator"), "4")
    remove(name)
    equal("given back", rooms(), [1, 2, 4])


def flags_of(parent, kind):
    """What can be done with each version of a type."""
    record = shown("type")[type_handle(parent, kind)]["record"]
    return {one["name"]: one["flags"] for one in record["versions"]["list"]}


def versions(defer):
    """A device is created of a version that its pool creates, whatever others it accepts"""
    with_driver(defer)
    both = ["create", "accept"]
    for kind in KINDS:
        equal("of the newer pool", flags_of(NEW, kind),
              {"v1": ["accept"], "v2": both, "v3": both + ["default"]})
        equal("of the older pool", flags_of(OLD, kind),
              {"v1": both, "v2": both + ["default"]})
    name = create(defer, NEW, "quarter")
    for text, error, version in (("v2", 0, "v2"), ("v3\n", 0, "v3"), ("v1", errno.EINVAL, "v3"),
                                 ("v4", errno.EINVAL, "v3"), ("v", errno.EINVAL, "v3"),
                                 ("\n", errno.EINVAL, "v3"), ("v2 ", errno.EINVAL, "v3")):
        equal(repr(text), error_of(attribute(name, "version"), text), error)
        equal("chosen", compare(name)["version"], version)


def steps(watched):
    """What was reported since the last step, event by event: types with their room."""
    return [one["capacity"]["available"] if what == "type-change" else what
            for what, one in watched.monitor.waiting()]


def each_event(defer):
    """Each type whose room changes is one event, and so is each change of a device"""
    with_driver(defer)
    mdev.without_bridge(defer)
    watched = Watched(defer)
    name = create(defer, OLD, "quarter")
    equal("created", steps(watched), [0, 1, 3, "dev-create"])
    for which, text, events in (("aggregator", "3", [0, 1, "dev-change"]),
                                ("aggregator", "3", []), ("aggregator", "5", []),
                                ("aggregator", "2", [1, 2, "dev-change"]),
                                ("version", "v1", ["dev-change"]), ("version", "v3", []),
                                ("rate", "5", ["dev-change"]), ("rate", "0", [])):
        error_of(attribute(name, which), text)
        equal(f"{which} {text}", steps(watched), events)
    equal("no room", error_of(f"{type_path(OLD, 'whole')}/create", str(uuid.uuid4())),
          errno.ENOSPC)
    equal("no event", steps(watched), [])
    remove(name)
    equal("removed", steps(watched), ["dev-delete", 1, 2, 4])


def payload(state):
    return STATE.unpack(state)[-1]


class Moved(vfio.Device):
    """A device that is open, and what its driver says of states."""

    def __init__(self, defer, name, log):
        super().__init__(defer, name)
        self.log = log

    def conflicts(self, state):
        """Load a state, as a machine does that is moved; what was rejected of it."""
        self.log.rejected()
        error = self.load(state)
        rejected = self.log.rejected()
        equal("the driver says why", (error, bool(rejected)),
              (errno.EINVAL if error else 0, bool(error)))
        if not error:
            equal("what was loaded", payload(self.save()), payload(state))
        return rejected


def check(source, target):
    """The verdict, and what is wrong, by name."""
    answer, = json.loads(run("vdevctl", "-j", "check", f"mdev/{source}", target,
                             check=False))["check"]
    return answer["verdict"], [one.get("name", one["field"]) for one in answer["findings"]
                               if one["result"] == "fail"]


def hold(log, source, target):
    """Of a pair, the verdict and what the driver does; what of the state it rejects."""
    verdict, wrong = check(source, f"mdev/{target}")
    with contextlib.ExitStack() as stack:
        state = Moved(stack.callback, source, log).save()
        rejected = Moved(stack.callback, target, log).conflicts(state)
    equal("compatible if it loads", verdict in GOOD, not rejected)
    equal("wrong", wrong, rejected)
    return rejected


def loads_as_declared(defer):
    """A state is loaded just if the check says so, and what is rejected is what it names"""
    with_driver(defer)
    log = variant.Log(defer)
    for first, second, there, back in PAIRS:
        with contextlib.ExitStack() as stack:
            names = [create(stack.callback, parent, kind, **settings)
                     for parent, kind, settings in (first, second)]
            equal(f"{first} to {second}", hold(log, *names), there)
            equal(f"{second} to {first}", hold(log, *reversed(names)), back)


def made_for(defer):
    """What a type is found to accept, a device that is made of it so loads"""
    with_driver(defer, units="16,8")
    log = variant.Log(defer)
    source = create(defer, OLD, "quarter", aggregator=2, rate=300, version="v1")
    found = sorted(one["target"] for one in
                   json.loads(run("vdevctl", "-j", "find", f"mdev/{source}"))["find"]
                   if one["verdict"] in GOOD)
    equal("found", found, [type_handle(OLD, "quarter")] +
          [type_handle(NEW, kind) for kind in ("half", "quarter", "whole")])
    for handle, count in zip(found, (2, 2, 4, 1)):
        parent, kind = handle.split("/")[1], handle.rpartition("-")[2]
        with contextlib.ExitStack() as stack:
            made = create(stack.callback, parent, kind, aggregator=count, rate=300)
            equal(handle, hold(log, source, made), [])


def foreign_states(defer):
    """A state that is cut short, too long, or of another device is not loaded"""
    with_driver(defer)
    log = variant.Log(defer)
    name = create(defer, NEW, "half")
    device = Moved(defer, name, log)
    state = device.save()
    for size in (0, 1, STATE.size - 1):
        equal(f"{size} bytes", device.conflicts(state[:size]), ["length"])
    for number, what in ((0, "magic"), (1, "version"), (3, "aggregation"), (4, "aggregation"),
                         (5, "rate")):
        fields = list(STATE.unpack(state))
        fields[number] = 0xffffffff
        equal(what, device.conflicts(STATE.pack(*fields)), [what])
    equal("too long", (device.load(state + b"\0"), log.rejected()), (errno.EINVAL, []))
    equal("as it was", device.conflicts(state), [])


def in_use(defer):
    """A device that is open keeps what was chosen for it, its units and its driver, until it
    is closed"""
    with_driver(defer)
    name = create(defer, OLD, "half")
    with contextlib.ExitStack() as stack:
        device = vfio.Device(stack.callback, name)
        for which, text in (("aggregator", "2"), ("version", "v1"), ("rate", "1")):
            equal(which, error_of(attribute(name, which), text), errno.EBUSY)
        device.enter(vfio.STOP)
        os.close(device.enter(vfio.RESUMING))
        equal("loading", named(dev(f"mdev/{name}")["blockers"], "loading")["reason"],
              "a state is being loaded")
        run("rmmod", NAME, check=False)
        equal("still there", loaded(NAME), True)
        remover = Program(defer, "sh", "-c", f"echo 1 >{attribute(name, 'remove')}")
        wait("removed in use", lambda: remover.waits_in("vfio_unregister_group_dev"))
        equal("room", rooms(), [0, 1, 2])
    remover.end()
    equal("gone", dev(f"mdev/{name}"), None)
    equal("room again", rooms(), [1, 2, 4])


def closed(defer):
    """What was being loaded when a device was closed blocks nothing, and can be chosen again"""
    with_driver(defer)
    name = create(defer, OLD, "half")
    with contextlib.ExitStack() as stack:
        stream = vfio.Device(stack.callback, name).enter(vfio.RESUMING)
        defer(os.close, stream)
    equal("blockers", dev(f"mdev/{name}").get("blockers"), None)
    equal("written", error_of(attribute(name, "version"), "v1"), 0)
    with contextlib.suppress(OSError):
        os.write(stream, b"\0")
        raise AssertionError("a stream of a closed device was written")


def at_once(*steps_at_once):
    """Several do something at the same time: what each returned."""
    barrier, found = threading.Barrier(len(steps_at_once)), [None] * len(steps_at_once)

    def do_one(number, step):
        barrier.wait(60)
        found[number] = step()

    threads = [threading.Thread(target=do_one, args=one) for one in enumerate(steps_at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def race_for_last(defer):
    """Of several who create the last instance at once, one has it, and the others ENOSPC"""
    with_driver(defer)
    for number in range(ROUNDS):
        kinds = [("whole",) * 4, ("half", "half", "half", "whole")][number % 2]
        names = [str(uuid.uuid4()) for _ in kinds]
        found = at_once(*(lambda kind=kind, name=name:
                          error_of(f"{type_path(OLD, kind)}/create", name)
                          for kind, name in zip(kinds, names)))
        made = [kind for kind, error in zip(kinds, found) if not error]
        equal("the others", set(found), {0, errno.ENOSPC})
        equal("made", made in (["whole"], ["half", "half"]), True)
        equal("reported", shown("dev", "parent", OLD).keys(),
              {f"mdev/{name}" for name, error in zip(names, found) if not error})
        equal("room", rooms(), [0, 0, 0])
        for name in names:
            remove(name)
        equal("room again", rooms(), [1, 2, 4])


def race_to_aggregate(defer):
    """Who makes a device larger and who creates another one share no unit"""
    with_driver(defer)
    for _ in range(ROUNDS):
        with contextlib.ExitStack() as stack:
            name = create(stack.callback, OLD, "half")
            found = at_once(lambda name=name: error_of(attribute(name, "aggregator"), "2"),
                            lambda name=name: error_of(attribute(name, "aggregator"), "1"),
                            lambda stack=stack: create_error(stack, "half"))
            count = compare(name)["aggregator"]
            equal("errors", set(found) <= {0, errno.ENOSPC}, True)
            equal("room", rooms(), [0, 0, 0] if count == 2 or not found[2] else [0, 1, 2])
            equal("not both", count == 2 and not found[2], False)
    equal("room again", rooms(), [1, 2, 4])


def create_error(stack, kind):
    """The errno of who creates a device; 0 if there is one, which goes with the stack."""
    try:
        create(stack.callback, OLD, kind)
    except OSError as error:
        return error.errno
    return 0


def unloaded(defer):
    """The driver can be unloaded with devices, which go, and while others are created"""
    with_driver(defer)
    for parent in (OLD, NEW):
        create(defer, parent, "half")
    end = threading.Event()

    def create_on():
        while not end.is_set():
            with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
                create(stack.callback, OLD, "quarter")

    thread = threading.Thread(target=create_on)
    thread.start()
    try:
        for _ in range(5):
            run("rmmod", NAME)
            equal("types", [one for one in shown("type").values() if one["provider"] == NAME], [])
            run("insmod", f"{TEST_MODULES}/{NAME}.ko")
    finally:
        end.set()
        thread.join()
    equal("room", rooms(), [1, 2, 4])


def with_the_bridge(defer):
    """What the driver declares stands before what the bridge reports, whoever comes first"""
    with_driver(defer)
    name = create(defer, OLD, "quarter")
    before = dev(f"mdev/{name}")["record"]
    mdev.without_bridge(defer)
    equal("without", dev(f"mdev/{name}")["record"], before)
    load("mdev")
    equal("after it", dev(f"mdev/{name}")["record"], before)
    equal("types", len([one for one in shown("type").values() if one["parent"] == OLD]),
          len(KINDS))
    equal("room", rooms(), [0, 1, 3])


def wrong_parameters(defer):
    """Pools that cannot be are an error, and nothing of the others is left"""
    with_driver(defer)
    unload()
    for wrong in ("units=8,6", "units=8,0", "units=8,65540", "create=2,0", "create=2,1",
                  "accept=2,32", "units=8,8,8"):
        run("insmod", f"{TEST_MODULES}/{NAME}.ko", wrong, check=False)
        equal(wrong, (loaded(NAME), os.path.exists(f"/sys/class/{NAME}")), (False, False))


CASES = [by_mdevctl, configured_by_mdevctl, siblings, aggregated, versions, each_event,
         loads_as_declared, made_for, foreign_states, in_use, closed, race_for_last,
         race_to_aggregate, unloaded, with_the_bridge, wrong_parameters]
