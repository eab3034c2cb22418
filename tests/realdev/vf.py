# SPDX-License-Identifier: GPL-2.0
"""Virtual functions of PCI, made and destroyed, and drivers that are bound to any device. No
program is started for what a write to sysfs does: a debug kernel takes seconds for that."""

import contextlib
import glob
import os

from ktap import equal

from .guest import link_name, load_module, wait, write

BUS = "/sys/bus/pci"
DEVICES = f"{BUS}/devices"


def physical():
    """The addresses of all devices that can have virtual functions."""
    return [path.split("/")[-2] for path in sorted(glob.glob(f"{DEVICES}/*/sriov_totalvfs"))]


def controllers():
    """The same when nvme, which makes virtual functions, has taken them."""
    load_module("nvme")
    for pf in physical():
        wait(f"nvme takes {pf}", lambda pf=pf: driver_of(pf))
    return physical()


def driver_of(address):
    """The name of the driver that is bound; None if none is."""
    return link_name(f"{DEVICES}/{address}/driver")


def make(count, pf=None):
    """Have so many functions, of the first device if none is named, without a driver; their
    addresses in order."""
    folder = f"{DEVICES}/{pf or controllers()[0]}"
    write(f"{folder}/sriov_drivers_autoprobe", "0")
    write(f"{folder}/sriov_numvfs", "0")
    if count:
        write(f"{folder}/sriov_numvfs", str(count))
    return [link_name(path) for path in sorted(glob.glob(f"{folder}/virtfn*"))]


def unbind(address):
    driver = f"{DEVICES}/{address}/driver"
    if os.path.exists(driver):
        write(f"{driver}/unbind", address)


def release(address):
    """Unbind it, and let no driver take it that is loaded later."""
    unbind(address)
    write(f"{DEVICES}/{address}/driver_override", "\n")


def takes(driver, address):
    """Bind it, whatever was bound; whether the driver took it."""
    load_module(driver)
    unbind(address)
    write(f"{DEVICES}/{address}/driver_override", driver)
    # A probe that fails may be an error of the write, too.
    with contextlib.suppress(OSError):
        write(f"{BUS}/drivers_probe", address)
    return driver_of(address) == driver


def bind(address, driver):
    equal(f"{driver} takes {address}", takes(driver, address), True)
