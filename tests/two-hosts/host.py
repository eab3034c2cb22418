#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""One of two hosts: it exports devices of its own in every form that travels, and
judges those that came from the other one by the kernel, by the library alone, and by
what is known to be right. Devices that travel are named out-*, targets in-*."""

import functools
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), f"{os.path.dirname(HERE)}/kselftest/lib"]

# pylint: disable=wrong-import-position
import ktap
from ktap import equal
from realdev.guest import LIMIT, run, shell

SIM = "/sys/kernel/debug/vdev_sim/control"
RESULTS = os.environ["VDEV_RESULTS"]
MTTY = "/sys/class/mdev_bus/mtty/mdev_supported_types"
XMLNS = "{urn:vdev:endpoints:1}"

NIC = ("device-api=vdpa-net feature=virtio,supported=ff,provisioned=f "
       "param=mtu,rule=at-least,value=u64:1500")
OLD = f"migration=supported model=nic software-version=1.4.2 {NIC}"
SOURCES = {
    "same": OLD,
    "newer": f"migration=supported model=nic software-version=1.6.0 {NIC}",
    "other": f"migration=supported model=card software-version=1.4.2 {NIC}",
    "pinned": f"{OLD} blocker=b,reason=for%20ever,flags=permanent",
    "busy": f"{OLD} blocker=b,reason=at%20present",
    "unsupported": f"migration=unsupported model=nic {NIC}",
    "undeclared": "driver=d model=nic device-api=vdpa-net",
}
TARGETS = {
    "same": OLD,
    "minor": ("migration=supported model=nic software-version=1.5.0 device-api=vdpa-net "
              "feature=virtio,supported=1ff,provisioned=3f "
              "param=mtu,rule=at-least,value=u64:9000"),
    "mtu": f"{OLD} -param param=mtu,rule=at-least,value=u64:1400",
    "accepts": f"migration=supported model=card,accept=nic software-version=1.6.1 {NIC}",
    "unsupported": f"migration=unsupported model=nic {NIC}",
    "undeclared": "driver=d model=nic",
    "veto": f"{OLD} veto=never",
}
# What a target says of each source, in the order of SOURCES.
VERDICTS = {
    "same":        "identical incompatible incompatible not-migratable identical "
                   "not-migratable undeclared",
    "minor":       "compatible incompatible incompatible not-migratable compatible "
                   "not-migratable undeclared",
    "mtu":         "incompatible incompatible incompatible not-migratable incompatible "
                   "not-migratable undeclared",
    "accepts":     "compatible compatible compatible not-migratable compatible "
                   "not-migratable undeclared",
    "unsupported": " ".join(["not-migratable"] * 7),
    "undeclared":  "undeclared undeclared incompatible not-migratable undeclared "
                   "not-migratable undeclared",
    "veto":        "incompatible incompatible incompatible not-migratable incompatible "
                   "not-migratable incompatible",
}
# Of verdicts, the better ones first.
STATUS = {"identical": 0, "compatible": 0, "undeclared": 3, "incompatible": 2, "not-migratable": 3}


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def status_of(*words):
    """Exit status, standard output and error of vdevctl."""
    done = subprocess.run(("vdevctl", *words), capture_output=True, text=True, timeout=LIMIT,
                          check=False)
    return done.returncode, done.stdout, done.stderr


@functools.cache
def judge(source, target, *options):
    """What a check answers, and the exit status that must go with it."""
    status, output, error = status_of("-j", "check", source, target, *options)
    if not output:
        raise AssertionError(f"{source}: {error}")
    answer = json.loads(output)["check"][0]
    equal("exit status", status, STATUS[answer["verdict"]])
    return answer


def judgement(answer):
    return {key: answer[key] for key in ("verdict", "rank", "findings")}


class Host:
    """This host, and the folder with what came from the other one."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.here = f"{tempfile.mkdtemp()}/here.json"

    def came(self, name):
        return f"{self.folder}/{name}"

    def targets(self):
        return [f"sim/in-{name}" for name in TARGETS] + REAL_TARGETS


HOST = Host(*(sys.argv[1:] + [None])[:2])
REAL_SOURCES = ["vdpa/out-net"]
REAL_TARGETS = ["vdpa/in-net", "vdpa/in-small"]


