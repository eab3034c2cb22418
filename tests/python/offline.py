# SPDX-License-Identifier: GPL-2.0
"""What the package says of the golden documents is what vdevctl says, byte for byte or number
for number."""

import json
import pathlib
import subprocess

import said
import vdev

FILES = pathlib.Path(__file__).resolve().parents[1] / "golden/files"
FLEETS = ([f"fleet-{number}.json" for number in range(1, 5)],
          [f"host-{number}.json" for number in range(1, 5)],
          ["source.json", "worse.json", "host-1.json", "several.json"],
          ["source.json", "words.json", "ceiling-target.json", "ceiling-source.json"])


class Tool:
    def __init__(self, path):
        self.path = path

    def run(self, *arguments, data=b""):
        return subprocess.run([self.path, *arguments], cwd=FILES, input=data, check=False,
                              capture_output=True)

    def json(self, *arguments):
        return json.loads(self.run("-j", *arguments).stdout)


def load(name):
    return vdev.Document.parse((FILES / name).read_bytes())


def label(name):
    return name if name.endswith(".json") else f"./{name}"


def documents():
    """All that are no damaged ones."""
    for path in [*sorted(FILES.glob("*.json")), FILES / "tokens", FILES / "named-tokens"]:
        try:
            document = load(path.name)
        except vdev.Malformed:
            continue
        if not document.rejected and document.endpoints:
            yield path.name, document


def difference(mine, theirs):
    return "" if mine == theirs else f"{mine}\nvdevctl: {theirs}"


def check_forms(tap, tool):
    """Each document is written in each form."""
    problems, number = [], 0
    forms = ((["--no-host"], {"host": False}), ([], {}), (["--libvirt"], {"form": "libvirt"}),
             (["--traits"], {"form": "traits"}), (["--token"], {"form": "token"}))
    for name, document in documents():
        for options, arguments in forms:
            number += 1
            theirs = tool.run("record", "convert", label(name), *options).stdout.decode()
            mine = document.write(**arguments)
            if "form" not in arguments:
                mine, theirs = json.loads(mine), json.loads(theirs)
            if mine != theirs:
                problems.append(f"{name} {options}: {mine}\nvdevctl: {theirs}")
        again = vdev.Document.parse(document.write(pretty=True))
        if again.write() != document.write():
            problems.append(f"{name}: is not the same when it is read again")
    tap.result("documents are written as by vdevctl",
               "\n".join(problems) or ("" if number > 100 else f"only {number}"))


def check_records(tap, tool):
    """All that is known of each endpoint."""
    problems, number = [], 0
    for name, document in documents():
        if document.unknown:
            continue
        shown = tool.json("record", "show", label(name))["endpoints"]
        for mine, theirs in zip(map(said.exported, document.endpoints), shown, strict=True):
            number += 1
            problems.append(difference(mine, theirs))
    tap.result("records are those of vdevctl",
               "\n".join(filter(None, problems)) or ("" if number > 40 else f"only {number}"))


def check_rejected(tap, tool):
    """What is wrong with a document, and where, in the same words."""
    problems, number = [], 0
    for path in sorted(FILES.glob("*.json")):
        try:
            document = load(path.name)
            failures = document.rejected
        except vdev.Malformed as error:
            failures = [str(error)]
        theirs = tool.run("record", "show", path.name).stderr.decode()
        number += len(failures)
        problems += [f"{path.name}: {one}\nvdevctl: {theirs}" for one in failures
                     if one not in theirs]
    tap.result("what is rejected is what vdevctl rejects",
               "\n".join(problems) or ("" if number > 8 else f"only {number}"))


def check_unknown(tap, tool):
    document = load("newer.json")
    theirs = tool.run("record", "show", "newer.json").stderr.decode()
    tap.result("what is not known is reported", [one for one in document.unknown
                                                 if f"{one.path}: not known" not in theirs]
               or ("" if document.unknown else "nothing is"))


def device_api(declaration):
    record = declaration.record
    return record and record.device_api and record.device_api.value


def check_pairs(tap, tool):
    """Each endpoint with each other."""
    known = list(documents())
    names = [label(name) for name, _ in known]
    declared = [one.declaration for _, document in known for one in document.endpoints]
    lines = tool.run("-j", "check", "--all", "--offline", *names, "--", *names).stdout.splitlines()
    pairs = [(source, target) for source in declared for target in declared]
    problems, verdicts = [], set()
    for (source, target), line in zip(pairs, lines, strict=True):
        judged = vdev.judge(source, target)
        verdicts.add(judged.verdict)
        theirs = json.loads(line)
        mine = {"source": theirs["source"], "target": theirs["target"],
                **said.judgement(judged, "library", device_api(source))}
        problems.append(difference(mine, theirs))
    print(f"# {len(pairs)} pairs")
    tap.result("all pairs are judged as by vdevctl", "\n".join(
               list(filter(None, problems))[:3]))
    tap.result("among them is each verdict", set(vdev.VERDICTS) - verdicts)


def find_in(tool, hosts, words=(), at_least=None):
    source = load("source.json").endpoints[0].declaration
    loaded = [load(name) for name in hosts]
    mine = []
    for one in vdev.rank(source, loaded, at_least):
        host = loaded[one.host].endpoints
        name = hosts[one.host]
        target = f"{name}#{host[one.endpoint].handle}" if len(host) > 1 else None
        mine.append((target, said.judgement(one.judgement, "library", device_api(source))))
    theirs = tool.json("find", "source.json", *words, "in", *hosts)["find"]
    for (target, judged), line in zip(mine, theirs, strict=True):
        judged.update(source="source.json", target=target or line["target"])
    return difference([judged for _, judged in mine], theirs)


