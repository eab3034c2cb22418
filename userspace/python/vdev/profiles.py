# SPDX-License-Identifier: LGPL-2.1
"""A profile: what a vendor declares for a driver that declares nothing, as the kernel has it."""

import dataclasses

from ._functions import lib
from .record import Cost, Record, cost_of, record_of
from .words import flags, string, text, word_or_none


@dataclasses.dataclass(frozen=True)
class Profile:
    """It is for endpoints of a bus, of a driver and of a type, a pattern; None matches any. The
    rest is declared for them; None, 0 or an empty tuple is not."""

    name: str
    bus: str | None
    driver: str | None
    type: str | None
    migration: str | None
    capabilities: tuple[str, ...]
    cost: Cost | None
    record: Record | None
    instance: int
    generation: int
    """When it was set."""
    snapshot: int
    """When the kernel reported it."""


def profile_of(pointer: int) -> Profile:
    """A copy of a profile that the library lends."""
    return Profile(
        text(lib.vdev_profile_name(pointer)), string(lib.vdev_profile_bus(pointer)),
        string(lib.vdev_profile_driver(pointer)), string(lib.vdev_profile_type(pointer)),
        word_or_none(lib.vdev_migration_name, lib.vdev_profile_migration(pointer)),
        flags(lib.vdev_capability_name, lib.vdev_profile_capabilities(pointer)),
        cost_of(lib.vdev_profile_cost(pointer)), record_of(lib.vdev_profile_record(pointer)),
        lib.vdev_profile_instance(pointer), lib.vdev_profile_generation(pointer),
        lib.vdev_profile_snapshot(pointer))
