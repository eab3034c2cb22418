# SPDX-License-Identifier: LGPL-2.1
"""Which endpoints of other hosts can load a state, by what these hosts exported."""

import dataclasses
from collections.abc import Iterable

from . import _arguments
from ._functions import lib
from ._memory import Memory
from .declaration import Declaration
from .document import Document
from .errors import error_of
from .judgement import Judgement, lent


@dataclasses.dataclass(frozen=True)
class Ranked:
    """An endpoint with its judgement: indexes of the host, and of the endpoint there."""

    judgement: Judgement
    host: int
    endpoint: int


def rank(source: Declaration, hosts: Iterable[Document],
         at_least: str | None = None) -> list[Ranked]:
    """Judge all endpoints of some hosts, and order them, the best first. Those whose verdict
    is worse than at_least are left out."""
    memory = _arguments.instance(source, Declaration, "source")
    documents = _arguments.instances(hosts, Document, "hosts")
    worst = 0 if at_least is None else _arguments.from_word(
        lib.vdev_verdict_from_name, at_least, "at_least")
    ranking = Memory.awaited(lib.vdev_ranking_free, documents)
    result = lib.vdev_ranking_new(memory, _arguments.pointers(documents), len(documents), worst,
                                  ranking.slot)
    if result < 0:
        raise error_of(result)
    places = (lib.vdev_ranking_get(ranking, place).contents
              for place in range(lib.vdev_ranking_num(ranking)))
    return [Ranked(lent(one.judgement), one.host, one.endpoint) for one in places]
