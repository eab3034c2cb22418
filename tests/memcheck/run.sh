#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# The golden cases and the peer's cases once more, with vdevctl as it is
# installed, in valgrind: no use of memory that was never written, which the
# sanitizers do not see, no other error and no leak. valgrind starts once for each
# of the programs, which then runs in a child for each case (serve.c); valgrind
# judges every child for itself. A copy with a leak proves that one is seen. The
# output is TAP.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

O=$BUILD/user
OUT=$BUILD/memcheck
VALGRIND="valgrind -q --error-exitcode=98 --leak-check=full \
--errors-for-leak-kinds=definite,indirect,possible"

servers=()

# serve PROGRAM NAME: have it wait in valgrind at NAME.socket; NAME is a program that
# runs it there, and what valgrind says is in NAME.said.
serve()
{
	local socket=$2.socket tries=0
	rm -f "$socket"
	# shellcheck disable=SC2086 # options
	LD_PRELOAD=$OUT/serve.so $VALGRIND "$1" --serve-at "$socket" 2>"$2.said" </dev/null >&2 &
	servers+=($!)
	until [ -S "$socket" ]; do
		tries=$((tries + 1))
		if [ "$tries" -gt 1200 ] || ! kill -0 $!; then
			cat "$2.said" >&2
			return 1
		fi
		sleep 0.1
	done
	printf '#!/bin/sh\nexec %s %s %s "$@"\n' "$OUT/ask" "$socket" "$1" >"$2"
	chmod +x "$2"
}

stop_servers()
{
	[ ${#servers[@]} -eq 0 ] || kill "${servers[@]}" 2>/dev/null || :
}

build()
{
	mkdir -p "$OUT"
	gcc -O2 -g -Wall -Wextra -shared -fPIC -o "$OUT/serve.so" tests/memcheck/serve.c
	gcc -O2 -g -Wall -Wextra -o "$OUT/ask" tests/memcheck/ask.c
	make -s -C userspace O="$O" "$O"/test/{replay,vdevctl-peer}-plain
}

break_copy()
{
	rm -rf "$OUT/broken"
	mkdir -p "$OUT/broken"
	cp -Rp userspace "$OUT/broken/"
	ln -s "$VDEV_TOP"/{tests,kernel,uapi,VERSION} "$OUT/broken/"
	grep -q 'vdev_spool_free(&dump->spool);' "$OUT/broken/userspace/lib/netlink/dump.c"
	sed -i 's/vdev_spool_free(&dump->spool);//' "$OUT/broken/userspace/lib/netlink/dump.c"
	make -s -C "$OUT/broken/userspace" O="$OUT/broken/out" "$OUT/broken/out/test/replay-plain"
}

# valgrind's own words go where the server's do.
sees_leak()
{
	local status=0
	VDEV_REPLAY=tests/golden/cases/types.wire VDEV_REQUESTS=/dev/null \
		"$OUT/broken/replay" type show >/dev/null || status=$?
	[ "$status" -eq 98 ] &&
		grep -qE '(definitely|possibly) lost' "$OUT/broken/replay.said" && return 0
	cat "$OUT/broken/replay.said"
	return 1
}

# Also of a run whose exit status nobody asked for.
silent()
{
	cat "$@"
}

golden()
{
	local names
	names=$(cd tests/golden/cases && for file in *.yaml; do echo "${file%.yaml}"; done)
	# shellcheck disable=SC2086 # one name a word
	PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/golden/run.py \
		"$OUT/replay" "$OUT/replay" $names
}

main()
{
	local status=0
	trap stop_servers EXIT
	build >&2
	break_copy >&2
	serve "$OUT/broken/out/test/replay-plain" "$OUT/broken/replay"
	serve "$O/test/replay-plain" "$OUT/replay"
	serve "$O/test/vdevctl-peer-plain" "$OUT/vdevctl-peer"
	golden || status=1
	tests/peer/run.sh "$OUT/ask" "$OUT/vdevctl-peer.socket" || status=1
	tap_begin
	tap_case "a leak is seen" sees_leak
	tap_silent "valgrind says nothing else" silent "$OUT"/{replay,vdevctl-peer}.said
	tap_end || status=1
	return "$status"
}

main
