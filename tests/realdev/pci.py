# SPDX-License-Identifier: GPL-2.0
"""Virtual functions of PCI that are bound to VFIO drivers, of their own or of another
vendor's devices, which take any by its driver_override."""

import glob
import os

from ktap import Skip, equal

from . import vfio
from .guest import built, dev, link_name, load, shell

DEVICES = "/sys/bus/pci/devices"
# mlx5's and virtio's are built where the kernel has them.
DRIVERS = ["vfio-pci", *(name for name in ("mlx5_vfio_pci", "virtio_vfio_pci") if os.path.exists(
    f"{os.environ['VDEV_REALDEVS']}/{name}.ko"))]


def present():
    """Does this guest have a device with virtual functions?"""
    return bool(glob.glob(f"{DEVICES}/*/sriov_totalvfs"))


def functions(defer, count):
    """The addresses of so many virtual functions; they go when the case ends."""
    defer(shell, "make_vfs", "0")
    return shell("make_vfs", str(count)).split()


def bound(defer):
    """One virtual function for each driver, with its name."""
    pairs = list(zip(functions(defer, len(DRIVERS)), DRIVERS))
    for address, driver in pairs:
        shell("pci_bind", address, driver)
        equal("driver", link_name(f"{DEVICES}/{address}/driver"), driver)
    return pairs


def drivers_offer(defer):
    """The kernel's VFIO drivers, unmodified, take virtual functions of NVMe, and offer no
    migration of them"""
    for address, driver in bound(defer):
        equal(driver, vfio.capabilities(address, "pci"), [])


def bridge_agrees(defer):
    """What is reported of a virtual function is what its VFIO driver offers"""
    if not built("vdev_vfio"):
        raise Skip("the bridge for VFIO is not built")
    load("vfio")
    pairs = bound(defer)
    for address, driver in pairs:
        one = dev(f"pci/{address}")
        equal("driver", one["driver"], driver)
        vfio.compare(one)
    shell("make_vfs", "0")
    equal("gone", [dev(f"pci/{address}") for address, _ in pairs], [None] * len(pairs))


CASES = [drivers_offer, bridge_agrees]
