#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: carried.sh [PAIRS [SEED]]
#
# What holds of declarations and tokens, tried with PAIRS random pairs, by default
# 100,000; and that as many tokens survive a JSON document. The same SEED makes
# the same ones. The output is TAP.

# shellcheck disable=SC2317 # cases are called by name

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

USER=$BUILD/user
PAIRS=${1:-100000}
SEED=${2:-${VDEV_SEED:-1}}
# A document is held in memory as a whole.
PART=10000

# json_part COUNT SEED: an export is sorted by the bytes of its documents.
json_part()
{
	"$USER/test/carried" --tokens "$1" "$2" >"$work/tokens"
	"$USER/vdevctl" record convert - <"$work/tokens" >"$work/first.json" &&
		"$USER/vdevctl" record convert "$work/first.json" --token >"$work/again" &&
		"$USER/vdevctl" record convert - <"$work/again" >"$work/second.json" &&
		cmp <(sort "$work/tokens") <(sort "$work/again") &&
		cmp "$work/first.json" "$work/second.json"
}

json()
{
	local done=0
	while [ "$done" -lt "$PAIRS" ]; do
		json_part "$PART" "$((SEED + done))" || return
		done=$((done + PART))
	done
}

main()
{
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	export LC_ALL=C
	make -s -C "$VDEV_TOP/userspace" O="$USER" all tests >&2
	tap_begin
	tap_case "what holds of declarations and tokens holds of $PAIRS pairs" \
		"$USER/test/carried" "$PAIRS" "$SEED"
	tap_case "$PAIRS tokens are the same after they were JSON" json
	tap_end
}

main
