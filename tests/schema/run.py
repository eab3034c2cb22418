#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Hold what is published about the JSON, the words and the pages against the
specification and against what the programs really print.

usage: run.py NAMES VDEVCTL PAGES
"""

import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys

import jsonschema
import yaml

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SPEC = ROOT / "Documentation/netlink/specs/vdev.yaml"
SCHEMA = ROOT / "Documentation/vdevctl.schema.json"
MAN = ROOT / "Documentation/man"
JSON_PAGE = MAN / "vdev-json.5.rst"
TOOL_PAGE = MAN / "vdevctl.8.rst"
COMMAND = ROOT / "userspace/tool/cli/command.h"
LIBRARY_PAGE = MAN / "libvdev.3.rst"
HEADERS = ROOT / "userspace/include/vdev"
MAP = ROOT / "userspace/lib/libvdev.map"
CASES = ROOT / "tests/golden/cases"
LOADED = [*sorted((ROOT / "tests/golden/files").glob("profile-*.json")),
          *sorted((ROOT / "packaging/profiles.d").glob("*.json"))]

# Keys of the JSON that are no attribute of the same name, and why.
PLURAL = {"blocker": "blockers", "feature": "features", "param": "params",
          "finding": "findings", "counter": "counters"}
RENAMED = {("versions", "entry"): "list", ("vdev", "endpoint"): "kind",
           ("source", "endpoint"): "kind",
           ("stats", "provider"): "providers"}
# Written as one string.
FLATTENED = {"semver"}
# Only in requests.
REQUESTS = {"filter", "expect", "replace", "max-age", "order", "partial", "dry-run", "reset"}
# What only the tool knows: of endpoints, of documents, of hosts, of judgements.
OWN = {"dev", "handle", "migratable", "hex", "names",
       "endpoints", "format", "format-version", "profiles", "comment",
       "host", "machine", "kernel-release", "vdev-version",
       "check", "find", "one-way", "judge", "doubtful",
       "error", "file", "line", "status", "message",
       "group", "needs-p2p", "lacks-p2p", "judgements", "contending-sources",
       "contended-targets",
       "stats", "dev-stats", "statistics", "queues", "index", "migration-state", "missing", "part",
       "ceilings", "baseline", "hosts", "absent", "oldest", "newest", "nearest", "in-the-way",
       "disordered", "obstacles",
       "matrix", "sources", "targets", "pairs", "movable-pairs", "self", "to-move", "movable",
       "worst-source", "worst-target", "finding", "incomplete",
       "parents", "method", "max-vqs", "enabled", "types", "description", "commands",
       "command", "judgement",
       "event", "time", "loss", "resync", "object", "changes", "before", "after",
       "added", "removed"}
# Keys of the lists that a document is about.
LISTS = ("dev", "type", "ceilings", "check", "group", "find", "matrix", "baseline", "endpoints", "profiles",
         "providers", "parents", "commands", "dev-stats")


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def no_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key appears twice: {keys}")
    return dict(pairs)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=no_duplicates)


def strict(schema):
    """The same schema, but keys that it does not name are wrong."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        result["additionalProperties"] = False
    return result


def errors(validator, document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:200]
            for error in validator.iter_errors(document)]


def goldens():
    return sorted(path for path in CASES.iterdir() if path.read_bytes().startswith(b"{"))


def is_stream(path):
    return path.read_bytes().startswith((b'{"event":', b'{"source":'))


def is_batch(path):
    return path.name.startswith("batch") or path.suffix == ".batch"


def documents_of_batch(path):
    """One after the other."""
    text = path.read_text(encoding="utf-8")
    decoder = json.JSONDecoder(object_pairs_hook=no_duplicates)
    while text:
        document, end = decoder.raw_decode(text)
        yield document
        text = text[end:].lstrip("\n")


def documents(path):
    """The only one, those of a batch, or those of a stream, one on each line."""
    if is_batch(path):
        return list(documents_of_batch(path))
    if not is_stream(path):
        return [load(path)]
    return [json.loads(line, object_pairs_hook=no_duplicates)
            for line in path.read_text(encoding="utf-8").splitlines()]


