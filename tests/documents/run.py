#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Documents and tokens from anywhere.

usage: run.py VDEVCTL-CHECKED VDEVCTL

The first is built with the sanitizers, the second as it is installed.
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

import baselines
import bounds
import documents
import places
import profiles

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "Documentation/vdevctl.schema.json"
SEED, ROUNDS, BATCH = 4, 40, 50
MIB = 1 << 20


class Tool:
    def __init__(self, path):
        self.path = path

    def run(self, *args, data=b"", cwd=None):
        data = data.encode() if isinstance(data, str) else data
        return subprocess.run([self.path, *args], input=data, check=False, timeout=120,
                              capture_output=True, cwd=cwd)

    def convert(self, document, *options):
        """What a document becomes; it must be taken."""
        text = document if isinstance(document, (str, bytes)) else json.dumps(document)
        done = self.run("record", "convert", "-", *options, data=text)
        if done.returncode:
            raise ValueError(done.stderr.decode())
        return done.stdout


SHOW = ("record", "show")
LOAD = ("profile", "load")


def rejected(tool, text, words, command=SHOW, options=()):
    done = tool.run(*command, *options, "-", data=text)
    expected = f"vdevctl: {' '.join(command)}: -: {words}\n"
    if done.returncode != 1 or done.stdout:
        return f"exit status {done.returncode}, {done.stdout[:200]} {done.stderr[:200]}"
    if done.stderr.decode() != expected:
        return f"expected {expected!r}\ngot      {done.stderr.decode()!r}"
    return ""


def changed(document, path, value):
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is documents.GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def check_rejections(tap, tool):
    for name, text, words in documents.TEXTS:
        tap.result(f"rejected: {name}", rejected(tool, text, words))
    for name, path, value, words in documents.CHANGES:
        text = json.dumps(changed(documents.full(), path, value))
        tap.result(f"rejected: {name}", rejected(tool, text, words))


def written(path):
    """As a path is reported."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".")


def at(document, path):
    for step in path:
        document = document[step]
    return document


def judged(tool, document, reported):
    """It is not compatible with itself, and has that one finding of what is not known."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(json.dumps(document))
        file.flush()
        done = tool.run("-j", "check", file.name, file.name)
    answer, = json.loads(done.stdout)["check"]
    found = [(finding["code"], finding["name"]) for finding in answer["findings"]
             if finding["field"] == "unknown"]
    if found != [("source-unknown", reported), ("target-unknown", reported)]:
        return f"found: {found}"
    # The full document has a permanent blocker, and so has the other one.
    if done.returncode not in (2, 3) or answer["verdict"] in ("identical", "compatible"):
        return f"{answer['verdict']}, exit status {done.returncode}"
    return ""


def reported_and_kept(tool, path, value, reported, otherwise):
    document = changed(documents.full(), path, value)
    done = tool.run("record", "convert", "-", data=json.dumps(document))
    expected = f"-: endpoints[0].{reported}: not known, only its path is kept"
    if done.returncode or expected not in done.stderr.decode() or b"\x1b" in done.stderr:
        return f"expected {expected!r}\ngot      {done.stderr.decode()!r}"
    got = json.loads(done.stdout)
    if got["endpoints"][0]["unknown"] != [reported]:
        return f"unknown: {got['endpoints'][0]['unknown']}"
    if otherwise is not documents.GONE:
        # Parameters are sorted by name.
        words = json.dumps(got["endpoints"][0])
        if isinstance(value, str) and value and json.dumps(value) in words:
            return "the word is still there"
        if otherwise not in words:
            return f"there is no {otherwise}"
    if tool.convert(got) != done.stdout:
        return "it changed when it was written again"
    token = tool.convert(got, "--token")
    if json.loads(tool.convert(token))["endpoints"][0]["unknown"] != [reported]:
        return "a token has lost it"
    return judged(tool, document, reported) or judged(tool, got, reported)


def check_unknown(tap, tool):
    for path, value, reported, otherwise in documents.UNKNOWN:
        tap.result(f"not known: {reported}: {json.dumps(value)}",
                   reported_and_kept(tool, path, value, reported, otherwise))
    for path, value, reported in documents.UNKNOWN_VALUES:
        document = changed(documents.full(), path, value)
        again = json.loads(tool.convert(document))
        param = next(param for param in again["endpoints"][0]["record"]["params"]
                     if param["name"] == "mtu")
        problem = "" if param[path[-1]] == value else f"it became {param[path[-1]]}"
        tap.result(f"not known: {reported}", problem or judged(tool, document, reported))


