#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR --steady --mem 2G tests/bench/tools.sh
#
# Runs in a guest: measure vdevctl beside devlink, vdpa and mdevctl, all in one boot: what
# each takes to start, and to show 1, 100 and 10,000 devices. Of a kind of devices of which
# the guest makes fewer than that within a minute, there are as many as it makes. vdevctl
# shows the very devices that vdpa and mdevctl show, but for those of devlink, in whose
# place the simulator has as many.

set -euo pipefail

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

# shellcheck source=lib.sh
. "$VDEV_TOP/tests/bench/lib.sh"

BENCH=$BUILT/bench
COUNTS="1 100 10000"
# No kind of devices is made for longer than so many seconds.
PATIENCE=60
# So many are made at once, before it is looked at the clock.
STEP=50
CEILINGS=1000
MDEV=/sys/class/mdev_bus/vdev_test_parent/mdev_supported_types/vdev_test-base

# What is measured of a command, in the order of the columns.
FIGURES="min median cpu-min cpu-median kib"

# program KEY ROUNDS COMMAND...: measure it, print it, and keep its figures under KEY.
program()
{
	local key=$1 rounds=$2 line figure row=()
	shift 2
	line=$("$BENCH" program "$rounds" "$@")
	for figure in $FIGURES; do
		measured[$key,$figure]=$(value "$figure" "$line")
		case $figure in
		kib)	row+=("${measured[$key,$figure]}") ;;
		*)	row+=("$(calc "${measured[$key,$figure]} / 1e6")") ;;
		esac
	done
	measured[$key,bytes]=$("$@" 2>/dev/null | wc -c)
	printf '%-40s %9s %9s %9s %9s %8s %9s\n' "$*" "${row[@]}" "${measured[$key,bytes]}"
}

columns()
{
	heading "$1"
	printf '%-40s %9s %9s %9s %9s %8s %9s\n' "" "ms min" "median" "CPU min" "median" "KiB" "bytes"
}

# ratio KEY OTHER FIGURE
ratio()
{
	calc "${measured[$1,$3]} / ${measured[$2,$3]}"
}

# compare TEXT KEY OTHER WHAT RATIO MOST: the row of the last table. RATIO is that of WHAT,
# and to be MOST at most.
compare()
{
	local verdict=met
	awk "BEGIN { exit !($5 <= $6) }" || verdict=missed
	printf '%-42s %6s %6s %6s %6s %6s  %-7s %6s %5s %s\n' "$1" "$(ratio "$2" "$3" min)" \
		"$(ratio "$2" "$3" median)" "$(ratio "$2" "$3" cpu-min)" \
		"$(ratio "$2" "$3" cpu-median)" "$(ratio "$2" "$3" kib)" "$4" "$5" "<= $6" \
		"$verdict" >>"$compared"
}

# compare_start TEXT KEY OTHER MOST: with nothing to show, processor time counts.
compare_start()
{
	compare "$1" "$2" "$3" CPU "$(ratio "$2" "$3" cpu-min)" "$4"
}

# per_byte KEY START: processor time beyond that of the same command with nothing to show,
# for each byte that is printed.
per_byte()
{
	calc "(${measured[$1,cpu-min]} - ${measured[$2,cpu-min]}) / ${measured[$1,bytes]}" %.3f
}

# compare_shown TEXT KEY OTHER START OTHER-START: what is shown differs, so a byte counts. One
# device takes no time beside the start.
compare_shown()
{
	if [[ $1 == 1:* ]]; then
		compare_start "$1" "$2" "$3" 1.5
		return
	fi
	compare "$1" "$2" "$3" "a byte" \
		"$(calc "$(per_byte "$2" "$4") / $(per_byte "$3" "$5")")" 1
}

rounds()
{
	case $1 in
	1)	echo 30 ;;
	100)	echo 15 ;;
	*)	echo 3 ;;
	esac
}

# make_KIND FIRST COUNT: so many more.
make_netdevsim()
{
	local i
	for i in $(seq "$1" $(($1 + $2 - 1))); do
		echo "$i 0" >/sys/bus/netdevsim/new_device
	done
}

make_vdpa()
{
	"$BENCH" vdpa "$2" "$1"
}

make_mdev()
{
	local i
	for i in $(seq "$1" $(($1 + $2 - 1))); do
		printf '%08x-1c45-4b3f-9d37-0e5a1c2b3d4e\n' "$i" >$MDEV/create
	done
}

# grow KIND WANTED: make devices until there are as many, or time is up; $have are there.
grow()
{
	local number begin=$SECONDS
	while [ "$have" -lt "$2" ] && [ $((SECONDS - begin)) -lt $PATIENCE ]; do
		number=$(($2 - have < STEP ? $2 - have : STEP))
		"make_$1" $((have + 1)) "$number"
		have=$((have + number))
	done
	printf '%s: %s devices more took %s s\n' "$1" "$have" $((SECONDS - begin)) >&2
	[ "$have" -eq "$2" ] || short+=("$1: $have devices in the place of $2, as more take longer than $PATIENCE s to make")
}

