# SPDX-License-Identifier: GPL-2.0
"""All devices and types, and what is counted, as YNL reads them, compared with what
vdevctl shows.

Usage: ynl.py FOLDER SPEC

FOLDER is tools/net/ynl of a kernel tree. What YNL makes of the messages is
brought into the form of the tool's JSON, fact by fact; any difference is
printed.
"""

import json
import subprocess
import sys

import yaml

CONTROL = "/sys/kernel/debug/vdev_sim/control"


def family(folder, spec):
    """YNL's client; where its package is has changed between kernels."""
    sys.path[:0] = [folder, f"{folder}/pyynl"]
    # What YNL parses the specification with; in C it takes a tenth of the time.
    yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    from lib import YnlFamily  # pylint: disable=import-outside-toplevel,import-error
    return YnlFamily(spec, schema="")


def plain(value):
    """Sets of flags as sorted lists."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return sorted(value) if isinstance(value, set) else value


def rename(facts, **names):
    """Keys that the JSON calls otherwise; an underscore stands for a dash."""
    names = {key.replace("_", "-"): name for key, name in names.items()}
    return {names.get(key, key): value for key, value in facts.items()}


def semver(numbers):
    return "{major}.{minor}.{bugfix}".format(**numbers)


def software_version(facts):
    out = {**facts, "value": semver(facts["value"])}
    if "accept" in facts:
        out["accept"] = [{end: semver(entry[end]) for end in entry} for entry in facts["accept"]]
    return out


def bitmap(data):
    """As a number; the tool names the bits, too."""
    return int.from_bytes(data, "little")


def feature(facts):
    return {key: bitmap(value) if isinstance(value, bytes) else value
            for key, value in facts.items()}


def value(facts):
    return {key: bool(item) if key == "bool" else item for key, item in facts.items()}


def param(facts):
    out = dict(facts)
    for key in ("value", "off-value"):
        if key in out:
            out[key] = value(out[key])
    return out


def record(facts):
    out = rename(facts, feature="features", param="params")
    if "software-version" in out:
        out["software-version"] = software_version(out["software-version"])
    if "versions" in out:
        out["versions"] = rename(out["versions"], entry="list")
    for key, convert in (("features", feature), ("params", param)):
        if key in out:
            out[key] = [convert(entry) for entry in out[key]]
    if "aggregation" in out:
        out["aggregation"] = {"resplit": False, **out["aggregation"]}
    return out


def endpoint(facts, parts):
    """One message in the form of the tool's JSON."""
    out = plain(rename(facts, blocker="blockers"))
    del out["snapshot"], out["endpoint"]
    # Of the moment when the message was filled.
    out.pop("age", None)
    out["handle"] = "/".join(out[part] for part in parts)
    out["migratable"] = out["migration"] == "supported" and "blockers" not in out
    out["info"] = [param(entry) for entry in out.get("info", [])]
    out["record"] = record(out["record"])
    return {key: item for key, item in out.items() if item != []}


def tidy(shown):
    """What the tool shows, without the names of bits and the order of flags."""
    if isinstance(shown, dict):
        if set(shown) == {"hex", "names"}:
            number = int(shown["hex"], 16)
            assert bin(number).count("1") == len(shown["names"]), shown
            return number
        out = {key: tidy(item) for key, item in shown.items()}
        for key in ("flags", "capabilities"):
            if key in out:
                out[key] = sorted(out[key])
        return out
    return [tidy(item) for item in shown] if isinstance(shown, list) else shown


def without_empty_flags(facts):
    """No flags at all may be reported, or not: that is the same."""
    if isinstance(facts, dict):
        return {key: without_empty_flags(item) for key, item in facts.items()
                if key not in ("flags", "capabilities") or item}
    return [without_empty_flags(item) for item in facts] if isinstance(facts, list) else facts


def document(kind):
    out = subprocess.run(["vdevctl", "-j", kind, "show"], check=True, capture_output=True)
    return json.loads(out.stdout)


def show(kind):
    endpoints = document(kind)[kind]
    for one in endpoints:
        one.pop("age", None)
    return endpoints


def counters(provider):
    """Its name, and what is counted for it at any time."""
    return [provider["name"], sorted(provider.keys() - {"slowest-endpoint", "not-followed-reason"})]


def compare_stats(client):
    """What counters there are, and whose; the numbers grow meanwhile."""
    read, shown = client.do("stats-get", {}), document("stats")
    providers = read.pop("provider")
    yield from compare("stats", sorted(read), sorted(shown["stats"]))
    yield from compare("providers", [counters(one) for one in providers],
                       [counters(one) for one in shown["providers"]])


def compare(path, left, right):
    """The places where the two differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            yield from compare(f"{path}.{key}", left.get(key), right.get(key))
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for i, (a, b) in enumerate(zip(left, right)):
            yield from compare(f"{path}[{i}]", a, b)
    elif left != right:
        yield f"{path}: YNL reads {left!r}, vdevctl shows {right!r}"


def judged_by_itself(client, kind):
    """What was read is sent back as it was read, as the source of a check."""
    for facts in client.dump(f"{kind}-get", {}):
        source = {key: facts[key] for key in ("migration", "blocker", "record") if key in facts}
        verdict = client.do("check", {"id": facts["id"], "source": source})["verdict"]
        wanted = {"supported": "identical", "undeclared": "undeclared",
                  "unsupported": "not-migratable"}[facts["migration"]]
        if "blocker" in facts:
            wanted = "not-migratable"
        yield from compare(f"check of {kind} {facts['id']}", verdict, wanted)


def events(client, device):
    """The change of a device, as a subscriber to the group reads it."""
    with open(CONTROL, "w", encoding="ascii") as control:
        control.write(f"dev set {device['name']} info=heard,value=bool:true\n")
    client.check_ntf()
    queue = client.async_msg_queue
    heard = list(getattr(queue, "queue", queue))
    yield from compare("events", [(one["name"], one["msg"]["id"]) for one in heard
                                  if one["msg"]["id"] == device["id"]],
                       [("dev-change-ntf", device["id"])])


def main():
    client = family(sys.argv[1], sys.argv[2])
    count, different = 0, 0
    for kind, parts in (("dev", ("bus", "name")), ("type", ("parent-bus", "parent", "name"))):
        read = [endpoint(facts, parts) for facts in client.dump(f"{kind}-get", {})]
        shown = [tidy(facts) for facts in show(kind)]
        count += len(read)
        if not read:
            print(f"# no {kind} at all")
            different += 1
        for line in compare(kind, without_empty_flags(read), without_empty_flags(shown)):
            print(f"# {line}")
            different += 1
        one = client.do(f"{kind}-get", {"id": read[0]["id"]})
        for line in compare(f"{kind} {read[0]['id']}", endpoint(one, parts), read[0]):
            print(f"# {line}")
            different += 1
        for line in judged_by_itself(client, kind):
            print(f"# {line}")
            different += 1
    for line in compare_stats(client):
        print(f"# {line}")
        different += 1
    client = family(sys.argv[1], sys.argv[2])
    client.ntf_subscribe("monitor")
    device = next(one for one in client.dump("dev-get", {}) if one["provider"] == "vdev_sim")
    for line in events(client, device):
        print(f"# {line}")
        different += 1
    print(f"# {count} endpoints compared")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
