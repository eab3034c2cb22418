#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Usage: installed.sh put DESTDIR CONFIGURATION LIST COMMAND...
#        installed.sh remove DESTDIR LISTS NAME...
#
# For "make install" and "make uninstall". With put, COMMAND, with a DESTDIR=FOLDER of
# its own behind it, installs into that empty folder; from there everything is copied to
# DESTDIR, and LIST names what was copied and which folders were made for it. In the
# folder CONFIGURATION a file that is there already is kept. With remove, what the lists
# NAME and NAME-* in the folder LISTS name is removed; a file of the configuration only
# as it was installed, a folder only if it was made and is empty. What another list
# still needs, it gets.

set -eu
export LC_ALL=C

# Each line of a list: f FILE, d FOLDER/, or c CHECKSUM FILE for the configuration.

checksum()
{
	sha256sum <"$1" | cut -d ' ' -f 1
}

# list_folders STAGE DESTDIR, list_files STAGE DESTDIR CONFIGURATION
list_folders()
{
	(cd "$1" && find . -mindepth 1 -type d) | sed 's,^\.,,' | while IFS= read -r path; do
		[ -d "$2$path" ] || printf 'd %s/\n' "$path"
	done
}

list_files()
{
	(cd "$1" && find . ! -type d) | sed 's,^\.,,' | while IFS= read -r path; do
		case $path in
		"$3"/*)	[ -e "$2$path" ] || printf 'c %s %s\n' "$(checksum "$1$path")" "$path" ;;
		*)	printf 'f %s\n' "$path" ;;
		esac
	done
}

# copy STAGE DESTDIR PATH: whoever has the old file open keeps that.
copy()
{
	cp -P --preserve=mode "$1$3" "$2$3.new"
	mv -fT "$2$3.new" "$2$3" || { rm -f "$2$3.new"; return 1; }
}

# The list is written first: what is installed in part can be removed.
copy_all()
{
	(cd "$1" && find . -mindepth 1 -type d) | sed 's,^\.,,' | sort | while IFS= read -r path; do
		[ -d "$2$path" ] || install -d -m 755 "$2$path"
	done
	copy "$1" "$2" "$4"
	list_files "$1" "$2" "$3" | sed 's,^[^/]*,,' | while IFS= read -r path; do
		copy "$1" "$2" "$path"
	done
}

put()
{
	dest=$1 configuration=$2 list=$3
	shift 3
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	stage=$work/root
	"$@" DESTDIR="$stage"
	mkdir -p "$stage${list%/*}"
	: >"$stage$list"
	chmod 644 "$stage$list"
	{
		[ ! -e "$dest$list" ] || cat "$dest$list"
		list_folders "$stage" "$dest"
		list_files "$stage" "$dest" "$configuration"
	} | sort -u >"$work/list"
	cat "$work/list" >"$stage$list"
	copy_all "$stage" "$dest" "$configuration" "$list"
}

# What Python has made of a file lies in a folder beside it.
remove_compiled()
{
	[ "${1%.py}" != "$1" ] || return 0
	cache=${1%/*}/__pycache__
	name=${1##*/}
	rm -f "$cache/${name%.py}".*.pyc || :
	rmdir "$cache" 2>/dev/null || :
}

# remove_file DESTDIR KIND REST: one that cannot be removed is no reason to keep others.
remove_file()
{
	case $2 in
	f)	rm -f "$1$3" || :
		remove_compiled "$1$3" ;;
	c)	[ -e "$1${3#* }" ] || return 0
		if [ "$(checksum "$1${3#* }")" = "${3%% *}" ]; then
			rm -f "$1${3#* }" || :
		else
			echo "$1${3#* } was changed: it stays" >&2
		fi ;;
	esac
}

# remove_all DESTDIR: what the standard input lists; prints the folders that stay.
remove_all()
{
	sort -u | while read -r kind rest; do
		case $kind in
		d)	printf '%s\n' "$rest" ;;
		*)	remove_file "$1" "$kind" "$rest" ;;
		esac
	done | sort -r | while IFS= read -r path; do
		[ ! -d "$1$path" ] || rmdir "$1$path" 2>/dev/null || printf 'd %s\n' "$path"
	done
}

# What was made of the files: the indexes of the modules and of the libraries.
update_indexes()
{
	case $1 in
	modules-*)	[ ! -d "/lib/modules/${1#modules-}/kernel" ] || depmod "${1#modules-}" ;;
	user)		ldconfig 2>/dev/null || : ;;
	esac
}

# names DESTDIR LISTS NAME...: the lists that there are.
names()
{
	lists=$1$2
	shift 2
	for name; do
		for list in "$lists/$name" "$lists/$name"-*; do
			[ ! -f "$list" ] || printf '%s\n' "${list##*/}"
		done
	done
}

remove()
{
	dest=$1 lists=$2
	shift 2
	# shellcheck disable=SC2046 # none of them has a space
	set -- $(names "$dest" "$lists" "$@")
	[ $# -gt 0 ] || { echo "nothing to uninstall: no list in $dest$lists" >&2; exit 1; }
	kept=$(cd "$dest$lists" && cat "$@" | remove_all "$dest")
	for other in "$dest$lists"/*; do
		[ -z "$kept" ] || [ ! -f "$other" ] || { printf '%s\n' "$kept" >>"$other"; break; }
	done
	for name; do
		[ -n "$dest" ] || update_indexes "$name"
	done
}

case ${1:-}:$# in
put:[5-9])	shift; put "$@" ;;
remove:[4-9])	shift; remove "$@" ;;
*)		sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 1 ;;
esac
