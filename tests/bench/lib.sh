# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For the scripts that measure in a guest: the facts of a device, and how figures are
# read and printed. Sourced, after tests/vm/guest.sh.

# shellcheck disable=SC2034 # used by the scripts that source this
BUILT=${VDEV_BUILD:-$VDEV_TOP/build}/bench-build

# What one simulated device reports: each word would be a file in sysfs.
FACTS=(
	"driver=sim_net"
	"driver-version=6.12.1"
	"bound-driver=vhost_vdpa"
	"migration=supported"
	"capabilities=stop-copy+dirty-tracking"
	"cost=4194304,downtime=20000"
	"device-api=vdpa-net"
	"model=1af4:1041"
	"type=sim_net-4"
	"software-version=1.4.2,accept=1.0.0-"
	"version=2.0,flags=accept"
	"version=2.1,flags=create+accept+default+current"
	"feature=virtio,supported=11170e0b2f,provisioned=11130bffff,required=100000000,negotiated=11130bffff"
	"param=mac,rule=ignore,origin=provisioned,value=string:52:54:00:12:34:56"
	"param=mtu,rule=at-least,origin=provisioned,value=u64:1500"
	"param=max-vqp,rule=at-least,origin=inherited,value=u64:4"
)

# And one more, for a while.
BLOCKED="blocker=pinned,reason=a%20peer%20maps%20its%20memory"

# value NAME LINE: out of "NAME=VALUE ...".
value()
{
	[[ " $2 " =~ \ $1=([0-9.]+)\  ]] || guest_die "no $1 in '$2'"
	printf '%s\n' "${BASH_REMATCH[1]}"
}

# calc EXPRESSION [FORMAT]
calc()
{
	awk "BEGIN { printf \"${2:-%.2f}\", $1 }"
}

heading()
{
	printf '\n%s\n' "$1"
}

# aim WHAT WANTED MEASURED CONDITION
aim()
{
	local verdict=missed
	if awk "BEGIN { exit !($4) }"; then
		verdict=met
	fi
	printf '%-58s %10s %10s  %s\n' "$1" "$2" "$3" "$verdict"
}
