#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: demo.sh [FLAVOUR]
#
# Show vdev at work, from nothing: install what is missing, build the library,
# the tool and the modules, boot a guest with that kernel (6.12) and let
# tests/vm/demo.sh run there with devices on the vdpa, mdev and PCI buses. Exits with
# 0 only when every step worked.

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

step()
{
	printf '\n== %s\n' "$*"
}

main()
{
	local flavour=${1:-6.12} vm=$VDEV_TOP/tests/vm
	export VDEV_BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
	case $flavour in
	-*)	usage; exit 1 ;;
	esac
	cd "$VDEV_TOP"

	step "packages that are missing"
	scripts/setup.sh build vm
	step "libvdev and vdevctl"
	make -s user
	step "the modules, for kernel $flavour"
	"$vm/modules.sh" "$flavour" "$VDEV_BUILD/modules/$flavour"
	step "the kernel's own simulated vdpa and mdev devices"
	"$vm/realdevs.sh" "$flavour"
	step "a guest with kernel $flavour"
	"$vm/run.sh" --kernel "$flavour" --devices vfio --timeout 240 "$vm/demo.sh"
	step "the demo is complete"
}

main "$@"
