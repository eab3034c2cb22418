#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR --mem 2G tests/bench/run.sh
#
# Runs in a guest: measure what vdev costs beside what else there is, all in one
# boot, so that the ratios hold whatever the machine. Figures are the smallest of
# all rounds, medians beside them. Nothing passes or fails by its time; the last
# table says where each figure stands against what is aimed at.

set -euo pipefail

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

# shellcheck source=lib.sh
. "$VDEV_TOP/tests/bench/lib.sh"

# shellcheck source=measure.sh
. "$VDEV_TOP/tests/bench/measure.sh"

VDPA_DEVICES=128
NETDEVSIM_DEVICES=32
MDEV=/sys/class/mdev_bus/mtty/mdev_supported_types
COPY_MODULE=$VDEV_BUILD/test-modules/$VDEV_KERNEL/vdev_test_copy.ko

# dump_row NAME WHICH ROUNDS: and leave its figures in $per_device, $per_byte.
dump_row()
{
	local line devices bytes
	line=$("$BENCH" dump "$2" "$3")
	devices=$(value messages "$line")
	bytes=$(calc "$(value bytes "$line") / $devices" %.0f)
	per_device=$(value min "$line")
	per_byte=$(calc "$per_device / $bytes" %.3f)
	printf '%-28s %8s %8s %10s %10s %10s\n' "$1" "$devices" "$bytes" \
		"$(calc "$per_device / 1000")" "$(calc "$(value median "$line") / 1000")" \
		"$per_byte"
}

