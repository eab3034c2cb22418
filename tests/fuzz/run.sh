#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [INPUTS]
#
# Build the fuzz targets, run each on the inputs of the repository, and then on
# as many INPUTS (default 1,000,000; 0: none) as it makes of them, two targets
# at a time: what is tried does not depend on how fast the machine is. The same
# VDEV_SEED (1) tries the same inputs; with 0 they are new ones, and made of what
# earlier runs found, too. The output is TAP; the exit status is 0 only if nothing
# was found. An input that was found is kept in build/fuzz/crashes/.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

AT_A_TIME=2
SEED=${VDEV_SEED:-1}

# What a log says about a find.
excerpt()
{
	grep -aE -A 1 '^broken:' "$1" || :
	grep -aE 'ERROR|SUMMARY|runtime error|Test unit written' "$1" || tail -n 20 "$1"
}

# search TARGET INPUTS
search()
{
	local target=$1 log=$FUZZ/$1.log
	[ "$SEED" = 0 ] || rm -rf "$FUZZ/found/$target"
	mkdir -p "$FUZZ/found/$target"
	if ! fuzz "$target" -seed="$SEED" -runs="$2" -print_final_stats=1 \
			"$FUZZ/found/$target" "$FUZZ/corpus/$target" >"$log" 2>&1; then
		excerpt "$log"
		return 1
	fi
}

replay()
{
	local log=$FUZZ/$1.replay.log
	if ! fuzz "$1" -runs=0 "$FUZZ/corpus/$1" >"$log" 2>&1; then
		excerpt "$log"
		return 1
	fi
}

# search_all INPUTS: leaves what each printed, and its status.
search_all()
{
	local target
	for target in $TARGETS; do
		while [ "$(jobs -pr | wc -l)" -ge "$AT_A_TIME" ]; do
			wait -n || :
		done
		{
			rc=0
			search "$target" "$1" >"$FUZZ/$target.said" || rc=$?
			echo "$rc" >"$FUZZ/$target.status"
		} &
	done
	wait
}

said()
{
	cat "$FUZZ/$1.said"
	return "$(cat "$FUZZ/$1.status")"
}

runs()
{
	sed -n 's/^stat::number_of_executed_units: *//p' "$FUZZ/$1.log"
}

took()
{
	sed -n 's/^Done [0-9]* runs in \([0-9]*\) .*/\1/p' "$FUZZ/$1.log"
}

main()
{
	local target inputs=${1:-1000000}
	build O="$FUZZ"
	tap_begin
	for target in $TARGETS; do
		tap_case "$target: $(wc -l <"$HERE/corpus/$target.hex") known inputs do no harm" \
			replay "$target"
	done
	if [ "$inputs" -gt 0 ]; then
		rm -f "$FUZZ"/*.said "$FUZZ"/*.status
		search_all "$inputs"
		for target in $TARGETS; do
			tap_case "$target: nothing found in $inputs inputs" said "$target"
			echo "# $(runs "$target") inputs tried in $(took "$target") s"
		done
	fi
	tap_end
}

main "$@"
