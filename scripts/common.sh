# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What every host-side script needs: where the repository and the cache are,
# messages on stderr, and "make this folder once". Sourced, never run. Nothing
# here touches the network or the running system.

set -euo pipefail
shopt -s inherit_errexit

VDEV_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VDEV_CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/vdev
export VDEV_TOP VDEV_CACHE
# Where depmod and losetup are is not in the PATH of Debian's users.
export PATH=$PATH:/usr/sbin:/sbin

say()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die()
{
	say "$@"
	exit 1
}

# usage: the opening comment of the calling script is its help text.
usage()
{
	sed -n '/^# Usage:/,/^$/{/^#/!q;s/^# \{0,1\}//;p}' "$0"
}

# why_not_root: why as_root would fail, or ask what nobody can answer; nothing if it will work.
why_not_root()
{
	if [ "$(id -u)" -eq 0 ]; then
		return
	elif ! command -v sudo >/dev/null; then
		echo "you are not root, and there is no sudo"
	elif [ ! -t 2 ] && ! sudo -n true 2>/dev/null; then
		echo "you are not root, and sudo asks for a password (\"sudo -v\" answers it before)"
	fi
}

as_root()
{
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# make_once DIR COMMAND [ARG...]: unless DIR exists for this very place, run
# COMMAND ARG... TMPDIR and rename TMPDIR to DIR. Callers that come at the same
# time wait for the first one; a half-made DIR is never seen. Files in DIR may
# hold absolute paths, so a DIR that was moved here is made again; so is one that
# was made with another $MADE_WITH.
make_once()
{
	local dir=$1 lock tmp
	shift

	made_here "$dir" && return 0
	mkdir -p "$(dirname "$dir")"
	lock=$dir.lock
	tmp=$dir.tmp
	(
		flock 9
		made_here "$dir" && exit 0
		rm -rf "$tmp"
		mkdir -p "$tmp"
		set -e
		"$@" "$tmp"
		made_for "$dir" >"$tmp/.made-for"
		rm -rf "$dir"
		mv "$tmp" "$dir"
	) 9>"$lock"
}

made_for()
{
	printf '%s\n' "$1${MADE_WITH:+ $MADE_WITH}"
}

made_here()
{
	[ -f "$1/.made-for" ] && [ "$(cat "$1/.made-for")" = "$(made_for "$1")" ]
}
