#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR --smp 4 [--devices vfio] tests/torture/run.sh \
#		[OPERATIONS [SECONDS]]
#
# Runs in a guest: first break each invariant on purpose and see that it is detected, then change
# and read everything at once, with devices of other drivers alive and their bridges coming and
# going, until OPERATIONS are done (100,000 by default), within SECONDS. Virtual functions come
# and go meanwhile, if the guest can have any. The output is KTAP.

# shellcheck disable=SC2317 # cases are called by name

set -eu

KSFT=$("$VDEV_TOP/tests/vm/source.sh" 6.12)/tools/testing/selftests
# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"
# shellcheck source=../kselftest/lib/lib.sh
. "$VDEV_TOP/tests/kselftest/lib/lib.sh"
# shellcheck source=vfs.sh
. "$VDEV_TOP/tests/torture/vfs.sh"

TORTURE=${VDEV_BUILD:-$VDEV_TOP/build}/torture/torture
OPERATIONS=${1:-100000}
LIMIT=${2:-1200}
# What it takes to detect it is far less.
BREAK_OPERATIONS=100000
VFS_END=/run/torture-vfs-end
MTTY=/sys/class/mdev_bus/mtty/mdev_supported_types

# A device of each bus, whose bridge will come and go.
live_devices()
{
	local type
	load_module mtty
	for type in "$MTTY"/*; do
		cat /proc/sys/kernel/random/uuid >"$type/create"
	done
	bridges=(--module "$VDEV_MODULES/vdev_example.ko:vdev_example"
		--module "$VDEV_MODULES/vdev_mdev.ko:mdev")
	if has_vdpa && [ -f "$VDEV_MODULES/vdev_vdpa.ko" ]; then
		load_module vdpa_sim_net
		vdpa dev add name torture0 mgmtdev vdpasim_net
		bridges+=(--module "$VDEV_MODULES/vdev_vdpa.ko:vdpa")
	fi
	if have_vfs; then
		bridges+=(--module "$VDEV_MODULES/vdev_vfio.ko:vfio")
		start_vfs "$VFS_END"
	fi
}

remove_devices()
{
	local device
	for device in /sys/bus/mdev/devices/*; do
		echo 1 >"$device/remove"
	done
	[ ! -d /sys/bus/vdpa/devices/torture0 ] || vdpa dev del torture0
}

# Its figures are of interest also when it passes.
torture()
{
	"$TORTURE" --seed "${VDEV_SEED:-$RANDOM}" "${bridges[@]}" "$@" 2>&1 |
		tee "$case_dir/said" || return
	sed 's/^/# /' "$case_dir/said" >&3
}

# Polls are always under way.
load_all()
{
	load_vdev sim
	echo 10 >/sys/module/vdev/parameters/poll_ms
}

# The core is unloaded for its balance.
all_holds()
{
	local leaks
	set -o pipefail
	torture --operations "$OPERATIONS" --seconds "$LIMIT"
	unload_vdev
	leaks=$(core_leaks)
	expect "what was allocated and not freed" "" "$leaks"
	load_all
}
test_case "$OPERATIONS operations at the same time break no rule" all_holds

# broken NAME
broken()
{
	run "$TORTURE" "${bridges[@]}" --operations "$BREAK_OPERATIONS" --seconds 300 --break "$1"
	expect "exit status" 1 "$rc"
	expect_match "verdict" "broken: $1 " "$err"
}

while IFS=$'\t' read -r name rule; do
	eval "broken_$name() { broken $name; }"
	test_case "it is detected if it does not hold that $rule" "broken_$name"
done < <("$TORTURE" --list)

need_program vdpa
load_all
exec 3>&1
live_devices
(run_cases) && rc=0 || rc=$?
! have_vfs || stop_vfs "$VFS_END" || rc=1
remove_devices
exit "$rc"
