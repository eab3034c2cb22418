#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Devices that are created, configured and removed by request. The simulator offers it where a
type or device has the operations; each test has a parent of its own."""

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_ACK
from judged import (World, as_nobody, client, kernel, random_name, reported, run, sim, sim_remove,
                    specification)
from ktap import Skip, equal
from monitor import Monitor
from words import Raw

PATIENCE = 30
# Modules that register a family of generic netlink.
FAMILIES = ("l2tp_netlink", "fou", "tipc", "team", "macsec", "wireguard", "handshake", "gtp")
OFFERED = "operations=create+configure+remove migration=supported"
RECORD = ("version=v1,flags=accept version=v2,flags=create+accept "
          "version=v3,flags=create+accept+default "
          "feature=f,supported=ff,provisioned=f,required=1 "
          "param=mtu,value=u64:1500,off=u64:0,flags=configurable,allow=u64:68-9000,rule=range "
          "param=mode,value=string:slow,flags=configurable,allow=string:slow,allow=string:fast "
          "param=on,value=bool:true,off=bool:false,flags=configurable "
          "param=fixed,value=u64:7 "
          "aggregation=unit,units=2,count=1,limit=4")
PLAIN = {"version": "v3", "f": 0xf, "mtu": 0, "mode": "slow", "on": 0, "fixed": 7, "count": 1}


def chosen(**values):
    """Parameters of an order."""
    kinds = {bool: "bool", int: "u64", str: "string"}
    return [{"name": name, "value": {kinds[type(value)]: int(value) if isinstance(value, bool)
                                     else value}}
            for name, value in values.items()]


def shown(device):
    """What can be chosen, as a device has it."""
    record = device["record"]
    return {"version": next((one["name"] for one in record["versions"]["entry"]
                             if "current" in one["flags"]), None),
            "f": record["feature"][0]["provisioned"],
            **{one["name"]: next(iter(one["value"].values())) for one in record["param"]},
            "count": record["aggregation"]["count"]}


class Provider(World):
    """Types that can be created, and the devices of one test."""

    def __init__(self, defer):
        super().__init__(defer)
        self.parent = random_name()

    def offer(self, words=f"{OFFERED} {RECORD}", units=0, name="t"):
        """A type of the test's parent."""
        if name == "t":
            sim(f"parent add {self.parent} plain units={units}")
            self.defer(sim, f"parent del {self.parent}")
        sim(f"type add {self.parent} {name} {words}")
        return self.again_type(name)

    def again_type(self, name="t"):
        return self.client.do("type-get", {"parent-bus": "sim", "parent": self.parent, "name": name})

    def again(self, device):
        return self.client.do("dev-get", {"id": device["id"]})

    def values(self, name=None, **more):
        """A request for a new device."""
        if name is None:
            name = random_name()
            self.defer(sim_remove, f"dev del {name}")
        return {"parent-bus": "sim", "parent": self.parent, "type": "t", "name": name, **more}

    def new(self, order=None, **more):
        return self.client.do("dev-new", self.values(**more, **({"order": order} if order else {})))

    def dry(self, op, values):
        """A dry run is acknowledged, and that is all."""
        equal("replies", list(self.client.send(op, {**values, "dry-run": True}, NLM_F_ACK)), [])

    def rejected(self, op, values):
        """Errno, text and place of a rejection; and nothing changes."""
        before = self.generation()
        rejection, path = self.client.where(op, values)
        equal("generation", self.generation(), before)
        return rejection.errno, rejection.text, path

    def generation(self):
        return self.client.do("stats-get", {})["generation"]


def knobs(defer, words):
    """What goes wrong, until the end of the test."""
    sim(f"operate {words}")
    defer(sim, "operate off")


def put(asking, op, values):
    """Send a request, and leave the answer for later."""
    asking.genl.send(asking.family, asking.words.spec.commands[op], NLM_F_ACK,
                     asking.words.nest("vdev", values))


def fresh():
    """A client for another thread or process."""
    return client()


