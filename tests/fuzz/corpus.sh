#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: corpus.sh [SECONDS]
#
# Make the inputs in corpus/ again: from the golden tests' replies and command
# lines, those that are there, and what SECONDS (default 60) of fuzzing find for
# each target, the smallest set that reaches all that these reach.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

remake()
{
	local target=$1 seconds=$2 work=$FUZZ/corpus.new
	mkdir -p "$work/found/$target" "$work/small/$target"
	fuzz "$target" -max_total_time="$seconds" "$work/found/$target" "$work/seeds/$target" \
		"$work/old/$target" >"$work/$target.log" 2>&1 || die "see $work/$target.log"
	fuzz "$target" -use_counters=0 -set_cover_merge=1 "$work/small/$target" "$work/seeds/$target" \
		"$work/old/$target" "$work/found/$target" >"$work/$target.merge.log" 2>&1
	"$HERE/corpus.py" pack "$target" "$work/small/$target"
}

main()
{
	local target work=$FUZZ/corpus.new
	build O="$FUZZ"
	rm -rf "$work"
	for target in $TARGETS; do
		mkdir -p "$work/old/$target" "$work/seeds/$target"
	done
	"$HERE/corpus.py" seeds "$work/seeds"
	"$HERE/corpus.py" unpack "$work/old"
	for target in $TARGETS; do
		remake "$target" "${1:-60}"
	done
}

main "$@"
