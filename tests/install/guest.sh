#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: guest.sh ROOT
#
# Runs in a guest: load the example driver with the modules that are installed in ROOT, by
# its name alone, show what it reports, and unload it.

set -euo pipefail

modprobe -d "$1" vdev_example
"$VDEV_BUILD/user/vdevctl" dev show example/nic0
modprobe -d "$1" -r vdev_example