def check_unknown_many(tap, tool):
    """However many there are, 64 are carried."""
    document = documents.full()
    document["endpoints"][0]["unknown"] = [f"record.later-{number:02}" for number in range(100)]
    token = tool.convert(document, "--token")
    carried = json.loads(tool.convert(token))["endpoints"][0]["unknown"]
    tap.result("64 paths are carried in a token",
               "" if carried == [f"record.later-{number:02}" for number in range(64)] else carried)
    kept = json.loads(tool.convert(document))["endpoints"][0]["unknown"]
    tap.result("and all in a document", "" if len(kept) == 100 else kept)
    for value, words in (("record.later", "is not a list"), ([5], None)):
        document["endpoints"][0]["unknown"] = value
        place = "endpoints[0].unknown" + ("" if words else "[0]")
        tap.result(f"rejected: {json.dumps(value)} for what is not known",
                   rejected(tool, json.dumps(document), f"{place}: {words or 'is not a string'}"))


def check_no_laundering(tap, tool):
    """Written again in any form, what is not known is never forgotten."""
    places = [path for path in documents.objects(documents.full())
              if path[:1] == ("endpoints",)]
    lost = []
    for path in places:
        document = documents.full()
        at(document, path)["later"] = 1
        for options in ((), ("--token",)):
            again = json.loads(tool.convert(tool.convert(document, *options)))
            text = tool.convert(again, "--token")
            if b"unknown" not in tool.run("record", "show", "-", data=text).stdout:
                lost.append((path, options))
    tap.result(f"a key in any of {len(places)} objects is not forgotten on the way", lost)


def check_one_of_many(tap, tool):
    """Whatever is wrong with an endpoint, the others are read."""
    problems = []
    for name, path, value, words in documents.CHANGES:
        if path[:2] != documents.ENDPOINT:
            continue
        document = changed(documents.full(), path, value)
        document["endpoints"].append(documents.full()["endpoints"][0])
        document["endpoints"][1]["handle"] = "sim/b"
        done = tool.run("record", "convert", "-", data=json.dumps(document))
        handles = [endpoint["handle"] for endpoint in json.loads(done.stdout)["endpoints"]]
        chosen = tool.run("record", "convert", "-#sim/b", data=json.dumps(document))
        if done.returncode != 1 or handles != ["sim/b"] or chosen.returncode:
            problems.append(f"{name}: {done.returncode} {handles} {chosen.returncode}")
        if done.stderr.decode() != f"vdevctl: record convert: -: {words}\n":
            problems.append(f"{name}: {done.stderr.decode()}")
    tap.result("an endpoint that cannot be read harms no other", "\n".join(problems))


def taken_and_rejected(tool, make, most, words):
    """What is at the bound is taken, one more is not."""
    done = tool.run(*SHOW, "-", data=json.dumps(make(most)))
    if done.returncode or done.stderr:
        return f"{most}: {done.stderr.decode()[:200]}"
    return rejected(tool, json.dumps(make(most + 1)), f"endpoints[0]: {words}")


def size_problem(tool):
    """Of records that grow by four bytes, the last that is taken has 24,576."""
    lengths = [length for length in range(3, bounds.TEXT, 4)
               if not tool.run(*SHOW, "-", data=json.dumps(bounds.sized(length))).returncode]
    if not 0 < len(lengths) < len(range(3, bounds.TEXT, 4)):
        return f"taken: {lengths}"
    size = bounds.record_size(tool.convert(bounds.sized(lengths[-1]), "--token").decode())
    if size != bounds.BYTES:
        return f"the largest has {size} bytes"
    return rejected(tool, json.dumps(bounds.sized(lengths[-1] + 1)),
                   "endpoints[0]: record: larger than 24576 bytes")


def check_bounds(tap, tool):
    for name, make, most, words in bounds.BOUNDS:
        tap.result(f"bounded: {name}", taken_and_rejected(tool, make, most, words))
    tap.result("bounded: a record as a whole", size_problem(tool))
    for document, words in bounds.DUPLICATES:
        tap.result(f"rejected: {words}",
                   rejected(tool, json.dumps(document), f"endpoints[0]: {words}"))


def load_rejected(tool, text, words):
    """Nothing is asked of a kernel."""
    return rejected(tool, text, words, LOAD, ("--dry-run",)) or rejected(tool, text, words, LOAD)


def check_profiles(tap, tool):
    done = tool.run(*LOAD, "--dry-run", "-", data=json.dumps(profiles.everything()))
    tap.result("a profile that declares everything is taken",
               done.stderr.decode() if done.returncode or done.stderr or done.stdout else "")
    for name, text, words in profiles.TEXTS_OF_PROFILES:
        tap.result(f"not loaded: {name}", load_rejected(tool, text, words))
    for name, path, value, words in profiles.CHANGES:
        text = json.dumps(changed(profiles.everything(), path, value))
        tap.result(f"not loaded: {name}", load_rejected(tool, text, words))


def check_unknown_of_profiles(tap, tool):
    """What a newer version may add to a profile, at every place where there is an object."""
    places = list(profiles.objects(profiles.everything()))
    problems = []
    for path in places:
        document = changed(profiles.everything(), (*path, "later"), 1)
        place = f"{written(path)}.later".lstrip(".")
        problems.append(load_rejected(tool, json.dumps(document),
                                     f"{place}: is not a key that this version knows"))
    tap.result(f"a key of a profile that is not known is rejected in each of {len(places)} objects",
               "\n".join(filter(None, problems)))


