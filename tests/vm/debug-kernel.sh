#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: debug-kernel.sh kasan|kcsan
#
# Build, once in the cache, a kernel that finds errors: Debian's linux-source
# 6.12 with the fragments of config/. Takes about a quarter of an hour, a few
# minutes when ccache knows the files. The place in the cache is named after the
# source's version, the fragments and the compiler, so a change of any makes
# another kernel. Prints KEY='value' lines like kernel.sh.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# Modules of a kernel must be built with the compiler of the kernel.
COMPILER=gcc
CONFIG_DIR=$VDEV_TOP/tests/vm/config

# The same input gives the same kernel, and the same hits in ccache.
export KBUILD_BUILD_TIMESTAMP="1970-01-01 00:00:00 UTC"
export KBUILD_BUILD_USER=vdev KBUILD_BUILD_HOST=vdev KBUILD_BUILD_VERSION=1

fragments()
{
	printf '%s\n' "$CONFIG_DIR/base.config" "$CONFIG_DIR/$variant.config"
}

kernel_key()
{
	local parts
	parts=$(cat "$archive/version" && "$COMPILER" --version | head -n 1 &&
		fragments | xargs cat)
	sha256sum <<<"$parts" | cut -c1-12
}

# kmake TARGET...: in the tree that is being built.
kmake()
{
	local cc=$COMPILER
	! command -v ccache >/dev/null || cc="ccache $COMPILER"
	make -C "$tree" -s -j"$(nproc)" CC="$cc" "$@"
}

# Every line of the fragments must be true of the configuration: a symbol whose
# dependencies are not met silently disappears.
verify_config()
{
	local line symbol missing=()
	while read -r line; do
		case $line in
		CONFIG_*)
			grep -qxF -e "$line" "$tree/.config" || missing+=("$line") ;;
		"# CONFIG_"*" is not set")
			symbol=${line#\# } symbol=${symbol% is not set}
			! grep -q "^$symbol=" "$tree/.config" || missing+=("$line") ;;
		esac
	done < <(fragments | xargs cat)
	[ ${#missing[@]} -eq 0 ] ||
		die "not so in the configuration:" "${missing[@]/#/$'\n    '}"
}

configure()
{
	local files
	mapfile -t files < <(fragments)
	say "configuring"
	kmake tinyconfig >/dev/null
	(cd "$tree" && scripts/kconfig/merge_config.sh -m .config "${files[@]}") \
		>"$tree/merge.log"
	kmake olddefconfig
	verify_config
}

# One line a minute about a build whose output, a line for each file, is in LOG.
watch_build()
{
	local log=$1 minutes=0
	while sleep 60; do
		minutes=$((minutes + 1))
		say "$minutes min, $(wc -l <"$log") steps, now $(tail -n 1 "$log" | sed 's/^ *//')"
	done
}

build()
{
	local log=$1/build.log watcher rc=0
	say "building the $variant kernel with $("$COMPILER" -dumpfullversion)," \
		"about 2300 steps"
	watch_build "$log" &
	watcher=$!
	kmake --no-silent vmlinux modules >"$log" 2>&1 || rc=$?
	kill "$watcher"
	wait "$watcher" 2>/dev/null || :
	[ "$rc" -eq 0 ] || { tail -n 20 "$log" >&2; die "the kernel does not build"; }
}

install_kernel()
{
	local root=$1 release
	release=$(kmake kernelrelease)
	kmake INSTALL_MOD_PATH="$root" INSTALL_MOD_STRIP=1 modules_install
	rm -f "$root/lib/modules/$release/build"
	mkdir "$root/usr"
	mv "$root/lib" "$root/usr/lib"
	ln -s usr/lib "$root/lib"
	strip -o "$root/vmlinux" "$tree/vmlinux"
	printf '%s\n' "$release" >"$root/.release"
}

# Building modules needs the headers, the Makefiles, the tools that were built
# and Module.symvers; nothing else stays.
shrink_tree()
{
	local keep=(-name 'Makefile*' -o -name 'Kbuild*' -o -name 'Kconfig*' -o -name '*.h')
	(
		cd "$tree"
		rm -rf Documentation samples vmlinux* .vmlinux* .tmp_vmlinux* System.map
		find . -type f ! -path './scripts/*' ! -path './tools/objtool/*' \
			! -path './include/*' ! -path './arch/x86/include/*' \
			! -path './.config' ! -path './Module.symvers' \
			! \( "${keep[@]}" \) -delete
		find drivers fs net sound security block crypto lib mm kernel ipc -type f \
			! -path 'drivers/vdpa/*' ! -path 'drivers/vfio/*' \
			! -name 'Kconfig*' ! -name 'Makefile*' ! -name 'Kbuild*' -delete
		find . -type d -empty -delete
	)
}

make_debug_kernel()
{
	local root=$1 tree=$1/tree
	mkdir "$tree"
	say "unpacking linux-source $(cat "$archive/version")"
	tar -C "$tree" --strip-components=1 -xf "$archive/linux.tar.xz"
	configure
	build "$root"
	install_kernel "$root"
	shrink_tree
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	local variant=$1 archive dir release
	case $variant in
	kasan|kcsan) ;;
	*)	die "no variant '$variant' (kasan or kcsan)" ;;
	esac
	archive=$(source_archive 6.12)
	dir=$VDEV_CACHE/debug-kernel/$variant-$(kernel_key)
	make_once "$dir" make_debug_kernel

	release=$(cat "$dir/.release")
	printf "%s='%s'\n" \
		KERNEL_RELEASE "$release" \
		KERNEL_ROOT "$dir" \
		KERNEL_IMAGE "$dir/vmlinux" \
		KERNEL_MODULES "$dir/usr/lib/modules/$release" \
		KERNEL_HEADERS "$dir/tree"
}

main "$@"
