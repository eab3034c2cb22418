#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [WORD...]
#
# Run vdevctl, with recorded replies in the place of the kernel, on terminals: in colour, of
# any width, below a pager, and while something takes long. With words, only the tests whose
# names have one of them. The output is TAP; the exit status is 0 only if all is as it should be.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" "$O/test/replay" "$O/test/replay-plain" >&2
PYTHONDONTWRITEBYTECODE=1 exec /usr/bin/python3 "$here/run.py" \
	"$O/test/replay" "$O/test/replay-plain" "$@"
