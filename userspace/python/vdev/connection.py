# SPDX-License-Identifier: LGPL-2.1
"""A connection to the vdev family of this host's kernel: what there is, and how it judges.

A call waits for the kernel, at most as long as the timeout. Other threads run meanwhile, so
that a program with an event loop calls it in one, as asyncio.to_thread() does.
"""

from collections.abc import Callable
from typing import Any

from . import _abi, _arguments, endpoint, judgement
from ._functions import lib
from ._memory import Exclusive, Items, Memory
from .declaration import Declaration
from .endpoint import Endpoint
from .errors import Malformed, error_of
from .filters import Filter, built
from .judgement import Judgement
from .profiles import Profile, profile_of
from .statistics import DeviceStatistics, Statistics, device_statistics_of, statistics_of


def _kind_of(kind: str) -> int:
    return _arguments.from_word(lib.vdev_endpoint_kind_from_name, kind, "kind")


def _handle_of(name: str | int, kind: int) -> _abi.Handle:
    if isinstance(name, int):
        name = str(_arguments.number(name, 32, "handle"))
    handle = _abi.Handle()
    result = lib.vdev_handle_parse(_arguments.text(name, "handle"), kind, handle)
    if result < 0:
        raise error_of(result, kind=Malformed)
    return handle


def _asked(memory: Memory, function: Callable[..., int], arguments: tuple[Any, ...]) -> None:
    result = function(memory, *arguments)
    if result < 0:
        raise error_of(result, lib.vdev_sock_error(memory).contents)


class Connection(Exclusive):
    """Threads that use one take turns. It connects with the first request, and again after the
    module was loaded anew."""

    def __init__(self, *, timeout_ms: int | None = None, attempts: int | None = None,
                 max_age_ms: int | None = None) -> None:
        """Max_age_ms says how old facts may be that change without an event; of any age unless
        it is given."""
        memory = Memory(lib.vdev_sock_new(), lib.vdev_sock_free)
        if timeout_ms is not None:
            lib.vdev_sock_set_timeout(memory, _arguments.number(timeout_ms, 31, "timeout_ms"))
        if attempts is not None:
            lib.vdev_sock_set_attempts(memory, _arguments.number(attempts, 31, "attempts"))
        if max_age_ms is not None:
            lib.vdev_sock_set_max_age(memory, _arguments.number(max_age_ms, 32, "max_age_ms"))
        super().__init__(memory)

    def _ask(self, function: Callable[..., int], *arguments: Any) -> None:
        self._alone(_asked, self._memory, function, arguments)

    def _list(self, function: Callable[..., int], free: Callable[[Any, Any], object],
              *arguments: Any) -> Items:
        items = Items(free)
        self._ask(function, *arguments, items.array, items.number)
        return items

    def connect(self) -> None:
        """Report early that the family is absent."""
        self._ask(lib.vdev_sock_connect)

    def device(self, handle: str | int) -> Endpoint:
        """One device, by its name BUS/NAME or its number. NotFound if there is none."""
        return self._get(lib.vdev_dev_get, handle, "device")

    def type(self, handle: str | int) -> Endpoint:
        """One type, by its name PARENT-BUS/PARENT/NAME or its number. NotFound if there is
        none."""
        return self._get(lib.vdev_type_get, handle, "type")

    def _get(self, function: Callable[..., int], handle: str | int, kind: str) -> Endpoint:
        memory = Memory.awaited(lib.vdev_object_free)
        self._ask(function, _handle_of(handle, _kind_of(kind)), memory.slot)
        return Endpoint(memory)

    def devices(self, conditions: Filter | None = None) -> list[Endpoint]:
        """All devices that meet the conditions, as they are at one moment."""
        return self._endpoints(lib.vdev_dev_list, conditions)

    def types(self, conditions: Filter | None = None) -> list[Endpoint]:
        """All types that meet the conditions, as they are at one moment."""
        return self._endpoints(lib.vdev_type_list, conditions)

    def _endpoints(self, function: Callable[..., int],
                   conditions: Filter | None) -> list[Endpoint]:
        items = self._list(function, lib.vdev_object_list_free, built(conditions))
        return items.copies(endpoint.lent)

    def check(self, source: Declaration | str | int, target: str | int, *, kind: str = "device",
              source_kind: str = "device", expect: int = 0, instance: int = 0) -> Judgement:
        """Ask the kernel whether an endpoint of this host can load the state of the source,
        which is a declaration, or an endpoint of this host, too. Stale if the target has changed
        after the generation that is expected, of that instance."""
        number = _kind_of(kind)
        memory = Memory.awaited(lib.vdev_judgement_free)
        end = (number, _handle_of(target, number), _arguments.number(expect, 64, "expect"),
               _arguments.number(instance, 32, "instance"), memory.slot)
        if isinstance(source, Declaration):
            self._ask(lib.vdev_check, _arguments.instance(source, Declaration, "source"), *end)
        else:
            number = _kind_of(source_kind)
            self._ask(lib.vdev_check_local, number, _handle_of(source, number), *end)
        return Judgement(memory)

    def find(self, source: Declaration, conditions: Filter | None = None) -> list[Judgement]:
        """Have the kernel judge all of its endpoints that meet the conditions, the best
        first."""
        items = self._list(lib.vdev_find_list, lib.vdev_judgement_list_free,
                           _arguments.instance(source, Declaration, "source"), built(conditions))
        return items.copies(judgement.lent)

    def profiles(self) -> list[Profile]:
        """All profiles, in order of precedence."""
        return self._list(lib.vdev_profile_list, lib.vdev_profile_list_free).copies(profile_of)

    def statistics(self) -> Statistics:
        """What the family counts for itself and for each provider."""
        memory = Memory.awaited(lib.vdev_stats_free)
        self._ask(lib.vdev_stats_get, memory.slot)
        return statistics_of(memory)

    def device_statistics(self, handle: str | int, *, queue: int | None = None) -> DeviceStatistics:
        """What is counted for a device, or for one of its virtqueues alone. What cannot be read
        of all is in missing, mostly for want of CAP_NET_ADMIN; of one virtqueue it raises."""
        memory = Memory.awaited(lib.vdev_dev_stats_free)
        index = _abi.QUEUES_ALL if queue is None else _arguments.number(queue, 32, "queue")
        self._ask(lib.vdev_dev_stats_get, _handle_of(handle, _kind_of("device")), index,
                  memory.slot)
        return device_statistics_of(memory)
