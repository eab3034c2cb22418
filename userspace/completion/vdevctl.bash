# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Completion for vdevctl in bash. What may come next is what "vdevctl help --complete" prints:
# names in it are of devices and vendors, and never a part of a command.

# _vdevctl_read LINE: the words of a command line, as the shell would read them but for
# expansions: the last one is what is typed. Of that, $cut is how many characters bash leaves as
# they are, because they are before one of COMP_WORDBREAKS, and $quote the one that is open.
_vdevctl_read()
{
	local line=$1 i char breaks=${COMP_WORDBREAKS//[\"\']/} word='' any=''
	words=() cut=0 quote=''
	for ((i = 0; i < ${#line}; i++)); do
		char=${line:i:1}
		if [[ $quote == "$char" ]]; then
			quote='' cut=${#word}
		elif [[ $quote == "'" || ($quote == '"' && $char != \\) ]]; then
			word+=$char
		elif [[ $char == \\ ]]; then
			i=$((i + 1)) any=1
			[[ $quote != '"' || ${line:i:1} == [\$\`\"\\] ]] || word+=\\
			word+=${line:i:1}
		elif [[ $char == [\"\'] ]]; then
			quote=$char cut=${#word} any=1
		elif [[ $char == [[:blank:]] ]]; then
			[[ -z $any ]] || words+=("$word")
			word='' any='' cut=0
		else
			word+=$char any=1
			[[ $breaks != *"$char"* ]] || cut=${#word}
		fi
	done
	words+=("$word")
}

# _vdevctl_add WORD [OPEN]: as one of those to choose from, quoted as the line is; more follows
# behind what is open.
_vdevctl_add()
{
	local rest=${1:cut} home=''
	[[ $1 == "$current"* ]] || return
	case $quote in
	\')	[[ $rest != *\'* ]] || return ;;
	\")	rest=${rest//\\/\\\\} rest=${rest//\"/\\\"} rest=${rest//\$/\\\$}
		rest=${rest//\`/\\\`} ;;
	*)	[[ $1 != \~/* || $cut -gt 0 ]] || home=\~/ rest=${rest:2}
		[[ $rest != *[!A-Za-z0-9/:._,+=@%-]* ]] || printf -v rest %q "$rest" ;;
	esac
	COMPREPLY+=("$home$rest")
	open=${2-}
}

# _vdevctl_files BEGIN SUFFIX: names of files that end so, behind BEGIN, and folders.
_vdevctl_files()
{
	local begin=$1 suffix=$2 path=${current:${#1}} home='' tilde='' pattern
	[[ $current == "$begin"* ]] || return
	[[ $path != \~/* ]] || home=$HOME/ tilde=\~/ path=${path:2}
	printf -v pattern %q "$home$path"
	while IFS= read -r path; do
		if [[ -d $path ]]; then
			_vdevctl_add "$begin$tilde${path#"$home"}/" 1
		elif [[ $path == *"$suffix" ]]; then
			_vdevctl_add "$begin$tilde${path#"$home"}"
		fi
	done < <(compgen -G "$pattern*")
}

# All is read at once, as bash reads a pipe byte by byte; and of ten thousand handles nearly each
# is a word without quotes, which needs no call.
_vdevctl()
{
	local words cut quote current text line word open=''
	local -a lines

	COMPREPLY=()
	_vdevctl_read "${COMP_LINE:0:COMP_POINT}"
	current=${words[-1]}
	text=$(vdevctl help --complete "${words[@]:1}" 2>/dev/null)
	mapfile -t lines <<<"$text"
	for line in "${lines[@]}"; do
		word=${line#*$'\t'}
		case $line in
		w*)	word=${word%%$'\t'*}
			if [[ -z $quote && $word == "$current"* &&
			      $word != *[!A-Za-z0-9/:._,+=@%-]* ]]; then
				COMPREPLY+=("${word:cut}") open=''
			else
				_vdevctl_add "$word"
			fi ;;
		p*)	_vdevctl_add "${word%%$'\t'*}" 1 ;;
		f*)	_vdevctl_files "${word%%$'\t'*}" "${word#*$'\t'}" ;;
		esac
	done
	[[ ${#COMPREPLY[@]} -ne 1 || -z $open ]] || compopt -o nospace 2>/dev/null
}

complete -F _vdevctl vdevctl