class Asking(threading.Thread):
    """A request whose answer is waited for beside. It is accepted, or was rejected, when this is
    made."""

    def __init__(self, op, values):
        super().__init__(daemon=True)
        self.answer = self.error = None
        self.client = fresh()
        put(self.client, op, values)
        self.start()

    def run(self):
        words, messages = self.client.words, []
        try:
            while None not in messages:
                messages += self.client.genl.receive()
        except OSError as error:
            self.error = error
        self.answer = next((words.mapping("vdev", one) for one in messages if one), None)

    def result(self):
        """The errno, or 0."""
        self.join(PATIENCE)
        equal("still under way", self.is_alive(), False)
        return self.error.errno if self.error else 0


def wait_for(what, function):
    """Until the function returns something that is true."""
    end = time.monotonic() + PATIENCE
    while not function():
        equal(what, time.monotonic() < end, True)
        time.sleep(0.01)


def as_the_type_gives(defer):
    """A device of which nothing is chosen is what the type gives, with parameters not in effect"""
    world = Provider(defer)
    kind = world.offer()
    device = world.new()
    equal("as it is read", {**world.again(device), "snapshot": device["snapshot"]}, device)
    equal("values", shown(device), PLAIN)
    equal("operations", (kind["operations"], device["operations"]),
          (["create", "configure", "remove"], ["configure", "remove"]))
    equal("parent", (device["bus"], device["parent"], device["record"]["type"]["value"]),
          ("sim", world.parent, "t"))


def as_it_is_chosen(defer):
    """All that is chosen is what the device has, and has come from the request"""
    world = Provider(defer)
    world.offer()
    device = world.new({"version": "v2", "feature": [{"name": "f", "provisioned": 0x81}],
                        "param": chosen(mtu=9000, mode="fast", on=True, fixed=7), "count": 4})
    equal("values", shown(device), {"version": "v2", "f": 0x81, "mtu": 9000, "mode": "fast",
                                    "on": 1, "fixed": 7, "count": 4})
    equal("origins", [one["origin"] for one in device["record"]["param"]],
          ["provisioned"] * 3 + ["default"])


def below_ceiling(defer):
    """What is created and configured is below the ceiling of the type, or is rejected"""
    world = Provider(defer)
    kind = world.offer()
    key = {part: kind[part] for part in ("parent-bus", "parent", "name")}
    ceiling = {"max-version": "v2", "feature": [{"name": "f", "mask": 3}],
               "param": [{"name": "mtu", "low": 68, "high": 1500}]}
    world.client.do("type-set", {**key, "ceiling": ceiling})
    defer(world.client.do, "type-set", {**key, "reset": True})
    outside = (errno.ERANGE, reported("mtu: must be chosen, as what it would be is outside of "
                                      "the ceiling"))
    equal("nothing chosen", world.rejected("dev-new", world.values())[:2], outside)
    device = world.new({"param": chosen(mtu=1500)})
    equal("as chosen", shown(device), {**PLAIN, "version": "v2", "f": 3, "mtu": 1500})
    equal("its ceiling", device["record"]["ceiling"], ceiling)
    setting = {"id": device["id"], "order": {"version": "v3"}, "partial": True}
    equal("version", world.rejected("dev-set", setting)[:2],
          (errno.ERANGE, reported("version v3: above the ceiling")))
    setting = {"id": device["id"], "order": {"count": 2}}
    equal("neutral value", world.rejected("dev-set", setting)[:2], outside)
    now = world.client.do("dev-set", {**setting, "partial": True})
    equal("the rest stays", shown(now), {**shown(device), "count": 2})


def named_by_number(defer):
    """A type is named by its number, too"""
    world = Provider(defer)
    kind = world.offer()
    values = world.values()
    device = world.client.do("dev-new", {"id": kind["id"], "name": values["name"]})
    equal("name", device["name"], values["name"])
    equal("both", world.rejected("dev-new", {**world.values(), "id": kind["id"]}),
          (errno.EINVAL, "id and name exclude each other", "id"))


