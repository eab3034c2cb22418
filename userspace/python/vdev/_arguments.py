# SPDX-License-Identifier: LGPL-2.1
"""Arguments, checked before the library sees them: ctypes would cut what is too large. What is
checked is what the library gets, whatever methods a class has that is derived from str or int."""

import ctypes
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from ._memory import Memory, Owner

Owned = TypeVar("Owned", bound=Owner)


def text(value: str, what: str) -> bytes:
    """A string of C. ValueError for a NUL, and for what is not Unicode, as surrogates are."""
    if not isinstance(value, str):
        raise TypeError(f"{what} must be a string, not {type(value).__name__}")
    data = str.encode(value)
    if b"\0" in data:
        raise ValueError(f"{what} has a NUL character")
    return data


def text_or_none(value: str | None, what: str) -> bytes | None:
    """The same for what can be left out."""
    return None if value is None else text(value, what)


def number(value: int, bits: int, what: str) -> int:
    """A number without a sign."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{what} must be a number, not {type(value).__name__}")
    plain = int.__index__(value)
    if not 0 <= plain < 1 << bits:
        raise ValueError(f"{what} must be from 0 to 2**{bits} - 1")
    return plain


def truth(value: bool, what: str) -> bool:
    """True or False, and not what could be taken for one of them."""
    if not isinstance(value, bool):
        raise TypeError(f"{what} must be True or False, not {type(value).__name__}")
    return value


def from_word(function: Callable[[bytes], int], word: str, what: str) -> int:
    """The number that has a word in the library."""
    found = function(text(word, what))
    if not found:
        raise ValueError(f"{what}: there is no '{word}'")
    return found


def instance(value: Owned, kind: type[Owned], what: str) -> Memory:
    """The memory of an object, which keeps it until the call is over."""
    if not isinstance(value, kind):
        raise TypeError(f"{what} must be a {kind.__name__}, not {type(value).__name__}")
    return value._memory


def instances(values: Iterable[Owned], kind: type[Owned], what: str) -> list[Memory]:
    """The same for a list."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{what} must be a list of {kind.__name__}")
    return [instance(value, kind, what) for value in values]


def pointers(memories: Sequence[Memory | None]) -> Any:
    """An array of pointers. NULL ends it: an empty array of C is none."""
    array = (ctypes.c_void_p * (len(memories) + 1))()
    for index, memory in enumerate(memories):
        array[index] = None if memory is None else memory.pointer
    return array
