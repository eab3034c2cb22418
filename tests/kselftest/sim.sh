#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The simulator itself: that its words arrive as the facts they stand for, that
# a command is done as a whole or not at all, and that its knobs work.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl "$PYTHON"

# One process reads what the family reports: starting one for each question would
# take most of the time.
coproc READER { exec "$PYTHON" -S "$HERE/lib/facts.py"; }
exec {questions}>&"${READER[1]}" {answers}<&"${READER[0]}"

# ask QUESTION: of lib/facts.py; leaves its answer in $answer.
ask()
{
	echo "$1" >&"$questions"
	read -r -t 60 answer <&"$answers" || fail "no answer to: ${1:0:200}"
}

# A parent of that preset, and a prefix for the names of its devices.
parent()
{
	p=$(random_name)
	sim_must "parent add $p $*"
	defer sim "parent del $p"
	defer sim "dev del $p*"
}

# look [OBJECT HANDLE]: at what the facts are of that are expected next, by
# default the device.
look()
{
	local shown
	shown=$(vdevctl -j "${1:-dev}" show "${2:-sim/$p}")
	ask "look ${1:-dev} ${shown//$'\n'/ }"
	expect "${2:-sim/$p}" "" "$answer"
}

# expect_fact WANTED EXPRESSION: of what was looked at, Python's x.
expect_fact()
{
	ask "fact $2"
	expect "$2" "$1" "$answer"
}

# device [FACT...]
device()
{
	p=$(random_name)
	sim_must "dev add $p $*"
	defer sim "dev del $p"
}

# number NAME: of a counter.
number()
{
	local name value
	while read -r name value; do
		[ "$name" != "$1" ] || echo "$value"
	done <"$SIM/stats"
}

# rejected ERRNO REASON COMMAND: and nothing is changed.
rejected()
{
	local before
	ask state
	before=$answer
	! sim "$3" || fail "${3:0:200}: not rejected"
	expect_match "last_error of ${3:0:200}" "^line 1: .*$2.* \\(errno $1\\)$" "$(<"$SIM/last_error")"
	ask state
	expect "what is reported after ${3:0:200}" "$before" "$answer"
}

reported_facts()
{
	device driver=a%20b driver-version=1%2c2 bound-driver=c migration=supported \
		capabilities=stop-copy+dirty-tracking blocker=b,reason=why,flags=permanent \
		cost=10,precopy-size=2,downtime=3 info=i,value=bool:true
	look
	expect_fact '"a b"' 'x["driver"]'
	expect_fact '"1,2"' 'x["driver-version"]'
	expect_fact '"c"' 'x["bound-driver"]'
	expect_fact '"supported"' 'x["migration"]'
	expect_fact '["stop-copy", "dirty-tracking"]' 'x["capabilities"]'
	expect_fact '["b", "why", ["permanent"]]' '[x["blockers"][0][k] for k in ("name", "reason", "flags")]'
	expect_fact '[10, 2, 3]' 'list(x["cost"].values())'
	expect_fact '["i", true]' '[x["info"][0]["name"], x["info"][0]["value"]["bool"]]'
}
test_case "words express each reported fact" reported_facts

compared_facts()
{
	device device-api=vfio-pci model=m,accept=n,accept=o type=t,rule=ignore \
		software-version=2.1.0,accept=2.0.2-2.0.4,accept=2.1.0- \
		version=1,flags=accept version=2,flags=accept+current versions-rule=equal \
		feature=f,rule=equal,supported=8000000000000001/128,provisioned=1 \
		param=mtu,value=u64:1500,off=u64:0,rule=range,allow=u64:68-9000,flags=configurable,origin=provisioned \
		aggregation=unit,units=2,count=3,limit=4,resplit=true
	look
	expect_fact '["vfio-pci", "equal"]' 'list(x["record"]["device-api"].values())'
	expect_fact '["m", "one-of", ["n", "o"]]' 'list(x["record"]["model"].values())'
	expect_fact '["t", "ignore"]' 'list(x["record"]["type"].values())'
	expect_fact '["2.1.0", [["2.0.2", "2.0.4"], ["2.1.0"]]]' \
		'(lambda v: [v["value"], [list(a.values()) for a in v["accept"]]])(x["record"]["software-version"])'
	expect_fact '["equal", ["1", "2"]]' \
		'(lambda v: [v["rule"], [e["name"] for e in v["list"]]])(x["record"]["versions"])'
	expect_fact '["f", "equal", ["bit-0", "bit-63"], "0x1"]' \
		'(lambda f: [f["name"], f["rule"], f["supported"]["names"], f["provisioned"]["hex"]])(x["record"]["features"][0])'
	expect_fact '["mtu", "u64", "range", ["configurable"], "provisioned", 1500, 0, {"low": 68, "high": 9000}]' \
		'(lambda p: [p[k] for k in ("name", "value-type", "rule", "flags", "origin")] + [p["value"]["u64"], p["off-value"]["u64"], p["allowed"][0]])(x["record"]["params"][0])'
	expect_fact '["unit", 2, 3, 4, 6, true]' \
		'[x["record"]["aggregation"][k] for k in ("base", "units", "count", "limit", "total", "resplit")]'
}
test_case "words express each compared fact" compared_facts