def configured(defer):
    """A device takes what is chosen; without partial the rest is not in effect, with it it stays"""
    world = Provider(defer)
    world.offer()
    device = world.new({"param": chosen(mtu=1400, mode="fast", on=True)})
    now = world.client.do("dev-set", {"id": device["id"], "partial": True, "order": {
        "param": chosen(mtu=68), "feature": [{"name": "f", "provisioned": 3}]}})
    equal("partial", shown(now), {**PLAIN, "mtu": 68, "mode": "fast", "on": 1, "f": 3})
    equal("one change", now["generation"], device["generation"] + 1)
    now = world.client.do("dev-set", {"bus": "sim", "name": device["name"],
                                      "order": {"version": "v2", "count": 2}})
    equal("whole", shown(now), {**PLAIN, "mode": "fast", "f": 3, "version": "v2", "count": 2})
    equal("read", shown(world.again(device)), shown(now))
    world.client.do("dev-set", {"id": device["id"], "partial": True})
    equal("nothing chosen", world.again(device)["generation"], now["generation"])


def removed(defer):
    """A device that is removed is replied as it was, with the generation of the removal"""
    world = Provider(defer)
    world.offer()
    device = world.new()
    last = world.client.do("dev-del", {"bus": "sim", "name": device["name"]})
    equal("reply", last, {**device, "generation": device["generation"] + 1,
                          "snapshot": last["snapshot"]})
    equal("gone", world.rejected("dev-get", {"id": device["id"]})[:2],
          (errno.ENODEV, "no such device"))
    equal("again", world.rejected("dev-del", {"id": device["id"]}),
          (errno.ENODEV, "no such device", "id"))


def events(defer):
    """What is created, configured and removed is an event as any other"""
    world = Provider(defer)
    world.offer()
    monitor = Monitor(specification())
    defer(monitor.close)
    device = world.new()
    world.client.do("dev-set", {"id": device["id"], "order": {"param": chosen(mtu=70)}})
    world.client.do("dev-del", {"id": device["id"]})
    got = monitor.waiting()
    equal("events", [what for what, _ in got], ["dev-create", "dev-change", "dev-delete"])
    equal("created", got[0][1], device)


