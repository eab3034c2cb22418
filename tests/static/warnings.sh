#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: warnings.sh FLAVOUR
#
# The modules build for that kernel from nothing with W=1 and without a word.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

build()
{
	local out=$BUILD/warnings/$1 status=0
	rm -rf "$out"
	mkdir -p "$out"
	"$VDEV_TOP/tests/vm/modules.sh" "$1" "$out" W=1 >"$out/log" 2>&1 || status=$?
	# Some kernels' headers come without the type information for BTF.
	grep -v '^Skipping BTF generation' "$out/log" || :
	return "$status"
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	mkdir -p "$BUILD"
	# What it says when it fetches something is no warning.
	"$VDEV_TOP/tests/vm/build-env.sh" "$1" "$BUILD" true
	tap_begin
	tap_silent "the modules build for $1 with W=1 without a warning" build "$1"
	tap_end
}

main "$@"
