#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: deb.sh FOLDER [ARGUMENT...]
#
# Build the source package and the packages of Debian from the sources of the last commit
# into FOLDER, with these arguments of dpkg-buildpackage. What they need is named in
# packaging/debian/control, nothing is downloaded. The same sources give the same bytes.

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

main()
{
	[ $# -ge 1 ] || { usage >&2; exit 1; }
	local folder tarball version work
	mkdir -p "$1"
	folder=$(realpath "$1")
	shift
	work=$(mktemp -d "$folder/work.XXXXXX")
	# shellcheck disable=SC2064 # it is known now
	trap "rm -rf $(printf %q "$work")" EXIT
	tarball=$("$VDEV_TOP/scripts/dist.sh" "$work")
	version=$(basename "$tarball" .tar.xz)
	tar -x -f "$tarball" -C "$work"
	mv "$tarball" "$work/vdev_${version#vdev-}.orig.tar.xz"
	cp -R "$work/$version/packaging/debian" "$work/$version/debian"
	(cd "$work/$version" && umask 022 && env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
		-u VDEV_BUILD -u BUILD -u V dpkg-buildpackage -us -uc "$@")
	rm -rf "${work:?}/$version"
	mv "$work"/* "$folder/"
}

main "$@"
