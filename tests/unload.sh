#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Modules that go while somebody reads, and come back: nothing is lost, leaked
# or used after it was freed. What was loaded before is loaded afterwards.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl

# Only the core and the simulator, with devices for more than one buffer.
begin()
{
	unload_all
	mark_log
	load vdev
	load vdev_sim
	defer sim reset
	sim_must "dev add x count=300 driver=d feature=f,supported=ff/4096"
}


# balanced MODULE WORD WORD: each time it went, as many of both.
balanced()
{
	kernel_log | awk -v module="$1:" -v a="$2" -v b="$3" '
		$0 ~ module " unloaded, " {
			line = $0
			sub(/.*unloaded, /, "", line)
			split(line, word, /[ ,]+/)
			if (word[2] != a || word[4] != b || word[1] != word[3]) {
				print "not balanced: " $0
				bad = 1
			}
			seen++
		}
		END {
			print module, seen + 0, "times unloaded"
			exit bad || !seen
		}'
}

all_balanced()
{
	balanced vdev registered freed
	balanced vdev_sim created destroyed
}

devices()
{
	vdevctl -j dev show bus sim | grep -o '"handle":' | wc -l
}

core_while_dumped()
{
	begin
	hold_start 1
	rmmod vdev_sim
	run rmmod vdev
	expect "status of rmmod vdev" 1 "$rc"
	expect_match "errors of rmmod vdev" "in use" "$err"
	hold_end 1
	expect_match dump "error 0, interrupted 1, repeated 0" "$out"
	rmmod vdev
	expect "vdev is loaded" "" "$(! loaded vdev || echo yes)"
	all_balanced
}
test_case "the core cannot go while a dump waits, and can when it is over" core_while_dumped

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
	rmmod vdev_sim
	wait_until 20 rmmod vdev
	all_balanced
}
test_case "a reader that is killed while its dump waits holds nothing" reader_killed

provider_while_refreshed()
{
	local reader
	begin
	sim_must "refresh delay=300"
	vdevctl -j dev show >"$case_dir/shown" &
	reader=$!
	wait_until 20 refreshing "$reader"
	rmmod vdev_sim
	wait "$reader"
	rmmod vdev
	all_balanced
}
test_case "a provider goes while it is asked to refresh" provider_while_refreshed

# Is that process waiting in the kernel, or gone?
refreshing()
{
	[ ! -e "/proc/$1" ] || grep -q '^State:.[SDZ]' "/proc/$1/status"
}

churning()
{
	begin
	sim_must "churn x0 1"
	rmmod vdev_sim
	rmmod vdev
	all_balanced
}
test_case "a provider goes while a device of it changes all the time" churning

over_and_over()
{
	local i
	begin
	for i in $(seq 20); do
		rmmod vdev_sim
		rmmod vdev
		load vdev
		load vdev_sim
		sim_must "dev add x count=$i driver=d"
		expect "devices in round $i" "$i" "$(devices)"
	done
	rmmod vdev_sim
	rmmod vdev
	all_balanced
	expect "times unloaded" 21 "$(kernel_log | grep -c 'vdev: unloaded')"
}
test_case "the modules go and come twenty times, and the family is found again" over_and_over

halfway()
{
	begin
	sim_must "fail register 1 errno=ENOMEM skip=100"
	! sim "dev add z count=200" || fail "all were taken"
	expect devices 300 "$(devices)"
	rmmod vdev_sim
	rmmod vdev
	all_balanced
}
test_case "devices that failed to register are not leaked" halfway

run_cases
