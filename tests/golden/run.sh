#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [update | CASE...]
#
# Run vdevctl on recorded replies and compare what it prints, byte for byte;
# "update" writes what it prints to the files that are compared with. The output
# is TAP; the exit status is 0 only if nothing differs.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

if [ "${1:-}" = update ]; then
	shift
	set -- --update "$@"
fi
make -s -C "$top/userspace" O="$O" "$O/test/replay" "$O/test/replay-plain" >&2
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" \
	"$O/test/replay" "$O/test/replay-plain" "$@"