def check_goldens(tap, schema):
    """Where it was warned of keys that nobody knows, there are some."""
    plain_validator = jsonschema.Draft7Validator(schema)
    strict_validator = jsonschema.Draft7Validator(strict(schema))
    for path in goldens():
        warned = path.with_name(f"{path.name}.warn").exists()
        try:
            problems = [error for document in documents(path)
                        for error in errors(plain_validator if warned else strict_validator,
                                            document)]
        except ValueError as error:
            problems = [str(error)]
        tap.result(f"the schema accepts {path.name}", problems)


def check_lines(tap):
    """Without -p each element of the list is a line of its own."""
    for path in goldens():
        text = path.read_text(encoding="utf-8")
        if text.startswith("{\n") or is_stream(path) or is_batch(path):
            continue
        first, *middle = text.rstrip("\n").split("\n")
        last = middle.pop() if middle else ""
        document = load(path)
        key = next(key for key in LISTS if key in document)
        problems = []
        if document[key]:
            if [json.loads(line.rstrip(",")) for line in middle] != document[key]:
                problems.append("the lines are not the elements")
            if not first.endswith(f'"{key}":[') or not last.startswith("]"):
                problems.append("the frame is not on lines of its own")
        elif f'"{key}":[]' not in first or middle or last:
            problems.append("an empty list has another form")
        tap.result(f"{path.name} has one element on a line", problems)


def set_path(document, path, value):
    document = copy.deepcopy(document)
    place = document
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


DEV = ("dev", 0)
RECORD = (*DEV, "record")
BROKEN = [
    ("a device without its handle", (*DEV, "handle"), None),
    ("an id of 0", (*DEV, "id"), 0),
    ("an id that is a string", (*DEV, "id"), "3"),
    ("an unknown word", (*DEV, "migration"), "perhaps"),
    ("migratable that is a string", (*DEV, "migratable"), "yes"),
    ("capabilities that are one string", (*DEV, "capabilities"), "p2p"),
    ("an unknown capability", (*DEV, "capabilities", 0), "fly"),
    ("an unknown operation", (*DEV, "operations"), ["fly"]),
    ("a negative generation", (*DEV, "generation"), -1),
    ("a number over 2^63 - 1", (*DEV, "generation"), 2 ** 63),
    ("an instance of 0", (*DEV, "instance"), 0),
    ("an instance of more than 32 bits", (*DEV, "instance"), 2 ** 32),
    ("a generation with its instance in one word", (*DEV, "generation"), "5:18"),
    ("a fraction", (*DEV, "cost", "downtime"), 1.5),
    ("a value of two kinds", (*DEV, "info", 0, "value"), {"u64": 1, "string": "a"}),
    ("a value of no kind", (*DEV, "info", 0, "value"), {}),
    ("a bare value", (*DEV, "info", 0, "value"), 5),
    ("an unknown rule", (*RECORD, "model", "rule"), "maybe"),
    ("a software version of two numbers", (*RECORD, "software-version", "value"), "1.2"),
    ("a range without its start", (*RECORD, "software-version", "accept", 0, "from"), None),
    ("an unknown version flag", (*RECORD, "versions", "list", 0, "flags", 0), "x"),
    ("a bitmap without names", (*RECORD, "features", 0, "supported", "names"), None),
    ("a bitmap that is decimal", (*RECORD, "features", 0, "supported", "hex"), "12"),
    ("features with names as keys", (*RECORD, "features"), {"virtio": {}}),
    ("a param without a name", (*RECORD, "params", 0, "name"), None),
    ("a range without its end", (*RECORD, "params", 1, "allowed", 0, "high"), None),
    ("a key that nobody knows", (*DEV, "surprise"), 1),
    ("no list at all", ("dev",), None),
    ("two lists", ("type",), []),
    ("an empty list of blockers", (*DEV, "blockers"), []),
]


