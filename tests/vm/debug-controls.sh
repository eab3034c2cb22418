#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: debug-controls.sh [debug|kcsan]
#
# Prove that a run in a debug guest fails when it should: make errors on purpose,
# through the same scripts as the real tests, and look for what must be found.
# Lockdep has a guest of its own, because any report of KASAN would turn it off.
# The output is TAP.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}

# A run, one of its faults, and what the run must say because of that fault.
controls()
{
	case $1 in
	debug)	cat <<-'END'
		locks	abba	possible circular locking dependency detected
		locks	abba	not ok 4 lockdep watched to the end
		others	atomic	BUG: sleeping function called from invalid context
		others	shift	UBSAN: shift-out-of-bounds in
		others	uaf	BUG: KASAN: slab-use-after-free in use_after_free
		others	bounds	BUG: KASAN: slab-out-of-bounds in out_of_bounds
		others	freed	not ok 2 every endpoint and contract was freed
		others	leak	not ok 3 no memory was leaked
		others	loaded	not ok 1 every module was unloaded
		contracts	shared	not ok 2 every endpoint and contract was freed
		END
		;;
	kcsan)	printf 'race\trace\tBUG: KCSAN: data-race in count_up\n' ;;
	*)	die "kernel $1 detects nothing" ;;
	esac
}

build_broken()
{
	local outdir=$BUILD/modules-broken/$flavour
	mkdir -p "$outdir"
	cp -pu "$VDEV_TOP"/tests/modules-broken/{Kbuild,*.c} "$outdir/"
	# shellcheck disable=SC2016 # expanded where the build runs
	"$VDEV_TOP/tests/vm/build-env.sh" "$flavour" "$outdir" sh -c '
		exec make --no-print-directory -s -C "$KERNEL_HEADERS" M="$PWD" modules' >&2
}

# guest RUN FAULT...: make these. The log has the output and the verdict, which
# shows no more than the first reports; all of them are in the results.
guest()
{
	local run=$1
	shift
	"$VDEV_TOP/tests/vm/run.sh" --kernel "$flavour" --smp 2 --results "$logs/$run" \
		"$VDEV_TOP/tests/vm/debug-end.sh" "$VDEV_TOP/tests/vm/broken.sh" "$@" \
		>"$logs/$run.log" 2>&1
}

# result STATUS NAME
result()
{
	local verdict=ok
	number=$((number + 1))
	if [ "$1" -ne 0 ]; then
		verdict="not ok"
		failed=1
	fi
	echo "$verdict $number $2"
}

# What a run said, for people; it may hold results of its own.
show_run()
{
	sed 's/^/# > /' "$logs/$1.log"
}

# A harness that always fails would pass everything below.
sound_run()
{
	local rc=0
	guest sound none || rc=$?
	[ "$rc" -eq 0 ] || show_run sound
	result "$rc" "a run without an error passes"
}

# broken_run RUN: make all its faults; it must fail, and for each of them.
broken_run()
{
	local run=$1 passed=0 before=$failed fault finding rc faults
	mapfile -t faults < <(awk -F '\t' -v run="$run" '$1 == run {print $2}' <<<"$list" | uniq)
	! guest "$run" "${faults[@]}" || passed=1
	result "$passed" "the run with ${faults[*]} fails"
	while IFS=$'\t' read -r fault finding; do
		rc=0
		grep -qsF -e "$finding" "$logs/$run.log" "$logs/$run/dmesg" || rc=1
		result "$rc" "$fault is found: $finding"
	done < <(awk -F '\t' -v run="$run" '$1 == run {print $2 "\t" $3}' <<<"$list")
	[ "$failed" -eq "$before" ] || show_run "$run"
}

main()
{
	local flavour=${1:-debug} logs number=0 failed=0 list run
	list=$(controls "$flavour")
	logs=$BUILD/debug-controls/$flavour
	rm -rf "$logs"
	mkdir -p "$logs"
	build_broken
	echo "TAP version 13"
	sound_run
	for run in $(cut -f 1 <<<"$list" | uniq); do
		broken_run "$run"
	done
	echo "1..$number"
	exit "$failed"
}

main "$@"
