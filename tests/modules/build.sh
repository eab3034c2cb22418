#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: build.sh FLAVOUR OUTDIR [MAKE-ARGUMENT...]
#
# Build the modules that only the tests load, for that kernel (6.1, 6.12 or
# newest), in a copy in OUTDIR.

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
	# shellcheck disable=SC2016 # expanded where the build runs
	"$VDEV_TOP/tests/vm/build-env.sh" "$flavour" "$outdir" sh -c '
		exec make --no-print-directory -s -C "$KERNEL_HEADERS" \
			M="$PWD" "$@" modules' make "$@"
}

main "$@"
