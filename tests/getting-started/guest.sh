#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel 6.12 tests/getting-started/guest.sh ROOT FOLDER PAGE...
#
# What run.sh has a test guest do: type in the pages where vdev is installed, as it is in ROOT.

set -eu

[ -n "${VDEV_GUEST:-}" ] || { sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0"; exit 1; }

root=$1 folder=$2
shift 2
unset LD_LIBRARY_PATH
export PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONDONTWRITEBYTECODE=1
mount -t overlay -o "lowerdir=$root/usr:/usr" usr /usr
cp -R "$root/etc/." /etc/
ldconfig
exec tests/getting-started/type.py guest "$folder" "$VDEV_RESULTS" "$@"
