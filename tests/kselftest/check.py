#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""What the running kernel finds when it judges: every code of the specification, in
the case that it is for, with all that a finding reports. The source is one of this
host, and then the same as a record that came from another one; find must say the
same of the same two, without what is ok."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from judged import World, as_found, judgement, random_name, run, sim
from ktap import Skip, equal

YES = "migration=supported"


def text(value):
    return {"string": value}


def finding(field, result, code, **more):
    return {"field": field, "result": result, "code": code, **more}


def judged(defer, source, target):
    """The answer to a check of two simulated endpoints; a type is marked by "type:". Asked
    for in each way, it must be the same."""
    world = World(defer)
    source, target = (world.type(words[5:]) if words.startswith("type:") else world.device(words)
                      for words in (source, target))
    answer = world.check({"id": source["id"]}, target)
    equal("of a record", judgement(world.check(world.declaration(source), target)),
          judgement(answer))
    found = [one for one in world.find({"id": source["id"]}) if one["id"] == target["id"]]
    equal("found", [judgement(one) for one in found], [as_found(answer)])
    equal("endpoint", answer["endpoint"], "type" if "parent" in target else "device")
    for key in ("id", "bus", "name", "parent-bus", "parent", "capacity", "generation"):
        equal(key, answer.get(key), target.get(key))
    return answer


