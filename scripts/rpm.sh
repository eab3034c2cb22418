#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: rpm.sh FOLDER [ARGUMENT...]
#
# Build the source package and the packages of RPM from the sources of the last commit
# into FOLDER, with these arguments of rpmbuild. packaging/rpm/vdev.spec names what they
# need. Where the packages of the system are not those of RPM, rpmbuild finds none of
# it: there it is told not to look. Nothing is downloaded.

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

# Only the database of RPM says what is installed.
arguments()
{
	rpm -q --quiet rpm 2>/dev/null || echo --nodeps
}

main()
{
	[ $# -ge 1 ] || { usage >&2; exit 1; }
	local folder tarball work
	mkdir -p "$1"
	folder=$(realpath "$1")
	shift
	# What was built elsewhere has other bytes: debuggers find the sources there.
	# Not removed if it is there: it may be somebody else's.
	work=$folder/vdev-rpmbuild
	mkdir "$work"
	# shellcheck disable=SC2064 # it is known now
	trap "rm -rf $(printf %q "$work")" EXIT
	tarball=$("$VDEV_TOP/scripts/dist.sh" "$work")
	tar -x -O -f "$tarball" "$(basename "$tarball" .tar.xz)/packaging/rpm/vdev.spec" \
		>"$work/vdev.spec"
	# shellcheck disable=SC2046 # one or none
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u VDEV_BUILD -u BUILD -u V \
		rpmbuild -ba $(arguments) --define "_topdir $work" --define "_sourcedir $work" \
		--define "_rpmdir $folder" --define "_srcrpmdir $folder" \
		--define "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm" \
		--define "_buildhost localhost" "$@" "$work/vdev.spec"
}

main "$@"