# register_row TEXT NAME COUNT ROUNDS: the devices stay; leaves the cost of one
# in $per_device.
register_row()
{
	local times=() sorted
	while [ ${#times[@]} -lt "$4" ]; do
		"$BENCH" command "dev del $2*" >/dev/null 2>&1 || :
		times+=("$(value time "$("$BENCH" command "dev add $2 count=$3 ${FACTS[*]}")")")
	done
	mapfile -t sorted < <(printf '%s\n' "${times[@]}" | sort -n)
	per_device=$(calc "${sorted[0]} / $3" %.0f)
	printf '%-28s %8s %10s %10s\n' "$1" "$3" "$(calc "$per_device / 1000")" \
		"$(calc "${sorted[$4 / 2]} / $3 / 1000")"
}

memory_row()
{
	printf '%-28s %8s %10s\n' "vdevctl -j dev show" "$1" \
		"$(value kib "$("$BENCH" memory vdevctl -j dev show)")"
}

load_others()
{
	local i
	insmod "$COPY_MODULE" count=10000
	load_realdevs netdevsim mtty
	for i in $(seq $NETDEVSIM_DEVICES); do
		echo "$i 1" >/sys/bus/netdevsim/new_device
	done
	! has_vdpa || { load_realdevs vdpa_sim_net; "$BENCH" vdpa $VDPA_DEVICES; }
}

measure_many()
{
	local count
	heading "Reporting devices, and reading them all (us for one; ns for one byte)"
	printf '%-28s %8s %8s %10s %10s %10s\n' "dump" devices bytes "us min" "us median" "ns/byte"
	for count in 1 1000 10000 65536; do
		register_row "one command" bench "$count" "$(rounds "$count" 3)" >>"$registered"
		per_registered[count]=$per_device
		[ "$count" -ne 65536 ] || register_beside >>"$registered"
		dump_row "vdev" vdev "$(rounds "$count")"
		if [ "$count" -eq 1 ]; then
			ask_rows >>"$asked"
			count_values
		fi
		case $count in
		1000|10000) find_row "find, equivalent" alike "$count" bench >>"$judged" ;;
		esac
		vdev_device[count]=$per_device
		vdev_byte[count]=$per_byte
		[ "$count" -eq 1000 ] || memory_row "$count" >>"$memory"
	done
	"$BENCH" command "dev del bench*" >/dev/null
}

measure_memory()
{
	heading "Kernel memory of one device, the simulator's share included (bytes)"
	printf '%-28s %8s %10s\n' "" devices bytes
	kernel_row "equal" 65536 command "dev add bench count=65536 ${FACTS[*]}"
	"$BENCH" command "dev del bench*" >/dev/null
	kernel_row "distinct" 10000 each 10000 "dev add own@ ${FACTS[*]/u64:1500/u64:1@}"
	"$BENCH" command "dev del own*" >/dev/null
}

# Each is blocked by the same for a time, which is a finding.
measure_blocked()
{
	local count
	for count in 1000 10000; do
		"$BENCH" command "dev add bench count=$count ${FACTS[*]} $BLOCKED" >/dev/null
		find_row "find, blocked" blocked "$count" bench >>"$judged"
		"$BENCH" command "dev del bench*" >/dev/null
	done
}

# Of so many devices with 200 contracts in turn, 1 in 100 can load the state.
measure_candidates()
{
	local line count=10000
	add_candidates $count
	line=$("$BENCH" find 15 sim own0 candidates)
	per_found[candidates-$count]=$(calc \
		"$(value min "$line") * $(value messages "$line") / $count" %.1f)
	printf '%-28s %8s %8s %10s %10s\n' "find, candidates" $count \
		"$(value messages "$line")" "$(calc "${per_found[candidates-$count]} / 1000")" \
		"$(calc "$(value median "$line") * $(value messages "$line") / $count / 1000")" \
		>>"$judged"
	"$BENCH" command "dev del own*" >/dev/null
}

# find_row TEXT KIND COUNT PREFIX: all devices, judged for the first of them.
find_row()
{
	local line
	line=$("$BENCH" find "$(rounds "$3" 2)" sim "${4}0")
	[ "$(value messages "$line")" -eq "$3" ] || guest_die "find: '$line'"
	per_found[$2-$3]=$(value min "$line")
	printf '%-28s %8s %8s %10s %10s\n' "$1" "$3" \
		"$(calc "$(value bytes "$line") / $3" %.0f)" \
		"$(calc "${per_found[$2-$3]} / 1000")" \
		"$(calc "$(value median "$line") / 1000")"
}

# find_each TEXT KIND FACT...: devices each of which is another.
find_each()
{
	local text=$1 kind=$2 count
	shift 2
	for count in 1000 10000; do
		"$BENCH" each "$count" "dev add own@ $*"
		find_row "$text" "$kind" "$count" own >>"$judged"
		"$BENCH" command "dev del own*" >/dev/null
	done
}

# Real devices have addresses of their own, which are ignored; the worst is
# that each has a value of its own that counts.
measure_distinct()
{
	find_each "find, addresses differ" addressed "${FACTS[@]/52:54:00:12:34:56/52:54:@}"
	find_each "find, values differ" distinct "${FACTS[@]/u64:1500/u64:1@}"
}

# Values that a device reports; the name of an entry would be that of a folder.
count_values()
{
	local named
	named=$(printf '%s\n' "${FACTS[@]}" | grep -cE '^(version|feature|param)=')
	values=$(($(value values "$("$BENCH" values sim bench0)") - named))
}

# A few devices more, when there are many.
register_beside()
{
	register_row "one command, beside 65536" more 1000 9
	more=$per_device
	"$BENCH" command "dev del more*" >/dev/null
}

# Each listener is one more copy; nobody builds what nobody wants.
measure_changes()
{
	local listeners line
	heading "A change of one device, with listeners (us)"
	printf '%-28s %10s %10s\n' "listeners" "us min" "us median"
	"$BENCH" command "dev add changed ${FACTS[*]}" >/dev/null
	for listeners in 0 1 100; do
		line=$("$BENCH" change $listeners 100 changed)
		per_change[listeners]=$(value min "$line")
		printf '%-28s %10s %10s\n' "$listeners" \
			"$(calc "${per_change[listeners]} / 1000")" \
			"$(calc "$(value median "$line") / 1000")"
	done
	"$BENCH" command "dev del changed" >/dev/null
}

# rounds DEVICES [DIVISOR]: the more devices, the fewer.
rounds()
{
	local rounds
	case $1 in
	1)	rounds=300 ;;
	1000)	rounds=60 ;;
	10000)	rounds=30 ;;
	*)	rounds=9 ;;
	esac
	echo $((rounds / ${2:-1}))
}