# A code: the source, the target, the verdict, and all findings of the field.
OF_CODES = {
    "same": (
        f"{YES} model=m", f"{YES} model=m", "identical",
        [finding("model", "ok", "same", rule="one-of", source=text("m"), target=text("m"))]),
    "accepted": (
        f"{YES} model=m", f"{YES} model=n,accept=k,accept=m", "compatible",
        [finding("model", "ok", "accepted", rule="one-of", source=text("m"), target=text("n"))]),
    "ignored": (
        f"{YES} type=a", f"{YES} type=b,rule=ignore", "identical",
        [finding("type", "skipped", "ignored", rule="ignore", source=text("a"),
                 target=text("b"))]),
    "not-in-effect": (
        f"{YES} param=p,value=u64:0,off=u64:0", f"{YES}", "identical",
        [finding("param", "skipped", "not-in-effect", name="p", source={"u64": 0})]),
    "other-model": (
        f"{YES} model=m param=p,value=u64:1", f"{YES} model=n", "incompatible",
        [finding("param", "skipped", "other-model")]),
    "not-reported": (
        f"{YES} device-api=vfio-pci", "driver=x", "undeclared",
        [finding("device-api", "note", "not-reported", source=text("vfio-pci"))]),
    "missing": (
        f"{YES} device-api=vfio-pci", f"{YES}", "incompatible",
        [finding("device-api", "fail", "missing", source=text("vfio-pci"))]),
    "source-undeclared": (
        "driver=x", f"{YES}", "undeclared",
        [finding("migration", "note", "source-undeclared")]),
    "target-undeclared": (
        f"{YES}", "type:driver=x", "undeclared",
        [finding("migration", "note", "target-undeclared")]),
    "source-unsupported": (
        "migration=unsupported", f"{YES}", "not-migratable",
        [finding("migration", "fail", "source-unsupported")]),
    "target-unsupported": (
        f"{YES}", "migration=unsupported", "not-migratable",
        [finding("migration", "fail", "target-unsupported")]),
    "source-blocked": (
        f"{YES} blocker=b,reason=why,flags=permanent blocker=a,reason=%e2%82%ac", f"{YES}",
        "not-migratable",
        [finding("blocker", "note", "source-blocked", name="a", reason="€"),
         finding("blocker", "fail", "source-blocked", name="b", reason="why")]),
    "target-blocked": (
        f"{YES}", f"{YES} blocker=b,reason=why", "identical",
        [finding("blocker", "note", "target-blocked", name="b", reason="why")]),
    "device-api": (
        f"{YES} device-api=vfio-pci", f"{YES} device-api=vfio-ap", "incompatible",
        [finding("device-api", "fail", "device-api", rule="equal", source=text("vfio-pci"),
                 target=text("vfio-ap"))]),
    "model": (
        f"{YES} model=m", f"{YES} model=M,accept=mb", "incompatible",
        [finding("model", "fail", "model", rule="one-of", source=text("m"), target=text("M"))]),
    "type": (
        f"{YES} type=a", f"{YES} type=b", "incompatible",
        [finding("type", "fail", "type", rule="equal", source=text("a"), target=text("b"))]),
    "version-differs": (
        f"{YES} software-version=1.2.3", f"{YES} software-version=1.2.4,rule=equal",
        "incompatible",
        [finding("software-version", "fail", "version-differs", rule="equal",
                 source=text("1.2.3"), target=text("1.2.4"))]),
    "version-major": (
        f"{YES} software-version=1.9.0", f"{YES} software-version=2.0.0", "incompatible",
        [finding("software-version", "fail", "version-major", rule="semver",
                 source=text("1.9.0"), target=text("2.0.0"))]),
    "version-minor": (
        f"{YES} software-version=1.9.0", f"{YES} software-version=1.8.9", "incompatible",
        [finding("software-version", "fail", "version-minor", rule="semver",
                 source=text("1.9.0"), target=text("1.8.9"))]),
    "version-range": (
        f"{YES} software-version=2.0.5",
        f"{YES} software-version=2.1.0,rule=range,accept=2.0.2-2.0.4", "incompatible",
        [finding("software-version", "fail", "version-range", rule="range",
                 source=text("2.0.5"), target=text("2.1.0"))]),
    "version-not-accepted": (
        f"{YES} version=v2,flags=current", f"{YES} version=v1,flags=accept+current",
        "incompatible",
        [finding("version", "fail", "version-not-accepted", rule="one-of", source=text("v2"),
                 target=text("v1"))]),
    "feature-missing": (
        f"{YES} feature=f,supported=ff,provisioned=8000000000000007/128",
        f"{YES} feature=f,supported=ff,provisioned=1", "incompatible",
        [finding("feature", "fail", "feature-missing", name="f", rule="subset",
                 missing=0x8000000000000006)]),
    "feature-required": (
        f"{YES} feature=f,provisioned=1", f"{YES} feature=f,provisioned=7,required=2",
        "incompatible",
        [finding("feature", "fail", "feature-required", name="f", rule="subset", unmet=2)]),
    "feature-differs": (
        f"{YES} feature=f,provisioned=5", f"{YES} feature=f,rule=equal,provisioned=6",
        "incompatible",
        [finding("feature", "fail", "feature-differs", name="f", rule="equal", missing=1,
                 unmet=2)]),
    "value-type-differs": (
        f"{YES} param=p,value=u64:1", f"{YES} param=p,value=bool:true", "incompatible",
        [finding("param", "fail", "value-type-differs", name="p", rule="equal", source={"u64": 1},
                 target={"bool": 1})]),
    "value-differs": (
        f"{YES} param=p,value=string:a", f"{YES} param=p,value=string:b", "incompatible",
        [finding("param", "fail", "value-differs", name="p", rule="equal", source=text("a"),
                 target=text("b"))]),
    "value-not-allowed": (
        f"{YES} param=p,value=u64:67",
        f"type:{YES} param=p,rule=range,flags=configurable,value=u64:1500,allow=u64:68-9000",
        "incompatible",
        [finding("param", "fail", "value-not-allowed", name="p", rule="range",
                 source={"u64": 67}, target={"u64": 1500})]),
    "too-small": (
        f"{YES} param=p,value=u64:8", f"{YES} param=p,rule=at-least,value=u64:7",
        "incompatible",
        [finding("param", "fail", "too-small", name="p", rule="at-least", source={"u64": 8},
                 target={"u64": 7})]),
    "too-large": (
        f"{YES} param=p,value=u64:7", f"{YES} param=p,rule=at-most,value=u64:8",
        "incompatible",
        [finding("param", "fail", "too-large", name="p", rule="at-most", source={"u64": 7},
                 target={"u64": 8})]),
    "param-unknown": (
        f"{YES} param=p,value=bool:true", f"{YES}", "incompatible",
        [finding("param", "fail", "param-unknown", name="p", source={"bool": 1})]),
    "aggregation-base": (
        f"{YES} aggregation=a,units=1,count=1", f"{YES} aggregation=b,units=1,count=1",
        "incompatible",
        [finding("aggregation", "fail", "aggregation-base", rule="equal", source=text("1x1"),
                 target=text("1x1"))]),
    "aggregation-total": (
        f"{YES} aggregation=a,units=30,count=1", f"{YES} aggregation=a,units=15,count=1",
        "incompatible",
        [finding("aggregation", "fail", "aggregation-total", rule="equal", source=text("1x30"),
                 target=text("1x15"))]),
    "aggregation-split": (
        f"{YES} aggregation=a,units=30,count=1", f"{YES} aggregation=a,units=15,count=2",
        "incompatible",
        [finding("aggregation", "fail", "aggregation-split", rule="equal", source=text("1x30"),
                 target=text("2x15"))]),
    "aggregation-limit": (
        f"{YES} aggregation=a,units=1,count=9",
        f"type:{YES} aggregation=a,units=1,count=1,limit=8", "incompatible",
        [finding("aggregation", "fail", "aggregation-limit", rule="equal", source=text("9x1"),
                 target=text("1x1"))]),
    "resource-impossible": (
        f"{YES}", f"type:{YES} capacity=impossible", "incompatible",
        [finding("capacity", "fail", "resource-impossible")]),
    "no-dirty-tracking": (
        f"{YES} device-api=vfio-pci capabilities=stop-copy", f"{YES} device-api=vfio-pci",
        "identical",
        [finding("migration", "ok", "same"), finding("migration", "note", "no-dirty-tracking")]),
    "driver-veto": (
        f"{YES} model=m", f"{YES} model=m veto=firmware%201.2%20%c3%a4", "incompatible",
        [finding("veto", "fail", "driver-veto", reason="firmware 1.2 ä")]),
}


