#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What vdevctl monitor prints of the simulator's devices while they change, and how
# it ends. That it misses nothing is the business of follow/.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl

# Longer than anything here takes, in seconds.
PATIENCE=30

# A parent of our own, with a device that is there already.
populate()
{
	p=$(random_name)
	sim_must "parent add $p plain"
	defer sim "parent del $p"
	defer sim "dev del $p*"
	sim_must "dev add ${p}a parent=$p -- model=$p-m migration=supported"
}

# monitor ARG...: in the background, until the case is over; ready when it is back.
monitor()
{
	vdevctl "$@" >"$case_dir/events" 2>"$case_dir/errors" &
	monitor=$!
	defer end_monitor
	wait_until "$PATIENCE" grep -q synced "$case_dir/events"
}

end_monitor()
{
	kill -KILL "$monitor" 2>/dev/null || :
}

# has LINE: is it among the events?
has()
{
	grep -qxF -- "$1" "$case_dir/events"
}

# ends STATUS: it does so by itself.
ends()
{
	wait_until "$PATIENCE" gone "$monitor"
	rc=0
	wait "$monitor" || rc=$?
	expect "exit status" "$1" "$rc"
	expect "errors" "" "$(<"$case_dir/errors")"
}

# gone PID: it has ended, whether or not it was waited for.
gone()
{
	local stat
	stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
	[[ $stat == *") Z "* ]]
}

as_it_happens()
{
	populate
	monitor monitor parent "sim/$p"
	sim_must "dev add ${p}b parent=$p -- model=$p-m"
	wait_until "$PATIENCE" has "new device sim/${p}b: model $p-m"
	sim_must "dev set ${p}a blocker=busy,reason=in%20use param=mtu,value=u64:1500"
	wait_until "$PATIENCE" has "  params.mtu: set 1500"
	has '  blockers.busy: set "in use"' || fail "no blocker"
	has "  migratable: true -> false" || fail "not migratable is not reported"
	sim_must "dev set ${p}a -blocker param=mtu,value=u64:9000"
	wait_until "$PATIENCE" has "  params.mtu.value: 1500 -> 9000"
	sim_must "dev del ${p}b"
	wait_until "$PATIENCE" has "del device sim/${p}b"
	! has "resync new device sim/${p}a: model $p-m" || fail "what was there is reported"
}
test_case "what happens is printed as it happens, with what changed" as_it_happens

snapshot()
{
	populate
	monitor monitor --snapshot parent "$p"
	has "resync new device sim/${p}a: model $p-m" || fail "$(<"$case_dir/events")"
}
test_case "what is there comes first if asked for" snapshot

filtered()
{
	populate
	monitor monitor parent "$p" migratable
	sim_must "dev add ${p}b parent=$p"
	sim_must "dev set ${p}b migration=supported"
	wait_until "$PATIENCE" has "new device sim/${p}b:"
	sim_must "dev set ${p}b migration=undeclared"
	wait_until "$PATIENCE" has "del device sim/${p}b"
	expect "changes" 0 "$(grep -c '^change' "$case_dir/events")"
}
test_case "what begins or ceases to pass a condition is new or gone" filtered

# storm NAME: the device changes as fast as it can, until the case is over.
storm()
{
	while :; do
		sim "dev set $1 param=mtu,value=u64:1500"
		sim "dev set $1 param=mtu,value=u64:9000"
	done &
	storm=$!
	defer end_storm
}

end_storm()
{
	kill -KILL "$storm" 2>/dev/null || :
	wait "$storm" 2>/dev/null || :
}

# changed_often: it printed more changes than a dump has changes in it.
changed_often()
{
	(($(grep -c '^change' "$case_dir/events") > 100))
}

never_rests()
{
	populate
	storm "${p}a"
	monitor monitor
	wait_until "$PATIENCE" changed_often
	kill -STOP "$storm"
	sim_must "dev set ${p}a param=mtu,value=u64:4000"
	wait_until "$PATIENCE" grep -q -- '-> 4000$\|set 4000$' "$case_dir/events"
	kill -CONT "$storm"
}
test_case "a device that changes all the time is followed from the start" never_rests

json_lines()
{
	populate
	monitor -j monitor --timestamp parent "$p"
	sim_must "dev set ${p}a model=$p-n"
	wait_until "$PATIENCE" grep -q '"event":"change"' "$case_dir/events"
	[ -x "$PYTHON" ] || skip "needs $PYTHON"
	run "$PYTHON" -c '
import json, sys
events = [json.loads(line) for line in open(sys.argv[1])]
assert all(event["time"].endswith("Z") for event in events)
for event in events:
    for change in event.get("changes", []):
        print(change["field"], change["before"], change["after"])
' "$case_dir/events"
	expect "changes" "record.model.value $p-m $p-n" "$out"
}
test_case "JSON is one event on a line" json_lines

# by_signal NAME
by_signal()
{
	populate
	monitor monitor
	kill -"$1" "$monitor"
	ends 0
}

by_term()
{
	by_signal TERM
}
test_case "SIGTERM is a clean end" by_term

by_interrupt()
{
	by_signal INT
}
test_case "SIGINT is a clean end" by_interrupt

slow_reader()
{
	local i
	populate
	mkfifo "$case_dir/slow"
	exec 4<>"$case_dir/slow"
	vdevctl -d monitor --snapshot >"$case_dir/slow" 2>"$case_dir/errors" &
	monitor=$!
	defer end_monitor
	# More than a pipe holds.
	sim_must "dev add ${p}many count=500 parent=$p"
	for i in {1..3}; do
		sim_must "dev set ${p}many* model=$p-$i"
	done
	wait_until "$PATIENCE" grep -q pipe_write "/proc/$monitor/wchan" || :
	kill -TERM "$monitor"
	ends 0
}
test_case "a reader who does not read cannot keep it from ending" slow_reader

idle_reader()
{
	populate
	mkfifo "$case_dir/pipe"
	vdevctl monitor parent "$p" >"$case_dir/pipe" 2>"$case_dir/errors" &
	monitor=$!
	defer end_monitor
	read -r line <"$case_dir/pipe"
	expect_match "line" "^synced" "$line"
	ends 0
}
test_case "it ends when its reader does, also while nothing happens" idle_reader

run_cases
