#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [PAIRS [SEED [PART...]]]
#
# Hold verdicts against migrations that really happen: 46 chosen pairs of devices, or all
# that are listed and, up to PAIRS, more at random. All of it runs in one guest with kernel
# 6.12, in which QEMU moves smaller machines. PART is a file of this folder for its pairs only:
# states, pooled, assigned, storage or net. The output is TAP with a table of verdicts and
# truths; build/reality/results/reality.json is the same for programs.

set -euo pipefail

# shellcheck source=../../scripts/common.sh
. "$(dirname "$0")/../../scripts/common.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
FOLDER=$BUILD/reality

case ${1:-} in
-h|--help) usage; exit 0 ;;
esac
pairs=${1:-46} seed=${2:-$RANDOM}
shift $(($# < 2 ? $# : 2))
REALITY_QEMU=$("$VDEV_TOP/tests/reality/qemu.sh")
export REALITY_QEMU
mkdir -p "$FOLDER/results"
"$VDEV_TOP/tests/reality/machine.sh" "$FOLDER/machine"
exec "$VDEV_TOP/tests/vm/run.sh" --kernel 6.12 --devices vfio --smp 2 \
	--timeout $((600 + 10 * pairs)) --results "$FOLDER/results" \
	"$VDEV_TOP/tests/reality/guest.sh" "$REALITY_QEMU" "$FOLDER/machine/state" \
	"$pairs" "$seed" "$@"
