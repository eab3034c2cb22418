#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: setup.sh [--list] [GROUP...]
#
# Install the Debian packages (12 or 13) that building and testing need and that
# are missing; nothing is changed when none is. With --list, print the names of all
# those packages instead. Groups, build and headers by default:
#
#   build   compilers and libraries for user space and for kernel modules
#   headers those of the running kernel, if it is one of Debian's
#   test    what the tests that need no guest use
#   static  the checkers of source code
#   docs    Sphinx, and the kernel-doc of the kernel, for "make html"
#   endian  a compiler for a big-endian machine, and QEMU for its programs
#   deb     what builds packages of Debian, and checks them
#   rpm     the same for RPM
#   vm      QEMU and what a guest is made of

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

NO_PACKAGES="the packages cannot be installed, apt has said why: is there a network, and a mirror of Debian in apt's sources?"
GROUPS_DEFAULT="build headers"
GROUPS_ALL="build headers test static docs endian deb rpm vm"

# The sanitizers' run time of the release's default clang.
clang_runtime()
{
	by_release libclang-rt-14-dev libclang-rt-19-dev
}

# by_release PACKAGE12 PACKAGE13: the one for this release.
by_release()
{
	# shellcheck source=/dev/null
	case $(. /etc/os-release && echo "${VERSION_ID:-}") in
	12)	echo "$1" ;;
	13)	echo "$2" ;;
	*)	die "only Debian 12 and 13 are known here" ;;
	esac
}

# A kernel that is not Debian's has headers elsewhere: KDIR is where.
headers()
{
	local name
	name=linux-headers-$(uname -r)
	have_lists || [ -n "$(why_not_root)" ] || apt update || die "$NO_PACKAGES"
	if apt-cache show "$name" >/dev/null 2>&1; then
		echo "$name"
	else
		say "there is no package $name"
	fi
}

packages()
{
	case $1 in
	build)	echo gcc make libc6-dev pkgconf libnl-3-dev libnl-genl-3-dev libjansson-dev \
			libsmartcols-dev libxml2-dev python3-docutils ccache bc flex bison libelf-dev pahole kmod \
			rsync xz-utils ;;
	headers) headers ;;
	test)	echo clang "$(clang_runtime)" libcmocka-dev python3 python3-yaml \
			python3-jsonschema mandoc groff-base jq less procps valgrind libvirt-clients libxml2-utils \
			zsh fish bash-completion chromium mypy curl iproute2 ;;
	static)	echo clang clang-tools clang-format sparse cppcheck shellcheck coccinelle perl \
			universal-ctags abigail-tools unifdef \
			python3 python3-yaml git rsync xz-utils ;;
	docs)	echo make python3-sphinx python3-yaml "linux-headers-$(dpkg --print-architecture)" ;;
	endian)	echo gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user debian-archive-keyring ;;
	deb)	echo build-essential debhelper dh-dkms dh-python dpkg-dev lintian libcmocka-dev systemd "$(by_release systemd systemd-dev)" ;;
	rpm)	echo rpm rpmlint libcmocka-dev ;;
	vm)	echo qemu-system-x86 busybox-static cpio kmod xz-utils zstd rsync util-linux \
			mmdebstrap debian-archive-keyring iproute2 mdevctl strace python3 python3-yaml \
			python3-jsonschema flex bison libelf-dev git perl unifdef ;;
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
	local why
	say "installing: $*"
	why=$(why_not_root)
	[ -z "$why" ] || die "only root can install packages: $why. They are: $*"
	have_lists || apt update || die "$NO_PACKAGES"
	apt install -y --no-install-recommends "$@" && return 0
	say "trying again with fresh package lists"
	apt update || die "$NO_PACKAGES"
	apt install -y --no-install-recommends "$@" || die "$NO_PACKAGES"
}

main()
{
	local group list='' todo
	case ${1:-} in
	-h|--help) usage; exit 0 ;;
	--list)	list=1; shift ;;
	esac
	# shellcheck disable=SC2086 # one group a word
	[ $# -gt 0 ] || set -- $GROUPS_DEFAULT
	todo=$(for group in "$@"; do packages "$group"; done)
	if [ -n "$list" ]; then
		# shellcheck disable=SC2086 # one package a word
		printf '%s\n' $todo | sort -u
		return
	fi
	# shellcheck disable=SC2086 # one package a word
	mapfile -t todo < <(missing $todo)
	[ ${#todo[@]} -eq 0 ] || install "${todo[@]}"
}

main "$@"
