# SPDX-License-Identifier: GPL-2.0
"""What --nfd writes, read by the rules of node feature discovery and of Kubernetes.

A line that begins with # is a comment, or a directive; all others are NAMESPACE/NAME=VALUE. What
is a label kubectl says, which has the same code as the server; without --local it would
ask one.
"""

import datetime
import os
import pathlib
import subprocess

import hostile
from program import CASES, FILES, LIMIT, differs, folder

NAMESPACE = "vdev.feature.node.kubernetes.io"
SIZE_MAX = 65536
EXPIRY = "# +expiry-time="
SERVICE = """apiVersion: v1
kind: Service
metadata: {name: labels}
spec: {}
"""
HOUR = 3600


class Labels:
    def __init__(self, program, root, path):
        self.program, self.kubectl = program, pathlib.Path(root) / "usr/bin/kubectl"
        self.path = pathlib.Path(path)
        self.file = self.path / "vdev"
        self.service = self.path / ".service.yaml"
        self.service.write_text(SERVICE)

    def rejected(self, labels):
        """Why Kubernetes does not take these labels: NAMESPACE/NAME=VALUE."""
        done = subprocess.run(
            [self.kubectl, "set", "selector", "--local", "-o", "name", "-f", self.service,
             ",".join(labels)], check=False, timeout=LIMIT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, env={**os.environ, "KUBECONFIG": os.devnull})
        return done.stderr if done.returncode else None

    def write(self, data, *words):
        source = self.path / ".document.json"
        source.write_bytes(data)
        return self.program.run("record", "convert", source, "--nfd", "-o", self.file, *words)

    def read(self):
        """The labels of the file and what is wrong with it."""
        text = self.file.read_text()
        labels = [line for line in text.splitlines() if not line.startswith("#")]
        problems = [f"{line}: not the name space"
                    for line in labels if not line.startswith(f"{NAMESPACE}/")]
        problems += [f"{line}: not a value of true" for line in labels
                     if line.count("=") != 1 or not line.endswith("=true")]
        names = [line.partition("=")[0] for line in labels]
        if len(set(names)) != len(names) or names != sorted(names):
            problems.append("they are not sorted, each once")
        if len(text.encode()) > SIZE_MAX:
            problems.append("the file is too large")
        problems += [self.rejected(labels)] if labels and not problems else []
        return labels, [problem for problem in problems if problem]


def names_are_judged(tap, labels):
    good = f"{NAMESPACE}/a.B_c-1=true"
    tap.result("nfd: kubectl takes a label", labels.rejected([good]))
    for bad in (f"{NAMESPACE}/a-=true", f"{NAMESPACE}/.a=true", f"{NAMESPACE}/{'a' * 64}=true",
                f"{NAMESPACE}/a b=true", f"{NAMESPACE}/=true", f"-{NAMESPACE}/a=true"):
        tap.result(f"nfd: kubectl does not take {bad[:50]}",
                   None if labels.rejected([good, bad]) else "it does")


def accepted(tap, labels):
    for path in sorted(FILES.glob("*.json")):
        done = labels.program.run("record", "convert", path, "--nfd", "-o", labels.file)
        if done.returncode == 0:
            tap.result(f"nfd: {path.name}: all are labels", labels.read()[1])
    done = labels.program.run("export", "--nfd", "-o", labels.file, case="export-host")
    tap.result("nfd: so is what a host exports", [
        problem for problem in (differs(done.returncode, 0), *labels.read()[1],
                                differs(labels.file.read_bytes(),
                                        (CASES / "export-host.nfd").read_bytes())) if problem])


def hostile_names(tap, labels):
    problems, num = [], 0
    for data in hostile.documents():
        done = labels.write(data)
        problems += [done.stderr.decode()] if done.returncode else []
        found, wrong = labels.read()
        problems += wrong
        num += len(found)
    tap.result("nfd: any names become labels", problems)
    tap.result("nfd: there were many", None if num > 1000 else num)


def told_apart(tap, labels):
    seen, problems = {}, []
    for name, data in hostile.alike():
        done = labels.write(data)
        problems += [done.stderr.decode()] if done.returncode else []
        for label in labels.read()[0]:
            of_names = {one for one in seen.get(label, set()) if one != name}
            seen[label] = of_names | {name}
    # What all of them have tells nothing about the name.
    problems += [f"{label}: {sorted(names)}" for label, names in seen.items()
                 if 1 < len(names) and label not in COMMON]
    tap.result("nfd: names that differ have labels that differ", problems)


# What these documents have in common; "a-b" and "a.b" are names that a label can have as they are.
COMMON = {f"{NAMESPACE}/{word}=true" for word in (
    "device-api.vfio-pci", "migration.supported", "loads.vfio-pci", "loads.vfio-pci.version.v1",
    "version.v", "create-version.v", "accept-version.v", "version.v1", "create-version.v1",
    "accept-version.v1", "model.m", "accept-model.m", "loads.vfio-pci.model.m",
    "loads.vfio-pci.model.m.version.v", "feature.virtio.bit-3", "feature.virtio.bit-5")}


def too_large(tap, labels):
    labels.file.write_text("old")
    done = labels.write(hostile.document([hostile.endpoint(number, f"model-{number}")
                                          for number in range(400)]))
    tap.result("nfd: what would be passed over is an error, and the old file stays", [
        problem for problem in (
            differs(done.returncode, 1), differs(labels.file.read_text(), "old"),
            b"more than the 64 KiB that node feature discovery reads" not in done.stderr
            and done.stderr) if problem])


def expiry(tap, labels):
    data = hostile.document([hostile.endpoint(1, "m")])
    before = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    labels.write(data, "--expires", "2h")
    after = datetime.datetime.now(datetime.timezone.utc)
    line = labels.file.read_text().splitlines()[1]
    when = datetime.datetime.strptime(line.removeprefix(EXPIRY), "%Y-%m-%dT%H:%M:%S%z")
    delay = datetime.timedelta(seconds=2 * HOUR)
    tap.result("nfd: labels expire when it was said",
               None if before + delay <= when <= after + delay else line)
    tap.result("nfd: which stands before all of them", labels.read()[1])


def run(tap, program, root):
    with folder() as path:
        labels = Labels(program, root, path)
        for case in (names_are_judged, accepted, hostile_names, told_apart, too_large, expiry):
            case(tap, labels)
