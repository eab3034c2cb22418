# SPDX-License-Identifier: LGPL-2.1
"""What is reported of an endpoint: copies, which live on their own and never change.

None means that it is not reported. The words are those of the specification, see words.py.
"""

import dataclasses
from typing import Any

from . import _abi
from ._functions import lib
from .words import flags, string, text, word, word_or_none

Value = int | str | bool


@dataclasses.dataclass(frozen=True)
class Ident:
    """An identifying string with its rule, and further ones that are accepted."""

    value: str | None
    rule: str | None
    accept: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class VersionRange:
    """Versions of the state stream, both ends included; without an end all that are newer."""

    start: str
    end: str | None


@dataclasses.dataclass(frozen=True)
class SoftwareVersion:
    """The version of the state stream, MAJOR.MINOR.BUGFIX."""

    value: str | None
    rule: str | None
    accept: tuple[VersionRange, ...]


@dataclasses.dataclass(frozen=True)
class Version:
    """A device version."""

    name: str | None
    flags: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Feature:
    """A feature set. Bit n of a set is bit n of the number."""

    name: str | None
    rule: str | None
    supported: int | None
    provisioned: int | None
    required: int | None
    negotiated: int | None


@dataclasses.dataclass(frozen=True)
class Allowed:
    """An accepted string, or an accepted range of numbers; neither if its type is not known."""

    low: int | None
    high: int | None
    string: str | None


@dataclasses.dataclass(frozen=True)
class Param:
    """A parameter with its rule."""

    name: str | None
    type: str | None
    rule: str | None
    flags: tuple[str, ...]
    origin: str | None
    value: Value | None
    off: Value | None
    allowed: tuple[Allowed, ...]


@dataclasses.dataclass(frozen=True)
class Aggregation:
    """How many base units one device is made of; 0 if a number is not reported."""

    base: str | None
    units: int
    count: int
    limit: int
    rule: str | None
    resplit: bool
    total: int


@dataclasses.dataclass(frozen=True)
class CeilingFeature:
    """The bits of a feature set that may be offered."""

    name: str
    mask: int


@dataclasses.dataclass(frozen=True)
class CeilingParam:
    """The values of a parameter that may be offered."""

    name: str
    low: int
    high: int


@dataclasses.dataclass(frozen=True)
class Ceiling:
    """What an administrator lets a type offer."""

    max_version: str | None
    features: tuple[CeilingFeature, ...]
    params: tuple[CeilingParam, ...]


@dataclasses.dataclass(frozen=True)
class Blocker:
    """Why a device cannot be migrated at present."""

    name: str | None
    reason: str | None
    flags: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Capacity:
    """Room for more instances of a type."""

    state: str | None
    available: int | None
    limit: int | None


@dataclasses.dataclass(frozen=True)
class Cost:
    """What a migration is expected to cost, in bytes and microseconds."""

    state_size: int | None
    precopy_size: int | None
    downtime: int | None


@dataclasses.dataclass(frozen=True)
class Info:
    """A provider-specific fact that is never compared."""

    name: str | None
    type: str | None
    value: Value | None


@dataclasses.dataclass(frozen=True)
class Record:
    """The compared part of an endpoint."""

    device_api: Ident | None
    model: Ident | None
    type: Ident | None
    software_version: SoftwareVersion | None
    versions: tuple[Version, ...]
    versions_rule: str | None
    features: tuple[Feature, ...]
    params: tuple[Param, ...]
    aggregation: Aggregation | None
    ceiling: Ceiling | None


# What is below reads C memory, which the caller keeps.


def value_of(value: Any) -> Value | None:
    """One value, or none."""
    if value.type == _abi.ValueType.U64:
        return int(value.u64)
    if value.type == _abi.ValueType.STRING:
        return string(value.string)
    if value.type == _abi.ValueType.BOOL:
        return bool(value.boolean)
    return None


def bitmap_of(bitmap: Any) -> int | None:
    """A bitmap as one number."""
    if not bitmap.words:
        return None
    words: list[int] = bitmap.words[:bitmap.num_words]
    return sum(bits << 64 * index for index, bits in enumerate(words))


def known(number: int, unknown: int) -> int | None:
    """A number of which one value means that it is not reported."""
    return None if number == unknown else number


def _ident(pointer: Any) -> Ident | None:
    if not pointer:
        return None
    ident = pointer.contents
    return Ident(string(ident.value), word_or_none(lib.vdev_rule_name, ident.rule),
                 tuple(text(ident.accept[index]) for index in range(ident.num_accept)))


