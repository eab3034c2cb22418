#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# sparse on every file of the modules, built for kernel 6.12.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

build()
{
	rm -rf "$BUILD/sparse"
	"$VDEV_TOP/tests/vm/modules.sh" 6.12 "$BUILD/sparse" C=2
}

main()
{
	mkdir -p "$BUILD"
	# What it says when it fetches something is no finding.
	"$VDEV_TOP/tests/vm/build-env.sh" 6.12 "$BUILD" true
	tap_begin
	tap_silent "sparse has nothing to say about kernel/" build
	tap_end
}

main
