#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh [update] [PAGE...]
#
# The pages for those who begin, Documentation/getting-started/PAGE.rst, and the one about the
# kernel's own client, consumers/ynl.rst, all of them by default, are typed in as they are
# written: what is built is built here, with what "make install" installs for kernel 6.12; all
# else is done in one guest that has it installed. What is printed must be what the page shows.
# With update, pages that differ are written again.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"
# shellcheck source=../vm/lib.sh
. "$VDEV_TOP/tests/vm/lib.sh"

HERE=tests/getting-started
FLAVOUR=6.12
OUT=$BUILD/getting-started
ROOT=$OUT/root

install_all()
{
	local modules=$ROOT/usr/lib/modules/$KERNEL_RELEASE
	make -s install-user DESTDIR="$ROOT"
	make -s -o modules install-modules KDIR="$KERNEL_HEADERS" DESTDIR="$ROOT" \
		MODULES="$BUILD/modules/$FLAVOUR" MODULESDIR=/usr/lib/modules
	ln -s "$KERNEL_MODULES/kernel" "$modules/kernel"
	ln -s "$KERNEL_HEADERS" "$modules/build"
	cp "$KERNEL_MODULES"/modules.{builtin,builtin.modinfo,order} "$modules/"
	ln -s usr/lib "$ROOT/lib"
	depmod -b "$ROOT" "$KERNEL_RELEASE"
}

# The kernel's own client, as "pip install" would from its sources, which for once are the newest.
install_ynl()
{
	local source
	source=$(tests/vm/source.sh newest)
	mkdir -p "$ROOT/usr/lib/python3/dist-packages"
	cp -R "$source/tools/net/ynl/pyynl" "$ROOT/usr/lib/python3/dist-packages/"
	cat >"$ROOT/usr/bin/ynl" <<-'END'
		#!/bin/sh
		exec /usr/bin/python3 -B -m pyynl.cli "$@"
	END
	chmod +x "$ROOT/usr/bin/ynl"
}

# Where it is installed, with that kernel: in a mount namespace of its own.
build_there()
{
	mkdir -p "$OUT/bin"
	cat >"$OUT/bin/uname" <<-END
		#!/bin/sh
		[ "\$*" = -r ] && echo $KERNEL_RELEASE || exec /usr/bin/uname "\$@"
	END
	chmod +x "$OUT/bin/uname"
	# shellcheck disable=SC2016 # expanded in the new mount namespace
	unshare --mount bash -ec 'mount -t overlay -o "lowerdir=$0/usr:/usr" usr /usr
		PATH=$1:$PATH exec "${@:2}"' "$ROOT" "$OUT/bin" \
		"$HERE/type.py" build "$OUT/work" "$OUT/build" "${pages[@]}"
}

wrong_page()
{
	cat <<-'END'
		.. code-block:: console

		    build$ printf 'one\ntwo\nthree 3'
		    one
		    ...
		    three ...
		    build$ true &&
		    > echo right
		    right
		    build$ echo wrong
		    right
		    build$ echo more
	END
}

# Of that page, the last two commands print something else; the others do not.
differences_are_seen()
{
	local said
	wrong_page >"$OUT/wrong.rst"
	said=$("$HERE/type.py" build "$OUT/wrong" "$OUT/wrong" "$OUT/wrong.rst") && return 1
	diff <(printf '%s\n' "ok 1" "ok 2" "not ok 3" "not ok 4") \
		<(sed -n 's/ - .*//p' <<<"$said")
}

# page_file PAGE
page_file()
{
	echo Documentation/*/"$1.rst"
}

# updated FOLDER: pages in it that differ take the place of those here, if that is asked for.
updated()
{
	local page
	[ -n "$update" ] || return 0
	for page in "$1"/*.rst; do
		[ ! -e "$page" ] || cp "$page" "$(page_file "$(basename "$page" .rst)")"
	done
}

main()
{
	local update="" status=0 page pages=()
	case ${1:-} in
	-*)	usage; exit 1 ;;
	update)	update=1; shift ;;
	esac
	[ "$(id -u)" -eq 0 ] || die "only root can install over /usr in a mount namespace"
	[ $# -gt 0 ] || set -- Documentation/getting-started/*.rst Documentation/consumers/ynl.rst
	for page in "$@"; do
		page=$(basename "$page" .rst)
		pages+=("$(page_file "$page")")
	done
	use_kernel "$FLAVOUR"
	rm -rf "$OUT"
	mkdir -p "$OUT"/{build,results,work}
	export PYTHONDONTWRITEBYTECODE=1
	tap_begin
	tap_case "what differs from a page is seen" differences_are_seen
	tap_case "all that vdev has is installed" install_all
	tap_case "the kernel's own client is there" install_ynl
	tap_end || return
	build_there || status=1
	updated "$OUT/build"
	tests/vm/run.sh --kernel "$FLAVOUR" --timeout 600 --results "$OUT/results" \
		"$HERE/guest.sh" "$ROOT" "$OUT/work" "${pages[@]}" || status=$?
	updated "$OUT/results"
	return "$status"
}

main "$@"
