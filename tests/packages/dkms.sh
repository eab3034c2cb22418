#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: dkms.sh RELEASE
#
# What DKMS of that release of Debian (bookworm or trixie) does with vdev-dkms, which
# tests/packages/build.sh has left in build/packages/RELEASE: for the kernels of the
# release and of its backports the modules are built and installed, removed, and
# installed again, and what drivers are built with comes and goes with them. What is there
# is of the version that is installed, not of another one that was built.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

NEXT=$VERSION.1

# within COMMAND: in the root, where the packages are.
within()
{
	BINDS="$BUILD/packages/$RELEASE/first:/packages" said in_root "$OUT/root" "$1"
}

# dkms COMMAND VERSION [ARGUMENT...]
dkms()
{
	within "dkms $1 vdev/$2 ${*:3}"
}

# From what apt has fetched before. It builds for no kernel yet.
install_package()
{
	within 'export DEBIAN_FRONTEND=noninteractive
		mkdir -p /etc/dkms
		touch /etc/dkms/no-autoinstall
		apt-get -qq install -y /packages/vdev-dkms_*.deb' && [ "${#KERNELS[@]}" -eq 2 ]
}

# at KERNEL: where DKMS puts modules.
at()
{
	echo "$OUT/root/lib/modules/$1/updates/dkms"
}

# has_modules KERNEL VERSION
has_modules()
{
	local module
	has_all_modules "$OUT/root" "$1" || return 1
	for module in "$(at "$1")"/*; do
		[ "$(modinfo -F version "$module")" = "$2" ] &&
			modinfo -F vermagic "$module" | grep -q "^$1 " || return 1
	done
}

# has_headers KERNEL VERSION: all are of that version, and so are the symbols.
has_headers()
{
	local headers=$OUT/root/usr/src/vdev-headers-$1 source=$OUT/root/usr/src/vdev-$2
	diff -r "$headers/include/linux" "$source/kernel/include/linux" &&
		diff -r "$headers/include/uapi" "$source/uapi" &&
		cmp "$headers/Module.symvers" \
			"$OUT/root/var/lib/dkms/vdev/$2/$1/x86_64/module/Module.symvers" &&
		grep -q '	vdev_device_register	' "$headers/Module.symvers"
}

has_nothing()
{
	[ ! -e "$OUT/root/usr/src/vdev-headers-$1" ] &&
		! compgen -G "$(at "$1")/vdev*" >/dev/null
}

install_all()
{
	local kernel
	for kernel in "${KERNELS[@]}"; do
		dkms install "$VERSION" -k "$kernel" && has_modules "$kernel" "$VERSION" &&
			has_headers "$kernel" "$VERSION" || return 1
	done
}

# As Documentation/driver-api.rst says; tests/install/modules.sh has more about that.
builds_driver()
{
	mkdir -p "$OUT/root/driver"
	cp kernel/examples/vdev_example.c "$OUT/root/driver/"
	# shellcheck disable=SC2016 # expanded by make
	printf '%s\n' 'obj-m := vdev_example.o' 'ccflags-y := -I$(VDEV)/include -DCONFIG_VDEV_MODULE' \
		'KBUILD_EXTRA_SYMBOLS := $(VDEV)/Module.symvers' >"$OUT/root/driver/Kbuild"
	within "make -C /lib/modules/$1/build M=/driver VDEV=/usr/src/vdev-headers-$1 modules" &&
		! grep -iE 'warning|error' "$OUT/said" &&
		modinfo -F depends "$OUT/root/driver/vdev_example.ko" | grep -x vdev
}

uninstall_one()
{
	dkms uninstall "$VERSION" -k "$OLD" && has_nothing "$OLD" &&
		has_modules "$NEW" "$VERSION" && has_headers "$NEW" "$VERSION"
}

has_first()
{
	has_modules "$OLD" "$VERSION" && has_headers "$OLD" "$VERSION"
}

install_one_again()
{
	dkms install "$VERSION" -k "$OLD" && has_first
}

# One header is new in it, and one is another.
make_next()
{
	local source=$OUT/root/usr/src/vdev-$NEXT
	cp -R "$OUT/root/usr/src/vdev-$VERSION" "$source"
	echo "$NEXT" >"$source/VERSION"
	sed -i "s/^PACKAGE_VERSION=.*/PACKAGE_VERSION=\"$NEXT\"/" "$source/dkms.conf"
	echo '/* The next version. */' >>"$source/kernel/include/linux/vdev_ops.h"
	echo '/* Only there. */' >"$source/kernel/include/linux/vdev_next.h"
	dkms add "$NEXT"
}

