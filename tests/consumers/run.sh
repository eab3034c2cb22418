#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# What is written for other software, judged by that software where there is a package of
# it, and how files take the place of older ones. The output is TAP; the exit
# status is 0 only if all is as it should be.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" "$O/test/replay" "$O/test/replay-plain" >&2
root=$("$here/unpack.sh")
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" "$O/test/replay" \
	"$O/test/replay-plain" "$root"
