# SPDX-License-Identifier: GPL-2.0
"""What the rows of the tables of compat.rst mean.

For each table, a function makes of a row the two sides, as exported endpoints,
and what is to be found. It takes the cells from the row; one that is left
over is not understood, so a column cannot be written in vain.
"""

import re

NONE = "none"
YES = {"yes": True, "no": False}

# Of the device API vdpa-net.
VIRTIO = {"MTU": 3, "MAC": 5, "STATUS": 16, "MQ": 22, "VERSION_1": 32}


class Row:
    """A row from which each cell is taken once."""

    def __init__(self, cells):
        self.cells = list(cells)

    def take(self, header):
        for index, (name, cell) in enumerate(self.cells):
            if name == header:
                del self.cells[index]
                return cell
        raise KeyError(f"no column '{header}'")

    def maybe(self, header):
        """None where the cell says that there is nothing."""
        cell = self.take(header)
        return None if cell == NONE else cell

    def words(self, header):
        cell = self.maybe(header)
        return cell.split(",") if cell else []


class Expected:
    """What is to be found: the verdict, and findings by field and name."""

    def __init__(self, verdict, **findings):
        self.verdict = verdict
        self.findings = {field.replace("_", "-"): codes.split()
                         for field, codes in findings.items() if codes != NONE}
        self.rank = {}
        self.bits = {}
        self.capacity = None


def endpoint(kind="device", migration="supported", **record):
    record = {field.replace("_", "-"): value for field, value in record.items() if value}
    return {"kind": kind, "migration": migration, "record": record}


def reported(value, **more):
    """A value with what goes with it, or nothing if there is no value."""
    more = {key.replace("_", "-"): item for key, item in more.items() if item}
    return {"value": value, **more} if value is not None else None


def migration(row, _tables):
    sides = [endpoint(migration=row.take(side)) for side in ("Source", "Target")]
    return *sides, Expected(row.take("Verdict"), migration=row.take("Findings"))


def blocker(row, _tables):
    sides = {"source": endpoint(), "target": endpoint()}
    flags = {"permanent": ["permanent"], "passing": []}[row.take("Blocker")]
    sides[row.take("Side")]["blockers"] = [{"name": "b", "reason": "r", "flags": flags}]
    return *sides.values(), Expected(row.take("Verdict"), migration="same",
                                     blocker=row.take("Finding"))


def tracking(row, _tables):
    api = row.take("Device API")
    source, target = (endpoint(device_api=reported(api)) for _ in range(2))
    source["capabilities"] = row.words("Capabilities of the source")
    return source, target, Expected(row.take("Verdict"), migration=row.take("Findings"),
                                    device_api="same")


def unknown(row, _tables):
    sides = {side: endpoint(model=reported(row.take(f"{side.title()} model")))
             for side in ("source", "target")}
    side = sides[row.take("Side")]
    place, key, value = {"a key of the record": (side["record"], "later", {"a": 1}),
                         "a key of the endpoint": (side, "later", 1),
                         "the rule of the model": (side["record"]["model"], "rule", "alike"),
                         "the kind": (side, "kind", "port"),
                         "nothing": ({}, "", 0)}[row.take("Not known")]
    place[key] = value
    return *sides.values(), Expected(row.take("Verdict"), migration="same",
                                     model=row.take("Model"), unknown=row.take("Finding"))


def detected(side):
    return {"undeclared": [f"{side}-undeclared"]}


def silence(row, _tables):
    sides, notes = [], []
    for side in ("Source", "Target"):
        declared = row.take(side)
        notes += detected(side.lower()).get(declared, [])
        sides.append(endpoint(migration=declared, model=reported(row.maybe(f"{side} model"))))
    return *sides, Expected(row.take("Verdict"), migration=" ".join(notes) or "same",
                            model=row.take("Finding"))


def model(row, _tables):
    source = endpoint(model=reported(row.take("Source")))
    target = endpoint(model=reported(row.take("Target"), accept=row.words("Target accepts")))
    expected = Expected(row.take("Verdict"), migration="same", model=row.take("Finding"))
    expected.rank["preference"] = int(row.take("Preference"))
    return source, target, expected


def model_bytes(row, _tables):
    sides = [endpoint(model=reported(row.take(side))) for side in ("Source", "Target")]
    return *sides, Expected(row.take("Verdict"), migration="same", model=row.take("Finding"))


def type_name(row, _tables):
    source = endpoint(type=reported(row.maybe("Source")))
    target = endpoint(type=reported(row.maybe("Target"), accept=row.words("Target accepts"),
                                rule=row.maybe("Rule")))
    return source, target, Expected(row.take("Verdict"), migration="same",
                                    type=row.take("Finding"))


def semver_range(text):
    first, last = text.split("-")
    return {"from": first, "to": last} if last else {"from": first}


