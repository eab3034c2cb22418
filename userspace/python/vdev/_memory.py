# SPDX-License-Identifier: LGPL-2.1
"""Memory of the library, and the objects that own it.

A Memory frees what it points to when nobody refers to it any more: neither an object that
owns it, nor another Memory that needs it, nor a call that is under way in some thread. To
close an object is therefore safe at any time.

The handler of a signal runs between two steps of Python, and can raise an exception there. It
is never lost, nor is a list cut short by it: the library calls nothing of Python, and what is
freed is freed without a step of Python. Only the memory of one object can be left behind.
"""

import ctypes
import functools
import operator
import os
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar

Result = TypeVar("Result")

# As __del__ it calls _free. In a function of Python the exception of a handler would be lost.
_FREED = property(operator.attrgetter("_free"))


class Memory:
    """A pointer of the library; ctypes passes it in the place of this object."""

    # Until there is something to free.
    _free: Callable[[], object] = object
    __del__ = _FREED

    def __init__(self, pointer: int | None, free: Callable[[Any], object],
                 keep: Iterable["Memory"] = ()) -> None:
        self._set(pointer, free, keep)
        if not pointer:
            raise MemoryError

    @classmethod
    def awaited(cls, free: Callable[[Any], object], keep: Iterable["Memory"] = ()) -> Self:
        """One that the library fills: slot is where."""
        memory = cls.__new__(cls)
        memory._set(None, free, keep)
        return memory

    def _set(self, pointer: int | None, free: Callable[[Any], object],
             keep: Iterable["Memory"]) -> None:
        self._keep = tuple(keep)
        self._as_parameter_ = ctypes.c_void_p(pointer)
        self._free = functools.partial(free, self._as_parameter_)

    @property
    def slot(self) -> ctypes.c_void_p:
        """Where the pointer is."""
        return self._as_parameter_

    @property
    def pointer(self) -> int:
        """The pointer; who uses it keeps this object meanwhile."""
        return self._as_parameter_.value or 0

    # A copy would free it once more.
    def __reduce__(self) -> NoReturn:
        raise TypeError("memory of libvdev cannot be copied")


class Items:
    """A list that the library fills, of pointers to what it frees together with the list."""

    _free: Callable[[], object] = object
    __del__ = _FREED

    def __init__(self, free: Callable[[Any, Any], object]) -> None:
        self.array = ctypes.POINTER(ctypes.c_void_p)()
        self.number = ctypes.c_size_t()
        self._free = functools.partial(free, self.array, self.number)

    def copies(self, copy: Callable[[Any], Result]) -> list[Result]:
        """Of each a copy, which lives on its own."""
        return [copy(self.array[index]) for index in range(self.number.value)]


class Owner:
    """An object of the library. It can be closed, and is when it is no longer referred to."""

    def __init__(self, memory: Memory) -> None:
        if not isinstance(memory, Memory):
            raise TypeError(f"{type(self).__name__} is made by the functions of this package")
        self._held: Memory | None = memory

    @property
    def _memory(self) -> Memory:
        held = self._held
        if held is None:
            raise ValueError(f"the {type(self).__name__} is closed")
        return held

    def close(self) -> None:
        """Give up its memory, which lives on as long as objects need it that were got from it."""
        self._held = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


class Exclusive(Owner):
    """What one thread uses at a time, and only the process that made it."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self._process = os.getpid()
        self._turn = threading.RLock()
        self._busy = False

    @property
    def _memory(self) -> Memory:
        # What the kernel sends would reach one of the two processes.
        if os.getpid() != self._process:
            raise RuntimeError(f"the {type(self).__name__} was made by another process, which "
                               "has forked: make a new one")
        return super()._memory

    def _alone(self, call: Callable[..., Result], *arguments: Any) -> Result:
        """Call a function once no other thread does. Who comes meanwhile in the same thread, as
        the handler of a signal can, is rejected."""
        with self._turn:
            if self._busy:
                raise RuntimeError(f"a call on this {type(self).__name__} is under way")
            self._busy = True
            try:
                return call(*arguments)
            finally:
                self._busy = False

    # A copy would have a turn of its own.
    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {type(self).__name__} cannot be copied")
