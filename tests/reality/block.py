# SPDX-License-Identifier: GPL-2.0
"""What a virtio block device is made of, for the one that is a program (drive.py) and for
the driver of any (disk.py)."""

import struct

ID = 2
SECTOR = 512
IN, OUT, FLUSH, DISCARD, WRITE_ZEROES = 0, 1, 4, 11, 13
OK, IOERR, UNSUPPORTED = 0, 1, 2
BITS = {"SIZE_MAX": 1 << 1, "SEG_MAX": 1 << 2, "RO": 1 << 5, "BLK_SIZE": 1 << 6, "FLUSH": 1 << 9,
        "TOPOLOGY": 1 << 10, "MQ": 1 << 12, "DISCARD": 1 << 13, "WRITE_ZEROES": 1 << 14,
        "ANY_LAYOUT": 1 << 27}
# A program's device has to offer both: it is virtio 1.0, and behind an IOMMU.
LEAST = 1 << 32 | 1 << 33
# Of a discard, or of zeroes to be written: where, how many sectors, flags.
RANGE = struct.Struct("<QII")
LAYOUT = struct.Struct("<QIIHBBIBBHIBxHIIIIIB3x")
FIELDS = ("capacity", "size-max", "seg-max", "cylinders", "heads", "track-sectors", "block-size",
          "physical-block-exp", "alignment-offset", "min-io-size", "opt-io-size", "write-cache",
          "num-queues", "max-discard-sectors", "max-discard-seg", "discard-sector-alignment",
          "max-write-zeroes-sectors", "max-write-zeroes-seg", "write-zeroes-may-unmap")


def pack(fields):
    """A configuration; what is not named is 0."""
    return LAYOUT.pack(*(fields.get(name, 0) for name in FIELDS))


def unpack(config):
    """The fields by name."""
    return dict(zip(FIELDS, LAYOUT.unpack(config)))


def has(features, name):
    return bool(features & BITS[name])
