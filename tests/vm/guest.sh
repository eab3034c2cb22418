# shellcheck shell=dash
# SPDX-License-Identifier: GPL-2.0
#
# For jobs that run in a test guest: load our modules and the kernel's own
# simulated devices, each with what it depends on. Sourced, by sh or bash.
# run.sh sets VDEV_MODULES (our .ko), VDEV_REALDEVS (theirs), VDEV_KERNEL (the
# flavour), VDEV_RESULTS (writable, kept by the host), VDEV_BUILD and VDEV_TOP.

VDEV_REALDEV_MODULES="vdpa_sim_net vdpa_sim_blk mtty mdpy netdevsim"

guest_die()
{
	echo "guest: $*" >&2
	exit 1
}

module_loaded()
{
	[ -d "/sys/module/$(echo "$1" | tr - _)" ]
}

# load_module NAME [PARAMETER...]: from our folder, from the folder of the
# kernel's own devices, or from the kernel; dependencies first.
load_module()
{
	local name="$1" dir ko="" dep
	shift
	module_loaded "$name" && return 0
	for dir in "$VDEV_MODULES" "$VDEV_REALDEVS"; do
		if [ -f "$dir/$name.ko" ]; then
			ko=$dir/$name.ko
			break
		fi
	done
	if [ -z "$ko" ]; then
		modprobe "$name" "$@"
		return
	fi
	for dep in $(modinfo -F depends "$ko" | tr , ' '); do
		load_module "$dep" || return
	done
	insmod "$ko" "$@"
}

# load_vdev [vdpa|mdev|sim|example|sysfs...]: the core and the parts named.
load_vdev()
{
	local part
	load_module vdev || guest_die "vdev.ko does not load"
	for part in "$@"; do
		load_module "vdev_$part" || guest_die "vdev_$part.ko does not load"
	done
}

# Remove all of our modules; fails if one is in use.
unload_vdev()
{
	local name
	for name in $(lsmod | awk '$1 ~ /^vdev_/ && $1 != "vdev_genl" {print $1}') \
		vdev vdev_genl; do
		! module_loaded "$name" || rmmod "$name" || return
	done
}

# core_leaks: of what the core said each time that it was unloaded, what was allocated and
# not freed. It fails if the core said nothing.
core_leaks()
{
	local said
	said=$(dmesg | sed -n 's/.*vdev: unloaded, \(.*\)/\1/p')
	[ -n "$said" ] || return
	printf '%s\n' "$said" | awk 'NF != 10 || $1 != $4 || $6 != $9'
}

# have_realdev MODULE: was it built by realdevs.sh, or is it the kernel's?
have_realdev()
{
	[ -f "$VDEV_REALDEVS/$1.ko" ] || modinfo -n "$1" >/dev/null 2>&1
}

# load_realdevs [MODULE...]: the kernel's own devices, all of them by default
# (those that this kernel has).
load_realdevs()
{
	local name
	if [ $# -eq 0 ]; then
		for name in $VDEV_REALDEV_MODULES; do
			! have_realdev "$name" || set -- "$@" "$name"
		done
	fi
	[ $# -gt 0 ] || guest_die "no devices in $VDEV_REALDEVS: run tests/vm/realdevs.sh $VDEV_KERNEL on the host"
	for name in "$@"; do
		load_module "$name" || guest_die "$name does not load"
	done
}

has_vdpa()
{
	have_realdev vdpa_sim
}

# pci_pf: the address of the PCI device that can have virtual functions.
pci_pf()
{
	local file
	for file in /sys/bus/pci/devices/*/sriov_totalvfs; do
		[ -e "$file" ] || guest_die "no virtual functions here: run.sh --devices vfio"
		basename "${file%/*}"
		return
	done
}

# make_vfs COUNT: have so many virtual functions, without a driver; their addresses in
# order. 0 for none. Which can be had, the driver of NVMe says.
make_vfs()
{
	local pf link
	load_module nvme || guest_die "nvme does not load"
	pf=/sys/bus/pci/devices/$(pci_pf)
	echo 0 >"$pf/sriov_drivers_autoprobe"
	echo 0 >"$pf/sriov_numvfs"
	echo "$1" >"$pf/sriov_numvfs" || guest_die "no $1 virtual functions"
	for link in "$pf"/virtfn*; do
		[ ! -e "$link" ] || basename "$(readlink "$link")"
	done
}

# pci_unbind ADDRESS: no driver is bound to that device.
pci_unbind()
{
	local link=/sys/bus/pci/devices/$1/driver
	[ ! -e "$link" ] || echo "$1" >"$link/unbind"
}

# pci_bind ADDRESS DRIVER: bind a driver to that device, whatever that is.
pci_bind()
{
	local dev=/sys/bus/pci/devices/$1
	load_module "$2" || guest_die "$2 does not load"
	pci_unbind "$1"
	echo "$2" >"$dev/driver_override"
	echo "$1" >/sys/bus/pci/drivers_probe
	[ "$dev/driver" -ef "/sys/bus/pci/drivers/$2" ] ||
		guest_die "$2 does not take $1"
}
