#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# gcc -fanalyzer and clang --analyze on every file of the library and the tool.
# A copy with a mistake in it proves for each that it sees something. What is
# ignored, and why, stands here and nowhere else.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

OUT=$BUILD/analyzer

# ignored FILE: the warnings on it that are no finding.
ignored()
{
	case $1 in
	# Lists have room for as many elements as a first walk counts; neither
	# knows that the second walk comes to the same number.
	userspace/lib/model/decode.c|userspace/lib/model/object.c|userspace/lib/model/record.c)
		echo "loaded from variable '(value|blocker|info)'\) \[core.NullDereference\]" ;;
	# Names are the caller's, who frees the domain; gcc loses sight of it in a loop.
	userspace/tool/cli/domain.c)
		echo "leak of .*strdup\(name\).*\[-Wanalyzer-malloc-leak\]" ;;
	# An operand owns its name, in a row of operands that gcc loses sight of.
	userspace/tool/cmd/check_group.c)
		echo "leak of .strdup\(label\).*\[-Wanalyzer-malloc-leak\]" ;;
	# Rows own their labels, in a list that grows, which gcc loses sight of; what was read is
	# counted, which clang does not see.
	userspace/tool/cmd/matrix_words.c)
		echo "leak of .(<unknown>|strdup\(label\)).*\[-Wanalyzer-malloc-leak\]|field 'name' results in .*\[core.NullDereference\]" ;;
	*)	echo 'neither has such a warning' ;;
	esac
}

flags()
{
	echo -std=gnu11 -D_GNU_SOURCE -DVDEV_PACKAGE_VERSION='"analyzer"' -Iuserspace/include -Iuapi -I. \
		-Iuserspace -Iuserspace/lib -Iuserspace/tool
	echo -DVDEV_SYSCONFDIR='"/etc"' -DVDEV_DATADIR='"/usr/share"' \
		-DVDEV_LIBEXECDIR='"/usr/libexec"'
	"${PKG_CONFIG:-pkg-config}" --cflags libnl-genl-3.0 jansson smartcols libxml-2.0
}

# analyze COMPILER FILE: ccache knows what gcc said, if the object is a file.
analyze()
{
	# shellcheck disable=SC2046 # a list of options
	case $1 in
	gcc)	gcc -fanalyzer -O1 $(flags) -c -o "$OUT/$BASHPID.o" "$2" ;;
	clang)	clang --analyze --analyzer-output text $(flags) "$2" ;;
	esac 2>&1 | grep -E '(warning|error):' || :
}

# Run one in the background; it leaves what was said.
analyze_one()
{
	analyze "$1" "$2" | grep -vE "$(ignored "$2")" >"$OUT/$1-${2//\//-}" || :
}

analyze_all()
{
	local file compiler
	for file in "$@"; do
		for compiler in gcc clang; do
			while [ "$(jobs -pr | wc -l)" -ge "$(nproc)" ]; do
				wait -n || :
			done
			analyze_one "$compiler" "$file" &
		done
	done
	wait
}

# sees_mistake COMPILER WARNING FROM TO: in a copy of the arena.
sees_mistake()
{
	local said copy=$OUT/mistake.c text
	text=$(sed 's|"arena.h"|"model/arena.h"|' userspace/lib/model/arena.c)
	[ "${text/"$3"/}" != "$text" ] || { echo "arena.c has no '$3'"; return 1; }
	printf '%s\n' "${text/"$3"/"$4"}" >"$copy"
	said=$(analyze "$1" "$copy")
	grep -qF "$2" <<<"$said" || { echo "$said"; return 1; }
}

main()
{
	local compiler file files
	rm -rf "$OUT"
	mkdir -p "$OUT"
	mapfile -t files < <(c_files userspace | grep '\.c$')
	analyze_all "${files[@]}"
	tap_begin
	tap_case "gcc sees memory that may be absent" sees_mistake gcc \
		'Wanalyzer-possible-null-dereference' $'if (!chunk)\n\t\treturn NULL;' ''
	tap_case "clang sees memory that is used after it was freed" sees_mistake clang \
		'unix.Malloc' 'free(chunk);' 'free(chunk); free(chunk);'
	for compiler in gcc clang; do
		for file in "${files[@]}"; do
			tap_silent "$compiler has nothing to say about $file" \
				cat "$OUT/$compiler-${file//\//-}"
		done
	done
	tap_end
}

main
