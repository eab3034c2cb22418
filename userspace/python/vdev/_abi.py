# SPDX-License-Identifier: LGPL-2.1
"""Structs and numbers of the library's headers, as C has them.

tests/python/abi.py has a compiler compare all of them with the headers. What has a word in
the library is no number here: see words.py.
"""

import ctypes
import enum
from ctypes import (POINTER, Structure, Union, c_bool, c_char, c_char_p, c_int, c_size_t, c_uint,
                    c_uint32, c_uint64)

# In the place of an index: all virtqueues.
QUEUES_ALL = 2**32 - 1
# In the place of a number: there is none, or it was not reported.
UNKNOWN32 = PLAN_NONE = 2**32 - 1
UNKNOWN64 = 2**64 - 1
MATRIX_NONE = ctypes.c_size_t(-1).value


class Form(enum.IntEnum):
    JSON = 1
    TOKEN = 2
    LIBVIRT = 3
    TRAITS = 4
    NOVA_PROVIDER = 5
    NFD = 6


class Write(enum.IntFlag):
    PRETTY = 1
    NO_HOST = 2
    HANDLES = 4


class ErrorType(enum.IntEnum):
    NONE = 0
    LOCAL = 1
    KERNEL = 2
    ABSENT = 3
    INCONSISTENT = 4
    REPLY = 5


class UnknownKind(enum.IntEnum):
    DOCUMENT_KEY = 1
    KEY = 2
    WORD = 3


class StatsPart(enum.IntEnum):
    QUEUES = 1
    MIGRATION = 2


class ValueType(enum.IntEnum):
    U64 = 1
    STRING = 2
    BOOL = 3


class Error(Structure):
    _fields_ = [("type", c_int), ("code", c_int), ("from_kernel", c_int),
                ("message", c_char * 512), ("attr", c_char * 160)]


class Handle(Structure):
    _fields_ = [("id", c_uint32), ("bus", c_char * 64), ("name", c_char * 64),
                ("parent_bus", c_char * 64), ("parent", c_char * 64)]


class Host(Structure):
    _fields_ = [("machine", c_char_p), ("kernel_release", c_char_p), ("vdev_version", c_char_p),
                ("instance", c_uint32), ("snapshot", c_uint64)]


class Unknown(Structure):
    _fields_ = [("kind", c_int), ("path", c_char_p)]


class Ident(Structure):
    _fields_ = [("value", c_char_p), ("rule", c_uint32), ("accept", POINTER(c_char_p)),
                ("num_accept", c_uint)]


class Semver(Structure):
    _fields_ = [("major", c_uint32), ("minor", c_uint32), ("bugfix", c_uint32)]


class SemverRange(Structure):
    _fields_ = [("from", Semver), ("to", Semver), ("open", c_bool)]


class SoftwareVersion(Structure):
    _fields_ = [("value", Semver), ("rule", c_uint32), ("accept", POINTER(SemverRange)),
                ("num_accept", c_uint), ("has_value", c_bool)]


class Version(Structure):
    _fields_ = [("name", c_char_p), ("flags", c_uint32)]


class Bitmap(Structure):
    _fields_ = [("words", POINTER(c_uint64)), ("num_words", c_uint)]


class Feature(Structure):
    _fields_ = [("name", c_char_p), ("rule", c_uint32), ("supported", Bitmap),
                ("provisioned", Bitmap), ("required", Bitmap), ("negotiated", Bitmap)]


class _AnyValue(Union):
    _fields_ = [("u64", c_uint64), ("string", c_char_p), ("boolean", c_bool)]


class Value(Structure):
    _anonymous_ = ("any",)
    _fields_ = [("type", c_uint32), ("any", _AnyValue)]


class Allowed(Structure):
    _fields_ = [("low", c_uint64), ("high", c_uint64), ("string", c_char_p)]


class Param(Structure):
    _fields_ = [("name", c_char_p), ("type", c_uint32), ("rule", c_uint32), ("flags", c_uint32),
                ("origin", c_uint32), ("value", Value), ("off", Value),
                ("allowed", POINTER(Allowed)), ("num_allowed", c_uint)]


class Aggregation(Structure):
    _fields_ = [("base", c_char_p), ("units", c_uint32), ("count", c_uint32),
                ("limit", c_uint32), ("rule", c_uint32), ("resplit", c_bool),
                ("total", c_uint64)]


class CeilingFeature(Structure):
    _fields_ = [("name", c_char_p), ("mask", Bitmap)]


class CeilingParam(Structure):
    _fields_ = [("name", c_char_p), ("low", c_uint64), ("high", c_uint64)]


