#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel 6.12 tests/skew/guest.sh
#
# Runs in a guest: this version meets those that build.sh made: one with words, flags and
# attributes that this one does not know, and older ones; each tool with each module.
# Each case is a row of the table in Documentation/uapi.rst. The output is KTAP.
# shellcheck disable=SC2317 # cases are called by name

set -u

KSFT=$("$VDEV_TOP/tests/vm/source.sh" 6.12)/tools/testing/selftests
# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"
# shellcheck source=../kselftest/lib/lib.sh
. "$VDEV_TOP/tests/kselftest/lib/lib.sh"

VERSIONS=${VDEV_BUILD:-$VDEV_TOP/build}/skew
NEWER=$VERSIONS/newer
THIS_MODULES=$VDEV_MODULES

# What both versions know.
COMMON="migration=supported device-api=vfio-pci model=m software-version=1.2.3,accept=1.0.0- \
	version=v1,flags=create+accept+current feature=f,supported=ff,provisioned=1 \
	param=mtu,value=u64:1500,allow=u64:68-9000,rule=range aggregation=unit,units=2,count=3"
# The same, with the parameters of the other whose value this version knows.
TARGET="$COMMON param=flag,value=bool:true param=origin,value=u64:1"
# What this one does not.
NEWER_FACTS="migration=supported device-api=vfio-pci,rule=newer model=m,rule=newer \
	software-version=1.2.3,accept=1.0.0-,rule=newer versions-rule=newer \
	version=v1,flags=create+accept+current+newer feature=f,supported=ff,provisioned=1,rule=newer \
	param=flag,value=bool:true,flags=newer param=mtu,value=u64:1500,rule=newer \
	param=origin,value=u64:1,origin=newer param=type,value-type=newer \
	aggregation=unit,units=2,count=3,rule=newer"

this()
{
	"$VDEV_BUILD/user/vdevctl" "$@"
}

newer()
{
	of_version newer "$@"
}

# of_version VERSION ARG...: its tool.
of_version()
{
	LD_LIBRARY_PATH=$VERSIONS/$1/user "$VERSIONS/$1/user/vdevctl" "${@:2}"
}

# with_modules FOLDER: unload what is loaded, and load those.
with_modules()
{
	unload_vdev
	VDEV_MODULES=$1
	load_vdev sim
}

# keep NAME COMMAND...: what it prints in $data/NAME, its status in $data/NAME.status.
keep()
{
	local rc=0
	"${@:2}" >"$data/$1" 2>"$data/$1.err" || rc=$?
	echo "$rc" >"$data/$1.status"
}

# appears PATTERN FILE: within half a minute.
appears()
{
	local limit=$((SECONDS + 30))
	until grep -q "$1" "$2"; do
		[ "$SECONDS" -lt "$limit" ] || { echo "# in vain: $1 in $2"; return 1; }
		sleep 0.1
	done
}

# follow TOOL NAME COMMAND...: what the tool's monitor says while the command runs.
follow()
{
	local pid
	"$1" -j monitor >"$data/$2" 2>"$data/$2.err" &
	pid=$!
	appears synced "$data/$2"
	"${@:3}"
	appears 'sim/new' "$data/$2"
	kill "$pid"
	wait "$pid"
}

newer_module()
{
	with_modules "$NEWER/modules"
	# shellcheck disable=SC2086 # these are words
	follow this monitor sim_must "dev add new" $NEWER_FACTS
	sim_must "dev add blocked migration=supported blocker=b,reason=r,flags=newer"
	sim_must "dev add word migration=newer model=m"
	# shellcheck disable=SC2086 # these are words
	sim_must "dev add common" $COMMON
	keep shown this dev show
	keep shown-json this -j dev show
	for tool in this newer; do
		keep "$tool.json" "$tool" dev export
		keep "$tool.token" "$tool" dev export sim/new --token
		keep "$tool.common.token" "$tool" dev export sim/common --token
		keep "$tool.self" "$tool" check "$data/$tool.token" sim/new
	done
	keep json-self this check "$data/this.json#sim/new" sim/new
	keep crossed newer check "$data/this.token" sim/new
	keep common-crossed this check "$data/newer.common.token" sim/common
}