def _semver(semver: Any) -> str:
    return f"{semver.major}.{semver.minor}.{semver.bugfix}"


def _range(span: Any) -> VersionRange:
    return VersionRange(_semver(getattr(span, "from")), None if span.open else _semver(span.to))


def _software_version(pointer: Any) -> SoftwareVersion | None:
    if not pointer:
        return None
    version = pointer.contents
    return SoftwareVersion(_semver(version.value) if version.has_value else None,
                           word_or_none(lib.vdev_rule_name, version.rule),
                           tuple(_range(version.accept[index])
                                 for index in range(version.num_accept)))


def _version(version: Any) -> Version:
    return Version(string(version.name), flags(lib.vdev_version_flag_name, version.flags))


def _feature(feature: Any) -> Feature:
    return Feature(string(feature.name), word_or_none(lib.vdev_rule_name, feature.rule),
                   bitmap_of(feature.supported), bitmap_of(feature.provisioned),
                   bitmap_of(feature.required), bitmap_of(feature.negotiated))


def _allowed(allowed: Any) -> Allowed:
    if allowed.string is not None:
        return Allowed(None, None, string(allowed.string))
    if allowed.low > allowed.high:
        return Allowed(None, None, None)
    return Allowed(allowed.low, allowed.high, None)


def _param(param: Any) -> Param:
    return Param(string(param.name), word_or_none(lib.vdev_value_type_name, param.type),
                 word_or_none(lib.vdev_rule_name, param.rule),
                 flags(lib.vdev_param_flag_name, param.flags),
                 word_or_none(lib.vdev_origin_name, param.origin),
                 value_of(param.value), value_of(param.off),
                 tuple(_allowed(param.allowed[index]) for index in range(param.num_allowed)))


def _aggregation(pointer: Any) -> Aggregation | None:
    if not pointer:
        return None
    one = pointer.contents
    return Aggregation(string(one.base), one.units, one.count, one.limit,
                       word_or_none(lib.vdev_rule_name, one.rule), one.resplit, one.total)


def ceiling_of(ceiling: Any) -> Ceiling:
    """A ceiling."""
    return Ceiling(
        string(ceiling.max_version),
        tuple(CeilingFeature(text(one.name), bitmap_of(one.mask) or 0)
              for one in ceiling.features[:ceiling.num_features]),
        tuple(CeilingParam(text(one.name), one.low, one.high)
              for one in ceiling.params[:ceiling.num_params]))


def blocker_of(pointer: Any) -> Blocker:
    """A blocker."""
    blocker = pointer.contents
    return Blocker(string(blocker.name), string(blocker.reason),
                   flags(lib.vdev_blocker_flag_name, blocker.flags))


def capacity_of(pointer: Any) -> Capacity | None:
    """A capacity, if it is reported."""
    if not pointer:
        return None
    one = pointer.contents
    return Capacity(word_or_none(lib.vdev_capacity_state_name, one.state),
                    known(one.available, _abi.UNKNOWN32), known(one.limit, _abi.UNKNOWN32))


def cost_of(pointer: Any) -> Cost | None:
    """A cost, if it is reported."""
    if not pointer:
        return None
    one = pointer.contents
    return Cost(known(one.state_size, _abi.UNKNOWN64), known(one.precopy_size, _abi.UNKNOWN64),
                known(one.downtime, _abi.UNKNOWN64))


def info_of(pointer: Any) -> Info:
    """A provider-specific fact."""
    info = pointer.contents
    return Info(string(info.name), word_or_none(lib.vdev_value_type_name, info.type),
                value_of(info.value))


def record_of(pointer: int | None) -> Record | None:
    """A record, if it is reported."""
    if not pointer:
        return None
    ceiling = lib.vdev_record_ceiling(pointer)
    return Record(
        _ident(lib.vdev_record_device_api(pointer)), _ident(lib.vdev_record_model(pointer)),
        _ident(lib.vdev_record_type(pointer)),
        _software_version(lib.vdev_record_software_version(pointer)),
        tuple(_version(lib.vdev_record_version(pointer, index).contents)
              for index in range(lib.vdev_record_num_versions(pointer))),
        word_or_none(lib.vdev_rule_name, lib.vdev_record_versions_rule(pointer)),
        tuple(_feature(lib.vdev_record_feature(pointer, index).contents)
              for index in range(lib.vdev_record_num_features(pointer))),
        tuple(_param(lib.vdev_record_param(pointer, index).contents)
              for index in range(lib.vdev_record_num_params(pointer))),
        _aggregation(lib.vdev_record_aggregation(pointer)),
        ceiling_of(ceiling.contents) if ceiling else None)