EXPORTED = ("endpoints", 0)
BROKEN_EXPORT = [
    ("another format", ("format",), "vdpa"),
    ("no version of the format", ("format-version",), None),
    ("an endpoint without its kind", (*EXPORTED, "kind"), None),
    ("an endpoint without its record", (*EXPORTED, "record"), None),
    ("an unknown kind of endpoint", (*EXPORTED, "kind"), "port"),
    ("a host that is a string", ("host",), "a"),
    ("an empty list of what is not known", (*EXPORTED, "unknown"), []),
    ("what is not known as one string", (*EXPORTED, "unknown"), "record.later"),
    ("what is not known without a path", (*EXPORTED, "unknown"), [{"later": 1}]),
]

JUDGEMENT = ("check", 0)
BROKEN_CHECK = [
    ("a judgement without its verdict", (*JUDGEMENT, "verdict"), None),
    ("an unknown verdict", (*JUDGEMENT, "verdict"), "perhaps"),
    ("an unknown judge", (*JUDGEMENT, "judge"), "coin"),
    ("a rank without its surplus", (*JUDGEMENT, "rank", "surplus"), None),
    ("a finding without its code", (*JUDGEMENT, "findings", 0, "code"), None),
    ("an unknown code", (*JUDGEMENT, "findings", 0, "code"), "maybe"),
    ("a value in a finding that is bare", (*JUDGEMENT, "findings", 1, "source"), "a"),
    ("one-way that is a word", ("one-way",), "yes"),
    ("truncated that is false", (*JUDGEMENT, "truncated"), False),
    ("an instance that is a word", (*JUDGEMENT, "instance"), "a"),
    ("an empty list of judgements", ("check",), []),
]

ASSIGNMENT = ("group", 0)
BROKEN_GROUP = [
    ("a group without its verdict", ("verdict",), None),
    ("an empty group", ("group",), []),
    ("a source of a group that has neither a target nor a reason", (*ASSIGNMENT, "target"), None),
    ("a source of a group that has both", (*ASSIGNMENT, "reason"), "p2p"),
    ("a source of a group without judgements", (*ASSIGNMENT, "judgements"), None),
    ("a need of p2p that is a word", ("needs-p2p",), "yes"),
]

SPAN = ("baseline", 0, "versions")
BROKEN_BASELINE = [
    ("a baseline without its model", ("baseline", 0, "model"), None),
    ("an oldest version without a newest", (*SPAN, "oldest"), "v1"),
    ("an empty list of those in the way", (*SPAN, "in-the-way"), []),
]

PAIR = ("matrix", 1)
BROKEN_MATRIX = [
    ("a matrix without its sources", ("sources",), None),
    ("an empty matrix", ("matrix",), []),
    ("a pair without its target", (*PAIR, "target"), None),
    ("a pair that is itself and another one", (*PAIR, "self"), True),
    ("a pair that is not itself", ("matrix", 0, "self"), False),
    ("a pair with an unknown verdict", (*PAIR, "verdict"), "perhaps"),
    ("a negative number of what can be moved", (*PAIR, "movable"), -1),
    ("a finding of a matrix that is not counted", ("obstacles", 0, "pairs"), None),
    ("a matrix without what is in common", ("baseline",), None),
    ("a matrix that is not incomplete", ("incomplete",), False),
    ("an incomplete matrix in words", ("incomplete",), "yes"),
]

BROKEN_STREAM = [
    ("an unknown event", ("event",), "perhaps"),
    ("a time that is a number", ("time",), 12),
    ("an object without its handle", ("object", "handle"), None),
    ("a change without its field", ("changes", 0, "field"), None),
    ("a change of a number", ("changes", 0, "after"), 3),
    ("changes with names as keys", ("changes",), {"mtu": "3"}),
    ("an event of an instance of 0", ("instance",), 0),
    ("an event with a profile that is a name", ("profile",), "mtty"),
]

BROKEN_PAIR = [
    ("a pair without its source", ("source",), None),
    ("a pair without its findings", ("findings",), None),
    ("a pair that is a check, too", ("check",), []),
    ("a doubt that is a word", ("doubtful",), "no"),
]

BROKEN_ERROR = [
    ("an error without its line", ("error", "line"), None),
    ("an error that is no failure", ("error", "status"), 2),
]

