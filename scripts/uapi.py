#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Write the constants of uapi/linux/vdev.h from the specification.

The prose at the top of the header, up to the include guard, is kept as it is;
everything after it is rendered anew, with kernel-doc for every entry. With
--check nothing is written, and the exit status tells whether the header is up
to date.
"""

import argparse
import pathlib
import sys
import textwrap

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPEC = ROOT / "Documentation/netlink/specs/vdev.yaml"
HEADER = ROOT / "uapi/linux/vdev.h"
GUARD = "#ifndef _UAPI_LINUX_VDEV_H"


def const(*parts):
    return "_".join(parts).upper().replace("-", "_")


def sentence(text):
    return " ".join(text.split())


def doc_lines(head, text):
    """One kernel-doc entry, folded at 80 columns."""
    return textwrap.wrap(f"{head} {sentence(text)}", width=79,
                         initial_indent=" * ", subsequent_indent=" *   ",
                         break_on_hyphens=False)


def doc_comment(title, text, entries):
    lines = ["/**", *doc_lines(title + " -", text)]
    for name, doc in entries:
        lines += doc_lines(f"@{name}:", doc)
    return [*lines, " */"]


def render_const(family, item):
    name = const(family, item["name"])
    return [*textwrap.wrap(sentence(item["doc"]), width=79,
                           initial_indent="/* ", subsequent_indent=" * "),
            f"#define {name} {item['value']}"]


def join_const(lines):
    """Close the comment above a #define."""
    *comment, define = lines
    comment[-1] += " */"
    return [*comment, define, ""]


def render_enum(family, item):
    prefix = const(family, item["name"])
    flags = item["type"] == "flags"
    entries = [(const(prefix, e["name"]), e["doc"]) for e in item["entries"]]
    out = doc_comment(f"enum {family}_{item['name'].replace('-', '_')}",
                      item["doc"], entries)
    out.append(f"enum {family}_{item['name'].replace('-', '_')} {{")
    start = item.get("value-start", 0)
    for index, (name, _) in enumerate(entries):
        value = 1 << index if flags else start + index
        out.append(f"\t{name} = {value},")
    return [*out, "};", ""]


def render_list(tag, title, doc, prefix, entries):
    """A numbered list with its sentinels: attributes or commands."""
    names = [(const(prefix, name), text) for name, text in entries]
    top = const(prefix, "max")
    sentinels = [("__" + top, "One more than the highest number in use."),
                 (top, "Highest number in use.")]
    out = doc_comment(f"enum {tag}", f"{title} {sentence(doc)}",
                      names + sentinels)
    out.append(f"enum {tag} {{")
    out += [f"\t{name} = {number}," for number, (name, _) in enumerate(names, 1)]
    return [*out, "", f"\t__{top},", f"\t{top} = __{top} - 1", "};", ""]


def render_attributes(family, item):
    own = item["name"] == family
    parts = (family, "a") if own else (family, "a", item["name"])
    tag = f"{family}_attr" if own else const(*parts).lower()
    entries = [(a["name"], a["doc"]) for a in item["attributes"]]
    return render_list(tag, "Attributes.", item["doc"], const(*parts), entries)


def render(spec):
    family = spec["name"]
    out = [GUARD, "#define _UAPI_LINUX_VDEV_H", "",
           f'#define {const(family, "family-name")} "{family}"',
           f'#define {const(family, "family-version")} {spec.get("version", 1)}',
           ""]
    for group in spec["mcast-groups"]["list"]:
        out += join_const(render_const(family, {
            "name": f"mcgrp-{group['name']}", "doc": "Name of a multicast group.",
            "value": f'"{group["name"]}"'}))
    for item in spec["definitions"]:
        if item["type"] == "const":
            out += join_const(render_const(family, item))
        else:
            out += render_enum(family, item)
    for item in spec["attribute-sets"]:
        if "subset-of" in item:
            continue
        out += render_attributes(family, item)
    ops = [(op["name"], op["doc"]) for op in spec["operations"]["list"]]
    out += render_list(f"{family}_cmd", "Commands.", spec["doc"],
                       const(family, "cmd"), ops)
    return "\n".join([*out, "#endif /* _UAPI_LINUX_VDEV_H */", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true",
                        help="write nothing, fail if the header is stale")
    args = parser.parse_args()

    spec = yaml.safe_load(SPEC.read_text())
    old = HEADER.read_text()
    new = old[:old.index(GUARD)] + render(spec)
    if args.check:
        if old != new:
            sys.exit(f"{HEADER.name} is not what the specification says; "
                     f"run scripts/{pathlib.Path(__file__).name}")
        return
    HEADER.write_text(new)


if __name__ == "__main__":
    main()
