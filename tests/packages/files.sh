# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Which files are in which package of Debian, of those that this tree has and of those that
# Debian has in every package. The tests of packages compare with that. Sourced, never run;
# what sources it is in the top folder.

# in_package PACKAGE FOLDER FILE...: they are there by these names.
in_package()
{
	local name=$1 folder=$2 file
	shift 2
	for file; do
		echo "$name $folder/${file##*/}"
	done
}

# expected_files: "PACKAGE PATH" lines, sorted. Nothing says that it is compressed;
# MULTIARCH and VERSION stand for what they are.
expected_files()
{
	{
		in_package libvdev0 /usr/lib/MULTIARCH libvdev.so.0
		in_package libvdev-dev /usr/lib/MULTIARCH libvdev.{a,so} pkgconfig
		in_package libvdev-dev /usr/include/linux uapi/linux/vdev.h
		in_package libvdev-dev /usr/include/vdev userspace/include/vdev/*.h
		in_package python3-vdev /usr/lib/python3/dist-packages/vdev \
			userspace/python/vdev/*.py py.typed _version.py
		in_package vdev-dkms /usr/lib/modprobe.d packaging/modprobe.d/*
		in_package vdev-dkms /usr/lib/modules-load.d packaging/modules-load.d/*
		in_package vdev-doc /usr/share/doc/vdev-doc Documentation/*.rst README.md NEWS \
			vdevctl.schema.json
		in_package vdev-doc /usr/share/doc/vdev-doc/consumers Documentation/consumers/*
		in_package vdev-doc /usr/share/doc/vdev-doc/getting-started \
			Documentation/getting-started/*
		in_package vdev-doc /usr/share/doc-base vdev-doc.vdev
		in_package vdev-doc /usr/share/doc/vdev-doc/netlink/specs Documentation/netlink/specs/*
		in_package vdevctl /etc/vdev libvirt.conf profiles.d
		in_package vdevctl /usr/bin vdevctl
		in_package vdevctl /usr/lib/systemd/system packaging/systemd/*
		in_package vdevctl /usr/lib/udev/rules.d packaging/udev/*
		in_package vdevctl /usr/libexec/vdev vdevctl-libvirt
		in_package vdevctl /usr/share/bash-completion/completions vdevctl
		in_package vdevctl /usr/share/fish/vendor_completions.d vdevctl.fish
		in_package vdevctl /usr/share/zsh/vendor-completions _vdevctl
		in_package vdevctl /usr/share/lintian/overrides vdevctl
		in_package vdevctl /usr/share/vdev libvirt-hook vdevctl.schema.json
		in_package vdevctl /usr/share/vdev/ansible packaging/ansible/*
		in_package vdevctl /usr/share/vdev/profiles.d packaging/profiles.d/*
		in_package vdevctl /usr/share/vdev/prometheus packaging/prometheus/*
		in_package vdevctl /usr/share/ynl/specs Documentation/netlink/specs/*
		expected_sources
		expected_pages
		expected_notices
	} | sed 's,/pkgconfig$,&/libvdev.pc,' | sort
}

# As packaging/dkms-source.sh is asked to.
expected_sources()
{
	{
		find kernel uapi -name '*.[ch]' ! -name '*.mod.c' -o -name Kbuild -o -name Kconfig
		printf '%s\n' COPYING VERSION dkms.conf packaging/provider-headers.sh
	} | sed 's,^,vdev-dkms /usr/src/vdev-VERSION/,'
}

expected_pages()
{
	local page name
	for page in Documentation/man/*.rst; do
		page=$(basename "$page" .rst) name=vdevctl
		[ "${page##*.}" != 3 ] || name=libvdev-dev
		in_package $name "/usr/share/man/man${page##*.}" "$page"
	done
}

expected_notices()
{
	local name
	for name in libvdev-dev libvdev0 python3-vdev vdev-dkms vdev-doc vdevctl; do
		in_package $name "/usr/share/doc/$name" changelog.Debian copyright
	done
}

# as_listed: what is in the packages is written as expected_files does, also an empty folder.
# Where the units are depends on the release, and what the book is made of on Sphinx.
as_listed()
{
	sed -n -e '\,^vdev-doc /usr/share/doc/vdev-doc/html/,d' -e '/\/$/{/ \/etc\/vdev\/./!d;s,/$,,}' -e 's, /lib/systemd, /usr/lib/systemd,' \
		-e 's,\.gz$,,' -e "s,/vdev-$(cat VERSION)/,/vdev-VERSION/," \
		-e 's,/[a-z0-9_]*-linux-[a-z]*/,/MULTIARCH/,' -e p
}

# deb_files FOLDER: what is in its packages of Debian.
deb_files()
{
	local deb name
	for deb in "$1"/*.deb; do
		name=${deb##*/}
		case $name in
		*-dbgsym_*) ;;
		*)	dpkg-deb --fsys-tarfile "$deb" | tar -t | sed "s,^\\.,${name%%_*} ," | as_listed ;;
		esac
	done | sort
}

# deb_files_expected FOLDER: prints how they differ.
deb_files_expected()
{
	diff -u --label expected --label built <(expected_files) <(deb_files "$1")
}
