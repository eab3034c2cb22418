#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: guest.sh COUNT RECORDS KSELFTESTS [NLFUZZ-OPTION...]
#
# Runs in a guest: load the core and the simulator, make devices that come, go
# and change, send COUNT messages of the fuzzer and give the simulator RECORDS random
# records; then ask whether the family still answers and whether the kernel's
# memory is what it was. The last messages, the addresses reached and what GCOV
# counted are left in $VDEV_RESULTS. If KSELFTESTS is not empty these run, too.
# The output is TAP.

set -euo pipefail

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

HERE=$VDEV_TOP/tests/nlfuzz
NLFUZZ=${NLFUZZ:-$VDEV_BUILD/nlfuzz/nlfuzz}
CONTROL=/sys/kernel/debug/vdev_sim/control
GCOV=/sys/kernel/debug/gcov
WARM_UP=2000

number=0 failed=0

result()
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number $2"
	else
		failed=1
		echo "not ok $number $2"
	fi
}

sim()
{
	printf '%s\n' "$@" >$CONTROL
}

# So many that a dump takes two reads; and a type of which devices can be created by request.
make_devices()
{
	local facts="" i
	for i in {1..64}; do
		printf -v facts '%s param=p%d,value=string:%0200d' "$facts" "$i" 0
	done
	sim "parent add gpu i915-gvtg" "parent add ap vfio-ap" \
		"dev add vgpu parent=gpu type=i915-GVTg_V5_8 count=2 migration=supported" \
		"parent add made plain units=40" \
		"type add made t operations=create+configure+remove feature=f,supported=ff \
			param=mtu,value=u64:1500,off=u64:0,flags=configurable,allow=u64:68-9000 \
			aggregation=u,units=1,count=1,limit=4" \
		"dev add given parent=made type=t count=4" \
		"dev add matrix parent=ap type=vfio_ap-passthrough" \
		"dev add big count=2$facts" \
		"dev add net/plain count=6 driver=d device-api=a model=m feature=f,supported=ff" \
		"churn net/plain0 50"
}

# Devices that come and go, and others that leave the contract they share for another one
# and come back, as long as there is the file. No process is started for it: that is slow
# here. What read waits for never comes: a line that comes just when its time is over would
# be lost.
move_devices()
{
	while [ -e "$moving" ]; do
		sim "dev add moving count=3 blocker=b,reason=r" "dev del moving*" \
			"dev set net/plain* blocker=b,reason=r" "dev set net/plain* -blocker"
		read -r -t 0.2 <&"$never" || :
	done
}

start_moving()
{
	moving=$(mktemp -u)
	mkfifo "$moving"
	exec {never}<>"$moving"
	move_devices &
	mover=$!
}

stop_moving()
{
	rm "$moving"
	exec {never}>&-
	wait "$mover"
}

# How many objects are allocated, without those that KASAN holds back.
objects()
{
	local file
	for file in /sys/kernel/slab/kmalloc*/shrink /sys/kernel/slab/:*/shrink; do
		[ ! -e "$file" ] || echo 1 >"$file"
	done
	awk '/^kmalloc|^skbuff/ { sum += $2 } END { print sum }' /proc/slabinfo
}

available()
{
	awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo
}

# What RCU frees may take a while.
memory_is_back()
{
	local objects_now available_now tries allowed=$((count / 50 + 1000))
	for tries in {1..30}; do
		sleep 1
		objects_now=$(objects)
		available_now=$(available)
		[ $((objects_now - objects_before)) -gt "$allowed" ] ||
			[ $((available_before - available_now)) -gt 96 ] || break
	done
	echo "# objects: $objects_before before, $objects_now after, $allowed more allowed"
	echo "# available: $available_before MiB before, $available_now MiB after, $tries s later"
	[ $((objects_now - objects_before)) -le "$allowed" ] &&
		[ $((available_before - available_now)) -le 96 ]
}

fuzz()
{
	local rc=0
	start_moving
	"$NLFUZZ" --journal "$VDEV_RESULTS" "$@" || rc=$?
	stop_moving
	return "$rc"
}

answers()
{
	local shown
	shown=$(timeout 60 vdevctl -j dev show net/plain1) &&
		grep -q '"name":"plain1"' <<<"$shown" &&
		timeout 60 vdevctl type show sim/gpu/i915-GVTg_V5_8 >/dev/null
}

# What GCOV counted, in the same folders as the objects.
keep_gcov()
{
	local file
	[ -d "$GCOV" ] || return 0
	mkdir -p "$VDEV_RESULTS/gcov"
	(cd "$GCOV" && find . -name '*.gcda') | while read -r file; do
		mkdir -p "$VDEV_RESULTS/gcov/${file%/*}"
		cat "$GCOV/$file" >"$VDEV_RESULTS/gcov/$file"
	done
}

# Fill what the kernel keeps for later; of interest only when it fails.
warm_up()
{
	local said
	case " $* " in
	*" --replay "*)	return 0 ;;
	esac
	said=$(fuzz --count $WARM_UP --seed 0) || { echo "$said"; return 1; }
}

fuzz_messages()
{
	local rc=0
	make_devices
	warm_up "$@" || rc=$?
	objects_before=$(objects)
	available_before=$(available)
	[ "$rc" -ne 0 ] || fuzz --count "$count" --pcs "$VDEV_RESULTS/pcs" "$@" || rc=$?
	result "$rc" "the kernel stands $count messages"
	rc=0
	answers || rc=$?
	result "$rc" "the family answers"
	rc=0
	timeout 600 vdevctl profile del --all || rc=$?
	result "$rc" "the profiles that were set are deleted"
	rc=0
	memory_is_back || rc=$?
	result "$rc" "the kernel's memory is what it was"
	sim reset
}

fuzz_records()
{
	local rc=0
	/usr/bin/python3 -B "$HERE/provider.py" --count "$records" || rc=$?
	result "$rc" "$records random records come back as they were reported, or not at all"
}

main()
{
	local count=$1 records=$2 kselftests=$3
	shift 3
	load_vdev sim
	echo "TAP version 13"
	[ "$count" -eq 0 ] || fuzz_messages "$@"
	[ "$records" -eq 0 ] || fuzz_records
	echo "1..$number"
	[ -z "$kselftests" ] || "$VDEV_TOP/tests/vm/kselftest.sh" || failed=1
	keep_gcov
	exit "$failed"
}

main "$@"
