# SPDX-License-Identifier: GPL-2.0
"""Two hosts with libvirt, and the domains that are moved from one to the other."""

import json
import os
import select
import socket
import subprocess
import tempfile
import time

from realdev.guest import LIMIT, TOP, Program, random_name, run, wait
from realdev.vdpa import node_of

HERE = f"{TOP}/tests/libvirt"
MACHINE = os.environ["LIBVIRT_MACHINE"]
FOLDER = tempfile.mkdtemp()
# Of virsh, in seconds: its QEMU is emulated twice, and asked for all that it can do first.
PATIENCE = 300
NAME_SPACE = "urn:vdev:endpoints:1"


class Host:
    """A daemon with files and a name of its own. It can be ended and started again."""

    def __init__(self, name):
        self.name, self.folder = name, f"{FOLDER}/{name}"
        self.uri = f"qemu+unix:///system?socket={self.folder}/libvirt-sock"
        self.place = Program(lambda kill: None, "unshare", "--mount", "--uts",
                             f"{HERE}/host.sh", name, self.folder)
        assert self.place.line() == "ready"
        self.daemon = None
        self.start()
        self.wait()

    def start(self):
        # pylint: disable-next=consider-using-with
        self.daemon = subprocess.Popen(
            ["nsenter", f"--target={self.place.process.pid}", "--mount", "--uts", "libvirtd",
             "--pid-file", f"{self.folder}/pid"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL)

    def wait(self):
        """It answers."""
        def answers():
            assert self.daemon.poll() is None, f"{self.name}: the daemon ended"
            return self.virsh("uri", check=False)
        wait(f"{self.name}: no answer", answers)

    def end(self):
        """As if it had crashed: what it runs goes on."""
        self.daemon.kill()
        self.daemon.wait(LIMIT)

    def path(self, path):
        """A file of that host, from here."""
        return f"/proc/{self.place.process.pid}/root{path}"

    def virsh(self, *words, check=True):
        done = subprocess.run(["virsh", "-q", "-c", self.uri, *words], capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        if check and done.returncode:
            raise AssertionError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def state(self, name):
        return self.virsh("domstate", name, check=False)

    def set_policy(self, text):
        with open(self.path("/etc/vdev/libvirt.conf"), "w", encoding="ascii") as file:
            file.write(text)

    def has_started(self, name):
        """QEMU was started there for that domain, whatever became of it."""
        return os.path.exists(self.path(f"/var/log/libvirt/qemu/{name}.log"))


class Domain:
    """A domain that runs on a host with a device, which its driver has accepted."""

    def __init__(self, defer, host, device, annotated=True):
        self.name = random_name("g")
        self.host = host
        with open(f"{HERE}/domain.xml", encoding="ascii") as file:
            text = file.read()
        for word, value in (("NAME", self.name), ("KERNEL", MACHINE),
                            ("NODE", node_of(device))):
            text = text.replace(word, value)
        host.virsh("create", self.file(text))
        defer(self.destroy)
        self.before = self.tell(host, "probe ffffffffffffffff")
        if annotated:
            self.annotate()

    def file(self, text):
        path = f"{FOLDER}/{self.name}.xml"
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def destroy(self):
        for host in self.hosts():
            host.virsh("destroy", self.name)

    def hosts(self):
        """Where it is, in whatever state."""
        return [host for host in (A, B) if host.state(self.name)]

    def annotate(self):
        """As the documentation says."""
        path = self.file(self.host.virsh("dumpxml", self.name))
        self.host.virsh("metadata", self.name, NAME_SPACE, "vdev",
                        run("vdevctl", "libvirt", "annotate", path), "--live")

    def tell(self, host, word):
        """Have the guest do something, again if it was not yet there; what it sees."""
        deadline = time.monotonic() + PATIENCE
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(host.path(f"/run/guests/{self.name}"))
            data = b""
            while b"}\n" not in data:
                assert time.monotonic() < deadline, f"no answer but {data}"
                sock.sendall(f"\n{word}\n".encode())
                while b"}\n" not in data and select.select([sock], [], [], 5)[0]:
                    data += sock.recv(4096)
        return json.loads(data[data.rindex(b"{"):])

    def see(self, host):
        return self.tell(host, "see")

    def command(self, node, *words):
        """That moves it to a device of the other host, which has another name there."""
        text = self.host.virsh("dumpxml", self.name, "--migratable")
        begin, _, rest = text.partition("<source dev='/dev/")
        text = f"{begin}<source dev='{node}'{rest[rest.index('/>'):]}"
        return ["virsh", "-q", "-c", A.uri, "migrate", "--live", *words, "--xml",
                self.file(text), "--domain", self.name, "--desturi", B.uri,
                "--migrateuri", "tcp://127.0.0.1"]

    def migrate(self, node, *words):
        """What virsh says if it fails; None if it does not."""
        done = subprocess.run(self.command(node, *words), capture_output=True, text=True,
                              timeout=PATIENCE, check=False)
        return done.stderr.strip() or "failed" if done.returncode else None


A, B = Host("source"), Host("target")
