#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: kselftest-in-tree.sh
#
# The selftests of a kernel tree with the series of "make patches", which patches.sh 6.12 has
# left: build and install them with the tree's own make, and run some of what was installed
# in a guest, with the modules that were built of the series: programs, scripts, and what
# finds files beside itself.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
CHOSEN="wire request message perm.sh spec.sh log.sh"

# What selftests have of a tree beside the series; the header is where "make
# headers" puts it.
complete()
{
	local source
	source=$("$VDEV_TOP/tests/vm/source.sh" 6.12)
	cp -rn "$source/tools" "$source/scripts" "$tree/"
	mkdir -p "$tree/usr/include/linux"
	cp "$tree/include/uapi/linux/vdev.h" "$tree/usr/include/linux/"
}

main()
{
	local series=$BUILD/series/6.12 tree installed
	tree=$series/linux
	installed=$series/installed
	rm -rf "$installed"
	complete
	make -s --no-print-directory -C "$tree/tools/testing/selftests" TARGETS=drivers/vdev \
		INSTALL_PATH="$installed" install >&2
	# shellcheck disable=SC2086 # a list of words
	"$VDEV_TOP/tests/vm/run.sh" --kernel 6.12 --modules "$series/modules" --timeout 900 \
		"$VDEV_TOP/tests/vm/kselftest.sh" --installed "$installed" $CHOSEN
}

main "$@"
