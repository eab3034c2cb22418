#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: realdevs.sh FLAVOUR
#
# Build the kernel's own simulated devices, unmodified, against that kernel:
# vdpa_sim with its net and block devices, the mdev samples mtty, mdpy and
# mbochs, and netdevsim; and two of its VFIO drivers for devices of one vendor, which
# can be bound to any PCI device. Debian builds none of them. They are made once, in the
# cache; prints the folder that holds the .ko files, each named after its module. Kernel
# 6.1 has no vdpa and no VFIO driver for virtio; the debug kernels have the simulated
# devices among their own modules.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

OPTIONS="CONFIG_SAMPLE_VFIO_MDEV_MTTY=m CONFIG_SAMPLE_VFIO_MDEV_MDPY=m
	CONFIG_SAMPLE_VFIO_MDEV_MBOCHS=m CONFIG_NETDEVSIM=m"
VFIO_OPTIONS="CONFIG_MLX5_VFIO_PCI=m CONFIG_VIRTIO_VFIO_PCI=m"
VDPA_OPTIONS="CONFIG_VDPA_SIM=m CONFIG_VDPA_SIM_NET=m CONFIG_VDPA_SIM_BLOCK=m"

has_vdpa()
{
	grep -q '^CONFIG_VDPA=[my]' "$KERNEL_HEADERS/.config"
}

copy_vfio_drivers()
{
	local name
	for name in mlx5 virtio; do
		[ -d "$source/drivers/vfio/pci/$name" ] || continue
		cp -r "$source/drivers/vfio/pci/$name" "$1/"
		echo "obj-m += $name/" >>"$1/Kbuild"
	done
}

copy_drivers()
{
	cp -r "$source/samples/vfio-mdev" "$source/drivers/net/netdevsim" "$1/"
	echo 'obj-m += vfio-mdev/ netdevsim/' >"$1/Kbuild"
	copy_vfio_drivers "$1"
	has_vdpa || return 0
	mkdir "$1/vringh"
	cp "$source/drivers/vhost/vringh.c" "$1/vringh/"
	echo 'obj-m := vringh.o' >"$1/vringh/Kbuild"
	cp -r "$source/drivers/vdpa/vdpa_sim" "$1/"
	echo 'obj-m += vringh/ vdpa_sim/' >>"$1/Kbuild"
}

make_realdevs()
{
	local tmp=$1 options="$OPTIONS $VFIO_OPTIONS" file
	! has_vdpa || options+=" $VDPA_OPTIONS"
	mkdir "$tmp/build"
	copy_drivers "$tmp/build"
	say "building the kernel's own devices for $KERNEL_RELEASE"
	# shellcheck disable=SC2016,SC2086 # expanded where the build runs; a list
	"$VDEV_TOP/tests/vm/build-env.sh" "$flavour" "$tmp/build" sh -c '
		exec make --no-print-directory -s -j"$(nproc)" -C "$KERNEL_HEADERS" \
			M="$PWD" "$@" modules' make $options >&2
	find "$tmp/build" -name '*.ko' -exec strip -g {} + -exec mv -t "$tmp" {} +
	for file in "$tmp"/*-*.ko; do
		mv "$file" "$tmp/$(basename "$file" | tr - _)"
	done
	rm -rf "$tmp/build"
}

main()
{
	local flavour dir source
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	flavour=$1
	if is_debug "$flavour"; then
		use_kernel "$flavour"
		printf '%s\n' "$KERNEL_MODULES"
		return
	fi
	dir=$(flavour_dir realdevs "$flavour")
	MADE_WITH=$(cksum <"$VDEV_TOP/tests/vm/realdevs.sh")
	if ! made_here "$dir"; then
		use_kernel "$flavour"
		source=$("$VDEV_TOP/tests/vm/source.sh" "$flavour")
		make_once "$dir" make_realdevs
	fi
	printf '%s\n' "$dir"
}

main "$@"
