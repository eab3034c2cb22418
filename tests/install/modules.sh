#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: modules.sh FLAVOUR
#
# What "make install-modules" puts where for a kernel whose headers are not the running
# one's, out of build/modules/FLAVOUR; and that the example driver, alone in a folder, is
# built with what is installed as Documentation/driver-api.rst says, and loaded in a guest
# with the modules that are installed.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"
# shellcheck source=../vm/lib.sh
. "$VDEV_TOP/tests/vm/lib.sh"

OUT=$BUILD/install-modules
ROOT=$OUT/root
DRIVER=$OUT/driver

install_modules()
{
	rm -rf "$ROOT"
	make -s -o modules install-modules KDIR="$KERNEL_HEADERS" MODULES="$MODULES" \
		DESTDIR="$ROOT"
}

# The bridge of a bus that this kernel does not have is not there.
expected()
{
	local name
	for name in vdev vdev_genl vdev_mdev vdev_sim vdev_vdpa vdev_vfio; do
		[ ! -e "$MODULES/$name.ko" ] || echo "/lib/modules/$KERNEL_RELEASE/updates/$name.ko"
	done
	printf "/usr/src/vdev-headers-$KERNEL_RELEASE/%s\n" Module.symvers \
		include/linux/vdev{,_follow,_handle,_limits,_off,_ops,_vfio}.h include/uapi/linux/vdev.h
	echo /usr/lib/modules-load.d/vdev.conf
	echo "/usr/share/vdev/installed/modules-$KERNEL_RELEASE"
}

installed()
{
	(cd "$ROOT" && find . -type f) | sed 's,^\.,,'
}

same_files()
{
	diff -u --label expected --label installed <(expected | sort) <(installed | sort)
}

is_stripped()
{
	local ko
	for ko in "$ROOT/lib/modules/$KERNEL_RELEASE/updates"/*.ko; do
		! readelf -SW "$ko" | grep -F .debug_info || return 1
		modinfo -F vermagic "$ko" | grep "^$KERNEL_RELEASE " || return 1
	done
}

has_version()
{
	local ko
	for ko in "$ROOT/lib/modules/$KERNEL_RELEASE/updates"/*.ko; do
		[ "$(modinfo -F version "$ko")" = "$(cat VERSION)" ] || return 1
	done
}

# quoted LINE: the indented block behind the line of the page that ends so.
quoted()
{
	awk -v line="$1\$" '$0 ~ line { found = 1; next }
	     found && /^[^[:space:]]/ { exit }
	     found { print }' Documentation/driver-api.rst | sed 's/^    //'
}

# Its paths are those of the machine that it is installed on.
recipe()
{
	# shellcheck disable=SC2016 # expanded where it is built
	quoted 'is built by::' | sed -e 's,$(uname -r),$KERNEL_RELEASE,g' \
		-e 's,/lib/modules/[^ ]*,"$KERNEL_HEADERS",' -e 's,/usr/src,"$ROOT"/usr/src,'
}

# build_driver: its warnings are printed, for there should be none.
build_driver()
{
	rm -rf "$DRIVER"
	mkdir -p "$DRIVER"
	cp kernel/examples/vdev_example.c "$DRIVER/"
	# shellcheck disable=SC2016 # no command
	quoted '``Kbuild``::' >"$DRIVER/Kbuild"
	recipe >"$DRIVER/recipe"
	"$VDEV_TOP/tests/vm/build-env.sh" "$FLAVOUR" "$DRIVER" sh -e ./recipe >"$DRIVER/said" 2>&1 || {
		cat "$DRIVER/said"
		return 1
	}
	grep -iE 'warning|error' "$DRIVER/said" || :
}

needs_vdev()
{
	modinfo -F depends "$DRIVER/vdev_example.ko" | grep -x vdev
}

# The kernel loads it only with the versions that the installed modules export.
has_versions()
{
	local symbol=vdev_device_register versions
	versions=$(modprobe --dump-modversions "$DRIVER/vdev_example.ko")
	diff <(awk -v s=$symbol '$2 == s { print $1 }' "$ROOT/usr/src"/*/Module.symvers) \
		<(awk -v s=$symbol '$2 == s { print $1 }' <<<"$versions")
}

# What modprobe finds: the modules of the kernel, and these beside them.
index_modules()
{
	local modules=$ROOT/lib/modules/$KERNEL_RELEASE
	ln -sfn "$KERNEL_MODULES/kernel" "$modules/kernel"
	cp "$KERNEL_MODULES"/modules.{builtin,builtin.modinfo,order} "$modules/"
	depmod -b "$ROOT" "$KERNEL_RELEASE"
}

# Where the modules of others are put, and what it reports when it is there.
driver_in_guest()
{
	install -D -t "$ROOT/lib/modules/$KERNEL_RELEASE/extra" "$DRIVER/vdev_example.ko"
	index_modules
	"$VDEV_TOP/tests/vm/run.sh" --kernel "$FLAVOUR" --timeout 300 \
		"$VDEV_TOP/tests/install/guest.sh" "$ROOT" >"$OUT/shown"
	cat "$OUT/shown"
	grep -q '^example/nic0: device-api vfio-pci .*type nic-small' "$OUT/shown" &&
		grep -qx '  blocker pinned: a peer maps the memory of the device' "$OUT/shown"
}

# loads CONFIG NAME MODULE...: for that name modprobe would load these of vdev's modules.
loads()
{
	local config=$1 name=$2 all
	shift 2
	all=$(modprobe -d "$ROOT" -S "$KERNEL_RELEASE" -C "$config" --show-depends "$name") ||
		return 1
	diff <(printf '%s\n' "$@") \
		<(sed -n 's,.*/\(vdev[a-z_]*\)\.ko.*,\1,p' <<<"$all" | sort -u)
}

core_alone()
{
	mkdir -p "$OUT/empty"
	loads "$OUT/empty" vdev vdev vdev_genl
}

one_bridge()
{
	rm "$ROOT/lib/modules/$KERNEL_RELEASE/updates/vdev_vdpa.ko"
	index_modules
	loads packaging/modprobe.d vdev vdev vdev_genl vdev_mdev vdev_vfio
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	FLAVOUR=$1 MODULES=$BUILD/modules/$1
	export ROOT
	set -a
	use_kernel "$FLAVOUR"
	set +a
	mkdir -p "$OUT"
	tap_begin
	tap_case "the modules are installed" install_modules
	tap_silent "what is installed is what is listed here" same_files
	tap_case "they are for the kernel of the headers, and stripped" is_stripped
	tap_case "they have the version of the project" has_version
	tap_silent "a driver is built with what is installed" build_driver
	tap_case "modprobe loads vdev before the driver" needs_vdev
	tap_silent "the driver has the versions of what it calls" has_versions
	tap_case "the driver is loaded by its name, and its device is shown" driver_in_guest
	# What the kernel asks for when somebody looks for the family.
	tap_case "the bridges come with the family" loads packaging/modprobe.d \
		net-pf-16-proto-16-family-vdev vdev vdev_genl vdev_mdev vdev_vdpa vdev_vfio
	tap_case "the core comes alone where that is configured" core_alone
	tap_case "a bridge that this kernel does not have is passed over" one_bridge
	tap_end
}

main "$@"
