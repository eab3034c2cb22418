# SPDX-License-Identifier: LGPL-2.1
"""Memory of the library, and the objects that own it.

A Memory frees what it points to when nobody refers to it any more: neither an object that
owns it, nor another Memory that needs it, nor a call that is under way in some thread. To
close an object is therefore safe at any time.
"""

import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, NoReturn, Self


class Memory:
    """A pointer of the library; ctypes passes it in the place of this object."""

    __slots__ = ("_as_parameter_", "_free", "_keep")

    def __init__(self, pointer: int | None, free: Callable[[Any], object],
                 keep: Iterable["Memory"] = ()) -> None:
        self._free: Callable[[Any], object] | None = None
        if not pointer:
            raise MemoryError
        self._as_parameter_ = pointer
        self._keep = tuple(keep)
        self._free = free

    @property
    def pointer(self) -> int:
        """The pointer; who uses it keeps this object meanwhile."""
        return self._as_parameter_

    def __del__(self) -> None:
        if self._free is not None:
            self._free(self._as_parameter_)

    # A copy would free it once more.
    def __reduce__(self) -> NoReturn:
        raise TypeError("memory of libvdev cannot be copied")


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


class Turn:
    """One thread at a time. Who comes again meanwhile, as a signal handler can, is rejected."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("a call on this object is under way")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._owner = 0
        self._lock.release()
