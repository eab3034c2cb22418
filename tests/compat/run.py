#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Every row of every table of a page, judged by vdevctl.

usage: run.py COMPAT-RST VDEVCTL CAPACITY-PROGRAM

The page must have the tables that are known, each with rows, and no others. A
row that is made wrong must be found wrong.
"""

import json
import pathlib
import subprocess
import sys

import rows
import tables

STATUS = {"identical": 0, "compatible": 0, "incompatible": 2, "not-migratable": 3,
          "undeclared": 3}
CAPACITY = {"none": 0, "sufficient": 1, "busy": 2, "impossible": 3}
# Cells that say what is found, and what cannot be found.
SAYS = ("Verdict", "Finding", "Findings", "Type", "Model", "Aggregation")
WRONG = "unheard-of"


class Judge:
    """What the tool says of two endpoints."""

    def __init__(self, tool, capacity):
        self.tool = tool
        self.capacity = capacity

    def run(self, *args, document):
        return subprocess.run([self.tool, *args], input=json.dumps(document), text=True,
                              check=False, capture_output=True, timeout=60)

    def check(self, source, target):
        names = "compat/source", name_of_target(target)
        done = self.run("-j", "check", "--offline", *(f"-#{name}" for name in names),
                        document=exported(zip(names, (source, target))))
        if not done.stdout:
            raise ValueError(done.stderr.strip())
        judgement = json.loads(done.stdout)["check"][0]
        judgement["status"] = done.returncode
        return judgement

    def token(self, side):
        done = self.run("record", "convert", "--token", "-",
                        document=exported([(name_of_target(side), side)]))
        return done.stdout.strip()

    def check_capacity(self, source, target, word):
        """The verdict, and what is found of the capacity, which the kernel knows."""
        done = subprocess.run([self.capacity, self.token(source), self.token(target),
                               str(CAPACITY[word])],
                              check=True, text=True, capture_output=True, timeout=60)
        return done.stdout.split()

    def ask(self, source, target, capacity):
        """Everything that a row may have to say something about."""
        judgement = self.check(source, target)
        if capacity:
            judgement["verdict"], judgement["capacity"] = \
                self.check_capacity(source, target, capacity)
        return judgement


def name_of_target(target):
    return "compat/host/target" if target["kind"] == "type" else "compat/target"


def exported(endpoints):
    return {"format": "vdev", "format-version": 1,
            "endpoints": [{"handle": name, **side} for name, side in endpoints]}


def by_field(judgement):
    """The findings by field, and by name where what is judged has names."""
    found = {}
    for finding in judgement["findings"]:
        key = finding["field"]
        if key in ("feature", "param") and "name" in finding:
            key += f"-{finding['name']}"
        found.setdefault(key, []).append(finding)
    return found


def bits_of(bitmap):
    mask = int(bitmap["hex"], 16) if bitmap else 0
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def codes_of(judgement):
    codes = {key: [finding["code"] for finding in those]
             for key, those in by_field(judgement).items()}
    if judgement.get("capacity", rows.NONE) != rows.NONE:
        codes["capacity"] = [judgement["capacity"]]
    return codes


def compare(expected, judgement):
    """What differs, a line each."""
    codes = codes_of(judgement)
    if judgement["verdict"] != expected.verdict:
        yield f"verdict {judgement['verdict']}, not {expected.verdict}"
    if not expected.capacity and judgement["status"] != STATUS[judgement["verdict"]]:
        yield f"exit status {judgement['status']}"
    if codes != expected.findings:
        yield f"findings {codes}, not {expected.findings}"
    for key, value in expected.rank.items():
        if judgement["rank"][key] != value:
            yield f"{key} {judgement['rank'][key]}, not {value}"
    for (key, which), bits in expected.bits.items():
        got = bits_of(by_field(judgement).get(key, [{}])[0].get(which))
        if got != bits:
            yield f"{key} {which} {got}, not {bits}"


def understand(build, cells, found):
    row = rows.Row(cells)
    understood = build(row, found)
    if row.cells:
        raise ValueError(f"nobody read the columns {[name for name, _ in row.cells]}")
    return understood


def spoilt(cells):
    """The row, with one cell after another that says what is found made wrong."""
    for index, (header, _) in enumerate(cells):
        if header in SAYS:
            yield [*cells[:index], (header, WRONG), *cells[index + 1:]]


def judge_row(judge, build, cells, found):
    """What is wrong with a row."""
    source, target, expected = understand(build, cells, found)
    judgement = judge.ask(source, target, expected.capacity)
    yield from compare(expected, judgement)
    for wrong in spoilt(cells):
        if not list(compare(understand(build, wrong, found)[2], judgement)):
            yield f"nobody sees that this is wrong: {wrong}"


def judge_table(judge, name, found):
    """What is wrong with a table."""
    if name not in rows.TABLES:
        return ["nobody knows what this table says"]
    if name not in found:
        return ["there is no such table"]
    problems = []
    for cells in found[name] if rows.TABLES[name] else []:
        try:
            wrong = list(judge_row(judge, rows.TABLES[name], cells, found))
        except (KeyError, ValueError) as error:
            wrong = [repr(error)]
        problems += [f"{' | '.join(cell for _, cell in cells)}: {line}" for line in wrong]
    return problems


def page_problems(page):
    """Pages that are no good must not be read."""
    text = page.splitlines()
    rulers = [index for index, line in enumerate(text) if tables.RULER.match(line)]
    first, last = rulers[1], rulers[2]
    worse = {
        "a table without rows": text[:first + 1] + text[last:],
        "a table without an end": text[:last] + text[last + 1:],
        "an empty cell": [*text[:first + 1], text[first + 1][:18], *text[first + 2:]],
        "a table without a name": [line for line in text if ":name:" not in line],
    }
    for what, lines in worse.items():
        try:
            tables.read("\n".join(lines))
        except ValueError:
            continue
        yield f"nobody sees {what}"


def main():
    page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    found = tables.read(page)
    judge = Judge(*sys.argv[2:4])
    results = {f"{name}, {len(found.get(name, []))} rows": judge_table(judge, name, found)
               for name in {**found, **rows.TABLES}}
    results["pages that are no good are not read"] = list(page_problems(page))
    print("TAP version 13")
    for number, (name, problems) in enumerate(results.items(), 1):
        for problem in problems:
            print(f"# {problem}")
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
    print(f"1..{len(results)}")
    return 1 if any(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
