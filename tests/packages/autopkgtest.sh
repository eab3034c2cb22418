#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: autopkgtest.sh RELEASE
#
# What Debian runs for a package, autopkgtest of that release (bookworm or trixie), with the
# packages that tests/packages/build.sh has left in build/packages/RELEASE: the tests of
# packaging/debian/tests, and Debian's own test of modules that DKMS builds, for the
# kernels of the release and of its backports. The packages are installed by apt with
# what they declare, into a root that has little else; nothing is downloaded.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# A root cannot be put back to what it was, and need not be: it goes. autopkgtest says 2
# when a test was left out, which is seen in the summary.
run_all()
{
	local status=0
	BINDS="$BUILD/packages/$RELEASE/first:/packages $OUT/results:/results" said in_root "$OUT/root" "
		cp /packages/vdev_* /packages/*.deb /tmp/
		autopkgtest --ignore-restrictions=breaks-testbed --summary-file=/results/summary \
			--output-dir=/results/all /tmp/*.changes -- null" || status=$?
	cat "$OUT/results/summary" || return 1
	[ "$status" -eq 0 ]
}

# passed TEST
passed()
{
	cat "$OUT/results/summary"
	grep -qE "^$1 +PASS" "$OUT/results/summary"
}

# The modules for each kernel, and those of them that a bus is needed for.
built_modules()
{
	local log=$OUT/results/all/log kernel
	for kernel in "$OUT/root/lib/modules"/*/; do
		kernel=$(basename "$kernel")
		grep -E '^( *[0-9]+s )?I: PASS ' "$log" | grep -F "$kernel" || return 1
		has_all_modules "$OUT/root" "$kernel" || return 1
	done
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	own_mounts "$@"
	RELEASE=$1
	OUT=$BUILD/packages/$RELEASE-autopkgtest
	rm -rf "$OUT"
	over_root "$(try_root "$RELEASE")" "$OUT"
	mkdir "$OUT/results"
	tap_begin
	tap_case "autopkgtest of $RELEASE runs" run_all
	tap_case "the tool judges, and a program is built with the library" passed smoke
	tap_case "Python judges" passed python
	tap_case "DKMS builds the modules" passed dkms-autopkgtest
	tap_case "they are there for each kernel" built_modules
	drop_root "$OUT"
	tap_end
}

main "$@"
