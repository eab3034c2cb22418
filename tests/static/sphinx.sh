#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The documents are one book: Sphinx makes it without a warning, its index has every page, each
# name that is written as a reference is one, each header that others include is described once,
# and each link leads somewhere. A small book with every error shows that they are seen.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

OUT=$BUILD/sphinx-test

# book TREE: what Sphinx says about it.
book()
{
	make -s html BUILD="$OUT" SOURCES="$1/Documentation" 2>&1
}

pages_are_there()
{
	local page
	for page in $(project_files Documentation | grep '\.rst$'); do
		page=${page#Documentation/}
		[ -s "$OUT/html/${page%.rst}.html" ] || echo "$page has no page"
	done
}

# Headers that the pages describe.
described()
{
	project_files Documentation | grep '\.rst$' |
		xargs sed -n 's/^\.\. kernel-doc:: \(.*\.h\)$/\1/p' | sort
}

with_kernel_doc()
{
	c_files kernel/include uapi userspace/include | xargs grep -l '^/\*\*$' | sort
}

headers_are_described()
{
	comm -23 <(with_kernel_doc) <(described)
	described | uniq -d
}

links_lead_somewhere()
{
	/usr/bin/python3 "$VDEV_TOP/tests/static/links.py" "$OUT/html"
}

# A tree whose only page is wrong in every way, and one that the index does not have.
wrong_tree()
{
	mkdir -p "$1/Documentation" "$1/userspace/include/vdev"
	cp -R Documentation/conf.py Documentation/sphinx "$1/Documentation/"
	cp VERSION "$1/"
	cat >"$1/Documentation/index.rst" <<-'END'
		wrong
		=====

		:doc:`absent1`, :c:func:`absent2`, :ref:`absent3` and *absent4.

		.. kernel-doc:: userspace/include/vdev/wrong.h
		   :opening:
	END
	cat >"$1/userspace/include/vdev/wrong.h" <<-'END'
		/* SPDX-License-Identifier: LGPL-2.1 */
		/*
		 * As absent5() does, which is vdev_absent6().
		 */

		/**
		 * vdev_wrong() - is declared with a type of no name
		 * @it: the type
		 */
		void vdev_wrong(struct vdev_absent7 *it);
	END
	printf 'absent8\n=======\n' >"$1/Documentation/absent8.rst"
}

# Each is one warning; a name of no function of ours (5) is a word.
errors_are_seen()
{
	local said
	wrong_tree "$OUT/wrong"
	said=$(book "$OUT/wrong") && return 1
	diff <(printf '%s\n' absent{1,2,3,6,7,8}) \
		<(grep -oE '(vdev_)?absent[0-9]' <<<"$said" | sed 's/vdev_//' | sort -u) &&
		grep -q 'Inline emphasis start-string' <<<"$said"
}

broken_links_are_seen()
{
	local said
	mkdir -p "$OUT/broken"
	cat >"$OUT/broken/index.html" <<-'END'
		<p id="here"><a href="#here">1</a> <a href="#absent1">2</a>
		<a href="absent2.html">3</a> <a href="index.html#absent3">4</a>
		<img src="absent4.png"></p>
	END
	said=$(/usr/bin/python3 tests/static/links.py "$OUT/broken") && return 1
	diff <(printf 'absent%s\n' 1 2 3 4) <(grep -o 'absent[0-9]' <<<"$said" | sort)
}

main()
{
	rm -rf "$OUT"
	mkdir -p "$OUT"
	tap_begin
	tap_case "errors of a page are seen" errors_are_seen
	tap_case "links that lead nowhere are seen" broken_links_are_seen
	rm -rf "$OUT/sphinx" "$OUT/html"
	tap_silent "Sphinx makes a book of all documents without a warning" book "$VDEV_TOP"
	tap_silent "every document has its page" pages_are_there
	tap_silent "every header with kernel-doc is on one page" headers_are_described
	tap_silent "every link leads somewhere" links_lead_somewhere
	tap_end
}

main