# Of a type: what is wrong, the errno, the text, the place.
REJECTIONS = [
    ({"version": "v1"}, errno.ERANGE, "version v1: cannot be created", "order/version"),
    ({"version": "v9"}, errno.ERANGE, "version v9: there is no such version", "order/version"),
    ({"version": ""}, errno.EINVAL, "version: name is empty", "order/version"),
    ({"version": "x" * 64}, errno.EINVAL, None, "order/version"),
    ({"feature": [{"name": "f", "provisioned": 0x100}]}, errno.ERANGE,
     "feature f: has bits that are not supported", "order/feature[0]"),
    ({"feature": [{"name": "f", "provisioned": 1}, {"name": "g", "provisioned": 1}]},
     errno.EINVAL, "feature g: there is no such set", "order/feature[1]"),
    ({"feature": [{"name": "f", "provisioned": 2}]}, errno.ERANGE,
     "feature f: lacks bits that are required", "order/feature[0]"),
    ({"feature": [{"name": "f", "provisioned": 1}] * 2}, errno.EINVAL, "feature f: duplicate",
     "order/feature[1]"),
    ({"feature": [{"name": "f"}]}, errno.EINVAL, None, "order/feature[0]/provisioned"),
    ({"feature": [{"provisioned": 1}]}, errno.EINVAL, None, "order/feature[0]/name"),
    ({"feature": [{"name": "f", "provisioned": Raw(b"\1")}]}, errno.EINVAL,
     "a bitmap is of words of 8 bytes", "order/feature[0]/provisioned"),
    ({"feature": [{"name": f"f{i}", "provisioned": 1} for i in range(17)]}, errno.EMSGSIZE,
     "features: more than 16 entries", "order/feature[16]"),
    ({"param": chosen(mtu=67)}, errno.ERANGE, "mtu: value is not allowed", "order/param[0]"),
    ({"param": chosen(on=True, mtu=9001)}, errno.ERANGE, "mtu: value is not allowed",
     "order/param[1]"),
    ({"param": chosen(mode="quick")}, errno.ERANGE, "mode: value is not allowed",
     "order/param[0]"),
    ({"param": chosen(mtu="x")}, errno.EINVAL, "mtu: value is of another type", "order/param[0]"),
    ({"param": chosen(mtu=2 ** 63)}, errno.ERANGE, "mtu: number is above 2^63 - 1",
     "order/param[0]"),
    ({"param": chosen(fixed=8)}, errno.EINVAL, "fixed: cannot be chosen", "order/param[0]"),
    ({"param": chosen(nope=8)}, errno.EINVAL, "param nope: there is no such parameter",
     "order/param[0]"),
    ({"param": chosen(mtu=70) * 2}, errno.EINVAL, "param mtu: duplicate", "order/param[1]"),
    ({"param": [{"name": "mtu"}]}, errno.EINVAL, None, "order/param[0]/value"),
    ({"param": [{"name": "mtu", "value": {}}]}, errno.EINVAL,
     "a value is one of u64, string and bool", "order/param[0]/value"),
    ({"param": [{"name": "mtu", "value": {"u64": 70, "bool": 1}}]}, errno.EINVAL,
     "a value is one of u64, string and bool", "order/param[0]/value"),
    ({"param": [Raw(b"")]}, errno.EINVAL, None, "order/param[0]/name"),
    ({"param": [{**chosen(mtu=70)[0], 3: b"\1\0\0\0"}]}, errno.EINVAL,
     "attribute is not part of this request", "order/param[0]/3"),
    ({"param": [one for i in range(65) for one in chosen(**{f"p{i}": i})]}, errno.EMSGSIZE,
     "params: more than 64 entries", "order/param[64]"),
    ({"count": 0}, errno.ERANGE, None, "order/count"),
    ({"count": 5}, errno.ERANGE, "count: above the limit of 4", "order/count"),
]


def out_of_bounds(defer):
    """What cannot be chosen is rejected, and points at what is wrong; nothing changes"""
    world = Provider(defer)
    world.offer()
    device = world.new()
    # Before 6.2 a text could not hold what is wrong.
    words = kernel() >= (6, 2)
    for order, error, text, path in REJECTIONS:
        for op, values in (("dev-new", world.values()), ("dev-set", {"id": device["id"]})):
            got = world.rejected(op, {**values, "order": order})
            equal(f"errno of {op} {order}"[:200], errno.errorcode[got[0]], errno.errorcode[error])
            equal(f"place of {op} {order}"[:200], got[2], path)
            if text and words:
                equal(f"text of {op} {order}"[:200], got[1], text)


def malformed(defer):
    """A request without a name, or with what belongs to another one, is rejected"""
    world = Provider(defer)
    world.offer()
    values = world.values()
    without = lambda name: {key: value for key, value in values.items() if key != name}
    for name in ("name", "type", "parent", "parent-bus"):
        equal(name, world.rejected("dev-new", without(name))[::2], (errno.EINVAL, name))
    for name in ("", "a/b"):
        got = world.rejected("dev-new", {**values, "name": name})
        equal(f"name {name}", got[::2], (errno.EINVAL, "name"))
    for op, more in (("dev-new", {"partial": True}), ("dev-new", {"bus": "sim"}),
                     ("dev-del", {"order": {}}), ("dev-del", {"partial": True}),
                     ("dev-set", {"type": "t"}), ("dev-set", {"max-age": 1})):
        name, = more
        base = values if op == "dev-new" else {"id": 1}
        text = "attribute is not part of this request"
        if name == "order":
            text = "NLA_F_NESTED not expected"
        equal(op, world.rejected(op, {**base, **more}), (errno.EINVAL, text, name))


