#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# "vdevctl profile" against the running kernel: what is loaded is in effect and
# is shown, what is shown can be loaded, and what is rejected changes nothing.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_root
need_sim
need_program vdevctl

# VDEV_PROFILES_MAX
PROFILES_MAX=256

# An undeclared device of a driver of its own, $p.
populate()
{
	p=$(random_name)
	sim_must "dev add $p driver=$p type=$p-1 software-version=1.0.0"
	defer sim "dev del $p"
	defer discard "$p"
}

# discard DRIVER: delete the profiles of a test.
discard()
{
	vdevctl profile show | sed -n "s/^\($1-[a-z]*\):.*/\1/p" | xargs -r vdevctl profile del
}

# profile NAME [KEYS]: a profile for the driver of this test; KEYS end with a comma.
profile()
{
	printf '{"name":"%s","driver":"%s",%s"migration":"supported","record":%s}' "$1" "$p" \
		"${2:-}" '{"model":{"value":"example.org/m","rule":"equal"},
		"software-version":{"value":"9.9.9","rule":"equal"}}'
}

# document PROFILE...
document()
{
	local IFS=,
	printf '{"format":"vdev","format-version":1,"profiles":[%s]}\n' "$*"
}

# load_profiles WANTED-STATUS ARGUMENT...
load_profiles()
{
	local wanted=$1
	shift
	run vdevctl profile load "$@"
	expect "status of load $*" "$wanted" "$rc"
	expect "output of load $*" "" "$out"
}


comes_into_effect()
{
	populate
	document "$(profile "$p-p")" >"$case_dir/one.json"
	load_profiles 0 "$case_dir/one.json"
	run vdevctl dev show "sim/$p"
	expect_match profile "profile $p-p" "$out"
	expect_match migratable "migratable yes" "$out"
	expect_match model "model example.org/m" "$out"
	run vdevctl check "sim/$p" "sim/$p"
	expect "verdict" 0 "$rc"
	vdevctl profile del "$p-p"
	run vdevctl dev show "sim/$p"
	expect_match migratable "migratable undeclared" "$out"
	run vdevctl check "sim/$p" "sim/$p"
	expect "verdict without it" 3 "$rc"
}
test_case "a profile that is loaded is in effect until it is deleted" comes_into_effect

# What is shown of a profile, but for when it was set.
without_generation()
{
	sed -E 's/"generation":[0-9]+,//' <<<"$1"
}

comes_back()
{
	local shown
	populate
	document "$(profile "$p-p" "\"bus\":\"sim\",\"type\":\"$p-?\",")" >"$case_dir/one.json"
	load_profiles 0 "$case_dir/one.json"
	shown=$(vdevctl -j profile show "$p-p")
	expect_match "when it was set" '"generation":[0-9]+,' "$shown"
	printf '%s\n' "$shown" >"$case_dir/shown.json"
	vdevctl profile del "$p-p"
	load_profiles 0 - <"$case_dir/shown.json"
	expect shown "$(without_generation "$shown")" \
		"$(without_generation "$(vdevctl -j profile show "$p-p")")"
	expect_match text "$p-p: bus sim driver $p type $p-\?" "$(vdevctl profile show "$p-p")"
}
test_case "what is shown as JSON is loaded as it was" comes_back

more_specific()
{
	populate
	document "$(profile "$p-any")" "$(profile "$p-own" "\"type\":\"$p-1\",")" \
		"$(profile "$p-some" "\"type\":\"$p-*\",")" >"$case_dir/three.json"
	load_profiles 0 "$case_dir/three.json"
	expect_match first "profile $p-own" "$(vdevctl dev show "sim/$p")"
	vdevctl profile del "$p-own"
	expect_match second "profile $p-some" "$(vdevctl dev show "sim/$p")"
	vdevctl profile del "$p-some"
	expect_match third "profile $p-any" "$(vdevctl dev show "sim/$p")"
}
test_case "the most specific profile is in effect, and the device says which" more_specific

takes_the_place()
{
	local before
	populate
	document "$(profile "$p-p")" >"$case_dir/one.json"
	load_profiles 0 "$case_dir/one.json"
	before=$(vdevctl -j profile show)
	document "$(profile "$p-new")" "$(profile "$p-p" '"bus":"none",')" >"$case_dir/two.json"
	load_profiles 1 "$case_dir/two.json"
	expect_match errors "profile $p-p exists; --replace takes its place" "$err"
	expect profiles "$before" "$(vdevctl -j profile show)"
	load_profiles 0 --replace "$case_dir/two.json"
	expect_match replaced "bus none" "$(vdevctl profile show "$p-p")"
	expect_match effect "profile $p-new" "$(vdevctl dev show "sim/$p")"
}
test_case "a profile takes the place of another only if that is wanted" takes_the_place

