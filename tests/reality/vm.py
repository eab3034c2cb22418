# SPDX-License-Identifier: GPL-2.0
"""A virtual machine of QEMU: started, given commands, moved. What runs in it is guest.c."""

import json
import os
import select
import socket
import subprocess
import time

QEMU = os.environ["REALITY_QEMU"]
PATIENCE = 60
# The machine that is saved and every one that its state is loaded into are the same.
# Its memory is shared, because the simulator's devices find no other by virtual addresses.
MACHINE = ["-accel", "tcg", "-M", "q35,usb=off,memory-backend=memory", "-m", "16",
           "-object", "memory-backend-memfd,id=memory,size=16M,share=on",
           "-nodefaults", "-no-user-config", "-display", "none"]
PROGRAM = [f"{QEMU}/usr/bin/qemu-system-x86_64", "-L", f"{QEMU}/usr/share/qemu",
           "-L", f"{QEMU}/usr/share/seabios"]
LIBRARIES = f"{QEMU}/usr/lib/x86_64-linux-gnu"
ENVIRONMENT = {**os.environ, "LD_LIBRARY_PATH": LIBRARIES,
               "QEMU_MODULE_DIR": f"{LIBRARIES}/qemu"}


class Refused(Exception):
    """QEMU does not do it; its words."""


class Lines:
    """Lines that arrive at a socket."""

    def __init__(self, sock, name):
        self.sock, self.name, self.data = sock, name, b""

    def read(self):
        """The next line; Refused if the other end is closed."""
        deadline = time.monotonic() + PATIENCE
        while b"\n" not in self.data:
            if not select.select([self.sock], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"{self.name}: nothing more after {self.data!r}")
            more = self.sock.recv(1 << 16)
            if not more:
                raise Refused(f"{self.name}: it ended")
            self.data += more
        line, self.data = self.data.split(b"\n", 1)
        return line.decode(errors="replace").strip()


def network(vhost, device):
    """The words that give a machine a network device; vhost is what is behind it."""
    return ["-netdev", f"{vhost},id=n0", "-device",
            f"virtio-net-pci,addr=1,netdev=n0,disable-legacy=on,romfile=,vectors=4,{device}"]


class Machine:
    """A machine with some devices, stopped until cont(). With an address it waits there for
    the state of another one."""

    def __init__(self, *words, incoming=None):
        control, its_control = socket.socketpair()
        serial, its_serial = socket.socketpair()
        ends = [its_control.fileno(), its_serial.fileno()]
        command = [*PROGRAM, *MACHINE, "-S",
                   "-chardev", f"socket,id=control,fd={ends[0]}", "-mon",
                   "chardev=control,mode=control",
                   "-chardev", f"socket,id=serial,fd={ends[1]}", "-serial", "chardev:serial",
                   *words]
        if incoming:
            command += ["-incoming", incoming]
        self.errors = os.memfd_create("errors")
        # pylint: disable-next=consider-using-with
        self.process = subprocess.Popen(command, pass_fds=ends, env=ENVIRONMENT,
                                        stdin=subprocess.DEVNULL, stdout=self.errors,
                                        stderr=self.errors)
        its_control.close()
        its_serial.close()
        self.control, self.serial = Lines(control, "QEMU"), Lines(serial, "the guest")
        try:
            self.control.read()
            self.ask("qmp_capabilities")
        except (Refused, ConnectionError, BrokenPipeError) as error:
            raise Refused(self.words()) from error

    def words(self):
        """The errors that it has printed."""
        size = os.fstat(self.errors).st_size
        lines = os.pread(self.errors, size, 0).decode(errors="replace").splitlines()
        return "; ".join(line.partition(": ")[2] or line for line in lines
                         if ": warning: " not in line)

    def ask(self, command, **arguments):
        """Give it a command; what it returns."""
        request = {"execute": command, "arguments": arguments}
        self.control.sock.sendall(json.dumps(request).encode() + b"\n")
        while True:
            answer = json.loads(self.control.read())
            if "error" in answer:
                raise Refused(answer["error"]["desc"])
            if "return" in answer:
                return answer["return"]

    def state(self):
        return self.ask("query-status")["status"]

    def cont(self):
        self.ask("cont")

    def stop(self):
        self.ask("stop")

    def tell(self, word):
        """Have the guest do something; the line that it answers."""
        self.serial.sock.sendall(f"{word}\n".encode())
        while True:
            line = self.serial.read()
            if line.startswith("{"):
                return json.loads(line)

    def migrate(self, uri):
        """Send its state; Refused with the reason if that does not succeed."""
        self.ask("migrate", uri=uri)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = self.ask("query-migrate")
            if answer["status"] == "completed":
                return
            if answer["status"] in ("failed", "cancelled"):
                raise Refused(answer.get("error-desc", "no reason"))
            time.sleep(0.02)
        raise AssertionError("a migration without an end")

    def loaded(self):
        """Wait until it has loaded a state."""
        deadline = time.monotonic() + PATIENCE
        try:
            while self.state() == "inmigrate":
                assert time.monotonic() < deadline, "a state that is never loaded"
                time.sleep(0.02)
        except (Refused, ConnectionError, BrokenPipeError) as error:
            self.process.wait(PATIENCE)
            raise Refused(self.words()) from error

    def close(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self.control.sock.close()
        self.serial.sock.close()
        os.close(self.errors)
