#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# The package for Python: its types are consistent, and those of C are those of the headers;
# what it says of documents, of recorded replies and of events is what vdevctl says; nothing
# that it is passed harms the interpreter; it leaks nothing; the examples of its page run. The
# output is TAP; the exit status is 0 only if all is well.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
O=${O:-${VDEV_BUILD:-$top/build}/user}

make -s -C "$top/userspace" O="$O" all \
	"$O/test/replayed/libvdev.so.0" "$O/test/replay-plain" >&2
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$O/python LD_LIBRARY_PATH=$O
exec /usr/bin/python3 "$here/run.py" "$O"
