#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: pages.sh ROOT
#
# Manual pages that were installed below ROOT: what they refer to is installed, too, or is
# of a package that is named here. A page with wrong references proves that they are seen.

set -euo pipefail

root=$1

# Pages of others, by their packages: iproute2, mdevctl, libvirt-clients, jq, procps, less.
OTHERS='devlink\(8\)|vdpa\(8\)|mdevctl\(8\)|virsh\(1\)|jq\(1\)|watch\(1\)|less\(1\)'
# What an administrator or vdevctl writes, and folders of other packages.
WRITTEN='/etc/vdev/ceilings\.conf|/etc/vdev/profiles\.d/\*\.json|/etc/libvirt/hooks/qemu\.d'

# text PAGE: as it is read, without breaks within words.
text()
{
	mandoc -Tutf8 -O width=1000 "$1" | sed 's,.\x08,,g'
}

# What a page names: other pages, files of this project, headers, and documents that are
# installed nowhere. TEXT is on the standard input.
names()
{
	grep -oE '[a-z][a-z0-9-]*\([1-9]\)|<(vdev|linux)/[a-z_]+\.h>|Documentation/[A-Za-z0-9/._-]+|[a-z0-9-]+\.rst\b|/(etc|usr)/[A-Za-z0-9/._*-]*[A-Za-z0-9*]' |
		sort -u
}

is_there()
{
	case $1 in
	*\))	set -- "${1%(*}" "${1##*(}"
		[ -e "$root/usr/share/man/man${2%)}/$1.${2%)}" ] ;;
	"<"*)	set -- "${1#<}"
		[ -e "$root/usr/include/${1%>}" ] ;;
	/*)	compgen -G "$root$1" >/dev/null ;;
	*)	return 1 ;;
	esac
}

# missing: of the names on the standard input those of nothing.
missing()
{
	grep -vxE "$OTHERS|$WRITTEN" | while read -r name; do
		is_there "$name" || printf '%s\n' "$name"
	done
}

wrong_text()
{
	cat <<-'END'
	Right are vdevctl(8), libvdev(3), vdpa(8), <vdev/vdev.h>, /etc/vdev/libvirt.conf and
	/usr/share/vdev/profiles.d/*.json. Wrong are absent1(5), vdevctl(1), <vdev/absent.h>,
	Documentation/absent.rst, absent.rst, /etc/vdev/absent and /usr/share/vdev/absent/*.json.
	END
}

control()
{
	wrong_text | names | missing | diff - <(printf '%s\n' absent1\(5\) vdevctl\(1\) '<vdev/absent.h>' \
		Documentation/absent.rst absent.rst /etc/vdev/absent '/usr/share/vdev/absent/*.json' |
		sort)
}

main()
{
	local page found
	control
	for page in "$root"/usr/share/man/man*/*; do
		found=$(text "$page" | names | missing)
		[ -z "$found" ] || { echo "${page##*/} names what is not installed: ${found//$'\n'/ }"; failed=1; }
		! groff -man -t -ww -z -Tutf8 "$page" 2>&1 | grep . || failed=1
	done
	[ -z "${failed:-}" ]
}

main
