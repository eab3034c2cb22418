# SPDX-License-Identifier: GPL-2.0
"""The lines that files of the kernel tree itself get, so that what was added is used there."""

import re

from intree import Unfit


def in_order(text, line, pattern, path):
    """The text with a line among those that match the pattern, which are in order."""
    found = list(re.finditer(rf"^{pattern}$", text, re.MULTILINE))
    if not found:
        raise Unfit(f"{path}: no line is like '{line}'")
    before = [match for match in found if match[0] < line]
    at = before[-1].end() + 1 if before else found[0].start()
    return f"{text[:at]}{line}\n{text[at:]}"


def drivers_kconfig(text, _):
    """The entries come last in the menu of drivers."""
    end = text.rfind("\nendmenu")
    if end < 0:
        raise Unfit("drivers/Kconfig: there is no endmenu")
    return text[:end] + '\nsource "drivers/vdev/Kconfig"\n' + text[end:]


def drivers_makefile(text, _):
    """After the buses that bridges follow, which have to be there first."""
    return text.rstrip("\n") + "\nobj-$(CONFIG_VDEV)\t\t+= vdev/\n"


def selftests(text, _):
    """One of the folders of drivers."""
    return in_order(text, "TARGETS += drivers/vdev", r"TARGETS \+= drivers/\S+",
                    "tools/testing/selftests/Makefile")


def pages(text, _):
    """Beside the pages on VFIO."""
    return in_order(text, "   vdev/index", r"   v[\w/-]+", "Documentation/driver-api/index.rst")


def maintainers(text, entry):
    """The entries are in order, after "THE REST" is none."""
    title = entry.split("\n", 1)[0]
    for match in re.finditer(r"^\n(?=([A-Z0-9][^\n:]*)\n[A-Z]:\t)", text, re.MULTILINE):
        if match[1] > title and match[1] >= "V":
            return text[:match.end()] + entry.rstrip("\n") + "\n\n" + text[match.end():]
    raise Unfit(f"MAINTAINERS: no entry is behind '{title}'")


# Each file, what has to be there first, and how it changes.
WIRING = {
    "drivers/Kconfig": ("drivers/vdev/Kconfig", drivers_kconfig),
    "drivers/Makefile": ("drivers/vdev/Kconfig", drivers_makefile),
    "tools/testing/selftests/Makefile": ("tools/testing/selftests/drivers/vdev/Makefile", selftests),
    "Documentation/driver-api/index.rst": ("Documentation/driver-api/vdev/index.rst", pages),
    "MAINTAINERS": ("Documentation/driver-api/vdev/index.rst", maintainers),
}
