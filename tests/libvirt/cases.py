#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: cases.py [CASE...], in a test guest: guest.sh starts it."""

import os
import subprocess
import sys
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [TESTS, f"{TESTS}/kselftest/lib", HERE]

# pylint: disable=wrong-import-position
import ktap
from host import A, B, NAME_SPACE, PATIENCE, Domain
from realdev.guest import wait
from realdev.vdpa import node_of
from reality.net import Device, broken, without

SAME = Device()
SMALLER_MTU = Device(mtu=1400)
WITHOUT_STATUS = Device(without("STATUS"))
HOOK = "/etc/libvirt/hooks/qemu.d/vdev"


class Stack:
    """What reality's devices want of a contextlib.ExitStack."""

    def __init__(self, defer):
        self.callback = defer


def make(defer, *devices):
    """Their names."""
    return [device.create(Stack(defer)) for device in devices]


def runs_on(domain, host):
    """It runs there alone, and its guest sees no difference."""
    ktap.equal("host", [one.name for one in domain.hosts()], [host.name])
    ktap.equal("state", host.state(domain.name), "running")
    ktap.equal("broken", broken(domain.before, domain.see(host)), [])


def refused(domain, target, *reasons):
    """It is, before QEMU is started; the reasons are shown, and the guest goes on."""
    error = domain.migrate(target)
    assert error, "it is not refused"
    for reason in reasons:
        assert reason in error, f"{reason!r} is not in {error!r}"
    assert not B.has_started(domain.name), "QEMU was started"
    runs_on(domain, A)


def moved(domain, target, *words):
    ktap.equal("error", domain.migrate(target, *words), None)
    runs_on(domain, B)


def compatible(defer):
    """A compatible pair migrates and runs on, and its declarations go with it"""
    source, target = make(defer, SAME, SAME)
    domain = Domain(defer, A, source)
    element = A.virsh("metadata", domain.name, NAME_SPACE)
    xml = A.virsh("dumpxml", domain.name, "--migratable")
    assert NAME_SPACE in xml, f"not in what is migrated: {xml}"
    moved(domain, node_of(target))
    ktap.equal("metadata", B.virsh("metadata", domain.name, NAME_SPACE), element)


def incompatible(defer):
    """An incompatible pair is refused with the reasons before QEMU is started"""
    source, mtu, status = make(defer, SAME, SMALLER_MTU, WITHOUT_STATUS)
    domain = Domain(defer, A, source)
    refused(domain, node_of(mtu), "device 0", "incompatible", "mtu")
    refused(domain, node_of(status), "device 0", "incompatible", "feature")


def without_hook(defer):
    os.rename(B.path(HOOK), B.path("/etc/libvirt/hook"))
    defer(os.rename, B.path("/etc/libvirt/hook"), B.path(HOOK))


def refused_late(defer):
    """Without the hook, QEMU is started, and refuses a device that lacks a feature"""
    source, target = make(defer, SAME, WITHOUT_STATUS)
    without_hook(defer)
    domain = Domain(defer, A, source)
    error = domain.migrate(node_of(target))
    assert error, "it is moved"
    assert B.has_started(domain.name), "QEMU was not started"
    ktap.equal("state", A.state(domain.name), "running")
    print(f"# {error}, and at the source is broken: {broken(domain.before, domain.see(A))}")


def broken_silently(defer):
    """Without the hook, a guest is moved to a device with another mtu"""
    source, target = make(defer, SAME, SMALLER_MTU)
    without_hook(defer)
    domain = Domain(defer, A, source)
    ktap.equal("error", domain.migrate(node_of(target)), None)
    ktap.equal("broken", broken(domain.before, domain.see(B)), ["mtu"])


def not_annotated(defer):
    """A domain without declarations is moved or refused as the policy says"""
    source, target = make(defer, SAME, SAME)
    domain = Domain(defer, A, source, annotated=False)
    B.set_policy("missing = refuse\n")
    defer(B.set_policy, "")
    refused(domain, node_of(target), "device 0", "does not say what it declared")
    B.set_policy("missing = allow\n")
    moved(domain, node_of(target))


def not_there(defer):
    """A device that the target lacks refuses"""
    source, = make(defer, SAME)
    refused(Domain(defer, A, source), "/dev/vhost-vdpa-99", "device 0", "No such file")


def restarted(defer):
    """A daemon that starts again finds its guest running, and moves it"""
    source, target = make(defer, SAME, SAME)
    domain = Domain(defer, A, source)
    A.end()
    A.start()
    A.wait()
    runs_on(domain, A)
    moved(domain, node_of(target))


def target_restarted(defer):
    """The guest goes on where it is if the other daemon ends in the middle"""
    source, target, mtu = make(defer, SAME, SAME, SMALLER_MTU)
    domain = Domain(defer, A, source)
    with subprocess.Popen(domain.command(node_of(target), "--bandwidth", "1"),
                          stderr=subprocess.PIPE, text=True) as migration:
        wait("no QEMU", lambda: B.state(domain.name))
        B.end()
        error = migration.communicate(timeout=PATIENCE)[1]
    B.start()
    B.wait()
    assert migration.returncode, "it is moved"
    print(f"# {error.strip()}")
    wait("it is there, too", lambda: not B.state(domain.name))
    runs_on(domain, A)
    assert "incompatible" in domain.migrate(node_of(mtu))
    moved(domain, node_of(target))


def two_at_once(defer):
    """Of two at once, each is decided alone"""
    first, second, good, bad = make(defer, SAME, SAME, SAME, SMALLER_MTU)
    one, other = Domain(defer, A, first), Domain(defer, A, second)
    commands = [subprocess.Popen(domain.command(node_of(target)), stderr=subprocess.PIPE,
                                 text=True)
                for domain, target in ((one, good), (other, bad))]
    said = [command.communicate(timeout=PATIENCE)[1] for command in commands]
    ktap.equal("status", [command.returncode for command in commands], [0, 1])
    assert "mtu" in said[1] and "incompatible" in said[1], said[1]
    runs_on(one, B)
    runs_on(other, A)


CASES = [compatible, incompatible, refused_late, broken_silently, not_annotated, not_there,
         restarted, target_restarted, two_at_once]


def main(names):
    began = time.monotonic()
    status = ktap.run_cases([case for case in CASES if not names or case.__name__ in names])
    print(f"# {time.monotonic() - began:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
