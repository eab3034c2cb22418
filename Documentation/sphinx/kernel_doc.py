# SPDX-License-Identifier: GPL-2.0
"""The directive kernel-doc: the kernel-doc of all that a header declares, or of what a source file
exports (export). A header's opening comment comes before that, if it is asked for (opening).

The kernel's own script reads the comments: $KERNEL_DOC, or that of the newest package that is
installed: linux-kbuild of Debian, kernel-devel elsewhere. Without any, nothing is built.
"""

import os
import pathlib
import re
import subprocess

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
import sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles

TOP = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = "userspace/include/vdev"
HEADERS = (LIBRARY, "kernel/include/linux")
PACKAGED = ("/usr/lib/linux-kbuild-*/scripts/kernel-doc", "/usr/src/kernels/*/scripts/kernel-doc")
# What the library and the kernel declare has the same names: those of the kernel have a namespace.
KERNEL = "kernel"
# A function that has the name of a type, too; in C these are apart.
CALL = "call"
TYPE = re.compile(r"^(?:struct|enum) (vdev_\w+) \{$", re.M)
DECLARED = re.compile(r"\.\. c:function:: .*?(\w+) \(")
# The first comment behind the licence.
OPENING = re.compile(r"\A/\* SPDX.*?\*/\n/\*\n(.*?)\n \*/", re.S)
FUNCTION = re.compile(r"(?<![\w`])(vdev_\w+)\(\)(?!`)")


def numbers(path):
    return [int(part) for part in re.findall(r"\d+", str(path))]


def find_script():
    given = os.environ.get("KERNEL_DOC")
    found = [given] if given else sorted(
        (str(path) for pattern in PACKAGED for path in pathlib.Path("/").glob(pattern.lstrip("/"))),
        key=numbers)
    if not found:
        raise ExtensionError(f"no kernel-doc: there is no {' and no '.join(PACKAGED)}; "
                             "install linux-kbuild or kernel-devel, or set KERNEL_DOC")
    return found[-1]


def opening(path):
    """What a header says first, without the margin of its lines."""
    found = OPENING.match(path.read_text(encoding="utf-8"))
    return re.sub(r"(?m)^ \*( |$|(?=\t))", "", found[1]).expandtabs().splitlines() if found else []


def types():
    """The names of all types of the library."""
    return {name for path in (TOP / LIBRARY).glob("*.h")
            for name in TYPE.findall(path.read_text(encoding="utf-8"))}


def linked(line):
    """A line in which functions are references, and an asterisk of C is no emphasis."""
    if line.startswith((".. ", "``", " " * 8)):
        return line
    return FUNCTION.sub(r":c:func:`\1`", line.replace("(*", r"(\*"))


def opaque():
    """Structures of which the headers declare no more than the name."""
    found = set()
    for folder in HEADERS:
        texts = [path.read_text(encoding="utf-8") for path in (TOP / folder).glob("*.h")]
        named = {name for text in texts for name in re.findall(r"(?m)^struct (\w+);$", text)}
        found |= named.difference(*map(TYPE.findall, texts))
    return sorted(found)


def within(namespace, lines):
    return [f".. c:namespace-push:: {namespace}", "", *lines, "", ".. c:namespace-pop::", ""]


def apart(lines, names):
    """Functions with a name of a type are declared in a namespace of theirs."""
    parts = [[]]
    for line in lines:
        if line.startswith(".. c:"):
            parts.append([])
        parts[-1].append(line)
    for part in parts:
        declared = DECLARED.match(part[0]) if part else None
        yield from within(CALL, part) if declared and declared[1] in names else part


class KernelDoc(SphinxDirective):
    required_arguments = 1
    option_spec = {"export": directives.flag, "opening": directives.flag}

    def declarations(self, path, lines):
        if path.is_relative_to(TOP / "kernel"):
            return within(KERNEL, lines)
        return apart(lines, types())

    def run(self):
        path = TOP / self.arguments[0]
        self.env.note_dependency(str(path))
        done = subprocess.run(
            [self.config.kernel_doc_script, "-rst", "-sphinx-version", sphinx.__version__,
             *(["-export"] if "export" in self.options else []), str(path)],
            check=False, capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if "no structured comments" not in line]
        if done.returncode or said:
            raise ExtensionError(f"kernel-doc of {path}: exit status {done.returncode}\n" +
                                 "\n".join(said))
        lines = self.declarations(path, map(linked, done.stdout.expandtabs().splitlines()))
        if "opening" in self.options:
            lines = [*map(linked, opening(path)), "", *lines]
        node = nodes.section()
        node.document = self.state.document
        nested_parse_with_titles(self.state, StringList(list(lines), str(path)), node)
        return node.children


def setup(app):
    app.add_config_value("kernel_doc_script", lambda _config: find_script(), "env")
    app.add_directive("kernel-doc", KernelDoc)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