def of_code(code):
    """The case of one code, whose name is what the specification says of it."""
    source, target, verdict, findings = OF_CODES[code]

    def case(defer):
        answer = judged(defer, source, target)
        equal("verdict", answer["verdict"], verdict)
        equal("findings", [one for one in answer["finding"]
                           if one["field"] == findings[0]["field"]], findings)
        equal("code", code in {one["code"] for one in findings}, True)

    case.__name__ = code
    case.__doc__ = f"{code} is found where it is due"
    return case


def source_unknown(defer):
    """source-unknown is found where it is due"""
    world = World(defer)
    target = world.device(f"{YES} model=m")
    source = {**world.declaration(target), "unknown": ["record.newer"]}
    answer = world.check(source, target)
    equal("verdict", answer["verdict"], "undeclared")
    equal("findings", [one for one in answer["finding"] if one["field"] == "unknown"],
          [finding("unknown", "note", "source-unknown", name="record.newer")])
    found = [one for one in world.find(source) if one["id"] == target["id"]]
    equal("found", [judgement(one) for one in found], [as_found(answer)])


def vdevctl(*args):
    done = subprocess.run(["vdevctl", *args], check=False, capture_output=True, text=True)
    return done.stdout


def target_unknown(defer):
    """target-unknown is found where it is due: offline, in what was exported"""
    if not shutil.which("vdevctl"):
        raise Skip("needs vdevctl")
    name = f"sim/{World(defer).device(f'{YES} model=m')['name']}"
    source = vdevctl("dev", "export", name)
    target = json.loads(source)
    target["endpoints"][0]["record"]["newer"] = 1
    folder = tempfile.mkdtemp()
    defer(shutil.rmtree, folder)
    files = []
    for text in (source, json.dumps(target)):
        files.append(f"{folder}/{len(files)}.json")
        with open(files[-1], "w", encoding="utf-8") as file:
            file.write(text)
    answer, = json.loads(vdevctl("-j", "check", *files, "--offline"))["check"]
    equal("verdict", answer["verdict"], "undeclared")
    equal("findings", [(one["result"], one["code"], one["name"]) for one in answer["findings"]
                       if one["field"] == "unknown"],
          [("note", "target-unknown", "record.newer")])


