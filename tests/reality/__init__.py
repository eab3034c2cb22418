# SPDX-License-Identifier: GPL-2.0
"""A verdict is held against a migration that really happens."""
