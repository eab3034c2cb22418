#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# Records and tokens have one byte order on every host: library and tool are built for
# a big-endian machine, s390x, and run in QEMU, without a kernel of it. The unit tests
# and the golden cases pass there, and what is printed about documents and tokens
# equals what the build for this machine prints. Copies with a conversion removed prove
# that this is seen. The output is TAP.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

OUT=$BUILD/endian
NATIVE=$BUILD/user
BIG=$OUT/user
BROKEN=$OUT/broken
CROSS=s390x-linux-gnu
export PYTHONDONTWRITEBYTECODE=1

# script FILE COMMAND: a program that runs that one with its arguments.
script()
{
	mkdir -p "$(dirname "$1")"
	printf '#!/bin/sh\nexec %s\n' "$2" >"$1"
	chmod +x "$1"
}

# cross COMMAND...: run that; what make builds then is for the other machine. QEMU and
# the sanitizers do not go together.
cross()
(
	export PKG_CONFIG_LIBDIR=$libraries/usr/lib/$CROSS/pkgconfig
	export PKG_CONFIG_SYSROOT_DIR=$libraries
	export MAKEFLAGS="CC=$OUT/cc AR=$CROSS-ar OBJCOPY=$CROSS-objcopy CFLAGS=-O1 SANITIZE="
	"$@"
)

# programs FOLDER OUTPUT: put what runs the programs in OUTPUT there.
programs()
{
	script "$1/vdevctl" "$qemu $2/vdevctl \"\$@\""
	script "$1/replay-plain" "$qemu $2/test/replay-plain \"\$@\""
}

is_big()
{
	# The sixth byte of an ELF file: 1 is little-endian, 2 big-endian.
	[ "$(od -An -tu1 -j5 -N1 "$NATIVE/vdevctl" | tr -d ' ')" = 1 ] &&
		[ "$(od -An -tu1 -j5 -N1 "$BIG/vdevctl" | tr -d ' ')" = 2 ]
}

compare()
{
	/usr/bin/python3 tests/endian/run.py "$OUT/little" "$@"
}

prepare_copy()
{
	rm -rf "$BROKEN"
	mkdir -p "$BROKEN/out/test"
	cp -Rp userspace "$BROKEN/"
	ln -s "$VDEV_TOP"/{tests,kernel,uapi,VERSION} "$BROKEN/"
	cp -Rp "$BIG"/{lib,shared,tool} "$BROKEN/out/"
	programs "$BROKEN" "$BROKEN/out"
}

# replace FILE FROM TO: everywhere in that file of the copy.
replace()
{
	local text
	text=$(cat "$BROKEN/$1")
	[ "${text/"$2"/}" != "$text" ] || { echo "$1 has no '$2'"; return 1; }
	printf '%s\n' "${text//"$2"/"$3"}" >"$BROKEN/$1"
}

# fails SENTENCE FILE FROM TO: that case does, when FROM is replaced in FILE.
fails()
{
	local status=0
	replace "$2" "$3" "$4" || return 1
	cross make -s -C "$BROKEN/userspace" O="$BROKEN/out" "$BROKEN/out/vdevctl" \
		"$BROKEN/out/test/replay-plain" || return 1
	cp "$2" "$BROKEN/$2"
	compare "$BROKEN" --only "$1" >"$BROKEN/log" || status=$?
	grep -qxF "not ok 1 - $1" "$BROKEN/log" && [ "$status" -eq 1 ] && return
	echo "exit status $status"
	tail -n 20 "$BROKEN/log"
	return 1
}

controls()
{
	prepare_copy
	tap_begin
	tap_case "the build is big-endian" is_big
	tap_case "a bitmap that is read in the host's order is seen" \
		fails "printed alike: source.json" userspace/lib/model/decode.c \
		'le64toh(words[i])' 'words[i]'
	tap_case "a bitmap of a message that is read in the host's order is seen" \
		fails "bitmaps of a reply are read alike" userspace/lib/model/decode.c \
		'le64toh(words[i])' 'words[i]'
	tap_case "a bitmap that is written in the host's order is seen" \
		fails "bitmaps of a request are the same bytes" userspace/lib/model/encode_bitmap.c \
		'htole64(bitmap->words[i])' 'bitmap->words[i]'
	tap_case "a token in the host's order is seen" \
		fails "tokens of the big-endian build are read by the little-endian one" \
		userspace/lib/format/token.c '__BYTE_ORDER == __BIG_ENDIAN' '0'
	tap_case "a number of a token that is not converted is seen" \
		fails "printed alike: full.json" userspace/lib/format/swap.c \
		'return swap_uint(data, len);' 'return 0;'
	tap_case "a nest of a token that is not converted is seen" \
		fails "printed alike: source.json" userspace/lib/format/swap.c \
		'return vdev_attrs_swap(def->nest, data, len, from_host);' 'return 0;'
	tap_case "a checksum in the host's order is seen" \
		fails "printed alike: source.json" userspace/lib/format/token.c 'htole32(' '('
	tap_end
}

golden()
{
	local names
	names=$(cd tests/golden/cases && for file in *.yaml; do echo "${file%.yaml}"; done)
	mkdir -p "$OUT/wire"
	# shellcheck disable=SC2086 # one name a word
	/usr/bin/python3 tests/golden/run.py "$OUT/big/replay-plain" "$OUT/big/replay-plain" \
		--big-endian "$OUT/wire" $names
}

# The unit tests that need no kernel; that of failing allocations takes long, and has
# nothing to do with the order of bytes.
unit()
{
	# shellcheck disable=SC2086 # a command
	O=$BIG cross tests/unit/run.sh --without transport --without memory \
		--without memory_tool $qemu
}

main()
{
	local libraries qemu status=0
	libraries=$(tests/endian/libraries.sh)
	qemu="qemu-s390x -L /usr/$CROSS -E LOCPATH=$libraries/usr/lib/locale"
	# Libraries find those that they need where they are themselves.
	script "$OUT/cc" "$CROSS-gcc -isystem $libraries/usr/include \"\$@\" -g0 \\
	-L$libraries/usr/lib/$CROSS -Wl,-rpath=$libraries/usr/lib/$CROSS \\
	-Wl,-rpath-link=$libraries/usr/lib/$CROSS -Wl,--disable-new-dtags"
	programs "$OUT/big" "$BIG"
	script "$OUT/little/vdevctl" "$NATIVE/vdevctl \"\$@\""
	script "$OUT/little/replay-plain" "$NATIVE/test/replay-plain \"\$@\""
	make -s -C userspace O="$NATIVE" all "$NATIVE/test/replay-plain" >&2
	cross make -s -C userspace O="$BIG" all "$BIG/test/replay-plain" >&2
	controls || status=1
	compare "$OUT/big" || status=1
	golden || status=1
	unit || status=1
	return "$status"
}

main
