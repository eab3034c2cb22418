#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: patches.sh 6.12|newest
#
# The series of "make patches" for that kernel: the same commit gives the same bytes, "git am"
# applies it to Debian's source, and checkpatch has nothing to say about a patch. For 6.12,
# the modules are built after each patch, for Debian's kernel: build/series/6.12 has the tree and
# the modules, which kselftest-in-tree.sh uses. For the newest kernel, the patched tree itself is
# configured, and builds its folder drivers/vdev.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"
# shellcheck source=lib.sh
. "$VDEV_TOP/tests/vm/lib.sh"

CONFIG=$VDEV_TOP/tests/vm/config/in-tree.config
# Who sends this series, and who applies it.
export GIT_AUTHOR_NAME="A. Tester" GIT_AUTHOR_EMAIL=tester@example.org
export GIT_COMMITTER_NAME="A. Maintainer" GIT_COMMITTER_EMAIL=maintainer@example.org

write_series()
{
	rm -rf "$1"
	scripts/patches.py "$SOURCE" "$1"
}

written_again()
{
	write_series "$OUT/again" >/dev/null && diff -r "$OUT/patches" "$OUT/again"
}

nobody()
{
	local said
	said=$(env -u GIT_AUTHOR_NAME -u GIT_AUTHOR_EMAIL HOME="$OUT" GIT_CONFIG_GLOBAL=/dev/null \
		GIT_CONFIG_SYSTEM=/dev/null GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=user.name \
		GIT_CONFIG_VALUE_0="" GIT_CONFIG_KEY_1=user.email GIT_CONFIG_VALUE_1="" \
		scripts/patches.py "$SOURCE" "$OUT/nobody" 2>&1) && return 1
	grep -F 'git does not know who you are' <<<"$said" && [ ! -e "$OUT/nobody" ]
}

no_kernel()
{
	local said
	said=$(scripts/patches.py "$OUT" "$OUT/nothing" 2>&1) && return 1
	grep -F "$OUT is not the source of a kernel" <<<"$said" && [ ! -e "$OUT/nothing" ]
}

not_mine()
{
	local said
	said=$(scripts/patches.py "$SOURCE" "$OUT/patches" 2>&1) && return 1
	grep -F "$OUT/patches has patches already" <<<"$said"
}

# What of the kernel's the series changes is git's; the rest is only there where it is built.
plant()
{
	local file
	rm -rf "$TREE"
	mkdir "$TREE"
	[ "$FLAVOUR" != newest ] || cp -a "$SOURCE/." "$TREE/"
	git -C "$TREE" init -q
	sed -n 's,^--- a/,,p' "$OUT"/patches/*.patch | sort -u | while read -r file; do
		[ -f "$SOURCE/$file" ] || continue
		(cd "$SOURCE" && cp --parents "$file" "$TREE")
		git -C "$TREE" add "$file"
	done
	git -C "$TREE" commit -q -m kernel
}

# ignored PATCH: the types of message that are accepted of it.
ignored()
{
	# The entry in MAINTAINERS comes with the last patch.
	printf FILE_PATH_CHANGES
	case ${1##*/} in
	# Tracepoints are laid out as all of the kernel's are.
	*-add-the-core.patch) printf ,PARENTHESIS_ALIGNMENT,OPEN_ENDED_LINE ;;
	# Exports for the unit tests' module what is internal elsewhere.
	*-add-KUnit-tests.patch) printf ,EXPORT_SYMBOL ;;
	# Programs of user space, which do not have the kernel's macros and negative errnos;
	# tables are made of macros; shell and Python have other rules for long lines, and
	# arguments that are the same word; shellcheck is told in line 1 what a file is.
	*-add-tests-of-vdev.patch) printf ,%s ARRAY_SIZE PREFER_DEFINED_ATTRIBUTE_MACRO \
		USE_NEGATIVE_ERRNO COMPLEX_MACRO MACRO_ARG_REUSE OPEN_BRACE LINE_SPACING \
		SPACING UNNECESSARY_PARENTHESES MULTIPLE_ASSIGNMENTS EMBEDDED_FUNCTION_NAME \
		LONG_LINE LONG_LINE_STRING REPEATED_WORD SPDX_LICENSE_TAG ;;
	esac
}

