# SPDX-License-Identifier: GPL-2.0
"""How Sphinx makes one book of the documents: "make html"."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE / "sphinx"))

from kernel_doc import opaque  # noqa: E402  # pylint: disable=wrong-import-position

project = "vdev"
author = "the authors of vdev"
release = version = (HERE.parent / "VERSION").read_text(encoding="utf-8").strip()
html_title = f"vdev {release}"

extensions = ["kernel_doc", "man_page", "netlink_spec"]
highlight_language = "none"
# An option begins with two hyphens, and a quote in a command is what it is.
smartquotes = False
primary_domain = "c"

# Every name that is meant as a reference is one. What is declared elsewhere: C's own types, those
# of the kernel and of libnl, and structures of which the headers say no more than the name.
nitpicky = True
nitpick_ignore = [("c:identifier", name) for name in (
    "FILE", "bool", "device", "int64_t", "nlattr", "size_t", "u32", "u64", "uint32_t", "uint64_t",
    "uint8_t", "vfio_device", *opaque())]

html_theme = "alabaster"
html_theme_options = {
    "description": "which virtual devices can be migrated, and where to",
    "fixed_sidebar": False,
    "page_width": "72em",
    "sidebar_width": "16em",
    "body_max_width": "none",
}
html_sidebars = {"**": ["about.html", "searchbox.html", "navigation.html"]}
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
