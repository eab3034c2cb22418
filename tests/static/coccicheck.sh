#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The kernel tree's own semantic patches (make coccicheck) on kernel/, in report
# mode. A copy with a mistake in it proves that they see something. What is
# skipped or ignored, and why, stands here and nowhere else.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

OUT=$BUILD/coccicheck

# skipped PATCH: why it is not run, if it is not.
skipped()
{
	case $1 in
	api/check_bq27xxx_data) echo "about one driver of the kernel, and in OCaml" ;;
	null/badzero)	echo "in OCaml; sparse looks for the same" ;;
	esac
}

# ignored PATCH: the lines of its report that are no finding.
ignored()
{
	case $1 in
	# str_up_down() and its like are not in every kernel that is built for.
	api/string_choices) echo 'opportunity for str_' ;;
	# It takes the check of a freed pointer's error for a use: what was freed
	# in the loop is assigned again before the loop is left.
	free/kfree) echo 'kernel/tests/blob_size_test.c:.*reference preceded by free' ;;
	*)	echo 'spatch has no such line' ;;
	esac
}

# report PATCH FOLDER: spatch also warns about the patches themselves.
report()
{
	local file=$source/scripts/coccinelle/$1.cocci options
	options=$(sed -n 's,^// *Options: *,,p' "$file")
	# shellcheck disable=SC2086 # a list of options
	spatch -D report --no-show-diff --very-quiet --cocci-file "$file" $options \
		--timeout 120 --dir "$2" 2>&1 |
		grep -vE '^warning: line [0-9]+: should [a-z_]+ be a metavariable' || :
}

# Run one in the background; it leaves its report.
run_one()
{
	mkdir -p "$(dirname "$OUT/$1")"
	report "$1" kernel | grep -vE "$(ignored "$1")" >"$OUT/$1" || :
}

run_all()
{
	local patch
	for patch in "$@"; do
		while [ "$(jobs -pr | wc -l)" -ge "$(nproc)" ]; do
			wait -n || :
		done
		run_one "$patch" &
	done
	wait
}

sees_mistake()
{
	local said
	mkdir -p "$OUT/mistake"
	cat >"$OUT/mistake/mistake.c" <<-'END_OF_C'
	int use(struct thing *thing)
	{
		kfree(thing);
		return thing->number;
	}
	END_OF_C
	said=$(report free/kfree "$OUT/mistake")
	grep -q 'reference preceded by free' <<<"$said" || { echo "$said"; return 1; }
}

main()
{
	local source patch why patches=()
	source=$("$VDEV_TOP/tests/vm/source.sh" 6.12)
	rm -rf "$OUT"
	while read -r patch; do
		[ -n "$(skipped "$patch")" ] || patches+=("$patch")
	done < <(cd "$source/scripts/coccinelle" && find . -name '*.cocci' |
		sed 's,^\./,,; s,\.cocci$,,' | sort)
	run_all "${patches[@]}"
	tap_begin
	tap_case "free/kfree sees a use after free in a broken file" sees_mistake
	for patch in "${patches[@]}"; do
		tap_silent "$patch has nothing to say about kernel/" cat "$OUT/$patch"
	done
	for patch in api/check_bq27xxx_data null/badzero; do
		why=$(skipped "$patch")
		tap_result 0 "$patch # SKIP $why" ""
	done
	tap_end
}

main
