#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What vdevctl shows of the simulator's devices and types: all, one, those that
# pass a filter, none; as text and as JSON; and what it says when it cannot.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl

line_start="(^|"$'\n'")"

# Three devices and two types of one parent, and a device of no parent.
populate()
{
	p=$(random_name)
	sim_must "parent add $p plain"
	defer sim "parent del $p"
	defer sim "type del $p *"
	defer sim "dev del $p*"
	defer sim "dev del a$p/${p}d"
	sim_must "type add $p $p-small device-api=vfio-pci model=$p-m1 migration=supported"
	sim_must "type add $p $p-large device-api=vfio-ccw model=$p-m2"
	sim_must "dev add ${p}a parent=$p type=$p-small migration=supported"
	sim_must "dev add ${p}b parent=$p type=$p-small migration=supported blocker=busy,reason=in%20use"
	sim_must "dev add ${p}c parent=$p type=$p-large"
	sim_must "dev add a$p/${p}d model=$p-m1 migration=unsupported"
}

# expect_handles WANTED OBJECT [CONDITION...]: what is shown, of our own.
expect_handles()
{
	local wanted=$1 line handles=()
	shift
	vdevctl -j "$1" show "${@:2}" >"$case_dir/shown"
	while read -r line; do
		[[ $line =~ \"handle\":\"([^\"]*${p}[^\"]*)\" ]] || continue
		handles+=("${BASH_REMATCH[1]}")
	done <"$case_dir/shown"
	expect "$*" "$wanted" "${handles[*]}"
}

all_devices()
{
	populate
	expect_handles "sim/${p}a sim/${p}b sim/${p}c a$p/${p}d" dev
	expect_handles "sim/$p/$p-small sim/$p/$p-large" type
}
test_case "all devices and all types are shown" all_devices

as_text()
{
	local handle
	populate
	run vdevctl dev show
	expect status 0 "$rc"
	expect errors "" "$err"
	for handle in "a$p/${p}d" "sim/${p}a" "sim/${p}b" "sim/${p}c"; do
		expect_match "text" "$line_start$handle" "$out"
	done
	expect_match blocker "busy" "$out"
	run vdevctl type show
	expect_match type "${line_start}sim/$p/$p-small" "$out"
}
test_case "text begins a line with each handle" as_text

one_by_handle()
{
	populate
	run vdevctl dev show "sim/${p}b"
	expect status 0 "$rc"
	expect_match handle "sim/${p}b" "$out"
	expect id "$(vdevctl -j dev show "sim/${p}b")" \
		"$(vdevctl -j dev show "$(number_of dev "sim/${p}b" id)")"
	run vdevctl type show "sim/$p/$p-small"
	expect status 0 "$rc"
	expect id "$(vdevctl -j type show "sim/$p/$p-small")" \
		"$(vdevctl -j type show "$(number_of type "sim/$p/$p-small" id)")"
}
test_case "one endpoint is shown by its handle and by its number" one_by_handle

each_condition()
{
	populate
	expect_handles "a$p/${p}d" dev bus "a$p"
	expect_handles "sim/${p}a sim/${p}b sim/${p}c" dev parent-bus sim
	expect_handles "sim/${p}a sim/${p}b sim/${p}c" dev parent "$p"
	expect_handles "sim/${p}a sim/${p}b sim/${p}c" dev parent "sim/$p"
	expect_handles "sim/${p}a sim/${p}b" dev type "$p-small"
	expect_handles "sim/${p}a sim/${p}b a$p/${p}d" dev model "$p-m1"
	expect_handles "sim/${p}c" dev device-api vfio-ccw
	expect_handles "sim/${p}a" dev migratable
}
test_case "each condition picks the devices for which it holds" each_condition

each_condition_of_types()
{
	populate
	expect_handles "sim/$p/$p-small sim/$p/$p-large" type bus sim
	expect_handles "sim/$p/$p-small sim/$p/$p-large" type parent "$p"
	expect_handles "sim/$p/$p-large" type type "$p-large"
	expect_handles "sim/$p/$p-small" type model "$p-m1"
	expect_handles "sim/$p/$p-large" type device-api vfio-ccw
	expect_handles "sim/$p/$p-small" type migratable
}
test_case "each condition picks the types for which it holds" each_condition_of_types

# The highest generation of any device, in $newest.
find_newest()
{
	local line
	newest=0
	vdevctl -j dev show >"$case_dir/shown"
	while read -r line; do
		[[ $line =~ \"generation\":([0-9]+) ]] || continue
		newest=$((BASH_REMATCH[1] > newest ? BASH_REMATCH[1] : newest))
	done <"$case_dir/shown"
}

since()
{
	local newest instance
	populate
	find_newest
	instance=$(instance "sim/${p}c")
	expect_handles "" dev since "$instance:$newest"
	sim_must "dev set ${p}c driver=other"
	expect_handles "sim/${p}c" dev since "$instance:$newest"
	run vdevctl dev show since "$((instance ^ 1)):$newest"
	expect "status with another instance" 4 "$rc"
	# On 6.1 the start of a dump cannot say more than the errno.
	expect_match "stderr" "that generation is of another instance|stale file handle" "$err"
	sim_must "dev set ${p}c driver=other"
	expect "generation" $((newest + 1)) "$(generation "sim/${p}c")"
}
test_case "since picks what changed, and a change that is none does not count" since

conditions_together()
{
	populate
	expect_handles "sim/${p}a sim/${p}b" dev parent "$p" type "$p-small"
	expect_handles "sim/${p}a" dev type "$p-small" migratable
	expect_handles "" dev type "$p-small" device-api vfio-ccw
	expect_handles "sim/${p}a" dev bus sim parent "sim/$p" type "$p-small" \
		model "$p-m1" device-api vfio-pci migratable \
		since "$(instance "sim/${p}a"):1"
}
test_case "conditions that are given together must all hold" conditions_together

nothing_passes()
{
	run vdevctl dev show bus no-such-bus
	expect status 0 "$rc"
	expect text "" "$out"
	run vdevctl -j dev show bus no-such-bus
	expect status 0 "$rc"
	expect json '{"dev":[]}' "${out//[[:space:]]/}"
}
test_case "no device is not an error" nothing_passes

absent()
{
	run vdevctl dev show sim/no-such
	expect status 6 "$rc"
	expect stdout "" "$out"
	expect stderr "vdevctl: dev show: sim/no-such: no such device" "$err"
	run vdevctl type show sim/no-such/type
	expect status 6 "$rc"
	expect stderr "vdevctl: type show: sim/no-such/type: no such type" "$err"
	run vdevctl dev show 2147483647
	expect status 6 "$rc"
	expect_match stderr "2147483647: no such device" "$err"
	run vdevctl -j dev show sim/no-such
	expect status 6 "$rc"
	expect stdout "" "$out"
}
test_case "an absent endpoint is reported by name on stderr, status 6" absent

wrong_words()
{
	local words
	for words in "dev shw" "dv show" "dev show a b" "dev show bus" "dev show nonsense" \
		     "dev show since x" "dev show bus a bus b" "type show sim/x" "dev show 0" \
		     "dev show sim/a more" "dev show 99999999999" "-x dev show"; do
		# shellcheck disable=SC2086 # words
		run vdevctl $words
		expect "status of $words" 5 "$rc"
		expect "stdout of $words" "" "$out"
		expect_match "stderr of $words" "vdevctl: " "$err"
	done
}
test_case "words that mean nothing are rejected, status 5" wrong_words

help()
{
	local words
	for words in "help" "help dev" "help type show" "--help" "-h" "dev help"; do
		# shellcheck disable=SC2086 # words
		run vdevctl $words
		expect "status of $words" 0 "$rc"
		expect "stderr of $words" "" "$err"
		expect_match "stdout of $words" "Usage: " "$out"
	done
}
test_case "help that is asked for goes to stdout, status 0" help

without_module()
{
	unload_all
	run vdevctl dev show
	expect status 6 "$rc"
	expect stdout "" "$out"
	expect_match stderr "vdevctl: dev show: .*(module|family|loaded)" "$err"
}
test_case "without the module the tool says so, status 1" without_module

json_of_everything()
{
	[ -x "$PYTHON" ] || skip "needs $PYTHON"
	populate
	sim_must "dev set ${p}a driver=d driver-version=%c3%a4%22%5c bound-driver=b" \
		"capabilities=stop-copy+p2p info=n,value=u64:9223372036854775807 cost=1" \
		"software-version=1.2.3,accept=1.0.0- version=v1,flags=create+default" \
		"feature=f,supported=ff00000000000001,provisioned=1" \
		"param=mac,value=string:x,origin=provisioned param=on,value=bool:true" \
		"param=mtu,value=u64:1500,allow=u64:68-9000,rule=range" \
		"aggregation=unit,units=2,count=3,resplit=true"
	vdevctl -j dev show "sim/${p}a" >"$case_dir/compact"
	vdevctl -p dev show "sim/${p}a" >"$case_dir/pretty"
	"$PYTHON" -S - "$case_dir" <<-'END'
		import json, sys
		compact, pretty = (json.load(open(f"{sys.argv[1]}/{name}", encoding="utf-8"))
		                   for name in ("compact", "pretty"))
		assert compact == pretty
		dev, = compact["dev"]
		assert dev["driver-version"] == '\u00e4"\\', dev
		assert sorted(dev["capabilities"]) == ["p2p", "stop-copy"], dev
		record = dev["record"]
		text = json.dumps(record)
		for word in ('"mac"', '"mtu"', '"on"', '"v1"', '"unit"', '"range"', '"f"'):
		    assert word in text, word
		assert dev["info"][0]["value"] == {"u64": 2 ** 63 - 1}, dev
	END
}
test_case "JSON holds every kind of fact, both compact and pretty" json_of_everything

run_cases
