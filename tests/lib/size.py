# SPDX-License-Identifier: GPL-2.0
"""How long the serialised facts of a device are.

Usage: size.py BUS NAME

Prints the bytes of the answer behind the three numbers that every answer
begins with, and that are not a part of the endpoint.
"""

import struct
import sys

from genl import NLM_F_ACK, Genl, attr

DEV_GET, BUS, NAME = 1, 5, 6


def main():
    genl = Genl()
    family = genl.family("vdev")
    for message in genl.ask(family, DEV_GET, NLM_F_ACK,
                            attr(BUS, sys.argv[1]) + attr(NAME, sys.argv[2])):
        at = 0
        while at < len(message):
            length, kind = struct.unpack_from("=HH", message, at)
            if kind & 0x3fff == BUS:
                print(len(message) - at)
                return 0
            at += (length + 3) & ~3
    return 1


if __name__ == "__main__":
    sys.exit(main())
