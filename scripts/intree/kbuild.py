# SPDX-License-Identifier: GPL-2.0
"""Makefiles and Kconfig as they are while the series grows: what is named is there."""

import re

# What is for a build alone; a paragraph.
ALONE = "# Out of the kernel tree"
ADDPREFIX = re.compile(r"\$\(addprefix (\S+/), ([^()]*)\)")
RULE = re.compile(r"^(\S.*?) [:+]?= (.*)$", re.MULTILINE)


def objects(paragraph):
    """Objects and folders that a paragraph names, by their place from its Makefile."""
    text = paragraph.replace("\\\n", " ")
    text = ADDPREFIX.sub(lambda m: " ".join(m[1] + name for name in m[2].split()), text)
    for name, value in RULE.findall(text):
        if name.startswith("obj-") or re.match(r"\w+-(y|objs|\$)", name):
            yield from (word for word in value.split() if re.search(r"\.o$|/$", word))


def composites(text):
    """Objects that are made of others."""
    return {name + ".o" for name in re.findall(r"^(\w+)-(?:y|\$\(.*\)) [:+]?= ", text, re.MULTILINE)}


def makefile(text, there):
    """The paragraphs of which all is there: THERE says so of a path from the Makefile."""
    made = composites(text)
    kept = []
    for paragraph in text.rstrip("\n").split("\n\n"):
        if paragraph.startswith(ALONE):
            continue
        files = [re.sub(r"\.o$", ".c", name) for name in objects(paragraph) if name not in made]
        if all(there(file) for file in files):
            kept.append(paragraph)
    return "\n\n".join(kept) + "\n"


def without_alone(text):
    """A Makefile without what is for a build alone."""
    return makefile(text, lambda file: True)


def kconfig(text, symbols):
    """The head, and the entries of these symbols."""
    head, *entries = re.split(r"^(?=config )", text, flags=re.MULTILINE)
    kept = [entry for entry in entries if re.match(r"config (\w+)", entry)[1] in symbols]
    return (head + "".join(kept)).rstrip("\n") + "\n"