def check_size(tap, tool):
    """Just below the bound, and above it; of a file that has no size, too."""
    document = json.dumps(documents.full())
    done = tool.run("record", "show", "-", data=document + " " * (60 * MIB))
    tap.result("a document of 60 MiB is read", done.stderr.decode() if done.returncode else "")
    tap.result("one of more than 64 MiB is rejected",
               rejected(tool, document + " " * (65 * MIB), "larger than 64 MiB"))
    done = tool.run("record", "show", "/dev/zero")
    expected = b"vdevctl: record show: /dev/zero: larger than 64 MiB\n"
    tap.result("and so is a file without end", done.stderr != expected and done.stderr)


def check_files(tap, tool):
    for name, text in (("./absent.json", "No such file or directory"), ("/", "Is a directory")):
        done = tool.run("record", "show", name)
        expected = f"vdevctl: record show: {name}: {text}\n"
        tap.result(f"reported: {name}: {text}", done.stderr.decode() != expected and done.stderr)


def check_names(tap, tool):
    """The name of a file is reported wherever it can be."""
    files = ROOT / "tests/golden/files"
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "\x1b[31m.json"
        source.write_bytes((files / "source.json").read_bytes())
        target = str(files / "better.json")
        texts = [tool.run(*options, "check", "--both", str(source), target).stdout
                 for options in ((), ("-j",))]
    tap.result("the name of a file does not control the terminal",
               [text for text in texts if b"\x1b" in text or b"one-way" not in text])


def tokens(tool, document):
    """As a set: tokens have no handles to put them in order."""
    return sorted(tool.convert(document, "--token").split())


def check_round_trip(tap, tool):
    """Random documents: what was written once stays as it is in every form."""
    generator = documents.Random(SEED)
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))
    problem = ""
    for _ in range(ROUNDS):
        document = generator.document(BATCH)
        shuffled = generator.shuffle(copy.deepcopy(document))
        try:
            written = tool.convert(document)
            if tool.convert(written) != written:
                problem = "it changed when it was written again"
            elif tool.convert(shuffled) != written:
                problem = "the order of what has no order shows"
            elif tokens(tool, tool.convert(document, "--token")) != tokens(tool, document):
                problem = "the tokens changed"
            else:
                problem = "; ".join(error.message for error in
                                    validator.iter_errors(json.loads(written)))
        except ValueError as error:
            problem = str(error)
        if problem:
            break
    tap.result(f"{ROUNDS * BATCH} random endpoints are written as they were read, in any order",
               problem)


def check_kept(tap, tool):
    """Whatever a newer version may add, at every place where there is an object."""
    places = list(documents.objects(documents.full()))
    document = documents.full()
    for number, path in enumerate(places):
        place = document
        for step in path:
            place = place[step]
        place[f"later-{number}"] = {"b": [1, None, 2.5], "a": "\u00e9\n"}
    done = tool.run("record", "convert", "-", data=json.dumps(document))
    lost = [number for number in range(len(places))
            if f'"later-{number}":{{"a":"\u00e9\\n","b":[1,null,2.5]}}'.encode()
            not in done.stdout]
    tap.result(f"unknown keys are kept in all of {len(places)} objects",
               f"lost: {[places[number] for number in lost]} {done.stderr[:500]}" if lost else "")
    again = tool.run("record", "convert", "-", data=done.stdout)
    tap.result("and stay where they are", "they do not" if again.stdout != done.stdout else "")
    lines = done.stderr.decode().splitlines()
    host = sum(path == ("host",) for path in places)
    tap.result("each is reported, twenty in full",
               "" if len(lines) == 21 and lines[-1].endswith(
                   f"-: {len(places) - 20 - host} more that are not known") else lines)


def check_equal(tap, tool):
    first, second = documents.full(), documents.full()
    second["endpoints"][0]["record"] = documents.respelled(second["endpoints"][0]["record"])
    tap.result("equal records give equal bytes, however they are spelled",
               "they differ" if tool.convert(first) != tool.convert(second) else "")


def main():
    checked, installed = (Tool(path) for path in sys.argv[1:])
    tap = Tap()
    print("TAP version 13")
    check_rejections(tap, checked)
    check_bounds(tap, checked)
    check_profiles(tap, checked)
    check_unknown_of_profiles(tap, checked)
    check_files(tap, checked)
    check_names(tap, checked)
    check_size(tap, installed)
    check_equal(tap, checked)
    check_unknown(tap, checked)
    check_unknown_many(tap, checked)
    check_no_laundering(tap, checked)
    check_one_of_many(tap, checked)
    check_kept(tap, checked)
    check_round_trip(tap, installed)
    places.check_all(tap, checked, installed)
    baselines.check_all(tap, installed)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
