# SPDX-License-Identifier: LGPL-2.1
"""The plan for a virtual machine: which target each of its devices is moved to."""

import dataclasses
from collections.abc import Iterable, Sequence

from . import _abi, _arguments
from ._functions import lib
from ._memory import Memory, Owner
from .declaration import Declaration
from .errors import VdevError, error_of
from .judgement import Judgement, lent
from .record import known
from .words import string, word


@dataclasses.dataclass(frozen=True)
class Assignment:
    """What is planned for a source: the index of its target, or why it has none. If others
    need the targets that it could have, these are contended among those sources."""

    target: int | None
    reason: str | None
    sources: tuple[int, ...]
    targets: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Pair:
    """What is known of a source and a target."""

    verdict: str
    source_lacks_p2p: bool
    target_lacks_p2p: bool
    judgement: Judgement


class Plan(Owner):
    """A plan, which never changes."""

    @property
    def verdict(self) -> str:
        """Whether all sources can be moved."""
        return word(lib.vdev_verdict_name, lib.vdev_plan_verdict(self._memory))

    @property
    def needs_p2p(self) -> bool:
        """Whether devices are moved together that need the capability P2P."""
        return bool(lib.vdev_plan_needs_p2p(self._memory))

    @property
    def num_assigned(self) -> int:
        """How many sources have a target."""
        return int(lib.vdev_plan_num_assigned(self._memory))

    def assignment(self, source: int) -> Assignment:
        """What is planned for a source. IndexError if there is no such source."""
        memory = self._memory
        pointer = lib.vdev_plan_assignment(memory, _arguments.number(source, 32, "source"))
        if not pointer:
            raise IndexError(f"there is no source {source}")
        one = pointer.contents
        return Assignment(known(one.target, _abi.PLAN_NONE),
                          string(lib.vdev_plan_reason_name(one.reason)),
                          tuple(one.sources[:one.num_sources]),
                          tuple(one.targets[:one.num_targets]))

    def pair(self, source: int, target: int) -> Pair:
        """What is known of a source and a target. IndexError if there is none of the two."""
        memory = self._memory
        pointer = lib.vdev_plan_pair(memory, _arguments.number(source, 32, "source"),
                                     _arguments.number(target, 32, "target"))
        if not pointer:
            raise IndexError(f"there is no source {source}, or no target {target}")
        pair = pointer.contents
        return Pair(word(lib.vdev_verdict_name, pair.verdict), pair.source_lacks_p2p,
                    pair.target_lacks_p2p, lent(pair.judgement))


def plan(sources: Iterable[Declaration], targets: Iterable[Declaration],
         judgements: Sequence[Sequence[Judgement | None]] | None = None) -> Plan:
    """Assign each source, a device of one machine, a target of its own. The kernel's
    judgements[source][target] count where there are any; the library makes the others."""
    memories = (_arguments.instances(sources, Declaration, "sources"),
                _arguments.instances(targets, Declaration, "targets"))
    judged = None if judgements is None else _judged(judgements, *map(len, memories))
    memory = Memory.awaited(lib.vdev_plan_free,
                            [one for one in judged or () if one is not None])
    error = _abi.Error()
    result = lib.vdev_plan_new(
        _arguments.pointers(memories[0]), len(memories[0]), _arguments.pointers(memories[1]),
        len(memories[1]), None if judged is None else _arguments.pointers(judged), memory.slot,
        error)
    if result < 0:
        raise error_of(result, error, VdevError)
    return Plan(memory)


def _judged(judgements: Sequence[Sequence[Judgement | None]], sources: int,
            targets: int) -> list[Memory | None]:
    rows = [list(row) for row in judgements]
    if len(rows) != sources or any(len(row) != targets for row in rows):
        raise ValueError(f"judgements must be {sources} lists of {targets}")
    return [None if one is None else _arguments.instance(one, Judgement, "judgement")
            for row in rows for one in row]
