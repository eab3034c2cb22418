#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# Every row of every table in Documentation/compat.rst is judged, and what is
# found is what the row says. The output is TAP; the exit status is 0 only if all
# rows hold.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" "$O/test/capacity" "$O/vdevctl" >&2
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" "$top/Documentation/compat.rst" \
	"$O/vdevctl" "$O/test/capacity"
