# SPDX-License-Identifier: GPL-2.0
"""What hosts have in common, found once more by trying everything; and how long it takes."""

import json
import pathlib
import random
import resource
import subprocess
import tempfile

SEED, ROUNDS = 7, 120
NAMES = [f"v{number}" for number in range(7)]


def document(*records):
    return {"format": "vdev", "format-version": 1,
            "endpoints": [{"kind": "device", "migration": "supported", "record": record}
                          for record in records]}


def semver(numbers):
    return ".".join(map(str, numbers))


def numbers(text):
    return tuple(map(int, text.split(".")))


class Made:
    """Random hosts, with few numbers and names, so that they have some in common."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def version(self):
        return tuple(self.random.choice((0, 1, 2**32 - 1)) for _ in range(3))

    def software(self):
        made = {"value": semver(self.version()),
                "rule": self.random.choice(("semver", "range", "equal", "ignore", "semver"))}
        ranges = {}
        least = made["rule"] == "range"
        for _ in range(self.random.randrange(least, 4)
                       if made["rule"] in ("semver", "range") else 0):
            low, high = sorted((self.version(), self.version()))
            ranges[low] = {"from": semver(low), "to": semver(high)}
            if self.random.random() < 0.2:
                del ranges[low]["to"]
        if ranges:
            made["accept"] = list(ranges.values())
        return made

    def versions(self):
        names = sorted(self.random.sample(NAMES, self.random.randrange(1, 6)))
        if self.random.random() < 0.15:
            self.random.shuffle(names)
        return [{"name": name, "flags": self.random.choice(
            (["create", "accept"],) * 5 + (["accept"], ["create"]))} for name in names]

    def record(self):
        record = {"model": {"value": self.random.choice(("m", "m", "m", "n"))}}
        if self.random.random() < 0.9:
            record["software-version"] = self.software()
        if self.random.random() < 0.9:
            record["versions"] = {"list": self.versions()}
        return record

    def hosts(self):
        return [[self.record() for _ in range(self.random.randrange(1, 7))]
                for _ in range(self.random.randrange(1, 4))]


def accepts(record, version):
    """By the rules of Documentation/compat.rst."""
    target = record.get("software-version")
    if not target:
        return None
    own, rule = numbers(target["value"]), target["rule"]
    if rule == "ignore" or version == own:
        return True
    if rule == "equal":
        return False
    for accepted in target.get("accept", []):
        if numbers(accepted["from"]) <= version and \
                ("to" not in accepted or version <= numbers(accepted["to"])):
            return True
    return rule == "semver" and version[0] == own[0] and version[1] <= own[1]


def has_both(record, name):
    return any(entry["name"] == name and len(entry["flags"]) == 2
               for entry in record.get("versions", {}).get("list", []))


def before(records, one, two):
    for record in records:
        names = [entry["name"] for entry in record.get("versions", {}).get("list", [])]
        if one in names and two in names and names.index(one) < names.index(two):
            return True
    return False


def software_range(hosts):
    """What is common; None if nobody writes any, False if there is none."""
    written = sorted({numbers(record["software-version"]["value"]) for host in hosts
                      for record in host if "software-version" in record})
    common = [version for version in written
              if all(any(accepts(record, version) for record in host) for host in hosts)]
    if not written:
        return None
    return (semver(common[0]), semver(common[-1])) if common else False


def check_versions(hosts, got):
    """Returns what is wrong with the range of names that was printed."""
    records = [record for host in hosts for record in host]
    names = {entry["name"] for record in records
             for entry in record.get("versions", {}).get("list", [])}
    taken = {name: sum(any(has_both(record, name) for record in host) for host in hosts)
             for name in names}
    common = [name for name in names if taken[name] == len(hosts)]
    if not names:
        return "" if got is None else got
    if not common:
        if taken[got["nearest"]] != max(taken.values()):
            return f"nearest {got}"
        blamed = [number for number, host in enumerate(hosts)
                  if not any(has_both(record, got["nearest"]) for record in host)]
        return "" if got["in-the-way"] == [f"./{number}" for number in blamed] else got
    if "disordered" in got:
        one, two = got["disordered"]
        return "" if before(records, one, two) or before(records, two, one) else got
    for name in common:
        if before(records, name, got["oldest"]) or before(records, got["newest"], name):
            return f"{name} and {got}"
    return "" if {got["oldest"], got["newest"]} <= set(common) else got


def run(tool, folder, hosts):
    for number, host in enumerate(hosts):
        (pathlib.Path(folder) / str(number)).write_text(json.dumps(document(*host)))
    done = tool.run("-j", "baseline", *[f"./{number}" for number in range(len(hosts))],
                    cwd=folder)
    if done.stderr:
        raise ValueError(done.stderr.decode())
    return json.loads(done.stdout)["baseline"]


def check_one(tool, hosts):
    with tempfile.TemporaryDirectory() as folder:
        answers = {answer["model"]: answer for answer in run(tool, folder, hosts)}
    for model, answer in answers.items():
        of_model = [[record for record in host if record["model"]["value"] == model]
                    for host in hosts]
        problem = check_versions(of_model, answer.get("versions"))
        if problem:
            return f"versions: {problem}"
        expected = software_range(of_model)
        got = answer.get("software-version")
        if expected is None and got is None:
            continue
        if expected is False and "nearest" in got:
            continue
        if not got or not expected or (got.get("oldest"), got.get("newest")) != expected:
            return f"software-version: {got}, expected {expected}"
    return ""


def check_random(tap, tool):
    made = Made(SEED)
    problem = ""
    for number in range(ROUNDS):
        hosts = made.hosts()
        problem = check_one(tool, hosts)
        if problem:
            problem = f"{number}: {problem}\n{json.dumps(hosts)}"
            break
    tap.result(f"what {ROUNDS} random sets of hosts have in common is right", problem)


def processor_time(tool, *args):
    """Seconds that a run used."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([tool.path, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                   check=False, timeout=120)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def distinct(number):
    return {"model": {"value": "m"},
            "software-version": {"value": f"{number}.1.0", "accept": [
                {"from": f"{number}.0.0"}]},
            "versions": {"list": [{"name": f"v{number}-{part}", "flags": ["create", "accept"]}
                                  for part in range(4)]}}


def check_time(tap, tool):
    """It grows as reading does: what all pairs took was forty times as long."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for host in range(2):
            files.append(pathlib.Path(folder) / f"{host}.json")
            records = [distinct(2 * number + host) for number in range(4000)]
            files[-1].write_text(json.dumps(document(*records)))
        reading = sum(processor_time(tool, "record", "convert", "--token", str(file))
                      for file in files)
        used = processor_time(tool, "baseline", *map(str, files))
    print(f"# a baseline of 8000 endpoints: {used:.2f} s, to read them: {reading:.2f} s")
    tap.result("a baseline of endpoints that all differ takes no longer than a few times reading",
               "" if used < 5 * reading else f"{used} s")


def check_all(tap, tool):
    check_random(tap, tool)
    check_time(tap, tool)