def ceiling(defer):
    """ceiling is found where it is due"""
    world = World(defer)
    kind = world.type(f"{YES} version=v1,flags=create+accept "
                      "version=v2,flags=create+accept+default")
    source = world.device(f"{YES} version=v2,flags=accept+current")
    key = {part: kind[part] for part in ("parent-bus", "parent", "name")}
    limited = world.client.do("type-set", {**key, "ceiling": {"max-version": "v1"}})
    defer(world.client.do, "type-set", {**key, "reset": True})
    answer = world.check({"id": source["id"]}, limited)
    equal("verdict", answer["verdict"], "incompatible")
    equal("findings", [(one["result"], one["code"]) for one in answer["finding"]
                       if one["field"] == "version"], [("fail", "ceiling")])


# No facts of two simulated endpoints lead to these.
OTHER_CODES = {"source-unknown": source_unknown, "target-unknown": target_unknown,
               "ceiling": ceiling}


def every_code(defer):
    """Each code of the specification has a case"""
    codes = set(World(defer).client.words.enums["code"])
    equal("codes", sorted({**OF_CODES, **OTHER_CODES}), sorted(codes))


def of_itself(defer):
    """An endpoint with all facts is identical to itself, and has a finding for each"""
    world = World(defer)
    device = world.device(
        f"{YES} device-api=a model=m type=t software-version=1.2.3 version=v,flags=accept+current "
        "feature=f,provisioned=1 param=p,value=u64:1 aggregation=a,units=1,count=2")
    answer = world.check({"id": device["id"]}, device)
    equal("verdict", answer["verdict"], "identical")
    equal("codes", {one["code"] for one in answer["finding"]}, {"same"})
    equal("fields", [one["field"] for one in answer["finding"]],
          ["migration", "device-api", "model", "type", "software-version", "version", "feature",
           "param", "aggregation"])
    equal("rank", answer["rank"], {"preference": 0, "same-version": True, "bugfix": 3,
                                   "surplus": 0})


def in_order(defer):
    """Findings are in the order of fields and names, whatever the order of the lists"""
    answer = judged(
        defer, f"{YES} param=b,value=u64:1 param=a,value=u64:1 feature=z,provisioned=1 "
        "feature=y,provisioned=1 blocker=n,reason=x blocker=m,reason=x",
        f"{YES} param=c,value=u64:1 param=a,value=u64:1 feature=y,provisioned=3 "
        "blocker=l,reason=x capacity=impossible")
    equal("order", [(one["field"], one.get("name")) for one in answer["finding"]],
          [("migration", None), ("blocker", "m"), ("blocker", "n"), ("blocker", "l"),
           ("feature", "y"), ("feature", "z"), ("param", "a"), ("param", "b"), ("param", "c"),
           ("capacity", None)])
    equal("surplus", answer["rank"]["surplus"], 1)


def preference(defer):
    """The rank reports the place of the source's model among those accepted"""
    answer = judged(defer, f"{YES} model=m software-version=1.2.9",
                    f"{YES} model=n,accept=k,accept=m software-version=1.3.4")
    equal("rank", answer["rank"], {"preference": 2, "bugfix": 4, "surplus": 0})


def direction(defer):
    """That A can be loaded into B says nothing about B into A"""
    old, new = f"{YES} software-version=1.1.0", f"{YES} software-version=1.2.0"
    equal("up", judged(defer, old, new)["verdict"], "compatible")
    equal("down", judged(defer, new, old)["verdict"], "incompatible")


def busy(defer):
    """A type that has no room now is compatible, and its capacity is reported"""
    answer = judged(defer, f"{YES}", f"type:{YES} capacity=busy,available=0,limit=4")
    equal("verdict", answer["verdict"], "identical")
    equal("capacity", answer["capacity"], {"state": "busy", "available": 0, "limit": 4})


# A domain of the source, the room of the target, the verdict, and what is missing.
MATRIX = [(4, "sufficient", "compatible", None), (15, "busy", "compatible", None),
          (16, "sufficient", "incompatible", 1 << 16), (16, "busy", "incompatible", 1 << 16),
          (4, "impossible", "incompatible", None)]