def mandatory(defer):
    """What is mandatory has to be chosen, unless the rest stays"""
    world = Provider(defer)
    world.offer(f"{OFFERED} param=mac,value-type=string,flags=configurable+mandatory")
    text = "mac: must be chosen" if kernel() >= (6, 2) else "out of bounds"
    equal("no order", world.rejected("dev-new", world.values()), (errno.EINVAL, text, ""))
    equal("an order", world.rejected("dev-new", world.values(order={})),
          (errno.EINVAL, text, "order"))
    device = world.new({"param": chosen(mac="a")})
    equal("set", world.rejected("dev-set", {"id": device["id"]})[0], errno.EINVAL)
    world.client.do("dev-set", {"id": device["id"], "partial": True})
    now = world.client.do("dev-set", {"id": device["id"], "order": {"param": chosen(mac="b")}})
    equal("value", now["record"]["param"][0]["value"], {"string": "b"})


def without_choice(defer):
    """A type without versions, features, parameters and aggregation has nothing to choose"""
    world = Provider(defer)
    world.offer(OFFERED)
    for order, path in (({"version": "v"}, "version"), ({"count": 1}, "count"),
                        ({"param": chosen(p=1)}, "param[0]"),
                        ({"feature": [{"name": "f", "provisioned": 1}]}, "feature[0]")):
        got = world.rejected("dev-new", world.values(order=order))
        equal(path, (got[0] in (errno.EINVAL, errno.ERANGE), got[2]), (True, f"order/{path}"))
    if kernel() >= (6, 2):
        equal("count", world.rejected("dev-new", world.values(order={"count": 1}))[1],
              "count: there is no aggregation")
    world.new()


def not_offered(defer):
    """What the provider does not offer is EOPNOTSUPP, of each by itself"""
    world = Provider(defer)
    world.offer("operations=configure")
    no = (errno.EOPNOTSUPP, "the provider offers no such operation", "")
    equal("new", world.rejected("dev-new", world.values()), no)
    device = world.device("operations=configure")
    world.client.do("dev-set", {"id": device["id"]})
    equal("del", world.rejected("dev-del", {"id": device["id"]}), no)
    world.set(device, "operations=remove")
    equal("set", world.rejected("dev-set", {"id": device["id"]}), no)
    world.client.do("dev-del", {"id": device["id"]})
    other = world.device()
    for op in ("dev-set", "dev-del"):
        equal(op, world.rejected(op, {"id": other["id"]}), no)


def not_there(defer):
    """A type or device that is not there is ENODEV, and points at its name"""
    world = Provider(defer)
    equal("type", world.rejected("dev-new", world.values()),
          (errno.ENODEV, "no such type", "type"))
    kind = world.offer()
    device = world.new()
    for op in ("dev-set", "dev-del"):
        equal(op, world.rejected(op, {"bus": "sim", "name": "nope"}),
              (errno.ENODEV, "no such device", "name"))
        equal("a type", world.rejected(op, {"id": kind["id"]}),
              (errno.ENODEV, "no such device", "id"))
    equal("a device", world.rejected("dev-new", {"id": device["id"], "name": "x"}),
          (errno.ENODEV, "no such type", "id"))


def name_is_taken(defer):
    """A name that is taken is EEXIST, which points at the name"""
    world = Provider(defer)
    world.offer()
    device = world.new()
    values = world.values(name=device["name"])
    taken = (errno.EEXIST, reported("a device of that name exists"), "name")
    equal("rejected", world.rejected("dev-new", values), taken)
    equal("a dry run", world.rejected("dev-new", {**values, "dry-run": True}), taken)


