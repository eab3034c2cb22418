#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: control.sh [SEED]
#
# Prove that the fuzzer finds something: break a copy of kernel/ in three places,
# and see that KASAN, the records and kmemleak report it within a fixed number
# of messages and records, and that the journal repeats what was found. The
# output is TAP.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

SEED=${1:-1}
MESSAGES=30000
RECORDS=1000
WORK=$BUILD/nlfuzz/control
MODULES=$BUILD/modules/debug-broken
LOG=$WORK/log

# break_line FILE FROM TO: replaces text that must be there.
break_line()
{
	local text file=$WORK/tree/kernel/$1
	text=$(cat "$file")
	[ "${text/"$2"/}" != "$text" ] || { echo "$1 has no '$2'"; return 1; }
	printf '%s\n' "${text/"$2"/"$3"}" >"$file"
}

# A string without a bound in the policy is taken for one that fits into a name;
# numbers have no bound; a filter is forgotten when a dump saw nothing. Nothing is
# overwritten: the kernel must live until the last of it is found.
break_kernel()
{
	break_line netlink/policy.c '[VDEV_A_FILTER_BUS] = VDEV_STRING_POLICY(VDEV_NAME_LEN)' \
		'[VDEV_A_FILTER_BUS] = { .type = NLA_NUL_STRING }'
	break_line netlink/filter.c 'static const char *ident_value(' \
		'static noinline void planted(const struct nlattr *bus)
{
	char *name = kzalloc(VDEV_NAME_LEN + 1, GFP_KERNEL);

	if (name)
		READ_ONCE(name[nla_len(bus) - 1]);
	kfree(name);
}

static const char *ident_value('
	break_line netlink/filter.c '	return filter;' \
		'	if (filter->attrs[VDEV_A_FILTER_BUS])
		planted(filter->attrs[VDEV_A_FILTER_BUS]);
	return filter;'
	break_line netlink/filter.c 'struct vdev_filter {' \
		'static void planted(const struct nlattr *bus);

struct vdev_filter {'
	break_line model/bounds.c 'if (number > S64_MAX)' 'if (false && number > S64_MAX)'
	break_line netlink/ops_get.c 'kfree(vdev_nl_dump_of(cb)->filter);' \
		'if (vdev_nl_dump_of(cb)->next)
		kfree(vdev_nl_dump_of(cb)->filter);'
}

# The scripts of the tree, its kernel broken.
prepare()
{
	rm -rf "$WORK"
	mkdir -p "$WORK/tree"
	cp -Rp "$VDEV_TOP"/{VERSION,kernel,uapi,scripts} "$WORK/tree/"
	mkdir "$WORK/tree/tests"
	cp -Rp "$VDEV_TOP/tests/vm" "$WORK/tree/tests/"
	break_kernel
	"$WORK/tree/tests/vm/modules.sh" debug "$MODULES" KCOV_INSTRUMENT=y
	make -s -C "$VDEV_TOP/tests/nlfuzz" O="$BUILD/nlfuzz"
}

# run_guest JOB [ARG...]
run_guest()
{
	"$VDEV_TOP/tests/vm/run.sh" --kernel debug --timeout 800 --modules "$MODULES" \
		--results "$WORK/results" "$@" >"$LOG" 2>&1
}

fails()
{
	! run_guest "$VDEV_TOP/tests/vm/debug-end.sh" "$VDEV_TOP/tests/nlfuzz/guest.sh" \
		$MESSAGES $RECORDS "" --seed "$SEED"
}

says()
{
	grep -aE "$1" "$LOG" || { tail -n 60 "$LOG"; return 1; }
}

repeats()
{
	cp "$WORK/results/found" "$WORK/found"
	! run_guest "$VDEV_TOP/tests/nlfuzz/guest.sh" 1 0 "" --replay "$WORK/found" || return 1
	says '^# input [0-9]+: .*KASAN: slab-out-of-bounds in planted'
}

main()
{
	prepare >&2
	tap_begin
	tap_case "a broken kernel does not pass" fails
	tap_case "a read behind the end is found within $MESSAGES messages" \
		says 'the kernel says: .*KASAN: slab-out-of-bounds in planted'
	tap_case "a bound that is not kept is found within $RECORDS records" \
		says 'taken, although it breaks a rule'
	tap_case "memory that is forgotten is found" says '^not ok 3 no memory was leaked'
	tap_case "the journal repeats what was found" repeats
	tap_end
}

main
