# SPDX-License-Identifier: GPL-2.0
"""A pair of devices: what the verdict is, and what happens."""

import dataclasses
import json

from ktap import equal

from realdev.guest import eventually, run

AS_BEFORE, BROKEN, REFUSED = "as-before", "broken", "refused"
GOOD = ("identical", "compatible")


@dataclasses.dataclass
class Verdict:
    """What vdevctl check says before anything is moved."""
    word: str
    failures: list
    notes: list = dataclasses.field(default_factory=list)

    def is_good(self):
        return self.word in GOOD


@dataclasses.dataclass
class Outcome:
    """What happened: one of three words, what the guest finds broken, and the words of the
    one who refused."""
    truth: str
    broken: list = dataclasses.field(default_factory=list)
    words: str = ""


@dataclasses.dataclass
class Result:
    """All of a pair. The reasons are what a row of the documentation must say if the verdict
    and the truth differ."""
    group: str
    name: str
    verdict: Verdict
    outcome: Outcome
    reasons: list

    def agrees(self):
        return self.verdict.is_good() == (self.outcome.truth == AS_BEFORE)


def judge(source, target):
    """The verdict, the findings that fail, and the codes of those that are notes."""
    answer, = json.loads(run("vdevctl", "-j", "check", source, target, check=False))["check"]
    failures = [one for one in answer["findings"] if one["result"] == "fail"]
    return Verdict(answer["verdict"], failures,
                   [one["code"] for one in answer["findings"] if one["result"] == "note"])


def judge_blocked(source, target):
    """The same of a target that something keeps from being used for a while."""
    def judge_now():
        verdict = judge(source, target)
        equal("blocked", "target-blocked" in verdict.notes, True)
        return verdict

    return eventually(judge_now)


def code_of(finding):
    return f"{finding.get('name', finding['field'])} {finding['code']}"


def reasons_of(verdict, outcome, remark):
    """Why the two can differ. What fails is remarked on by the group: the remark says what
    the guest has to do with it."""
    if outcome.truth == AS_BEFORE:
        return [code_of(one) + remark(one) for one in verdict.failures]
    if outcome.truth == BROKEN:
        return [f"broken: {what}" for what in outcome.broken]
    return [f"refused: {outcome.words}"]


def case(function, *args, **kwargs):
    """A pair that is tried alone: what gives the list of its one result."""
    return lambda: [function(*args, **kwargs)]


def hold(group, name, verdict, outcome, remark=lambda finding: ""):
    """A verdict and what happened."""
    return Result(group, name, verdict, outcome, reasons_of(verdict, outcome, remark))