PROFILE = ("profiles", 0)
BROKEN_PROFILE = [
    ("a profile without its name", (*PROFILE, "name"), None),
    ("a profile that does not say what it declares", (*PROFILE, "migration"), None),
    ("a profile that declares what is no declaration", (*PROFILE, "migration"), "maybe"),
    ("a profile for anything", (*PROFILE, "bus"), None),
    ("a pattern that is a number", (*PROFILE, "type"), 5),
    ("profiles without the version of the format", ("format-version",), None),
    ("a profile with an unknown capability", (*PROFILE, "capabilities"), ["fly"]),
    ("a profile with a cost that is a number", (*PROFILE, "cost"), 5),
    ("a profile with an instance of 0", (*PROFILE, "instance"), 0),
]

BROKEN_CHANGE = [
    ("a change of a profile without its name", (*PROFILE, "name"), None),
    ("a change that does not report how many changed", (*PROFILE, "changed"), None),
    ("a change of a negative number", (*PROFILE, "changed"), -1),
]


BROKEN_STATS = [
    ("providers without the counters of the family", ("stats",), None),
    ("counters of the family without providers", ("providers",), None),
    ("a provider without its name", ("providers", 0, "name"), None),
    ("providers with names as keys", ("providers",), {"vdpa": {}}),
    ("a counter that is a string", ("providers", 0, "polls"), "1"),
    ("a reason that is a list", ("providers", 0, "not-followed-reason"), []),
]
BROKEN_AGE = [
    ("an age that is negative", (*DEV, "age"), -1),
    ("an age in seconds", (*DEV, "age"), 0.3),
    ("stale that is a word", ("dev", 1, "stale"), "yes"),
    ("stale that is false", ("dev", 1, "stale"), False),
]


def check_broken(tap, schema):
    validator = jsonschema.Draft7Validator(strict(schema))
    for case, changes in (("vdpa-net", BROKEN), ("export", BROKEN_EXPORT),
                          ("check-offline", BROKEN_CHECK), ("check-group", BROKEN_GROUP),
                          ("baseline", BROKEN_BASELINE), ("matrix", BROKEN_MATRIX),
                          ("profile-one", BROKEN_PROFILE), ("profile-load", BROKEN_CHANGE),
                          ("stats", BROKEN_STATS),
                          ("age", BROKEN_AGE)):
        good = load(CASES / f"{case}.json")
        for name, path, value in changes:
            found = errors(validator, set_path(good, path, value))
            tap.result(f"the schema rejects {name}", [] if found else ["it does not"])
    good = next(document for document in documents(CASES / "monitor.json")
                if document.get("changes"))
    pair = documents(CASES / "check-all.json")[0]
    error = documents(CASES / "batch-failed.stopped-json")[-1]
    for document, changes in ((good, BROKEN_STREAM), (pair, BROKEN_PAIR), (error, BROKEN_ERROR)):
        for name, path, value in changes:
            found = errors(validator, set_path(document, path, value))
            tap.result(f"the schema rejects {name}", [] if found else ["it does not"])


def check_loaded(tap, schema):
    validator = jsonschema.Draft7Validator(schema)
    for path in LOADED:
        tap.result(f"the schema accepts {path.name}, which is loaded",
                   errors(validator, load(path)))


def check_tolerance(tap, schema):
    """What a newer tool may print."""
    validator = jsonschema.Draft7Validator(schema)
    document = load(CASES / "vdpa-net.json")
    document["news"] = {}
    document["dev"][0]["news"] = 1
    document["dev"][0]["record"]["news"] = []
    document["dev"][0]["migration"] = "unknown-9"
    tap.result("the schema accepts keys and words to come", errors(validator, document))


def attribute_sets(spec):
    """The attributes of each set with their numbers; those of a part are the whole's."""
    found = {}
    for item in spec["attribute-sets"]:
        whole = {attr["name"]: (number, attr)
                 for number, attr in found.get(item.get("subset-of"), ())}
        found[item["name"]] = [(number, {**whole.get(attr["name"], (0, {}))[1], **attr})
                               for number, attr in
                               ((whole.get(attr["name"], (place,))[0], attr)
                                for place, attr in enumerate(item["attributes"], 1))]
    return found


