#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR --mem 2G tests/bench/follow.sh
#
# Runs in a guest: measure what it costs to follow changes. Nothing passes or fails
# by its time.

set -euo pipefail

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

BUILT=${VDEV_BUILD:-$VDEV_TOP/build}/bench-build
FACTS="driver=sim_net migration=supported device-api=vdpa-net model=1af4:1041 feature=virtio,supported=11170e0b2f param=mtu,rule=at-least,origin=provisioned,value=u64:1500"

command_sim()
{
	"$BUILT/bench" command "$*" >/dev/null
}

# row TEXT WORD NUMBER
row()
{
	printf '%-52s %s\n' "$1" "$("$BUILT/follow" "$2" "$3")"
}

load_vdev sim
printf 'Following on Linux %s, %s processors (times in ns, rates in events for a second)\n' \
	"$(uname -r)" "$(nproc)"
command_sim "dev add bench count=1000 $FACTS"
row "events that wait are read" drain 3000
row "events are read as they are made" keep 100000
row "events are read, none is lost" sustain 10
row "from a change to its line of vdevctl -j monitor" line 200
command_sim "dev del bench*"
command_sim "dev add bench count=10000 $FACTS"
row "from a loss to the last of 100 differences" resync 20
