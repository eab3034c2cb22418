# SPDX-License-Identifier: LGPL-2.1
"""The judgement: whether a target can load a source's state, and what was found about each
field. The kernel judges, or the library with the same code; nothing here does."""

import dataclasses
from typing import Any

from . import _abi, _arguments
from ._functions import lib
from ._memory import Memory, Owner
from .declaration import Declaration
from .record import Capacity, Value, bitmap_of, capacity_of, known, value_of
from .words import string, word, word_or_none


@dataclasses.dataclass(frozen=True)
class Finding:
    """What was found about one field."""

    field: str
    name: str | None
    rule: str | None
    result: str
    code: str
    source: Value | None
    target: Value | None
    missing: int | None
    unmet: int | None
    reason: str | None


@dataclasses.dataclass(frozen=True)
class Rank:
    """What orders the targets, most important first."""

    preference: int
    same_version: bool
    bugfix: int
    surplus: int


class Judgement(Owner):
    """An answer, which never changes. What only the kernel reports of a target of its own is
    None, 0 or False in one of the library."""

    @property
    def verdict(self) -> str:
        """Whether the target can load the state; one of words.VERDICTS."""
        return word(lib.vdev_verdict_name, lib.vdev_judgement_verdict(self._memory))

    @property
    def rank(self) -> Rank:
        """The place among other targets."""
        memory = self._memory
        rank = lib.vdev_judgement_rank(memory).contents
        return Rank(rank.preference, rank.same_version, rank.bugfix, rank.surplus)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the fields."""
        memory = self._memory
        return tuple(_finding(lib.vdev_judgement_finding(memory, index).contents)
                     for index in range(lib.vdev_judgement_num_findings(memory)))

    @property
    def kind(self) -> str:
        """Whether the target is a device or a type."""
        return word(lib.vdev_endpoint_kind_name, lib.vdev_judgement_kind(self._memory))

    @property
    def target(self) -> str | None:
        """The name of the target; None if it was a declaration."""
        return string(lib.vdev_judgement_target(self._memory))

    @property
    def id(self) -> int:
        """Number of the target."""
        return int(lib.vdev_judgement_id(self._memory))

    @property
    def instance(self) -> int:
        """Of which instance of the family the generations are."""
        return int(lib.vdev_judgement_instance(self._memory))

    @property
    def generation(self) -> int:
        """When the target last changed visibly."""
        return int(lib.vdev_judgement_generation(self._memory))

    @property
    def snapshot(self) -> int:
        """When the kernel judged."""
        return int(lib.vdev_judgement_snapshot(self._memory))

    @property
    def capacity(self) -> Capacity | None:
        """Room for more instances of a target type."""
        memory = self._memory
        return capacity_of(lib.vdev_judgement_capacity(memory))

    @property
    def age(self) -> int | None:
        """Milliseconds since the target's facts were read that change without an event."""
        return known(lib.vdev_judgement_age(self._memory), _abi.UNKNOWN32)

    @property
    def stale(self) -> bool:
        """Whether the target did not answer when it was polled."""
        return bool(lib.vdev_judgement_stale(self._memory))

    @property
    def truncated(self) -> bool:
        """Whether findings were left out."""
        return bool(lib.vdev_judgement_truncated(self._memory))

    def __repr__(self) -> str:
        return f"<Judgement, {self.verdict}>" if self._held else "<Judgement, closed>"


def _finding(finding: Any) -> Finding:
    return Finding(word(lib.vdev_field_name, finding.field), string(finding.name),
                   word_or_none(lib.vdev_rule_name, finding.rule),
                   word(lib.vdev_result_name, finding.result),
                   word(lib.vdev_code_name, finding.code),
                   value_of(finding.source), value_of(finding.target),
                   bitmap_of(finding.missing), bitmap_of(finding.unmet), string(finding.reason))


def judge(source: Declaration, target: Declaration) -> Judgement:
    """Let the library judge whether the target can load the source's state. What only the
    target's driver knows, a veto or whether there is room, has no part in it."""
    pointer = lib.vdev_judge(_arguments.instance(source, Declaration, "source"),
                             _arguments.instance(target, Declaration, "target"))
    return Judgement(Memory(pointer, lib.vdev_judgement_free))


def lent(pointer: int) -> Judgement:
    """A copy of a judgement that the library lends."""
    return Judgement(Memory(lib.vdev_judgement_dup(pointer), lib.vdev_judgement_free))