def software_version(row, _tables):
    source = endpoint(software_version=reported(row.take("Source")))
    accept = [semver_range(text) for text in row.words("Target accepts")]
    target = endpoint(software_version=reported(row.take("Target"), accept=accept,
                                            rule=row.take("Rule")))
    return source, target, Expected(row.take("Verdict"), migration="same",
                                    software_version=row.take("Finding"))


def driver_release(row, _tables):
    sides, versions = [], {}
    for side in ("Source", "Target"):
        version = row.take(f"{side} version")
        # One release has one version, whichever side it is on.
        if versions.setdefault(row.take(side), version) != version:
            raise ValueError("a release with two versions")
        sides.append(endpoint(software_version=reported(version)))
    return *sides, Expected(row.take("Verdict"), migration="same",
                            software_version=row.take("Finding"))


def versions_of(creates, accepts, used, flag):
    """The list of a side that is in version @used, by @flag."""
    names = sorted({*creates, *accepts, used})
    flags = {"create": creates, "accept": accepts, flag: [used]}
    return [{"name": name, "flags": [word for word, those in flags.items() if name in those]}
            for name in names]


def device_version(row, _tables):
    used = versions_of([], [], row.take("Source"), "current")
    known = versions_of(row.words("Creates"), row.words("Accepts"), "C", "default")
    return (endpoint(versions={"list": used}),
            endpoint(kind="type", versions={"list": known, "rule": row.take("Rule")}),
            Expected(row.take("Verdict"), migration="same", version=row.take("Finding")))


def release_moves(row, tables):
    releases = {}
    for cells in tables["releases"]:
        release = Row(cells)
        name = release.take("Release")
        releases[name] = (release.words("Creates"), release.words("Accepts"))
    creates, accepts = releases[row.take("Source")]
    created = row.take("Created as")
    if created not in creates:
        raise ValueError(f"that release cannot create {created}")
    source = versions_of(creates, accepts, created, "current")
    creates, accepts = releases[row.take("Target")]
    target = versions_of(creates, accepts, creates[-1], "default")
    return (endpoint(versions={"list": source}), endpoint(kind="type", versions={"list": target}),
            Expected(row.take("Verdict"), migration="same", version=row.take("Finding")))


def bitmap(bits):
    return {"hex": hex(sum(1 << bit for bit in bits))}


def virtio(words, which, **more):
    """The feature set of a vdpa device; none if it offers nothing."""
    bits = [VIRTIO[word] for word in words]
    return [{"name": "virtio", which: bitmap(bits), **more}] if bits else []


def vdpa(row, _tables):
    api = reported("vdpa-net")
    required = [VIRTIO[word] for word in row.words("Requires")]
    source = virtio(row.words("Source"), "provisioned")
    target = virtio(row.words("Target"), "provisioned", required=bitmap(required),
                    rule=row.take("Rule"))
    expected = Expected(row.take("Verdict"), migration="same", device_api="same",
                        feature_virtio=row.take("Finding"))
    for header in ("Missing", "Unmet"):
        expected.bits["feature-virtio", header.lower()] = sorted(
            VIRTIO[word] for word in row.words(header))
    return endpoint(device_api=api, features=source), endpoint(device_api=api,
                                                               features=target), expected


def given_set(row, side):
    """What a side reports of its feature set."""
    bitmaps = {"provisioned": row.take(f"{side} given"), "supported": row.take(f"{side} could")}
    return [{"name": "f", **{key: bitmap([int(bit) for bit in text.split(",")])
                             for key, text in bitmaps.items() if text != "unknown"}}]


def given(row, _tables):
    source = endpoint(features=given_set(row, "Source"))
    target = endpoint(kind=row.take("Target kind"), features=given_set(row, "Target"))
    finding = row.take("Finding")
    verdict = {"same": "identical", "accepted": "compatible"}.get(finding, "incompatible")
    expected = Expected(verdict, migration="same", feature_f=finding)
    expected.bits["feature-f", "missing"] = numbers(row, "Missing")
    return source, target, expected


def numbers(row, header):
    return [int(word) for word in row.words(header)]


def matrix_sets(adapters, domains, which):
    sets = {"adapters": adapters, "domains": domains}
    return [{"name": name, which: bitmap(bits)} for name, bits in sets.items()]


def matrix(row, _tables):
    wanted = {"adapters": numbers(row, "Adapters"), "domains": numbers(row, "Domains")}
    there = {"adapters": numbers(row, "Target adapters"),
             "domains": numbers(row, "Target domains")}
    missing, busy = numbers(row, "Missing"), numbers(row, "In use")
    if not set(busy) <= set(there["domains"]):
        raise ValueError("a domain in use that does not exist")
    if not set(missing) <= {*wanted["adapters"], *wanted["domains"]}:
        raise ValueError("nobody wants what is missing")
    expected = Expected(row.take("Verdict"), migration="same")
    for name, bits in wanted.items():
        lacking = [bit for bit in bits if bit in missing]
        code = "feature-missing" if lacking else "same" if bits == there[name] else "accepted"
        expected.findings[f"feature-{name}"] = [code]
        expected.bits[f"feature-{name}", "missing"] = lacking
    if busy:
        expected.capacity = "busy"
    return (endpoint(features=matrix_sets(**wanted, which="provisioned")),
            endpoint(kind="type", features=matrix_sets(**there, which="supported")), expected)


