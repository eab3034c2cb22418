#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: uninstall.sh
#
# "make uninstall" removes what "make install" has put there, and nothing else: a tree
# is the same before and after, with its folders, times apart. The modules are not real.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

OUT=$BUILD/uninstall
ROOT=$OUT/root
# Each of them, and none within another.
FOLDERS="PREFIX=/p BINDIR=/b LIBDIR=/l INCLUDEDIR=/i DATADIR=/d MANDIR=/m SYSCONFDIR=/e
	SRCDIR=/s MODPROBEDIR=/mp MODULESLOADDIR=/ml MODULESDIR=/k LIBEXECDIR=/le
	UNITDIR=/u UDEVRULESDIR=/ur BASHCOMPDIR=/cb ZSHCOMPDIR=/cz FISHCOMPDIR=/cf PYTHONDIR=/py"

# What there is, with modes and contents.
tree()
{
	(cd "$1" && find . -mindepth 1 -printf '%y %m %p %l\n' | sort
	 find . -type f -exec sha256sum {} + | sort)
}

# host: a root that others have been installed into; some folders are empty.
host()
{
	rm -rf "$ROOT"
	mkdir -p "$ROOT"/usr/{bin,lib/pkgconfig,share/man/man8,include/linux} "$ROOT/etc/vdev" \
		"$ROOT"/lib/modules/6.12.0/updates
	echo other >"$ROOT/usr/bin/other"
	echo other >"$ROOT/usr/include/linux/other.h"
}

# kernel RELEASE: what "make modules" would have made of its headers.
kernel()
{
	mkdir -p "$OUT/$1/include/config" "$OUT/modules/$1/kernel"
	echo "$1" >"$OUT/$1/include/config/kernel.release"
	echo "of $1" | tee "$OUT/modules/$1/"{vdev,vdev_genl}.ko \
		"$OUT/modules/$1/kernel/Module.symvers" >/dev/null
}

# run TARGET [VARIABLE=VALUE...]
run()
{
	make -s "$@" DESTDIR="$ROOT"
}

install_modules()
{
	run -o modules install-modules KDIR="$OUT/$1" MODULES="$OUT/modules/$1" STRIP=true \
		"${@:2}"
}

install_all()
{
	run install-user "$@" && install_modules 6.12.0 "$@" && install_modules 6.1.0 "$@" &&
		run install-dkms "$@"
}

# same COMMAND...: the root is the same after it as it was before, but not in between.
same()
{
	tree "$ROOT" >"$OUT/before"
	"$@"
	diff "$OUT/before" <(tree "$ROOT")
}

# there PATH...: they are installed.
there()
{
	local path
	for path in "$@"; do
		compgen -G "$ROOT$path" >/dev/null || { echo "there is no $path"; return 1; }
	done
}

all_at_once()
{
	install_all && there /usr/bin/vdevctl /lib/modules/6.1{,2}.0/updates/vdev.ko \
		/usr/src/vdev-"$(cat VERSION)"/dkms.conf && run uninstall
}

one_by_one()
{
	local target
	install_all
	for target in "$@"; do
		run "uninstall-$target"
	done
}

elsewhere()
{
	# shellcheck disable=SC2086 # one variable a word
	install_all $FOLDERS BUILD="$OUT/build" CFLAGS=-O0 && there /b/vdevctl /k/6.1.0/updates/vdev.ko &&
		run uninstall DATADIR=/d
}

twice()
{
	run install-user && run install-user && run uninstall
}

# Who imports a package with the right to do so leaves files beside it.
compiled()
{
	run install-user
	python3 -m compileall -q "$ROOT/usr/lib/python3/dist-packages/vdev"
	there /usr/lib/python3/dist-packages/vdev/__pycache__/__init__.*.pyc && run uninstall
}

# Nothing is in front of the folders.
without_destdir()
{
	local at=$ROOT/opt/vdev
	mkdir -p "$at"
	tree "$ROOT" >"$OUT/before"
	make -s install-user PREFIX="$at" SYSCONFDIR="$at/etc" BUILD="$OUT/build" CFLAGS=-O0 2>/dev/null
	[ -x "$at/bin/vdevctl" ] || return 1
	make -s uninstall PREFIX="$at"
	diff "$OUT/before" <(tree "$ROOT")
}

# An earlier version had a file that this one does not have.
earlier_version()
{
	run install-user
	echo old >"$ROOT/usr/share/vdev/old"
	echo "f /usr/share/vdev/old" >>"$ROOT/usr/share/vdev/installed/user"
	run install-user && run uninstall
}

# What an administrator has written stays, with the folders that it is in.
keeps_configuration()
{
	local said
	rm -rf "$ROOT"
	run install-user
	echo 'missing = refuse' >"$ROOT/etc/vdev/libvirt.conf"
	echo '{}' >"$ROOT/etc/vdev/profiles.d/mine.json"
	said=$(run uninstall 2>&1)
	grep -F "$ROOT/etc/vdev/libvirt.conf was changed: it stays" <<<"$said" &&
		[ "$(cd "$ROOT" && find . -type f | sort | xargs)" = \
			"./etc/vdev/libvirt.conf ./etc/vdev/profiles.d/mine.json" ]
}

