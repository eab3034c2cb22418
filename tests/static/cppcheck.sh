#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# cppcheck on kernel and user space code: nothing of the classes error, warning,
# performance and portability.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# cppcheck is not given the system's headers. GNU C counts void in bytes. How long it
# searches is no finding.
SUPPRESSED="missingInclude missingIncludeSystem unknownMacro arithOperationsOnVoidPointer
	normalCheckLevelMaxBranches"

# It does not know that the kernel's list_for_each_entry() and the like set their
# variable; the compiler, which does, looks for what is not initialised.
KERNEL_SUPPRESSED="--suppress=uninitvar --suppress=legacyUninitvar"

check_folder()
{
	local folder=$1 word options=()
	shift
	for word in $SUPPRESSED; do
		options+=("--suppress=$word")
	done
	mkdir -p "$BUILD/cppcheck/$folder"
	c_files "$folder" >"$BUILD/cppcheck/$folder/files"
	cppcheck --quiet --inline-suppr --enable=warning,performance,portability \
		--cppcheck-build-dir="$BUILD/cppcheck/$folder" --max-configs=4 \
		"${options[@]}" "$@" --file-list="$BUILD/cppcheck/$folder/files"
}

main()
{
	tap_begin
	# shellcheck disable=SC2086 # a list of options
	tap_silent "cppcheck has nothing to say about kernel/" check_folder kernel \
		$KERNEL_SUPPRESSED '-D__aligned(x)=' -D__KERNEL__ -DCONFIG_VDPA=1 \
		'-DIS_REACHABLE(x)=1' -Ikernel/include -Ikernel -I.
	tap_silent "cppcheck has nothing to say about userspace/" check_folder userspace \
		-Iuserspace/include -I.
	tap_end
}

main
