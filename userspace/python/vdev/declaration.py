# SPDX-License-Identifier: LGPL-2.1
"""A declaration: what travels between hosts about an endpoint, so that another host can
judge it."""

import ctypes
from collections.abc import Callable
from typing import Any, Self

from . import _abi, _arguments
from ._functions import lib, libc
from ._memory import Memory, Owner
from .errors import Malformed, error_of
from .record import Blocker, Record, blocker_of, record_of
from .words import flags, text, word


class Declaration(Owner):
    """It never changes. Two are equal if their tokens are, and pickle as that."""

    @classmethod
    def parse(cls, token: str) -> Self:
        """Read a token. Malformed if it is none, is damaged, or of a newer format."""
        data = _arguments.text(token, "token")
        memory, error = Memory.awaited(lib.vdev_declaration_free), _abi.Error()
        result = lib.vdev_declaration_parse(data, memory.slot, error)
        if result < 0:
            raise error_of(result, error, Malformed)
        return cls(memory)

    @property
    def token(self) -> str:
        """The declaration as one word."""
        memory = Memory(lib.vdev_declaration_format(self._memory), libc.free)
        return ctypes.string_at(memory.pointer).decode()

    @property
    def kind(self) -> str:
        """Whether it is of a device or of a type."""
        return word(lib.vdev_endpoint_kind_name, lib.vdev_declaration_kind(self._memory))

    @property
    def migration(self) -> str:
        """What the driver declares about migration."""
        return word(lib.vdev_migration_name, lib.vdev_declaration_migration(self._memory))

    @property
    def capabilities(self) -> tuple[str, ...]:
        """What the device can do while it is migrated."""
        return flags(lib.vdev_capability_name, lib.vdev_declaration_capabilities(self._memory))

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """Reasons against a migration."""
        memory = self._memory
        return tuple(blocker_of(lib.vdev_declaration_blocker(memory, index))
                     for index in range(lib.vdev_declaration_num_blockers(memory)))

    @property
    def record(self) -> Record | None:
        """The compared part."""
        memory = self._memory
        return record_of(lib.vdev_declaration_record(memory))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Where something stands that the library does not know, and nobody judges."""
        memory = self._memory
        return tuple(text(lib.vdev_declaration_unknown(memory, index))
                     for index in range(lib.vdev_declaration_num_unknown(memory)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Declaration):
            return NotImplemented
        return self.token == other.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        return type(self).parse, (self.token,)

    def __repr__(self) -> str:
        return f"Declaration.parse({self.token!r})" if self._held else "<Declaration, closed>"


def is_token(word_: str) -> bool:
    """Whether it begins as a token does, also as one that is newer than the library."""
    return bool(lib.vdev_is_token(_arguments.text(word_, "word")))
