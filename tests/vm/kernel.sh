#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: kernel.sh FLAVOUR
#
# Make a stock Debian kernel of that flavour (6.1, 6.12 or newest) available in the
# cache: image, modules and headers, unpacked and not installed. Prints
# KEY='value' lines for a shell to eval. The version is chosen once per cache;
# later runs need no network.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# The packages that make up $release of $flavour; since 6.19 the image package
# is empty and names three others.
kernel_packages()
{
	local name names kbuild=linux-kbuild-${release%-amd64}
	case $flavour in
	6.1)	kbuild=linux-kbuild-6.1; names="image" ;;
	6.12)	names="image" ;;
	*)	names="base binary modules" ;;
	esac
	for name in $names headers; do
		printf 'linux-%s-%s=%s\n' "$name" "$release" "$version"
	done
	printf '%s=%s\n' "linux-headers-${release%-amd64}-common" "$version" \
		"$kbuild" "$version"
}

# The headers name each other by absolute path; this tree is somewhere else.
relocate_headers()
{
	local release=$2 final=$3
	sed -i "s,/usr/src/,$final/usr/src/,g" \
		"$1/usr/src/linux-headers-$release/Makefile"
	ln -sfn "../../../src/linux-headers-$release" "$1/usr/lib/modules/$release/build"
	rm -f "$1/usr/lib/modules/$release/source"
}

find_image()
{
	local f
	for f in "$1/boot/vmlinuz-$2" "$1/usr/lib/modules/$2/vmlinuz"; do
		[ ! -f "$f" ] || { printf '%s\n' "${f#"$1"/}"; return 0; }
	done
	die "kernel $2 holds no vmlinuz"
}

# number FILE OFFSET BYTES: an unsigned number in a file.
number()
{
	od -An -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '
}

# unpack_image VMLINUZ VMLINUX: QEMU starts an uncompressed kernel directly, which
# saves an emulated machine 1 to 3 seconds. The offsets are those of the x86 boot
# protocol: setup_sects, payload_offset and payload_length (the last four bytes
# are the unpacked size).
unpack_image()
{
	local start length
	start=$((($(number "$1" 0x1f1 1) + 1) * 512 + $(number "$1" 0x248 4)))
	length=$(($(number "$1" 0x24c 4) - 4))
	tail -c +$((start + 1)) "$1" | head -c "$length" >"$2.packed" || [ $? -eq 141 ]
	case $(od -An -t x1 -N 4 "$2.packed" | tr -d ' ') in
	28b52ffd) zstd -qdc "$2.packed" >"$2" ;;
	fd377a58) xz -dc "$2.packed" >"$2" ;;
	*)	die "cannot unpack $1" ;;
	esac
	rm "$2.packed"
}

make_kernel()
{
	local tmp=$1 package version release packages series
	series=$(flavour_series "$flavour")
	apt_refresh
	read -r package version <<<"$(apt_newest "$suite" \
		"linux-headers-${series//./\\.}\\.[0-9.]+(\\+[^-]*|-[0-9]+)?-amd64")"
	[ -n "$package" ] || die "$suite offers no kernel $series"
	release=${package#linux-headers-}
	mapfile -t packages < <(kernel_packages)
	apt_unpack "$tmp" "${packages[@]}"
	merge_usr "$tmp"
	relocate_headers "$tmp" "$release" "$dir"
	depmod -b "$tmp" "$release"
	unpack_image "$tmp/$(find_image "$tmp" "$release")" "$tmp/vmlinux"
	printf '%s\n' "$release" >"$tmp/.release"
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	flavour=$1
	suite=$(flavour_suite "$flavour")
	dir=$(flavour_dir kernel "$flavour")
	make_once "$dir" make_kernel

	local release
	release=$(cat "$dir/.release")
	printf "%s='%s'\n" \
		KERNEL_FLAVOUR "$flavour" \
		KERNEL_RELEASE "$release" \
		KERNEL_ROOT "$dir" \
		KERNEL_IMAGE "$dir/vmlinux" \
		KERNEL_MODULES "$dir/usr/lib/modules/$release" \
		KERNEL_HEADERS "$dir/usr/src/linux-headers-$release"
}

main "$@"
