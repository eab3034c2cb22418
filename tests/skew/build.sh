#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: build.sh FLAVOUR OUTDIR
#
# Build the versions that guest.sh has meet this one, each in a folder of OUTDIR: newer,
# which newer.py makes of this one, and those of the commits that the file older names,
# as far as this clone has them. Of each there are source, modules (without those that
# need a bus) and user.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

SKEW=$VDEV_TOP/tests/skew

# build FLAVOUR FOLDER: of what is in FOLDER/new. What is the same as before keeps its
# time, and is not built again.
build()
{
	rsync -rc --delete "$2/new/" "$2/source"
	rm -rf "$2/new"
	VDEV_SOURCES=$2/source "$VDEV_TOP/tests/vm/modules.sh" "$1" "$2/modules" \
		CONFIG_VDPA= CONFIG_VFIO_MDEV=
	make -s -C "$2/source/userspace" O="$2/user"
}

# older COMMIT FOLDER: its sources.
older()
{
	git -C "$VDEV_TOP" cat-file -e "$1^{commit}" 2>/dev/null || return 1
	mkdir -p "$2/new"
	git -C "$VDEV_TOP" archive "$1" | tar -x -C "$2/new"
}

main()
{
	[ $# -eq 2 ] || { usage >&2; exit 1; }
	local outdir commit commits
	mkdir -p "$2"
	outdir=$(realpath "$2")
	"$SKEW/newer.py" "$VDEV_TOP" "$outdir/newer/new"
	build "$1" "$outdir/newer"
	mapfile -t commits < <(grep -v '^#' "$SKEW/older")
	for commit in "${commits[@]}"; do
		if older "$commit" "$outdir/$commit"; then
			build "$1" "$outdir/$commit"
		else
			rm -rf "${outdir:?}/$commit"
		fi
	done
}

main "$@"
