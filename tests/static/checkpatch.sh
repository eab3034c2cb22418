#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The kernel's own style checker, --strict, on every C file that would go into
# the kernel tree. What is ignored, and why, stands here and nowhere else.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# compat.h is the one place where the kernel's version may be tested.
COMPAT_IGNORES=LINUX_VERSION_CODE

check_file()
{
	local ignores=
	[ "$1" != kernel/compat.h ] || ignores=--ignore=$COMPAT_IGNORES
	(cd "$source" && perl scripts/checkpatch.pl --no-tree --strict --terse --no-summary \
		--show-types ${ignores:+"$ignores"} --file "$VDEV_TOP/$1")
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
