#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: source.sh FLAVOUR
#
# Make the parts of that kernel's source that the tests use available in the
# cache (drivers of real and simulated devices, the kselftest framework, YNL and
# its schemas, checkpatch, kernel-doc), out of Debian's linux-source package.
# Prints the folder; inside it everything has its path in the kernel tree.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# Paths in the kernel tree, as tar patterns. One pass through a large archive
# finds them all, so ask for everything that any kernel version has.
WANTED="
	COPYING MAINTAINERS LICENSES/*
	Documentation/netlink/*
	drivers/vhost/*
	drivers/vdpa/vdpa_sim/*
	drivers/vfio/pci/*
	drivers/net/netdevsim/*
	samples/vfio-mdev/*
	scripts/*.pl scripts/*.sh scripts/spelling.txt scripts/kernel-doc*
	scripts/const_structs.checkpatch scripts/coccinelle/* scripts/coccicheck
	scripts/lib/* scripts/subarch.include scripts/Lindent tools/lib/python/* tools/docs/*
	tools/include/* tools/net/ynl/*
	tools/testing/selftests/kselftest/*
	tools/testing/selftests/lib.mk
	tools/testing/selftests/Makefile
	tools/testing/selftests/*.h
	tools/testing/selftests/*.sh
	tools/testing/selftests/net/lib/*
	tools/testing/selftests/net/*.sh
	tools/testing/selftests/drivers/net/netdevsim/*.sh
	tools/testing/kunit/*
"

make_source()
{
	local tmp=$1 package version pattern patterns=() series
	series=$(flavour_series "$flavour")
	apt_refresh
	read -r package version <<<"$(apt_newest "$suite" "linux-source-${series/./\\.}")"
	[ -n "$package" ] || die "$suite offers no source of kernel $series"
	for pattern in "${wanted[@]}"; do
		patterns+=("$package/$pattern")
	done
	apt_unpack "$tmp/package" "$package=$version"
	say "unpacking a part of $package $version"
	# tar is not content when a pattern matches nothing in this version.
	tar -C "$tmp" --strip-components=1 --wildcards \
		-xf "$tmp/package/usr/src/$package.tar.xz" "${patterns[@]}" 2>"$tmp/tar.log" ||
		! grep -v -e 'Not found in archive' -e 'Exiting with failure' "$tmp/tar.log" >&2 ||
		return 1
	rm -rf "$tmp/package" "$tmp/tar.log"
	[ -f "$tmp/scripts/checkpatch.pl" ] || die "$package holds no scripts"
}

main()
{
	local flavour suite dir wanted
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	flavour=$1
	suite=$(flavour_suite "$flavour")
	dir=$(flavour_dir source "$flavour")
	set -f
	# shellcheck disable=SC2206 # one pattern a word, unexpanded by set -f
	wanted=($WANTED)
	set +f
	MADE_WITH=$(printf '%s' "$WANTED" | sha256sum | cut -c1-12)
	make_once "$dir" make_source
	printf '%s\n' "$dir"
}

main "$@"
