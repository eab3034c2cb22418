#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# sparse on every file of the modules, as built for kernel 6.12: what is built already
# is only checked.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

build()
{
	"$VDEV_TOP/tests/vm/modules.sh" 6.12 "$BUILD/modules/6.12" C=2
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
