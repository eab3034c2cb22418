#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR tests/two-hosts/host.sh NAME [FOLDER]
#
# Runs in a guest, for run.sh beside this file: a host of that name, with devices,
# that judges what another one has exported into FOLDER.

set -eu

export PYTHONDONTWRITEBYTECODE=1
exec python3 "$(dirname "$0")/host.py" "$@"
