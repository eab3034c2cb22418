#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: kselftest.sh [--installed DIR] [TEST...]
#
# Runs in a guest: load vdev with all its parts that this kernel can have, and
# run the kernel selftests, all or the ones named; those of tests/, or those
# that the kernel's own selftest tree installed in DIR. The output is TAP.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

load_all()
{
	local part
	for part in sim mdev vdpa; do
		[ ! -f "$VDEV_MODULES/vdev_$part.ko" ] || load_vdev "$part"
	done
}

# A debug kernel is several times slower than what the settings are for.
patience=()
case $VDEV_KERNEL in
debug|kcsan) patience=(kselftest_override_timeout=1200) ;;
esac

load_all
if [ "${1:-}" != --installed ]; then
	exec make -s --no-print-directory -C "$VDEV_TOP/tests" run_tests \
		CHOSEN="$*" "${patience[@]}"
fi
VDEV_YNL=$("$VDEV_TOP/tests/vm/source.sh" "$VDEV_KERNEL")/tools/net/ynl
export VDEV_YNL
cd "$2"
shift 2
chosen=()
[ $# -gt 0 ] || chosen=(--collection drivers/vdev)
for test in "$@"; do
	chosen+=(--test "drivers/vdev:$test")
done
exec ./run_kselftest.sh "${chosen[@]}"