changes_in_place()
{
	device param=a,value=u64:1,off=u64:0 param=b,value=string:x model=m,accept=n
	sim_must "dev set $p param=a,value=u64:2 model=o"
	look
	expect_fact '[2, 0]' '[x["record"]["params"][0][k]["u64"] for k in ("value", "off-value")]'
	expect_fact '["o", ["n"]]' '[x["record"]["model"][k] for k in ("value", "accept")]'
	sim_must "dev set $p model=o,accept=p param-=a"
	look
	expect_fact '["p"]' 'x["record"]["model"]["accept"]'
	expect_fact '["b"]' '[a["name"] for a in x["record"]["params"]]'
	sim_must "dev set $p -param -model"
	look
	expect_fact 'true' '"params" not in x["record"] or not x["record"]["params"]'
	expect_fact 'true' '"model" not in x["record"]'
}
test_case "a word changes what it names and nothing else" changes_in_place

# illegal FACT...: the simulator takes the word, the core does not.
illegal()
{
	rejected "$1" "rejected by the core" "dev set $p $2"
}

core_rejects()
{
	device
	illegal 22 "driver=%ff"
	illegal 22 "model=$(printf '\377')"
	illegal 22 "param=x,value=u64:1,rule=99"
	illegal 22 "param=x,value=9:"
	illegal 22 "version=a version+=a"
	illegal 22 "info=$(printf 'n%.0s' {1..64}),value=u64:1"
	illegal 22 "model=$(printf 'n%.0s' {1..256})"
	illegal 22 "aggregation=u,units=0,count=1"
	illegal 34 "cost=0x8000000000000000"
	illegal 90 "feature=f,supported=0/16448"
	illegal 90 "$(printf 'info=i%d,value=bool:true ' {1..33})"
	rejected 22 "rejected by the core" "dev add a%20b"
	rejected 17 "rejected by the core" "dev add $p"
}
test_case "what the core has to reject reaches it" core_rejects

bad_words()
{
	device
	rejected 22 "nope: no such command" nope
	rejected 22 "no such command" "dev nope"
	rejected 22 "nope: no such fact" "dev set $p nope=1"
	rejected 22 "nope: param has no such field" "dev set $p param=a,nope=1"
	rejected 22 "a fact is KEY=VALUE" "dev set $p driver"
	rejected 22 "driver: not a list" "dev set $p driver+=x"
	rejected 2 "x: there is no such info" "dev set $p info-=x"
	rejected 22 "two hexadecimal digits" "dev set $p driver=%0g"
	rejected 22 "two hexadecimal digits" "dev set $p driver=%00"
	rejected 22 "xyz: a bitmap is" "dev set $p feature=f,supported=xyz"
	rejected 34 "more digits than bits" "dev set $p feature=f,supported=fff/8"
	rejected 22 "MAJOR.MINOR.BUGFIX" "dev set $p software-version=1.2"
	rejected 22 "a range is" "dev set $p software-version=1.2.3,accept=1.2.3"
	rejected 22 "TYPE:CONTENT" "dev set $p param=a,value=1"
	rejected 22 "what is allowed is" "dev set $p param=a,allow=bool:true"
	rejected 22 "neither true nor false" "dev set $p aggregation=u,resplit=yes"
	rejected 34 "number is above" "dev set $p aggregation=u,units=4294967296"
	rejected 22 "not a number" "dev set $p cost=many"
	rejected 28 "no room for a further param" "dev set $p $(printf 'param+=a %.0s' {1..1025})"
	rejected 19 "no such device" "dev set $p$p driver=x"
	rejected 22 "a name is missing" "dev del"
	rejected 22 "not expected here" "dev del $p $p"
}
test_case "a word that cannot be read is named, and changes nothing" bad_words

