#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: cases.py [CASE...], in a test guest: guest.sh starts it.

To start a daemon, QEMU or a guest takes many seconds. So most cases move one domain between
two daemons, and it stays where the last one left it."""

import contextlib
import functools
import os
import re
import socket
import subprocess
import sys
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [TESTS, f"{TESTS}/kselftest/lib", HERE]

# pylint: disable=wrong-import-position
import ktap
from domain import HOSTS, NAME_SPACE, Domain
from host import HOOKS, PATIENCE
from realdev.guest import run, wait
from realdev.vdpa import node_of
from reality.net import Device, without

SAME = Device()
SMALLER_MTU = Device(mtu=1400)
WITHOUT_STATUS = Device(without("STATUS"))
# As a daemon that crashes once QEMU waits for the state.
CRASH = '#!/bin/sh\n[ "$2/$3" != started/begin ] || kill -9 $PPID\n'
# They stay as long as the test, and so does the domain that cases share.
DEVICES = contextlib.ExitStack()
SHARED = []


@functools.cache
def node(device, _number=0):
    """One such device; others like it have other numbers."""
    return node_of(device.create(DEVICES))


def spare(*domains):
    """A device like theirs that none of them has."""
    used = [domain.node for domain in domains]
    return next(one for one in (node(SAME, number) for number in range(3)) if one not in used)


def guest():
    """The domain that cases share, annotated; another one if it came to harm."""
    if SHARED:
        try:
            SHARED[0].check()
        except AssertionError:
            SHARED.pop().destroy()
    if not SHARED:
        SHARED.append(Domain(HOSTS[0], spare()))
    SHARED[0].annotate(SHARED[0].annotation())
    return SHARED[0]


def refused(domain, target, *reasons):
    """It is, before QEMU is started; the reasons are shown, and the guest goes on."""
    error = domain.migrate(target)
    assert error, "it is not refused"
    for reason in reasons:
        assert reason in error, f"{reason!r} is not in {error!r}"
    assert not os.path.exists(domain.other().log(domain.name)), "QEMU was started"
    domain.check()


def moved(domain, target):
    ktap.equal("error", domain.migrate(target), "")
    domain.has_moved(target)
    domain.check()


def set_policy(defer, domain, text):
    """Of the host that the domain moves to; until the case ends."""
    host = domain.other()
    host.set_policy(text)
    defer(host.set_policy, "")


def log(defer):
    """The log of the system, in which nobody else is interested here."""
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    sock.bind("/dev/log")
    sock.settimeout(PATIENCE)
    defer(os.unlink, "/dev/log")
    defer(sock.close)
    return sock


def allowed_with_a_note(defer, domain, note):
    notes = log(defer)
    moved(domain, spare(domain))
    said = notes.recv(4096).decode()
    assert f"migration of {domain.name} allowed: device 0" in said and note in said, said


def compatible(_):
    """A compatible pair migrates and runs on, and its declarations go with it"""
    domain = guest()
    element = domain.metadata()
    xml = domain.host.virsh("dumpxml", domain.name, "--migratable")
    assert NAME_SPACE in xml, f"not in what is migrated: {xml}"
    moved(domain, spare(domain))
    ktap.equal("metadata", domain.metadata(), element)


def incompatible(_):
    """An incompatible pair is refused with the reasons before QEMU is started"""
    domain = guest()
    refused(domain, node(SMALLER_MTU), "device 0", "incompatible", "mtu")
    refused(domain, node(WITHOUT_STATUS), "device 0", "incompatible", "feature")


def not_there(_):
    """A device that the target lacks refuses"""
    refused(guest(), "/dev/vhost-vdpa-99", "device 0", "No such file")


def not_annotated(defer):
    """A domain without declarations is moved or refused as the policy says"""
    domain = guest()
    domain.host.virsh("metadata", domain.name, NAME_SPACE, "--remove", "--live")
    set_policy(defer, domain, "missing = refuse\n")
    refused(domain, spare(domain), "device 0", "does not say what it declared")
    set_policy(defer, domain, "missing = allow\n")
    allowed_with_a_note(defer, domain, "does not say what it declared")


def undeclare(element):
    """As a host declares a device of which it is not known whether its state can be loaded."""
    token = re.search(r"vdev1\.[\w-]+", element)[0]
    document = run("vdevctl", "record", "convert", token)
    assert '"supported"' in document, document
    path = "/run/undeclared.json"
    with open(path, "w", encoding="ascii") as file:
        file.write(document.replace('"supported"', '"undeclared"'))
    return element.replace(token, run("vdevctl", "record", "convert", path, "--token").strip())


def undeclared(defer):
    """A domain with a device that is undeclared is moved or refused as the policy says"""
    domain = guest()
    domain.annotate(undeclare(domain.annotation()))
    set_policy(defer, domain, "undeclared = refuse\n")
    refused(domain, spare(domain), "device 0", "undeclared")
    set_policy(defer, domain, "undeclared = allow\n")
    allowed_with_a_note(defer, domain, "undeclared")


def hostile(_):
    """Metadata with a wrong number or a damaged token refuses; handles are not believed"""
    domain = guest()
    element = domain.annotation()
    domain.annotate(element.replace('device="0"', 'device="7"'))
    refused(domain, spare(domain), "is of no device")
    domain.annotate(element.replace("<token>vdev1.", "<token>vdev1.AAAA"))
    refused(domain, spare(domain), "device 0", "damaged token")
    domain.annotate(re.sub('handle="[^"]*"', 'handle="mdev/../x"', element))
    refused(domain, node(SMALLER_MTU), "device 0", "mtu")


def restarted(_):
    """A daemon that starts again finds its guest running, and moves it"""
    domain = guest()
    domain.host.end()
    domain.host.start()
    domain.check()
    moved(domain, spare(domain))


def target_restarted(_):
    """The guest goes on where it is if the other daemon ends in the middle"""
    domain = guest()
    target = domain.other()
    target.add_hook("vdev-crash", CRASH)
    error = domain.migrate(spare(domain))
    target.remove_hook("vdev-crash")
    assert error, "it is moved"
    print(f"# {error}")
    assert os.path.exists(target.log(domain.name)), "QEMU was not started"
    target.end()
    target.start()
    wait("it is there, too", lambda: not target.has(domain.name))
    domain.check()
    refused(domain, node(SMALLER_MTU), "device 0", "incompatible")


def two_at_once(defer):
    """Of two at once, each is decided alone"""
    one = guest()
    other = Domain(one.host, spare(one))
    defer(other.destroy)
    other.annotate(other.annotation())
    good = spare(one, other)
    commands = [subprocess.Popen(["virsh", "-q", "-c", one.host.uri, *domain.command(target)],
                                 stderr=subprocess.PIPE, text=True)
                for domain, target in ((one, good), (other, node(SMALLER_MTU)))]
    said = [command.communicate(timeout=PATIENCE)[1] for command in commands]
    ktap.equal("status", [command.returncode for command in commands], [0, 1])
    assert "mtu" in said[1] and "incompatible" in said[1], said[1]
    one.has_moved(good)
    one.check()
    other.check()


def without_hook(defer, host):
    os.rename(host.path(f"{HOOKS}/vdev"), host.path("/etc/libvirt/vdev"))
    defer(os.rename, host.path("/etc/libvirt/vdev"), host.path(f"{HOOKS}/vdev"))


def refused_late(defer):
    """Without the hook, QEMU is started, and refuses a device that lacks a feature"""
    domain = guest()
    without_hook(defer, domain.other())
    error = domain.migrate(node(WITHOUT_STATUS))
    assert error, "it is moved"
    assert os.path.exists(domain.other().log(domain.name)), "QEMU was not started"
    ktap.equal("hosts", domain.hosts(), [domain.host.name])
    print(f"# {error}, and at the source is broken: {domain.broken()}")


def broken_silently(defer):
    """Without the hook, a guest is moved to a device with another mtu"""
    domain = guest()
    without_hook(defer, domain.other())
    ktap.equal("error", domain.migrate(node(SMALLER_MTU)), "")
    domain.has_moved(node(SMALLER_MTU))
    ktap.equal("broken", domain.broken(), ["mtu"])


CASES = [compatible, incompatible, not_there, not_annotated, undeclared, hostile, restarted,
         target_restarted, two_at_once, refused_late, broken_silently]


def main(names):
    began = time.monotonic()
    status = ktap.run_cases([case for case in CASES if not names or case.__name__ in names])
    print(f"# {time.monotonic() - began:.0f} s")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