def check_find(tap, tool):
    hosts = ["host-1.json", "several.json", "worse.json", "hosts-vfs.json", "blocked.json"]
    tap.result("endpoints of hosts are ranked as by find", find_in(tool, hosts))
    tap.result("a verdict can be the worst of interest",
               find_in(tool, hosts, ("at-least", "compatible"), "compatible"))


def check_group(tap, tool):
    cases = ((["#pci/0000:01:00.1", "#pci/0000:01:00.2", "#vdpa/vdpa0"],
              ["#pci/0000:41:00.1", "#pci/0000:41:00.2", "#vdpa/vdpa7"]),
             (["#pci/0000:01:00.1", "#pci/0000:01:00.2"], ["#pci/0000:41:00.1"]),
             (["#pci/0000:01:00.1", "#pci/0000:01:00.3"],
              ["#pci/0000:41:00.2", "#pci/0000:41:00.3"]))
    for sources, targets in cases:
        sources = [f"machine.json{one}" for one in sources]
        targets = [f"hosts-vfs.json{one}" for one in targets]
        theirs = tool.json("check", "--group", "--offline", *sources, "--", *targets)
        tap.result(f"a plan for {len(sources)} devices and {len(targets)} targets",
                   difference(planned(sources, targets), theirs))


def chosen(name):
    file, handle = name.split("#")
    return next(one.declaration for one in load(file).endpoints if one.handle == handle)


def planned(sources, targets):
    declared = [chosen(name) for name in sources]
    plan = vdev.plan(declared, map(chosen, targets))
    lines = []
    for index, source in enumerate(sources):
        assigned = plan.assignment(index)
        judged = range(len(targets)) if assigned.target is None else [assigned.target]
        lines.append(said.present(
            source=source, reason=assigned.reason,
            target=None if assigned.target is None else targets[assigned.target],
            contending_sources=[sources[one] for one in assigned.sources],
            contended_targets=[targets[one] for one in assigned.targets],
            judgements=[planned_pair(plan, index, one, source, targets[one], declared)
                        for one in judged]))
    return {"group": lines, "verdict": plan.verdict, "needs-p2p": plan.needs_p2p}


def planned_pair(plan, source, target, name, target_name, declared):
    pair = plan.pair(source, target)
    lacking = ["source"] * pair.source_lacks_p2p + ["target"] * pair.target_lacks_p2p
    return {"source": name, "target": target_name,
            **said.judgement(pair.judgement, "library", device_api(declared[source])),
            **said.present(lacks_p2p=lacking)}


def common(one, names):
    if one is None:
        return None
    hindrance = {}
    if one.oldest is None:
        hindrance = said.present(nearest=one.nearest,
                                 in_the_way=[names[host] for host in one.in_the_way]) \
            if one.disordered is None else {"disordered": list(one.disordered)}
    return {**said.present(oldest=one.oldest, newest=one.newest), **hindrance}


def baseline(hosts):
    return [said.present(
        model=one.model, hosts=len(hosts), absent=[hosts[host] for host in one.absent],
        versions=common(one.versions, hosts),
        software_version=common(one.software_version, hosts),
        ceilings=[{"host": hosts[part.host], "handle": part.handle,
                   "ceiling": said.ceiling(part.ceiling, None)} for part in one.ceilings],
        obstacles=[said.present(source=hosts[part.source], target=hosts[part.target],
                                field=part.field, name=part.name, code=part.code)
                   for part in one.obstacles])
            for one in vdev.baseline(map(load, hosts))]


def cell(matrix, one, names, documents_):
    source, target = names
    if one.self:
        return {"source": source, "target": target, "self": True}
    worst = {key: None if index is None else document.endpoints[index].handle
             for key, index, document in (("worst_source", one.source, documents_[0]),
                                          ("worst_target", one.target, documents_[1]))}
    hindrance = None if one.obstacle is None else matrix.obstacles[one.obstacle]
    return {"to-move": one.num_sources, "movable": one.num_movable,
            "finding": hindrance and (hindrance.field, hindrance.name, hindrance.code),
            **said.present(source=source, target=target, verdict=one.verdict, **worst)}


def their_cell(one):
    if one.get("self"):
        return one
    finding = one.get("finding")
    return {**one, "finding": finding and (finding["field"], finding.get("name"),
                                           finding["code"])}


def check_matrix(tap, tool):
    for hosts in FLEETS:
        loaded = [load(name) for name in hosts]
        theirs = tool.json("matrix", *hosts)
        matrix = vdev.matrix(loaded)
        mine = [cell(matrix, matrix.cells[row][column], (hosts[row], hosts[column]),
                     (loaded[row], loaded[column]))
                for row in range(len(hosts)) for column in range(len(hosts))]
        tap.result(f"a matrix of {' '.join(hosts)}",
                   difference(mine, [their_cell(one) for one in theirs["matrix"]]) or
                   difference(matrix.verdict, theirs.get("verdict")) or
                   difference([said.present(field=one.field, name=one.name, code=one.code,
                                            pairs=one.num_pairs, to_move=one.num_sources)
                               for one in matrix.obstacles], theirs["obstacles"]))
        tap.result(f"a baseline of {' '.join(hosts)}",
                   difference(baseline(hosts), tool.json("baseline", *hosts)["baseline"]))
    sources, targets = ["source.json", "type.json"], ["better.json", "worse.json", "empty.json"]
    matrix = vdev.matrix(map(load, sources), map(load, targets))
    tap.result("a matrix has targets of its own",
               difference([len(row) for row in matrix.cells], [3, 3]))


def check(tap, tool_path):
    tool = Tool(tool_path)
    for one in (check_forms, check_records, check_rejected, check_unknown, check_pairs,
                check_find, check_group, check_matrix):
        one(tap, tool)
