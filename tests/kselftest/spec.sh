#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The running family against its specification: the policy that the kernel
# reports, and what the kernel's own client for specifications (YNL) reads,
# compared with what vdevctl shows. VDEV_TOP names the tree with the
# specification, VDEV_YNL the folder tools/net/ynl of a kernel tree, where they
# are not found around this file.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl "$PYTHON"

# above PATH...: the first of them in a folder around this file.
above()
{
	local dir=$HERE path
	while [ "$dir" != / ]; do
		for path in "$@"; do
			[ ! -e "$dir/$path" ] || { echo "$dir/$path"; return; }
		done
		dir=$(dirname "$dir")
	done
}

spec=$(above Documentation/netlink/specs/vdev.yaml)
[ -n "$spec" ] || spec=${VDEV_TOP:-}/Documentation/netlink/specs/vdev.yaml
[ -f "$spec" ] || skip_all "needs the specification; set VDEV_TOP"

ynl_folder()
{
	local dir
	for dir in "${VDEV_YNL:-}" "$(above tools/net/ynl)" "${KSFT:-}/../../net/ynl"; do
		if [ -e "$dir/lib/ynl.py" ] || [ -e "$dir/pyynl/lib/ynl.py" ]; then
			echo "$dir"
			return
		fi
	done
}

# compare PROGRAM [ARG...]: of lib/; it reads the specification, if Python can.
compare()
{
	run "$PYTHON" "$HERE/lib/$1" "${@:2}"
	[[ $err != *"No module named 'yaml'"* ]] || skip "needs Python's yaml"
	echo "$out$err"
	return "$rc"
}

policy()
{
	compare policy.py "$spec"
}
test_case "the running policy is the one that the specification implies" policy

# Devices and types with every kind of fact.
populate()
{
	local facts
	p=$(random_name)
	facts="driver=d driver-version=1 bound-driver=b migration=supported \
		capabilities=stop-copy+p2p+pre-copy+dirty-tracking+iommu-dirty-tracking \
		cost=1,precopy-size=2,downtime=3 \
		info=n,value=u64:9223372036854775807 info=s,value=string:text info=b,value=bool:true \
		device-api=vfio-pci,accept=vfio-ccw model=m,accept=m1,accept=m2 \
		software-version=1.2.3,accept=1.0.0-1.2.9,accept=1.3.0- \
		version=v1,flags=accept version=v2,flags=create+accept+default versions-rule=one-of \
		feature=f,supported=ff00000000000001/128,provisioned=3,required=1,negotiated=0/64 \
		feature=g,rule=equal,supported=1 \
		param=mac,rule=ignore,origin=provisioned,flags=configurable,value=string:x,off=string: \
		param=on,value=bool:false,off=bool:true \
		param=mtu,rule=range,origin=inherited,flags=configurable+mandatory,value=u64:1500,allow=u64:68-9000,allow=u64:1 \
		param=mode,rule=one-of,value-type=string,allow=string:a,allow=string:b \
		aggregation=unit,units=2,count=3,limit=4,resplit=true"
	sim_must "parent add $p plain"
	defer sim "parent del $p"
	defer sim "type del $p *"
	defer sim "dev del $p*"
	# shellcheck disable=SC2086 # words
	sim_must type add "$p" "$p" $facts
	sim_must "dev add ${p}a parent=$p type=$p blocker=b,reason=why,flags=permanent"
	sim_must "dev add ${p}b"
	sim_must "dev add ${p}c migration=unsupported"
}

as_ynl_reads()
{
	local ynl
	ynl=$(ynl_folder)
	[ -n "$ynl" ] || skip "needs tools/net/ynl; set VDEV_YNL"
	populate
	compare ynl.py "$ynl" "$spec"
}
test_case "the kernel's own client reads what vdevctl shows" as_ynl_reads

run_cases