measure_others()
{
	other_byte=()
	dump_row "ready bytes, copied" copy 30
	per_copy=$per_device
	if has_vdpa; then
		dump_row "vdpa, configuration" vdpa 50
		other_byte+=("vdpa $per_byte")
	fi
	dump_row "devlink, info" info 50
	other_byte+=("devlink $per_byte")
	dump_row "devlink, devices" devlink 50
}

ask_rows()
{
	local what line
	for what in null rejected id name check; do
		if [ $what = check ]; then
			line=$("$BENCH" check 20 sim bench0)
		else
			line=$("$BENCH" ask $what 20 sim bench0)
		fi
		ask[$what]=$(value min "$line")
		printf '%-28s %10s %10s\n' "$(ask_text $what)" "$(calc "${ask[$what]} / 1000")" \
			"$(calc "$(value median "$line") / 1000")"
	done
}

ask_text()
{
	case $1 in
	null)	echo "a family, of nlctrl" ;;
	rejected) echo "an unknown command, of vdev" ;;
	check)	echo "a check of a device, of vdev" ;;
	*)	echo "a device by $1, of vdev" ;;
	esac
}

file_row()
{
	local name=$1 line
	shift
	[ -r "$1" ] || return 0
	line=$("$BENCH" files 20 "$@")
	printf '%-28s %8s %10s %10s\n' "$name" "$#" "$(calc "$(value min "$line") / 1000")" \
		"$(calc "$(value median "$line") / 1000")"
	cost=$(value min "$line")
	if [ -z "$per_file" ] || awk "BEGIN { exit !($cost < $per_file) }"; then
		per_file=$cost
	fi
}

measure_files()
{
	heading "One attribute in sysfs: open, read, close (us)"
	printf '%-28s %8s %10s %10s\n' "files" number "us min" "us median"
	per_file=
	file_row "mdev, types of a parent" $MDEV/*/name $MDEV/*/device_api $MDEV/*/available_instances
	file_row "vdpa, devices" /sys/bus/vdpa/devices/bench*/driver_override
	file_row "network devices" /sys/class/net/*/{mtu,address,flags,type,tx_queue_len}
}

# write_row NAME TEXT FILE...: many writes; keeps the cheapest in $per_write.
write_row()
{
	local name=$1 text=$2 line
	shift 2
	[ -w "$1" ] || return 0
	line=$("$BENCH" writes 5 1000 "$text" "$@")
	printf '%-28s %8s %10s %10s\n' "$name" 1000 "$(calc "$(value min "$line") / 1000")" \
		"$(calc "$(value median "$line") / 1000")"
	cost=$(value min "$line")
	if [ -z "$per_write" ] || awk "BEGIN { exit !($cost < $per_write) }"; then
		per_write=$cost
	fi
}

measure_writes()
{
	heading "One attribute in sysfs: open, write, close (us)"
	printf '%-28s %8s %10s %10s\n' "writes" number "us min" "us median"
	per_write=
	write_row "vdpa, driver_override" $'\n' /sys/bus/vdpa/devices/bench*/driver_override
	write_row "network devices, alias" "a" /sys/class/net/*/ifalias
	write_row "devices, power" "auto" /sys/class/net/*/device/power/control
}

