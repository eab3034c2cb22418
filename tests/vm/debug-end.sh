#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: debug-end.sh JOB [ARG...]
#
# Runs in a guest with a debug kernel: run JOB, then unload every module that it
# loaded, and report as TAP whether that is possible, whether the core freed all
# that was registered and declared, whether memory was leaked, and whether lockdep was
# watching all the time. What the kernel's log says about errors is judged by
# run.sh. Fails if JOB or one of the checks does.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

KMEMLEAK=/sys/kernel/debug/kmemleak
# kmemleak leaves younger objects in peace; it says so nowhere but in its source.
KMEMLEAK_AGE=6

number=0 failed=0

# result STATUS NAME [DETAIL]
result()
{
	local verdict=ok
	number=$((number + 1))
	if [ "$1" -ne 0 ]; then
		verdict="not ok"
		failed=1
		[ -z "${3:-}" ] || echo "# ${3//$'\n'/$'\n'# }"
	fi
	echo "$verdict $number $2"
}

skip()
{
	number=$((number + 1))
	echo "ok $number $1 # SKIP $2"
}

loaded_modules()
{
	lsmod | awk 'NR > 1 {print $1}' | sort
}

# Those that were not there before the job.
new_modules()
{
	comm -13 <(printf '%s\n' "$before") <(loaded_modules)
}

# Unload what nobody uses until nothing is left, or nothing more can go.
unload_new()
{
	local name progress=1
	while [ -n "$progress" ]; do
		progress=
		for name in $(new_modules); do
			! rmmod "$name" 2>/dev/null || progress=1
		done
	done
}

check_unloaded()
{
	local left status=0
	unload_new
	left=$(new_modules | tr '\n' ' ')
	[ -z "$left" ] || status=1
	result $status "every module was unloaded" "still loaded: $left"
}

# The core says at its end how many endpoints and contracts there were.
check_freed()
{
	local wrong status=0
	wrong=$(core_leaks) || wrong="vdev did not say"
	[ -z "$wrong" ] || status=1
	result $status "every endpoint and contract was freed" "$wrong"
}

check_leaks()
{
	local name="no memory was leaked" report status=0
	if [ ! -e "$KMEMLEAK" ]; then
		skip "$name" "this kernel has no kmemleak"
		return
	fi
	if grep -qw kmemleak=off /proc/cmdline; then
		skip "$name" "this guest was booted with kmemleak=off"
		return
	fi
	sleep "$KMEMLEAK_AGE"
	# What the first scan cannot reach may have been moving.
	echo scan >"$KMEMLEAK"
	echo scan >"$KMEMLEAK"
	report=$(cat "$KMEMLEAK")
	[ -z "$report" ] || status=1
	result $status "$name" "$(head -n 100 <<<"$report")"
}

# Any report of lockdep, and some others, turn it off: what follows is unseen.
check_lockdep()
{
	local name="lockdep watched to the end"
	if [ ! -e /proc/lockdep_stats ]; then
		skip "$name" "this kernel has no lockdep"
		return
	fi
	grep -q '^ *debug_locks: *1$' /proc/lockdep_stats
	result $? "$name"
}

main()
{
	local before rc=0
	[ $# -gt 0 ] || guest_die "no job"
	before=$(loaded_modules)
	[ ! -e "$KMEMLEAK" ] || echo clear >"$KMEMLEAK"

	"$@" || rc=$?

	set +e
	echo "TAP version 13"
	echo "1..4"
	check_unloaded
	check_freed
	check_leaks
	check_lockdep
	[ "$rc" -ne 0 ] || rc=$failed
	exit "$rc"
}

main "$@"
