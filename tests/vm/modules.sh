#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: modules.sh FLAVOUR|HEADERS OUTDIR [MAKE-ARGUMENT...]
#
# Build kernel/ for that kernel: one of the guests' (6.1, 6.12, newest) or the one
# whose headers are in the folder HEADERS. kernel/, uapi/ and VERSION, of this tree or of
# VDEV_SOURCES, are copied to OUTDIR first, so the source tree stays clean and
# several kernels can be built side by side; what did not change is not built again.
# Warnings go to stderr as the compiler wrote them; for a kernel of Debian they are
# those of W=1, which changes no code. OUTDIR/said holds them: what built with words is built from
# nothing the next time, so all that was said of what is there now is in this file.
# The copy leaves the .ko files at the top of OUTDIR too, where the guests look for
# them.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# What the build makes is protected from rsync --delete; what it copied is not.
BUILT="*.o *.ko *.mod *.mod.c *.cmd *.d *.a *.order *.symvers .tmp* *.gcno"

copy_sources()
{
	local pattern protect=() sources=${VDEV_SOURCES:-$VDEV_TOP}
	for pattern in $BUILT; do
		protect+=("--filter=P $pattern" "--filter=H $pattern")
	done
	rsync -a --delete "${protect[@]}" "$sources/kernel" "$sources/uapi" "$outdir/"
	# Earlier versions have none.
	[ ! -e "$sources/VERSION" ] || cp -p "$sources/VERSION" "$outdir/"
}

# A guest may be loading them just now: what is the same stays, and what is not is
# replaced at once.
collect()
{
	local ko at
	find "$outdir/kernel" -name '*.ko' | while read -r ko; do
		at=$outdir/${ko##*/}
		cmp -s "$ko" "$at" && continue
		cp -p "$ko" "$at.new"
		mv "$at.new" "$at"
	done
	for at in "$outdir"/*.ko; do
		[ -n "$(find "$outdir/kernel" -name "${at##*/}")" ] || rm -f "$at"
	done
}

run_make()
{
	# shellcheck disable=SC2016 # expanded where the build runs
	local make='exec make --no-print-directory -s -j"$(nproc)" -C "$KERNEL_HEADERS" \
		M="$PWD/kernel" "$@" modules'
	case $kernel in
	*/*)	cd "$outdir" && KERNEL_HEADERS=$kernel sh -c "$make" make "$@" ;;
	*)	"$VDEV_TOP/tests/vm/build-env.sh" "$kernel" "$outdir" sh -c "$make" make "$@" ;;
	esac
}

# Some kernels' headers come without the type information for BTF.
build()
{
	local status=0
	echo "the build did not end" >"$outdir/said"
	run_make "$@" 2>&1 | sed -u '/^Skipping BTF generation/d' | tee "$outdir/said.new" >&2 ||
		status=$?
	mv "$outdir/said.new" "$outdir/said"
	return "$status"
}

main()
{
	[ $# -ge 2 ] || { usage >&2; exit 1; }
	local kernel=$1 outdir
	mkdir -p "$2"
	outdir=$(realpath "$2")
	shift 2
	exec 7>"$outdir/.lock"
	flock 7
	case $kernel in
	*/*|debug|kcsan) ;;
	*)	set -- W=1 "$@"
		# What it says when it fetches something is no warning.
		"$VDEV_TOP/tests/vm/build-env.sh" "$kernel" "$outdir" true
		[ ! -s "$outdir/said" ] || rm -rf "$outdir/kernel"
		;;
	esac
	copy_sources
	build "$@"
	collect
}

main "$@"