class Ceiling(Structure):
    _fields_ = [("max_version", c_char_p), ("features", POINTER(CeilingFeature)),
                ("num_features", c_uint), ("params", POINTER(CeilingParam)),
                ("num_params", c_uint)]


class Blocker(Structure):
    _fields_ = [("name", c_char_p), ("reason", c_char_p), ("flags", c_uint32)]


class Capacity(Structure):
    _fields_ = [("state", c_uint32), ("available", c_uint32), ("limit", c_uint32)]


class Cost(Structure):
    _fields_ = [("state_size", c_uint64), ("precopy_size", c_uint64), ("downtime", c_uint64)]


class Info(Structure):
    _fields_ = [("name", c_char_p), ("type", c_uint32), ("value", Value)]


class Finding(Structure):
    _fields_ = [("field", c_uint32), ("name", c_char_p), ("rule", c_uint32),
                ("result", c_uint32), ("code", c_uint32), ("source", Value), ("target", Value),
                ("missing", Bitmap), ("unmet", Bitmap), ("reason", c_char_p)]


class Rank(Structure):
    _fields_ = [("preference", c_uint32), ("same_version", c_bool), ("bugfix", c_uint32),
                ("surplus", c_uint32)]


class Ranked(Structure):
    _fields_ = [("judgement", ctypes.c_void_p), ("host", c_size_t), ("endpoint", c_size_t)]


class Assignment(Structure):
    _fields_ = [("target", c_uint32), ("reason", c_uint32), ("sources", POINTER(c_uint32)),
                ("num_sources", c_uint), ("targets", POINTER(c_uint32)), ("num_targets", c_uint)]


class PlanPair(Structure):
    _fields_ = [("verdict", c_uint32), ("source_lacks_p2p", c_bool),
                ("target_lacks_p2p", c_bool), ("judgement", ctypes.c_void_p)]


class MatrixCell(Structure):
    _fields_ = [("verdict", c_uint32), ("self", c_bool), ("num_sources", c_size_t),
                ("num_movable", c_size_t), ("source", c_size_t), ("target", c_size_t),
                ("obstacle", c_size_t)]


class MatrixFinding(Structure):
    _fields_ = [("field", c_uint32), ("name", c_char_p), ("code", c_uint32),
                ("num_pairs", c_size_t), ("num_sources", c_size_t)]


class Common(Structure):
    _fields_ = [("reported", c_bool), ("oldest", c_char_p), ("newest", c_char_p),
                ("nearest", c_char_p), ("in_the_way", POINTER(c_size_t)),
                ("num_in_the_way", c_size_t), ("disordered", c_char_p * 2)]


class BaselineCeiling(Structure):
    _fields_ = [("host", c_size_t), ("handle", c_char_p), ("ceiling", Ceiling)]


class BaselineObstacle(Structure):
    _fields_ = [("source", c_size_t), ("target", c_size_t), ("field", c_uint32),
                ("name", c_char_p), ("code", c_uint32)]


class BaselineModel(Structure):
    _fields_ = [("model", c_char_p), ("absent", POINTER(c_size_t)), ("num_absent", c_size_t),
                ("versions", Common), ("software_version", Common), ("common", c_bool),
                ("unknown", c_bool), ("ceilings", POINTER(BaselineCeiling)),
                ("num_ceilings", c_size_t), ("obstacles", POINTER(BaselineObstacle)),
                ("num_obstacles", c_size_t)]


class ProviderStats(Structure):
    _fields_ = [("name", c_char_p), ("endpoints", c_uint32), ("stale", c_uint32),
                ("polls", c_uint64), ("polls_busy", c_uint64), ("slowest_poll", c_uint64),
                ("slowest_endpoint", c_char_p), ("rejected", c_uint64), ("vetoes", c_uint64),
                ("not_followed", c_uint64), ("not_followed_reason", c_char_p)]


class Counter(Structure):
    _fields_ = [("name", c_char_p), ("value", c_uint64)]


class QueueStats(Structure):
    _fields_ = [("index", c_uint32), ("counters", POINTER(Counter)), ("num_counters", c_uint)]


class MissingStats(Structure):
    _fields_ = [("part", c_int), ("code", c_int), ("reason", c_char_p)]


class Event(Structure):
    _fields_ = [("type", c_int), ("resync", c_bool), ("generation", c_uint64), ("loss", c_int),
                ("before", ctypes.c_void_p), ("after", ctypes.c_void_p),
                ("profile", ctypes.c_void_p), ("instance", c_uint32)]
