# SPDX-License-Identifier: GPL-2.0
"""Programs and modules of a test guest, and what vdevctl shows there."""

import json
import os
import subprocess
import time
import uuid

TOP = os.environ["VDEV_TOP"]
MODULES = os.environ["VDEV_MODULES"]
TEST_MODULES = os.path.join(os.environ["VDEV_BUILD"], "test-modules",
                            os.environ["VDEV_KERNEL"])
LIMIT = 60


def run(*command, check=True):
    """Run a program; its standard output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=LIMIT, check=False)
    if check and done.returncode:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}: "
                             f"{done.stderr.strip()}")
    return done.stdout


def shell(function, *args):
    """Call a function of tests/vm/guest.sh."""
    return run("sh", "-c", '. "$0" && "$@"', f"{TOP}/tests/vm/guest.sh", function, *args)


def wait(what, probe):
    """Wait until probe() is true, but not for ever; what it returned."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        found = probe()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {LIMIT} seconds: {what}")


def loaded(module):
    return os.path.isdir(f"/sys/module/{module}")


def load(*parts):
    """Load the core and the parts named."""
    shell("load_vdev", *parts)


def built(module):
    return os.path.exists(f"{MODULES}/{module}.ko")


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def read(path):
    with open(path, encoding="ascii") as file:
        return file.read().strip()


def link_name(path):
    """Name of what a link in sysfs points to; None if it is not there."""
    try:
        return os.path.basename(os.readlink(path))
    except FileNotFoundError:
        return None


def random_name(prefix):
    return f"{prefix}{uuid.uuid4().hex[:8]}"


def shown(kind):
    """Everything that "vdevctl KIND show" shows, by handle."""
    objects = json.loads(run("vdevctl", "-j", kind, "show"))[kind]
    by_handle = {one["handle"]: one for one in objects}
    assert len(by_handle) == len(objects), "a handle is shown twice"
    return by_handle


def dev(handle):
    return shown("dev").get(handle)


def named(entries, name):
    """The entry of a list that has this name; None if there is none."""
    return next((one for one in entries or [] if one["name"] == name), None)


def param(one, name):
    """The value of a parameter; None if there is none."""
    entry = named(one["record"].get("params"), name)
    return next(iter(entry["value"].values())) if entry else None


def info(one, name):
    entry = named(one.get("info"), name)
    return next(iter(entry["value"].values())) if entry else None


def feature_bits(one, bitmap):
    """A bitmap of the virtio feature set as a number; None if not known."""
    entry = named(one["record"].get("features"), "virtio")
    return int(entry[bitmap]["hex"], 16) if bitmap in entry else None


def feature_names(one, bitmap):
    entry = named(one["record"].get("features"), "virtio")
    return sorted(entry[bitmap]["names"]) if bitmap in entry else None