this_module()
{
	with_modules "$THIS_MODULES"
	# shellcheck disable=SC2086 # these are words
	sim_must "dev add common" $COMMON
	# shellcheck disable=SC2086 # these are words
	sim_must "dev add target" $TARGET
	keep old-shown newer -j dev show
	keep old.token newer dev export sim/target --token
	keep old-self newer check "$data/old.token" sim/target
	keep live newer -j check "$data/newer.token" sim/target
	keep live-this this -j check "$data/newer.token" sim/target
	keep offline this -j check --offline "$data/newer.token" "$data/old.token"
	keep live-json newer -j check "$data/newer.json#sim/new" sim/target
	keep live-json-this this -j check "$data/newer.json#sim/new" sim/target
	keep attributes this -j check "$data/newer.common.token" sim/common
	keep found newer -j find "$data/newer.token"
	cat >"$data/profile.json" <<-'END'
		{"format": "vdev", "format-version": 1, "profiles": [{"name": "p", "bus": "sim",
		 "migration": "supported", "record": {"model": {"value": "m", "rule": "newer"}}}]}
	END
	keep profile newer profile load "$data/profile.json"
	keep profile-this this profile load "$data/profile.json"
	keep profiles this -j profile show
}

# meet VERSION: what each tool has to say of the same device with each module.
meet()
{
	local module tool
	for module in this "$1"; do
		if [ "$module" = this ]; then
			with_modules "$THIS_MODULES"
		else
			with_modules "$VERSIONS/$1/modules"
		fi
		# shellcheck disable=SC2086 # these are words
		sim_must "dev add common" $COMMON
		keep "$1.$module.this" this dev export sim/common --token
		keep "$1.$module.other" of_version "$1" dev export sim/common --token
		keep "$1.$module.this.json" this dev export sim/common
		keep "$1.$module.other.json" of_version "$1" dev export sim/common
		for tool in this "of_version $1"; do
			# shellcheck disable=SC2086 # these are words
			for of in this.this this.other "$1.this" "$1.other"; do
				[ ! -f "$data/$1.$of" ] ||
					keep "$1.$module.${tool% *}.$of" $tool check "$data/$1.$of" sim/common
			done
			# shellcheck disable=SC2086 # these are words
			keep "$1.$module.${tool% *}.document" $tool check "$data/$1.$module.other.json" \
				sim/common
		done
	done
}

data=$(mktemp -d)
defer_to_end rm -rf "$data"
newer_module
this_module
mapfile -t older < <(grep -v '^#' "$VDEV_TOP/tests/skew/older")
for version in "${older[@]}"; do
	[ ! -d "$VERSIONS/$version" ] || meet "$version"
done

# said NAME STATUS: how the command ended.
said()
{
	expect "status of $1" "$2" "$(<"$data/$1.status")"
}

# paths NAME: of the findings that are about unknown parts, in order.
paths()
{
	"$PYTHON" -S - "$data/$1" <<-'END'
		import json, sys
		with open(sys.argv[1], encoding="utf-8") as file:
		    answer = json.load(file)
		check, = answer["check"]
		print(check["verdict"], *(finding["name"] for finding in check["findings"]
		                          if finding["field"] == "unknown"))
	END
}

UNKNOWN="undeclared record.device-api.attribute-4 record.model.attribute-4"

show_newer()
{
	cat "$data/shown.err"
	said shown 0
	said shown-json 0
	expect errors "" "$(<"$data/shown.err")"
	for word in sim/new: sim/blocked: sim/word: sim/common: "rule unknown-9" "unknown-4"; do
		expect_match shown "$word" "$(<"$data/shown")"
	done
	"$PYTHON" -S -c 'import json, sys; json.load(sys.stdin)' <"$data/shown-json"
}
test_case "newer module, dev show: all objects; words by their number, attributes left out" show_newer