# simulate COUNT PARENT: as many devices and types of the simulator, and nothing else of it.
simulate()
{
	"$BENCH" command "reset" >/dev/null
	"$BENCH" command "parent add $2 plain" >/dev/null
	"$BENCH" command "dev add bench count=$1 ${FACTS[*]}" >/dev/null
	"$BENCH" each "$1" "type add $2 t@ ${FACTS[*]}"
	vdevctl dev export sim/bench0 >"$source"
}

start_up()
{
	columns "To start, with nothing to show"
	program version 30 vdevctl -V
	program version-devlink 30 devlink -V
	program version-vdpa 30 vdpa -V
	program version-mdevctl 30 mdevctl --version
	program help 30 vdevctl help
	program help-mdevctl 30 mdevctl --help
	program show 30 vdevctl -j dev show
	program list 30 vdevctl dev list
	program types 30 vdevctl type list
	program show-devlink 30 devlink -j dev show
	program show-vdpa 30 vdpa -j dev show
	program show-mdevctl 30 mdevctl list
	compare_start "vdevctl -V / devlink -V" version version-devlink 1.5
	compare_start "vdevctl -V / mdevctl --version" version version-mdevctl 1
	compare_start "vdevctl help / mdevctl --help" help help-mdevctl 1
	compare_start "vdevctl -j dev show / devlink -j dev show" show show-devlink 1.5
	compare_start "vdevctl -j dev show / vdpa -j dev show" show show-vdpa 1.5
	compare_start "vdevctl -j dev show / mdevctl list" show show-mdevctl 1
}

# each_count KIND: what is measured of so many devices.
each_count()
{
	local count have=0
	for count in $COUNTS; do
		grow "$1" "$count"
		columns "$1: $have devices"
		"with_$1" "$have" "$(rounds "$have")"
		[ "$have" -eq "$count" ] || break
	done
}

with_netdevsim()
{
	simulate "$1" p
	program "devlink-$1" "$2" devlink -j dev show
	program "show-$1" "$2" vdevctl -j dev show
	program "list-$1" "$2" vdevctl dev list
	program "types-$1" "$2" vdevctl type list
	program "find-$1" "$2" vdevctl find "$source"
	compare_shown "$1: vdevctl -j dev show / devlink" "show-$1" "devlink-$1" show show-devlink
	compare_shown "$1: vdevctl dev list / devlink" "list-$1" "devlink-$1" list show-devlink
}

with_vdpa()
{
	program "vdpa-$1" "$2" vdpa -j dev show
	program "config-$1" "$2" vdpa -j dev config show
	program "show-vdpa-$1" "$2" vdevctl -j dev show bus vdpa
	program "list-vdpa-$1" "$2" vdevctl dev list bus vdpa
	compare_shown "$1: vdevctl -j dev show / vdpa dev show" "show-vdpa-$1" "vdpa-$1" show show-vdpa
	compare_shown "$1: vdevctl -j dev show / ... config show" "show-vdpa-$1" "config-$1" show show-vdpa
	compare_shown "$1: vdevctl dev list / vdpa dev show" "list-vdpa-$1" "vdpa-$1" list show-vdpa
}

with_mdev()
{
	program "mdev-$1" "$2" mdevctl list
	program "show-mdev-$1" "$2" vdevctl -j dev show bus mdev
	program "list-mdev-$1" "$2" vdevctl dev list bus mdev
	compare_shown "$1: vdevctl -j dev show / mdevctl list" "show-mdev-$1" "mdev-$1" show show-mdevctl
	compare_shown "$1: vdevctl dev list / mdevctl list" "list-mdev-$1" "mdev-$1" list show-mdevctl
}

# The file of a boot unit, nearly as long as it can be; the types are of no other test.
ceilings()
{
	local file number
	file=$(mktemp)
	for number in $(seq 0 $((CEILINGS - 1))); do
		echo "sim/limited/t$number max-version 2.1"
	done >"$file"
	simulate $CEILINGS limited
	columns "$CEILINGS ceilings, $CEILINGS types and as many devices"
	program load 3 vdevctl type load "$file"
	program ceilings 5 vdevctl type ceilings
}

main()
{
	declare -gA measured
	declare -ga short=()
	make -s -C "$VDEV_TOP/tests/bench" >&2
	compared=$(mktemp)
	source=$(mktemp --suffix=.json)
	printf 'Linux %s, %s processors\n' "$(uname -r)" "$(nproc)"
	load_vdev sim mdev
	load_realdevs netdevsim
	load_module mdev
	insmod "$VDEV_BUILD/test-modules/$VDEV_KERNEL/vdev_test_mdev.ko" instances=10000
	if has_vdpa; then
		load_realdevs vdpa_sim_net
		load_vdev vdpa
	fi
	start_up
	each_count mdev
	rmmod vdev_test_mdev
	ceilings
	"$BENCH" command "reset" >/dev/null
	each_count netdevsim
	"$BENCH" command "reset" >/dev/null
	! has_vdpa || each_count vdpa
	heading "vdevctl / the other tool: time, memory, and what is aimed at"
	printf '%-42s %6s %6s %6s %6s %6s\n' "" min median CPU median memory
	cat "$compared"
	[ ${#short[@]} -eq 0 ] || printf '%s\n' "" "${short[@]}"
}

main
