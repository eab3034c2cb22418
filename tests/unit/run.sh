#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [--without NAME]... [COMMAND...]
#
# Build and run the unit tests of library and tool, with the address and the
# undefined behaviour sanitizers: each program as the last argument of COMMAND, if
# there is one, and without those of test_NAME.c. The output is TAP; the exit status
# is 0 only if every test passed.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}
number=0
failed=0
without=

result()
{
	number=$((number + 1))
	case $1 in
	not*)	failed=1 ;;
	esac
	echo "$1 $number - $2"
}

# run_program COMMAND...: the program's own results, numbered through; its crash
# counts as one.
run_program()
{
	local name status=0 bad=0 output line
	name=$(basename "${!#}")
	output=$(CMOCKA_MESSAGE_OUTPUT=TAP timeout 150 "$@" 2>&1) || status=$?
	while IFS= read -r line; do
		case $line in
		"ok "*)		result "ok" "$name: $(readable "$line")" ;;
		"not ok "*)	result "not ok" "$name: $(readable "$line")"; bad=1 ;;
		1..*)		;;
		*)		[ "$status" -eq 0 ] || printf '# %s\n' "$line" ;;
		esac
	done <<<"$output"
	if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
		result "not ok" "$name: exit status $status"
	fi
}

readable()
{
	local text=${1#* - }
	printf '%s' "${text//_/ }"
}

while [ "${1:-}" = --without ]; do
	without+=" test_$2 "
	shift 2
done
make -s -C "$top/userspace" O="$O" unit-tests >&2
echo "TAP version 13"
for source in "$here"/test_*.c test_error_any_libc; do
	name=$(basename "$source" .c)
	[[ $without != *" $name "* ]] || continue
	run_program "$@" "$O/test/$name"
done
echo "1..$number"
exit "$failed"