monitor_newer()
{
	expect_match monitor '"rule":"unknown-9"' "$(<"$data/monitor")"
	expect errors "" "$(<"$data/monitor.err")"
}
test_case "newer module, monitor: all events, likewise" monitor_newer

export_newer()
{
	said this.json 0
	said newer.json 0
	expect_match exported '"record.device-api.attribute-4"' "$(<"$data/this.json")"
	! grep -q '"unknown"' "$data/newer.json" || fail "the newer tool does not know its own words"
}
test_case "newer module, dev export: all objects, with the path of each unknown part" \
	export_newer

token_carried()
{
	said this.token 0
	cmp "$data/this.token" "$data/newer.token"
	cmp "$data/this.common.token" "$data/newer.common.token"
}
test_case "newer module, tokens of either tool: the same bytes" token_carried

token_self()
{
	cat "$data/this.self" "$data/newer.self" "$data/crossed"
	said this.self 0
	said newer.self 0
	said crossed 0
	said common-crossed 0
	said json-self 3
}
test_case "newer module, check of what this tool exported: a token is judged in full, a document is undeclared" \
	token_self

old_module()
{
	said old-shown 0
	said old-self 0
}
test_case "newer tool, this module's objects: shown, exported and judged in full" old_module

token_judged()
{
	local live
	cat "$data/live"
	said live 3
	said live-this 3
	said offline 3
	live=$(paths live)
	expect_match "unknown parts" "^$UNKNOWN" "$live"
	for word in record.device-api.rule record.model.rule record.software-version.rule \
		record.versions.rule "record.versions.entry\[0\].flags" "record.feature\[0\].rule" \
		"record.param\[0\].flags" "record.param\[1\].rule" "record.param\[2\].origin" \
		"record.param\[3\].value-type" record.aggregation.rule \
		"software-version.accept\[0\].from.attribute-4"; do
		expect_match "unknown parts" "$word" "$live"
	done
	expect "this tool's request" "$live" "$(paths live-this)"
	expect "this tool's own judgement" "$live" "$(paths offline)"
}
test_case "newer token, check: undeclared, with the path of each unknown part; the module and --offline agree" token_judged

attributes_judged()
{
	said attributes 3
	expect_match "unknown parts" "^$UNKNOWN" "$(paths attributes)"
}
test_case "newer token, check with unknown attributes alone: undeclared" attributes_judged

document_judged()
{
	said live-json 3
	said live-json-this 3
	expect_match "unknown words" "record.device-api.rule" "$(paths live-json-this)"
}
test_case "newer document, check: undeclared, by either tool" document_judged

found_newer()
{
	said found 3
	expect_match found '"verdict":"undeclared"' "$(<"$data/found")"
}
test_case "newer token, find: undeclared candidates alone" found_newer

profile_newer()
{
	said profile 1
	said profile-this 1
	expect_match "the module's reason" "rule" "$(<"$data/profile.err")"
	expect_match "this tool's reason" "newer' is not a word that this version knows" \
		"$(<"$data/profile-this.err")"
	! grep -q '"name":"p"' "$data/profiles" || fail "the profile was set"
}
test_case "newer profile, profile load: rejected by the module and by this tool; nothing is set" profile_newer

older_met()
{
	local status
	[ -d "$VERSIONS/$1" ] || skip "this clone has no commit $1"
	cmp "$data/$1.this.this" "$data/$1.$1.other"
	for status in "$data/$1."*.status; do
		expect "status of ${status##*/}" 0 "$(<"$status")"
	done
}
for version in "${older[@]}"; do
	eval "met_$version() { older_met $version; }"
	test_case "older version $version: understood and understands, each tool with each module" \
		"met_$version"
done

run_cases
