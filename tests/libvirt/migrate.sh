#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: migrate.sh [CASE...]
#
# libvirt moves domains between two of its daemons, which stand for two hosts, and asks
# "vdevctl libvirt hook" before it does. Both run in one guest with kernel 6.12, where the
# domains have devices of the kernel's simulator. CASE is the name of a function in
# cases.py. The output is TAP; build/libvirt-migrate has what the daemons logged.

set -euo pipefail

# shellcheck source=../../scripts/common.sh
. "$(dirname "$0")/../../scripts/common.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
RESULTS=$BUILD/libvirt-migrate

case ${1:-} in
-h|--help) usage; exit 0 ;;
esac
libvirt=$("$VDEV_TOP/tests/libvirt/unpack.sh")
REALITY_QEMU=$("$VDEV_TOP/tests/reality/qemu.sh")
export REALITY_QEMU
mkdir -p "$RESULTS" "$BUILD/reality"
rm -f "$RESULTS"/*.log
"$VDEV_TOP/tests/reality/machine.sh" "$BUILD/reality/machine"
exec "$VDEV_TOP/tests/vm/run.sh" --kernel 6.12 --timeout 1200 --results "$RESULTS" \
	"$VDEV_TOP/tests/libvirt/guest.sh" "$libvirt" "$REALITY_QEMU" \
	"$BUILD/reality/machine/guest" "$@"
