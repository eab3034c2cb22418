#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs in a guest whose kernel has KUnit: run the unit tests of the core, which
# are a module, and print their results as KTAP. Fails if one of them does, or
# if there is none.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

RESULTS=/sys/kernel/debug/kunit

suites()
{
	find "$RESULTS" -mindepth 1 -maxdepth 1 -name 'vdev-*' -printf '%f\n' | sort
}

# Every file is KTAP of its own with one suite, number 1.
print_results()
{
	local suite number=0
	echo "KTAP version 1"
	echo "1..$(suites | wc -l)"
	for suite in $(suites); do
		number=$((number + 1))
		sed -e '/^KTAP version/d' -e '/^1\.\.1$/d' \
			-e "s/^\\(not ok\\|ok\\) 1 /\\1 $number /" "$RESULTS/$suite/results"
	done
}

load_vdev kunit
[ -n "$(suites)" ] || guest_die "vdev_kunit.ko brought no tests"
print_results | tee "$VDEV_RESULTS/kunit.ktap"
! grep -q '^ *not ok' "$VDEV_RESULTS/kunit.ktap"