def mdev_handle():
    """The mediated device of this host: its name is of no meaning elsewhere."""
    return f"mdev/{os.listdir('/sys/bus/mdev/devices')[0]}"


def populate():
    """Devices of the simulator, and real ones."""
    shell("load_vdev", "sim", "vdpa", "mdev")
    for kind, devices in (("out", SOURCES), ("in", TARGETS)):
        for name, facts in devices.items():
            write(SIM, f"dev add {kind}-{name} {facts}\n")
    versions = "v1 v2" if HOST.name == "second" else "v2 v3"
    write(SIM, "dev add out-versions migration=supported model=range " + " ".join(
        f"version={one},flags=create+accept" for one in versions.split()) + "\n")
    write(SIM, "parent add gpu i915-gvtg\n")
    shell("load_realdevs", "vdpa_sim_net", "mtty")
    for name, mtu in (("out-net", 1500), ("in-net", 1500), ("in-small", 1400)):
        run("vdpa", "dev", "add", "name", name, "mgmtdev", "vdpasim_net",
            "mac", "02:00:00:00:00:01", "mtu", str(mtu))
    with open("/proc/sys/kernel/random/uuid", encoding="ascii") as file:
        write(f"{MTTY}/mtty-1/create", file.read())


def export():
    """Everything in every form, where the other host finds it."""
    forms = {"dev.json": ["dev"], "type.json": ["type"], "dev.xml": ["dev", "--libvirt"],
             "dev.tokens": ["dev", "--token"], "dev.traits": ["dev", "--traits"]}
    for file, (what, *form) in forms.items():
        with open(f"{RESULTS}/{file}", "w", encoding="utf-8") as output:
            output.write(run("vdevctl", what, "export", *form))
    with open(f"{RESULTS}/dev.json", encoding="utf-8") as file:
        write(HOST.here, file.read())


def not_the_veto(_defer):
    """A veto only the target's host knows"""
    source = f"{HOST.came('dev.json')}#sim/out-same"
    equal("kernel", judge(source, "sim/in-veto")["verdict"], "incompatible")
    equal("library", judge(source, f"{HOST.here}#sim/in-veto", "--offline")["verdict"],
          "identical")


def exported(_defer):
    """What is exported again is the same, byte for byte"""
    with open(HOST.here, encoding="utf-8") as file:
        equal("document", run("vdevctl", "dev", "export"), file.read())


def known_verdicts(_defer):
    """Each target says of each record what is known to be right, and exits with it"""
    for target, verdicts in VERDICTS.items():
        got = [judge(f"{HOST.came('dev.json')}#sim/out-{source}", f"sim/in-{target}")["verdict"]
               for source in SOURCES]
        equal(target, got, verdicts.split())


def library_agrees(_defer):
    """The library says of the two documents what the kernel says"""
    for source in [f"sim/out-{name}" for name in SOURCES] + REAL_SOURCES:
        for target in ("sim/in-minor", "sim/in-undeclared", "vdpa/in-net"):
            words = f"{HOST.came('dev.json')}#{source}"
            equal(f"{source}, {target}",
                  judgement(judge(words, f"{HOST.here}#{target}", "--offline")),
                  judgement(judge(words, target)))


def other_direction(_defer):
    """Asked for both directions, the kernel answers one and the library the other"""
    for source in SOURCES:
        words = f"{HOST.came('dev.json')}#sim/out-{source}"
        answers = json.loads(status_of("-j", "check", words, "sim/in-accepts", "--both")[1])
        there, back = answers["check"]
        equal("judges", (there["judge"], back["judge"]), ("kernel", "library"))
        equal(source, judgement(there), judgement(judge(words, "sim/in-accepts")))
        equal(f"to {source}", judgement(back),
              judgement(judge(f"{HOST.here}#sim/in-accepts", words, "--offline")))


def by_token(_defer):
    """A token decides as the document does"""
    with open(HOST.came("dev.tokens"), encoding="ascii") as file:
        lines = [line.split("\t") for line in file.read().splitlines()]
    with open(HOST.came("dev.json"), encoding="utf-8") as file:
        handles = [one["handle"] for one in json.load(file)["endpoints"]]
    equal("handles", [handle for handle, _ in lines], handles)
    for handle, token in lines:
        if not handle.startswith("sim/out-"):
            continue
        equal(handle, judgement(judge(token, "sim/in-minor")),
              judgement(judge(f"{HOST.came('dev.json')}#{handle}", "sim/in-minor")))


