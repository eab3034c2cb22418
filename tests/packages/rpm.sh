#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: rpm.sh [--full]
#
# The packages of RPM: they are built, rpmlint finds no error; what is in them is what
# the packages of Debian have, but for what is said here; RPM installs them into an empty
# root, where the tool runs, and removes them again. With --full "make rpm" builds them,
# with the unit tests, and nobody builds them again in the same place, with the same contents.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=../install/nobody.sh
. "$VDEV_TOP/tests/install/nobody.sh"

RPM_NAMES="libvdev libvdev-devel libvdev-static python3-vdev vdev-dkms vdev-doc vdevctl"
open_folder
OUT=$WORK
RPMS=$WORK/first/rpm
ROOT=$WORK/root

# build COMMAND...
build()
{
	said "$@" && [ "$(cd "$RPMS" && rpm -qp --qf '%{NAME}\n' ./*[!c].rpm | sort | xargs)" = "$RPM_NAMES" ]
}

ran_tests()
{
	[ "$(grep -c '^ok ' "$OUT/said")" -gt 100 ]
}

# From the source package, in the same place; the tests have passed.
build_again()
{
	mv "$RPMS" "$WORK/built"
	mkdir -p "$RPMS/vdev-rpmbuild"
	give_to_nobody "$WORK"
	# shellcheck disable=SC2016 # expanded there
	said without_rights TZ=Asia/Tokyo sh -c 'umask 077; rpmbuild -ra --nocheck --nodeps \
		--define "_topdir $1" --define "_sourcedir $1" --define "_buildhost localhost" "$2"' \
		sh "$RPMS/vdev-rpmbuild" "$WORK/built/vdev-$VERSION-1.src.rpm"
}

# contents RPM: all but who owned the source package.
contents()
{
	rpm -qp --qf '%{PAYLOADDIGEST} %{BUILDTIME}\n[%{FILENAMES} %{FILEDIGESTS} %{FILEMTIMES} \
		%{FILEMODES:perms} %{FILEUSERNAME} %{FILEGROUPNAME}\n]' --requires --provides --scripts "$1"
}

same_contents()
{
	local rpm
	for rpm in "$WORK/built"/*[!c].rpm; do
		diff <(contents "$rpm") \
			<(contents "$(find "$RPMS/vdev-rpmbuild/RPMS" -name "${rpm##*/}")") || return 1
	done
	rm -r "$RPMS"
	mv "$WORK/built" "$RPMS"
}

has_no_errors()
{
	said rpmlint -c packaging/rpm/rpmlint.toml packaging/rpm/vdev.spec "$RPMS"/*.rpm
}

# What RPM's users expect elsewhere, or under another name, is written as in the packages of
# Debian. In place of their copyright are the licences, and the changelog is no file; the
# links by the identifier of a program are what debuggers use, and lintian is Debian's.
rpm_files()
{
	local rpm
	for rpm in "$RPMS"/*[!c].rpm; do
		rpm -qp --qf '[%{=NAME} %{FILENAMES} %{FILEMODES:perms}\n]' "$rpm"
	done | sed -n -e '\, /usr/lib/\.build-id,d' -e '\, /usr/share/licenses/,d' \
		-e 's,^\([^ ]* [^ ]*\) d.*,\1/,' -e 's,^\([^ ]* [^ ]*\) .*,\1,' \
		-e 's,^libvdev ,libvdev0 ,' -e 's,^libvdev-[a-z]*,libvdev-dev,' \
		-e "s, $(rpm --eval '%{_libdir}')/, /usr/lib/MULTIARCH/," \
		-e 's,/lib/python3\.[0-9]*/site-packages/,/lib/python3/dist-packages/,' \
		-e 's,/zsh/site-functions/,/zsh/vendor-completions/,' \
		-e "s,/doc/vdev-doc-$VERSION/,/doc/vdev-doc/," -e p | as_listed | sort
}

