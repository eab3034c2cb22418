#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The bounds of what can be reported about an endpoint: what lies at a bound is
# taken; what lies beyond is rejected with an errno and a reason in the kernel's
# log, and nothing of it is visible. Offered through the simulator, which passes
# on what it is given.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

need_sim
need_program vdevctl

EEXIST=17 EINVAL=22 ERANGE=34 EMSGSIZE=90
NUMBERS=({1..65})
# As many devices as the simulator makes at once.
MANY=65536
! debug_kernel || MANY=8192

# repeat N TEXT: the text, again and again.
repeat()
{
	local spaces
	printf -v spaces '%*s' "$1" ''
	printf '%s' "${spaces// /$2}"
}

# list N FORMAT: for each number from 1 to N.
list()
{
	# shellcheck disable=SC2059 # a format
	printf "$2" "${NUMBERS[@]:0:$1}"
}

# Rejections in the log of the last two seconds.
just_rejected()
{
	dmesg | awk -F '[][ ]+' -v now="$(cut -d ' ' -f 1 /proc/uptime)" '
		/: rejected \(-/ && $2 > now - 2 { count++ }
		END { print count + 0 }'
}

# The log takes 100 rejections a second. No case has more than 50 of them, and so it begins
# when there is room for as many.
begin()
{
	while [ "$(just_rejected)" -gt 50 ]; do
		sleep 0.2
	done
	p=$(random_name)
	count=0
	taken=0
	expected=()
	mark_log
	sim_must "parent add $p plain"
	defer sim "parent del $p"
	defer sim "type del $p *"
	defer sim "dev del $p*"
}

# taken FACT...: a device with these facts can be registered.
taken()
{
	count=$((count + 1))
	taken=$((taken + 1))
	sim_must "dev add $p-$count $*"
}

# reported NAME ERRNO REASON: the core must have said so in its log, when the case
# ends; of our own endpoints, and in this order.
reported()
{
	expected+=("vdev: vdev_sim: $1: rejected (-$2): $3")
}

# rejected ERRNO REASON FACT...: a device with these facts is rejected.
rejected()
{
	local errno=$1 reason=$2
	shift 2
	count=$((count + 1))
	! sim "dev add $p-$count $*" || fail "taken: ${*:0:100}"
	reported "$p-$count" "$errno" "$reason"
}

# What was taken is visible, and nothing else; what was rejected is in the log.
end()
{
	local visible wanted logged
	visible=$(vdevctl dev show bus sim | grep -c "^sim/$p-[0-9]") || :
	expect "devices that are visible" "$taken" "$visible"
	printf -v wanted '%s\n' "${expected[@]}"
	logged=$(kernel_log "s/^\[[^]]*\] //; /^vdev: vdev_sim: $p/!d")
	[ "${wanted%$'\n'}" = "$logged" ] ||
		fail "$(diff <(printf '%s' "$wanted") <(printf '%s\n' "$logged"))"
}

names()
{
	local long key
	begin
	long=$(repeat 63 n)
	for key in version feature; do
		taken "$key=$long"
		rejected $EINVAL "$key: name is longer than 63 bytes" "$key=${long}n"
		rejected $EINVAL "$key: name is empty" "$key="
		rejected $EINVAL "$key: name is not printable ASCII without space and slash" "$key=a%20b"
		rejected $EINVAL "$key: name is not printable ASCII without space and slash" "$key=a/b"
		rejected $EINVAL "$key: name is not printable ASCII without space and slash" "$key=%c3%a4"
	done
	taken "param=$long,value-type=u64"
	rejected $EINVAL "param: name is longer than 63 bytes" "param=${long}n,value-type=u64"
	taken "info=$long,value=u64:1"
	rejected $EINVAL "info: name is longer than 63 bytes" "info=${long}n,value=u64:1"
	taken "blocker=$long,reason=r"
	rejected $EINVAL "blocker: name is longer than 63 bytes" "blocker=${long}n,reason=r"
	taken "aggregation=$long,units=1,count=1"
	rejected $EINVAL "aggregation: name is longer than 63 bytes" "aggregation=${long}n,units=1,count=1"
	end
}
test_case "names have up to 63 bytes of printable ASCII" names

handles()
{
	local long
	begin
	long=$p$(repeat 63 n)
	long=${long:0:63}
	sim_must "dev add $long"
	! sim "dev add ${long}n" || fail "a name of 64 bytes is taken"
	reported "$long" $EINVAL "name: name is longer than 63 bytes"
	sim_must "dev add $(repeat 63 b)/$p"
	defer sim "dev del $(repeat 63 b)/$p"
	! sim "dev add $(repeat 64 b)/${p}x" || fail "a bus of 64 bytes is taken"
	reported "${p}x" $EINVAL "bus: name is longer than 63 bytes"
	sim_must "type add $p $long"
	! sim "type add $p ${long}n" || fail "a type's name of 64 bytes is taken"
	reported "$long" $EINVAL "name: name is longer than 63 bytes"
	! sim "type add $p ${p}y bus=$(repeat 64 b)" || fail "a type's bus of 64 bytes is taken"
	reported "${p}y" $EINVAL "bus: name is longer than 63 bytes"
	run vdevctl -j dev show "sim/$long"
	expect "status of the longest name" 0 "$rc"
	run vdevctl -j dev show "$(repeat 63 b)/$p"
	expect "status of the longest bus" 0 "$rc"
	run vdevctl -j type show "sim/$p/$long"
	expect "status of the longest type" 0 "$rc"
	end
}
test_case "handles have up to 63 bytes a part" handles

duplicate_handles()
{
	begin
	taken driver=d
	! sim "dev add $p-1" || fail "a second device of that name"
	reported "$p-1" $EEXIST "exists already"
	sim_must "type add $p $p-1"
	! sim "type add $p $p-1" || fail "a second type of that name"
	reported "$p-1" $EEXIST "exists already"
	sim_must "dev add $p/$p-1"
	defer sim "dev del $p/$p-1"
	end
}
test_case "a handle is taken once; a device and a type do not collide" duplicate_handles

strings()
{
	local long key
	begin
	long=$(repeat 255 s)
	for key in driver driver-version bound-driver device-api model type; do
		taken "$key=$long"
		rejected $EINVAL "$key: string is longer than 255 bytes" "$key=${long}s"
		rejected $EINVAL "$key: string is empty" "$key="
	done
	taken "model=a,accept=$long"
	rejected $EINVAL "model: string is longer than 255 bytes" "model=a,accept=${long}s"
	taken "blocker=b,reason=$long"
	rejected $EINVAL "b: string is longer than 255 bytes" "blocker=b,reason=${long}s"
	rejected $EINVAL "b: string is missing" "blocker=b"
	taken "info=i,value=string:$long"
	rejected $EINVAL "i: string is longer than 255 bytes" "info=i,value=string:${long}s"
	taken "param=q,value=string:$long,off=string:$long,allow=string:$long"
	rejected $EINVAL "q: string is longer than 255 bytes" "param=q,value=string:${long}s"
	rejected $EINVAL "q: string is longer than 255 bytes" "param=q,value=string:s,off=string:${long}s"
	rejected $EINVAL "q: string is longer than 255 bytes" "param=q,value=string:s,allow=string:${long}s"
	end
}
test_case "strings have up to 255 bytes" strings

text()
{
	local good bad
	begin
	# Of two, three and four bytes; the ends of what each length can say.
	for good in %c2%a0 %df%bf %e0%a0%80 %ed%9f%bf %ee%80%80 %ef%bf%bd %f0%90%80%80 %f4%8f%bf%bf; do
		taken "model=$good"
	done
	# Lone, cut, too long, surrogates, above the end.
	for bad in %80 %ff %c3 %c3x %e2%82 %e2%28%a1 %f0%9d%84 %c0%80 %c1%bf %e0%80%80 %e0%9f%bf \
		   %ed%a0%80 %ed%bf%bf %f0%80%80%80 %f0%8f%bf%bf %f4%90%80%80 %f5%80%80%80; do
		rejected $EINVAL "model: string is not UTF-8 text" "model=x$bad"
	done
	for bad in %c2%80 %c2%9f %01 %09 %0a %1b%5b2J %7f; do
		rejected $EINVAL "model: string has control characters" "model=x$bad"
	done
	rejected $EINVAL "q: string is not UTF-8 text" "param=q,value=string:%ff"
	rejected $EINVAL "driver: string is not UTF-8 text" "driver=%ff"
	end
}
test_case "strings are UTF-8 text without control characters" text

lists()
{
	local key
	begin
	for key in device-api model type; do
		taken "$key=v$(list 64 ',accept=a%d')"
		rejected $EMSGSIZE "$key: more than 64 entries" "$key=v$(list 65 ',accept=a%d')"
	done
	taken "software-version=1.0.0$(list 64 ',accept=%d.0.0-')"
	rejected $EMSGSIZE "software-version: more than 64 entries" \
		"software-version=1.0.0$(list 65 ',accept=%d.0.0-')"
	taken "$(list 64 ' version=v%d')"
	rejected $EMSGSIZE "versions: more than 64 entries" "$(list 65 ' version=v%d')"
	taken "$(list 16 ' feature=f%d')"
	rejected $EMSGSIZE "features: more than 16 entries" "$(list 17 ' feature=f%d')"
	taken "$(list 64 ' param=p%d,value-type=u64')"
	rejected $EMSGSIZE "params: more than 64 entries" "$(list 65 ' param=p%d,value-type=u64')"
	taken "param=q,value-type=u64$(list 64 ',allow=u64:%d')"
	rejected $EMSGSIZE "q: more than 64 entries" "param=q,value-type=u64$(list 65 ',allow=u64:%d')"
	taken "$(list 16 ' blocker=b%d,reason=r')"
	rejected $EMSGSIZE "blockers: more than 16 entries" "$(list 17 ' blocker=b%d,reason=r')"
	taken "$(list 32 ' info=i%d,value=u64:1')"
	rejected $EMSGSIZE "info: more than 32 entries" "$(list 33 ' info=i%d,value=u64:1')"
	end
}
test_case "every list has its longest" lists

bitmaps()
{
	local kind
	begin
	for kind in supported provisioned required negotiated; do
		taken "feature=f,supported=1,$kind=1/16384"
		rejected $EMSGSIZE "feature f: more than 16384 bits" "feature=f,supported=1,$kind=1/16448"
	done
	end
}
test_case "bitmaps have up to 16,384 bits" bitmaps

required()
{
	local reason="feature f: requires what it does not offer"
	begin
	taken feature=f,supported=7,provisioned=3,required=3
	rejected $EINVAL "$reason" feature=f,supported=7,provisioned=3,required=4
	taken feature=f,supported=7,required=4
	rejected $EINVAL "$reason" feature=f,supported=7,required=8
	rejected $EINVAL "$reason" feature=f,supported=7,required=10000000000000000/128
	rejected $EINVAL "$reason" feature=f,required=1
	end
}
test_case "what a feature set requires it offers" required

numbers()
{
	local most=9223372036854775807 more=9223372036854775808
	begin
	taken "cost=$most,precopy-size=$most,downtime=$most"
	rejected $ERANGE "state-size: number is above 2^63 - 1" "cost=$more"
	rejected $ERANGE "precopy-size: number is above 2^63 - 1" "cost=0,precopy-size=$more"
	rejected $ERANGE "downtime: number is above 2^63 - 1" "cost=0,downtime=$more"
	taken "info=i,value=u64:$most param=q,value=u64:$most,off=u64:$most,allow=u64:0-$most"
	rejected $ERANGE "i: number is above 2^63 - 1" "info=i,value=u64:$more"
	rejected $ERANGE "q: number is above 2^63 - 1" "param=q,value=u64:$more"
	rejected $ERANGE "q: number is above 2^63 - 1" "param=q,value=u64:1,off=u64:$more"
	rejected $ERANGE "q: number is above 2^63 - 1" "param=q,value=u64:1,allow=u64:0-$more"
	rejected $EINVAL "q: allowed range ends before it starts" "param=q,value-type=u64,allow=u64:2-1"
	taken "aggregation=a,units=4294967295,count=2147483648"
	rejected $ERANGE "aggregation: number is above 2^63 - 1" \
		"aggregation=a,units=4294967295,count=4294967295"
	rejected $EINVAL "aggregation: units and count start at 1" "aggregation=a,units=0,count=1"
	rejected $EINVAL "aggregation: units and count start at 1" "aggregation=a,units=1,count=0"
	taken "aggregation=a,units=1,count=2,limit=2"
	rejected $ERANGE "aggregation: count is above the limit" "aggregation=a,units=1,count=3,limit=2"
	taken "software-version=1.2.3,accept=1.2.3-1.2.3"
	rejected $EINVAL "software-version: range ends before it starts" \
		"software-version=1.2.3,accept=1.2.4-1.2.3"
	rejected $EINVAL "software-version: range ends before it starts" \
		"software-version=1.2.3,accept=2.0.0-1.9.9"
	end
}
test_case "numbers have their largest, ranges their direction" numbers

duplicates()
{
	begin
	rejected $EINVAL "version v: duplicate" "version=v version+=v"
	rejected $EINVAL "feature f: duplicate" "feature=f feature=g feature+=f"
	rejected $EINVAL "param q: duplicate" "param=q,value-type=u64 param+=q,value-type=u64"
	rejected $EINVAL "info i: duplicate" "info=i,value=u64:1 info+=i,value=u64:2"
	rejected $EINVAL "blocker b: duplicate" "blocker=b,reason=r blocker+=b,reason=s"
	rejected $EINVAL "model a: duplicate" "model=v,accept=a,accept=b,accept=a"
	rejected $EINVAL "device-api a: duplicate" "device-api=v,accept=a,accept=a"
	rejected $EINVAL "type a: duplicate" "type=v,accept=a,accept=a"
	end
}
test_case "no name comes twice in a list" duplicates

# unfit WHAT WORDS RULE...: those rules are rejected, all others are taken.
unfit()
{
	local what=$1 words=$2 rule
	shift 2
	for rule in 1 2 3 4 5 6 7 8; do
		case " $* " in
		*" $rule "*) rejected $EINVAL "$what: rule $rule does not apply" "$words,rule=$rule" ;;
		*)	taken "$words,rule=$rule" ;;
		esac
	done
	rejected $EINVAL "$what: rule 9 does not apply" "$words,rule=9"
	rejected $EINVAL "$what: rule 4294967295 does not apply" "$words,rule=4294967295"
}

