# SPDX-License-Identifier: GPL-2.0
"""vdpa devices in user space (VDUSE), for what no simulated device has: any
configuration, and a driver that cannot suspend."""

import fcntl
import os
import struct

NAME_LEN = 256
SET_API_VERSION = 0x40088101
CREATE_DEV = 0x41508102
DESTROY_DEV = 0x41008103

VENDOR = 0x1af4
QUEUES = 4
QUEUE_SIZE = 128
VQ_SETUP = 0x40208114


def control():
    fd = os.open("/dev/vduse/control", os.O_RDWR)
    fcntl.ioctl(fd, SET_API_VERSION, struct.pack("=Q", 0))
    return fd


class Device:
    """A device that exists for "vdpa dev add mgmtdev vduse" while it is open."""

    def __init__(self, name, device_id, features, config):
        self.name = name.encode()
        self.control = control()
        head = struct.pack(f"={NAME_LEN}sIIQII52xI", self.name, VENDOR, device_id,
                           features, QUEUES, 4096, len(config))
        fcntl.ioctl(self.control, CREATE_DEV, head + config)
        self.fd = os.open(f"/dev/vduse/{name}", os.O_RDWR)
        for queue in range(QUEUES):
            fcntl.ioctl(self.fd, VQ_SETUP,
                        struct.pack("=IH26x", queue, QUEUE_SIZE))

    def close(self):
        os.close(self.fd)
        fcntl.ioctl(self.control, DESTROY_DEV,
                    struct.pack(f"={NAME_LEN}s", self.name))
        os.close(self.control)
