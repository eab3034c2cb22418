# SPDX-License-Identifier: GPL-2.0
"""What the files of this tree are in a kernel tree."""


class Unfit(Exception):
    """Something cannot go into a kernel tree; says what, and where it is."""
