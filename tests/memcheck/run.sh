#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# The golden cases and the peer's cases once more, with vdevctl as it is
# installed, in valgrind: no use of memory that was never written, which the
# sanitizers do not see, no other error and no leak. A copy with a leak proves
# that one is seen. The output is TAP.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

O=$BUILD/user
OUT=$BUILD/memcheck
VALGRIND="valgrind -q --error-exitcode=98 --leak-check=full \
--errors-for-leak-kinds=definite,indirect,possible"

# A program that runs that one in valgrind.
wrapper()
{
	printf '#!/bin/sh\nexec %s %s "$@"\n' "$VALGRIND" "$1" >"$2"
	chmod +x "$2"
}

break_copy()
{
	rm -rf "$OUT/broken"
	mkdir -p "$OUT/broken"
	cp -Rp userspace "$OUT/broken/"
	ln -s "$VDEV_TOP"/{tests,kernel,uapi,dkms.conf} "$OUT/broken/"
	grep -q 'vdev_spool_free(&dump.spool);' "$OUT/broken/userspace/lib/dump.c"
	sed -i 's/vdev_spool_free(&dump.spool);//' "$OUT/broken/userspace/lib/dump.c"
	make -s -C "$OUT/broken/userspace" O="$OUT/broken/out" "$OUT/broken/out/test/replay-plain"
}

sees_leak()
{
	local status=0
	break_copy || return 1
	wrapper "$OUT/broken/out/test/replay-plain" "$OUT/broken/replay"
	VDEV_REPLAY=tests/golden/cases/types.wire VDEV_REQUESTS=/dev/null \
		"$OUT/broken/replay" type show >/dev/null 2>"$OUT/broken/log" || status=$?
	[ "$status" -eq 98 ] && grep -qE '(definitely|possibly) lost' "$OUT/broken/log" && return 0
	cat "$OUT/broken/log"
	return 1
}

golden()
{
	local names
	names=$(cd tests/golden/cases && for file in *.yaml; do echo "${file%.yaml}"; done)
	wrapper "$O/test/replay-plain" "$OUT/replay"
	# shellcheck disable=SC2086 # one name a word
	PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/golden/run.py \
		"$OUT/replay" "$OUT/replay" $names
}

main()
{
	local status=0
	mkdir -p "$OUT"
	make -s -C userspace O="$O" "$O/test/replay-plain" >&2
	tap_begin
	tap_case "a leak is seen" sees_leak
	tap_end || status=1
	golden || status=1
	# shellcheck disable=SC2086 # a command
	tests/peer/run.sh $VALGRIND || status=1
	return "$status"
}

main
