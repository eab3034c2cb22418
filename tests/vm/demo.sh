#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The demo's part that runs in a guest: devices that know nothing of vdev are
# created with the tools of their own buses and seen, with their types, through
# one family, which reports changes as they happen and judges whether one can load
# the state of another. Every command is shown before it runs; the first one that
# fails ends the demo.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

UUID=c0ffee00-1c45-4b3f-9d37-0e5a1c2b3d4e

note()
{
	printf '\n# %s\n' "$*"
}

# run COMMAND: show it, then do it.
run()
{
	printf '$ %s\n' "$1"
	bash -o pipefail -c "$1"
}

# reject COMMAND: show it; it must fail, and say why.
reject()
{
	printf '$ %s\n' "$1"
	if bash -c "$1"; then
		guest_die "this should have been rejected: $1"
	fi
}

# verdict STATUS COMMAND: show it; its exit status is the answer.
verdict()
{
	local status=0
	printf '$ %s\n' "$2"
	bash -o pipefail -c "$2" || status=$?
	[ "$status" -eq "$1" ] || guest_die "exit status $status, not $1: $2"
}

load()
{
	note "The kernel's own devices, and vdev with the bridges that follow their buses"
	load_realdevs mtty mdpy
	! has_vdpa || load_realdevs vdpa_sim_net vdpa_sim_blk
	load_vdev mdev vfio
	! has_vdpa || load_vdev vdpa
	run "uname -r"
	run "lsmod | grep -E '^(vdev|vdpa|mdev|mtty|mdpy|vfio)'"
}

# seen PATTERN: what the monitor prints, up to the line that is like it.
seen()
{
	local line
	while IFS= read -r -t 30 line <&"$events"; do
		printf '  %s\n' "$line"
		[[ ! $line =~ $1 ]] || return 0
	done
	guest_die "the monitor says nothing of '$1'"
}

events()
{
	has_vdpa || return 0
	note "A device comes, is bound to a driver, and goes, as vdevctl monitor reports it"
	printf '$ vdevctl monitor &\n'
	exec {events}< <(exec vdevctl monitor)
	seen "^synced"
	run "vdpa dev add name eve0 mgmtdev vdpasim_net mac 52:54:00:12:34:56"
	seen "param mtu"
	run "modprobe vhost_vdpa"
	seen "bound-driver: set"
	run "rmmod vhost_vdpa"
	seen "bound-driver: cleared"
	run "vdpa dev del eve0"
	seen "^del device vdpa/eve0"
	exec {events}<&-
}

vdpa_devices()
{
	has_vdpa || return 0
	note "Two vdpa devices, made with iproute2's own tool, which shows them so"
	run "vdpa dev add name net0 mgmtdev vdpasim_net mac 52:54:00:12:34:56 mtu 1400"
	run "vdpa dev add name blk0 mgmtdev vdpasim_blk"
	run "vdpa dev show net0"
	run "vdpa dev config show net0"
	note "The same facts from vdev, each with the rule by which it is judged"
	run "vdevctl dev show vdpa/net0"
}

mdev_devices()
{
	note "A mediated device, made with mdevctl, which shows it so"
	run "mdevctl start --uuid $UUID --parent mtty --type mtty-1"
	run "mdevctl list"
	note "The same from vdev, and what else its parent could create"
	run "vdevctl dev show mdev/$UUID"
	run "vdevctl type show parent mtty/mtty"
}

virtual_functions()
{
	local pf function
	note "A virtual function of NVMe, given to vfio-pci in sysfs"
	run "modprobe -a nvme vfio-pci"
	pf=/sys/bus/pci/devices/$(pci_pf)
	run "echo 0 >$pf/sriov_drivers_autoprobe"
	run "echo 2 >$pf/sriov_numvfs"
	function=$(basename "$(readlink "$pf/virtfn0")")
	run "echo vfio-pci >$pf/virtfn0/driver_override"
	run "echo $function >/sys/bus/pci/drivers_probe"
	note "vfio-pci cannot migrate it, and vdev says so"
	run "vdevctl dev show pci/$function"
	run "vdevctl type show parent pci/${pf##*/}"
}

profiled()
{
	# mtty of 6.1 cannot be migrated.
	[ "$VDEV_KERNEL" != 6.1 ] || return 0
	note "mtty declares nothing. A profile says what it checks: then it is judged"
	verdict 3 "vdevctl check mdev/$UUID mtty/mtty/mtty-1"
	run "vdevctl profile load $VDEV_TOP/packaging/profiles.d/mtty.json"
	verdict 0 "vdevctl check mdev/$UUID mtty/mtty/mtty-1"
	verdict 2 "vdevctl check mdev/$UUID mtty/mtty/mtty-2"
	run "vdevctl profile del --all"
}

all_devices()
{
	note "All devices of all buses in one answer, for people and for programs"
	run "vdevctl dev show"
	run "vdevctl dev list"
	run "vdevctl dev show device-api vfio-pci"
	run "vdevctl -p dev show vdpa/net0 | sed -n 1,40p"
}

# same WHAT VALUE VALUE: two tools must agree.
same()
{
	if [ "$2" != "$3" ]; then
		guest_die "$1: '$2' from the bus's own tool, '$3' from vdevctl"
	fi
	printf '  %-20s %s\n' "$1" "$3"
}

# their QUERY / ours QUERY: one fact of net0 as either tool has it in JSON.
their()
{
	vdpa -j dev config show net0 | fact "d['config']['net0']$1"
}

