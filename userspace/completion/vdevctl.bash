# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Completion for vdevctl. The words come from the tool itself, handles from
# what it shows.

_vdevctl_handles()
{
	vdevctl "$1" show 2>/dev/null | sed -n 's/^\([^ ]*\): .*/\1/p; s/^\([^ ]*\):$/\1/p'
}

_vdevctl()
{
	local current=${COMP_WORDS[COMP_CWORD]} words=() word i

	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		[[ $word == -* && ${#words[@]} -eq 0 ]] || words+=("$word")
	done
	case ${words[0]-} in
	help)	words=("${words[@]:1}") ;;
	dev | type)
		if [[ ${#words[@]} -eq 2 && ${words[1]} == show && $current == */* ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$(_vdevctl_handles "${words[0]}")" \
				-- "$current")
			return
		fi
		;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$(vdevctl help --words "${words[@]:0:2}" 2>/dev/null)" \
		-- "$current")
}

complete -F _vdevctl vdevctl
