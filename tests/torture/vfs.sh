# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Virtual functions that come and go, and are bound to a VFIO driver and unbound, as fast
# as they can be, beside all else. Sourced by run.sh, behind guest.sh; needs a guest with
# run.sh --devices vfio.

VFS=4

have_vfs()
{
	[ -f "$VDEV_MODULES/vdev_vfio.ko" ] &&
		compgen -G '/sys/bus/pci/devices/*/sriov_totalvfs' >/dev/null
}

churn_vfs()
{
	local address
	while [ ! -e "$1" ]; do
		for address in $(make_vfs "$VFS"); do
			pci_bind "$address" vfio-pci || return
		done
		echo >>"$1.rounds"
	done
	make_vfs 0
}

# A device of the bridge that stays: what QEMU has for teaching.
bind_lasting()
{
	local id
	for id in /sys/bus/pci/devices/*/device; do
		[ "$(cat "$id")" != 0x11e8 ] || break
	done
	pci_bind "$(basename "${id%/*}")" vfio-pci
}

# start_vfs FILE: until there is such a file.
start_vfs()
{
	bind_lasting
	rm -f "$1"
	: >"$1.rounds"
	churn_vfs "$1" &
	vfs_pid=$!
}

# stop_vfs FILE: fails if something did meanwhile; says how many rounds there were.
stop_vfs()
{
	: >"$1"
	wait "$vfs_pid" || return
	echo "# $VFS virtual functions were made, bound and destroyed $(wc -l <"$1.rounds") times"
	rm -f "$1" "$1.rounds"
}
