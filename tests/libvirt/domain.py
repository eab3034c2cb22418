# SPDX-License-Identifier: GPL-2.0
"""Domains that are moved from one of two hosts to the other, and back."""

import contextlib
import json
import os
import re
import select
import socket
import tempfile
import time

import ktap
from host import PATIENCE, Host
from realdev.guest import TOP, random_name, read, run, write
from reality.net import broken

MACHINE = os.environ["LIBVIRT_MACHINE"]
FOLDER = tempfile.mkdtemp()
NAME_SPACE = "urn:vdev:endpoints:1"
HOSTS = Host("source", f"{FOLDER}/source"), Host("target", f"{FOLDER}/target")


def one_line(element):
    """As virsh takes it; libvirt indents it, or not."""
    return re.sub(r">\s+<", "><", element.strip())


class Domain:
    """A domain that runs on a host with a device, which its driver has accepted."""

    def __init__(self, host, node):
        self.name, self.host, self.node = random_name("g"), host, node
        text = read(f"{TOP}/tests/libvirt/domain.xml")
        for word, value in (("NAME", self.name), ("KERNEL", MACHINE), ("NODE", node)):
            text = text.replace(word, value)
        host.virsh("create", self.file(text))
        host.calm(self.name)
        self.before = self.tell("probe ffffffffffffffff")

    def other(self):
        """The host that it moves to."""
        return HOSTS[self.host is HOSTS[0]]

    def file(self, text):
        path = f"{FOLDER}/{self.name}.xml"
        write(path, text)
        return path

    def hosts(self):
        return [host.name for host in HOSTS if host.has(self.name)]

    def destroy(self):
        for host in HOSTS:
            if host.has(self.name):
                host.virsh("destroy", self.name)

    def annotation(self):
        return run("vdevctl", "libvirt", "annotate",
                   self.file(self.host.virsh("dumpxml", self.name)))

    def annotate(self, element):
        """As the documentation says."""
        self.host.virsh("metadata", self.name, NAME_SPACE, "vdev", "--set", one_line(element),
                        "--live")

    def metadata(self):
        return one_line(self.host.virsh("metadata", self.name, NAME_SPACE))

    def tell(self, word):
        """Have the guest do something; what it sees. The word waits until the guest reads. What the
        BIOS throws away are empty lines, as a part of a word would be another word."""
        deadline, data = time.monotonic() + PATIENCE, b""
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(self.host.path(f"/run/guests/{self.name}"))
            while b"}\n" not in data:
                assert time.monotonic() < deadline, f"no answer but {data}"
                sock.sendall(b"\n" * 64 + f"{word}\n".encode())
                while b"}\n" not in data and select.select([sock], [], [], 30)[0]:
                    data += sock.recv(4096)
        # It may have been asked twice.
        return json.loads(data[data.index(b"{"):data.index(b"}\n") + 1])

    def broken(self):
        """What its guest does not have any more."""
        return broken(self.before, self.tell("see"))

    def check(self):
        """It runs on its host alone, and its guest sees no difference."""
        ktap.equal("hosts", self.hosts(), [self.host.name])
        ktap.equal("state", self.host.virsh("domstate", self.name), "running")
        ktap.equal("broken", self.broken(), [])

    def command(self, node):
        """That moves it to a device of the other host, which has another name there."""
        text = self.host.virsh("dumpxml", self.name, "--migratable")
        begin, _, rest = text.partition("<source dev='/dev/")
        text = f"{begin}<source dev='{node}'{rest[rest.index('/>'):]}"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.other().log(self.name))
        return ["migrate", "--live", "--xml", self.file(text), "--domain", self.name,
                "--desturi", self.other().uri, "--migrateuri", "tcp://127.0.0.1"]

    def migrate(self, node):
        """What virsh says if it fails, which is nothing if it does not."""
        return self.host.shell.run(*self.command(node))[1]

    def has_moved(self, node):
        self.host, self.node = self.other(), node
        self.host.calm(self.name)
