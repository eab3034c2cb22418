#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [--kernel FLAVOUR] [--count N] [--records N] [--timeout SECONDS] [--kselftests] [NLFUZZ-OPTION...]
#        run.sh [--kernel FLAVOUR] --build
#
# Send N messages (50000) of the fuzzer to the family, and give the simulator N random
# records (5000), in a guest; with the kernel "debug" (the default) with the
# coverage of our modules as a guide, and their lines that ran as a result.
# With --kselftests these run in the same guest, for the lines that both reach. With
# --build only what runs is built.
# What is left of a run is in build/nlfuzz/FLAVOUR. The output is TAP.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}

parse()
{
	flavour=debug count=50000 records=5000 limit=1500 kselftests="" only_build=""
	while [ $# -gt 0 ]; do
		case $1 in
		--kernel)	flavour=$2; shift 2 ;;
		--count)	count=$2; shift 2 ;;
		--records)	records=$2; shift 2 ;;
		--timeout)	limit=$2; shift 2 ;;
		--kselftests)	kselftests=yes; shift ;;
		--build)	only_build=yes; shift ;;
		--help)		usage; exit 0 ;;
		*)		break ;;
		esac
	done
	options=("$@")
}

build()
{
	modules=$BUILD/modules/$flavour
	if [ "$flavour" = debug ]; then
		modules+=-cov
		"$VDEV_TOP/tests/vm/modules.sh" debug "$modules" KCOV_INSTRUMENT=y GCOV_PROFILE=y >&2
	else
		"$VDEV_TOP/tests/vm/modules.sh" "$flavour" "$modules" >&2
	fi
	make -s -C "$VDEV_TOP/tests/nlfuzz" O="$BUILD/nlfuzz" >&2
	[ -z "$kselftests" ] || make -s -C "$VDEV_TOP/tests/kselftest" >&2
}

# gcov's "File ..." and "Lines executed:P% of N", as a line for each file.
line_coverage()
{
	local file=$1
	gcov -n -o "$modules/kernel/${file%.c}.gcda" "$modules/kernel/$file" 2>/dev/null |
		awk -v wanted="/kernel/$file'" '
			/^File / { ours = index($0, wanted) }
			/^Lines / && ours { sub(/.*:/, ""); print; exit }'
}

print_coverage()
{
	local path file lines
	[ -d "$results/gcov" ] || return 0
	cp -r "$results/gcov$modules/kernel" "$modules/"
	echo "# lines that ran:"
	for path in "$VDEV_TOP"/kernel/{model,codec,core,netlink,sim}/*.c; do
		file=${path#"$VDEV_TOP"/kernel/}
		lines=$(line_coverage "$file")
		printf '#   %-20s %s\n' "$file" "${lines:-none}"
	done
}

# Addresses that could have been reached, for comparison.
print_sites()
{
	local module sites
	[ -s "$results/pcs" ] || return 0
	for module in vdev vdev_sim; do
		sites=$(objdump -dr "$modules/$module.ko" | grep -c '__sanitizer_cov_trace_pc-' || :)
		printf '# %s: %d of %d addresses\n' "$module" \
			"$(grep -c "^$module " "$results/pcs")" "$sites"
	done
}

main()
{
	local rc=0
	parse "$@"
	build
	[ -z "$only_build" ] || exit 0
	results=$BUILD/nlfuzz/$flavour
	rm -rf "$results"
	mkdir -p "$results"
	"$VDEV_TOP/tests/vm/run.sh" --kernel "$flavour" --timeout "$limit" \
		--modules "$modules" --results "$results" \
		"$VDEV_TOP/tests/vm/debug-end.sh" "$VDEV_TOP/tests/nlfuzz/guest.sh" \
		"$count" "$records" "$kselftests" "${options[@]}" || rc=$?
	print_sites
	print_coverage
	exit "$rc"
}

main "$@"
