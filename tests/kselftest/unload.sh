#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Modules that go while somebody reads, and come back: nothing is lost, leaked
# or used after it was freed. What was loaded before is loaded afterwards.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl

# Nothing else uses the core.
unload_until defer_to_end

# Only the core and the simulator, with devices for more than one buffer.
begin()
{
	mark_log
	load vdev
	load vdev_sim
	defer sim reset
	sim_must "dev add x count=300 driver=d feature=f,supported=ff/4096"
}

# balanced MODULE WORD WORD: each time it went, as many of both.
balanced()
{
	local line seen=0
	while read -r line; do
		[[ $line == *" $1: unloaded, "* ]] || continue
		[[ $line =~ ([0-9]+)\ $2,\ ([0-9]+)\ $3 ]] || fail "not understood: $line"
		expect "${line#*] }" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
		seen=$((seen + 1))
	done <"$case_dir/log"
	echo "$1: $seen times unloaded"
	[ "$seen" -gt 0 ]
}

all_balanced()
{
	kernel_log "/unloaded, /!d" >"$case_dir/log"
	balanced vdev "endpoints allocated" freed
	balanced vdev "contracts allocated" freed
	balanced vdev_sim created destroyed
}

devices()
{
	vdevctl dev show bus sim | grep -c "^sim/" || :
}

core_while_dumped()
{
	begin
	hold_start 1
	hold_start 2
	rmmod vdev_sim vdev
	expect "vdev is loaded" "" "$(! loaded vdev || echo yes)"
	all_balanced
	run rmmod vdev_genl
	expect_match "errors of rmmod vdev_genl" "in use" "$err"
	hold_end 1
	expect_match "a dump, when the core has gone" "error 116, interrupted ., repeated 0" "$out"
	load vdev
	load vdev_sim
	hold_end 2
	expect_match "a dump, when another core is there" "error 116, interrupted ., repeated 0" "$out"
	sim_must "dev add y count=7"
	expect devices 7 "$(devices)"
	rmmod vdev_sim vdev
	all_balanced
}
test_case "the core goes while dumps wait, which end with an error" core_while_dumped

core_while_used()
{
	begin
	run rmmod vdev
	expect "status of rmmod vdev" 1 "$rc"
	expect_match "errors of rmmod vdev" "in use" "$err"
	expect devices 300 "$(devices)"
}
test_case "the core cannot go while a provider uses it" core_while_used

provider_with_devices()
{
	begin
	expect devices 300 "$(devices)"
	rmmod vdev_sim
	expect devices 0 "$(devices)"
	rmmod vdev
	all_balanced
}
test_case "a provider that goes takes its devices along" provider_with_devices

provider_while_dumped()
{
	begin
	hold_start 1
	hold_start 2
	rmmod vdev_sim
	hold_end 1
	expect_match "first dump" "error 0, interrupted 1, repeated 0" "$out"
	load vdev_sim
	sim_must "dev add y count=300 driver=d"
	hold_end 2
	expect_match "second dump" "error 0, interrupted 1, repeated 0" "$out"
	expect devices 300 "$(devices)"
}
test_case "a provider goes, and comes, while dumps wait" provider_while_dumped

reader_killed()
{
	begin
	hold_start 1
	kill -KILL "${hold_pids[1]}"
	wait "${hold_pids[1]}" 2>/dev/null || :
	rmmod vdev_sim vdev
	wait_until 60 rmmod vdev_genl
	all_balanced
}
test_case "a reader that is killed while its dump waits holds nothing" reader_killed

# rmmod would wait for ten seconds; the core must have it rejected before.
provider_while_polled()
{
	local start
	begin
	sim_must "poll delay=10000"
	sim_must "dev add y poll=unread"
	sleep 1.5
	start=${EPOCHREALTIME/./}
	run rmmod vdev_sim
	expect "status of rmmod vdev_sim" 1 "$rc"
	expect_match "errors of rmmod vdev_sim" "in use" "$err"
	[ $((${EPOCHREALTIME/./} - start)) -lt 5000000 ] || fail "rmmod waited"
	expect devices 301 "$(devices)"
	sim_must poll
	wait_until 60 rmmod vdev_sim
	rmmod vdev
	all_balanced
}
test_case "a provider whose poll takes long cannot be unloaded, which fails at once" provider_while_polled

provider_while_polled_quickly()
{
	begin
	sim_must "poll delay=50"
	sim_must "dev add y count=20 poll=unread"
	rmmod vdev_sim vdev
	all_balanced
}
test_case "a provider goes while its devices are polled" provider_while_polled_quickly

churning()
{
	begin
	sim_must "churn x0 1"
	rmmod vdev_sim vdev
	all_balanced
}
test_case "a provider goes while a device of it changes all the time" churning

over_and_over()
{
	local i
	begin
	for i in {1..6}; do
		rmmod vdev_sim vdev
		load vdev
		load vdev_sim
		sim_must "dev add x count=$i driver=d"
		expect "devices in round $i" "$i" "$(devices)"
	done
	rmmod vdev_sim vdev
	all_balanced
	expect "times unloaded" 7 "$(grep -c 'vdev: unloaded' "$case_dir/log")"
}
test_case "the modules go and come again and again, and the family is found each time" over_and_over

halfway()
{
	begin
	sim_must "fail register 1 errno=ENOMEM skip=100"
	! sim "dev add z count=200" || fail "all were taken"
	expect devices 300 "$(devices)"
	rmmod vdev_sim vdev
	all_balanced
}
test_case "devices that failed to register are not leaked" halfway

# forget TYPE...: take their ceilings away, as far as they have any.
forget()
{
	local type
	for type; do
		vdevctl type set "$type" --reset >/dev/null 2>&1 || :
	done
}

ceilings_come_back()
{
	begin
	defer forget sim/cp/t sim/cp/absent
	vdevctl type set sim/cp/t max-version v1 feature f 0x3 >/dev/null
	vdevctl type set sim/cp/absent param n 1-8 >/dev/null
	vdevctl type save "$case_dir/ceilings"
	expect "files" ceilings "$(cd "$case_dir" && echo ceilings*)"
	rmmod vdev_sim vdev
	load vdev
	expect "without the file" "" "$(vdevctl type ceilings)"
	printf 'sim/cp/t max-version\n' >>"$case_dir/ceilings"
	run vdevctl type load "$case_dir/ceilings"
	expect "status" 1 "$rc"
	expect_match "errors" "ceilings:4: 'max-version' lacks its value" "$err"
	load vdev_sim
	sim_must "parent add cp plain"
	sim_must "type add cp t version=v1,flags=create+accept feature=f,supported=f"
	expect "with it" "sim/cp/t max-version v1 feature f 0x3
sim/cp/absent param n 1-8 (pending)" "$(vdevctl type ceilings)"
	run vdevctl type show sim/cp/t
	expect_match "type" "ceiling max-version v1" "$out"
	rmmod vdev_sim vdev
	all_balanced
}
test_case "ceilings of a file are in effect again when the modules have come back" ceilings_come_back

run_cases
