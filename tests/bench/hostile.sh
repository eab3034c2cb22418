#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR --steady --mem 2G tests/bench/hostile.sh [PART...]
#
# Runs in a guest: measure what processes without privilege can take from those that
# change something, and from the system. The parts are paused, subscribers and
# latency; all of them by default. Nothing passes or fails by its time; tables say
# where the figures stand against what is aimed at. What latency was computed from is
# kept in $VDEV_RESULTS/latency.

set -euo pipefail

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

# shellcheck source=lib.sh
. "$VDEV_TOP/tests/bench/lib.sh"

DEVICES=10000
VDPA_DEVICES=32
READERS=50
# At most for one writer at ordinary priority; half of it with SCHED_FIFO.
SECONDS_EACH=3
PAUSED=500
# More contracts than a find keeps the outcomes of, and what these may take (KiB).
SHARED=3100
OUTCOMES=160
CGROUP=/sys/fs/cgroup/vdev-bench

# Each device has a value of its own, so that none is like another.
make_devices()
{
	"$BUILT/bench" each $DEVICES "dev add own@ ${FACTS[*]/u64:1500/u64:1@}"
	load_realdevs mtty
	! has_vdpa || { load_realdevs vdpa_sim_net; "$BUILT/bench" vdpa $VDPA_DEVICES; }
}

# beside NAME READERS NUMBER WRITER...: lines that say beside what they were measured.
beside()
{
	local name=$1
	shift
	FACTS="${FACTS[*]}" "$BUILT/latency" "$1" "$2" $SECONDS_EACH "${@:3}" |
		sed "s/^/beside=$name /" >>"$lines"
}

measure_latency()
{
	local kind writers=(sim mdev get)
	! has_vdpa || writers+=(vdpa)
	lines=$VDEV_RESULTS/latency
	: >"$lines"
	beside alone spin 0 "${writers[@]}" loop
	beside spin spin $READERS "${writers[@]}" loop
	for kind in dump nothing find find-largest check-largest; do
		beside $kind $kind $READERS "${writers[@]}" loop
	done
	! has_vdpa || beside vdpa vdpa $READERS vdpa
	awk -v number=$READERS -f "$VDEV_TOP/tests/bench/hostile.awk" "$lines"
}

paused_row()
{
	local line
	line=$("$BUILT/paused" "$2" $PAUSED $CGROUP)
	system=$(value system "$line")
	charged=$(value charged "$line")
	printf '%-28s %10s %10s %10s\n' "$1" "$system" "$charged" "$(value buffered "$line")"
}

# Each contract is that of two devices; see ask_find_shared() in reads.c.
make_shared()
{
	local facts=("${FACTS[@]/model=1af4:1041/model=shared}")
	"$BUILT/bench" each $SHARED "dev add shared@ count=2 ${facts[*]/u64:1500/u64:1@}"
}

measure_paused()
{
	local small shared shared_charged
	heading "Memory of a socket with a read that nobody goes on with (KiB, of $PAUSED)"
	printf '%-28s %10s %10s %10s\n' "read" system charged buffered
	mkdir -p $CGROUP
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control
	paused_row "families, of nlctrl" nlctrl
	paused_row "dump" dump
	paused_row "find, small source" find
	small=$system
	make_shared
	paused_row "find, $SHARED shared contracts" find-shared
	"$BUILT/bench" command "dev del shared*"
	shared=$system shared_charged=$charged
	paused_row "find, largest record" find-largest
	heading "Aims"
	aim "a find with the largest record that is not read, in KiB" "<= 59" "$system" \
		"$system <= 59"
	aim "of which is charged, in KiB" ">= $system" "$charged" "$charged >= 0.97 * $system"
	aim "what it keeps of contracts, in KiB" "<= $OUTCOMES" "$(calc "$shared - $small" %.1f)" \
		"$shared - $small <= $OUTCOMES"
	aim "of such a find is charged, in KiB" ">= $shared" "$shared_charged" \
		"$shared_charged >= 0.97 * $shared"
}

measure_subscribers()
{
	local number line
	heading "A change, with subscribers that never read (us, medians)"
	printf '%-12s %12s %12s %12s %12s %12s\n' "" "with room" "" "full" "" ""
	printf '%-12s %12s %12s %12s %12s %12s\n' "subscribers" update arrived update arrived \
		register
	for number in 0 100 1000 10000; do
		line=$("$BUILT/subscribers" $number own0)
		printf '%-12s %12s %12s %12s %12s %12s\n' $number \
			"$(value room-update "$line")" "$(value room-arrived "$line")" \
			"$(value full-update "$line")" "$(value full-arrived "$line")" \
			"$(value full-register "$line")"
	done
}

main()
{
	local part
	[ $# -gt 0 ] || set -- paused subscribers latency
	printf 'Hostile readers on Linux %s, %s processors, %s devices\n' "$(uname -r)" \
		"$(nproc)" $DEVICES
	load_vdev sim mdev
	! has_vdpa || load_vdev vdpa
	make_devices
	for part in "$@"; do
		"measure_$part"
	done
}

main "$@"
