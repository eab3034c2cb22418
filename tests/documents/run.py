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

import bounds
import documents
import profiles

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "Documentation/vdevctl.schema.json"
SEED, ROUNDS, BATCH = 4, 40, 50
MIB = 1 << 20


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def result(self, name, problem):
        self.count += 1
        self.failed += bool(problem)
        if problem:
            print("\n".join(f"# {line}" for line in str(problem).splitlines()[:20]))
        print(f"{'not ok' if problem else 'ok'} {self.count} - {name}", flush=True)

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed else 0


class Tool:
    def __init__(self, path):
        self.path = path

    def run(self, *args, data=b""):
        data = data.encode() if isinstance(data, str) else data
        return subprocess.run([self.path, *args], input=data, check=False, timeout=120,
                              capture_output=True)

    def convert(self, document, *options):
        """What a document becomes; it must be taken."""
        text = document if isinstance(document, (str, bytes)) else json.dumps(document)
        done = self.run("record", "convert", "-", *options, data=text)
        if done.returncode:
            raise ValueError(done.stderr.decode())
        return done.stdout


SHOW = ("record", "show")
LOAD = ("profile", "load")


def refused(tool, text, words, command=SHOW, options=()):
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


def check_refusals(tap, tool):
    for name, text, words in documents.TEXTS:
        tap.result(f"refused: {name}", refused(tool, text, words))
    for name, path, value, words in documents.CHANGES:
        text = json.dumps(changed(documents.full(), path, value))
        tap.result(f"refused: {name}", refused(tool, text, words))


def taken_and_refused(tool, make, most, words):
    """What is at the bound is taken, one more is not."""
    done = tool.run(*SHOW, "-", data=json.dumps(make(most)))
    if done.returncode or done.stderr:
        return f"{most}: {done.stderr.decode()[:200]}"
    return refused(tool, json.dumps(make(most + 1)), f"endpoints[0]: {words}")


def size_problem(tool):
    """Of records that grow by four bytes, the last that is taken has 24,576."""
    lengths = [length for length in range(3, bounds.TEXT, 4)
               if not tool.run(*SHOW, "-", data=json.dumps(bounds.sized(length))).returncode]
    if not 0 < len(lengths) < len(range(3, bounds.TEXT, 4)):
        return f"taken: {lengths}"
    size = bounds.record_size(tool.convert(bounds.sized(lengths[-1]), "--token").decode())
    if size != bounds.BYTES:
        return f"the largest has {size} bytes"
    return refused(tool, json.dumps(bounds.sized(lengths[-1] + 1)),
                   "endpoints[0]: record: larger than 24576 bytes")


def check_bounds(tap, tool):
    for name, make, most, words in bounds.BOUNDS:
        tap.result(f"bounded: {name}", taken_and_refused(tool, make, most, words))
    tap.result("bounded: a record as a whole", size_problem(tool))
    for document, words in bounds.DUPLICATES:
        tap.result(f"refused: {words}",
                   refused(tool, json.dumps(document), f"endpoints[0]: {words}"))


def load_refused(tool, text, words):
    """Nothing is asked of a kernel."""
    return refused(tool, text, words, LOAD, ("--dry-run",)) or refused(tool, text, words, LOAD)


def check_profiles(tap, tool):
    done = tool.run(*LOAD, "--dry-run", "-", data=json.dumps(profiles.everything()))
    tap.result("a profile that declares everything is taken",
               done.stderr.decode() if done.returncode or done.stderr or done.stdout else "")
    for name, text, words in profiles.TEXTS_OF_PROFILES:
        tap.result(f"not loaded: {name}", load_refused(tool, text, words))
    for name, path, value, words in profiles.CHANGES:
        text = json.dumps(changed(profiles.everything(), path, value))
        tap.result(f"not loaded: {name}", load_refused(tool, text, words))


def check_unknown_of_profiles(tap, tool):
    """What a newer version may add to a profile, at every place where there is an object."""
    document = profiles.everything()
    places = list(profiles.objects(document))
    for path in places:
        place = document
        for step in path:
            place = place[step]
        place["later"] = 1
    done = tool.run(*LOAD, "--dry-run", "-", data=json.dumps(document))
    lines = done.stderr.decode().splitlines()
    tap.result(f"keys of profiles that are not known are told in all of {len(places)} objects",
               "" if not done.returncode and len(lines) == 21 and lines[-1].endswith(
                   f"-: {len(places) - 20} more that are not known") else lines)


def check_size(tap, tool):
    """Just below the bound, and above it; of a file that has no size, too."""
    document = json.dumps(documents.full())
    done = tool.run("record", "show", "-", data=document + " " * (60 * MIB))
    tap.result("a document of 60 MiB is read", done.stderr.decode() if done.returncode else "")
    tap.result("one of more than 64 MiB is refused",
               refused(tool, document + " " * (65 * MIB), "larger than 64 MiB"))
    done = tool.run("record", "show", "/dev/zero")
    expected = b"vdevctl: record show: /dev/zero: larger than 64 MiB\n"
    tap.result("and so is a file without end", done.stderr != expected and done.stderr)


def check_files(tap, tool):
    for name, text in (("./absent.json", "No such file or directory"), ("/", "Is a directory")):
        done = tool.run("record", "show", name)
        expected = f"vdevctl: record show: {name}: {text}\n"
        tap.result(f"told: {name}: {text}", done.stderr.decode() != expected and done.stderr)


def check_names(tap, tool):
    """The name of a file is told wherever it can be."""
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
    tap.result("each is told, twenty in full",
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
    check_refusals(tap, checked)
    check_bounds(tap, checked)
    check_profiles(tap, checked)
    check_unknown_of_profiles(tap, checked)
    check_files(tap, checked)
    check_names(tap, checked)
    check_size(tap, installed)
    check_equal(tap, checked)
    check_kept(tap, checked)
    check_round_trip(tap, installed)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
