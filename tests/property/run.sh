#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [PAIRS [SEED]]
#
# What holds of the judgement of any two sides, tried with PAIRS random ones, by
# default 100,000; the same SEED makes the same ones. The output is TAP.

set -euo pipefail

# shellcheck source=../../scripts/common.sh
. "$(dirname "$0")/../../scripts/common.sh"

O=${VDEV_BUILD:-$VDEV_TOP/build}/user

make -s -C "$VDEV_TOP/userspace" O="$O" "$O/test/property" >&2
exec "$O/test/property" "${1:-100000}" "${2:-${VDEV_SEED:-1}}"
