#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel debug tests/vm/debug-end.sh tests/fault/run.sh [PATTERN]
#
# Runs in a guest whose kernel has fault injection: let the first, the second,
# the third... allocation of each operation below fail, until it is through.
# Each failure is reported, leaves nothing behind, and does not harm the next try.
# fault.c does it; what was leaked is for debug-end.sh to find. The output
# is KTAP, with the number of points of each operation.
# shellcheck disable=SC2317 # cases are called by name

set -eu

KSFT=$("$VDEV_TOP/tests/vm/source.sh" 6.12)/tools/testing/selftests
# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"
# shellcheck source=../kselftest/lib/lib.sh
. "$VDEV_TOP/tests/kselftest/lib/lib.sh"

FAULT=${VDEV_BUILD:-$VDEV_TOP/build}/fault/fault
FAILSLAB=/sys/kernel/debug/failslab
MTTY=/sys/class/mdev_bus/mtty/mdev_supported_types/mtty-1
UUID=83b8f4f2-509f-382f-3c1e-e6bfe0fa1001

# Name | what of vdev is loaded | undo | operation of fault.c
# An undo is an operation, too, or a command; @ is in place of a newline, - of no undo.
# "all" is the simulator and the bridges, and stays from one case to the next: loading it takes
# a debug kernel most of a minute; "none" is nothing at all. "ours" is all, and only such
# allocations fail that the core asked for, directly or not: vdpa_sim does not survive the
# failure of its own, and netlink's answer to what was done can get lost.
operations()
{
	cat <<-END
	get a device | all | - | get dev sim d0
	get a device that is not there | all | - | get-absent dev sim none
	get a type | all | - | get type sim gpu0 i915-GVTg_V5_4
	dump all devices | all | - | dump dev
	dump all types | all | - | dump type
	dump the devices of a parent | all | - | dump dev sim gpu0
	check a record | all | - | check record sim j0 sim d0
	check a device | all | - | check local sim j0 sim y
	find for a record | all | - | find record sim j0
	find for a device | all | - | find local sim j0
	sim: dev add | all | write $SIM/control dev del x@ | write $SIM/control dev add x parent=gpu0 type=i915-GVTg_V5_8@
	sim: dev add, several | all | write $SIM/control dev del x*@ | write $SIM/control dev add x count=3 driver=d feature=f,supported=ff@
	sim: dev set | all | write $SIM/control dev set d0 info-=i@ | write $SIM/control dev set d0 info=i,value=u64:1@
	sim: dev set, several | all | write $SIM/control dev set d1* info-=i@ | write $SIM/control dev set d1* info=i,value=u64:1@
	sim: dev set, a contract of its own | all | write $SIM/control dev set d0 -blocker@ | write $SIM/control dev set d0 blocker=b,reason=r@
	sim: dev set, several to one contract | all | write $SIM/control dev set d1* -blocker@ | write $SIM/control dev set d1* blocker=b,reason=r@
	sim: dev del | all | write $SIM/control dev add y driver=d@ | write $SIM/control dev del y@
	sim: type add | all | write $SIM/control type del gpu0 t@ | write $SIM/control type add gpu0 t model=m,accept=n@
	sim: type set | all | write $SIM/control type set gpu0 *_8 info-=i@ | write $SIM/control type set gpu0 *_8 info=i,value=u64:1@
	sim: parent add | all | write $SIM/control parent del gpu1@ | write $SIM/control parent add gpu1 i915-gvtg@
	create a device | ours | dev-del x | dev-new offers t x
	configure a device | ours | dev-set o 2 | dev-set o 3
	remove a device | ours | dev-new offers t r | dev-del r
	set a ceiling | ours | type-reset offers t | type-set offers t 3
	replace a ceiling | ours | type-set limited t 2 | type-set limited t 3
	reset a ceiling | ours | type-set limited t 2 | type-reset limited t
	dump all ceilings | all | - | ceiling-dump
	get what is counted | all | - | stats sim j0
	dump what is counted | all | - | stats-dump
	sim: dev set, counters | all | write $SIM/control dev set j0 counter-=c@ | write $SIM/control dev set j0 counter=c,value=1@
	get a profile | all | - | profile-get p
	dump all profiles | all | - | profile-dump
	set a profile | ours | profile-del q | profile-set q h m
	replace a profile | ours | profile-set p e m | profile-set p e n
	delete a profile | ours | profile-set p e m | profile-del p
	sim: dev add, with a profile | all | write $SIM/control dev del x@ | write $SIM/control dev add x driver=e@
	sim: dev set, with a profile | all | write $SIM/control dev set e0 info-=i@ | write $SIM/control dev set e0 info=i,value=u64:1@
	load the core | none | rmmod vdev | insmod $VDEV_MODULES/vdev.ko
	load the simulator | core | rmmod vdev_sim | insmod $VDEV_MODULES/vdev_sim.ko
	load the example | core | rmmod vdev_example | insmod $VDEV_MODULES/vdev_example.ko
	load the mdev bridge | core | rmmod vdev_mdev | insmod $VDEV_MODULES/vdev_mdev.ko
	load the vdpa bridge | core | rmmod vdev_vdpa | insmod $VDEV_MODULES/vdev_vdpa.ko
	create an mdev | ours | mdev_remove $UUID | write $MTTY/create $UUID
	create a vdpa device | ours | vdpa dev del fault1 | vdpa-add fault1 vdpasim_net
	END
}

sim()
{
	printf '%s\n' "$*" >"$SIM/control"
}