remarks()
{
	(cd "$SOURCE" && perl scripts/checkpatch.pl --no-tree --strict --terse --no-summary \
		--show-types --ignore "$(ignored "$1")" "$1" 2>&1) || :
}

apply()
{
	git -C "$TREE" am -q "$1"
}

# As modules for the stock kernel, whose configuration knows nothing of them. Before there is
# a Kconfig there is no whole module, and files are compiled one by one.
build_modules()
{
	local targets=modules
	[ -f "$TREE/drivers/vdev/Makefile" ] || return 0
	[ -f "$TREE/drivers/vdev/Kconfig" ] ||
		targets=$(find "$TREE/drivers/vdev" -name '*.c' -printf '%P\n' | sed 's/c$/o/')
	# shellcheck disable=SC2016,SC2086 # expanded where it is built; a list of words
	"$VDEV_TOP/tests/vm/build-env.sh" "$FLAVOUR" "$TREE" sh -c '
		exec make --no-print-directory -s -j"$(nproc)" -C "$KERNEL_HEADERS" \
			M="$PWD/drivers/vdev" KCFLAGS="-I$PWD/include -DCONFIG_VDEV_MODULE" W=1 \
			CONFIG_VDEV=m CONFIG_VDEV_VDPA=m CONFIG_VDEV_MDEV=m CONFIG_VDEV_VFIO=m \
			CONFIG_VDEV_SIM=m "$@"' make $targets 2>&1 |
		sed '/^Skipping BTF generation/d'
}

collect()
{
	rm -rf "$OUT/modules"
	mkdir "$OUT/modules"
	find "$TREE/drivers/vdev" -name '*.ko' -exec cp -t "$OUT/modules" {} +
	[ -f "$OUT/modules/vdev.ko" ]
}

kmake()
{
	make --no-print-directory -s -j"$(nproc)" -C "$TREE" CC="ccache gcc" "$@"
}

# What is not so in the end, and what was said.
configure()
{
	kmake KCONFIG_ALLCONFIG="$CONFIG" allnoconfig 2>&1
	grep '^CONFIG_' "$CONFIG" | grep -vxFf "$TREE/.config" || :
}

build_folder()
{
	kmake W=1 prepare >"$OUT/prepare.log" 2>&1 || { cat "$OUT/prepare.log"; return 1; }
	kmake W=1 drivers/vdev/ 2>&1
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	local patch
	FLAVOUR=$1 OUT=$BUILD/series/$1
	TREE=$OUT/linux
	SOURCE=$("$VDEV_TOP/tests/vm/source.sh" "$FLAVOUR" tree)
	mkdir -p "$OUT"
	tap_begin
	tap_case "the series is written" write_series "$OUT/patches"
	tap_case "the same commit gives the same bytes" written_again
	tap_case "who has no name in git is asked for it" nobody
	tap_case "a folder that is no kernel is rejected by name" no_kernel
	tap_case "a folder that has patches stays as it is" not_mine
	tap_case "the tree is git's" plant
	for patch in "$OUT"/patches/*.patch; do
		[[ $patch != */0000-* ]] || continue
		tap_silent "git am applies ${patch##*/}" apply "$patch"
		tap_silent "checkpatch has nothing to say about it" remarks "$patch"
		[ "$FLAVOUR" = newest ] || tap_silent "with it, all is built without a warning" build_modules
	done
	if [ "$FLAVOUR" = newest ]; then
		tap_silent "the tree is configured with all of vdev" configure
		tap_silent "the folder is built there without a warning" build_folder
	else
		tap_case "the modules are there" collect
	fi
	tap_end
}

main "$@"