bad_objects()
{
	parent plain
	rejected 17 "exists already" "parent add $p plain"
	rejected 22 "no such preset" "parent add $p$p nope"
	rejected 19 "no such parent" "type add $p$p t"
	rejected 19 "no such parent" "dev add $p parent=$p$p"
	rejected 19 "no such type at sim/$p" "dev add $p parent=$p type=t"
	rejected 34 "number is above 65536" "dev add $p count=65537"
	sim_must "type add $p t"
	sim_must "dev add $p parent=$p type=t"
	rejected 16 "has 1 devices" "type del $p t"
	rejected 16 "has 1 devices" "parent del $p"
	sim_must "dev del $p"
	sim_must "type del $p t"
	rejected 19 "no such type" "type del $p t"
}
test_case "objects that are missing or in use are named" bad_objects

hostile_lines()
{
	local long
	device
	long=#
	while [ ${#long} -lt 131072 ]; do
		long+=$long
	done
	rejected 90 "a line is longer than" "$long#"
	sim_must "$long"
	! printf 'dev del %s\0\n' "$p" >"$SIM/control" 2>/dev/null || fail "a byte of 0 is taken"
	expect_match last_error "a byte of 0" "$(<"$SIM/last_error")"
	! head -c 65536 /dev/urandom >"$SIM/control" 2>/dev/null || fail "noise is taken"
	look
	expect_fact 'false' '"driver" in x'
}
test_case "lines too long, bytes of 0 and noise change nothing" hostile_lines

line_in_pieces()
{
	device
	{
		printf 'dev set %s ' "$p"
		printf 'driver=%s\n' pieces
	} >"$SIM/control"
	look
	expect_fact '"pieces"' 'x["driver"]'
	# cat sees what close() returns; printf would not.
	! printf 'dev set %s driver=half' "$p" | cat 2>/dev/null >"$SIM/control" ||
		fail "half a line is no error"
	expect_match last_error "a line without its end is not done" "$(<"$SIM/last_error")"
	look
	expect_fact '"pieces"' 'x["driver"]'
}
test_case "a line may come in pieces, but must have its end" line_in_pieces

many_lines()
{
	device
	! printf '%s\n' "dev set $p driver=first" nope "dev set $p driver=last" >"$SIM/control" 2>/dev/null ||
		fail "a rejected line is no error"
	expect_match last_error "^line 2: nope" "$(<"$SIM/last_error")"
	look
	expect_fact '"first"' 'x["driver"]'
}
test_case "lines before a rejected one are done" many_lines

# expect_capacity NUMBER WHEN WANTED: of the type that makes so many devices of a
# GPU.
expect_capacity()
{
	look type "sim/$p/i915-GVTg_V5_$1"
	ask 'fact "%(state)s %(available)d %(limit)d" % x["capacity"]'
	expect "_$1 $2" "\"$3\"" "$answer"
}

gpu_capacity()
{
	parent i915-gvtg
	expect_capacity 1 "at first" "sufficient 1 1"
	expect_capacity 8 "at first" "sufficient 8 8"
	sim_must "dev add $p parent=$p type=i915-GVTg_V5_4 count=3"
	expect_capacity 1 "beside three _4" "busy 0 1"
	expect_capacity 4 "beside three _4" "sufficient 1 4"
	sim_must "dev set ${p}0 aggregation=gvtg-eighth,count=2"
	expect_capacity 8 "beside four _4" "busy 0 8"
	rejected 28 "needs 1 base units, 0 are free" "dev add $p parent=$p type=i915-GVTg_V5_8"
	rejected 28 "needs 4 base units, 2 are free" "dev set ${p}1 aggregation=gvtg-eighth,count=2"
	sim_must "dev del ${p}0"
	expect_capacity 2 "beside two _4" "sufficient 1 2"
	sim_must "dev del $p*"
	expect_capacity 1 "at the end" "sufficient 1 1"
}
test_case "devices take units of a GPU, and its types report what is left" gpu_capacity

impossible_type()
{
	parent plain units=4
	sim_must "type add $p big aggregation=unit,units=5,count=1"
	look type "sim/$p/big"
	expect_fact '"impossible"' 'x["capacity"]["state"]'
}
test_case "a type that is larger than its parent is impossible" impossible_type

matrix()
{
	parent vfio-ap
	sim_must "dev add $p parent=$p type=vfio_ap-passthrough feature=adapters,provisioned=28/256"
	look
	expect_fact '["adapters", "domains", "control-domains"]' '[f["name"] for f in x["record"]["features"]]'
	expect_fact '["0x28", "0x0", "0x0"]' '[f["provisioned"]["hex"] for f in x["record"]["features"]]'
	expect_fact '"undeclared"' 'x["migration"]'
	look type "sim/$p/vfio_ap-passthrough"
	expect_fact true 'all("supported" in f and "provisioned" not in f for f in x["record"]["features"])'
}
test_case "the matrix device has its three sets of bits" matrix

device_of_a_type()
{
	parent plain
	sim_must "type add $p t migration=supported version=1,flags=accept version=2,flags=create+accept+default capacity=busy,limit=3"
	sim_must "dev add $p parent=$p type=t"
	look
	expect_fact '"supported"' 'x["migration"]'
	expect_fact '"t"' 'x["record"]["type"]["value"]'
	expect_fact 'false' '"capacity" in x'
	expect_fact '[["accept"], ["accept", "current"]]' '[v["flags"] for v in x["record"]["versions"]["list"]]'
}
test_case "a device starts with the facts of its type" device_of_a_type

failing_registration()
{
	p=$(random_name)
	defer sim "fail register 0"
	sim_must "fail register 1 errno=EIO skip=5"
	rejected 5 "${p}5: registration fails as asked for" "dev add $p count=10"
	sim_must "dev add $p count=10"
	sim_must "dev del $p*"
}
test_case "a registration that fails takes back those before it" failing_registration

failing_change()
{
	p=$(random_name)
	sim_must "dev add $p count=10"
	defer sim "dev del $p*"
	defer sim "fail update 0"
	sim_must "fail update 1 skip=5"
	rejected 12 "change fails as asked for" "dev set $p* driver=x"
	sim_must "dev set $p* driver=x"
}
test_case "a change that fails takes back those before it" failing_change

# touched NUMBER: does the device tell another one, now?
touched()
{
	look
	ask 'fact x.get("info") and x["info"][0]["value"]["u64"]'
	[ "$answer" != "$1" ]
}

changing_poll()
{
	device poll=read
	defer sim poll
	sim_must "poll touch=$p"
	wait_until 60 touched null
	expect_fact '["touched"]' '[i["name"] for i in x["info"]]'
	wait_until 60 touched "$answer"
}
test_case "a poll can change a fact" changing_poll

# polled NUMBER: have there been more polls? read_and_polled: and have them go on.
polled()
{
	[ "$(number polled)" -gt "$1" ]
}

read_and_polled()
{
	look
	polled "$1"
}

polled_or_not()
{
	local before
	device
	sim_must "dev add other$p poll=none"
	defer sim "dev del other$p"
	before=$(number polled)
	look
	sleep 1.2
	look
	expect polls "$before" "$(number polled)"
	sim_must "dev add unread$p poll=unread"
	defer sim "dev del unread$p"
	wait_until 60 polled "$before"
	sim_must "dev del unread$p"
	sim_must "dev add unread$p poll=read"
	wait_until 60 read_and_polled "$(number polled)"
}
test_case "devices are polled that say so" polled_or_not

failing_poll()
{
	device poll=read
	defer sim poll
	sim_must "poll errno=EIO touch=$p"
	wait_until 60 read_and_polled "$(number polled)"
	expect_fact 'false' '"info" in x and bool(x["info"])'
	rejected 22 "NOPE: no such errno" "poll errno=NOPE"
	rejected 34 "number is above 60000" "poll delay=60001"
	rejected 22 "not expected here" "poll touch=$p delay=1"
}
test_case "a poll that fails changes nothing" failing_poll

churning()
{
	device
	defer sim churn off
	sim_must "churn $p 1"
	wait_until 60 touched null
	wait_until 60 touched "$answer"
}
test_case "a fact can change by itself" churning

counters()
{
	local created destroyed devices
	created=$(number created) destroyed=$(number destroyed) devices=$(number devices)
	p=$(random_name)
	sim_must "dev add $p count=200"
	expect devices $((devices + 200)) "$(number devices)"
	sim_must "dev del $p*"
	expect devices "$devices" "$(number devices)"
	expect "created and destroyed" $(($(number created) - created)) $(($(number destroyed) - destroyed))
}
test_case "what was made is counted as gone when it is" counters

run_cases
