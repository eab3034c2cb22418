#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: dist.sh
#
# The tarball of "make dist": the same sources give the same bytes, also where it was
# unpacked and there is no git; and the packager's test: from the tarball alone,
# somebody without rights, home and network builds all of user space and runs its tests.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"
# shellcheck source=nobody.sh
. "$VDEV_TOP/tests/install/nobody.sh"

VERSION=$(cat VERSION)
NAME=vdev-$VERSION
open_folder

pack()
{
	scripts/dist.sh "$WORK/first" && [ -s "$WORK/first/$NAME.tar.xz" ]
}

# Neither rights, nor the time, nor the language matter.
pack_again()
{
	(umask 077 && LC_ALL=C.UTF-8 TZ=Asia/Tokyo make -s dist BUILD="$WORK/again/build") &&
		cmp "$WORK/first/$NAME.tar.xz" "$WORK/again/build/$NAME.tar.xz"
}

# unpack FOLDER: as everybody would.
unpack()
{
	mkdir -p "$1"
	tar -x -f "$WORK/first/$NAME.tar.xz" -C "$1"
}

# What was built there is left out.
pack_tarball()
{
	unpack "$WORK/second"
	mkdir "$WORK/second/$NAME/build"
	touch "$WORK/second/$NAME"/{build/new,userspace/new.o,tests/new.pyc}
	"$WORK/second/$NAME/scripts/dist.sh" "$WORK/second" &&
		cmp "$WORK/first/$NAME.tar.xz" "$WORK/second/$NAME.tar.xz"
}

# pack_in TREE FOLDER [VARIABLE=VALUE...]: also where it was built in that tree.
pack_in()
{
	env "${@:3}" "$1/scripts/dist.sh" "$2" >/dev/null &&
		cmp "$WORK/first/$NAME.tar.xz" "$2/$NAME.tar.xz"
}

# What was built and packed there is no source.
pack_inside()
{
	local tree=$WORK/inside/$NAME
	unpack "$WORK/inside"
	mkdir -p "$tree/out*/user" "$tree/packed"
	touch "$tree/out*/user/new" "$tree/packed/old"
	pack_in "$tree" "$tree/packed" VDEV_BUILD="$tree/out*" || return 1
	mv "$tree/packed/$NAME.tar.xz" "$tree"
	rm -r "$tree/out*" "$tree/packed"
	pack_in "$tree" "$tree"
}

# Nothing is left of the work, whatever the folder is called.
pack_quoted()
{
	local folder="$WORK/it's \$(touch here) \"quoted\""
	pack_in . "$folder" && [ "$(ls -A "$folder")" = "$NAME.tar.xz" ] && [ ! -e here ]
}

# One time, no owner, and nobody else can write.
is_neutral()
{
	tar -t -v --full-time --numeric-owner -f "$WORK/first/$NAME.tar.xz" >"$WORK/list"
	[ "$(awk '{ print $2, $4, $5 }' "$WORK/list" | sort -u | wc -l)" -eq 1 ] &&
		! grep -v ' 0/0 ' "$WORK/list" &&
		! grep -vE '^[dl-]rw[x-]r-[x-]r-[x-] ' "$WORK/list"
}

# All that git has, and nothing else.
has_sources()
{
	[ -e .git ] || return 0
	diff <(git ls-tree -r --name-only HEAD | sort) \
		<(tar -t -f "$WORK/first/$NAME.tar.xz" | grep -v '/$' | sed "s,^$NAME/,," | sort)
}

# The sanitizers have a stage of their own.
packager_test()
{
	unpack "$WORK/third"
	give_to_nobody "$WORK/third"
	without_rights make -s -j2 -C "$WORK/third/$NAME/userspace" all check SANITIZE= \
		>"$WORK/said" 2>&1 || { grep -v '^ok' "$WORK/said"; return 1; }
	[ "$(grep -c '^ok' "$WORK/said")" -gt 100 ] &&
		[ "$("$WORK/third/$NAME/build/user/vdevctl" -V)" = "vdevctl $VERSION" ]
}

# same_version WHAT VERSION
same_version()
{
	[ "$2" = "$VERSION" ] || echo "$1 has the version $2"
}

# What cannot read VERSION must have the same.
one_version()
{
	same_version packaging/debian/changelog \
		"$(sed -n '1s/.*(\(.*\)-.*/\1/p' packaging/debian/changelog)"
	same_version packaging/rpm/vdev.spec \
		"$(sed -n 's/^Version: *//p' packaging/rpm/vdev.spec)"
	# shellcheck disable=SC2016 # expanded there
	same_version dkms.conf "$(bash -c '. ./dkms.conf && echo "$PACKAGE_VERSION"')"
	same_version NEWS "$(sed -n '/^[0-9]/{s/[, ].*//p;q}' NEWS)"
}

# dkms_modules OPTION...: what DKMS is to build for a kernel with these buses.
dkms_modules()
{
	mkdir -p "$WORK/kernel"
	printf 'CONFIG_%s=m\n' "$@" >"$WORK/kernel/.config"
	# shellcheck disable=SC2016 # expanded there
	kernel_source_dir=$WORK/kernel bash -ec '. ./dkms.conf
		for ((i = 0; i < ${#BUILT_MODULE_NAME[@]}; i++)); do
			at=${BUILT_MODULE_LOCATION[i]}${DEST_MODULE_LOCATION[i]}
			echo "${BUILT_MODULE_NAME[i]}:$at"
		done' | sed 's,:kernel/\(sim/\)\?/updates$,,' | xargs
}

# One that the kernel's sources do not give has DKMS fail; so has a gap in the numbers.
dkms_builds_bridges()
{
	local core="vdev_genl vdev vdev_sim"
	[ "$(dkms_modules NET)" = "$core" ] &&
		[ "$(dkms_modules VFIO VFIO_PCI)" = "$core vdev_vfio" ] &&
		[ "$(dkms_modules VFIO VFIO_MDEV)" = "$core vdev_vfio vdev_mdev" ] &&
		[ "$(dkms_modules VFIO VDPA)" = "$core vdev_vfio vdev_vdpa" ] &&
		[ "$(dkms_modules VDPA)" = "$core vdev_vdpa" ]
}

main()
{
	tap_begin
	tap_case "the sources are packed" pack
	tap_case "twice they give the same bytes" pack_again
	tap_case "the tarball has what git has" has_sources
	tap_case "it names nobody, and no other time" is_neutral
	tap_case "what is unpacked gives the same bytes, without git" pack_tarball
	tap_case "it is packed into a folder of the tree" pack_inside
	tap_case "the folder can have any name" pack_quoted
	tap_silent "there is one version" one_version
	tap_case "DKMS builds the bridges of the buses that a kernel has" dkms_builds_bridges
	tap_case "nobody builds and tests it without a network" packager_test
	tap_end
}

main
