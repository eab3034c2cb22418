# SPDX-License-Identifier: LGPL-2.1
"""An endpoint of this host, a device that exists or a type that a parent could create, as the
kernel reported it at one moment."""

from . import _abi
from ._functions import lib
from ._memory import Memory, Owner
from .declaration import Declaration
from .errors import error_of
from .record import (Blocker, Capacity, Cost, Info, Record, blocker_of, capacity_of, cost_of,
                     info_of, known, record_of)
from .words import flags, string, text, word, word_or_none


class Endpoint(Owner):
    """It never changes. None, 0 or an empty tuple is not reported."""

    @property
    def kind(self) -> str:
        """Whether it is a device or a type."""
        return word(lib.vdev_endpoint_kind_name, lib.vdev_object_kind(self._memory))

    @property
    def handle(self) -> str:
        """BUS/NAME for a device, PARENT-BUS/PARENT/NAME for a type."""
        return text(lib.vdev_object_handle(self._memory))

    @property
    def id(self) -> int:
        """Number of the endpoint, unique among devices and types."""
        return int(lib.vdev_object_id(self._memory))

    @property
    def instance(self) -> int:
        """Of which instance of the family the generations are."""
        return int(lib.vdev_object_instance(self._memory))

    @property
    def generation(self) -> int:
        """When the endpoint last changed visibly."""
        return int(lib.vdev_object_generation(self._memory))

    @property
    def snapshot(self) -> int:
        """When the kernel reported the endpoint."""
        return int(lib.vdev_object_snapshot(self._memory))

    @property
    def bus(self) -> str | None:
        """Bus of the device, or of devices of the type."""
        return string(lib.vdev_object_bus(self._memory))

    @property
    def name(self) -> str:
        """Name of the device on its bus, or of the type."""
        return text(lib.vdev_object_name(self._memory))

    @property
    def parent_bus(self) -> str | None:
        """Bus or class of the parent."""
        return string(lib.vdev_object_parent_bus(self._memory))

    @property
    def parent(self) -> str | None:
        """Name of the parent."""
        return string(lib.vdev_object_parent(self._memory))

    @property
    def provider(self) -> str | None:
        """The kernel code that reports the endpoint."""
        return string(lib.vdev_object_provider(self._memory))

    @property
    def driver(self) -> str | None:
        """Driver that implements the device."""
        return string(lib.vdev_object_driver(self._memory))

    @property
    def driver_version(self) -> str | None:
        """Version of that driver, in its own words."""
        return string(lib.vdev_object_driver_version(self._memory))

    @property
    def bound_driver(self) -> str | None:
        """Driver that uses the device at present."""
        return string(lib.vdev_object_bound_driver(self._memory))

    @property
    def migration(self) -> str | None:
        """What the driver declares about migration."""
        return word_or_none(lib.vdev_migration_name, lib.vdev_object_migration(self._memory))

    @property
    def migratable(self) -> bool:
        """Whether it can be migrated now."""
        return bool(lib.vdev_object_migratable(self._memory))

    @property
    def capabilities(self) -> tuple[str, ...]:
        """What the device can do while it is migrated."""
        return flags(lib.vdev_capability_name, lib.vdev_object_capabilities(self._memory))

    @property
    def operations(self) -> tuple[str, ...]:
        """What can be asked of the provider."""
        return flags(lib.vdev_operation_name, lib.vdev_object_operations(self._memory))

    @property
    def age(self) -> int | None:
        """Milliseconds since the facts were read that change without an event."""
        return known(lib.vdev_object_age(self._memory), _abi.UNKNOWN32)

    @property
    def stale(self) -> bool:
        """Whether the device did not answer when it was polled."""
        return bool(lib.vdev_object_stale(self._memory))

    @property
    def profile(self) -> str | None:
        """Name of the profile that is for the endpoint."""
        return string(lib.vdev_object_profile(self._memory))

    @property
    def conflict(self) -> str | None:
        """Why what the profile declares cannot be applied."""
        return string(lib.vdev_object_conflict(self._memory))

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """Reasons against a migration at present."""
        memory = self._memory
        return tuple(blocker_of(lib.vdev_object_blocker(memory, index))
                     for index in range(lib.vdev_object_num_blockers(memory)))

    @property
    def capacity(self) -> Capacity | None:
        """Room for more instances of a type."""
        memory = self._memory
        return capacity_of(lib.vdev_object_capacity(memory))

    @property
    def cost(self) -> Cost | None:
        """What a migration is expected to cost."""
        memory = self._memory
        return cost_of(lib.vdev_object_cost(memory))

    @property
    def info(self) -> tuple[Info, ...]:
        """Provider-specific facts that are never compared."""
        memory = self._memory
        return tuple(info_of(lib.vdev_object_info(memory, index))
                     for index in range(lib.vdev_object_num_info(memory)))

    @property
    def record(self) -> Record | None:
        """The compared part."""
        memory = self._memory
        return record_of(lib.vdev_object_record(memory))

    def declaration(self) -> Declaration:
        """What travels to another host."""
        memory, error = Memory.awaited(lib.vdev_declaration_free), _abi.Error()
        result = lib.vdev_declaration_of(self._memory, memory.slot, error)
        if result < 0:
            raise error_of(result, error)
        return Declaration(memory)

    def __repr__(self) -> str:
        return f"<Endpoint {self.handle}>" if self._held else "<Endpoint, closed>"


def lent(pointer: int) -> Endpoint:
    """A copy of an object that the library lends."""
    return Endpoint(Memory(lib.vdev_object_dup(pointer), lib.vdev_object_free))