def expected_tables(spec):
    lines = set()
    for name, attrs in attribute_sets(spec).items():
        for number, attr in attrs:
            lines.add(f"attr {name} {number} {attr['name']} {attr['type']} "
                      f"{attr.get('nested-attributes', '-')}"
                      f"{' list' if attr.get('multi-attr') else ''}")
    for item in spec["definitions"]:
        if item["type"] not in ("enum", "flags"):
            continue
        start = item.get("value-start", 0)
        for number, entry in enumerate(item["entries"], start):
            lines.add(f"enum {item['name']} {number} {entry['name']}")
    return lines


def check_tables(tap, spec, names):
    got = set(output(names).splitlines())
    expected = expected_tables(spec)
    tap.result("the library knows every attribute and word of the specification",
               sorted(expected - got))
    tap.result("the library knows nothing else", sorted(got - expected))


def schema_keys(schema):
    keys = set()
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            keys |= set(schema["properties"])
        for value in schema.values():
            keys |= schema_keys(value)
    elif isinstance(schema, list):
        for value in schema:
            keys |= schema_keys(value)
    return keys


def spec_keys(spec):
    keys = set()
    for item in spec["attribute-sets"]:
        if item["name"] in FLATTENED | REQUESTS:
            continue
        for attr in item["attributes"]:
            name = RENAMED.get((item["name"], attr["name"]), attr["name"])
            if name not in REQUESTS:
                keys.add(PLURAL.get(name, name))
    return keys


def spec_words(spec):
    return {entry["name"] for item in spec["definitions"]
            if item["type"] in ("enum", "flags") for entry in item["entries"]}


def check_keys(tap, spec, schema):
    keys = schema_keys(schema)
    tap.result("every attribute is a key of the schema", sorted(spec_keys(spec) - keys))
    tap.result("every key of the schema is an attribute", sorted(keys - spec_keys(spec) - OWN))
    text = json.dumps(schema)
    tap.result("every word is in the schema",
               [word for word in sorted(spec_words(spec))
                if not re.search(rf"[(|]{re.escape(word)}[|]", text)])


def check_json_page(tap, spec, schema):
    page = JSON_PAGE.read_text()
    wanted = schema_keys(schema) | spec_words(spec)
    tap.result("vdev-json.5 documents every key and word",
               [word for word in sorted(wanted) if f"``{word}``" not in page])
    got = set()
    for path in (*goldens(), *LOADED):
        got |= set(re.findall(r'"([a-z0-9-]+)":', path.read_text(encoding="utf-8")))
    tap.result("the goldens have every key of the schema",
               sorted(schema_keys(schema) - got))


def plain(page):
    """A manual page as words: without escapes and emphasis."""
    return re.sub(r"\\ |\\(?=\S)|(?<!\\)\*", "", page.read_text())


def usages(vdevctl):
    """The lines of the help that tell what a command takes."""
    text = output(vdevctl, "help").split("Commands:\n")[1].split("\n\n")[0]
    return [line for line in text.splitlines() if not line.startswith("   ")]


def offered(vdevctl, *command):
    """What completion knows, without what there is on this host."""
    lines = [line.split("\t") for current in ("", "-")
             for line in output(vdevctl, "help", "--complete", *command, current).splitlines()]
    return {word for kind, word, *_ in lines if kind == "w" and "/" not in word}


def check_tool_page(tap, spec, vdevctl):
    text = plain(TOOL_PAGE)
    words = offered(vdevctl)
    commands = [re.match(r"  ([a-z ]+?)(?: [^a-z]|$)", line).group(1).split()
                for line in usages(vdevctl)]
    for command in commands:
        words.add(" ".join(command))
        words |= offered(vdevctl, *command)
    tap.result("vdevctl.8 documents every word of the command line",
               [word for word in sorted(words)
                if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)])
    tap.result("vdevctl.8 documents every word of the specification",
               [word for word in sorted(spec_words(spec)) if word not in text])
    tap.result("there are commands", [] if len(commands) > 5 else [str(commands)])
    tap.result("vdevctl.8 has the synopsis of every command",
               [line for line in usages(vdevctl) if line.strip() not in text])