def by_libvirt(_defer):
    """The token out of libvirt's metadata decides as the document does"""
    seen = 0
    for one in ElementTree.parse(HOST.came("dev.xml")).getroot():
        handle = one.get("handle")
        if not handle.startswith("sim/out-"):
            continue
        seen += 1
        equal(handle, judgement(judge(one.find(f"{XMLNS}token").text, "sim/in-accepts")),
              judgement(judge(f"{HOST.came('dev.json')}#{handle}", "sim/in-accepts")))
    equal("elements", seen, len(SOURCES) + 1)


def found(_defer):
    """What find says of each target is what a check says, the best of them first"""
    source = f"{HOST.came('dev.json')}#sim/out-same"
    status, output, _ = status_of("-j", "find", source, "kind", "device")
    answers = json.loads(output)["find"]
    equal("exit status", status, 0)
    verdicts = [one["verdict"] for one in answers]
    equal("order", verdicts, sorted(verdicts, key=list(STATUS).index))
    by_target = {one["target"]: one["verdict"] for one in answers}
    for target in HOST.targets():
        equal(target, by_target[target], judge(source, target)["verdict"])
    equal("first", answers[0]["verdict"], "identical")


def none_found(_defer):
    """If no target can load it, find exits as a check of the best of them does"""
    for source, condition, status in (("newer", "nic", 0), ("newer", "card", 0),
                                      ("newer", "range", 2), ("unsupported", "card", 3)):
        equal(f"{source}, {condition}",
              status_of("find", f"{HOST.came('dev.json')}#sim/out-{source}", "bus", "sim",
                        "model", condition)[0], status)


def stale_target(_defer):
    """A target that has changed is status 4, one that is not there status 6"""
    source = f"{HOST.came('dev.json')}#sim/out-same"
    target, = json.loads(status_of("-j", "dev", "show", "sim/in-same")[1])["dev"]
    for expect in (f"{target['instance']}:1", f"{target['instance'] ^ 1}:{target['generation']}"):
        equal("changed", status_of("check", source, "sim/in-same", "--expect", expect)[0], 4)
    equal("absent", status_of("check", source, "sim/in-none")[0], 6)


def common_baseline(_defer):
    """The hosts have the version in common that both of them take"""
    status, output, _ = status_of("-j", "baseline", HOST.came("dev.json"), HOST.here)
    equal("exit status", status, 0)
    models = {one["model"]: one for one in json.loads(output)["baseline"]}
    equal("versions", models["range"]["versions"], {"oldest": "v2", "newest": "v2"})


def types(_defer):
    """A type that another host can create is judged against the types here"""
    source = f"{HOST.came('type.json')}#sim/gpu/i915-GVTg_V5_4"
    equal("same", judge(source, "sim/gpu/i915-GVTg_V5_4")["verdict"], "identical")
    equal("in two", judge(source, "sim/gpu/i915-GVTg_V5_8")["verdict"], "compatible")
    equal("a device", judge(source, "sim/in-same")["verdict"], "incompatible")


def real_vdpa(_defer):
    """A vdpa device can load another kernel's, unless its MTU is smaller"""
    source = f"{HOST.came('dev.json')}#vdpa/out-net"
    equal("same", judge(source, "vdpa/in-net")["verdict"], "identical")
    small = judge(source, "vdpa/in-small")
    equal("smaller", small["verdict"], "incompatible")
    equal("failing", [one["name"] for one in small["findings"] if one["result"] == "fail"],
          ["mtu"])


def real_mdev(_defer):
    """A mediated device whose driver declares nothing stays undeclared"""
    with open(HOST.came("dev.json"), encoding="utf-8") as file:
        handle = next(one["handle"] for one in json.load(file)["endpoints"]
                      if one["handle"].startswith("mdev/"))
    equal("verdict", judge(f"{HOST.came('dev.json')}#{handle}", mdev_handle())["verdict"],
          "undeclared")


CASES = [known_verdicts, library_agrees, not_the_veto, other_direction, by_token, by_libvirt, found,
         none_found, stale_target, common_baseline, types, real_vdpa, real_mdev]


if __name__ == "__main__":
    populate()
    export()
    sys.exit(ktap.run_cases([exported] + (CASES if HOST.folder else [])))
