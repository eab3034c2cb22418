# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Completion for vdevctl. The words come from the tool itself, handles from
# what it shows.

# _vdevctl_handles OBJECT...: of devices, of types, or of both; names of profiles.
_vdevctl_handles()
{
	local object
	for object; do
		vdevctl "$object" show 2>/dev/null
	done | sed -n 's/^\([^ ]*\): .*/\1/p; s/^\([^ ]*\):$/\1/p' | sort -u
}

# _vdevctl_among WORDS CURRENT: beside what there is already.
_vdevctl_among()
{
	mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$2")
}

# Documents, or any file once the word can be nothing else.
_vdevctl_files()
{
	local filter='!*.json'
	case $1 in
	.* | /*) filter='' ;;
	esac
	mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X "$filter" -- "$1")
}

_vdevctl()
{
	local current=${COMP_WORDS[COMP_CWORD]} words=() word i

	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		[[ $word == -* && ${#words[@]} -eq 0 ]] || words+=("$word")
	done
	[[ ${words[0]-} != help ]] || words=("${words[@]:1}")
	case ${words[0]-}:$current in
	dev:*/* | type:*/*)
		_vdevctl_among "$(_vdevctl_handles "${words[0]}")" "$current"
		return
		;;
	check:[!./]*/* | find:[!./]*/*)
		_vdevctl_among "$(_vdevctl_handles dev type)" "$current"
		;;
	*)
		_vdevctl_among "$(vdevctl help --words "${words[@]:0:2}" 2>/dev/null)" "$current"
		;;
	esac
	case ${words[*]:0:2} in
	"profile show" | "profile del")
		_vdevctl_among "$(_vdevctl_handles profile)" "$current"
		;;
	esac
	case ${words[0]-}:${#words[@]} in
	check:* | find:* | baseline:* | record:[2-9]*)
		_vdevctl_files "$current"
		;;
	profile:[2-9]*)
		[[ ${words[1]} != load ]] || _vdevctl_files "$current"
		;;
	esac
}

complete -F _vdevctl vdevctl