def check_statuses(tap):
    """Each exit status is in the table, and there is a run that ends with it."""
    table = TOOL_PAGE.read_text().split("\nEXIT STATUS\n")[1]
    listed = set(map(int, re.findall(r"^\*\*(\d)\*\*$", table, re.MULTILINE)))
    known = set(map(int, re.findall(r"\tEXIT_\w+ = (\d),", COMMAND.read_text())))
    seen = set()
    for path in CASES.glob("*.yaml"):
        for run in yaml.safe_load(path.read_text()).get("runs", {}).values():
            seen.add(run.get("status", 0))
    tap.result("vdevctl.8 has a table of every exit status",
               [f"{sorted(listed)}, {sorted(known)}"] if listed != known or not known else [])
    tap.result("every exit status has a run in the goldens", sorted(known ^ seen))


def public_functions():
    names = set()
    for header in HEADERS.glob("*.h"):
        names |= set(re.findall(r"^(?!typedef)(?:[\w *]*?)\b(vdev_\w+)\(", header.read_text(),
                                re.MULTILINE))
    return names


def check_library_page(tap):
    functions = public_functions()
    tap.result("there are public functions", [] if len(functions) > 50 else [str(functions)])
    text = plain(LIBRARY_PAGE)
    tap.result("libvdev.3 documents every function",
               sorted(name for name in functions if name not in text))
    exported = set(re.findall(r"^\t(vdev_\w+);", MAP.read_text(), re.MULTILINE))
    tap.result("the version script exports what the headers declare",
               sorted(functions ^ exported))


def check_example(tap):
    """The program in libvdev.3 is one."""
    text = LIBRARY_PAGE.read_text()
    source = re.search(r"\nEXAMPLE\n=+\n\n::\n\n(.*?)\n\S", text, re.DOTALL).group(1)
    done = subprocess.run(["cc", "-x", "c", "-std=gnu11", "-Wall", "-Wextra", "-Werror",
                           "-fsyntax-only", "-I", ROOT / "userspace/include",
                           "-I", ROOT / "uapi", "-"], input=source, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    tap.result("the example of libvdev.3 compiles", done.stdout.splitlines())


def check_headers(tap):
    """Each header can be included alone, also from C++."""
    for header in sorted(HEADERS.glob("*.h")):
        problems = []
        for language in ("c", "c++") if shutil.which("g++") else ("c",):
            done = subprocess.run(["cc", "-x", language, "-Wall", "-Wextra", "-Werror",
                                   "-fsyntax-only", "-I", ROOT / "userspace/include",
                                   "-I", ROOT / "uapi", "-"], check=False, text=True,
                                  input=f"#include <vdev/{header.name}>\n",
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            problems += done.stdout.splitlines()
        tap.result(f"vdev/{header.name} can be included alone", problems)


def check_pages(tap, folder):
    for source in sorted(MAN.glob("*.rst")):
        page = pathlib.Path(folder) / source.stem
        done = subprocess.run(["mandoc", "-Tlint", "-Werror", page], check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        problems = done.stdout.splitlines()
        if f"{source.stem[:-2].upper()}(" not in output("mandoc", "-Tutf8", page):
            problems.append("it has no title")
        tap.result(f"mandoc finds no error in {page.name}", problems)


def main():
    names, vdevctl, pages = sys.argv[1:]
    spec = yaml.safe_load(SPEC.read_text())
    schema = json.loads(SCHEMA.read_text())
    tap = Tap()
    print("TAP version 13")
    jsonschema.Draft7Validator.check_schema(schema)
    check_goldens(tap, schema)
    check_lines(tap)
    check_broken(tap, schema)
    check_loaded(tap, schema)
    check_tolerance(tap, schema)
    check_tables(tap, spec, names)
    check_keys(tap, spec, schema)
    check_json_page(tap, spec, schema)
    check_tool_page(tap, spec, vdevctl)
    check_library_page(tap)
    check_example(tap)
    check_headers(tap)
    check_statuses(tap)
    check_pages(tap, pages)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
