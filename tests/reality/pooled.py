# SPDX-License-Identifier: GPL-2.0
"""Mediated devices of types that share a pool, made of several instances and of several
versions: their states are moved through VFIO's own interface, and what their driver rejects
has to be what the verdict names."""

import contextlib

from ktap import equal

from realdev import pool

from .owned import Pooled
from .pairs import case, hold, judge
from .states import STOP_COPY_WAY, move

GROUP = "pool"
# How many of a type are a whole pool.
PARTS = {"whole": 1, "half": 2, "quarter": 4}
VERSIONS = {pool.OLD: ("v1", "v2"), pool.NEW: ("v2", "v3")}


def text_of(what):
    parent, kind, settings = what
    return " ".join([parent, kind, *(f"{name} {value}" for name, value in settings.items())])


def hold_pair(source, target, by_type=False):
    """The target, or its type, as before there is a target, is judged."""
    with contextlib.ExitStack() as stack:
        devices = [Pooled(stack, number, what) for number, what in enumerate((source, target))]
        judged = devices[1].type_handle if by_type else devices[1].handle
        verdict = judge(devices[0].handle, judged)
        outcome = move(*devices, STOP_COPY_WAY, lambda state: state)
    equal("named", [one.get("name", one["field"]) for one in verdict.failures],
          outcome.words.split()[1:])
    name = f"{text_of(source)} -> {'type of ' if by_type else ''}{text_of(target)}"
    return hold(GROUP, name, verdict, outcome)


def made_for(source, parent, kind):
    """What is made of a type for a source: as many units, and its rate; None if that cannot
    be. Its version is the default one."""
    _, source_kind, settings = source
    units = settings.get("aggregator", 1) * 4 // PARTS[source_kind]
    count, rest = divmod(units, 4 // PARTS[kind])
    if rest:
        return None
    return parent, kind, {"aggregator": count, "rate": settings.get("rate", 100)}


def by_types(source):
    for parent in VERSIONS:
        for kind in PARTS:
            target = made_for(source, parent, kind)
            if target:
                yield case(hold_pair, source, target, by_type=True)


def listed():
    sources = []
    for first, second, *_ in pool.PAIRS:
        yield case(hold_pair, first, second)
        yield case(hold_pair, second, first)
        if first not in sources:
            sources.append(first)
            yield from by_types(first)


def short():
    older, newer = (pool.OLD, "half", {}), (pool.NEW, "half", {})
    split = (pool.NEW, "quarter", {"aggregator": 2})
    yield case(hold_pair, older, older)
    yield case(hold_pair, newer, older)
    yield case(hold_pair, older, split)
    yield case(hold_pair, split, older)
    yield case(hold_pair, (pool.OLD, "half", {"rate": 101}), newer)
    yield case(hold_pair, older, split, by_type=True)


def drawn(rng, count):
    for _ in range(count):
        source, target = (random_device(rng) for _ in range(2))
        yield case(hold_pair, source, target)


def random_device(rng):
    parent, kind = rng.choice(list(VERSIONS)), rng.choice(list(PARTS))
    return parent, kind, {"aggregator": rng.randint(1, PARTS[kind]),
                          "version": rng.choice(VERSIONS[parent]),
                          "rate": rng.choice((99, 100, 101))}
