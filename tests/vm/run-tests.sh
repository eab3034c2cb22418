#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run-tests.sh TEST...
#
# Run the kernel selftests named, with the output and the verdicts of kselftest's own
# runner, and tell how long each took. That one starts some thirty programs for each
# test and copies what a test says byte by byte, which takes minutes in a debug guest.
# tests/vm/kselftest-in-tree.sh uses it all the same.

set -uo pipefail

LIMIT=${kselftest_override_timeout:-300}
SKIPPED=4
TIMED_OUT=124

number=0

# run_test FILE: where it is, as kselftest does.
run_test()
{
	(
		cd "$(dirname "$1")" || exit
		timeout -k 10 "$LIMIT" "./${1##*/}" 2>&1
	) | stdbuf -oL sed 's/^/# /'
}

# report STATUS NAME
report()
{
	case $1 in
	0)		echo "ok $number $2" ;;
	"$SKIPPED")	echo "ok $number $2 # SKIP" ;;
	"$TIMED_OUT")	echo "not ok $number $2 # TIMEOUT $LIMIT seconds" ;;
	*)		echo "not ok $number $2 # exit=$1" ;;
	esac
}

if [ $# -eq 0 ]; then
	echo "no tests" >&2
	exit 1
fi
echo "TAP version 13"
echo "1..$#"
for file in "$@"; do
	number=$((number + 1))
	name="selftests: $PWD: ${file##*/}"
	echo "# $name"
	began=$SECONDS
	run_test "$file"
	status=$?
	echo "# took $((SECONDS - began)) s"
	report "$status" "$name"
done
