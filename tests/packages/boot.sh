#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: boot.sh RELEASE
#
# The packages on a host: a minimal Debian of that release (bookworm or trixie) with systemd
# and the release's own kernel, kept in the cache until the list of its packages changes.
# The packages that tests/packages/build.sh has left in build/packages/RELEASE are installed
# there, where DKMS builds the modules, and then it is booted. What happens in it (guest.py): what
# is there after the boot, after an upgrade to packages of a version that is one higher, and
# after a purge. The output is TAP.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

HERE=$VDEV_TOP/tests/packages
# What a host has, and what the packages of this tree need: nothing else is downloaded.
PACKAGES=systemd-sysv,udev,kmod,dbus,dkms,gcc,make,linux-image-amd64,linux-headers-amd64
PACKAGES+=,python3,libjs-sphinxdoc,libjansson-dev,libnl-3-dev,libnl-genl-3-dev,libsmartcols1,libxml2
# Of the kernel's modules, those that the guest can use: depmod reads all, again and again.
MODULES="(arch|block|crypto|lib|mm|virt|net/9p)/|drivers/(block|char|iommu|nvme|pci|vdpa|vfio|vhost|virtio)/"
MODULES+="|fs/(9p|netfs|fscache|overlayfs|configfs|autofs|fuse)/|fs/binfmt_misc\."

make_system()
{
	say "making a $RELEASE with systemd and a kernel"
	debian_root "$1" "$RELEASE" apt "$PACKAGES"
	systemd-machine-id-setup --root="$1/root" >&2
	echo vdev-guest >"$1/root/etc/hostname"
	use_kernel "$1/root"
	(cd "$KERNEL_MODULES/kernel" && find . -name '*.ko*' | grep -vE "^\./($MODULES)" | xargs rm)
	depmod -b "$1/root" "$KERNEL_RELEASE"
}

# The version that comes next, in which nothing is new but a comment in a file of the
# configuration.
next_source()
{
	local tree=$OUT/next/tree
	mkdir -p "$tree"
	project_files | rsync -a --files-from=- ./ "$tree/"
	echo "$NEXT" >"$tree/VERSION"
	sed -i "1s/(.*)/($NEXT-0vdev1)/" "$tree/packaging/debian/changelog"
	sed -i '2a# A comment that is new.' "$tree/packaging/libvirt/libvirt.conf"
	git -C "$tree" init -q
	git -C "$tree" add -A
	git -C "$tree" -c user.name=Tester -c user.email=tester@example.org commit -q -m next
	source_package "$tree" "$OUT/next/source"
	rm -rf "$tree"
}

build_next()
{
	over_root "$(build_root "$RELEASE")" "$OUT/build"
	build_packages "$OUT/build/root" "$OUT/next/source" "$OUT/next/packages" /build 022 \
		DEB_BUILD_OPTIONS=nocheck || return 1
	drop_root "$OUT/build"
	[ "$(packages "$OUT/next/packages")" = "$NAMES" ]
}

# install_packages ROOT FOLDER: nothing may be started there.
install_packages()
{
	printf '#!/bin/sh\nexit 101\n' | install -m 755 /dev/stdin "$1/usr/sbin/policy-rc.d"
	BINDS="$2:/packages" said in_root "$1" "
		export DEBIAN_FRONTEND=noninteractive
		apt-get -y install $(package_files "$2" | sed 's,.*/,/packages/,' | xargs)" || return 1
	rm "$1/usr/sbin/policy-rc.d"
	rmdir "$1/packages"
}

# An administrator's profile, a ceiling, and devices for VFIO.
configure()
{
	(cd "$SYSTEM" && find . -xdev -mindepth 1 -printf '%P\n'
	cd "$HERE/etc" && find . -mindepth 1 ! -path './vdev*' -printf 'etc/%P\n') |
		sort -u >"$RESULTS/before"
	cp -r "$HERE/etc/." "$OUT/first/root/etc/"
}

# What DKMS has built of the next version goes into the guest, where it would take minutes.
upgrade_packages()
{
	local built=vdev-$NEXT.dkms.tar.gz
	over_root "$OUT/first/root" "$OUT/next"
	install_packages "$OUT/next/root" "$OUT/next/packages" || return 1
	said in_root "$OUT/next/root" \
		"dkms mktarball vdev/$NEXT -k $KERNEL_RELEASE --archive=/root/$built" || return 1
	mv "$OUT/next/root/root/$built" "$RESULTS/"
	drop_root "$OUT/next"
}

prepare_guest()
{
	mkdir "$RESULTS/next"
	package_files "$OUT/next/packages" | xargs cp -t "$RESULTS/next"
	cp "$HERE/guest.py" "$VDEV_TOP/tests/tap.py" "$RESULTS/"
	echo "$VERSION $NEXT" >"$RESULTS/versions"
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	own_mounts "$@"
	RELEASE=$1
	FIRST=$BUILD/packages/$RELEASE/first
	NEXT=$(awk -F . '{ print $1 "." $2 "." $3 + 1 }' VERSION)
	OUT=$BUILD/packages/boot-$RELEASE
	RESULTS=$OUT/results
	SYSTEM=$VDEV_CACHE/systems/$RELEASE/root
	rm -rf "$OUT"
	mkdir -p "$RESULTS"
	MADE_WITH=$(cksum <<<"$PACKAGES $MODULES") \
		make_once "$VDEV_CACHE/systems/$RELEASE" make_system
	over_root "$SYSTEM" "$OUT/first"
	use_kernel "$OUT/first/root"
	tap_begin
	tap_case "the source package of the next version is made" next_source
	tap_case "its packages are built" build_next
	tap_case "the packages are installed in a $RELEASE that does not run" \
		install_packages "$OUT/first/root" "$FIRST"
	configure
	tap_case "those of the next version are installed over them" upgrade_packages
	tap_end || exit 1
	prepare_guest
	"$VDEV_TOP/tests/vm/run.sh" --system "$OUT/first/root" --results "$RESULTS" \
		--devices vfio --mem 2G --timeout 1500 "$RESULTS/guest.py"
	drop_root "$OUT/first"
}

main "$@"
