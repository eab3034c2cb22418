# SPDX-License-Identifier: GPL-2.0
"""What is counted for the virtqueues of vdpa devices, as vdevctl shows it, held against the
vdpa tool, and against what goes through them."""

import glob
import json
import os
import re
import socket
import subprocess

from ktap import equal

from .guest import eventually, run
from .vdpa import add, add_net, bind, virtio_folder

WITHOUT = ["setpriv", "--inh-caps=-net_admin", "--bounding-set=-net_admin"]
FRAMES = 20


def shown(name, *words):
    """What is counted for each virtqueue, by index and name."""
    answer, = json.loads(run("vdevctl", "-j", "stats", "show", f"vdpa/{name}", *words))["dev-stats"]
    equal("of whom", answer["handle"], f"vdpa/{name}")
    equal("missing", answer.get("missing"), None)
    return {one["index"]: {counter["name"]: counter["value"] for counter in one["counters"]}
            for one in answer["queues"]}


def fails(*words, prefix=()):
    """What is said when it does."""
    done = subprocess.run([*prefix, "vdevctl", "stats", "show", *words], capture_output=True,
                          text=True, timeout=60, check=False)
    equal("exit status", done.returncode, 6 if prefix else 1)
    equal("output", done.stdout, "")
    return done.stderr.strip().removeprefix(f"vdevctl: stats show: {words[0]}: ")


def tool_shows(name, index):
    """What the vdpa tool says of a virtqueue, of that what is counted."""
    text = run("vdpa", "dev", "vstats", "show", name, "qidx", str(index))
    return dict((key, int(value)) for key, value in re.findall(r"([a-z]+ [a-z]+) (\d+)", text))


def used_net(defer):
    """A device that the guest uses, with the control queue if it has one."""
    name = add_net(defer)
    bind(name, "virtio_vdpa")
    defer(bind, name, None)
    return name


def before_the_driver(defer):
    """Nothing is counted before a driver has accepted features: the kernel's reason is shown"""
    name = add_net(defer)
    bind(name, None)
    for words in ((), ("queue", "0")):
        equal(f"{words}", fails(f"vdpa/{name}", *words), "vdpa: feature negotiation not complete")


def as_the_tool_shows(defer):
    """Each virtqueue has the counters that the vdpa tool shows, by the driver's names"""
    name = used_net(defer)
    queues = shown(name)
    equal("indexes", sorted(queues), list(range(len(queues))))
    equal("the first", sorted(queues[0])[:2], ["rx bytes", "rx drops"])
    for index in queues:
        equal(f"one, {index}", sorted(shown(name, "queue", str(index))), [index])
        equal(f"names, {index}", sorted(queues[index]), sorted(tool_shows(name, index)))


def traffic(defer):
    """What is sent is counted for the virtqueue that it goes through"""
    name = used_net(defer)
    link = os.path.basename(glob.glob(f"{virtio_folder(name)}/net/*")[0])
    before = shown(name)[1]
    run("ip", "link", "set", link, "up")
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sender:
        sender.bind((link, 0))
        for _ in range(FRAMES):
            sender.send(b"\xff" * 6 + b"\x02" * 6 + b"\x88\xb5" + bytes(50))

    def counted():
        now = shown(name)[1]
        more = {key: now[key] - before[key] for key in now}
        assert more["tx packets"] >= FRAMES, f"{more}"
        assert more["tx bytes"] >= FRAMES * 64, f"{more}"
    eventually(counted)


def no_such_queue(defer):
    """A virtqueue that there is not is an error with a reason"""
    name = used_net(defer)
    equal("beyond", fails(f"vdpa/{name}", "queue", "9"), "the device has no such virtqueue")
    equal("far beyond", fails(f"vdpa/{name}", "queue", "70000"), "vdpa: queue index exceeds max value")


def counts_nothing(defer):
    """The driver of a block device counts nothing, and that is said"""
    name = add(defer, "vdpasim_blk")
    equal("all", fails(f"vdpa/{name}"), "nothing is counted for this device")
    equal("one", fails(f"vdpa/{name}", "queue", "0"),
          "the driver of the device counts nothing for virtqueues")


def without_permission(defer):
    """Without CAP_NET_ADMIN the reason is shown, and a device is shown all the same"""
    name = used_net(defer)
    wanted = "reading the counters of virtqueues requires CAP_NET_ADMIN"
    for words in ((), ("queue", "0")):
        equal(f"{words}", fails(f"vdpa/{name}", *words, prefix=WITHOUT), wanted)
    answer, = json.loads(run(*WITHOUT, "vdevctl", "-s", "-j", "dev", "show",
                             f"vdpa/{name}"))["dev"]
    equal("missing", answer["statistics"], {"missing": [{"part": "queues", "reason": wanted}]})


def with_the_device(defer):
    """A device is shown with what is counted for it"""
    name = used_net(defer)
    answer, = json.loads(run("vdevctl", "-s", "-j", "dev", "show", f"vdpa/{name}"))["dev"]
    equal("virtqueues", [one["index"] for one in answer["statistics"]["queues"]],
          sorted(shown(name)))


CASES = [before_the_driver, as_the_tool_shows, traffic, no_such_queue, counts_nothing,
         without_permission, with_the_device]
