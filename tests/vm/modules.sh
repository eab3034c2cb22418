#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: modules.sh FLAVOUR|HEADERS OUTDIR [MAKE-ARGUMENT...]
#
# Build kernel/ for that kernel: one of the guests' (6.1, 6.12, 7.2) or the one
# whose headers are in the folder HEADERS. kernel/ and uapi/ are copied
# to OUTDIR first, so the source tree stays clean and several kernels can be
# built side by side; what did not change is not built again. Warnings go to
# stderr as the compiler wrote them. The copy leaves the .ko files at the top of
# OUTDIR too, where the guests look for them.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# What the build makes is protected from rsync --delete; what it copied is not.
BUILT="*.o *.ko *.mod *.mod.c *.cmd *.d *.a *.order *.symvers .tmp* *.gcno"

copy_sources()
{
	local pattern protect=()
	for pattern in $BUILT; do
		protect+=("--filter=P $pattern" "--filter=H $pattern")
	done
	rsync -a --delete "${protect[@]}" "$VDEV_TOP/kernel" "$VDEV_TOP/uapi" "$outdir/"
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

build()
{
	# shellcheck disable=SC2016 # expanded where the build runs
	local make='exec make --no-print-directory -s -j"$(nproc)" -C "$KERNEL_HEADERS" \
		M="$PWD/kernel" "$@" modules'
	case $kernel in
	*/*)	cd "$outdir" && KERNEL_HEADERS=$kernel sh -c "$make" make "$@" ;;
	*)	"$VDEV_TOP/tests/vm/build-env.sh" "$kernel" "$outdir" sh -c "$make" make "$@" ;;
	esac
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
	copy_sources
	build "$@"
	collect
}

main "$@"
