# SPDX-License-Identifier: GPL-2.0
"""What tests/realdev/run.py is made of: cases against devices nobody here wrote."""
