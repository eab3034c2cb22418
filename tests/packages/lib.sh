# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For the tests of the packages of Debian beside it: the roots of a release that they are
# built and tried in, and the packages. A root is kept in the cache, until the list of
# what is installed in it changes. Sourced, never run.

# shellcheck source=../static/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../static/lib.sh"
# shellcheck source=../vm/lib.sh
. "$VDEV_TOP/tests/vm/lib.sh"
# shellcheck source=files.sh
. "$VDEV_TOP/tests/packages/files.sh"

# shellcheck disable=SC2034 # for whatever sources this
VERSION=$(cat VERSION)
# shellcheck disable=SC2034
NAMES="libvdev-dev libvdev0 python3-vdev vdev-dkms vdev-doc vdevctl"

# What the packages say that they are built with, on one line.
build_depends()
{
	sed -n '/^Build-Depends:/,/^[^ B]/{s/^Build-Depends://;s/^Build-Depends-Indep:/,/;/^[^ ,]/d;p}' \
		packaging/debian/control | tr -s '[:space:]' ' '
}

# What the tests of the packages need beside them: apt finds it in the root's own cache.
TRY_NEEDS="gcc libc6-dev pkgconf python3 dkms openssl linux-doc dctrl-tools libjansson-dev
	libnl-3-dev libnl-genl-3-dev libsmartcols1 libxml2 udev systemd"

# update_root ROOT RELEASE: its apt knows the release and its backports.
update_root()
{
	cp -L /etc/resolv.conf "$1/etc/"
	printf 'deb [signed-by=%s] %s %s main\n' "$APT_KEYRING" "$(apt_site)" "$2" \
		"$APT_KEYRING" "$(apt_site)" "$2-backports" >"$1/etc/apt/sources.list"
	printf '%s\n' 'APT::Install-Recommends "0";' 'APT::Sandbox::User "root";' \
		'Acquire::Retries "3";' 'Acquire::Languages "none";' >"$1/etc/apt/apt.conf.d/90vdev"
	NETWORK=1 in_root "$1" 'rm -f /etc/apt/apt.conf.d/*clean*; apt-get -qq update' >&2
}

# make_build_root RELEASE FOLDER: build-essential, and what is declared.
make_build_root()
{
	say "making a root of $1 that packages are built in"
	debian_root "$2" "$1" buildd apt
	update_root "$2/root" "$1"
	NETWORK=1 in_root "$2/root" "export DEBIAN_FRONTEND=noninteractive
		apt-get -qq satisfy -y --no-install-recommends '$(build_depends)' >/dev/null
		rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/*" >&2
}

# make_try_root RELEASE FOLDER: lintian, autopkgtest and the headers of two kernels. What the
# packages need is only fetched.
make_try_root()
{
	say "making a root of $1 that packages are tried in"
	debian_root "$2" "$1" apt apt
	update_root "$2/root" "$1"
	NETWORK=1 in_root "$2/root" "export DEBIAN_FRONTEND=noninteractive
		exec >/dev/null
		apt-get -qq install -y lintian autopkgtest autodep8 linux-headers-amd64
		apt-get -qq install -y -t $1-backports linux-headers-amd64
		rm -f /var/cache/apt/archives/*.deb
		apt-get -qq install -y --download-only ${TRY_NEEDS//[[:space:]]/ }" >&2
}

# build_root RELEASE, try_root RELEASE: where that root is.
build_root()
{
	local dir=$VDEV_CACHE/packages/$1-build
	MADE_WITH=$(build_depends | cksum) make_once "$dir" make_build_root "$1"
	printf '%s\n' "$dir/root"
}

try_root()
{
	local dir=$VDEV_CACHE/packages/$1-try
	MADE_WITH=$(cksum <<<"$TRY_NEEDS") make_once "$dir" make_try_root "$1"
	printf '%s\n' "$dir/root"
}

# said COMMAND...: what it says is shown when it fails.
said()
{
	"$@" >"$OUT/said" 2>&1 || { tail -n 60 "$OUT/said"; return 1; }
}

# source_package TREE FOLDER: of the last commit there.
source_package()
{
	said env -u MAKEFLAGS "$1/scripts/deb.sh" "$2" -S -d -nc
}

# build_packages ROOT SOURCE INTO FOLDER MASK VARIABLE...: in the build root, by nobody and without
# a network; they come to INTO, which is FOLDER there.
build_packages()
{
	local root=$1 into=$3 folder=$4 mask=$5
	rm -rf "$into"
	mkdir -p "$into"
	cp "$2"/vdev_* "$into/"
	chown -R 65534:65534 "$into"
	BINDS="$into:$folder" said in_root "$root" "
		cd $folder
		exec setpriv --reuid=65534 --regid=65534 --clear-groups \
			env -i PATH=/usr/bin:/bin HOME=/nonexistent ${*:6} sh -ec '
			dpkg-source -x vdev_*.dsc tree >/dev/null
			umask $mask
			cd tree
			dpkg-buildpackage -us -uc -b'"
	rm -rf "$into/tree"
}

# package_files FOLDER: the packages, without those of debug symbols.
package_files()
{
	local name
	for name in $NAMES; do
		printf '%s\n' "$1/${name}"_*.deb
	done
}

# packages FOLDER: their names, without those of debug symbols.
packages()
{
	(cd "$1" && for deb in *.deb; do echo "${deb%%_*}"; done) | grep -v dbgsym | sort | xargs
}

# expected_modules ROOT KERNEL: the bridge of a bus that it does not have is not there.
expected_modules()
{
	printf '%s\n' vdev vdev_genl vdev_mdev vdev_sim
	! grep -qs '^CONFIG_VDPA=[my]' "$1/usr/src/linux-headers-$2/.config" || echo vdev_vdpa
	echo vdev_vfio
}

# has_all_modules ROOT KERNEL: DKMS has put them where the kernel finds them.
has_all_modules()
{
	diff --label expected --label installed <(expected_modules "$1" "$2") \
		<(cd "$1/lib/modules/$2/updates/dkms" && printf '%s\n' * | sed 's/\.ko.*//')
}
