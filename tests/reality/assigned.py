# SPDX-License-Identifier: GPL-2.0
"""Virtual functions that are assigned to a machine: what QEMU says when it is to move it."""

import contextlib
import json

from ktap import equal

from realdev import pci, variant, vf
from realdev.guest import load_module, run

from .owned import Function, with_tracking, without_p2p
from .pairs import AS_BEFORE, REFUSED, Outcome, Verdict, case, hold, judge, judge_blocked
from .vm import Machine, Refused

GROUP = "vfio-qemu"
MEETING = "unix:/run/reality-vfio"
# It does not object to the want of dirty tracking then. That such a machine is moved cannot be
# shown here: QEMU 10 asks the kernel for a part of a page of these functions, and fails.
TOLD = ",enable-migration=on"


def words(addresses, option=""):
    """The devices of a machine."""
    return [word for address in addresses
            for word in ("-device", f"vfio-pci,host={address},rombar=0{option}")]


def try_to_move(machine, other):
    """What either says if it fails."""
    try:
        machine.migrate(MEETING)
        other.loaded()
    except Refused as error:
        raise Refused("; ".join(text for text in (machine.words(), other.words()) if text) or
                      str(error)) from error


def move(source, target, option=""):
    """Move a machine that has the devices source to one that has the devices target."""
    with contextlib.ExitStack() as stack:
        try:
            machine = Machine(*words(source, option))
            stack.callback(machine.close)
            machine.cont()
            other = Machine(*words(target, option), incoming=MEETING)
            stack.callback(other.close)
            try_to_move(machine, other)
        except Refused as error:
            return Outcome(REFUSED, words=str(error))
        return Outcome(AS_BEFORE)


def hold_one(text, driver=variant.NAME, tracks=False):
    """One function to another one. QEMU misses dirty tracking just if that is noted."""
    with contextlib.ExitStack() as stack:
        if tracks:
            with_tracking(stack)
        devices = [Function(stack, number, {}, driver) for number in range(2)]
        verdict = judge(*(one.handle for one in devices))
        outcome = move(*([one.name] for one in devices))
    equal("no-dirty-tracking", "no-dirty-tracking" in verdict.notes,
          "doesn't support device and IOMMU dirty tracking" in outcome.words)
    return hold(GROUP, text, verdict, outcome)


def judge_group(names):
    """The verdict of a machine that has all of these devices, with them as targets too."""
    handles = [f"pci/{name}" for name in names]
    answer = json.loads(run("vdevctl", "-j", "check", "--group", *handles, "--", *handles,
                            check=False))
    return Verdict(answer["verdict"], [{"field": "group", "code": one["reason"]}
                                       for one in answer["group"] if "reason" in one])


def hold_group(text):
    """A machine with both functions. QEMU says it before there is a target."""
    with contextlib.ExitStack() as stack:
        without_p2p(stack)
        names = [Function(stack, number, {}).name for number in range(2)]
        verdict = judge_group(names)
        outcome = move(names, [], TOLD)
    return hold(GROUP, text, verdict, outcome)


def bind(stack, address):
    stack.callback(vf.release, address)
    variant.bind(address)


def hold_taken(text, source, target):
    """Its group is taken, which is noted, and why QEMU cannot open it."""
    verdict = judge_blocked(source.handle, f"pci/{target}")
    return hold(GROUP, f"function -> {text}", verdict, move([source.name], [target], TOLD))


def hold_shared():
    """The target shares its IOMMU group with a device that another machine has."""
    with contextlib.ExitStack() as stack:
        source = Function(stack, 0, {})
        _, first, second = pci.edus()
        for address in (first, second):
            bind(stack, address)
        other = Machine(*words([second], TOLD))
        stack.callback(other.close)
        return hold_taken("one whose IOMMU group is in use", source, first)


def hold_used_by_host():
    """The target shares its IOMMU group with a disk controller of the host."""
    with contextlib.ExitStack() as stack:
        source = Function(stack, 0, {})
        load_module("ahci")
        target = pci.beside("ahci")
        bind(stack, target)
        return hold_taken("one whose IOMMU group the host uses", source, target)


UNTRACKED = case(hold_one, "no dirty tracking")
NOT_TOGETHER = case(hold_group, "two functions without p2p")


def listed():
    yield case(hold_one, "no migration", "vfio-pci")
    yield UNTRACKED
    yield case(hold_one, "the driver tracks", tracks=True)
    yield NOT_TOGETHER
    yield case(hold_shared)
    yield case(hold_used_by_host)


def short():
    return [UNTRACKED, NOT_TOGETHER]


def drawn(_rng, _count):
    return []