# It was there before, so it is not ours.
keeps_older_file()
{
	echo 'missing = refuse' >"$ROOT/etc/vdev/libvirt.conf"
	same twice
}

# A folder is where the tool should be: what was installed before that is found.
half_installed()
{
	mkdir "$ROOT/usr/bin/vdevctl"
	same half
}

half()
{
	! run install-user 2>/dev/null || return 1
	there /etc/vdev/libvirt.conf && run uninstall
}

# theirs: the files that others have put.
theirs()
{
	find "$ROOT/usr" -type f -exec cmp -s /etc/hostname {} \; -print | sort
}

# What others have where it would have been put next is theirs.
half_overwritten()
{
	rm -rf "$OUT/staged"
	make -s install-user DESTDIR="$OUT/staged"
	(cd "$OUT/staged" && find usr -type d -exec mkdir -p "$ROOT/{}" \; &&
		find usr ! -type d ! -path '*/installed/*' -exec cp -T /etc/hostname "$ROOT/{}" \;)
	rm "$ROOT/usr/bin/vdevctl"
	mkdir "$ROOT/usr/bin/vdevctl"
	! run install-user 2>/dev/null || return 1
	theirs >"$OUT/theirs"
	[ "$(wc -l <"$OUT/theirs")" -gt 10 ] && run uninstall && diff "$OUT/theirs" <(theirs)
}

# killed_at NUMBER COMMAND TARGET: as many of these commands have been run, the last one in vain.
killed_at()
{
	rm -rf "$OUT/killing"
	mkdir "$OUT/killing"
	: >"$OUT/times"
	cat >"$OUT/killing/$2" <<-EOF
		#!/bin/bash
		echo >>"$OUT/times"
		[ "\$(wc -l <"$OUT/times")" -lt $1 ] || kill -KILL 0
		exec /usr/bin/$2 "\$@"
	EOF
	chmod 755 "$OUT/killing/$2"
	! PATH=$OUT/killing:$PATH setsid -w make -s "$3" DESTDIR="$ROOT" 2>/dev/null || return 1
	[ "$(wc -l <"$OUT/times")" -eq "$1" ]
}

# The one that was to be renamed lies there with another name.
killed_install()
{
	killed_at 20 mv install-user || return 1
	[ "$(find "$ROOT" -name '.*.vdev-new' -delete -print | wc -l)" -eq 1 ] && run uninstall
}

killed_uninstall()
{
	run install-user
	killed_at 20 rm uninstall && there /usr/share/vdev/installed/user && run uninstall
}

killed_at_end()
{
	run install-user
	killed_at 1 rmdir uninstall && there /usr/share/vdev/installed/user && run uninstall
}

# Others have files of such names.
beside()
{
	echo other | tee "$ROOT/usr/bin/vdevctl.new" >"$ROOT/usr/include/linux/vdev.h.new"
	ln -s other "$ROOT/usr/bin/.vdevctl.vdev-new"
	tree "$ROOT" | grep -v 'vdev-new' >"$OUT/before"
	run install-user && [ ! -L "$ROOT/usr/bin/vdevctl" ] && run uninstall &&
		diff "$OUT/before" <(tree "$ROOT")
}

# The modules and their sources for DKMS are loaded by the same file.
shared()
{
	local file=/usr/lib/modules-load.d/vdev.conf
	install_modules 6.12.0 && run install-dkms && there "$file" && run uninstall-modules &&
		there "$file" && run uninstall-dkms && [ ! -e "$ROOT$file" ]
}

nothing_there()
{
	local said
	! said=$(run uninstall 2>&1) || return 1
	grep -F "nothing to uninstall: no list in $ROOT/usr/share/vdev/installed" <<<"$said"
}

# on_host COMMAND...: with a root as it is made anew.
on_host()
{
	host
	"$@"
}

in_empty_root()
{
	rm -rf "$ROOT"
	mkdir -p "$ROOT"
	"$@"
}

main()
{
	mkdir -p "$OUT"
	kernel 6.12.0
	kernel 6.1.0
	tap_begin
	tap_case "an empty root is empty again" in_empty_root same all_at_once
	tap_case "a root with other files is what it was" on_host same all_at_once
	tap_case "one part is removed after the other" in_empty_root same one_by_one user modules dkms
	tap_case "in another order, too" on_host same one_by_one dkms modules user
	tap_case "with every folder elsewhere" in_empty_root same elsewhere
	tap_case "without DESTDIR" on_host without_destdir
	tap_case "what was installed twice is removed once" on_host same twice
	tap_case "what Python has made of it is removed" on_host same compiled
	tap_case "what an earlier version has installed is removed" in_empty_root same earlier_version
	tap_case "what was configured stays" keeps_configuration
	tap_case "a configuration that was there before stays" on_host keeps_older_file
	tap_case "what was installed in part is removed" on_host half_installed
	tap_case "what others have where nothing was put stays" on_host half_overwritten
	tap_case "what was installed until it was killed is removed" on_host same killed_install
	tap_case "who was killed while it was removed removes the rest" on_host same killed_uninstall
	tap_case "also at the end" on_host same killed_at_end
	tap_case "what lies beside is not touched" on_host beside
	tap_case "what another part needs stays" on_host same shared
	tap_case "where nothing is installed nothing is removed" on_host same nothing_there
	tap_end
}

main
