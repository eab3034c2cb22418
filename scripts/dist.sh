#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: dist.sh FOLDER
#
# Pack the sources into FOLDER/vdev-VERSION.tar.xz and print its name: those of the last
# commit, or those of the tarball that this tree was unpacked from. The same sources
# give the same bytes, whoever packs them and where: names are sorted, all files have
# the time of the commit, and no owner.

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

# git's own files alone say that this is a clone: it may be in a folder of another one.
is_clone()
{
	[ -e "$VDEV_TOP/.git" ]
}

# A tarball's files have its time.
commit_time()
{
	if is_clone; then
		git -C "$VDEV_TOP" log -1 --format=%ct
	else
		stat -c %Y "$VDEV_TOP/VERSION"
	fi
}

# within FOLDER...: patterns for those that are in the tree.
within()
{
	local folder
	for folder in "$@"; do
		folder=$(realpath -m "$folder")
		[ "${folder#"$VDEV_TOP"/}" = "$folder" ] ||
			printf '%s\n' "--exclude=./${folder#"$VDEV_TOP"/}"
	done
}

# copy FOLDER WITHOUT...: without these, and what was built.
copy()
{
	local without
	if is_clone; then
		git -C "$VDEV_TOP" diff --quiet HEAD || say "what is not committed is left out"
		git -C "$VDEV_TOP" archive HEAD | tar -x -C "$1"
	else
		mapfile -t without < <(within "$VDEV_TOP/build" "${@:2}")
		tar -c -C "$VDEV_TOP" --exclude-from="$VDEV_TOP/.gitignore" \
			--anchored --no-wildcards "${without[@]}" . | tar -x -C "$1"
	fi
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	local folder name time work tarball
	mkdir -p "$1"
	folder=$(realpath "$1")
	time=$(commit_time)
	work=$(mktemp -d "$folder/dist.XXXXXX")
	# shellcheck disable=SC2064 # it is known now
	trap "rm -rf $(printf %q "$work")" EXIT
	mkdir "$work/new"
	tarball=$folder/vdev-$(cat "$VDEV_TOP/VERSION").tar.xz
	copy "$work/new" "$folder" "$work" "$tarball" ${VDEV_BUILD:+"$VDEV_BUILD"}
	name=vdev-$(cat "$work/new/VERSION")
	mv "$work/new" "$work/$name"
	tar -c -C "$work" --format=ustar --sort=name --mtime="@$time" --mode='u=rwX,go=rX' \
		--owner=0 --group=0 --numeric-owner "$name" | xz -T1 -9e >"$work/$name.tar.xz"
	mv "$work/$name.tar.xz" "$folder/"
	echo "$folder/$name.tar.xz"
}

main "$@"
