# SPDX-License-Identifier: GPL-2.0
"""A host with libvirt: a daemon with files and a name of its own."""

import os
import socket
import subprocess

from realdev.guest import LIMIT, TOP, Program, read, wait, write
from shell import Shell

# Of virsh, in seconds: its QEMU is emulated twice, and asked for all that it can do first.
PATIENCE = 120
HOOKS = "/etc/libvirt/hooks/qemu.d"


class Host:
    """It is there as long as the test. Its daemon can be ended and started again."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.uri = f"qemu+unix:///system?socket={folder}/libvirt-sock"
        self.place = Program(lambda kill: None, "unshare", "--mount", "--uts",
                             f"{TOP}/tests/libvirt/host.sh", name, folder)
        assert self.place.line() == "ready"
        self.daemon = self.shell = None
        self.start()

    def start(self):
        # pylint: disable-next=consider-using-with
        self.daemon = subprocess.Popen(
            ["nsenter", f"--target={self.place.process.pid}", "--mount", "--uts", "libvirtd",
             "--pid-file", f"{self.folder}/pid"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL)
        wait(f"{self.name}: no socket", self.listens)
        self.shell = Shell(self.uri, PATIENCE)

    def listens(self):
        assert self.daemon.poll() is None, f"{self.name}: the daemon ended"
        with socket.socket(socket.AF_UNIX) as sock:
            return sock.connect_ex(f"{self.folder}/libvirt-sock") == 0

    def end(self):
        """As if it had crashed: what it runs goes on."""
        self.daemon.kill()
        self.daemon.wait(LIMIT)
        self.shell.end()

    def path(self, path):
        """A file of that host, from here."""
        return f"/proc/{self.place.process.pid}/root{path}"

    def virsh(self, *words):
        printed, wrong = self.shell.run(*words)
        assert not wrong, f"{self.name}: {words[0]}: {wrong}"
        return printed

    def has(self, name):
        """A domain, in whatever state."""
        return name in self.virsh("list", "--all", "--name").split()

    def calm(self, name):
        """What runs in a domain polls, and must not hold up what it waits for."""
        pid = read(self.path(f"/run/libvirt/qemu/{name}.pid"))
        for task in os.listdir(f"/proc/{pid}/task"):
            if read(f"/proc/{pid}/task/{task}/comm").startswith("CPU "):
                os.setpriority(os.PRIO_PROCESS, int(task), 15)

    def set_policy(self, text):
        write(self.path("/etc/vdev/libvirt.conf"), text)

    def add_hook(self, name, text):
        """A second one; it is asked after the first."""
        path = self.path(f"{HOOKS}/{name}")
        write(path, text)
        os.chmod(path, 0o755)

    def remove_hook(self, name):
        os.unlink(self.path(f"{HOOKS}/{name}"))

    def log(self, name):
        """Of a domain: it is there if QEMU was started, whatever became of it."""
        return self.path(f"/var/log/libvirt/qemu/{name}.log")
