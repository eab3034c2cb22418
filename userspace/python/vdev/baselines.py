# SPDX-License-Identifier: LGPL-2.1
"""What the hosts of a set have in common, or which of them stands in the way."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from . import _arguments
from ._functions import lib
from ._memory import Memory
from .document import Document
from .errors import error_of
from .record import Ceiling, ceiling_of
from .words import string, text, word

# Hosts are indexes of the list that was passed.


@dataclasses.dataclass(frozen=True)
class Common:
    """The versions that hosts have in common. If there is none, in_the_way are the hosts that
    do not take the nearest, or disordered are two that hosts list in different orders."""

    oldest: str | None
    newest: str | None
    nearest: str | None
    in_the_way: tuple[int, ...]
    disordered: tuple[str, str] | None


@dataclasses.dataclass(frozen=True)
class NeededCeiling:
    """A ceiling that a type of a host needs, in the place of the one that it has."""

    host: int
    handle: str
    ceiling: Ceiling


@dataclasses.dataclass(frozen=True)
class Obstacle:
    """What no ceiling can remove, between the types of two hosts."""

    source: int
    target: int
    field: str
    name: str | None
    code: str


@dataclasses.dataclass(frozen=True)
class Model:
    """What hosts have in common for a device model. None are versions that no host reports."""

    model: str
    absent: tuple[int, ...]
    versions: Common | None
    software_version: Common | None
    common: bool
    unknown: bool
    ceilings: tuple[NeededCeiling, ...]
    obstacles: tuple[Obstacle, ...]


def _common(common: Any) -> Common | None:
    if not common.reported:
        return None
    first, second = (string(one) for one in common.disordered)
    return Common(string(common.oldest), string(common.newest), string(common.nearest),
                  tuple(common.in_the_way[:common.num_in_the_way]),
                  None if first is None or second is None else (first, second))


def _model(model: Any) -> Model:
    return Model(
        text(model.model), tuple(model.absent[:model.num_absent]), _common(model.versions),
        _common(model.software_version), model.common, model.unknown,
        tuple(NeededCeiling(one.host, text(one.handle), ceiling_of(one.ceiling))
              for one in model.ceilings[:model.num_ceilings]),
        tuple(Obstacle(one.source, one.target, word(lib.vdev_field_name, one.field),
                       string(one.name), word(lib.vdev_code_name, one.code))
              for one in model.obstacles[:model.num_obstacles]))


def baseline(hosts: Iterable[Document]) -> tuple[Model, ...]:
    """What hosts have in common, by what each exported, for each model in order of names."""
    documents = _arguments.instances(hosts, Document, "hosts")
    memory = Memory.awaited(lib.vdev_baseline_free, documents)
    result = lib.vdev_baseline_new(_arguments.pointers(documents), len(documents), memory.slot)
    if result < 0:
        raise error_of(result)
    return tuple(_model(lib.vdev_baseline_model(memory, index).contents)
                 for index in range(lib.vdev_baseline_num_models(memory)))
