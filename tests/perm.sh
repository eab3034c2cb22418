#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Who may read: everybody in the initial network namespace; nobody elsewhere.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl setpriv unshare

NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all)

device()
{
	name=$(random_name)
	sim_must "dev add $name"
	defer sim "dev del $name"
}

# The program where anybody can reach it.
public_tool()
{
	tool=$(mktemp -d /tmp/XXXXXX)
	defer rm -rf "$tool"
	chmod 755 "$tool"
	cp "$(command -v vdevctl)" "$tool/"
	ldd "$tool/vdevctl" | awk '/libvdev/ { print $3 }' | xargs -r cp -t "$tool"
	export LD_LIBRARY_PATH=$tool
}

# see [COMMAND...]: the device is seen by a tool that is started so.
see()
{
	run "$@" "$tool/vdevctl" dev show "sim/$name"
	expect "status of $*" 0 "$rc"
	expect_match "output of $*" "sim/$name" "$out"
	run "$@" "$tool/vdevctl" -j dev show bus sim
	expect_match "dump of $*" "sim/$name" "$out"
}

# miss [COMMAND...]: there is no family at all.
miss()
{
	run "$@" "$tool/vdevctl" dev show
	expect "status of $*" 1 "$rc"
	expect "output of $*" "" "$out"
	expect_match "errors of $*" "^vdevctl: dev show: .*(family|module|loaded)" "$err"
}

unprivileged()
{
	device
	public_tool
	# shellcheck disable=SC2016 # for awk
	run "${NOBODY[@]}" awk '/CapEff/ { print $2 }' /proc/self/status
	expect capabilities 0000000000000000 "$out"
	see "${NOBODY[@]}"
}
test_case "a user without any capability reads" unprivileged

no_net_admin()
{
	device
	public_tool
	see setpriv --inh-caps=-net_admin --bounding-set=-net_admin
}
test_case "root without CAP_NET_ADMIN reads" no_net_admin

user_namespace()
{
	device
	public_tool
	see unshare --user --map-root-user
}
test_case "a user namespace reads, in the initial network namespace" user_namespace

network_namespace()
{
	device
	public_tool
	miss unshare --net
}
test_case "another network namespace has no family" network_namespace

own_network_namespace()
{
	device
	public_tool
	miss unshare --user --map-root-user --net
	see
}
test_case "the root of another namespace has no family, and ours stays" own_network_namespace

run_cases
