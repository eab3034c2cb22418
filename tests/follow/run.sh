#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR tests/follow/run.sh [CHANGES]
#
# Runs in a guest: programs follow the simulator's devices and types while they
# change at random, CHANGES times in all (100,000 by default), and at every quiet
# point have what a dump reports. It is seen that a follower that misses, invents or repeats
# an event is found out. A debug kernel is slow: there only what frees memory in the midst
# of it is done. In a kernel with fault injection allocations fail, too. The output is KTAP.
# shellcheck disable=SC2317 # cases are called by name

set -u

KSFT=$("$VDEV_TOP/tests/vm/source.sh" 6.12)/tools/testing/selftests
# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"
# shellcheck source=../kselftest/lib/lib.sh
. "$VDEV_TOP/tests/kselftest/lib/lib.sh"

FOLLOW=${VDEV_BUILD:-$VDEV_TOP/build}/follow/follow
FAILSLAB=/sys/kernel/debug/failslab
CHANGES=${1:-100000}
SEED=${VDEV_SEED:-$RANDOM}
# A small buffer: a few events. Where changes take longer, so do the pauses.
TINY=buffer=4096,lazy=5000
! debug_kernel || TINY=buffer=4096,lazy=100000

# share PERCENT: of all changes.
share()
{
	echo $((CHANGES * $1 / 100))
}

# follow ARG...: its figures are of interest also when it passes.
follow()
{
	run "$FOLLOW" --seed "$SEED" "$@"
	printf '# %s\n' "${out//$'\n'/$'\n# '}" >&3
	[ "$rc" -eq 0 ] || fail "$err"
}

alone()
{
	follow --changes "$(share 40)" --follower plain --no-overrun
}
debug_kernel ||
	test_case "with the default buffer every event comes once, and none is lost" alone

# At least ten losses, if there are changes enough for so many.
overrun()
{
	local changes
	changes=$(share 20)
	follow --changes "$changes" --follower "$TINY" \
		--overruns $((changes < 2000 ? changes / 200 : 10))
}
debug_kernel ||
	test_case "a small buffer overruns often, and each time the difference is reported" overrun

three()
{
	follow --changes "$(share 20)" --follower plain --follower "$TINY" --follower migratable
}
test_case "three followers at once, one of them with a filter, are right" three

stopped()
{
	follow --changes "$(share 10)" --stop --follower plain --follower buffer=16384
}
debug_kernel || test_case "a follower that is stopped and goes on is right" stopped

reloaded()
{
	follow --changes "$(share 10)" --follower plain --follower "$TINY" \
		--reload "$VDEV_MODULES/vdev.ko,$VDEV_MODULES/vdev_sim.ko"
}
test_case "followers survive that the modules are unloaded and loaded again" reloaded

# Only allocations of the core fail, and of what it calls; one of ten.
fail_some()
{
	local last
	last=$(awk '$4 == "[vdev]" && tolower($2) == "t" { print $1 }' /proc/kallsyms |
		sort | tail -n 1)
	cat /sys/module/vdev/sections/.text >"$FAILSLAB/require-start"
	printf '0x%x\n' $((0x$last + 4096)) >"$FAILSLAB/require-end"
	echo 10 >"$FAILSLAB/probability"
	echo -1 >"$FAILSLAB/times"
	echo Y >"$FAILSLAB/task-filter"
	echo N >"$FAILSLAB/ignore-gfp-wait"
	echo 0 >"$FAILSLAB/verbose"
	defer fail_none
}

fail_none()
{
	echo 0 >"$FAILSLAB/probability"
}

failing()
{
	[ -d "$FAILSLAB" ] || skip "the kernel has no fault injection"
	fail_some
	follow --changes "$(share 10)" --fail --follower plain --follower "$TINY" --overruns 5
}
test_case "events that cannot be allocated are reported as lost" failing

# broken NAME
broken()
{
	run "$FOLLOW" --seed "$SEED" --changes 100000 --follower plain --break "$1"
	expect "exit status" 1 "$rc"
	expect_match "verdict" "generation|in the dump" "$err"
}

# A program that finds itself out does so with any kernel.
debug_kernel || while IFS='|' read -r name what; do
	eval "broken_$name() { broken $name; }"
	test_case "it is detected if an event $what" "broken_$name"
done <<-'END'
	miss|is missed
	twice|is applied twice
	invent|is invented
	discard|is not applied
END

load_vdev sim
exec 3>&1
run_cases
