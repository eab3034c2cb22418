# SPDX-License-Identifier: LGPL-2.1
"""Following the endpoints of this host as they come, change and go.

A program without an event loop polls the descriptor of fileno(), and calls read(). With
asyncio, it iterates: "async for event in monitor".
"""

import asyncio
import contextlib
import dataclasses
from typing import Self

from . import _abi, _arguments, endpoint
from ._functions import lib
from ._memory import Exclusive, Items, Memory
from .endpoint import Endpoint
from .errors import error_of
from .filters import Filter, built
from .words import string, word, word_or_none


@dataclasses.dataclass(frozen=True)
class Event:
    """One step; see vdev/monitor.h. Profile is the name of the one that it is about."""

    type: str
    resync: bool
    generation: int
    instance: int
    loss: str | None
    before: Endpoint | None
    after: Endpoint | None
    profile: str | None


def _event(address: int) -> Event:
    event = _abi.Event.from_address(address)
    return Event(word(lib.vdev_event_name, event.type), event.resync, event.generation,
                 event.instance, word_or_none(lib.vdev_loss_name, event.loss),
                 endpoint.lent(event.before) if event.before else None,
                 endpoint.lent(event.after) if event.after else None,
                 string(lib.vdev_profile_name(event.profile)) if event.profile else None)


class Monitor(Exclusive):
    """It follows from the moment that it is made. Threads that use it take turns."""

    def __init__(self, conditions: Filter | None = None, *, buffer: int | None = None,
                 memory: int | None = None, wait: bool = False) -> None:
        """Buffer is how much may wait in the kernel, memory how large the mirror may become,
        in bytes. With wait it also starts while the family is absent."""
        kept = built(conditions)
        monitor = Memory(lib.vdev_monitor_new(), lib.vdev_monitor_free,
                         [] if kept is None else [kept])
        lib.vdev_monitor_set_filter(monitor, kept)
        if buffer is not None:
            lib.vdev_monitor_set_buffer(monitor, _arguments.number(buffer, 31, "buffer"))
        if memory is not None:
            lib.vdev_monitor_set_memory(monitor, _arguments.number(memory, 63, "memory"))
        lib.vdev_monitor_set_wait(monitor, _arguments.truth(wait, "wait"))
        result = lib.vdev_monitor_start(monitor)
        if result < 0:
            raise error_of(result, lib.vdev_monitor_error(monitor).contents)
        super().__init__(monitor)
        self._items: Items | None = None
        self._unread: list[Event] = []
        self._failure: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None

    def fileno(self) -> int:
        """The descriptor to poll, which must not be read."""
        return int(lib.vdev_monitor_fd(self._memory))

    def read(self) -> list[Event]:
        """What happened since the last call, without a wait. A failure that comes behind events
        is raised by the next call. The monitor can be read on after one, and after an exception
        of a signal's handler: what was not returned then, the next call returns."""
        self._alone(self._fill, self._memory)
        # Nothing is called from here on, so that no handler runs.
        events, self._unread = self._unread, []
        return events

    def _fill(self, memory: Memory) -> None:
        if self._failure is None:
            self._read_items(memory)
        if self._failure is not None and not self._unread:
            failure, self._failure = self._failure, None
            raise failure

    def _read_items(self, memory: Memory) -> None:
        """If it is left by an exception, the next call goes on."""
        if self._items is None:
            self._items = Items(lib.vdev_event_list_free)
            lib.vdev_event_list(memory, self._items.array, self._items.number)
        events = self._items.copies(_event)
        error = lib.vdev_monitor_error(memory).contents
        failure = None if error.type == _abi.ErrorType.NONE else error_of(-error.code, error)
        self._unread += events
        self._failure, self._items = failure, None

    def endpoints(self) -> list[Endpoint]:
        """All that were reported and are not gone, in no order."""
        return self._alone(_mirror, self._memory)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        while not self._unread:
            memory = self._held
            if memory is None:
                raise StopAsyncIteration
            await self._readable(memory)
            # Another thread may close it from now on, and what is closed is not read.
            if self._held is not None:
                self._alone(self._fill, memory)
        event = self._unread[0]
        del self._unread[0]
        return event

    async def _readable(self, memory: Memory) -> None:
        """Wait until there is something to read, or the monitor is closed."""
        if self._waiter is not None:
            raise RuntimeError("another task waits for the monitor")
        # The descriptor stays open while it is polled, as the caller has the memory.
        descriptor = lib.vdev_monitor_fd(memory)
        loop = asyncio.get_running_loop()
        waiter = self._waiter = loop.create_future()
        try:
            loop.add_reader(descriptor, _wake, waiter)
            # Who closed it before has seen no waiter.
            if self._held is not None:
                await waiter
        finally:
            self._waiter = None
            loop.remove_reader(descriptor)

    def close(self) -> None:
        """Stop. An iteration ends, also one that waits, whatever thread this is."""
        super().close()
        waiter = self._waiter
        if waiter is not None:
            # If the loop is closed, nobody waits.
            with contextlib.suppress(RuntimeError):
                waiter.get_loop().call_soon_threadsafe(_wake, waiter)


def _mirror(memory: Memory) -> list[Endpoint]:
    items = Items(lib.vdev_object_list_free)
    result = lib.vdev_monitor_list(memory, items.array, items.number)
    if result < 0:
        raise error_of(result, lib.vdev_monitor_error(memory).contents)
    return items.copies(endpoint.lent)


def _wake(waiter: "asyncio.Future[None]") -> None:
    if not waiter.done():
        waiter.set_result(None)
