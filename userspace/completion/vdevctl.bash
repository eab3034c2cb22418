# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Completion for vdevctl. The words come from the tool itself, handles from
# what it shows: names are of devices and vendors, and never a part of a command.

# _vdevctl_handles OBJECT...: of devices, of types, or of both; names of profiles.
_vdevctl_handles()
{
	local object
	for object; do
		vdevctl "$object" show 2>/dev/null
	done | sed -n 's/^\([^ ]*\): .*/\1/p; s/^\([^ ]*\):$/\1/p' | sort -u
}

# _vdevctl_among WORDS CURRENT: beside what there is already. compgen -W would expand
# the words, and run what stands in them.
_vdevctl_among()
{
	local word
	while IFS= read -r word; do
		[[ $word != *[!A-Za-z0-9/:._,+=@%~-]* ]] || printf -v word %q "$word"
		[[ -z $word || $word != "$2"* ]] || COMPREPLY+=("$word")
	done <<<"$1"
}

# _vdevctl_files CURRENT [SUFFIX]: documents, or any file once the word can be nothing else;
# folders on the way to them.
_vdevctl_files()
{
	local path any='' suffix=${2:-.json}
	[[ $1 != [./]* ]] || any=1
	_vdevctl_among "$(compgen -f -- "$1" | while IFS= read -r path; do
		[[ ! -d $path ]] || path+=/
		[[ -z $any && $path != *"$suffix" && $path != */ ]] || printf '%s\n' "$path"
	done)" "$1"
	[[ ${COMPREPLY[*]: -1} != */ ]] || compopt -o nospace 2>/dev/null
}

# _vdevctl_complete CURRENT WORD...: those before it, from the object on.
_vdevctl_complete()
{
	local current=$1 words=("${@:2}")
	local object=${words[0]-}

	# Where a device is created, and not which device.
	[[ ${words[*]:0:2} != "dev add" ]] || object=parent
	case ${words[*]:0:2} in
	"type load" | "type save")
		_vdevctl_files "$current" .conf
		return
		;;
	esac
	case ${words[0]-}:$current in
	dev:*/* | type:*/* | parent:*/*)
		_vdevctl_among "$(_vdevctl_handles "$object")" "$current"
		return
		;;
	stats:*/*)
		_vdevctl_among "$(_vdevctl_handles dev)" "$current"
		return
		;;
	check:[!./]*/* | find:[!./]*/* | suggest:[!./]*/*)
		_vdevctl_among "$(_vdevctl_handles dev type)" "$current"
		;;
	*)
		_vdevctl_among "$(vdevctl help --words "${words[@]:0:2}" 2>/dev/null)" "$current"
		;;
	esac
	case ${words[*]:0:2} in
	"dev add")
		_vdevctl_among "$(_vdevctl_handles parent)" "$current"
		[[ ${words[*]: -1} != like ]] || _vdevctl_files "$current"
		;;
	"parent show")
		_vdevctl_among "$(_vdevctl_handles parent)" "$current"
		;;
	"profile show" | "profile del")
		_vdevctl_among "$(_vdevctl_handles profile)" "$current"
		;;
	esac
	case ${words[0]-}:${#words[@]} in
	check:* | find:* | suggest:* | baseline:* | record:[2-9]*)
		_vdevctl_files "$current"
		;;
	libvirt:[2-9]*)
		[[ ${words[1]} != annotate ]] || _vdevctl_files "$current" .xml
		;;
	profile:[2-9]*)
		[[ ${words[1]} != load ]] || _vdevctl_files "$current"
		;;
	esac
}

# _vdevctl_value PREVIOUS CURRENT: of an option of vdevctl itself, where it is one.
_vdevctl_value()
{
	case $2 in
	-c=* | --color=*) _vdevctl_among "$(printf -- "${2%%=*}=%s\n" auto always never)" "$2" ;;
	*) [[ $1 != -c && $1 != --color ]] || _vdevctl_among $'auto\nalways\nnever' "$2" ;;
	esac
}

# COMP_WORDS are cut at colons, which addresses of PCI have: so the words are read from the line.
# What is replaced begins behind the last cut.
_vdevctl()
{
	local line=${COMP_LINE:0:COMP_POINT} current='' given=() words=() word breaks cut

	COMPREPLY=()
	read -ra given <<<"$line"
	if [[ $line != *[[:blank:]] ]]; then
		current=${given[-1]}
		unset 'given[-1]'
	fi
	for word in "${given[@]:1}"; do
		[[ ${#words[@]} -eq 0 && ($word == -* || $word =~ ^(auto|always|never)$) ]] ||
			words+=("$word")
	done
	[[ ${words[0]-} != help ]] || words=("${words[@]:1}")
	_vdevctl_value "${given[-1]-}" "$current"
	_vdevctl_complete "$current" "${words[@]}"
	breaks=${COMP_WORDBREAKS//[!:=@]/}
	cut=${current%"${current##*["${breaks:- }"]}"}
	COMPREPLY=("${COMPREPLY[@]#"$cut"}")
}

complete -F _vdevctl vdevctl