def expected(defer):
    """A request that expects a generation is rejected if the target has changed since"""
    world = Provider(defer)
    kind = world.offer()
    at = lambda one: {"instance": one["instance"], "expect": one["generation"]}
    device = world.new(**at(kind))
    sim(f"type set {world.parent} t info=x,value=bool:true")
    stale = (errno.ESTALE, "the target has changed", "expect")
    equal("new", world.rejected("dev-new", world.values(**at(kind))), stale)
    now = world.client.do("dev-set", {"id": device["id"], **at(device),
                                      "order": {"param": chosen(mtu=100)}})
    for op in ("dev-set", "dev-del"):
        equal(op, world.rejected(op, {"id": device["id"], **at(device)}), stale)
        equal("instance", world.rejected(op, {"id": device["id"], "instance": 1,
                                              "expect": now["generation"]}),
              (errno.ESTALE, "that generation is of another instance", "instance"))
        equal("alone", world.rejected(op, {"id": device["id"], "expect": 1})[::2],
              (errno.EINVAL, "instance"))
        equal("to come", world.rejected(op, {"id": device["id"], "instance": now["instance"],
                                             "expect": now["generation"] + 1000}),
              (errno.ESTALE, "that generation has not been reached", "expect"))
    world.client.do("dev-del", {"id": device["id"], **at(now)})


def dry_run(defer):
    """A dry run validates everything and changes nothing"""
    world = Provider(defer)
    world.offer(units=8)
    device = world.new()
    before = world.generation()
    world.dry("dev-new", world.values(order={"param": chosen(mtu=80), "count": 3}))
    world.dry("dev-set", {"id": device["id"], "order": {"param": chosen(mtu=80), "count": 4}})
    world.dry("dev-del", {"id": device["id"]})
    equal("generation", world.generation(), before)
    equal("capacity", world.again_type()["capacity"]["available"], 3)
    for op, values in (("dev-new", world.values(order={"count": 4})),
                       ("dev-new", world.values(order={"count": 9})),
                       ("dev-new", world.values(order={"param": chosen(mtu=1)}))):
        got = world.rejected(op, {**values, "dry-run": True})
        equal(op, got[0] in (errno.ENOSPC, errno.ERANGE), True)
    equal("device", world.again(device)["generation"], device["generation"])


def no_capacity(defer):
    """Without capacity it is ENOSPC, from the core or from the provider"""
    world = Provider(defer)
    world.offer(units=4)
    device = world.new()
    got = world.rejected("dev-new", world.values(order={"count": 2}))
    equal("the provider", got[0], errno.ENOSPC)
    equal("text", got[1].endswith("needs 4 base units, 2 are free"), True)
    got = world.rejected("dev-set", {"id": device["id"], "order": {"count": 3}})
    equal("configured", got[0], errno.ENOSPC)
    world.client.do("dev-set", {"id": device["id"], "order": {"count": 2}})
    equal("the core", world.rejected("dev-new", world.values()),
          (errno.ENOSPC, "the type has no capacity", ""))
    world.client.do("dev-del", {"id": device["id"]})
    world.new({"count": 2})


def siblings(defer):
    """The types that share a pool change with each device, one event each"""
    world = Provider(defer)
    world.offer(f"{OFFERED} aggregation=u,units=1,count=1", units=8)
    world.offer(f"{OFFERED} aggregation=u,units=4,count=1", name="four")
    monitor = Monitor(specification())
    defer(monitor.close)

    def seen():
        return [(what, one["name"] if what.startswith("type") else "",
                 one.get("capacity", {}).get("available")) for what, one in monitor.waiting()]

    device = world.new()
    equal("created", seen(), [("dev-create", "", None), ("type-change", "t", 7),
                              ("type-change", "four", 1)])
    world.client.do("dev-del", {"id": device["id"]})
    equal("removed", seen(), [("dev-delete", "", None), ("type-change", "t", 8),
                              ("type-change", "four", 2)])


def last_instance(defer):
    """Of two who want the last instance one has it, and the other ENOSPC"""
    world = Provider(defer)
    world.offer(OFFERED, units=1)
    for delay in (0, 20) * 10:
        sim(f"operate delay={delay}")
        asking = [Asking("dev-new", world.values()) for _ in range(2)]
        equal("results", sorted(one.result() for one in asking), [0, errno.ENOSPC])
        device, = [one.answer for one in asking if one.answer]
        world.client.do("dev-del", {"id": device["id"]})
    sim("operate off")


def same_name(defer):
    """Of two who want the same name one has it"""
    world = Provider(defer)
    world.offer(OFFERED)
    for _ in range(20):
        values = world.values()
        asking = [Asking("dev-new", values) for _ in range(2)]
        results = sorted(one.result() for one in asking)
        equal("results", results[0] == 0 and results[1] in (errno.EBUSY, errno.EEXIST), True)


