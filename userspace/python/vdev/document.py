# SPDX-License-Identifier: LGPL-2.1
"""Documents: declarations as they travel between hosts, as JSON or as tokens."""

import ctypes
import dataclasses
from collections.abc import Iterable
from typing import Self

from . import _abi, _arguments
from ._functions import lib, libc
from ._memory import Items, Memory, Owner
from .declaration import Declaration
from .errors import Malformed, error_of
from .words import string, text

_FORMS = {form.name.lower(): form for form in _abi.Form}
_UNKNOWN = {kind: kind.name.lower().replace("_", "-") for kind in _abi.UnknownKind}


@dataclasses.dataclass(frozen=True)
class Exported:
    """An endpoint of a document, and how it was named where it was exported."""

    handle: str | None
    declaration: Declaration


@dataclasses.dataclass(frozen=True)
class Unknown:
    """A part of a document that the library does not know."""

    kind: str
    """"document-key" is about no endpoint; "key" and "word" are."""
    path: str


@dataclasses.dataclass(frozen=True)
class Host:
    """Where a document was exported; None and 0 are not reported."""

    machine: str | None = None
    kernel_release: str | None = None
    vdev_version: str | None = None
    instance: int = 0
    snapshot: int = 0


class Document(Owner):
    """Any number of endpoints. It never changes."""

    @classmethod
    def parse(cls, data: str | bytes) -> Self:
        """Read JSON or tokens. Malformed if it is neither; an endpoint that cannot be read
        harms no other, see rejected."""
        if isinstance(data, str):
            data = str.encode(data)
        if not isinstance(data, bytes):
            raise TypeError(f"data must be a string or bytes, not {type(data).__name__}")
        memory, error = Memory.awaited(lib.vdev_document_free), _abi.Error()
        result = lib.vdev_document_parse(data, bytes.__len__(data), memory.slot, error)
        if result < 0:
            raise error_of(result, error, Malformed)
        return cls(memory)

    @classmethod
    def of(cls, endpoints: Iterable[tuple[str | None, Declaration]],
           host: Host | None = None) -> Self:
        """Make a document of declarations and their handles."""
        memory = Memory(lib.vdev_document_new(), lib.vdev_document_free)
        for handle, declaration in endpoints:
            result = lib.vdev_document_add(
                memory, _arguments.text_or_none(handle, "handle"),
                _arguments.instance(declaration, Declaration, "declaration"))
            if result < 0:
                raise error_of(result)
        if host is not None:
            _set_host(memory, host)
        return cls(memory)

    @property
    def form(self) -> str | None:
        """In which form it was read, "json" or "token"; None if it was not read."""
        number = lib.vdev_document_form(self._memory)
        return _abi.Form(number).name.lower() if number else None

    @property
    def endpoints(self) -> tuple[Exported, ...]:
        """Those that could be read."""
        memory = self._memory
        return tuple(_exported(memory, index)
                     for index in range(lib.vdev_document_num_endpoints(memory)))

    @property
    def rejected(self) -> tuple[str, ...]:
        """For each endpoint that could not be read the place, and what is wrong there."""
        memory = self._memory
        return tuple(text(lib.vdev_document_rejected(memory, index))
                     for index in range(lib.vdev_document_num_rejected(memory)))

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """What the library does not know, and keeps."""
        items = Items(lib.vdev_unknown_list_free)
        result = lib.vdev_unknown_list(self._memory, items.array, items.number)
        if result < 0:
            raise error_of(result)
        return tuple(items.copies(_unknown))

    def write(self, form: str = "json", *, pretty: bool = False, host: bool = True,
              handles: bool = False) -> str:
        """Write it, as "json", "token", "libvirt", "traits", "nova-provider" or "nfd".
        Pretty and host are about JSON, handles, which stand before them, about tokens."""
        if form not in _FORMS:
            raise ValueError(f"form: there is no '{form}'")
        flags = (_abi.Write.PRETTY * _arguments.truth(pretty, "pretty")
                 | _abi.Write.NO_HOST * (not _arguments.truth(host, "host"))
                 | _abi.Write.HANDLES * _arguments.truth(handles, "handles"))
        return _written(self._memory, _FORMS[form], flags)


def _unknown(address: int) -> Unknown:
    part = _abi.Unknown.from_address(address)
    return Unknown(_UNKNOWN[_abi.UnknownKind(part.kind)], text(part.path))


def _exported(memory: Memory, index: int) -> Exported:
    declaration = lib.vdev_declaration_dup(lib.vdev_document_declaration(memory, index))
    return Exported(string(lib.vdev_document_handle(memory, index)),
                    Declaration(Memory(declaration, lib.vdev_declaration_free)))


def _set_host(memory: Memory, host: Host) -> None:
    if not isinstance(host, Host):
        raise TypeError(f"host must be a Host, not {type(host).__name__}")
    struct = _abi.Host(_arguments.text_or_none(host.machine, "machine"),
                       _arguments.text_or_none(host.kernel_release, "kernel_release"),
                       _arguments.text_or_none(host.vdev_version, "vdev_version"),
                       _arguments.number(host.instance, 32, "instance"),
                       _arguments.number(host.snapshot, 64, "snapshot"))
    result = lib.vdev_document_set_host(memory, struct, ctypes.sizeof(struct))
    if result < 0:
        raise error_of(result)


def _written(memory: Memory, form: int, flags: int) -> str:
    data, size = ctypes.c_void_p(), ctypes.c_size_t()
    file = libc.open_memstream(data, size)
    if not file:
        raise MemoryError
    try:
        try:
            result = lib.vdev_document_write(memory, form, flags, file)
        finally:
            closed = libc.fclose(file)
        if closed:
            raise MemoryError
        if result < 0:
            raise error_of(result)
        return ctypes.string_at(data.value or 0, size.value).decode(errors="replace")
    finally:
        libc.free(data)
