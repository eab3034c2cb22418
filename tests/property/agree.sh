#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR tests/property/agree.sh [PAIRS]
#
# Runs in a guest: the kernel and the library must say the same of random PAIRS
# (25,000 by default); and it is detected if they do not. The output is KTAP.

set -eu

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

AGREE=$VDEV_BUILD/user/test/agree
SEED=${VDEV_SEED:-$RANDOM}
NOTICED="^not ok [0-9]* the kernel says of a declaration what the evaluator says"

load_vdev sim
if "$AGREE" --wrong 300 "$SEED" >"$VDEV_RESULTS/wrong.log" ||
		! grep -q "$NOTICED" "$VDEV_RESULTS/wrong.log"; then
	cat "$VDEV_RESULTS/wrong.log"
	guest_die "it is not detected if the kernel is asked about another pair"
fi
exec "$AGREE" "${1:-25000}" "$SEED"