def matrix(defer):
    """Of a vfio-ap matrix a domain that does not exist rejects, and one that is in use passes"""
    world = World(defer)
    parent, name = random_name(), "vfio_ap-passthrough"
    sim(f"parent add {parent} vfio-ap")
    defer(sim, f"parent del {parent}")
    for domain, room, verdict, missing in MATRIX:
        sim(f"type set {parent} {name} {YES} capacity={room}")
        target = world.client.do("type-get", {"parent-bus": "sim", "parent": parent, "name": name})
        source = world.device(f"{YES} device-api=vfio-ap type={name} "
                              "feature=adapters,provisioned=200/256 "
                              f"feature=domains,provisioned={1 << domain:x}/256")
        answer = world.check({"id": source["id"]}, target)
        equal("verdict", (domain, room, answer["verdict"]), (domain, room, verdict))
        equal("capacity", answer["capacity"]["state"], room)
        equal("missing", [one.get("missing") for one in answer["finding"]
                          if one.get("name") == "domains"], [missing])


def given_features(defer):
    """Of a device what it was given counts, of a type what can be given, and silence offers none"""
    given = f"{YES} feature=f,provisioned=200"
    could = f"{YES} feature=f,supported=200"
    both = f"{YES} feature=f,provisioned=2,supported=200"
    for source, target, code in ((given, could, "feature-missing"),
                                 (given, both, "feature-missing"),
                                 (could, both, "feature-missing"), (could, given, "same")):
        answer = judged(defer, source, target)
        equal(f"{source} to {target}", answer["finding"][1]["code"], code)
    world = World(defer)
    answer = world.check({"id": world.device(given)["id"]}, world.type(both))
    equal("to a type", answer["finding"][1]["code"], "accepted")


def ignored_values(defer):
    """Of parameters that are ignored the values of both operands are reported"""
    answer = judged(defer, f"{YES} param=p,value=u64:1 param=q,value=string:a",
                    f"{YES} param=q,rule=ignore,off=string:b param=p,rule=ignore,value=u64:2")
    equal("findings", [one for one in answer["finding"] if one["field"] == "param"], [
        finding("param", "skipped", "ignored", name="p", rule="ignore", source={"u64": 1},
                target={"u64": 2}),
        finding("param", "skipped", "ignored", name="q", rule="ignore", source=text("a"))])


def veto_of_model(defer):
    """A veto gets the source's record"""
    target = f"{YES} model=n,accept=m,accept=o veto=not%20from%20m,model=m"
    equal("m", judged(defer, f"{YES} model=m", target)["verdict"], "incompatible")
    equal("o", judged(defer, f"{YES} model=o", target)["verdict"], "compatible")


def veto_last(defer):
    """A driver is not asked where a rule rejects already"""
    answer = judged(defer, f"{YES} model=m", f"{YES} model=n veto=never%20heard")
    equal("codes", [one["code"] for one in answer["finding"]], ["same", "model"])


def veto_of_the_undeclared(defer):
    """A driver that declares nothing can still reject"""
    answer = judged(defer, f"{YES}", "driver=x veto=no")
    equal("verdict", answer["verdict"], "incompatible")


def veto_without_words(defer):
    """A reason that is no text, none or too long is replaced or cut"""
    for words, reason in (("", "the driver gives no reason"),
                          ("%ff", "the driver gives no reason"),
                          ("a%0ab", "the driver gives no reason"),
                          ("x" * 300, "x" * 255)):
        answer = judged(defer, YES, f"{YES} veto={words}")
        equal(f"reason {words[:5]}", answer["finding"][-1].get("reason"), reason)


def veto_changes(defer):
    """A veto that comes or goes changes the next answer"""
    world = World(defer)
    source, target = world.device(), world.device()
    for words, verdict in (("veto=now", "incompatible"), ("-veto", "identical"),
                           ("veto=again", "incompatible")):
        world.set(target, words)
        equal(words, world.check({"id": source["id"]}, target)["verdict"], verdict)


if __name__ == "__main__":
    sys.exit(run([of_code(code) for code in OF_CODES] + [
        *OTHER_CODES.values(), every_code, of_itself, in_order, preference, direction, busy, matrix,
        given_features, ignored_values, veto_of_model, veto_last, veto_of_the_undeclared,
        veto_without_words, veto_changes]))
