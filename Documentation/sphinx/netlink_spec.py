# SPDX-License-Identifier: GPL-2.0
"""The directive netlink-spec: the operations, attributes and words of a specification."""

import pathlib

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles
import yaml

TOP = pathlib.Path(__file__).resolve().parents[2]


def title(text, ruler):
    return [text, ruler * len(text), ""]


def indented(lines):
    return [f"    {line}" if line else "" for line in lines]


def reference(kind, name):
    return f":ref:`{name} <spec-{kind}-{name}>`"


def target(kind, name):
    return [f".. _spec-{kind}-{name}:", ""]


def names(attributes):
    return ", ".join(f"``{name}``" for name in attributes) or "none"


def doc_of(item):
    return item.get("doc", "").rstrip().splitlines()


def value_of(entry, number):
    return f"{number} ``{entry['name']}``"


def words(item):
    """An enumeration, or flags."""
    yield from target("words", item["name"])
    yield from title(item["name"], "-")
    flags = item["type"] == "flags"
    yield from [*doc_of(item), "", "Flags, each a bit of a number." if flags else
                "One of these numbers.", ""]
    number = item.get("value-start", 0)
    for entry in item["entries"]:
        number = entry.get("value", number)
        yield value_of(entry, hex(1 << number) if flags else number)
        yield from [*indented(doc_of(entry) or [r"\ "]), ""]
        number += 1


def checks_of(attribute):
    bounds = attribute.get("checks", {})
    written = {"min": "at least {}", "max": "at most {}", "max-len": "at most {} bytes",
               "min-len": "at least {} bytes"}
    return [written[name].format(bound) for name, bound in bounds.items()]


def type_of(attribute):
    """The type of an attribute, what of it is meant, and its bounds."""
    parts = [attribute["type"]]
    if "nested-attributes" in attribute:
        parts[0] += " of " + reference("set", attribute["nested-attributes"])
    if "enum" in attribute:
        parts.append(("flags of " if attribute.get("enum-as-flags") else "one of ") +
                     reference("words", attribute["enum"]))
    if attribute.get("multi-attr"):
        parts.append("repeated")
    return ", ".join(parts + checks_of(attribute))


def attribute_set(item):
    yield from target("set", item["name"])
    yield from title(item["name"], "-")
    yield from [*doc_of(item), ""]
    if "subset-of" in item:
        yield from [f"Attributes of {reference('set', item['subset-of'])}: " +
                    names(attribute["name"] for attribute in item["attributes"]) + ".", ""]
        return
    for number, attribute in enumerate(item["attributes"], 1):
        yield f"{value_of(attribute, number)}: {type_of(attribute)}"
        yield from [*indented(doc_of(attribute) or [r"\ "]), ""]


def messages(operation):
    """What a request has, and what is answered."""
    for mode in ("do", "dump"):
        for side in ("request", "reply"):
            if side in operation.get(mode, {}):
                yield from [f"{side} ({mode})", *indented(
                    [names(operation[mode][side].get("attributes", []))]), ""]
    if "notify" in operation:
        yield from ["event", *indented([f"as the reply of ``{operation['notify']}``, to the group "
                                        f"``{operation['mcgrp']}``"]), ""]


def operation_text(operation, number):
    yield from target("operation", operation["name"])
    yield from title(operation["name"], "-")
    admin = "admin-perm" in operation.get("flags", [])
    yield from [*doc_of(operation), "", f"Command {number}." +
                (" Requires ``CAP_NET_ADMIN``." if admin else ""), ""]
    if "attribute-set" in operation:
        yield from [f"Attributes: {reference('set', operation['attribute-set'])}.", ""]
    yield from messages(operation)


def numbered(operations):
    number = 1
    for operation in operations:
        number = operation.get("value", number)
        yield operation, number
        number += 1


def render(spec):
    yield from title("Operations", "=")
    for operation, number in numbered(spec["operations"]["list"]):
        yield from operation_text(operation, number)
    yield from title("Attributes", "=")
    for item in spec["attribute-sets"]:
        yield from attribute_set(item)
    yield from title("Words", "=")
    for item in spec["definitions"]:
        if item["type"] != "const":
            yield from words(item)


class NetlinkSpec(SphinxDirective):
    required_arguments = 1

    def run(self):
        path = TOP / self.arguments[0]
        self.env.note_dependency(str(path))
        spec = yaml.safe_load(path.read_text(encoding="utf-8"))
        node = nodes.section()
        node.document = self.state.document
        nested_parse_with_titles(self.state, StringList(list(render(spec)), str(path)), node)
        return node.children


def setup(app):
    app.add_directive("netlink-spec", NetlinkSpec)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
