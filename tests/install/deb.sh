#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: deb.sh
#
# The packages of "make deb", for the release that this machine has: they are built
# again, by somebody without rights, home and network, elsewhere and from the source
# package, and have the same bytes; lintian finds no error and warns of nothing.
# tests/install/dist.sh has the unit tests of what is packed.

set -euo pipefail

# shellcheck source=../packages/lib.sh
. "$(dirname "$0")/../packages/lib.sh"
# shellcheck source=nobody.sh
. "$VDEV_TOP/tests/install/nobody.sh"

open_folder
OUT=$WORK

build()
{
	said env DEB_BUILD_OPTIONS=nocheck make -s deb BUILD="$WORK/first" &&
		[ "$(packages "$WORK/first/deb")" = "$NAMES" ]
}

# Another folder, umask, time zone and language.
build_again()
{
	mkdir "$WORK/second"
	dpkg-source -x "$WORK/first/deb"/vdev_*.dsc "$WORK/second/other" >"$WORK/said" 2>&1
	give_to_nobody "$WORK/second"
	# shellcheck disable=SC2016 # expanded there
	said without_rights DEB_BUILD_OPTIONS=nocheck TZ=Asia/Tokyo LANG=C.UTF-8 \
		sh -c 'umask 077; cd "$1" && dpkg-buildpackage -us -uc -b' sh "$WORK/second/other"
}

same_bytes()
{
	local deb
	for deb in "$WORK/first/deb"/*.deb; do
		cmp "$deb" "$WORK/second/${deb##*/}" || return 1
	done
}

has_no_tags()
{
	said lintian --allow-root --profile debian --fail-on error,warning \
		"$WORK/first/deb"/*.changes
}

unpack()
{
	local name
	mkdir -p "$WORK/root"
	for name in $NAMES; do
		dpkg-deb -R "$WORK/first/deb/${name}"_*.deb "$WORK/root/$name"
	done
}

# All that the map exports is in the library's list, which others' packages are built with.
lists_symbols()
{
	diff <(sed -n 's/^\t\(vdev_.*\);/\1/p' userspace/lib/libvdev.map | sort) \
		<(sed -n 's/^ \(vdev_.*\)@LIBVDEV_0 .*/\1/p' "$WORK/root/libvdev0/DEBIAN/symbols" | sort)
}

# What DKMS builds from is what this tree has, and the version can be read without a shell.
has_sources()
{
	local at=$WORK/root/vdev-dkms/usr/src/vdev-$VERSION
	diff -r kernel "$at/kernel" && diff -r uapi "$at/uapi" &&
		grep -x "PACKAGE_VERSION=\"$VERSION\"" "$at/dkms.conf" &&
		grep "dkms_name=vdev\|NAME=vdev" "$WORK/root/vdev-dkms/DEBIAN/postinst"
}

# The tool is that of the library, and hardened as all of Debian is.
is_hardened()
{
	grep "^Depends: .*libvdev0 (= $VERSION-" "$WORK/root/vdevctl/DEBIAN/control" &&
		readelf -dW "$WORK/root/vdevctl/usr/bin/vdevctl" | grep 'FLAGS.*NOW.*PIE' &&
		nm -D "$WORK/root/vdevctl/usr/bin/vdevctl" | grep __printf_chk
}

# What an administrator has written stays when a package is removed, but not when it is
# purged.
has_configuration()
{
	grep -x /etc/vdev/libvirt.conf "$WORK/root/vdevctl/DEBIAN/conffiles"
}

# Of the keys of a unit none is unknown; the tool is not where it would be.
units_are_valid()
{
	local unit
	mkdir -p "$WORK/units"
	for unit in "$WORK/root/vdevctl"/*lib/systemd/system/vdev-* \
			"$WORK/root/vdevctl"/usr/lib/systemd/system/vdev-*; do
		[ ! -e "$unit" ] || sed 's,/usr/bin/vdevctl,/bin/true,' "$unit" >"$WORK/units/${unit##*/}"
	done
	(cd "$WORK/units" && systemd-analyze verify --man=no ./vdev-*)
}

# Exposed to less than 2 of 10.
units_are_hardened()
{
	local unit
	for unit in profiles ceilings metrics; do
		systemd-analyze security --offline=yes --no-pager --threshold=19 \
			"$WORK/units/vdev-$unit.service" || return 1
	done
}

# The rule is what the units are installed for.
udev_starts_units()
{
	grep -rqx 'SUBSYSTEM=="module", KERNEL=="vdev", TAG+="systemd"' \
		"$WORK/root/vdevctl/usr/lib/udev/rules.d" &&
		[ "$(cat "$WORK/units"/*.service | grep -c '^WantedBy=.*sys-module-vdev.device')" -eq 2 ]
}

# The book, which libraries of Debian serve, and no copies of theirs.
has_book()
{
	local html=$WORK/root/vdev-doc/usr/share/doc/vdev-doc/html
	[ -s "$html/reference/library-judgement.html" ] && [ -s "$html/man/vdevctl.8.html" ] &&
		[ -h "$html/_static/doctools.js" ] && [ ! -e "$html/.doctrees" ] &&
		grep 'Depends:.*libjs-sphinxdoc' "$WORK/root/vdev-doc/DEBIAN/control"
}

# Who wants no documents needs nothing that makes them.
without_documents()
{
	mkdir "$WORK/nodoc"
	dpkg-source -x "$WORK/first/deb"/vdev_*.dsc "$WORK/nodoc/source" >"$WORK/said" 2>&1
	cat >"$WORK/nodoc/sphinx-build" <<-'END'
		#!/bin/false
	END
	chmod +x "$WORK/nodoc/sphinx-build"
	give_to_nobody "$WORK/nodoc"
	# shellcheck disable=SC2016 # expanded there
	said without_rights DEB_BUILD_OPTIONS=nocheck SPHINXBUILD="$WORK/nodoc/sphinx-build" \
		sh -c 'cd "$1" && dpkg-buildpackage -us -uc -b -Pnodoc' sh "$WORK/nodoc/source" &&
		[ "$(packages "$WORK/nodoc")" = "${NAMES/ vdev-doc/}" ]
}

runs()
{
	local root=$WORK/root
	[ "$(LD_LIBRARY_PATH=$(echo "$root"/libvdev0/usr/lib/*-linux-*) \
		"$root/vdevctl/usr/bin/vdevctl" -V)" = "vdevctl $VERSION" ]
}

main()
{
	tap_begin
	tap_case "the packages are built" build
	tap_case "nobody builds them again without a network" build_again
	tap_case "they have the same bytes" same_bytes
	tap_case "lintian has no error and no warning" has_no_tags
	tap_silent "they have the files that are expected" deb_files_expected "$WORK/first/deb"
	tap_case "they can be unpacked" unpack
	tap_case "the library's list has every symbol" lists_symbols
	tap_case "DKMS gets the sources" has_sources
	tap_case "the tool depends on its library, and is hardened" is_hardened
	tap_case "the configuration belongs to the administrator" has_configuration
	tap_silent "the units are valid" units_are_valid
	tap_case "the units can do little else" units_are_hardened
	tap_case "the units are started when the module comes" udev_starts_units
	tap_case "the tool runs with the library" runs
	tap_case "the book is in vdev-doc" has_book
	tap_case "the packages are built without documents" without_documents
	tap_end
}

main