all_or_none()
{
	local before
	populate
	before=$(vdevctl -j profile show)
	document "$(profile "$p-a")" >"$case_dir/10-good.json"
	document "$(profile "$p-b" '"bus":"a b",')" >"$case_dir/20-bad.json"
	load_profiles 1 "$case_dir"
	expect_match errors "20-bad.json: profiles\[0\]: bus: name is not printable ASCII" "$err"
	load_profiles 1 --dry-run "$case_dir"
	rm "$case_dir/20-bad.json"
	load_profiles 0 --dry-run "$case_dir"
	expect profiles "$before" "$(vdevctl -j profile show)"
	run vdevctl profile del "$p-a" "$p-b"
	expect "status of del" 6 "$rc"
	load_profiles 0 "$case_dir"
	run vdevctl profile del "$p-a" "$p-b"
	expect "status of del" 6 "$rc"
	expect_match errors "$p-b: no such profile" "$err"
	expect_match shown "$p-a" "$(vdevctl profile show "$p-a")"
}
test_case "all profiles are loaded or deleted, or none" all_or_none

# What was there before comes back; nobody else's is touched for longer than a case.
keep_profiles()
{
	vdevctl -j profile show >"$case_dir/before.json"
	defer vdevctl profile sync "$case_dir/before.json"
}

# sync_profiles FILE...
sync_profiles()
{
	run vdevctl profile sync "$@"
	expect "status of sync $*" 0 "$rc"
	expect "output of sync $*" "" "$out"
}

profile_names()
{
	vdevctl profile show | sed -n 's/^\([^ ].*\): .*/\1/p' | xargs
}

only_these()
{
	local before
	populate
	keep_profiles
	document "$(profile "$p-a")" "$(profile "$p-b")" >"$case_dir/old.json"
	document "$(profile "$p-b")" "$(profile "$p-c")" >"$case_dir/new.json"
	load_profiles 0 "$case_dir/old.json"
	sync_profiles "$case_dir/new.json"
	expect names "$p-b $p-c" "$(profile_names)"
	expect_match effect "profile $p-b" "$(vdevctl dev show "sim/$p")"
	before=$(vdevctl -j profile show)
	sync_profiles "$case_dir/new.json"
	expect "the same once more, with its generations" "$before" "$(vdevctl -j profile show)"
	document >"$case_dir/none.json"
	sync_profiles --dry-run "$case_dir/none.json"
	expect "after a dry run" "$before" "$(vdevctl -j profile show)"
	sync_profiles "$case_dir/none.json"
	expect "none" "" "$(profile_names)"
}
test_case "a sync has the profiles of the files and no others, and changes nothing that is so" only_these

makes_room()
{
	local all=() i
	populate
	keep_profiles
	for ((i = 0; i < PROFILES_MAX; i++)); do
		all+=("$(profile "$p-$i")")
	done
	document "${all[@]}" >"$case_dir/full.json"
	document "$(profile "$p-one")" >"$case_dir/one.json"
	sync_profiles "$case_dir/full.json"
	expect number "$PROFILES_MAX" "$(profile_names | wc -w)"
	load_profiles 1 "$case_dir/one.json"
	sync_profiles "$case_dir/one.json"
	expect names "$p-one" "$(profile_names)"
}
test_case "a sync makes room where there is none" makes_room

conflict()
{
	populate
	sim_must "dev set $p param=q,value-type=u64,value=u64:1"
	printf '{"format":"vdev","format-version":1,"profiles":[{"name":"%s","driver":"%s",
		"migration":"supported","record":{"params":[{"name":"q","value-type":"bool"}]}}]}' \
		"$p-p" "$p" >"$case_dir/one.json"
	load_profiles 0 "$case_dir/one.json"
	run vdevctl dev show "sim/$p"
	expect_match conflict "profile $p-p: conflict: param q: the driver reports another type of value" "$out"
	expect_match migratable "migratable undeclared" "$out"
}
test_case "a device that a profile does not fit says why, and stays undeclared" conflict

run_cases
