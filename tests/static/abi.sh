#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: abi.sh [update]
#
# The binary interface of libvdev.so is the one that is checked in. What changes it on
# purpose writes it anew with "update", and commits both. Until the interface is declared
# stable any change will do; a release with one that is not compatible says so.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

DUMP=tests/static/libvdev.abi
LIBRARY=$BUILD/user/libvdev.so.0
HEADERS=userspace/include
CURRENT=$BUILD/check/current.abi

# Headers that are installed; private ones have the same names elsewhere, so that
# --headers-dir alone does not do.
suppressions()
{
	cat <<-'END'
	[suppress_type]
	drop = yes
	source_location_not_regexp = (^|/)(include/vdev|uapi/linux|usr/include)/
	END
}

# What is in no header is nobody's business, nor is where it was built.
dump()
{
	suppressions >"$BUILD/check/abi.suppressions"
	abidw --headers-dir "$HEADERS" --drop-private-types --no-corpus-path --no-comp-dir-path \
		--suppressions "$BUILD/check/abi.suppressions" \
		--no-show-locs --no-elf-needed --type-id-style hash "$LIBRARY" |
		sed '1a <!-- SPDX-License-Identifier: LGPL-2.1 -->'
}

# What a FILE is made of differs from one libc to the next.
libc_types()
{
	cat <<-'END'
	[suppress_type]
	name = _IO_FILE
	END
}

# same FILE: the library has the interface in it.
same()
{
	libc_types >"$BUILD/check/abi.libc"
	abidiff --suppressions "$BUILD/check/abi.libc" "$1" "$CURRENT"
}

# differs SCRIPT: after sed has run it, the checked-in interface is another one. Of abidiff's
# bits, 1 and 2 are its own errors, and 4 is a difference.
differs()
{
	local status=0 other=$BUILD/check/other.abi
	sed "$1" "$DUMP" >"$other"
	if cmp -s "$DUMP" "$other"; then
		echo "'$1' changes nothing"
		return 1
	fi
	same "$other" || status=$?
	[ $((status & 7)) -eq 4 ]
}

# What programs have only a pointer to.
private_layouts()
{
	grep -E "class-decl name='(arena|vdev_(sock|object|record|monitor|filter|profile))' size" \
		"$CURRENT" || :
}

if [ "$(uname -m)" != x86_64 ]; then
	echo "the interface that is checked in is that of x86_64"
	exit 4
fi
mkdir -p "$BUILD/check"
[ -e "$LIBRARY" ] || die "there is no $LIBRARY: make user"
if [ "${1:-}" = update ]; then
	dump >"$DUMP"
	exit
fi

dump >"$CURRENT"
tap_begin
tap_case "the interface is the one that is checked in (abi.sh update)" same "$DUMP"
tap_case "a function that is gone is seen" differs 's/\<vdev_version\>/vdev_versions/g'
tap_case "a structure with another layout is seen" \
	differs "/class-decl name='vdev_error'/,/class-decl>/{
		s/size-in-bits='5472'/size-in-bits='192'/
		s/layout-offset-in-bits='4192'/layout-offset-in-bits='4160'/
	}"
tap_case "another type of an argument is seen" \
	differs "/function-decl name='vdev_sock_set_timeout'/,/function-decl>/s/<parameter type-id='f0981eeb'/<parameter type-id='48b5725f'/"
tap_silent "no layout is in it that no header has" private_layouts
tap_end
