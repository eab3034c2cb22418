#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: source.sh FLAVOUR [tree]
#
# Make the parts of that kernel's source that the tests use available in the
# cache (drivers of real and simulated devices, the kselftest framework, YNL and
# its schemas, checkpatch, kernel-doc), out of Debian's linux-source package.
# With "tree", make those available that a kernel tree is configured with and that
# compiling one folder of drivers needs.
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

TREE="
	COPYING MAINTAINERS Makefile Kbuild Kconfig */Makefile* */Kbuild* */Kconfig*
	Documentation/driver-api/index.rst
	arch/x86/* include/* scripts/* security/selinux/include/*
	kernel/*.h kernel/bounds.c kernel/sched/rq-offsets.c kernel/time/timeconst.bc
	tools/arch/x86/* tools/build/* tools/docs/* tools/include/* tools/lib/* tools/objtool/*
	tools/scripts/*
	tools/testing/selftests/Makefile
"

make_source()
{
	local tmp=$1 pattern patterns=() archive top
	archive=$(source_archive "$flavour")
	top=linux-source-$(flavour_series "$flavour")
	for pattern in "${wanted[@]}"; do
		patterns+=("$top/$pattern")
	done
	say "unpacking a part of $top $(cat "$archive/version")"
	# tar is not content when a pattern matches nothing in this version.
	tar -C "$tmp" --strip-components=1 --wildcards \
		-xf "$archive/linux.tar.xz" "${patterns[@]}" 2>"$tmp/tar.log" ||
		! grep -v -e 'Not found in archive' -e 'Exiting with failure' "$tmp/tar.log" >&2 ||
		return 1
	rm "$tmp/tar.log"
	[ -f "$tmp/scripts/checkpatch.pl" ] || die "$top holds no scripts"
}

main()
{
	local flavour dir list=$WANTED wanted
	flavour=$1
	case $#:${2:-} in
	1:)	dir=$(flavour_dir source "$flavour") ;;
	2:tree)	dir=$(flavour_dir tree "$flavour") list=$TREE ;;
	*)	usage >&2; exit 1 ;;
	esac
	set -f
	# shellcheck disable=SC2206 # one pattern a word, unexpanded by set -f
	wanted=($list)
	set +f
	MADE_WITH=$(printf '%s' "$list" | sha256sum | cut -c1-12)
	make_once "$dir" make_source
	printf '%s\n' "$dir"
}

main "$@"
