# SPDX-License-Identifier: GPL-2.0
"""The constants of uapi/linux/vdev.h, with kernel-doc for every entry.

The prose at the top of the header, up to the include guard, is kept as it is.
"""

import textwrap

from . import attr_prefix, const, word

GUARD = "#ifndef _UAPI_LINUX_VDEV_H"


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
    comment = textwrap.wrap(sentence(item["doc"]), width=79,
                            initial_indent="/* ", subsequent_indent=" * ")
    comment[-1] += " */"
    return [*comment, f"#define {const(family, item['name'])} {item['value']}", ""]


def render_enum(family, item):
    tag = f"enum {family}_{word(item['name'])}"
    flags = item["type"] == "flags"
    entries = [(const(family, item["name"], e["name"]), e["doc"]) for e in item["entries"]]
    out = doc_comment(tag, item["doc"], entries)
    out.append(tag + " {")
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


def render_attributes(spec, item):
    prefix = attr_prefix(spec, item)
    tag = f"{spec['name']}_attr" if item["name"] == spec["name"] else prefix.lower()
    entries = [(a["name"], a["doc"]) for a in item["attributes"]]
    return render_list(tag, "Attributes.", item["doc"], prefix, entries)


def render(spec, old):
    family = spec["name"]
    out = [GUARD, "#define _UAPI_LINUX_VDEV_H", "",
           f'#define {const(family, "family-name")} "{family}"',
           f'#define {const(family, "family-version")} {spec.get("version", 1)}',
           ""]
    for group in spec["mcast-groups"]["list"]:
        out += render_const(family, {
            "name": f"mcgrp-{group['name']}", "doc": "Name of a multicast group.",
            "value": f'"{group["name"]}"'})
    for item in spec["definitions"]:
        out += (render_const if item["type"] == "const" else render_enum)(family, item)
    for item in spec["attribute-sets"]:
        if "subset-of" not in item:
            out += render_attributes(spec, item)
    ops = [(op["name"], op["doc"]) for op in spec["operations"]["list"]]
    out += render_list(f"{family}_cmd", "Commands.", spec["doc"],
                       const(family, "cmd"), ops)
    return old[:old.index(GUARD)] + "\n".join([*out, "#endif /* _UAPI_LINUX_VDEV_H */", ""])
