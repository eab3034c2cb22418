# SPDX-License-Identifier: LGPL-2.1
"""Why a call failed, as exceptions. What is wrong with an argument is a TypeError or a
ValueError, a lack of memory a MemoryError, whatever the library makes of it."""

import errno
import os

from . import _abi


class VdevError(Exception):
    """A failure that the library or the kernel reports."""

    errno: int
    """Positive, as of C."""
    message: str
    """What happened, in the kernel's words where it sent any."""
    place: str
    """What is to blame: a path of the specification's words; empty if that is not known."""

    def __init__(self, number: int, message: str, place: str = "") -> None:
        super().__init__(number, message, place)
        self.errno, self.message, self.place = number, message, place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Absent(VdevError):
    """The kernel has no vdev family: the module is not loaded."""


class Inconsistent(VdevError):
    """What was asked for changed during every attempt; another one may succeed."""


class BrokenReply(VdevError):
    """The kernel's reply breaks the specification."""


class Stale(VdevError):
    """The endpoint has changed since the generation that was expected."""


class NotFound(VdevError):
    """There is no such device or type."""


class Malformed(VdevError):
    """A document, a token or a handle that cannot be read."""


_BY_TYPE = {_abi.ErrorType.ABSENT: Absent, _abi.ErrorType.INCONSISTENT: Inconsistent,
            _abi.ErrorType.REPLY: BrokenReply}
_BY_ERRNO = {errno.ESTALE: Stale, errno.ENODEV: NotFound}


def error_of(result: int, error: _abi.Error | None = None,
             kind: type[VdevError] = VdevError) -> Exception:
    """The exception for a negative errno, and for what is said of it if anything is."""
    number, message, place = -result, os.strerror(-result), ""
    if number == errno.ENOMEM:
        return MemoryError(message)
    if error is not None and error.type != _abi.ErrorType.NONE:
        kind = _BY_TYPE.get(error.type) or _BY_ERRNO.get(number) or kind
        message = error.message.decode(errors="replace")
        place = error.attr.decode(errors="replace")
    return kind(number, message, place)
