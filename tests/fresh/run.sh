#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh RELEASE
#
# What a newcomer does on that release of Debian (bookworm or trixie): in a folder that
# has the release with apt, git and make, build everything with what "make setup"
# installs, and run "make check-fast", which installs the rest. The folder with the
# packages is kept in the cache, until their list changes; so that building needs
# no more is only tried when it is made. What the checks write there is not kept, but
# for what ccache has compiled.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"
# shellcheck source=../vm/lib.sh
. "$VDEV_TOP/tests/vm/lib.sh"

copy_tree()
{
	rm -rf "$1"
	mkdir -p "$1"
	git ls-files --cached --others --exclude-standard |
		rsync -a --ignore-missing-args --files-from=- ./ "$1/"
}

# within ROOT COMMAND: run it there, in a copy of this tree. It has the cache where this
# machine has it, and the network.
within()
{
	# shellcheck disable=SC2034 # in_root reads it
	local BINDS="$OUT/tree:/vdev $VDEV_CACHE:$VDEV_CACHE"
	NETWORK=1 in_root "$1" "cd /vdev; $2"
}

# The modules are built for a kernel of the release, for none of them runs.
make_root()
{
	say "making a fresh $release"
	debian_root "$1" "$release" apt git,make
	cp -L /etc/resolv.conf "$1/root/etc/"
	# shellcheck disable=SC2016 # expanded there
	within "$1/root" 'make setup
		apt-get -qq install -y --no-install-recommends linux-headers-amd64 >/dev/null
		make all install DESTDIR=/vdev/build/root KDIR=$(ls -d /usr/src/linux-headers-*-amd64)
		scripts/setup.sh build test static' >&2
}

# These are about the sources alone, or about the library as a whole: the same everywhere.
# Of the rest one runs at a time, for this script is itself one of those side by side.
WITHOUT="checkpatch kernel-doc spec peer property paths tap tree"

check_fast()
{
	over_root "$1/root" "$OUT"
	within "$OUT/root" "export PATH=/usr/lib/ccache:\$PATH CCACHE_DIR=$VDEV_CACHE/fresh/ccache
		make check-fast JOBS=1 WITHOUT='$WITHOUT'"
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	own_mounts "$@"
	release=$1
	OUT=$BUILD/fresh/$release
	rm -rf "$OUT"
	copy_tree "$OUT/tree"
	MADE_WITH=$(scripts/setup.sh --list build test static | sha256sum | cut -c1-12)
	make_once "$VDEV_CACHE/fresh/$release" make_root
	tap_begin
	tap_case "make check-fast passes on a fresh $release" \
		check_fast "$VDEV_CACHE/fresh/$release"
	drop_root "$OUT"
	tap_end
}

main "$@"
