#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: kernel.sh FLAVOUR
#
# Make a stock Debian kernel of that flavour (6.1, 6.12 or 7.2) available in the
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

# Old images hold /lib/modules, new ones /usr/lib/modules: make both work.
merge_usr()
{
	local root=$1
	if [ -d "$root/lib" ]; then
		mkdir -p "$root/usr/lib"
		cp -al "$root/lib/." "$root/usr/lib/"
		rm -rf "${root:?}/lib"
	fi
	ln -s usr/lib "$root/lib"
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

make_kernel()
{
	local tmp=$1 package version release packages
	apt_refresh
	read -r package version <<<"$(apt_newest "$suite" \
		"linux-headers-${flavour//./\\.}\\.[0-9.]+(\\+[^-]*|-[0-9]+)?-amd64")"
	[ -n "$package" ] || die "$suite offers no kernel $flavour"
	release=${package#linux-headers-}
	mapfile -t packages < <(kernel_packages)
	apt_unpack "$tmp" "${packages[@]}"
	merge_usr "$tmp"
	relocate_headers "$tmp" "$release" "$dir"
	depmod -b "$tmp" "$release"
	find_image "$tmp" "$release" >"$tmp/.image"
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
		KERNEL_IMAGE "$dir/$(cat "$dir/.image")" \
		KERNEL_MODULES "$dir/usr/lib/modules/$release" \
		KERNEL_HEADERS "$dir/usr/src/linux-headers-$release"
}

main "$@"
