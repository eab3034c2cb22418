#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: setup.sh [GROUP...]
#
# Install the Debian packages (12 or 13) that building and testing need and that
# are missing; nothing is changed when none is. Groups, all of them by default:
#
#   build   compilers and libraries for user space and for kernel modules
#   test    what the tests that need no guest use
#   static  the checkers of source code
#   vm      QEMU and what a guest is made of

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

GROUPS_ALL="build test static vm"

# The sanitizers' run time of the release's default clang.
clang_runtime()
{
	# shellcheck source=/dev/null
	case $(. /etc/os-release && echo "${VERSION_ID:-}") in
	12)	echo libclang-rt-14-dev ;;
	13)	echo libclang-rt-19-dev ;;
	*)	die "only Debian 12 and 13 are known here" ;;
	esac
}

packages()
{
	case $1 in
	build)	echo gcc make libc6-dev pkgconf libnl-3-dev libnl-genl-3-dev libjansson-dev \
			ccache bc flex bison libelf-dev pahole kmod rsync xz-utils ;;
	test)	echo clang "$(clang_runtime)" libcmocka-dev python3 python3-yaml \
			python3-jsonschema mandoc jq valgrind libvirt-clients ;;
	static)	echo clang clang-tools clang-format sparse cppcheck shellcheck coccinelle perl \
			python3 python3-yaml git rsync xz-utils ;;
	vm)	echo qemu-system-x86 busybox-static cpio kmod xz-utils zstd rsync util-linux \
			mmdebstrap debian-archive-keyring iproute2 mdevctl python3 python3-yaml \
			python3-jsonschema ;;
	*)	die "unknown group '$1' (one of: $GROUPS_ALL)" ;;
	esac
}

# Those of the arguments that are not installed.
missing()
{
	comm -23 <(printf '%s\n' "$@" | sort -u) \
		<(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null |
			awk '$1 == "ii" {print $2}' | sort -u)
}

as_root()
{
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# apt-get; what it says is shown only when it fails.
apt()
{
	local output
	output=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
		"$@" 2>&1) && return 0
	printf '%s\n' "$output" >&2
	return 1
}

have_lists()
{
	local file
	# shellcheck disable=SC2016 # apt expands it
	while read -r file; do
		[ ! -e "$file" ] || return 0
	done < <(apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages')
	return 1
}

install()
{
	say "installing: $*"
	have_lists || apt update
	apt install -y --no-install-recommends "$@" && return 0
	say "trying again with fresh package lists"
	apt update
	apt install -y --no-install-recommends "$@"
}

main()
{
	local group wanted=() todo
	case ${1:-} in
	-h|--help) usage; exit 0 ;;
	esac
	[ $# -gt 0 ] || read -ra wanted <<<"$GROUPS_ALL"
	[ $# -eq 0 ] || wanted=("$@")
	todo=$(for group in "${wanted[@]}"; do packages "$group"; done)
	# shellcheck disable=SC2086 # one package a word
	mapfile -t todo < <(missing $todo)
	[ ${#todo[@]} -eq 0 ] || install "${todo[@]}"
}

main "$@"
