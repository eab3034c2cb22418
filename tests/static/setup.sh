#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What somebody is told who lacks the rights or the network that "make demo" and "make check" need:
# what is missing, and an exit status that is not 0. Here no package is installed, and apt-get and
# sudo are the test's.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=../install/nobody.sh
. "$VDEV_TOP/tests/install/nobody.sh"
open_folder

# program NAME: a script of its name, from the standard input.
program()
{
	{ echo '#!/bin/sh'; cat; } >"$WORK/bin/$1"
	chmod +x "$WORK/bin/$1"
}

# All programs but sudo, in a tree that everybody can read.
prepare()
{
	local file
	mkdir -p "$WORK/bin" "$WORK/tree" "$WORK/build"
	give_to_nobody "$WORK/build"
	for file in /usr/bin/* /bin/*; do
		[ "${file##*/}" = sudo ] || ln -sf "$file" "$WORK/bin/"
	done
	project_files | tar -c -T - | tar -x -C "$WORK/tree"
	rm "$WORK/bin"/{dpkg-query,apt-get,apt-cache}
	program dpkg-query <<<'exit 1'
	program apt-cache <<<'exit 0'
	program apt-get <<-'END'
		case "$*" in
		*indextargets*)	;;
		*)	echo 'E: Could not resolve the mirror' >&2; exit 100 ;;
		esac
	END
}

# told TEXT COMMAND...: it fails, and says that.
told()
{
	local text=$1 said status=0
	shift
	said=$(cd "$WORK/tree" && "$@" 2>&1 </dev/null) || status=$?
	printf '%s\n' "$said"
	[ "$status" -ne 0 ] && grep -qF "$text" <<<"$said"
}

as_user()
{
	without_rights PATH="$WORK/bin" XDG_CACHE_HOME="$WORK/cache" VDEV_BUILD="$WORK/build" "$@"
}

no_sudo()
{
	told "only root can install packages: you are not root, and there is no sudo" \
		as_user scripts/setup.sh build
}

names_packages()
{
	told "They are: bc " as_user scripts/setup.sh build
}

asks_for_a_password()
{
	program sudo <<<'exit 1'
	told "you are not root, and sudo asks for a password" as_user scripts/setup.sh build
}

no_network()
{
	# shellcheck disable=SC2016 # expanded there
	program sudo <<<'[ "$1" != -n ] || shift; exec "$@"'
	told "E: Could not resolve the mirror" as_user scripts/setup.sh build &&
		told "is there a network" as_user scripts/setup.sh build
}

# The same is said by those who call it.
demo_says_so()
{
	rm -f "$WORK/bin/sudo"
	told "only root can install packages" as_user scripts/demo.sh
}

check_says_so()
{
	told "only root can install packages" as_user scripts/check.sh unit &&
		told "0 passed" as_user scripts/check.sh unit
}

main()
{
	prepare
	tap_begin
	tap_case "without sudo, root is asked for" no_sudo
	tap_case "the packages that are missing are named" names_packages
	tap_case "nobody is asked for a password in a log" asks_for_a_password
	tap_case "without a network, apt's reason is there and a question" no_network
	tap_case "the demo ends with the same" demo_says_so
	tap_case "so do the checks" check_says_so
	tap_end
}

main
