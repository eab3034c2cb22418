#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [FLAVOUR FLAVOUR]
#
# Records that are exported on one host decide on another: guests with these two
# kernels (6.12 and the newest), each with devices of its own. The first exports, the
# second judges what came and exports, and the first judges that. What travels
# between them is files. Made before: modules, real devices and the tool. The
# output is KTAP.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

SHARED=${VDEV_BUILD:-$VDEV_TOP/build}/two-hosts

# host FLAVOUR NAME [FOLDER]: boot it; what it exports is in $SHARED/NAME.
host()
{
	rm -rf "${SHARED:?}/$2"
	"$VDEV_TOP/tests/vm/run.sh" --kernel "$1" --timeout 240 --results "$SHARED/$2" \
		"$VDEV_TOP/tests/two-hosts/host.sh" "${@:2}"
}

main()
{
	local one=${1:-6.12} other=${2:-newest} failed=0
	mkdir -p "$SHARED"
	host "$one" first || failed=1
	host "$other" second "$SHARED/first" || failed=1
	host "$one" third "$SHARED/second" || failed=1
	return $failed
}

main "$@"
