#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# Hold the published schema against every golden JSON and against broken
# documents, the library's tables against the specification, and the manual
# pages against what the tool says of itself. The output is TAP; the exit status
# is 0 only if all agree.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" "$O/test/names" "$O/vdevctl" man >&2
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" "$O/test/names" "$O/vdevctl" \
	"$O/man"