mdev_remove()
{
	echo 1 >"/sys/bus/mdev/devices/$1/remove"
}

# load_profile NAME DRIVER
load_profile()
{
	printf '{"format":"vdev","format-version":1,"profiles":[{"name":"%s","driver":"%s",
		"migration":"supported","record":{"model":{"value":"m"}}}]}' "$1" "$2" |
		vdevctl profile load --replace -
}
export -f mdev_remove

# Devices for more than one buffer, some of them with a parent and a type.
populate()
{
	sim parent add gpu0 i915-gvtg
	sim dev add d count=60 driver=d feature=f,supported=ff/4096
	sim dev add g count=3 parent=gpu0 type=i915-GVTg_V5_8
	sim dev add y driver=d
	sim parent add offers plain units=9
	sim type add offers t operations=create+configure+remove \
		param=p,value=u64:1,off=u64:0,flags=configurable
	vdevctl dev add sim/offers/t name o param p 2 >/dev/null
	vdevctl dev add sim/offers/t name r param p 1 >/dev/null
	sim parent add limited plain
	sim type add limited t param=p,value=u64:1,flags=configurable
	sim dev add l count=3 parent=limited type=t
	vdevctl type set sim/limited/t param p 0-2 >/dev/null
	sim dev add j0 migration=supported model=m,accept=n feature=f,supported=ff/128 \
		param=p,value=u64:1 version=v,flags=accept software-version=1.2.3 \
		counter=a,value=1 counter=b,value=2
	sim dev add e count=3 driver=e
	sim dev add h count=3 driver=h
	load_profile p e
}

# Only what has the core on its stack may fail from now on.
only_ours()
{
	local last
	last=$(awk '$4 == "[vdev]" && tolower($2) == "t" { print $1 }' /proc/kallsyms |
		sort | tail -n 1)
	[ -n "$last" ] || fail "no symbols of the core"
	cat /sys/module/vdev/sections/.text >"$FAILSLAB/require-start"
	printf '0x%x\n' $((0x$last + 4096)) >"$FAILSLAB/require-end"
	defer all_of_them
}

all_of_them()
{
	echo 0 >"$FAILSLAB/require-start"
	echo 0xffffffffffffffff >"$FAILSLAB/require-end"
}

# load_only none|core|all: what of vdev is there, with what to try it on.
load_only()
{
	unload_vdev
	case $1 in
	none)	;;
	core)	load_vdev ;;
	all)	load_vdev sim mdev vdpa; populate ;;
	esac
}

# begin none|core|all: that is loaded, and as at first. So it is after an operation with the
# same that went well: fault.c has seen to it.
begin()
{
	local last=""
	[ ! -f "$work/loaded" ] || read -r last <"$work/loaded" || :
	: >"$work/loaded"
	[ "$last" = "$1" ] || load_only "$1"
}

# try NUMBER: the operation of that number.
try()
{
	local name loaded undo words
	IFS='|' read -r name loaded undo words <<<"${table[$1]}"
	loaded=${loaded// } undo=${undo# } undo=${undo% }
	[ "$undo" != - ] || undo=
	begin "${loaded/ours/all}"
	[ "$loaded" != ours ] || only_ours
	read -ra words <<<"$words"
	if [ "${words[0]}" = write ]; then
		words=(write "${words[1]}" "${words[*]:2}")
		words[2]=${words[2]/@/$'\n'}
	fi
	timeout --foreground 1500 "$FAULT" -u "${undo/@/$'\n'}" "${words[@]}" >"$case_dir/said" || {
		cat "$case_dir/said"
		return 1
	}
	echo "# ${name% }: $(<"$case_dir/said")" >&3
	echo "${loaded/ours/all}" >"$work/loaded"
}

# kmemleak takes note of each allocation with another one, which it has a reserve
# for; the failure of those tests nothing, and takes as long as all others.
all_but_kmemleak()
{
	local file
	for file in /sys/kernel/slab/*/failslab; do
		case $file in
		*/kmemleak*)	;;
		*)	echo 1 >"$file" 2>/dev/null || : ;;
		esac
	done
	echo Y >$FAILSLAB/cache-filter
}

# Live devices for the bridges; they stay until the end.
prepare()
{
	load_module mtty
	load_module vdpa_sim_net
	cat /proc/sys/kernel/random/uuid >"${MTTY%1}2/create"
	vdpa dev add name fault0 mgmtdev vdpasim_net
	# Every kind of allocation, without a line in the log for each.
	echo N >$FAILSLAB/ignore-gfp-wait
	all_but_kmemleak
	echo 0 >$FAILSLAB/verbose
	echo 0 >/sys/kernel/debug/fail_usercopy/verbose
	# Asking for the family would look for its module.
	echo >/proc/sys/kernel/modprobe
}

clean_up()
{
	local device
	unload_vdev
	for device in /sys/bus/mdev/devices/*; do
		mdev_remove "${device##*/}"
	done
	vdpa dev del fault0
}

need_program vdpa vdevctl
[ -d "$FAILSLAB" ] || skip_all "this kernel has no failslab"
mapfile -t table < <(operations)
for number in "${!table[@]}"; do
	name=${table[number]%% |*}
	# shellcheck disable=SC2254 # a pattern
	case $name in
	${1:-*})	;;
	*)	continue ;;
	esac
	eval "try_$number() { try $number; }"
	test_case "every allocation may fail: $name" "try_$number"
done
exec 3>&1
prepare
(run_cases) && rc=0 || rc=$?
clean_up
exit "$rc"
