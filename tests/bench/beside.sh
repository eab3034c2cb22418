#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel FLAVOUR --mem 2G tests/bench/beside.sh MODULES...
#
# Runs in a guest: measure what judgements, dumps and endpoints cost with the modules of
# each folder MODULES, such as those of an older commit, and with those that were built
# of this one, all in one boot. The folder must be in the build folder, which the guest
# sees.

set -euo pipefail

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

# shellcheck source=lib.sh
. "$VDEV_TOP/tests/bench/lib.sh"

# shellcheck source=measure.sh
. "$VDEV_TOP/tests/bench/measure.sh"

COUNT=10000
COPY_MODULE=$VDEV_BUILD/test-modules/$VDEV_KERNEL/vdev_test_copy.ko

# row TEXT LINE: us for one, the least.
row()
{
	printf '  %-42s %10s %10s\n' "$1" "$(calc "$(value min "$2") / 1000")" \
		"$(calc "$(value median "$2") / 1000")"
}

measure_one()
{
	row "a request that is rejected" "$("$BENCH" ask rejected 20 sim bench0)"
	row "a check" "$("$BENCH" check 20 sim bench0)"
	row "dump of $COUNT devices, of one" "$("$BENCH" dump vdev 20)"
}

measure_all()
{
	local each
	heading "With the modules of $1 (us)"
	VDEV_MODULES=$1
	load_vdev sim
	printf '  %-42s %10s %10s\n' "" "us min" "us median"
	kernel_row "equal" 65536 command "dev add bench count=65536 ${FACTS[*]}"
	"$BENCH" command "dev del bench*" >/dev/null
	"$BENCH" command "dev add bench count=$COUNT ${FACTS[*]}" >/dev/null
	measure_one
	row "find, equal targets" "$("$BENCH" find 15 sim bench0)"
	"$BENCH" command "dev set bench* $BLOCKED" >/dev/null
	row "find, equal targets that are blocked" "$("$BENCH" find 15 sim bench0)"
	"$BENCH" command "dev del bench*" >/dev/null
	kernel_row "distinct" $COUNT each $COUNT "dev add own@ ${FACTS[*]/u64:1500/u64:1@}"
	row "find, distinct targets" "$("$BENCH" find 15 sim own0)"
	"$BENCH" command "dev del own*" >/dev/null
	add_candidates $COUNT
	each=$("$BENCH" find 15 sim own0 candidates)
	printf '  %-42s %10s\n' "find, candidates, for each endpoint" \
		"$(calc "$(value min "$each") * $(value messages "$each") / $COUNT / 1000" %.3f)"
	"$BENCH" command "dev del own*" >/dev/null
	unload_vdev
}

main()
{
	local own=$VDEV_MODULES folder
	printf 'Linux %s, %s processors\n' "$(uname -r)" "$(nproc)"
	for folder in "$@" "$own"; do
		measure_all "$folder"
	done
	heading "Beside them"
	row "a write to one attribute of sysfs" \
		"$("$BENCH" writes 5 1000 a /sys/class/net/lo/ifalias)"
	insmod "$COPY_MODULE" count=$COUNT
	row "a dump of ready bytes, of one message" "$("$BENCH" dump copy 20)"
}

main "$@"
