#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Kernel-doc comments are complete and well formed, in the headers that others
# include and in the kernel code.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

main()
{
	local source file
	source=$("$VDEV_TOP/tests/vm/source.sh" 6.12)
	tap_begin
	for file in $(c_files kernel uapi userspace/include); do
		tap_silent "kernel-doc of $file is complete" \
			"$source/scripts/kernel-doc" -none -Wall "$file"
	done
	tap_end
}

main
