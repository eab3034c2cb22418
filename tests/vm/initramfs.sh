#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: initramfs.sh FLAVOUR|FOLDER
#
# Build (once, in the cache) the small initramfs that a guest of that kernel
# (or with the kernel that is installed in FOLDER) starts from: busybox, the modules for 9p and overlay, and the two
# halves of its init. Prints its path. A changed init gives another file.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

NEEDED="virtio_pci 9pnet_virtio 9p overlay"

# The files of the modules named, dependencies first.
module_files()
{
	local m
	for m in $NEEDED; do
		modprobe -d "$KERNEL_ROOT" -S "$KERNEL_RELEASE" --show-depends "$m"
	done | awk '$1 == "insmod" && !seen[$2]++ {print $2}'
}

copy_module()
{
	local to=$2/${1##*/}
	case $1 in
	*.xz)	xz -dc "$1" >"${to%.xz}" ;;
	*.zst)	zstd -qdc "$1" >"${to%.zst}" ;;
	*)	cp "$1" "$to" ;;
	esac
}

fill_tree()
{
	local tree=$1 n=10 file
	mkdir -p "$tree/bin" "$tree/modules" "$tree/proc" "$tree/sys" "$tree/dev"
	cp "$(command -v busybox)" "$tree/bin/busybox"
	cp "$here/init" "$here/init-job" "$tree/"
	for file in $(module_files); do
		mkdir "$tree/modules/$n"
		copy_module "$file" "$tree/modules/$n"
		n=$((n + 1))
	done
}

make_initramfs()
{
	fill_tree "$1/tree"
	(cd "$1/tree" && find . -print0 | LC_ALL=C sort -z |
		cpio --quiet -0 -o -H newc) >"$1/initramfs.cpio"
	rm -rf "$1/tree"
}

main()
{
	local key dir
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	here=$VDEV_TOP/tests/vm
	use_kernel "$1"
	key=$({ cat "$here"/init "$here"/init-job "$here/initramfs.sh" "$(command -v busybox)"
		echo "$KERNEL_RELEASE"; } | sha256sum | cut -c1-12)
	dir=$VDEV_CACHE/initramfs/${KERNEL_ROOT##*/}-$key
	make_once "$dir" make_initramfs
	printf '%s\n' "$dir/initramfs.cpio"
}

main "$@"
