#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: libraries.sh
#
# Unpack the libraries that Debian has for a big-endian machine (s390x, of this
# release) in the cache, for a cross compiler to build with and QEMU to run with; the C
# library is the compiler's own, and its locales are from libc-bin. They are not
# installed, and no foreign architecture is added to this machine. They are made once;
# prints the folder.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

# shellcheck disable=SC2034 # all three are for what fetches packages
APT_DIR=$VDEV_CACHE/apt-s390x APT_ARCHITECTURE=s390x APT_SUITES=$(host_release)
PACKAGES="libnl-3-200 libnl-3-dev libnl-genl-3-200 libnl-genl-3-dev libjansson4
libjansson-dev libsmartcols1 libsmartcols-dev libxml2 libxml2-dev libcmocka0 libcmocka-dev
libc-bin"

# Links to /lib and to /usr are links within the folder.
relative_links()
{
	local link
	find "$1" -type l -lname '/*' | while read -r link; do
		ln -sfn -r "$1$(readlink "$link")" "$link"
	done
}

# needed_by PACKAGE: the libraries that it needs, some of which have another name in each
# release; the C library is the compiler's.
needed_by()
{
	private_apt apt-cache depends "$1" | awk '$1 == "Depends:" && $2 != "libc6" { print $2 }'
}

make_libraries()
{
	apt_refresh
	# shellcheck disable=SC2046,SC2086 # one package a word
	apt_unpack "$1" $PACKAGES $(needed_by libxml2)
	merge_usr "$1"
	relative_links "$1"
}

main()
{
	local dir
	dir=$VDEV_CACHE/libraries/s390x-$(host_release)
	MADE_WITH=$PACKAGES make_once "$dir" make_libraries
	printf '%s\n' "$dir"
}

main "$@"
