# SPDX-License-Identifier: LGPL-2.1
"""The library, and the functions of it that are called, each with its types.

tests/python/abi.py compares them with the prototypes in the headers. Where an object of the
library is expected, a Memory is passed, which lives as long as the call.
"""

import ctypes
from ctypes import (POINTER, c_bool, c_char_p, c_int, c_size_t, c_uint, c_uint32, c_uint64,
                    c_void_p)
from typing import Any

from . import _abi
from ._version import VERSION

SONAME = "libvdev.so.0"

_ERROR = POINTER(_abi.Error)
_HANDLE = POINTER(_abi.Handle)
_LIST = POINTER(c_void_p)
# Where the library puts a list, and its length.
_ITEMS = [POINTER(_LIST), POINTER(c_size_t)]


def _of(kind: str, types: dict[str, Any]) -> dict[str, tuple[Any, list[Any]]]:
    """What is read of an object: functions with no argument but it."""
    return {f"vdev_{kind}_{name}": (result, [c_void_p]) for name, result in types.items()}


def _at(kind: str, index: Any, types: dict[str, Any]) -> dict[str, tuple[Any, list[Any]]]:
    """Lists of an object: how long each is, and what is there at an index."""
    table: dict[str, tuple[Any, list[Any]]] = {}
    for name, (result, plural) in types.items():
        table[f"vdev_{kind}_{name}"] = (result, [c_void_p, index])
        table[f"vdev_{kind}_num_{plural}"] = (index, [c_void_p])
    return table


FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "vdev_version": (c_char_p, []),

    **{f"vdev_{name}_name": (c_char_p, [c_uint32]) for name in (
        "rule", "value_type", "origin", "migration", "capacity_state", "endpoint_kind",
        "verdict", "field", "result", "code", "event", "loss", "plan_reason")},
    **{f"vdev_{name}_name": (c_char_p, [c_uint]) for name in (
        "version_flag", "param_flag", "operation", "capability", "blocker_flag")},
    **{f"vdev_{name}_from_name": (c_uint32, [c_char_p]) for name in ("verdict", "endpoint_kind")},
    "vdev_feature_bit_name": (c_char_p, [c_char_p, c_char_p, c_uint]),

    **_of("record", {
        "device_api": POINTER(_abi.Ident), "model": POINTER(_abi.Ident),
        "type": POINTER(_abi.Ident), "software_version": POINTER(_abi.SoftwareVersion),
        "versions_rule": c_uint32, "aggregation": POINTER(_abi.Aggregation),
        "ceiling": POINTER(_abi.Ceiling)}),
    **_at("record", c_uint, {
        "version": (POINTER(_abi.Version), "versions"),
        "feature": (POINTER(_abi.Feature), "features"),
        "param": (POINTER(_abi.Param), "params")}),

    **_of("declaration", {
        "dup": c_void_p, "free": None, "kind": c_int, "migration": c_uint32,
        "capabilities": c_uint32, "record": c_void_p, "format": c_void_p}),
    **_at("declaration", c_uint, {
        "blocker": (POINTER(_abi.Blocker), "blockers"), "unknown": (c_char_p, "unknown")}),
    "vdev_declaration_of": (c_int, [c_void_p, _LIST, _ERROR]),
    "vdev_declaration_parse": (c_int, [c_char_p, _LIST, _ERROR]),
    "vdev_is_token": (c_bool, [c_char_p]),

    "vdev_document_new": (c_void_p, []),
    "vdev_document_parse": (c_int, [c_char_p, c_size_t, _LIST, _ERROR]),
    **_of("document", {"free": None, "form": c_int}),
    "vdev_document_num_endpoints": (c_size_t, [c_void_p]),
    "vdev_document_declaration": (c_void_p, [c_void_p, c_size_t]),
    "vdev_document_handle": (c_char_p, [c_void_p, c_size_t]),
    **_at("document", c_size_t, {"rejected": (c_char_p, "rejected")}),
    "vdev_unknown_list": (c_int, [c_void_p, *_ITEMS]),
    "vdev_document_add": (c_int, [c_void_p, c_char_p, c_void_p]),
    "vdev_document_set_host": (c_int, [c_void_p, POINTER(_abi.Host), c_size_t]),
    "vdev_document_write": (c_int, [c_void_p, c_int, c_uint32, c_void_p]),

    "vdev_judge": (c_void_p, [c_void_p, c_void_p]),
    **_of("judgement", {
        "dup": c_void_p, "free": None, "verdict": c_uint32, "rank": POINTER(_abi.Rank),
        "kind": c_int, "target": c_char_p, "id": c_uint32, "instance": c_uint32,
        "generation": c_uint64, "snapshot": c_uint64, "capacity": POINTER(_abi.Capacity),
        "age": c_uint32, "truncated": c_bool, "stale": c_bool}),
    **_at("judgement", c_uint, {"finding": (POINTER(_abi.Finding), "findings")}),

    "vdev_ranking_new": (c_int, [c_void_p, _LIST, c_size_t, c_uint32, _LIST]),
    **_of("ranking", {"free": None, "num": c_size_t}),
    "vdev_ranking_get": (POINTER(_abi.Ranked), [c_void_p, c_size_t]),

    "vdev_plan_new": (c_int, [_LIST, c_uint, _LIST, c_uint, _LIST, _LIST, _ERROR]),
    **_of("plan", {"free": None, "verdict": c_uint32, "needs_p2p": c_bool,
                   "num_assigned": c_uint}),
    "vdev_plan_assignment": (POINTER(_abi.Assignment), [c_void_p, c_uint]),
    "vdev_plan_pair": (POINTER(_abi.PlanPair), [c_void_p, c_uint, c_uint]),

    "vdev_matrix_new": (c_int, [_LIST, c_size_t, _LIST, c_size_t, _LIST]),
    **_of("matrix", {"free": None, "verdict": c_uint32}),
    "vdev_matrix_cell": (POINTER(_abi.MatrixCell), [c_void_p, c_size_t, c_size_t]),
    **_at("matrix", c_size_t, {"obstacle": (POINTER(_abi.MatrixFinding), "obstacles")}),

    "vdev_baseline_new": (c_int, [_LIST, c_size_t, _LIST]),
    **_of("baseline", {"free": None}),
    **_at("baseline", c_size_t, {"model": (POINTER(_abi.BaselineModel), "models")}),

    **_of("object", {
        "dup": c_void_p, "free": None, "kind": c_int, "handle": c_char_p, "id": c_uint32,
        "instance": c_uint32, "generation": c_uint64, "snapshot": c_uint64, "bus": c_char_p,
        "name": c_char_p, "parent_bus": c_char_p, "parent": c_char_p, "provider": c_char_p,
        "driver": c_char_p, "driver_version": c_char_p, "bound_driver": c_char_p,
        "migration": c_uint32, "migratable": c_bool, "capabilities": c_uint32,
        "operations": c_uint32, "age": c_uint32, "stale": c_bool, "profile": c_char_p,
        "conflict": c_char_p, "capacity": POINTER(_abi.Capacity), "cost": POINTER(_abi.Cost),
        "record": c_void_p}),
    **_at("object", c_uint, {
        "blocker": (POINTER(_abi.Blocker), "blockers"), "info": (POINTER(_abi.Info), "info")}),

    **_of("profile", {
        "name": c_char_p, "bus": c_char_p, "driver": c_char_p, "type": c_char_p,
        "migration": c_uint32, "capabilities": c_uint32, "cost": POINTER(_abi.Cost),
        "record": c_void_p, "instance": c_uint32, "generation": c_uint64, "snapshot": c_uint64}),
    "vdev_profile_list": (c_int, [c_void_p, *_ITEMS]),

    "vdev_stats_get": (c_int, [c_void_p, _LIST]),
    **_of("stats", {
        "free": None, "instance": c_uint32, "generation": c_uint64, "verdicts": c_uint64,
        "events": c_uint64, "events_lost": c_uint64}),
    **_at("stats", c_uint, {"provider": (POINTER(_abi.ProviderStats), "providers")}),
    "vdev_dev_stats_get": (c_int, [c_void_p, _HANDLE, c_uint32, _LIST]),
    **_of("dev_stats", {
        "free": None, "handle": c_char_p, "id": c_uint32, "migration_state": c_char_p}),
    **_at("dev_stats", c_uint, {
        "counter": (POINTER(_abi.Counter), "counters"),
        "queue": (POINTER(_abi.QueueStats), "queues"),
        "missing": (POINTER(_abi.MissingStats), "missing")}),

    "vdev_filter_new": (c_void_p, []),
    **_of("filter", {"free": None}),
    **{f"vdev_filter_set_{name}": (c_int, [c_void_p, c_char_p]) for name in (
        "bus", "parent_bus", "parent", "type", "model", "device_api")},
    "vdev_filter_set_migratable": (None, [c_void_p, c_bool]),
    "vdev_filter_set_since": (None, [c_void_p, c_uint64, c_uint32]),
    "vdev_filter_set_at_least": (None, [c_void_p, c_uint32]),
    "vdev_filter_set_kind": (None, [c_void_p, c_int]),

    "vdev_sock_new": (c_void_p, []),
    **_of("sock", {"free": None, "connect": c_int, "error": _ERROR}),
    "vdev_sock_set_timeout": (None, [c_void_p, c_uint]),
    "vdev_sock_set_attempts": (None, [c_void_p, c_uint]),
    "vdev_sock_set_max_age": (None, [c_void_p, c_uint32]),
    "vdev_handle_parse": (c_int, [c_char_p, c_int, _HANDLE]),
    "vdev_dev_get": (c_int, [c_void_p, _HANDLE, _LIST]),
    "vdev_type_get": (c_int, [c_void_p, _HANDLE, _LIST]),
    "vdev_dev_list": (c_int, [c_void_p, c_void_p, *_ITEMS]),
    "vdev_type_list": (c_int, [c_void_p, c_void_p, *_ITEMS]),
    "vdev_check": (c_int, [c_void_p, c_void_p, c_int, _HANDLE, c_uint64, c_uint32, _LIST]),
    "vdev_check_local": (c_int, [c_void_p, c_int, _HANDLE, c_int, _HANDLE, c_uint64, c_uint32,
                                 _LIST]),
    "vdev_find_list": (c_int, [c_void_p, c_void_p, c_void_p, *_ITEMS]),

    "vdev_monitor_new": (c_void_p, []),
    **_of("monitor", {"free": None, "start": c_int, "fd": c_int, "error": _ERROR}),
    "vdev_monitor_set_filter": (None, [c_void_p, c_void_p]),
    "vdev_monitor_set_buffer": (None, [c_void_p, c_size_t]),
    "vdev_monitor_set_memory": (None, [c_void_p, c_size_t]),
    "vdev_monitor_set_wait": (None, [c_void_p, c_bool]),
    "vdev_event_list": (c_int, [c_void_p, *_ITEMS]),
    "vdev_monitor_list": (c_int, [c_void_p, *_ITEMS]),

    **{f"vdev_{kind}_list_free": (None, [_LIST, c_size_t]) for kind in (
        "event", "judgement", "object", "profile", "unknown")},
}


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(SONAME)
        _declare(library, "vdev_version")
        version = library.vdev_version().decode()
        # Its structs may grow from one version to the next, while the soname is the same.
        if version != VERSION:
            raise ImportError(f"{SONAME} is of version {version}, and this package of {VERSION}")
        for name in FUNCTIONS:
            _declare(library, name)
    except (OSError, AttributeError) as error:
        raise ImportError(f"cannot use {SONAME}: {error}") from error
    return library


def _declare(library: ctypes.CDLL, name: str) -> None:
    function = getattr(library, name)
    function.restype, function.argtypes = FUNCTIONS[name]


def _load_libc() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.open_memstream.restype = c_void_p
    library.open_memstream.argtypes = [_LIST, POINTER(c_size_t)]
    library.fclose.restype = c_int
    library.fclose.argtypes = [c_void_p]
    library.free.restype = None
    library.free.argtypes = [c_void_p]
    return library


lib = _load()
libc = _load_libc()