build_next()
{
	make_next && dkms build "$NEXT" -k "$OLD" && has_first
}

install_next()
{
	dkms install "$NEXT" -k "$OLD" && has_headers "$OLD" "$NEXT" && has_modules "$OLD" "$NEXT"
}

# What the compiler says is found where DKMS says; what was installed stays.
fails_clearly()
{
	local tree=$OUT/root/var/lib/dkms/vdev/$NEXT
	sed -i '1i #error "an interface of the kernel has changed"' \
		"$OUT/root/usr/src/vdev-$NEXT/kernel/compat.h"
	! dkms build "$NEXT" -k "$NEW" >/dev/null || return 1
	sed -i 1d "$OUT/root/usr/src/vdev-$NEXT/kernel/compat.h"
	grep -F "/var/lib/dkms/vdev/$NEXT/build/make.log" "$OUT/said" &&
		grep 'compat\.h:.*an interface of the kernel has changed' "$tree/build/make.log" &&
		has_modules "$NEW" "$VERSION" && has_headers "$NEW" "$VERSION"
}

# What was only there is not left behind.
return_to_first()
{
	dkms uninstall "$NEXT" -k "$OLD" && has_nothing "$OLD" && install_one_again
}

remove_next()
{
	dkms remove "$NEXT" --all && has_first && rm -r "$OUT/root/usr/src/vdev-$NEXT"
}

# All of it that is not of the package itself.
purge()
{
	within 'export DEBIAN_FRONTEND=noninteractive; apt-get -qq purge -y vdev-dkms' &&
		has_nothing "$OLD" && has_nothing "$NEW" &&
		! compgen -G "$OUT/root/usr/src/vdev*" && [ ! -e "$OUT/root/var/lib/dkms/vdev" ]
}

# DKMS does not try to build for a kernel that is too old, and says so.
passes_over_old()
{
	local old=$OUT/root/lib/modules/6.0.19-amd64
	mkdir "$old"
	ln -s "/usr/src/linux-headers-$OLD" "$old/build"
	! dkms build "$VERSION" -k 6.0.19-amd64 >/dev/null || return 1
	rm -r "$old"
	grep -F BUILD_EXCLUSIVE "$OUT/said"
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	own_mounts "$@"
	RELEASE=$1
	OUT=$BUILD/packages/$RELEASE-dkms
	rm -rf "$OUT"
	over_root "$(try_root "$RELEASE")" "$OUT"
	mapfile -t KERNELS < <(cd "$OUT/root/lib/modules" && printf '%s\n' * | sort -V)
	OLD=${KERNELS[0]} NEW=${KERNELS[-1]}
	tap_begin
	tap_case "the package is installed" install_package
	tap_case "modules and headers are installed for ${KERNELS[*]}" install_all
	tap_case "a driver is built with the headers for $OLD" builds_driver "$OLD"
	tap_case "a driver is built with the headers for $NEW" builds_driver "$NEW"
	tap_case "uninstall removes those of one kernel" uninstall_one
	tap_case "what was uninstalled is installed again" install_one_again
	tap_case "another version that is built changes nothing" build_next
	tap_case "another version that is installed replaces all" install_next
	tap_case "a build that fails says where, and changes nothing" fails_clearly
	tap_case "the first version replaces that one" return_to_first
	tap_case "another version that is removed changes nothing" remove_next
	tap_case "a kernel that is too old is passed over" passes_over_old
	tap_case "purge leaves nothing" purge
	drop_root "$OUT"
	tap_end
}

main "$@"