# equal 1, subset 2, at-least 3, at-most 4, one-of 5, range 6, semver 7, ignore 8
rules()
{
	begin
	unfit device-api device-api=v 2 3 4 6 7
	unfit model model=v 2 3 4 6 7
	unfit type type=v 2 3 4 6 7
	unfit software-version software-version=1.0.0,accept=1.0.0- 2 3 4 5
	unfit f feature=f,supported=1 3 4 5 6 7
	unfit q param=q,value=u64:1,allow=u64:1 2 7
	unfit q param=q,value=string:s,allow=string:s 2 3 4 6 7
	unfit aggregation aggregation=a,units=1,count=1 2 3 4 5 6 7
	taken version=v versions-rule=one-of
	taken version=v versions-rule=equal
	taken version=v versions-rule=ignore
	rejected $EINVAL "versions: rule 7 does not apply" version=v versions-rule=semver
	rejected $EINVAL "software-version: rule range without a range" software-version=1.0.0,rule=range
	rejected $EINVAL "q: rule without allowed values" param=q,value=u64:1,rule=range
	rejected $EINVAL "q: rule without allowed values" param=q,value=string:s,rule=one-of
	end
}
test_case "a field takes the rules that fit it" rules

words()
{
	begin
	taken version=v,flags=create+accept+default+current
	rejected $EINVAL "v: flags 0x10 are not known" version=v,flags=0x10
	rejected $EINVAL "version v: default but cannot be created" version=v,flags=default
	rejected $EINVAL "version w: a second default or current version" \
		version=v,flags=create+default version=w,flags=create+default
	rejected $EINVAL "version w: a second default or current version" \
		version=v,flags=current version=w,flags=current
	taken param=q,value-type=u64,flags=configurable+mandatory
	rejected $EINVAL "q: flags 0x4 are not known" param=q,value-type=u64,flags=4
	rejected $EINVAL "q: mandatory but not configurable" param=q,value-type=u64,flags=mandatory
	rejected $EINVAL "q: value type 0 is not known" param=q
	rejected $EINVAL "q: value type 4 is not known" param=q,value-type=4
	rejected $EINVAL "q: origin 5 is not known" param=q,value-type=u64,origin=5
	rejected $EINVAL "q: value is of another type" param=q,value-type=string,value=u64:1
	rejected $EINVAL "q: value is of another type" param=q,value-type=u64,off=bool:true
	rejected $EINVAL "q: a bool with allowed values" param=q,value-type=bool,allow=u64:1
	rejected $EINVAL "i: value type 0 is not known" info=i
	taken capabilities=stop-copy+p2p+pre-copy+dirty-tracking+iommu-dirty-tracking
	rejected $EINVAL "capabilities: flags 0x20 are not known" capabilities=0x3f
	taken blocker=b,reason=r,flags=permanent
	rejected $EINVAL "b: flags 0x2 are not known" blocker=b,reason=r,flags=2
	rejected $EINVAL "migration: 4 is not known" migration=4
	rejected $EINVAL "capacity: state 4 is not known" capacity=4
	taken capacity=sufficient,available=2,limit=2
	rejected $ERANGE "capacity: available is above the limit" capacity=sufficient,available=3,limit=2
	end
}
test_case "kinds, states and flags are those that are known" words