def provider_fails(defer):
    """What the provider rejects is the requester's errno and text, and changes nothing"""
    world = Provider(defer)
    world.offer()
    device = world.new()
    knobs(defer, "errno=EBUSY")
    for op, values in (("dev-new", world.values()), ("dev-set", {"id": device["id"]}),
                       ("dev-del", {"id": device["id"]})):
        got = world.rejected(op, values)
        equal(op, (got[0], got[1].endswith("fails as asked for")), (errno.EBUSY, True))
    sim("operate off")
    sim("fail register 1 errno=EIO")
    equal("registration", world.rejected("dev-new", world.values())[0], errno.EIO)
    sim("fail update 1 errno=EIO")
    equal("update", world.rejected("dev-set", {"id": device["id"], "order": {
        "param": chosen(mtu=99)}})[0], errno.EIO)


def hanging(defer):
    """A provider that hangs is waited for by who has asked, and by nobody else"""
    world = Provider(defer)
    world.offer()
    device, other = world.new(), world.new()
    knobs(defer, "delay=60000")
    values = world.values()
    asking = [Asking("dev-new", values), Asking("dev-set", {"id": device["id"]})]
    sim("operate delay=0")
    text = "another request for that device is under way" if kernel() >= (6, 2) else \
        "out of bounds"
    for op in ("dev-set", "dev-del"):
        equal(op, world.rejected(op, {"id": device["id"]}), (errno.EBUSY, text, ""))
    equal("the name", world.rejected("dev-new", values), (errno.EBUSY, text, ""))
    # All else goes on: reads, commands, other devices.
    world.client.dump("dev-get", {})
    world.client.do("dev-set", {"id": other["id"], "order": {"param": chosen(mtu=70)}})
    world.client.do("dev-del", {"id": other["id"]})
    world.new()
    world.set(device, "info=x,value=bool:true")
    equal("under way", [one.is_alive() for one in asking], [True, True])
    sim("operate off")
    equal("results", [one.result() for one in asking], [0, 0])


def below_a_ceiling_that_comes(defer):
    """While a device is made of a type, its ceiling cannot be set; that of another type can"""
    world = Provider(defer)
    kind = world.offer()
    other = world.offer(name="other")
    device = world.new()
    text = "a device of the type is being created or configured" if kernel() >= (6, 2) else \
        "out of bounds"

    def limit(one, **values):
        return {"parent-bus": "sim", "parent": world.parent, "name": one["name"],
                **(values or {"ceiling": {"max-version": "v2"}})}

    for op, values in (("dev-new", world.values()), ("dev-set", {"id": device["id"]})):
        knobs(defer, "delay=60000")
        asking = Asking(op, values)
        equal(op, world.rejected("type-set", limit(kind)), (errno.EBUSY, text, "name"))
        for one in (limit(other), limit(other, reset=True)):
            world.client.do("type-set", one)
        sim("operate off")
        equal("result", asking.result(), 0)
    world.client.do("type-set", limit(kind))
    defer(world.client.do, "type-set", limit(kind, reset=True))
    equal("below", shown(world.new())["version"], "v2")


def families(defer):
    """While a provider hangs, another family of generic netlink can be registered"""
    family = next((name for name in FAMILIES if subprocess.run(
        ["modprobe", "-qn", name], check=False, timeout=PATIENCE).returncode == 0
        and not os.path.exists(f"/sys/module/{name}")), None)
    if not family:
        raise Skip("no module with a family that is not loaded")
    world = Provider(defer)
    world.offer()
    knobs(defer, "delay=60000")
    asking = Asking("dev-new", world.values())
    subprocess.run(["modprobe", family], check=True, timeout=PATIENCE)
    defer(subprocess.run, ["rmmod", family], check=False, timeout=PATIENCE)
    world.client.dump("dev-get", {})
    equal("under way", asking.is_alive(), True)
    sim("operate off")
    equal("result", asking.result(), 0)


