# SPDX-License-Identifier: LGPL-2.1
"""Whether the devices of each of many hosts can be moved to each of many others."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from . import _abi, _arguments
from ._functions import lib
from ._memory import Memory
from .document import Document
from .errors import error_of
from .record import known
from .words import string, word, word_or_none


@dataclasses.dataclass(frozen=True)
class Cell:
    """A pair of hosts. The verdict is the worst of a source on its best target, and source and
    target are indexes of endpoints that have it; None if nothing is moved. Obstacle is an
    index of the matrix's obstacles."""

    verdict: str | None
    self: bool
    num_sources: int
    num_movable: int
    source: int | None
    target: int | None
    obstacle: int | None


@dataclasses.dataclass(frozen=True)
class Hindrance:
    """A finding that stands in the way, of how many pairs of hosts and of how many sources."""

    field: str
    name: str | None
    code: str
    num_pairs: int
    num_sources: int


@dataclasses.dataclass(frozen=True)
class Matrix:
    """cells[source][target] is a pair of hosts; the verdict is the worst of all."""

    verdict: str | None
    cells: tuple[tuple[Cell, ...], ...]
    obstacles: tuple[Hindrance, ...]


def _cell(cell: Any) -> Cell:
    return Cell(word_or_none(lib.vdev_verdict_name, cell.verdict), cell.self, cell.num_sources,
                cell.num_movable, known(cell.source, _abi.MATRIX_NONE),
                known(cell.target, _abi.MATRIX_NONE), known(cell.obstacle, _abi.MATRIX_NONE))


def _hindrance(finding: Any) -> Hindrance:
    return Hindrance(word(lib.vdev_field_name, finding.field), string(finding.name),
                     word(lib.vdev_code_name, finding.code), finding.num_pairs,
                     finding.num_sources)


def matrix(sources: Iterable[Document], targets: Iterable[Document] | None = None) -> Matrix:
    """Judge each host against each other, by what they exported. Without targets the sources
    are the targets, too, and only their devices are moved; else all of their endpoints."""
    sources_ = _arguments.instances(sources, Document, "sources")
    targets_ = None if targets is None else _arguments.instances(targets, Document, "targets")
    memory = Memory.awaited(lib.vdev_matrix_free, [*sources_, *(targets_ or ())])
    result = lib.vdev_matrix_new(
        _arguments.pointers(sources_), len(sources_),
        None if targets_ is None else _arguments.pointers(targets_), len(targets_ or ()),
        memory.slot)
    if result < 0:
        raise error_of(result)
    columns = len(sources_ if targets_ is None else targets_)
    return Matrix(
        word_or_none(lib.vdev_verdict_name, lib.vdev_matrix_verdict(memory)),
        tuple(tuple(_cell(lib.vdev_matrix_cell(memory, row, column).contents)
                    for column in range(columns)) for row in range(len(sources_))),
        tuple(_hindrance(lib.vdev_matrix_obstacle(memory, index).contents)
              for index in range(lib.vdev_matrix_num_obstacles(memory))))
