#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [SHELL...]
#
# Type command lines into bash, zsh and fish, each on a terminal of its own, and compare what
# completion makes of them. The output is TAP.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" "$O/test/replay-plain" >&2
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" "$O/test/replay-plain" "$@"
