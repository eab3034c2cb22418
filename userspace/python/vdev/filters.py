# SPDX-License-Identifier: LGPL-2.1
"""Which endpoints are meant. The kernel filters, or of a monitor the library."""

import dataclasses

from . import _arguments
from ._functions import lib
from ._memory import Memory
from .errors import error_of

_STRINGS = ("bus", "parent_bus", "parent", "type", "model", "device_api")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Filter:
    """Conditions, all of which an endpoint meets. None is no condition. At_least is a verdict,
    for Connection.find() alone; since is a generation of that instance."""

    bus: str | None = None
    parent_bus: str | None = None
    parent: str | None = None
    type: str | None = None
    model: str | None = None
    device_api: str | None = None
    migratable: bool = False
    since: int | None = None
    instance: int = 0
    at_least: str | None = None
    kind: str | None = None


def built(conditions: Filter | None) -> Memory | None:
    """The filter of the library."""
    if conditions is None:
        return None
    if not isinstance(conditions, Filter):
        raise TypeError(f"filter must be a Filter, not {type(conditions).__name__}")
    memory = Memory(lib.vdev_filter_new(), lib.vdev_filter_free)
    for name in _STRINGS:
        value = _arguments.text_or_none(getattr(conditions, name), name)
        result = getattr(lib, f"vdev_filter_set_{name}")(memory, value)
        if result < 0:
            raise error_of(result)
    lib.vdev_filter_set_migratable(memory, _arguments.truth(conditions.migratable, "migratable"))
    if conditions.since is not None:
        lib.vdev_filter_set_since(memory, _arguments.number(conditions.since, 64, "since"),
                                  _arguments.number(conditions.instance, 32, "instance"))
    if conditions.at_least is not None:
        lib.vdev_filter_set_at_least(memory, _arguments.from_word(
            lib.vdev_verdict_from_name, conditions.at_least, "at_least"))
    if conditions.kind is not None:
        lib.vdev_filter_set_kind(memory, _arguments.from_word(
            lib.vdev_endpoint_kind_from_name, conditions.kind, "kind"))
    return memory
