# SPDX-License-Identifier: LGPL-2.1
"""The specification's words, in the order of their numbers, as the library has them.

A number that is newer than the library is the word "unknown-NUMBER".
"""

from collections.abc import Callable

from . import _arguments
from ._functions import lib

_Name = Callable[[int], bytes | None]
# Numbers and bits that have words are below.
_MOST = 256
_BITS = 32


def _words(function: _Name) -> tuple[str, ...]:
    names = (function(number) for number in range(_MOST))
    return tuple(name.decode() for name in names if name)


VERDICTS = _words(lib.vdev_verdict_name)
"""The best first."""
FIELDS = _words(lib.vdev_field_name)
RESULTS = _words(lib.vdev_result_name)
CODES = _words(lib.vdev_code_name)
RULES = _words(lib.vdev_rule_name)
MIGRATIONS = _words(lib.vdev_migration_name)
CAPABILITIES = _words(lib.vdev_capability_name)
KINDS = _words(lib.vdev_endpoint_kind_name)
REASONS = _words(lib.vdev_plan_reason_name)
"""Why a plan has no target for a source."""
EVENTS = _words(lib.vdev_event_name)


def string(value: bytes | None) -> str | None:
    """A string of the library. What is not UTF-8 is replaced."""
    return None if value is None else value.decode(errors="replace")


def text(value: bytes | None) -> str:
    """The same for one that is always there."""
    return string(value) or ""


def word(function: _Name, number: int) -> str:
    """The word for a number that is always there."""
    return string(function(number)) or f"unknown-{number}"


def word_or_none(function: _Name, number: int) -> str | None:
    """The word for a number; None for 0, which means that it is not reported."""
    return word(function, number) if number else None


def flags(function: _Name, number: int) -> tuple[str, ...]:
    """The words for the bits of a number."""
    return tuple(word(function, bit) for bit in range(_BITS) if number >> bit & 1)


def feature_bits(name: str, bits: int, device_api: str | None = None) -> tuple[str, ...]:
    """Names of the bits of the feature set with this name; bit-N for one that has none."""
    feature_set = _arguments.text(name, "name")
    interface = _arguments.text_or_none(device_api, "device_api")
    bits = _arguments.number(bits, 1 << 20, "bits")
    return tuple(string(lib.vdev_feature_bit_name(feature_set, interface, bit)) or f"bit-{bit}"
                 for bit in range(bits.bit_length()) if bits >> bit & 1)
