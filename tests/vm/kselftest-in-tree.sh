#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: kselftest-in-tree.sh [FLAVOUR]
#
# Prove that tests/kselftest/ is a well-behaved folder of the kernel's selftest tree: put
# it there as tools/testing/selftests/drivers/vdev, build and install it with the
# tree's own make, run some of what was installed in a guest (6.12): programs,
# scripts, and what finds files beside itself.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
CHOSEN="wire request message perm.sh spec.sh log.sh"

plant()
{
	local source
	source=$("$VDEV_TOP/tests/vm/source.sh" "$flavour")
	rm -rf "$tree" "$installed"
	mkdir -p "$tree/usr/include/linux"
	cp -r "$source/tools" "$source/scripts" "$tree/"
	cp "$VDEV_TOP/uapi/linux/vdev.h" "$tree/usr/include/linux/"
	rsync -a "$VDEV_TOP/tests/kselftest/" "$tree/tools/testing/selftests/drivers/vdev/"
}

main()
{
	local flavour=${1:-6.12} tree installed
	tree=$BUILD/in-tree/linux
	installed=$BUILD/in-tree/installed
	plant
	make -s --no-print-directory -C "$tree/tools/testing/selftests" TARGETS=drivers/vdev \
		INSTALL_PATH="$installed" install >&2
	# shellcheck disable=SC2086 # a list of words
	"$VDEV_TOP/tests/vm/run.sh" --kernel "$flavour" --timeout 900 \
		"$VDEV_TOP/tests/vm/kselftest.sh" --installed "$installed" $CHOSEN
}

main "$@"
