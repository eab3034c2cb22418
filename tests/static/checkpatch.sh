#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The kernel's own style checker, --strict, on every C file that would go into
# the kernel tree. What is ignored, and why, stands here and nowhere else.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# ignored FILE: the types of message that are ignored in that file, if any.
ignored()
{
	case $1 in
	# The one place where the kernel's version may be tested (a test that
	# CONSTANT_COMPARISON takes for a constant on the left), where old kernels' types
	# are spelt the old way, and where macros declare parameters, whose names no
	# parentheses can stand around.
	kernel/compat.h)
		echo "LINUX_VERSION_CODE|CONSTANT_COMPARISON|CONST_STRUCT|MACRO_ARG_PRECEDENCE" ;;
	# Tracepoints are laid out as all of the kernel's are.
	kernel/core/trace.h) echo "PARENTHESIS_ALIGNMENT|OPEN_ENDED_LINE" ;;
	# Exports for the unit tests' module what is internal elsewhere.
	kernel/tests/exports.c)	echo EXPORT_SYMBOL ;;
	*)	echo nothing ;;
	esac
}

# One run for all files: starting up takes checkpatch longer than most files.
check_all()
{
	(cd "$source" && perl scripts/checkpatch.pl --no-tree --strict --terse --no-summary \
		--show-types --file "${@/#/$VDEV_TOP/}" 2>&1) || :
}

# remarks FILE: those on it that are not ignored.
remarks()
{
	grep -F "$VDEV_TOP/$1:" <<<"$all" |
		grep -vE ":($(ignored "$1")): " | sed "s,^$VDEV_TOP/,," || :
}

beside_files()
{
	grep -vF "$VDEV_TOP/" <<<"$all" | grep . || :
}

main()
{
	local source file files all
	source=$("$VDEV_TOP/tests/vm/source.sh" 6.12)
	mapfile -t files < <(c_files kernel uapi)
	all=$(check_all "${files[@]}")
	tap_begin
	tap_silent "checkpatch speaks of nothing but the files" beside_files
	for file in "${files[@]}"; do
		tap_silent "checkpatch has nothing to say about $file" remarks "$file"
	done
	tap_end
}

main
