# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For the checks of source code beside it: which files there are, and TAP
# results. A case is a command; it fails when the command does or, for
# tap_silent, when it prints anything. Sourced, never run.

# shellcheck source=../../scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

cd "$VDEV_TOP"
export BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
tap_count=0 tap_failed=0

# All files of the project: git's, also new ones, or those of a tarball.
project_files()
{
	if [ -e .git ]; then
		git ls-files --cached --others --exclude-standard -- "$@"
	else
		find "${@:-.}" -name build -prune -o -type f -print
	fi | while read -r file; do
		[ ! -f "$file" ] || printf '%s\n' "${file#./}"
	done | sort -u
}

# c_files FOLDER...: its .c and .h files.
c_files()
{
	project_files "$@" | grep -E '\.[ch]$' || :
}

tap_result()
{
	local status=$1 name=$2 output=$3
	tap_count=$((tap_count + 1))
	if [ "$status" -eq 0 ]; then
		echo "ok $tap_count $name"
		return
	fi
	tap_failed=$((tap_failed + 1))
	[ -z "$output" ] || printf '%s\n' "$output" | sed 's/^/# /'
	echo "not ok $tap_count $name"
}

# tap_case NAME COMMAND [ARG...]
tap_case()
{
	local name=$1 output status=0
	shift
	output=$("$@" 2>&1) || status=$?
	tap_result "$status" "$name" "$output"
}

# tap_silent NAME COMMAND [ARG...]
tap_silent()
{
	local name=$1 output status=0
	shift
	output=$("$@" 2>&1) || status=$?
	[ -z "$output" ] || status=1
	tap_result "$status" "$name" "$output"
}

tap_begin()
{
	echo "TAP version 13"
}

tap_end()
{
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
}
