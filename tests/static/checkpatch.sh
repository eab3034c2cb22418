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
	# CONSTANT_COMPARISON takes for a constant on the left), and where old
	# kernels' types are spelt the old way.
	kernel/compat.h) echo LINUX_VERSION_CODE,CONSTANT_COMPARISON,CONST_STRUCT ;;
	# Exports for the unit tests' module what is internal elsewhere.
	kernel/tests/exports.c)	echo EXPORT_SYMBOL ;;
	esac
}

check_file()
{
	local ignores
	ignores=$(ignored "$1")
	(cd "$source" && perl scripts/checkpatch.pl --no-tree --strict --terse --no-summary \
		--show-types ${ignores:+"--ignore=$ignores"} --file "$VDEV_TOP/$1")
}

main()
{
	local source file
	source=$("$VDEV_TOP/tests/vm/source.sh" 6.12)
	tap_begin
	for file in $(c_files kernel uapi); do
		tap_silent "checkpatch has nothing to say about $file" check_file "$file"
	done
	tap_end
}

main
