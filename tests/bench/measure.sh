# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What run.sh and beside.sh measure in the same way: kernel memory of devices, and
# devices of which few can load a state. Sourced, after lib.sh.

BENCH=$BUILT/bench

# What the system has free, also where a processor keeps it for itself.
free_kib()
{
	awk '/pages free/ { pages += $3 } /count:/ { pages += $2 } END { print pages * 4 }' \
		/proc/zoneinfo
}

# What is no longer used is free when a grace period has passed.
settle_memory()
{
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
}

# kernel_row TEXT COUNT COMMAND...: kernel memory of each of so many devices, which
# COMMAND makes; they stay. What the simulator keeps is part of it.
kernel_row()
{
	local text=$1 count=$2 before
	shift 2
	settle_memory
	before=$(free_kib)
	"$BENCH" "$@" >/dev/null
	settle_memory
	printf '%-28s %8s %10s\n' "$text" "$count" \
		"$(calc "($before - $(free_kib)) * 1024 / $count" %.0f)"
}

# add_candidates COUNT: devices own0... with 200 contracts in turn, of which those of
# two can load the state of the first.
add_candidates()
{
	local facts=("${FACTS[@]/1af4:1041/1af4:^}")
	"$BENCH" each "$1" "dev add own@ ${facts[*]/1.4.2/1.4.%}"
}
