#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# What Prometheus, its node-exporter and Ansible read of vdevctl: the commands of their pages
# below Documentation/consumers, typed as they are written there, and what the programs of
# Debian make of hostile names and of a host without the module. It happens in a sandbox, over
# a copy of this machine's root, with a network of its own and recorded replies of the kernel:
# nothing is installed here. The output is TAP; the exit status is 4 where there can be no sandbox.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

OUT=$BUILD/monitoring
# Where tests/install/run.sh has put what "make install-user" installs.
INSTALLED=$BUILD/install/root
PAGES=Documentation/consumers

# below ROOT FOLDER...: these folders, which may be of other file systems.
below()
{
	local root=$1 folder
	shift
	for folder; do
		mkdir -p "$root$folder" && mount --bind "$folder" "$root$folder" || return
	done
}

# sandbox PACKAGES: this machine's root, and in it what is unpacked and what is installed.
sandbox()
{
	local at=$OUT/sandbox root=$OUT/sandbox/root
	mkdir -p "$at" && mount -t tmpfs -o mode=755 tmpfs "$at" &&
		mkdir "$at"/{root,upper,work} &&
		mount -t overlay -o "lowerdir=/,upperdir=$at/upper,workdir=$at/work" overlay "$root" &&
		mount -t proc proc "$root/proc" &&
		mount --rbind /dev "$root/dev" &&
		mount --rbind /sys "$root/sys" &&
		mount -t tmpfs -o mode=1777 tmpfs "$root/tmp" &&
		cp -a "$1"/{etc,usr,var} "$INSTALLED"/* "$root" &&
		echo "127.0.0.1 localhost" >"$root/etc/hosts" &&
		below "$root" "$VDEV_TOP" "$BUILD"
}

# What begins with it runs in the namespaces.
inside()
{
	ip link set lo up
	exec env -i PATH="$PATH" HOME=/root LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 \
		chroot "$OUT/sandbox/root" /usr/bin/python3 "$VDEV_TOP/tests/monitoring/run.py" \
		"$BUILD/user/test/replay-plain" "$VDEV_TOP/$PAGES"/{prometheus,ansible}.rst
}

main()
{
	local packages user=() said
	if [ "${1:-}" = --inside ]; then
		said=$(sandbox "$2" 2>&1) || { say "no sandbox: $said"; exit 4; }
		inside
	fi
	packages=$("$VDEV_TOP/tests/monitoring/unpack.sh")
	[ -d "$INSTALLED" ] || die "run tests/install/run.sh first"
	[ "$(id -u)" -eq 0 ] || user=(--user --map-root-user)
	unshare "${user[@]}" true || { say "there are no namespaces for this user"; exit 4; }
	exec unshare "${user[@]}" --mount --net --pid --fork --kill-child "$0" --inside "$packages"
}

main "$@"
