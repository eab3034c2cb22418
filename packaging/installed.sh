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
# still needs stays. Both can be interrupted: what was put by then is in the list, and
# nothing else is; and lists are removed last.

set -eu
export LC_ALL=C

# Each line of a list: f FILE, d FOLDER/, or c CHECKSUM FILE for the configuration.

checksum()
{
	sha256sum <"$1" | cut -d ' ' -f 1
}

# go_on: unless a signal has come; unbroken COMMAND...: it comes before or after that.
go_on()
{
	[ -z "$stopped" ] || exit 1
}

unbroken()
{
	go_on
	(trap '' HUP INT TERM; "$@")
	go_on
}

# folders STAGE
folders()
{
	(cd "$1" && find . -mindepth 1 -type d) | sed 's,^\.,,' | sort
}

# lines STAGE DESTDIR CONFIGURATION: what is to be put, as a list has it.
lines()
{
	(cd "$1" && find . ! -type d) | sed 's,^\.,,' | sort | while IFS= read -r path; do
		case $path in
		"$3"/*)	[ -e "$2$path" ] || printf 'c %s %s\n' "$(checksum "$1$path")" "$path" ;;
		*)	printf 'f %s\n' "$path" ;;
		esac
	done
}

# copy FROM TO: whoever has the old file open keeps that.
copy()
{
	new=${2%/*}/.${2##*/}.vdev-new
	if ! { cp -PT --remove-destination --preserve=mode "$1" "$new" && mv -fT "$new" "$2"; }; then
		rm -f "$new"
		return 1
	fi
}

# put_folder DESTDIR PATH: prints what a list says of it.
put_folder()
{
	[ ! -d "$1$2" ] || return 0
	install -d -m 755 "$1$2"
	printf 'd %s/\n' "$2"
}

# begin_list DESTDIR LIST: with the folders that it lies in.
begin_list()
{
	path=${2%/*}
	while [ -n "$path" ]; do
		printf '%s\n' "$path"
		path=${path%/*}
	done | sort | while IFS= read -r path; do
		put_folder "$1" "$path"
	done >"$work/begun"
	[ -e "$1$2" ] || install -m 644 /dev/null "$1$2"
	cat "$work/begun" >>"$1$2"
}

# add_folder DESTDIR LIST PATH, add_file DESTDIR LIST STAGE LINE
add_folder()
{
	put_folder "$1" "$3" >>"$1$2"
}

add_file()
{
	path=/${4#*/}
	copy "$3$path" "$1$path"
	printf '%s\n' "$4" >>"$1$2"
}

# sort_list DESTDIR LIST: what was installed twice is named once.
sort_list()
{
	sort -u "$1$2" >"$work/list"
	chmod 644 "$work/list"
	copy "$work/list" "$1$2"
}

put()
{
	dest=$1 configuration=$2 list=$3
	shift 3
	stopped=
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	trap 'stopped=1' HUP INT TERM
	stage=$work/root
	"$@" DESTDIR="$stage"
	folders "$stage" >"$work/folders"
	lines "$stage" "$dest" "$configuration" >"$work/lines"
	unbroken begin_list "$dest" "$list"
	while IFS= read -r path; do
		unbroken add_folder "$dest" "$list" "$path"
	done <"$work/folders"
	while IFS= read -r line; do
		unbroken add_file "$dest" "$list" "$stage" "$line"
	done <"$work/lines"
	unbroken sort_list "$dest" "$list"
}

# What Python has made of a file lies in a folder beside it.
remove_compiled()
{
	[ "${1%.py}" != "$1" ] || return 0
	cache=${1%/*}/__pycache__
	name=${1##*/}
	[ -d "$cache" ] || return 0
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

# remove_files DESTDIR: those that the standard input lists.
remove_files()
{
	while read -r kind rest; do
		[ "$kind" = d ] || remove_file "$1" "$kind" "$rest"
	done
}

# remove_folders DESTDIR: those that it lists; prints the lines of the ones that stay.
remove_folders()
{
	sed -n 's/^d //p' | sort -r | while IFS= read -r path; do
		[ ! -d "$1$path" ] || rmdir "$1$path" 2>/dev/null || printf 'd %s\n' "$path"
	done
}

# without_needed OTHERS: what the standard input lists, but no file that is in OTHERS, too.
without_needed()
{
	awk 'function path(line) { sub(/^[^\/]*/, "", line); return line }
		others { needed[path($0)]; next }
		/^d/ || !(path($0) in needed)' others=1 "$1" others= -
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

# others FOLDER NAME...: the lists in it that are none of these.
others()
{
	folder=$1
	shift
	for list in "$folder"/*; do
		case " $* " in
		*" ${list##*/} "*) ;;
		*)	[ ! -f "$list" ] || printf '%s\n' "$list" ;;
		esac
	done
}

# cat_lists: those that the standard input names.
cat_lists()
{
	while IFS= read -r list; do
		cat "$list"
	done
}

remove()
{
	dest=$1 lists=$2
	shift 2
	# shellcheck disable=SC2046 # none of them has a space
	set -- $(names "$dest" "$lists" "$@")
	[ $# -gt 0 ] || { echo "nothing to uninstall: no list in $dest$lists" >&2; exit 1; }
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	others "$dest$lists" "$@" >"$work/others"
	cat_lists <"$work/others" >"$work/needed"
	(cd "$dest$lists" && cat "$@") | sort -u | without_needed "$work/needed" >"$work/lines"
	remove_files "$dest" <"$work/lines"
	remove_folders "$dest" <"$work/lines" >"$work/kept"
	other=$(sed 1q "$work/others")
	[ -z "$other" ] || cat "$work/kept" >>"$other"
	for name; do
		[ -n "$dest" ] || update_indexes "$name"
	done
	(cd "$dest$lists" && rm -f "$@")
	[ -n "$other" ] || remove_folders "$dest" <"$work/kept" >/dev/null
}

case ${1:-}:$# in
put:[5-9])	shift; put "$@" ;;
remove:[4-9])	shift; remove "$@" ;;
*)		sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 1 ;;
esac
