#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [WRAPPER...]
#
# Build vdevctl with another program in the place of the kernel, with the
# sanitizers, and run what that program does to it (peer.py). With a WRAPPER
# (valgrind) it is built as it is installed, and run by that. The output is TAP;
# the exit status is 0 only if every case passed.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

tool=$O/test/vdevctl-peer
[ $# -eq 0 ] || tool=$tool-plain
make -s -C "$top/userspace" O="$O" "$tool" >&2
exec /usr/bin/python3 "$here/peer.py" "$tool" "$@"
