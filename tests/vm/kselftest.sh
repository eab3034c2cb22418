#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: kselftest.sh [--installed DIR | --parallel | --leaks | --memory | --kernel] [TEST...]
#
# Runs in a guest: load vdev with all its parts that this kernel can have, and
# run the kernel selftests, all or the ones named; those of tests/kselftest/, or those
# that the kernel's own selftest tree installed in DIR. --parallel runs those in which
# the kernel does several things at once, which are for a guest with two processors;
# --leaks those that reach most of the core's memory and start no program, which takes long
# where kmemleak runs; --memory those others that find what a debug kernel finds: ways through
# the kernel that fuzzing (nlfuzz) and the unit tests (kunit.sh) do not take; --kernel those
# whose outcome depends on the kernel's version. The output is TAP.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

PARALLEL="monitor.sh concurrent.sh unload.sh poll.py notify.py follow.py"
# Programs of C, which speak to the family themselves.
LEAKS="wire request message"
# These show what the tool prints, and which facts the core takes.
NO_MEMORY="show.sh spec.sh bounds.sh"
# Which facts the core takes is decided by the same code everywhere.
NO_KERNEL="bounds.sh"

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

# What the log says at the end is of interest in each guest.
chosen="" omitted=""
case ${1:-} in
--parallel)	chosen="$PARALLEL log.sh" ;;
--leaks)	chosen="$LEAKS log.sh" ;;
--memory)	omitted="$PARALLEL $LEAKS $NO_MEMORY" ;;
--kernel)	omitted=$NO_KERNEL ;;
--installed)	;;
*)		chosen=$* ;;
esac

load_all
if [ "${1:-}" != --installed ]; then
	# shellcheck disable=SC2016 # expanded by make and by the shell that it starts
	exec make -s --no-print-directory -C "$VDEV_TOP/tests/kselftest" run_tests \
		CHOSEN="$chosen" OMITTED="$omitted" "${patience[@]}" \
		RUN_TESTS='exec "$$VDEV_TOP/tests/vm/run-tests.sh" $(1)'
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
