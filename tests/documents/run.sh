#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# What vdevctl makes of documents and tokens that come from anywhere: what it
# rejects and in which words, what it keeps, and that a document which it wrote
# is written again byte for byte. The output is TAP; the exit status is 0 only if
# all is as it should be.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" "$O/test/replay" "$O/vdevctl" >&2
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" "$O/test/replay" "$O/vdevctl"
