#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: broken.sh FAULT...
#
# Runs in a guest: load vdev, then once for each FAULT the module that makes that
# error. What runs this must detect them, so it succeeds itself.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

MODULE=$VDEV_BUILD/modules-broken/$VDEV_KERNEL/vdev_broken.ko

load_module vdev
for fault in "$@"; do
	! module_loaded vdev_broken || rmmod vdev_broken
	insmod "$MODULE" "fault=$fault"
done
