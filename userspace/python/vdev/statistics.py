# SPDX-License-Identifier: LGPL-2.1
"""What is counted, by the family for itself and for each provider, and for one device."""

import dataclasses
from typing import Any

from . import _abi
from ._functions import lib
from ._memory import Memory
from .record import known
from .words import string, text

_PARTS = {part: part.name.lower() for part in _abi.StatsPart}


@dataclasses.dataclass(frozen=True)
class ProviderStatistics:
    """What is counted since the provider was registered; None is not reported. The slowest poll
    is in microseconds, and which endpoint that was; not_followed_reason is about the last device
    that could not be registered."""

    name: str
    endpoints: int | None
    stale: int | None
    polls: int | None
    polls_busy: int | None
    slowest_poll: int | None
    slowest_endpoint: str | None
    rejected: int | None
    vetoes: int | None
    not_followed: int | None
    not_followed_reason: str | None


@dataclasses.dataclass(frozen=True)
class Statistics:
    """What is counted since the module was loaded; None is not reported."""

    instance: int
    generation: int | None
    verdicts: int | None
    events: int | None
    events_lost: int | None
    providers: tuple[ProviderStatistics, ...]


@dataclasses.dataclass(frozen=True)
class Counter:
    """Something that is counted, by the name that the driver has for it."""

    name: str
    value: int


@dataclasses.dataclass(frozen=True)
class QueueStatistics:
    """What the driver of a vdpa device counts for a virtqueue."""

    index: int
    counters: tuple[Counter, ...]


@dataclasses.dataclass(frozen=True)
class MissingStatistics:
    """What there may be and could not be read: "queues" or "migration"; why, as of C and in
    words."""

    part: str
    errno: int
    reason: str


@dataclasses.dataclass(frozen=True)
class DeviceStatistics:
    """What the provider of a device counts, and the driver of a vdpa device for its virtqueues;
    in which state of a migration a VFIO device is, None if that is not reported."""

    handle: str
    id: int
    counters: tuple[Counter, ...]
    queues: tuple[QueueStatistics, ...]
    migration_state: str | None
    missing: tuple[MissingStatistics, ...]


def _provider(one: Any) -> ProviderStatistics:
    return ProviderStatistics(
        text(one.name), known(one.endpoints, _abi.UNKNOWN32), known(one.stale, _abi.UNKNOWN32),
        known(one.polls, _abi.UNKNOWN64), known(one.polls_busy, _abi.UNKNOWN64),
        known(one.slowest_poll, _abi.UNKNOWN64), string(one.slowest_endpoint),
        known(one.rejected, _abi.UNKNOWN64), known(one.vetoes, _abi.UNKNOWN64),
        known(one.not_followed, _abi.UNKNOWN64), string(one.not_followed_reason))


def statistics_of(memory: Memory) -> Statistics:
    """What was read of the family."""
    return Statistics(
        lib.vdev_stats_instance(memory), known(lib.vdev_stats_generation(memory), _abi.UNKNOWN64),
        known(lib.vdev_stats_verdicts(memory), _abi.UNKNOWN64),
        known(lib.vdev_stats_events(memory), _abi.UNKNOWN64),
        known(lib.vdev_stats_events_lost(memory), _abi.UNKNOWN64),
        tuple(_provider(lib.vdev_stats_provider(memory, index).contents)
              for index in range(lib.vdev_stats_num_providers(memory))))


def _counter(one: Any) -> Counter:
    return Counter(text(one.name), one.value)


def _queue(one: Any) -> QueueStatistics:
    return QueueStatistics(one.index, tuple(
        _counter(one.counters[index]) for index in range(one.num_counters)))


def _missing(one: Any) -> MissingStatistics:
    return MissingStatistics(_PARTS[_abi.StatsPart(one.part)], one.code, text(one.reason))


def device_statistics_of(memory: Memory) -> DeviceStatistics:
    """What was read of a device."""
    return DeviceStatistics(
        text(lib.vdev_dev_stats_handle(memory)), lib.vdev_dev_stats_id(memory),
        tuple(_counter(lib.vdev_dev_stats_counter(memory, index).contents)
              for index in range(lib.vdev_dev_stats_num_counters(memory))),
        tuple(_queue(lib.vdev_dev_stats_queue(memory, index).contents)
              for index in range(lib.vdev_dev_stats_num_queues(memory))),
        string(lib.vdev_dev_stats_migration_state(memory)),
        tuple(_missing(lib.vdev_dev_stats_missing(memory, index).contents)
              for index in range(lib.vdev_dev_stats_num_missing(memory))))