aims()
{
	local other ratio name count
	heading "Aims"
	printf '%-58s %10s %10s\n' "" wanted measured
	for count in 1000 10000 65536; do
		ratio=$(calc "$per_file * ${#FACTS[@]} / ${vdev_device[count]}" %.0f)
		aim "$count devices: faster than ${#FACTS[@]} facts by sysfs" ">= 150" \
			"$ratio" "$ratio >= 150"
		ratio=$(calc "$per_file * $values / ${vdev_device[count]}" %.0f)
		aim "$count devices: faster than their $values values, one a file" ">= 150" \
			"$ratio" "$ratio >= 150"
	done
	for other in "${other_byte[@]}"; do
		name=${other% *}
		ratio=$(calc "${vdev_byte[1000]} / ${other#* }" %.3f)
		aim "cost of one byte, against $name's (1,000 devices)" "<= 0.2" "$ratio" "$ratio <= 0.2"
	done
	ratio=$(calc "${ask[id]} / ${ask[null]}")
	aim "one device by id, against a request to nlctrl" "<= 1.5" "$ratio" "$ratio <= 1.5"
	ratio=$(calc "${ask[id]} / ${ask[rejected]}")
	aim "one device by id, against a request that is rejected" "<= 1.5" "$ratio" "$ratio <= 1.5"
	for count in 1000 10000; do
		for name in alike:25 blocked:25 addressed:25 distinct:6; do
			ratio=$(calc "$per_write / ${per_found[${name%:*}-$count]}" %.1f)
			aim "find over $count, ${name%:*}: faster than as many writes" \
				">= ${name#*:}" "$ratio" "$ratio >= ${name#*:}"
		done
	done
	ratio=$(calc "$per_write / ${per_found[candidates-10000]}" %.1f)
	aim "candidates among 10000 of 200 contracts, against writes" ">= 40" "$ratio" \
		"$ratio >= 40"
	ratio=$(calc "${ask[check]} / ${ask[rejected]}")
	aim "check of a device, against a request that is rejected" "<= 3" "$ratio" "$ratio <= 3"
	ratio=$(calc "${vdev_device[10000]} / $per_copy")
	aim "one of 10000 devices, against ready bytes that are copied" "<= 1.5" "$ratio" \
		"$ratio <= 1.5"
	ratio=$(calc "${per_registered[65536]} / ${per_registered[1000]}")
	aim "registration of one, of 65,536 against of 1,000" "<= 1.25" "$ratio" "$ratio <= 1.25"
	ratio=$(calc "$more / ${per_registered[1000]}")
	aim "registration of one, beside 65,536 against beside none" "<= 1.25" "$ratio" "$ratio <= 1.25"
	ratio=$(calc "${per_change[1]} / ${per_change[0]}")
	aim "a change with one listener, against with none" "<= 1.5" "$ratio" "$ratio <= 1.5"
	ratio=$(calc "(${per_change[100]} - ${per_change[0]}) / 100 / ${per_change[0]}")
	aim "each of 100 listeners, against a change with none" "<= 0.25" "$ratio" "$ratio <= 0.25"
}

main()
{
	declare -gA ask per_found
	declare -ga vdev_device vdev_byte per_registered per_change
	make -s -C "$VDEV_TOP/tests/bench" >&2
	registered=$(mktemp)
	asked=$(mktemp)
	memory=$(mktemp)
	kernel_memory=$(mktemp)
	judged=$(mktemp)
	printf 'Linux %s, %s processors\n' "$(uname -r)" "$(nproc)"
	load_vdev sim
	measure_memory >"$kernel_memory"
	measure_many
	measure_blocked
	measure_distinct
	measure_candidates
	measure_changes
	load_others
	measure_others
	measure_files
	measure_writes
	heading "Judging the devices of the host (us for one)"
	printf '%-28s %8s %8s %10s %10s\n' "" devices bytes "us min" "us median"
	cat "$judged"
	heading "One request and its answer (us)"
	printf '%-28s %10s %10s\n' "request" "us min" "us median"
	cat "$asked"
	heading "Registration (us for one)"
	printf '%-28s %8s %10s %10s\n' "" devices "us min" "us median"
	cat "$registered"
	heading "Memory of the reader at its most (KiB)"
	cat "$memory"
	cat "$kernel_memory"
	aims
}

main
