# SPDX-License-Identifier: GPL-2.0
"""The page of the rules of vdpa devices, from the table of the vdpa bridge."""

import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "kernel/bridges/vdpa_rules.c"
# Where the tables of the page begin.
MARK = ".. Below this line, scripts/generate.py writes what kernel/bridges/vdpa_rules.c says.\n"
TITLES = {
    "transport_bits": "Feature bits of every class",
    "net_bits": "Feature bits of a network device",
    "blk_bits": "Feature bits of a block device",
    "net_fields": "Configuration of a network device",
    "blk_fields": "Configuration of a block device",
}
MEANING = {"BIT_MORE": "may offer more", "BIT_SAME": "must be the source's"}

TABLE = re.compile(r"^static const [\w ]+ (\w+_(?:bits|fields))\[[^]]*\] = \{\n(.*?)^\};",
                   re.M | re.S)
ENTRY = re.compile(r"/\*(?P<reason>.*?)\*/|\[VIRTIO_(?P<bit>\w+)\] = (?P<meaning>\w+)|"
                   r"\{ \"(?P<field>[\w-]+)\", (?P<rest>.*?)\},$", re.M | re.S)


def flat(comment):
    return re.sub(r"\s+(\* )?", " ", comment).strip(" *")


def rule_of(rest):
    """The rule of a field in words."""
    words = re.search(r"VDEV_RULE_(\w+)", rest)[1].lower().replace("_", "-")
    for which, sentence in (("equal_with", "equal with {}"), ("absent_with", "left out with {}")):
        found = re.search(rf"\.{which} = F\(\w+, (\w+)\)", rest)
        if found:
            words += "; " + sentence.format(found[1])
    for pattern, sentence in ((r"OFF\((\w+)\)", "none is {}"), (r"\.zero = (\w+)", "0 is {}")):
        found = re.search(pattern, rest)
        if found:
            words += "; " + sentence.format(found[1].replace("U32_MAX", "no limit"))
    return words


def rows_of(body):
    """Name, rule and reason of each entry, which has the reason of those before it."""
    reason = None
    for entry in ENTRY.finditer(body):
        if entry["reason"]:
            reason = flat(entry["reason"])
        elif entry["bit"]:
            name = re.sub(r"^(NET_|BLK_|RING_)?F_", "", entry["bit"].replace("RING_F_", "F_"))
            yield name, MEANING[entry["meaning"]], reason
        else:
            yield entry["field"], rule_of(entry["rest"]), reason


def table(title, rows):
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    ruler = "  ".join("=" * width for width in widths)
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
             for row in rows]
    return "\n".join([title, "-" * len(title), "", ruler, lines[0], ruler, *lines[1:], ruler, ""])


def render(_spec, old):
    head = old[:old.index(MARK) + len(MARK)]
    found = {name: list(rows_of(body))
             for name, body in TABLE.findall(SOURCE.read_text(encoding="utf-8"))}
    if set(found) != set(TITLES) or not all(found.values()):
        raise ValueError(f"{SOURCE.name} has the tables {sorted(found)}")
    header = {"bits": ("Bit", "A target", "Reason"), "fields": ("Parameter", "Rule", "Reason")}
    return head + "\n" + "\n".join(
        table(title, [header[name.split("_")[1]], *found[name]]) for name, title in TITLES.items())