same_files()
{
	diff -u --label Debian --label RPM <(expected_files |
		grep -vE '/doc/[^/]*/(copyright|changelog\.Debian)$| /usr/share/(lintian|doc-base)/') <(rpm_files)
}

has_book()
{
	rpm -qpl "$RPMS"/vdev-doc-[0-9]*.rpm | grep -x ".*/doc/vdev-doc[^/]*/html/index\.html"
}

# Without what they need, which RPM does not find here, and without their scripts.
installs()
{
	mkdir "$ROOT"
	# shellcheck disable=SC2086 # a list
	said rpm --root "$ROOT" --nodeps --noscripts -i "$RPMS"/*[!c].rpm &&
		said rpm --root "$ROOT" -V --nodeps $RPM_NAMES
}

runs()
{
	local lib
	lib=$ROOT$(rpm --eval '%{_libdir}')
	[ "$(LD_LIBRARY_PATH=$lib "$ROOT/usr/bin/vdevctl" -V)" = "vdevctl $VERSION" ] &&
		[ "$(LD_LIBRARY_PATH=$lib PYTHONPATH=$(echo "$ROOT"/usr/lib/python3.*/site-packages) \
			/usr/bin/python3 -B -c 'import vdev; print(vdev.__version__)')" = "$VERSION" ]
}

# They need the version that they were built with.
names_versions()
{
	rpm -qp --requires "$RPMS"/vdevctl-*.rpm | grep -x "libvdev.* = $VERSION-1.*" &&
		rpm -qp --requires "$RPMS"/python3-vdev-*.rpm | grep -x "libvdev = $VERSION-1.*" &&
		rpm -qp --provides "$RPMS"/libvdev-[0-9]*.rpm | grep 'libvdev\.so\.0' &&
		rpm -qp --configfiles "$RPMS"/vdevctl-*.rpm | grep -x /etc/vdev/libvirt.conf
}

# Scripts of packages are read by sh.
has_valid_scripts()
{
	local name
	for name in vdevctl vdev-dkms; do
		rpm -qp --qf '%{POSTIN}\n%{PREUN}\n' "$RPMS/$name"-[0-9]*.rpm | sh -n || return 1
	done
	rpm -qp --scripts "$RPMS"/vdev-dkms-*.rpm | grep "^dkms install -m vdev -v $VERSION "
}

# What an administrator wrote stays.
removes()
{
	echo '# mine' >>"$ROOT/etc/vdev/libvirt.conf"
	# shellcheck disable=SC2086 # a list
	said rpm --root "$ROOT" --nodeps --noscripts -e $RPM_NAMES || return 1
	diff <(echo /etc/vdev/libvirt.conf.rpmsave) <(cd "$ROOT" &&
		find . -name '*vdev*' ! -type d -o -path './etc/vdev/*' ! -type d | sed 's,^\.,,')
}

build_both()
{
	tap_case "make rpm builds the packages" build make -s rpm BUILD="$WORK/first"
	tap_case "their tests were run" ran_tests
	tap_case "nobody builds them again without a network" build_again
	tap_case "they have the same contents" same_contents
}

main()
{
	tap_begin
	case $# in
	0)	tap_case "the packages are built" build scripts/rpm.sh "$RPMS" --nocheck ;;
	*)	build_both ;;
	esac
	[ "$tap_failed" -eq 0 ] || { tap_end; exit 1; }
	tap_case "rpmlint has no error" has_no_errors
	tap_silent "they have the files that the packages of Debian have" same_files
	tap_case "the documents are one book in HTML, too" has_book
	tap_case "RPM installs them into an empty root" installs
	tap_case "tool and Python run there" runs
	tap_case "the packages name the versions that they need" names_versions
	tap_case "their scripts can be read" has_valid_scripts
	tap_case "RPM removes them, but not the administrator's configuration" removes
	tap_end
}

case $*:$# in
:0|--full:1)	main "$@" ;;
*)		usage >&2; exit 1 ;;
esac
