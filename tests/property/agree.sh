#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR tests/property/agree.sh [SECONDS]
#
# Runs in a guest: for SECONDS (default 60) the kernel and the library must say
# the same of random pairs; and it is noticed if they do not. The output is KTAP.

set -eu

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

AGREE=$VDEV_BUILD/user/test/agree
SEED=${VDEV_SEED:-$RANDOM}
NOTICED="^not ok [0-9]* the kernel says of a declaration what the evaluator says"

load_vdev sim
if "$AGREE" --wrong 3 "$SEED" >"$VDEV_RESULTS/wrong.log" ||
		! grep -q "$NOTICED" "$VDEV_RESULTS/wrong.log"; then
	cat "$VDEV_RESULTS/wrong.log"
	guest_die "it is not noticed if the kernel is asked about another pair"
fi
exec "$AGREE" "${1:-60}" "$SEED"
