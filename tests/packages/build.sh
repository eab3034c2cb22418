#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: build.sh RELEASE
#
# The packages of that release of Debian (bookworm or trixie), built where nothing is
# installed but build-essential and what they declare, by somebody without rights and
# network; again elsewhere, with the same bytes; without a complaint of that release's
# lintian; and with the files that are expected. They are left in
# build/packages/RELEASE/first.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# build NAME FOLDER MASK VARIABLE...: what the source package makes, into $OUT/NAME.
build()
{
	build_packages "$OUT/root" "$OUT/source" "$OUT/$1" "${@:2}"
}

build_first()
{
	build first /build 022 TZ=UTC LC_ALL=C DEB_BUILD_OPTIONS=parallel=2 &&
		[ "$(packages "$OUT/first")" = "$NAMES" ]
}

# Their tests have passed already.
build_again()
{
	build second /srv/elsewhere/and/deeper 077 TZ=Asia/Tokyo LC_ALL=C.UTF-8 \
		DEB_BUILD_OPTIONS='nocheck\ parallel=1'
}

ran_tests()
{
	[ "$(grep -c '^ok ' "$OUT/first.said")" -gt 100 ]
}

same_bytes()
{
	local deb
	for deb in "$OUT/first"/*.deb; do
		cmp "$deb" "$OUT/second/${deb##*/}" || return 1
	done
}

has_no_tags()
{
	over_root "$(try_root "$RELEASE")" "$OUT/lintian"
	BINDS="$OUT/first:/packages" said in_root "$OUT/lintian/root" \
		'lintian --allow-root --profile debian --fail-on error,warning /packages/*.changes'
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	own_mounts "$@"
	RELEASE=$1
	OUT=$BUILD/packages/$RELEASE
	rm -rf "$OUT"
	over_root "$(build_root "$RELEASE")" "$OUT"
	tap_begin
	tap_case "the source package is made" source_package . "$OUT/source"
	tap_case "they are built on a clean $RELEASE, by nobody, without a network" build_first
	cp "$OUT/said" "$OUT/first.said"
	tap_case "their tests were run" ran_tests
	tap_case "they are built elsewhere" build_again
	tap_case "they have the same bytes" same_bytes
	tap_case "lintian of $RELEASE has no error and no warning" has_no_tags
	tap_silent "they have the files that are expected" deb_files_expected "$OUT/first"
	drop_root "$OUT/lintian"
	drop_root "$OUT"
	tap_end
}

main "$@"