def number(text):
    """As a value: a number, or a string in quotation marks."""
    return {"string": text.strip('"')} if text.startswith('"') else {"u64": int(text)}


def allowed(text):
    low, _, high = text.partition("-")
    return {"low": int(low), "high": int(high or low)}


def parameter(name, value, off=None, **more):
    """A parameter in a list, or an empty list if its side does not know it."""
    if value == "unknown":
        return []
    entry = {"name": name, "value-type": "string" if value and '"' in value else "u64", **more}
    if value is not None:
        entry["value"] = number(value)
    if off is not None:
        entry["off-value"] = number(off)
    return [entry]


def param(row, _tables):
    source = endpoint(params=parameter("mtu", row.maybe("Source")))
    more = {"rule": row.take("Rule"),
            "flags": ["configurable"] if YES[row.take("Configurable")] else [],
            "allowed": [allowed(text) for text in row.words("Allows")]}
    target = endpoint(kind=row.take("Kind"),
                      params=parameter("mtu", row.maybe("Target"), **more))
    return source, target, Expected(row.take("Verdict"), migration="same",
                                    param_mtu=row.take("Finding"))


def off(row, _tables):
    source = parameter("compression", row.maybe("Source value"), row.maybe("Source off"))
    target = parameter("compression", row.maybe("Target value"), row.maybe("Target off"))
    rule = row.maybe("Rule")
    if rule:
        target[0]["rule"] = rule
    return endpoint(params=source), endpoint(params=target), Expected(
        row.take("Verdict"), migration="same", param_compression=row.take("Finding"))


def other(row, _tables):
    sides = [endpoint(model=reported(row.take(f"{side} model")),
                      params=parameter("mtu", row.take(f"{side} mtu")))
             for side in ("Source", "Target")]
    finding = row.take("Finding")
    expected = Expected(row.take("Verdict"), migration="same",
                        model="model" if finding == "other-model" else "same")
    expected.findings["param" if finding == "other-model" else "param-mtu"] = [finding]
    return *sides, expected


def split(text):
    count, units = re.fullmatch(r"(\d+)x(\d+)", text).groups()
    return {"base": "unit", "units": int(units), "count": int(count)}


def aggregation(row, _tables):
    source, target = split(row.take("Source")), split(row.take("Target"))
    limit = row.maybe("Limit")
    if limit:
        target["limit"] = int(limit)
    target["resplit"] = YES[row.take("Resplit")]
    return (endpoint(aggregation=source),
            endpoint(kind=row.take("Kind"), aggregation=target),
            Expected(row.take("Verdict"), migration="same", aggregation=row.take("Finding")))


def gvtg(row, tables):
    units = {}
    for cells in tables["gvtg-units"]:
        entry = Row(cells)
        units[entry.take("Type")] = int(entry.take("Units"))
    name, count = row.take("Source"), int(row.take("Aggregator"))
    source = endpoint(type=reported(name),
                      aggregation={"base": "i915-GVTg_V5_8", "units": units[name], "count": count})
    accept = {"all": [other for other in units if other != "i915-GVTg_V5_4"], "own": []}
    target = endpoint(type=reported("i915-GVTg_V5_4", accept=accept[row.take("Accepts")]),
                      aggregation={"base": "i915-GVTg_V5_8", "units": units["i915-GVTg_V5_4"],
                                   "count": 2, "resplit": YES[row.take("Resplit")]})
    return source, target, Expected(row.take("Verdict"), migration="same", type=row.take("Type"),
                                    aggregation=row.take("Aggregation"))


def capacity(row, _tables):
    expected = Expected(row.take("Verdict"), migration="same", capacity=row.take("Finding"))
    expected.capacity = row.take("Capacity")
    return endpoint(), endpoint(kind="type"), expected


# Those of None say what another one needs, and are tried with that.
TABLES = {
    "migration": migration, "blocker": blocker, "tracking": tracking, "unknown": unknown,
    "silence": silence,
    "model": model, "bytes": model_bytes, "type": type_name, "software-version": software_version,
    "driver-release": driver_release, "device-version": device_version, "releases": None,
    "release-moves": release_moves, "given": given, "vdpa": vdpa, "matrix": matrix,
    "param": param, "off": off,
    "other": other, "aggregation": aggregation, "gvtg-units": None, "gvtg": gvtg,
    "capacity": capacity,
}
