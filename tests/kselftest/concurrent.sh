#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Dumps while devices change: whatever is not marked as interrupted equals a
# state that existed, ids come once and in order, the generation never goes
# back. The program "reader" dumps and judges.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl
[ -x "$BUILT/reader" ] || skip_all "needs reader, which make builds"

# More than two buffers of 32 KiB, which are filled before anybody has read one.
DEVICES=450
DUMPS=200
! debug_kernel || DUMPS=40
FACTS="driver=d migration=supported device-api=vfio-pci model=m feature=f,supported=ff"

populate()
{
	p=$(random_name)x
	sim_must "dev add $p count=$DEVICES $FACTS"
	defer sim "dev del $p*"
}

quiet()
{
	populate
	"$BUILT/reader" quiet "$p" $DEVICES 30
}
test_case "dumps while nothing changes are not interrupted" quiet

changing()
{
	populate
	"$BUILT/reader" change "$p" $DEVICES $DUMPS
}
test_case "dumps while all devices change one after the other are consistent" changing

moving()
{
	populate
	"$BUILT/reader" window "$p" $DEVICES $DUMPS
}
test_case "dumps while devices come and go are consistent" moving

later_than()
{
	[ "$(generation "$1")" -gt "$2" ]
}

waiting()
{
	local i before
	populate
	sim_must "churn ${p}0 1"
	defer sim "churn off"
	for i in 1 2 3 4; do
		hold_start "$i"
	done
	before=$(generation "sim/${p}0")
	wait_until 60 later_than "sim/${p}0" "$before"
	for i in 4 2 3 1; do
		hold_end "$i"
		expect_match "dump $i" "^ended 4.. messages, error 0, interrupted 1, repeated 0$" "$out"
	done
}
test_case "four dumps that wait while a device changes are all marked" waiting

undisturbed()
{
	populate
	hold_start 1
	hold_end 1
	expect_match "dump" "^ended 4.. messages, error 0, interrupted 0, repeated 0$" "$out"
}
test_case "a dump that waits while nothing changes is not marked" undisturbed

polled()
{
	local before
	populate
	sim_must "dev add polled$p poll=read"
	defer sim "dev del polled$p"
	sim_must "poll touch=polled$p"
	defer sim poll
	before=$(generation "sim/polled$p")
	wait_until 60 later_than "sim/polled$p" "$before"
	sim_must "poll"
	"$BUILT/reader" quiet "$p" $DEVICES 10
}
test_case "polls that find no change mark no dump" polled

run_cases
