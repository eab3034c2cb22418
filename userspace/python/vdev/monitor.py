# SPDX-License-Identifier: LGPL-2.1
"""Following the endpoints of this host as they come, change and go.

A program without an event loop polls the descriptor of fileno(), and calls read(). With
asyncio, it iterates: "async for event in monitor".
"""

import asyncio
import collections
import dataclasses
from typing import Any, Self

from . import _arguments, endpoint
from ._collected import Collected
from ._functions import EVENT_FN, OBJECT_FN, lib
from ._memory import Memory, Owner, Turn
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


def _event(pointer: Any) -> Event:
    event = pointer.contents
    return Event(word(lib.vdev_event_name, event.type), event.resync, event.generation,
                 event.instance, word_or_none(lib.vdev_loss_name, event.loss),
                 endpoint.lent(event.before) if event.before else None,
                 endpoint.lent(event.after) if event.after else None,
                 string(lib.vdev_profile_name(event.profile)) if event.profile else None)


class Monitor(Owner):
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
        self._turn = Turn()
        self._events: collections.deque[Event] = collections.deque()
        self._failure: BaseException | None = None
        self._waiter: asyncio.Future[None] | None = None

    def fileno(self) -> int:
        """The descriptor to poll, which must not be read."""
        return int(lib.vdev_monitor_fd(self._memory))

    def read(self) -> list[Event]:
        """What happened since the last call, without a wait. A failure that comes behind events
        is raised by the next call. The monitor can be read on after one."""
        memory = self._memory
        with self._turn:
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
            collected = Collected(_event)
            result = lib.vdev_monitor_read(memory, EVENT_FN(collected), None)
            failure = collected.failure
            if failure is None and result < 0:
                failure = error_of(result, lib.vdev_monitor_error(memory).contents)
            if failure is not None and not collected.items:
                raise failure
            self._failure = failure
            return collected.items

    def endpoints(self) -> list[Endpoint]:
        """All that were reported and are not gone, in no order."""
        memory = self._memory
        collected = Collected(endpoint.lent)
        with self._turn:
            result = lib.vdev_monitor_each(memory, OBJECT_FN(collected), None)
        if collected.failure is not None:
            raise collected.failure
        if result < 0:
            raise error_of(result)
        return collected.items

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        while not self._events:
            if self._held is None:
                raise StopAsyncIteration
            await self._readable()
            if self._held is not None:
                self._events.extend(self.read())
        return self._events.popleft()

    async def _readable(self) -> None:
        """Wait until there is something to read, or the monitor is closed."""
        if self._waiter is not None:
            raise RuntimeError("another task waits for the monitor")
        # The descriptor stays open while it is polled.
        memory = self._memory
        descriptor = lib.vdev_monitor_fd(memory)
        loop = asyncio.get_running_loop()
        waiter = self._waiter = loop.create_future()
        loop.add_reader(descriptor, _wake, waiter)
        try:
            await waiter
        finally:
            loop.remove_reader(descriptor)
            self._waiter = None

    def close(self) -> None:
        """Stop. An iteration ends, also one that waits, whatever thread this is."""
        super().close()
        waiter = self._waiter
        if waiter is not None:
            waiter.get_loop().call_soon_threadsafe(_wake, waiter)


def _wake(waiter: "asyncio.Future[None]") -> None:
    if not waiter.done():
        waiter.set_result(None)
