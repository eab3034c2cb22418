#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: build.sh FLAVOUR OUTDIR [MAKE-ARGUMENT...]
#
# Build the modules that only the tests load, for that kernel (6.1, 6.12 or
# newest), in a copy in OUTDIR, with what "make install" gives to authors of drivers.
# Made before: the modules (tests/vm/modules.sh FLAVOUR build/modules/FLAVOUR).

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

main()
{
	[ $# -ge 2 ] || { usage >&2; exit 1; }
	local flavour=$1 outdir=$2
	mkdir -p "$outdir"
	shift 2
	cp -pu "$VDEV_TOP"/tests/modules/{Kbuild,*.c,*.h} "$outdir/"
	"$VDEV_TOP/packaging/provider-headers.sh" install "$outdir/vdev" \
		"${VDEV_BUILD:-$VDEV_TOP/build}/modules/$flavour/kernel/Module.symvers"
	# shellcheck disable=SC2016 # expanded where the build runs
	"$VDEV_TOP/tests/vm/build-env.sh" "$flavour" "$outdir" sh -c '
		exec make --no-print-directory -s -C "$KERNEL_HEADERS" \
			M="$PWD" KBUILD_EXTRA_SYMBOLS="$PWD/vdev/Module.symvers" \
			"$@" modules' make "$@"
}

main "$@"