ours()
{
	vdevctl -j dev show vdpa/net0 | fact "$1"
}

fact()
{
	python3 -c "
import json, sys
d = json.load(sys.stdin)
record = d['dev'][0]['record'] if 'dev' in d else None
value = lambda those, name: next(one['value'] for one in those if one['name'] == name)
param = lambda name: value(record['params'], name)
info = lambda name: value(d['dev'][0]['info'], name)
print($1)"
}

agreement()
{
	has_vdpa || return 0
	note "Do vdpa and vdevctl agree on net0?"
	same mac "$(their "['mac']")" "$(ours "info('mac')['string']")"
	same mtu "$(their "['mtu']")" "$(ours "param('mtu')['u64']")"
}

judgement()
{
	has_vdpa || return 0
	note "Can net1 or net2 load the state of net0? And the other way round?"
	run "vdpa dev add name net1 mgmtdev vdpasim_net mac 52:54:00:65:43:21 mtu 1400"
	run "vdpa dev add name net2 mgmtdev vdpasim_net mac 52:54:00:12:34:56 mtu 9000"
	verdict 0 "vdevctl check vdpa/net0 vdpa/net1"
	verdict 2 "vdevctl check vdpa/net0 vdpa/net2"
	verdict 2 "vdevctl check --both --explain vdpa/net0 vdpa/net2"
	note "Which of all devices and types can?"
	verdict 0 "vdevctl find vdpa/net0"
}

created()
{
	has_vdpa || return 0
	note "A device that takes the state of net0, made at once; or what stands in the way"
	run "vdevctl parent show vdpasim_net"
	run "vdevctl dev add vdpasim_net like vdpa/net0 name net3 param mac 52:54:00:12:34:57"
	verdict 0 "vdevctl check vdpa/net0 vdpa/net3"
	verdict 2 "vdevctl dev add vdpasim_blk like vdpa/net0"
	verdict 2 "vdevctl suggest vdpa/net0 vdpa/net2"
	run "vdevctl dev del vdpa/net3"
}

carrying()
{
	has_vdpa || return 0
	note "What net0 declares travels as a document, or as one word"
	run "vdevctl dev export vdpa/net0 >/tmp/net0.json"
	run "cut -c1-160 /tmp/net0.json"
	verdict 0 "vdevctl check /tmp/net0.json vdpa/net1"
	run "vdevctl dev export vdpa/net2 --token >/tmp/net2"
	run "cut -c1-76 /tmp/net2"
	verdict 2 "vdevctl check --offline /tmp/net0.json /tmp/net2"
	verdict 2 "vdevctl check --offline \$(cat /tmp/net2) /tmp/net0.json"
	note "Which hosts can take the devices of which? Each file is one host"
	run "vdevctl dev export >/tmp/here.json"
	verdict 0 "vdevctl matrix /tmp/net0.json -- /tmp/here.json"
	verdict 3 "vdevctl matrix /tmp/net0.json /tmp/here.json"
}

# A device that a program makes, which then stops in the midst of an answer.
silence()
{
	local daemon node
	has_vdpa || return 0
	note "A program makes a device, and stops: who reads is answered all the same"
	run "modprobe -a vduse vhost_vdpa"
	echo 100 >/sys/module/vdev/parameters/poll_ms
	exec {daemon_in}> >(exec python3 -B "$VDEV_TOP/tests/realdev/vduse.py" \
		user0 1 $((1 << 32 | 1 << 33)) 00 >/tmp/daemon)
	daemon=$!
	wait_for "a device of the program" grep -q ready /tmp/daemon
	run "vdpa dev add name user0 mgmtdev vduse"
	run "kill -STOP $daemon		# the program"
	node=$(ls -d /sys/bus/vdpa/devices/user0/vhost-vdpa-*)
	printf '$ cat /dev/%s &\n' "${node##*/}"
	cat "/dev/${node##*/}" >/dev/null 2>&1 &
	wait_for "a device that is stale" is_stale user0
	run "vdevctl dev show vdpa/user0"
	run "vdevctl stats show"
	run "kill -CONT $daemon"
	wait_for "a device that answers" is_fresh user0
	exec {daemon_in}>&-
	echo 1000 >/sys/module/vdev/parameters/poll_ms
	run "vdpa dev del user0"
}

is_stale()
{
	vdevctl dev show "vdpa/$1" | grep -q stale
}

is_fresh()
{
	! is_stale "$1"
}

# wait_for WHAT COMMAND...: at most ten seconds.
wait_for()
{
	local what=$1 tries=200
	shift
	while ! "$@"; do
		[ $((tries -= 1)) -gt 0 ] || guest_die "there is not $what"
		sleep 0.05
	done
}

removal()
{
	note "Gone from their bus, gone from vdev"
	run "echo 0 >/sys/bus/pci/devices/$(pci_pf)/sriov_numvfs"
	run "mdevctl stop --uuid $UUID"
	reject "vdevctl dev show mdev/$UUID"
	if has_vdpa; then
		run "vdpa dev del net0"
		run "vdpa dev del net1"
		run "vdpa dev del net2"
		run "vdpa dev del blk0"
	fi
	run "vdevctl dev show"
	run "rmmod vdev_vfio vdev_mdev $(! has_vdpa || echo vdev_vdpa) vdev"
}

load
events
vdpa_devices
mdev_devices
virtual_functions
all_devices
agreement
judgement
created
profiled
carrying
silence
removal
