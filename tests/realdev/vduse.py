# SPDX-License-Identifier: GPL-2.0
"""vdpa devices in user space (VDUSE), for what no simulated device has: any
configuration, a driver that cannot suspend, and one that does not answer.

    vduse.py NAME ID FEATURES CONFIG [QUEUES]
                    has such a device and answers for it until the end of the input
"""

import contextlib
import errno
import fcntl
import os
import select
import struct
import sys
import time

NAME_LEN = 256
SET_API_VERSION = 0x40088101
CREATE_DEV = 0x41508102
DESTROY_DEV = 0x41008103

VENDOR = 0x1af4
QUEUES = 4
QUEUE_SIZE = 128
VQ_SETUP = 0x40208114
# Of a request and of its answer, which is padded; what is said comes after both.
HEAD = struct.Struct("=II")
BODY = 24
MESSAGE = 152
PATIENCE = 60


def control():
    fd = os.open("/dev/vduse/control", os.O_RDWR)
    fcntl.ioctl(fd, SET_API_VERSION, struct.pack("=Q", 0))
    return fd


class Device:
    """A device that exists for "vdpa dev add mgmtdev vduse" while it is open."""

    def __init__(self, name, device_id, features, config, queues=QUEUES):
        self.name = name.encode()
        self.control = control()
        head = struct.pack(f"={NAME_LEN}sIIQII52xI", self.name, VENDOR, device_id,
                           features, queues, 4096, len(config))
        fcntl.ioctl(self.control, CREATE_DEV, head + config)
        self.fd = os.open(f"/dev/vduse/{name}", os.O_RDWR | os.O_NONBLOCK)
        for queue in range(queues):
            fcntl.ioctl(self.fd, VQ_SETUP,
                        struct.pack("=IH26x", queue, QUEUE_SIZE))

    def answer(self):
        """Answer one request: all is well. Who asked may have given up meanwhile."""
        with contextlib.suppress(BlockingIOError, FileNotFoundError):
            request = os.read(self.fd, MESSAGE)
            kind, number = HEAD.unpack_from(request)
            answer = HEAD.pack(number, 0).ljust(BODY, b"\0") + self.reply(kind, request[BODY:])
            os.write(self.fd, answer.ljust(MESSAGE, b"\0"))

    def reply(self, _kind, _body):
        """What is said to a request; one that serves queues has more to say."""
        return b""

    def close(self):
        os.close(self.fd)
        self.destroy()
        os.close(self.control)

    def destroy(self):
        """A vdpa device that was just deleted may be let go of a moment later."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.ioctl(self.control, DESTROY_DEV,
                            struct.pack(f"={NAME_LEN}s", self.name))
                return
            except OSError as error:
                if error.errno != errno.EBUSY or time.monotonic() > deadline:
                    raise
            time.sleep(0.02)


def main(name, device_id, features, config, queues=str(QUEUES)):
    device = Device(name, int(device_id), int(features), bytes.fromhex(config), int(queues))
    print("ready", flush=True)
    while sys.stdin not in select.select([device.fd, sys.stdin], [], [])[0]:
        device.answer()
    device.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