def too_many(defer):
    """A provider has 64 requests under way at most"""
    world = Provider(defer)
    world.offer(OFFERED)
    knobs(defer, "delay=60000")
    genl = fresh()
    names = [random_name() for _ in range(65)]
    for name in names:
        defer(sim_remove, f"dev del {name}")
    for name in names:
        put(genl, "dev-new", world.values(name=name))
    try:
        list(genl.genl.receive())
        raise AssertionError("65 requests were accepted")
    except OSError as error:
        equal("the last", error.errno, errno.EBUSY)
    sim("operate off")
    wait_for("all others", lambda: len([one for one in world.client.dump("dev-get", {
        "filter": {"parent": world.parent}})]) == 64)


def unload(defer):
    """While a request is under way the provider cannot be unloaded, and unloading does not wait"""
    world = Provider(defer)
    world.offer()
    knobs(defer, "delay=60000")
    asking = Asking("dev-new", world.values())
    unloading = subprocess.run(["rmmod", "vdev_sim"], check=False, capture_output=True,
                               timeout=PATIENCE)
    equal("unloaded", unloading.returncode != 0, True)
    sim("operate off")
    equal("result", asking.result(), 0)


def reset_while_hanging(defer):
    """What is removed otherwise while a request hangs ends the request"""
    world = Provider(defer)
    world.offer()
    device = world.new()
    knobs(defer, "delay=3000")
    asking = Asking("dev-set", {"id": device["id"], "order": {"param": chosen(mtu=70)}})
    sim(f"dev del {device['name']}")
    equal("result", asking.result(), errno.ENODEV)


def killed(defer):
    """A requester that is killed leaves the device, or nothing"""
    world = Provider(defer)
    world.offer(OFFERED, units=100)
    for delay in (0, 1, 3, 10, 30) * 4:
        sim(f"operate delay={delay}")
        values = world.values()
        child = os.fork()
        if not child:
            with contextlib.suppress(OSError):
                fresh().do("dev-new", values)
            os._exit(0)
        time.sleep(delay / 2000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    sim("operate off")
    world.new()
    wait_for("settled", lambda: world.again_type()["capacity"]["available"] ==
             100 - len(world.client.dump("dev-get", {"filter": {"parent": world.parent}})))


def nobody(defer):
    """A user without any capability changes nothing, and reads what is offered"""
    world = Provider(defer)
    kind = world.offer()
    device = world.new()
    as_nobody(lambda: fresh().do("type-get", {"id": kind["id"]}))
    for dry in ({}, {"dry-run": True}):
        values = world.values(**dry)
        as_nobody(lambda values=values: fresh().do("dev-new", values), errno.EPERM)
        for op in ("dev-set", "dev-del"):
            as_nobody(lambda op=op, dry=dry: fresh().do(op, {"id": device["id"], **dry}),
                      errno.EPERM)
    equal("still there", world.again(device)["generation"], device["generation"])


def audited(defer):
    """Every change is in the kernel's log"""
    world = Provider(defer)
    world.offer()
    device = world.new()
    world.client.do("dev-set", {"id": device["id"]})
    world.client.do("dev-del", {"id": device["id"]})
    log = subprocess.run(["dmesg"], check=True, capture_output=True, timeout=60).stdout.decode()
    equal("log", [line.rpartition(": ")[2] for line in log.splitlines()
                  if f"device sim/{device['name']}: " in line],
          [f"{what} by uid 0" for what in ("created", "configured", "removed")])


if __name__ == "__main__":
    sys.exit(run([
        as_the_type_gives, as_it_is_chosen, below_ceiling, named_by_number, configured, removed,
        events, out_of_bounds, malformed, mandatory, without_choice, not_offered, not_there,
        name_is_taken, expected, dry_run, no_capacity, siblings, last_instance, same_name,
        provider_fails, hanging, below_a_ceiling_that_comes, families, too_many, unload,
        reset_while_hanging, killed, nobody, audited]))
