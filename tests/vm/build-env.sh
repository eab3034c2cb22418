#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: build-env.sh FLAVOUR DIR COMMAND [ARG...]
#
# Run COMMAND where modules for that kernel can be built, in DIR: on this
# machine if it has the compiler the kernel was built with and can run the
# kernel's own build tools, else in a chroot of the Debian release the kernel
# comes from (kept in the cache), where DIR and the cache have the same paths.
# $KERNEL_HEADERS and $KERNEL_RELEASE are set for COMMAND.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# The compiler that Debian's headers ask for; a kernel built here has none.
kernel_gcc()
{
	[ -f "$KERNEL_HEADERS/.kernelvariables" ] || return 0
	sed -n 's/^CC = .*(CROSS_COMPILE)\(gcc-[0-9]*\)$/\1/p' "$KERNEL_HEADERS/.kernelvariables"
}

host_can_build()
{
	local tools=$KERNEL_HEADERS/scripts
	command -v "x86_64-linux-gnu-$gcc" >/dev/null || return 1
	command -v pahole >/dev/null || return 1
	! LC_ALL=C ldd "$tools/basic/fixdep" "$tools/mod/modpost" \
		"$tools/../tools/bpf/resolve_btfids/resolve_btfids" 2>&1 |
		grep -q 'not found'
}

make_chroot()
{
	say "making a $release chroot with $gcc"
	debian_root "$1" "$release" essential "make,binutils,$gcc,pahole,kmod,sparse"
}

enter_chroot()
{
	local all
	export CHROOT=$1 DIR=$2
	shift 2
	mapfile -d '' -t all < <(env -0)
	# shellcheck disable=SC2016 # expanded in the new mount namespace
	as_root env -i "${all[@]}" OWNER="$(id -u):$(id -g)" unshare --mount bash -ec '
		for dir in "$DIR" "$VDEV_CACHE"; do
			mkdir -p "$CHROOT$dir"
			mount --bind "$dir" "$CHROOT$dir"
		done
		mount --rbind /dev "$CHROOT/dev"
		mount -t proc proc "$CHROOT/proc"
		exec chroot --userspec="$OWNER" "$CHROOT" sh -c "cd \"\$DIR\" && exec \"\$@\"" sh "$@"
	' bash "$@"
}

main()
{
	[ $# -ge 3 ] || { usage >&2; exit 1; }
	local flavour=$1 dir gcc release chroot why
	dir=$(realpath "$2")
	shift 2
	set -a
	use_kernel "$flavour"
	set +a
	gcc=$(kernel_gcc)
	if [ -z "$gcc" ] || host_can_build; then
		cd "$dir"
		exec "$@"
	fi
	why=$(why_not_root)
	[ -z "$why" ] || die "kernel $flavour needs $gcc, in a chroot, which only root can make: $why"
	release=$(flavour_suite "$flavour")
	release=${release%-backports}
	chroot=$VDEV_CACHE/chroot/$release-$gcc
	make_once "$chroot" make_chroot
	enter_chroot "$chroot/root" "$dir" "$@"
}

main "$@"
