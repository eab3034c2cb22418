# SPDX-License-Identifier: GPL-2.0
"""The commands of the pages about Nova and Kubernetes, typed as they are written.

Only the folder /etc is another one, and what is read or asked elsewhere is not asked.
"""

import os
import pathlib
import re
import shlex
import subprocess

import yaml

from program import LIMIT, TOP, differs, folder

PAGES = {"nova": ("etc/nova/provider_config/vdev.yaml", "nova"),
         "kubernetes": ("etc/kubernetes/node-feature-discovery/features.d/vdev", "nfd")}
# Not here, and about other hosts.
ELSEWHERE = {"openstack", "systemctl", "kubectl"}
HERE = {"mkdir", "vdevctl"}
# Which words of a page are of the example, and must be printed by its commands.
WORD = re.compile(r"CUSTOM_(VDEV_\w+)=required|(vdev\.feature\S+): \"true\"")


def commands(text):
    return [line[6:] for line in text.splitlines() if line.startswith("    # ")
            and not line.startswith("    # /")]


class Shell:
    def __init__(self, program, path):
        self.path = pathlib.Path(path)
        (self.path / "bin").mkdir()
        (self.path / "bin/vdevctl").symlink_to(program.checked)
        self.program = program

    def type(self, command):
        case = "export-one" if "vdpa/vdpa0" in command else "export-host"
        env = {**self.program.env(case), "PATH": f"{self.path}/bin:{os.environ['PATH']}"}
        return subprocess.run(command.replace("/etc/", f"{self.path}/etc/"), shell=True, env=env,
                              cwd=self.path, check=False, timeout=LIMIT, capture_output=True,
                              text=True)


def page(tap, shell, name):
    text = (TOP / f"Documentation/consumers/{name}.rst").read_text()
    printed = ""
    for command in commands(text):
        program = shlex.split(command)[0]
        if program in ELSEWHERE:
            continue
        done = shell.type(command)
        printed += done.stdout
        tap.result(f"{name}: {command[:60]}", done.stderr if done.returncode or
                   program not in HERE else None)
    words = ["".join(found) for found in WORD.findall(text)]
    tap.result(f"{name}: the words of the example are printed",
               [word for word in words if word not in printed] or
               (None if len(words) > 1 else "there are none"))


def written(tap, shell, name, path, form):
    actual = (shell.path / path).read_text()
    lines = [line for line in actual.splitlines() if not line.startswith("# +")]
    expected = (TOP / f"tests/golden/cases/export-host.{form}").read_text().splitlines()
    tap.result(f"{name}: the file is that of the host", differs(lines, expected))


def blocks(tap, name):
    text = (TOP / f"Documentation/consumers/{name}.rst").read_text()
    found = re.search(r"^    apiVersion: .*?\n\n(?=\S)", text, re.DOTALL | re.MULTILINE)
    machine = yaml.safe_load(found.group(0)) if found else {}
    selector = machine.get("spec", {}).get("template", {}).get("spec", {}).get("nodeSelector", {})
    tap.result(f"{name}: the machine has a selector of strings",
               None if selector and set(selector.values()) == {"true"} else machine)


def run(tap, program):
    for name, (path, form) in PAGES.items():
        with folder() as place:
            shell = Shell(program, place)
            page(tap, shell, name)
            written(tap, shell, name, path, form)
    blocks(tap, "kubernetes")