largest()
{
	local filler size
	[ -x "$BUILT/size" ] || skip "needs size, which make builds"
	begin
	filler=$(list 11 ' feature=f%d,supported=1/16384')
	taken "$filler driver=$(repeat 255 d)"
	size=$("$BUILT/size" sim "$p-1")
	# Infos of the longest string, then one that fills the rest.
	while [ $((24576 - size)) -gt 400 ]; do
		filler+=" info=i$size,value=string:$(repeat 255 i)"
		taken "$filler driver=$(repeat 255 d)"
		size=$("$BUILT/size" sim "$p-$count")
	done
	filler+=" driver-version=x"
	taken "$filler driver=$(repeat 255 d)"
	size=$("$BUILT/size" sim "$p-$count")
	grow_until_full "$filler" "$size"
	end
}

# grow_until_full FACTS SIZE: the last four bytes decide.
grow_until_full()
{
	local facts=$1 rest=$((24576 - $2)) len
	# A string of three letters and its NUL take four bytes.
	len=$((rest + 3))
	if [ "$len" -gt 255 ]; then
		facts+=" bound-driver=$(repeat 99 b)"
		len=$((len - 104))
	fi
	facts+=" driver=$(repeat 255 d)"
	taken "${facts/driver-version=x/driver-version=$(repeat $len v)}"
	expect size 24576 "$("$BUILT/size" sim "$p-$count")"
	rejected $EMSGSIZE "larger than 24576 bytes" \
		"${facts/driver-version=x/driver-version=$(repeat $((len + 1)) v)}"
}
test_case "an endpoint of 24,576 bytes is reported, and no larger one" largest

