#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel 6.12 tests/reality/guest.sh QEMU STATE PAIRS SEED [PART...]
#
# What run.sh has a test guest do.

set -eu

[ -n "${VDEV_GUEST:-}" ] || { sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0"; exit 1; }

export PYTHONDONTWRITEBYTECODE=1 REALITY_QEMU=$1 REALITY_STATE=$2
shift 2
exec python3 "$(dirname "$0")/bench.py" "$@"
