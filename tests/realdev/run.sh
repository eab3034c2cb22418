#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR [--devices vfio] tests/realdev/run.sh [CASE...]
#
# Test the bridges, in a guest, against devices that nobody here wrote: vdpa_sim
# and the mdev samples, driven by the vdpa tool and by mdevctl, and virtual functions of
# NVMe, if the guest has them. Made before, on
# the host: the modules (tests/vm/modules.sh), those of the tests
# (tests/modules/build.sh FLAVOUR build/test-modules/FLAVOUR), the devices
# (tests/vm/realdevs.sh) and the tool. CASE is the name of its function, or of a file
# of this folder for all of its cases.

set -eu

[ -n "${VDEV_GUEST:-}" ] || { sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0"; exit 1; }

export PYTHONDONTWRITEBYTECODE=1
exec python3 "$(dirname "$0")/run.py" "$@"
