#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The tracepoints: a change, a poll, a verdict and a rejection are each seen where
# the kernel traces, with the names that they are about.

# shellcheck disable=SC2317 # cases are called by name

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

TRACING=/sys/kernel/tracing

# traced PATTERN: the trace has a line that is like it.
traced()
{
	grep -qE -e "$1" "$TRACING/trace"
}

begin()
{
	[ -d "$TRACING/events" ] || mount -t tracefs tracefs "$TRACING" 2>/dev/null || :
	[ -d "$TRACING/events/vdev" ] || skip "this kernel has no tracepoints"
	p=$(random_name)
	defer stop_tracing
	: >"$TRACING/trace"
	echo 1 >"$TRACING/events/vdev/enable"
}

stop_tracing()
{
	echo 0 >"$TRACING/events/vdev/enable"
	: >"$TRACING/trace"
}

changes()
{
	begin
	sim_must "dev add $p"
	sim_must "dev set $p driver=x"
	sim_must "dev del $p"
	traced "vdev_change: new id=[0-9]+ provider=vdev_sim name=$p generation=" ||
		fail "no new device"
	traced "vdev_change: change id=[0-9]+ provider=vdev_sim name=$p generation=" ||
		fail "no change"
	traced "vdev_change: del id=[0-9]+ provider=vdev_sim name=$p generation=" ||
		fail "no deletion"
}
test_case "a device that comes, changes and goes is traced" changes

polls()
{
	begin
	sim_must "dev add $p poll=unread"
	defer sim "dev del $p"
	wait_until 60 traced "vdev_poll: id=[0-9]+ provider=vdev_sim name=$p us=[0-9]+ err=0"
}
test_case "a poll is traced with its duration" polls

verdicts()
{
	begin
	sim_must "dev add $p migration=supported"
	defer sim "dev del $p"
	vdevctl check "sim/$p" "sim/$p" >/dev/null || fail "it is not compatible with itself"
	traced "vdev_verdict: id=[0-9]+ name=$p verdict=[0-9]+ vetoed=0" ||
		fail "no verdict"
	traced "vdev_rules: contract=[0-9]+ verdict=[0-9]+" || fail "no rules"
}
test_case "a verdict is traced" verdicts

rejections()
{
	begin
	sim_must "dev add $p"
	defer sim "dev del $p"
	! sim "dev set $p param=x,value=u64:1,rule=subset" 2>/dev/null ||
		fail "a rule that does not apply is taken"
	traced "vdev_reject: provider=vdev_sim name=$p err=-[0-9]+ reason=" ||
		fail "no rejection"
}
test_case "a rejection is traced with its reason" rejections

run_cases
