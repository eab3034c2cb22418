#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: warnings.sh FLAVOUR
#
# The modules were built for that kernel, by tests/vm/modules.sh, with W=1 and without
# a word. Another stage may be building them again: its end is waited for.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	local modules=$BUILD/modules/$1
	tap_begin
	tap_silent "the modules build for $1 with W=1 without a warning" \
		flock -s "$modules/.lock" cat "$modules/said"
	tap_end
}

main "$@"
