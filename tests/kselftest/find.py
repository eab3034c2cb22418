#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The find operation: all endpoints in the order of their numbers, each judged as by
check; filters, buffers, changes while it runs, and answers that are too long."""

import errno
import os
import random
import signal
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, f"{os.path.dirname(os.path.abspath(__file__))}/lib")

# pylint: disable=wrong-import-position
from genl import NLM_F_DUMP, Rejected
from judged import (World, as_found, client, judgement, kernel, random_name, run, sim,
                    specification)
from ktap import equal
from monitor import Monitor
from tracepoint import Tracepoint

YES = "migration=supported"
# Facts by which targets differ, so that the judgements do.
MIX = ("model=m", "model=n", "model=n,accept=m", "model=m feature=f,provisioned=3",
       "model=m blocker=b,reason=why", "model=m param=p,value=u64:1",
       "model=m software-version=1.2.3", "model=m veto=never", "-migration model=m")
SOURCE = {"migration": "supported", "record": {"model": {"value": "m"}, "feature": [
    {"name": "f", "provisioned": 1}]}}


def mixed(world, count):
    """So many devices and types of all kinds, in any order."""
    words = [f"{YES} {random.choice(MIX)}" for _ in range(count)]
    return [world.type(one) if random.random() < 0.3 else world.device(one) for one in words]


def as_checked(world, source, found):
    """What find says of each is what check says."""
    for one in found:
        equal(f"judgement of {one['id']}", judgement(one), as_found(world.check(source, one)))


def every_endpoint(defer):
    """Devices and types are judged together, in the order of ids, as by check"""
    world = World(defer)
    made = mixed(world, 40)
    found = world.find(SOURCE)
    ids = [one["id"] for one in found]
    equal("order", ids, sorted(set(ids)))
    equal("missing", {one["id"] for one in made} - set(ids), set())
    as_checked(world, SOURCE, found)
    kinds = {one["id"]: "type" if "parent" in one else "device" for one in made}
    equal("kinds", {one["id"]: one["endpoint"] for one in found if one["id"] in kinds}, kinds)
    equal("snapshots", len({one["snapshot"] for one in found}), 1)


def alternating(defer):
    """Equal targets between different ones get the judgements of their own"""
    world = World(defer)
    words = [f"{YES} {MIX[i % 3]}" for i in range(30)] + [f"{YES} {MIX[3]}"] * 5
    made = [world.device(one) for one in words]
    found = {one["id"]: one for one in world.find(SOURCE)}
    for one, facts in zip(made, words):
        equal(facts, judgement(found[one["id"]]), as_found(world.check(SOURCE, one)))


def reported_alone(defer):
    """What is only reported makes no difference to the judgement"""
    world = World(defer)
    made = [world.device(f"{YES} model=m {words}") for words in
            ("", "driver=a", "info=i,value=u64:1", "cost=5 capabilities=p2p")]
    found = {one["id"]: judgement(one) for one in world.find(SOURCE)}
    equal("judgements", [found[one["id"]] for one in made], [found[made[0]["id"]]] * len(made))


def ignored_parameters(defer):
    """Of a parameter that is ignored its name counts, not what it is"""
    world = World(defer)
    made = [world.device(f"{YES} model=m feature=f,provisioned=1 param=p,rule={words}") for words in
            ("ignore,value=string:a", "ignore,value=string:bb,off=string:c", "ignore,value=u64:1",
             "equal,value=string:a", "ignore,value=string:d param=q,rule=ignore,value=u64:1",
             "ignore,value=string:e param=r,rule=ignore,value=u64:1")]
    for name, verdicts in (("p", ["identical"] * 6),
                           ("q", ["incompatible"] * 4 + ["identical", "incompatible"])):
        source = {**SOURCE, "record": {**SOURCE["record"], "param": [
            {"name": name, "value-type": "string", "value": {"string": "a"}}]}}
        found = {one["id"]: one for one in world.find(source)}
        as_checked(world, source, [found[one["id"]] for one in made])
        equal(name, [found[one["id"]]["verdict"] for one in made], verdicts)


def capacity_counts(defer):
    """Targets that differ in their capacity alone are judged by it"""
    world = World(defer)
    made = [world.type(f"{YES} model=m feature=f,supported=1 capacity={state}")
            for state in ("sufficient", "impossible", "busy", "impossible")]
    found = {one["id"]: one for one in world.find(SOURCE)}
    equal("verdicts", [found[one["id"]]["verdict"] for one in made],
          ["identical", "incompatible", "identical", "incompatible"])


def blockers_and_room(defer):
    """Targets whose records are the same differ by what blocks them, and by a lack of room"""
    world = World(defer)
    words = ("", "capacity=impossible", "blocker=b,reason=why", "capacity=busy",
             "blocker=b,reason=why capacity=impossible", "feature=f,negotiated=1",
             "blocker=b,reason=why blocker=a,reason=never,flags=permanent",
             "blocker=a,reason=never,flags=permanent", "blocker=c,reason=who", "")
    verdicts = ["identical", "incompatible", "identical", "identical", "incompatible",
                "identical", "not-migratable", "not-migratable", "identical", "identical"]
    made = [world.type(f"{YES} model=m feature=f,supported=1 {one}") for one in words * 3]
    found = {one["id"]: one for one in world.find(SOURCE)}
    as_checked(world, SOURCE, [found[one["id"]] for one in made])
    equal("verdicts", [found[one["id"]]["verdict"] for one in made], verdicts * 3)
    equal("names", [[finding.get("name") for finding in found[one["id"]].get("finding", [])]
                    for one in made[:10]],
          [[], [None], ["b"], [], ["b", None], [], ["a", "b"], ["a"], ["c"], []])
    wanted = [one["id"] for one in made if found[one["id"]]["verdict"] == "identical"]
    candidates = {one["id"] for one in world.find(SOURCE, at_least="compatible")}
    equal("candidates", [one["id"] for one in made if one["id"] in candidates], wanted)


def contracts_judged(tracepoint, world, source, **conditions):
    """The numbers of the contracts to which a find applies the rules, each time that it does."""
    tracepoint.clear()
    world.find(source, **conditions)
    return [int(one["contract"]) for one in tracepoint.seen()]


def of_one_model(defer):
    """For finds that are to judge nothing else: a world, how it is seen, a model and a source."""
    model = random_name()
    source = {"migration": "supported", "record": {"model": {"value": model}}}
    return World(defer), Tracepoint(defer, "vdev_rules"), model, source


def judged_once(defer):
    """The rules are applied once to what targets share, whatever blocks them and in any order"""
    world, tracepoint, model, source = of_one_model(defer)
    words = ("", " blocker=b,reason=why", " blocker=b,reason=who", " capacity=impossible",
             " blocker=b,reason=why capacity=impossible", ",accept=other",
             " blocker=b,reason=why,flags=permanent", " param=p,value=u64:1")
    many = list(words) * 12
    random.shuffle(many)
    for one in many:
        world.type(f"{YES} model={model}{one}")
    for conditions in {}, {"at_least": "compatible"}:
        judged = contracts_judged(tracepoint, world, source, model=model, **conditions)
        equal(f"contracts, {conditions}", len(set(judged)), len(words))
        equal(f"judged, {conditions}", sorted(judged), sorted(set(judged)))


def contract_stays(defer):
    """A device keeps its contract when a fact changes that is only reported, and only then"""
    world, tracepoint, model, source = of_one_model(defer)
    device = world.device(f"{YES} model={model}")
    seen = []
    for words in ("info=i,value=u64:1", "driver=d capabilities=p2p", "cost=5",
                  "blocker=b,reason=why", "param=p,value=u64:1"):
        seen += contracts_judged(tracepoint, world, source, model=model)
        world.set(device, words)
    seen += contracts_judged(tracepoint, world, source, model=model)
    equal("contracts", [seen.index(one) for one in seen], [0, 0, 0, 0, 4, 5])


def many_contracts(defer):
    """Targets of many contracts in turn get the judgements of their own, in every buffer"""
    world = World(defer)
    made = [world.device(f"{YES} model=m param=p,value=u64:{i % 90}") for i in range(360)]
    found = {one["id"]: one for one in world.find(SOURCE)}
    for i, one in enumerate(made):
        equal(f"values of {i}", [finding["target"] for finding in found[one["id"]]["finding"]
                                 if finding["field"] == "param"], [{"u64": i % 90}])
    as_checked(world, SOURCE, [found[one["id"]] for one in made[:90]])


def counted(world):
    """How many verdicts there were, and how many vetoes of the simulator."""
    stats = world.client.do("stats-get", {})
    sim_stats = next(one for one in stats["provider"] if one["name"] == "vdev_sim")
    return stats["verdicts"], sim_stats["vetoes"]


def veto_counts(defer):
    """Of equal targets, those that their driver rejects are reported as rejected"""
    world = World(defer)
    made = [world.device(f"{YES} model=m feature=f,provisioned=1 {words}")
            for words in ("", "veto=a", "", "veto=b", "veto=of%20others,model=n", "")]
    before = counted(world)
    found = {one["id"]: one for one in world.find(SOURCE)}
    after = counted(world)
    equal("verdicts", [found[one["id"]]["verdict"] for one in made],
          ["identical", "incompatible", "identical", "incompatible", "identical", "identical"])
    equal("counted", [after[0] - before[0], after[1] - before[1]], [len(found), 2])
    equal("reasons", [found[one["id"]].get("finding", [{}])[-1].get("reason") for one in made],
          [None, "a", None, "b", None, None])


def veto_asked_alone(defer):
    """Of targets that share a contract, all of which their driver rejects, the rules judge one"""
    world, tracepoint, model, source = of_one_model(defer)
    made = [world.device(f"{YES} model={model} veto=no{i}") for i in range(40)]
    equal("judged", len(contracts_judged(tracepoint, world, source, model=model)), 1)
    found = {one["id"]: one for one in world.find(source, model=model)}
    as_checked(world, source, [found[one["id"]] for one in made])
    equal("verdicts", [found[one["id"]]["verdict"] for one in made], ["incompatible"] * 40)
    equal("reasons", [found[one["id"]]["finding"][-1]["reason"] for one in made],
          [f"no{i}" for i in range(40)])
    equal("candidates", world.find(source, model=model, at_least="compatible"), [])


def profile_counts(defer):
    """Of targets that report the same, those that have a profile are judged by it"""
    world = World(defer)
    drivers = [random_name(), random_name()]
    made = [world.device(f"driver={drivers[i % 2]}") for i in range(6)]
    world.client.do("profile-set", {
        "name": drivers[0], "driver": drivers[0], "migration": "supported",
        "record": {"model": {"value": "m"}}})
    defer(world.client.do, "profile-del", {"name": drivers[0]})
    found = {one["id"]: one["verdict"] for one in world.find(SOURCE)}
    equal("verdicts", [found[one["id"]] for one in made], ["incompatible", "undeclared"] * 3)


def kind_counts(defer):
    """A device and a type of the same facts are judged as what they are"""
    world = World(defer)
    words = f"{YES} param=p,flags=configurable,value=u64:1"
    made = [make(words) for make in (world.device, world.type, world.device, world.type)]
    source = {"migration": "supported", "record": {"param": [
        {"name": "p", "value-type": "u64", "value": {"u64": 2}}]}}
    found = {one["id"]: one for one in world.find(source)}
    equal("verdicts", [found[one["id"]]["verdict"] for one in made],
          ["incompatible", "compatible"] * 2)


def local_source(defer):
    """A source of this host is found, as identical to itself"""
    world = World(defer)
    for source in (world.device(f"{YES} model=m"), world.type(f"{YES} model=m")):
        found = {one["id"]: one for one in world.find({"id": source["id"]})}
        equal("verdict", found[source["id"]]["verdict"], "identical")


def filters(defer):
    """Each condition holds for what is found, and nothing else is"""
    world = World(defer)
    parent = random_name()
    sim(f"parent add {parent} plain")
    defer(sim, f"parent del {parent}")
    sim(f"type add {parent} t {YES} type={parent} model={parent} device-api={parent}")
    for i in range(3):
        sim(f"dev add {parent}{i} parent={parent} type=t")
        defer(sim, f"dev del {parent}{i}")
    sim(f"dev set {parent}0 blocker=b,reason=x")
    everything = world.find(SOURCE)
    for condition in ("type", "model", "device_api", "parent"):
        equal(condition, len(world.find(SOURCE, **{condition: parent})), 4)
        equal(f"{condition} and device",
              len(world.find(SOURCE, endpoint="device", **{condition: parent})), 3)
        equal(f"{condition} and type",
              [one["name"] for one in world.find(SOURCE, endpoint="type",
                                                 **{condition: parent})], ["t"])
    equal("migratable", len(world.find(SOURCE, migratable=True, parent=parent)), 3)
    for kind in ("device", "type"):
        equal(kind, [one["id"] for one in world.find(SOURCE, endpoint=kind)],
              [one["id"] for one in everything if one["endpoint"] == kind])
    before = everything[0]["snapshot"]
    since = {"since": before, "instance": everything[0]["instance"]}
    equal("since", world.find(SOURCE, **since), [])
    sim(f"dev set {parent}1 driver=x")
    equal("since", [one["name"] for one in world.find(SOURCE, **since)], [f"{parent}1"])


def at_least(defer):
    """Only targets whose verdict is good enough are reported, each as without the condition"""
    world = World(defer)
    mixed(world, 60)
    for _ in range(3):
        world.device(f"{YES} model=m feature=f,provisioned=1 veto=no")
        world.device(f"{YES} model=m feature=f,provisioned=1")
        world.device("model=m")
        world.device(f"{YES} model=n")
    everything = [judgement(one) | {"id": one["id"]} for one in world.find(SOURCE)]
    verdicts = ("identical", "compatible", "undeclared", "incompatible", "not-migratable")
    equal("all verdicts", {one["verdict"] for one in everything} >= {"identical", "undeclared",
                                                                  "incompatible"}, True)
    for worst, verdict in enumerate(verdicts):
        wanted = [one for one in everything if verdicts.index(one["verdict"]) <= worst]
        equal(verdict, [judgement(one) | {"id": one["id"]}
                        for one in world.find(SOURCE, at_least=verdict)], wanted)
    before = counted(world)[0]
    equal("none", world.find({"migration": "unsupported", "record": {}}, at_least="undeclared"), [])
    equal("counted", counted(world)[0], before)


def not_a_dump(defer):
    """Without the flag of a dump, find says that it is one"""
    world = World(defer)
    rejection, _ = world.client.where("find", {"source": SOURCE})
    equal("rejection", (rejection.errno, rejection.text), (errno.EOPNOTSUPP, "find is a dump"))


def verdict_of_get(defer):
    """Who does not judge has no verdicts to choose from"""
    world = World(defer)
    for op in ("dev-get", "type-get"):
        values = {"filter": {"at-least": "compatible"}}
        rejection, path = world.client.where(op, values, NLM_F_DUMP)
        equal("errno", rejection.errno, errno.EINVAL)
        # On 6.1 the start of a dump cannot say more.
        if kernel() >= (6, 12):
            equal("where", (rejection.text, path), ("a verdict is for a find", "filter/at-least"))


def filter_of_get(defer):
    """The condition of what an endpoint is holds in the other dumps, too"""
    world = World(defer)
    device = world.device()
    for op, kind, other in (("dev-get", "device", "type"), ("type-get", "type", "device")):
        everything = world.client.dump(op, {})
        equal(op, world.client.dump(op, {"filter": {"endpoint": kind}}), everything)
        equal(op, world.client.dump(op, {"filter": {"endpoint": other}}), [])
    equal("device", device["name"] in [one["name"] for one in world.client.dump(
        "dev-get", {"filter": {"endpoint": "device"}})], True)


def by_buffers(asking, source):
    """A dump, buffer by buffer."""
    asking.genl.send(asking.family, asking.words.spec.commands["find"], NLM_F_DUMP,
                     asking.words.nest("vdev", {"source": source}))
    asking.genl.interrupted = False
    while True:
        buffer = list(asking.genl.receive())
        yield [asking.words.mapping("vdev", one) for one in buffer if one is not None]
        if None in buffer:
            return


def resumed(defer):
    """A reader with little room gets every answer once, in many buffers"""
    world = World(defer)
    made = [one["id"] for words in MIX[:4] for one in world.device(f"{YES} {words}", count=150)]
    wanted = {one["id"]: judgement(one) for one in world.find(SOURCE)}
    slow = client(receive_buffer=2048)
    buffers = list(by_buffers(slow, SOURCE))
    found = [one for buffer in buffers for one in buffer]
    equal("interrupted", slow.genl.interrupted, False)
    equal("all", {one["id"]: judgement(one) for one in found}, wanted)
    equal("once", len(found), len(wanted))
    equal("many buffers", len(buffers) > 1 and len(made) == 600, True)


def changed_between(defer):
    """A change between two buffers marks the dump, and it still goes on by id"""
    world = World(defer)
    made = world.device(f"{YES} model=m", count=800)
    asking = client()
    dump = by_buffers(asking, SOURCE)
    found = next(dump)
    sim(f"dev set {made[0]['name']} driver=changed")
    found += [one for buffer in dump for one in buffer]
    equal("interrupted", asking.genl.interrupted, True)
    ids = [one["id"] for one in found]
    equal("order", ids, sorted(set(ids)))
    equal("missing", {one["id"] for one in made} - set(ids), set())


def changed_target(defer):
    """A target that changes between two buffers is judged as it is then"""
    world = World(defer)
    made = world.device(f"{YES} model=m", count=800)
    dump = by_buffers(client(), SOURCE)
    next(dump)
    world.set(made[-1], "model=other")
    last = [one for buffer in dump for one in buffer if one["id"] == made[-1]["id"]]
    equal("verdict", [one["verdict"] for one in last], ["incompatible"])


def source_goes(defer):
    """A local source is read once: it can change, or go, while the dump runs"""
    world = World(defer)
    made = world.device(f"{YES} model=m", count=800)
    for command in ("dev set {} model=other", "dev del {}"):
        source = world.device(f"{YES} model=m")
        dump = by_buffers(client(), {"id": source["id"]})
        next(dump)
        sim(command.format(source["name"]))
        last = [one for buffer in dump for one in buffer if one["id"] == made[-1]["id"]]
        equal(command, [one["verdict"] for one in last], ["identical"])


def abandoned(defer):
    """A dump can be left at any time, and the next one is whole"""
    world = World(defer)
    made = world.device(f"{YES} model=m", count=800)
    for source in (SOURCE, {"id": made[0]["id"]}):
        for _ in range(20):
            dump = by_buffers(client(), source)
            next(dump)
            dump.close()
    equal("rest", len(world.find(SOURCE)) >= 800, True)


def without_source(defer):
    """What is wrong with a source rejects the dump before its first answer"""
    world = World(defer)
    for source, error, words in (
            ({"id": 2**31 - 1}, errno.ENODEV, "no such source"),
            ({"id": 1, "record": {}}, errno.EINVAL, "a source has a name or a record, not both"),
            ({"record": {"model": {"value": ""}}}, errno.EINVAL, "model: string is empty")):
        try:
            world.find(source)
        except Rejected as rejection:
            equal("errno", rejection.errno, error)
            # Before 6.12 the errno comes alone.
            if kernel() >= (6, 12):
                equal("words", rejection.text, words)
        else:
            raise AssertionError(f"{source} was not rejected")


def largest_answer(defer):
    """The largest answer, of two of the largest endpoints, is reported whole"""
    world = World(defer)
    words = " ".join(f"feature=t{i},provisioned={'f' * 4096},required={'f' * 4096}"
                     for i in range(5))
    target = world.device(f"{YES} {words}")
    source = {"migration": "supported", "record": {"feature": [
        {"name": f"s{i}", "provisioned": 2**16384 - 1} for i in range(11)]}}
    before = world.device()
    found = {one["id"]: judgement(one) for one in world.find(source)}
    equal("targets", set(found), {target["id"], before["id"]})
    equal("answer", found[target["id"]], as_found(world.check(source, target)))


def alternate(source, models, steps):
    """The child: change the model of the source again and again."""
    for i in range(steps):
        sim(f"dev set {source['name']} model={models[i % 2]}")


def moving_source(defer):
    """A source of this host that changes is judged as it was at the generation that is named, or
    the search is marked"""
    world, models = World(defer), ("n", "m")
    source, target = world.device(f"{YES} model=m"), world.device(f"{YES} model=m")
    local = {"id": source["id"]}
    verdicts = {}
    for model in models:
        world.set(source, f"model={model}")
        verdicts[model] = world.check(local, target)["verdict"]
    assert verdicts["m"] != verdicts["n"], verdicts
    monitor = Monitor(specification())
    defer(monitor.close)
    child = os.fork()
    if not child:
        try:
            alternate(source, models, 2000)
        finally:
            os._exit(0)
    seen = []
    for _ in range(150):
        found = {one["id"]: one for one in world.find(local, bus="sim")}
        if not world.client.genl.interrupted:
            seen.append((found[target["id"]]["snapshot"], found[target["id"]]["verdict"]))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    reported = [(one["generation"], one["record"]["model"]["value"]) for _, one in monitor.waiting()]
    reported.insert(0, (0, "m"))
    for snapshot, verdict in seen:
        model = [model for generation, model in reported if generation <= snapshot][-1]
        equal(f"verdict at {snapshot}, when the model was {model}", verdict, verdicts[model])
    equal("verdicts that were seen", {verdict for _, verdict in seen}, set(verdicts.values()))


def large_answers(defer):
    """Answers that share no buffer are reported one by one"""
    world = World(defer)
    targets = [world.device(f"{YES} driver=d{i}") for i in range(3)]
    source = {"migration": "supported", "record": {"feature": [
        {"name": f"s{i}", "provisioned": 2**16384 - 1} for i in range(11)]}}
    found = {one["id"]: one for one in world.find(source)}
    for target in targets:
        equal("findings", len(found[target["id"]]["finding"]), 11)


if __name__ == "__main__":
    sys.exit(run([
        every_endpoint, alternating, reported_alone, ignored_parameters, capacity_counts,
        blockers_and_room, judged_once, contract_stays, many_contracts,
        veto_counts, veto_asked_alone, profile_counts, kind_counts, local_source, filters, at_least, not_a_dump,
        verdict_of_get, filter_of_get, resumed, changed_between, changed_target, source_goes,
        abandoned, without_source, moving_source, largest_answer, large_answers]))
