# SPDX-License-Identifier: GPL-2.0
"""What tests/real.py is made of: cases against devices nobody here wrote."""
