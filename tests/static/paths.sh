#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every file and folder of the project that a page names exists. A page names one by
# its path from the top (kernel/core/poll.c), by the end of its path (netlink/dump.c, family.c), or
# as another page (:doc:`uapi`, :manpage:`libvdev(3)`); NAME stands for any. A page with wrong names
# proves that they are seen.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# How a name ends that is not a path from the top.
ENDINGS='c|h|\[ch\]|sh|py|awk|rst|yaml|config|conf|map'

# What the kernel's source has.
ELSEWHERE='Documentation/fault-injection|linux/(err|module|pci)\.h|stdio\.h|kselftest_harness\.h|ktap_helpers\.sh'

# All that can be named: a, a/b, a/b/c.h, and b/c.h, c.h.
existing()
{
	project_files | awk -F/ '{
		path = $1
		for (i = 2; i <= NF; i++) {
			print path
			path = path "/" $i
		}
		do
			print path
		while (sub("^[^/]*/", "", path))
	}' | sort -u
}

# names PAGE: what it names, each once; but for files that it has readers write.
names()
{
	local text
	text=$(<"$1")
	# shellcheck disable=SC2016 # backticks of a page
	sed -E 's,:doc:`/?([a-z0-9/-]+)`,Documentation/\1.rst,g
		s,:manpage:`([a-z0-9-]+)\(([1-9])\)`,Documentation/man/\1.\2.rst,g
		s,(^|[[:space:]])\.\./,\1,g; s,NAME,*,g' \
		<<<"$text" |
		grep -oE '[][A-Za-z0-9_.*/~$-]+' | sed -E 's,[./]+$,,' |
		grep -E "^(($tops)/.*|[A-Za-z0-9_*][A-Za-z0-9_*/-]*\.($ENDINGS))$" |
		grep -vxE "$ELSEWHERE" | grep -vxFf <(sed -n 's/^ *:caption: //p' <<<"$text") |
		sort -u || :
}

# matches PATTERN: is anything there that it matches?
matches()
{
	local one
	for one in "${there[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $one != $1 ]] || return 0
	done
	return 1
}

# missing PAGE: what it names and is not there.
missing()
{
	local name
	names "$1" | comm -13 <(printf '%s\n' "${there[@]}") - | while read -r name; do
		[[ $name == *[*[]* ]] && matches "$name" || printf '%s\n' "$name"
	done
}

wrong_page()
{
	cat <<-'END'
	Right are ``kernel/netlink/family.c``, ``kernel/bridges/``, ``netlink/dump.c``, family.c,
	``kernel/model/check.[ch]``, ``test_check_*.c``, :doc:`uapi`, :manpage:`vdevctl(8)`,
	../uapi/linux/vdev.h, and what is not ours: /sys/kernel/absent.c, ~/kernel/absent,
	build/absent, vdpa/net0, <linux/err.h>.
	Wrong are ``kernel/absent1.c``, ``tests/absent2/``, lib/absent3.c, absent4.h,
	``kernel/absent5.[ch]``, ``absent6_*.c``, :doc:`/absent7`, ../uapi/linux/absent8.h,
	:manpage:`absent9(5)`. A file of its own is shown.c::

	    :caption: shown.c
	END
}

# Of that page, what is wrong is missing and nothing else.
control()
{
	missing <(wrong_page) | sed 's/.*\(absent[0-9]*\).*/\1/' | sort |
		diff <(printf 'absent%s\n' {1..9}) -
}

main()
{
	local page there tops
	mapfile -t there < <(existing)
	tops=$(project_files | sed -n 's,/.*,,p' | sort -u | sed 's,[.],[.],g' | paste -sd'|')
	tap_begin
	tap_silent "a name of nothing is seen" control
	for page in $(project_files Documentation | grep '\.rst$' | grep -v ^Documentation/man/) README.md; do
		tap_silent "all that $page names is there" missing "$page"
	done
	tap_end
}

main
