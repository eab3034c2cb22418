#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Who may read: everybody in the initial network namespace; nobody elsewhere. Who
# may change profiles and ceilings: the administrator of the network.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl setpriv unshare

NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all)

device()
{
	name=$(random_name)
	sim_must "dev add $name counter=saves,value=7"
	defer sim "dev del $name"
}

# The program and its library where anybody can reach them, in $tool.
publish_tool()
{
	local files line
	files=("$(command -v vdevctl)")
	while read -r line; do
		[[ ! $line =~ libvdev.*\ (/[^ ]*) ]] || files+=("${BASH_REMATCH[1]}")
	done < <(LD_TRACE_LOADED_OBJECTS=1 "${files[0]}")
	tool=$(mktemp -d /tmp/XXXXXX)
	defer_to_end rm -rf "$tool"
	chmod 755 "$tool"
	install -m 755 "${files[@]}" "$tool"
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
	run "$@" "$tool/vdevctl" stats
	expect "status of stats of $*" 0 "$rc"
	expect_match "counters of $*" "provider vdev_sim" "$out"
	run "$@" "$tool/vdevctl" stats show "sim/$name"
	expect "status of stats of a device of $*" 0 "$rc"
	expect_match "counters of the device of $*" "counter saves 7" "$out"
}

# miss [COMMAND...]: there is no family at all.
miss()
{
	run "$@" "$tool/vdevctl" dev show
	expect "status of $*" 6 "$rc"
	expect "output of $*" "" "$out"
	expect_match "errors of $*" "^vdevctl: dev show: family vdev not found in this network namespace" "$err"
}

unprivileged()
{
	device
	# shellcheck disable=SC2016 # for awk
	run "${NOBODY[@]}" awk '/CapEff/ { print $2 }' /proc/self/status
	expect capabilities 0000000000000000 "$out"
	see "${NOBODY[@]}"
}
test_case "a user without any capability reads" unprivileged

no_net_admin()
{
	device
	see setpriv --inh-caps=-net_admin --bounding-set=-net_admin
}
test_case "root without CAP_NET_ADMIN reads" no_net_admin

user_namespace()
{
	device
	see unshare --user --map-root-user
}
test_case "a user namespace reads, in the initial network namespace" user_namespace

network_namespace()
{
	device
	miss unshare --net
}
test_case "another network namespace has no family" network_namespace

own_network_namespace()
{
	device
	miss unshare --user --map-root-user --net
	see
}
test_case "the root of another namespace has no family, and ours stays" own_network_namespace

discard()
{
	vdevctl profile del "$1" 2>/dev/null || :
}

# A profile in a file that anybody can read.
write_profile()
{
	name=$(random_name)
	printf '{"format":"vdev","format-version":1,"profiles":[
		{"name":"%s","driver":"%s","migration":"supported"}]}' "$name" "$name" \
		>"$tool/$name.json"
	chmod 644 "$tool/$name.json"
	defer discard "$name"
}

# may_not_change COMMAND...: profiles are shown and checked, and stay as they are.
may_not_change()
{
	write_profile
	vdevctl profile load "$tool/$name.json"
	run "$@" "$tool/vdevctl" profile show "$name"
	expect "status of show" 0 "$rc"
	run "$@" "$tool/vdevctl" profile load --dry-run "$tool/$name.json"
	expect "status of load --dry-run" 0 "$rc"
	run "$@" "$tool/vdevctl" profile load --replace "$tool/$name.json"
	expect "status of load" 6 "$rc"
	expect_match "errors of load" "$name: operation not permitted" "$err"
	run "$@" "$tool/vdevctl" profile del "$name"
	expect "status of del" 6 "$rc"
	expect_match "errors of del" "$name: operation not permitted" "$err"
	run vdevctl profile show "$name"
	expect "status of show by root" 0 "$rc"
}

# may_not_limit COMMAND...: ceilings are listed, and stay as they are.
may_not_limit()
{
	name=$(random_name)
	vdevctl type set "sim/$name/t" max-version v1 >/dev/null
	defer vdevctl type set "sim/$name/t" --reset
	run "$@" "$tool/vdevctl" type ceilings
	expect_match "list" "sim/$name/t max-version v1 \\(pending\\)" "$out"
	run "$@" "$tool/vdevctl" type set "sim/$name/t" max-version v2
	expect "status of set" 6 "$rc"
	expect_match "errors of set" "sim/$name/t: operation not permitted" "$err"
	run "$@" "$tool/vdevctl" type set "sim/$name/t" --reset
	expect "status of reset" 6 "$rc"
	run vdevctl type ceilings
	expect_match "list by root" "sim/$name/t max-version v1 \\(pending\\)" "$out"
}

nobody_changes()
{
	may_not_change "${NOBODY[@]}"
	may_not_limit "${NOBODY[@]}"
}
test_case "a user without any capability reads profiles and ceilings, and changes none" nobody_changes

no_net_admin_changes()
{
	may_not_change setpriv --inh-caps=-net_admin --bounding-set=-net_admin
	may_not_limit setpriv --inh-caps=-net_admin --bounding-set=-net_admin
}
test_case "root without CAP_NET_ADMIN reads profiles and ceilings, and changes none" no_net_admin_changes

namespace_changes()
{
	may_not_change unshare --user --map-root-user
	may_not_limit unshare --user --map-root-user
}
test_case "the root of a user namespace reads profiles and ceilings, and changes none" namespace_changes

publish_tool
run_cases
