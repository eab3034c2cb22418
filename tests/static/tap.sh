#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The counter that make check trusts, scripts/tap.awk: leaves are counted once,
# a plan that was not kept is seen.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# counts EXPECTED LINE...: EXPECTED is "passed failed skipped problem".
counts()
{
	local expected=$1 got
	shift
	got=$(printf '%s\n' "$@" | awk -f scripts/tap.awk)
	[ "${got% }" = "$expected" ] || { echo "expected '$expected', got '$got'"; return 1; }
}

main()
{
	tap_begin
	tap_case "results are counted" counts "1 1 1" 1..3 "ok 1 a" "not ok 2 b" "ok 3 c # SKIP why"
	tap_case "a plan may come last" counts "2 0 0" "ok 1 a" "ok 2 b" 1..2
	tap_case "too few results break the plan" \
		counts "1 0 0 planned 3 results, got 1" 1..3 "ok 1 a"
	tap_case "too many results break the plan" \
		counts "2 0 0 planned 1 results, got 2" 1..1 "ok 1 a" "ok 2 b"
	tap_case "a nested plan that is not kept is seen" \
		counts "1 0 0 planned 2 results, got 1" 1..1 "# 1..2" "# ok 1 x" "ok 1 sum"
	tap_case "a line that sums up deeper ones is not counted" \
		counts "2 0 0" 1..1 "    1..2" "    ok 1 a" "    ok 2 b" "ok 1 sum"
	tap_case "a failed leaf is counted once" \
		counts "1 1 0" 1..1 "# 1..2" "# ok 1 a" "# not ok 2 b" "not ok 1 sum"
	tap_case "a sum that failed over passing leaves is a failure" \
		counts "1 1 0" 1..1 "# 1..1" "# ok 1 a" "not ok 1 sum # exit=1"
	tap_case "one document after another" counts "3 0 0" 1..2 "ok 1 a" "ok 2 b" 1..1 "ok 1 c"
	tap_case "a whole test may be skipped" counts "0 0 1" "1..0 # SKIP no device"
	tap_case "giving up is seen" counts "1 0 0 Bail out! no root" "ok 1 a" "Bail out! no root"
	tap_case "what is not a result is not counted" \
		counts "1 0 0" 1..1 "# ok, lets go" "#            OK  g.x" "ok 1 g.x" "# pass:1"
	tap_end
}

main