# A change is rejected; is that in the log? At most ten of them in five seconds
# are, and others may have had these.
rejection_logged()
{
	! sim "dev set $p-1 migration=4" || fail "the change is taken"
	[[ $(kernel_log) == *": change rejected "* ]]
}

rejected_change()
{
	local before
	begin
	taken driver=one
	before=$(vdevctl -j dev show "sim/$p-1")
	wait_until 60 rejection_logged
	expected=("vdev: vdev_sim: $p-1: change rejected (-$EINVAL): migration: 4 is not known")
	expect device "$before" "$(vdevctl -j dev show "sim/$p-1")"
	end
}
test_case "a rejected change leaves the device and its generation as they were" rejected_change

# in_the_log COMMAND LINE: it is rejected; does the log say so, in a line of its own?
in_the_log()
{
	! sim "$1" || fail "$1: taken"
	kernel_log "s/^\[[^]]*\] //" | grep -qxF "$2"
}

strange_name()
{
	begin
	wait_until 60 in_the_log "dev add $p%0aBUG:%09a%1bb" \
		"vdev: vdev_sim: $p\nBUG:\ta\eb: rejected (-$EINVAL): name: name is not printable ASCII without space and slash"
	wait_until 60 in_the_log "type add $p $p%0aBUG:" \
		"vdev: vdev_sim: $p\nBUG:: rejected (-$EINVAL): name: name is not printable ASCII without space and slash"
	[[ $(kernel_log) != *$'\n'BUG:* ]] || fail "a line of the log begins with what was a name"
}
test_case "a name that is none is escaped in the log" strange_name

failed_registration()
{
	begin
	sim_must "fail register 1 errno=ENOMEM skip=5"
	defer sim "fail register 0"
	! sim "dev add $p- count=10" || fail "all ten were taken"
	end
}
test_case "of many devices all are taken or none is" failed_registration

many()
{
	[ -x "$BUILT/reader" ] || skip "needs reader, which make builds"
	begin
	sim_must "dev add ${p}- count=$MANY driver=d"
	"$BUILT/reader" quiet "${p}-" $MANY 3
}
test_case "a dump of $MANY devices shows each of them once" many

run_cases
