#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The folders of kernel/ and of userspace/ are layers, and no file is long. Copies with
# an arrow that goes up, and with a circle, prove that both are seen.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

COPY=$BUILD/layers
LONGEST=450

layers()
{
	tests/static/layers.py "$@"
}

prepare_copy()
{
	rm -rf "$COPY"
	mkdir -p "$COPY"
	cp -Rp --parents kernel userspace/lib userspace/common userspace/tool "$COPY"
}

# finds FILE FROM TO PATTERN: that is printed, when FROM is replaced in FILE of a copy.
finds()
{
	local text
	prepare_copy
	text=$(cat "$1")
	[ "${text/"$2"/}" != "$text" ] || { echo "$1 has no '$2'"; return 1; }
	printf '%s\n' "${text/"$2"/"$3"}" >"$COPY/$1"
	reported "$4"
}

# reported PATTERN: it is, for the copy.
reported()
{
	local status=0
	layers --top "$COPY" >"$COPY/log" || status=$?
	grep -q "$1" "$COPY/log" && [ "$status" -eq 1 ] && return
	echo "exit status $status"
	cat "$COPY/log"
	return 1
}

finds_stray_file()
{
	prepare_copy
	mkdir "$COPY/kernel/stray"
	echo 'int vdev_stray;' >"$COPY/kernel/stray/stray.c"
	reported '^kernel/stray/stray.c: no layer of kernel'
}

# But for what is generated.
long_files()
{
	c_files . | grep -v '^uapi/' | while read -r file; do
		! grep -q 'generate.py writes this file' "$file" || continue
		lines=$(wc -l <"$file")
		[ "$lines" -le $LONGEST ] || echo "$file: $lines lines"
	done
}

main()
{
	tap_begin
	tap_silent "files use only what is in their layer or under it, and in no circle" layers
	tap_case "an include that goes up is seen" finds kernel/model/record.c \
		'#include "bounds.h"' '#include "codec/parse.h"' '^kernel/model/record.c uses kernel/codec/parse.h'
	tap_case "a call that goes up is seen" finds kernel/core/registry.c \
		'#include "core.h"' $'#include "core.h"\nvoid *up(void) { return vdev_filter_new; }' \
		'^kernel/core/registry.c uses kernel/netlink/filter.c: vdev_filter_new'
	tap_case "a circle is seen" finds kernel/core/registry.c \
		'#include "core.h"' $'#include "core.h"\nvoid *around(void) { return vdev_update; }' \
		'^kernel/core/registry.c uses kernel/core/publish.c: vdev_update'
	tap_case "a bridge that uses more than the provider API is seen" \
		finds kernel/bridges/vdpa.c '#include "vdpa_facts.h"' \
		$'#include "vdpa_facts.h"\n#include "core/core.h"' \
		'^kernel/bridges/vdpa.c uses kernel/core/core.h'
	tap_case "a call that goes up in the library is seen" finds userspace/lib/model/attr.c \
		'#include "attr.h"' $'#include "attr.h"\nvoid *up(void) { return vdev_sock_new; }' \
		'^userspace/lib/model/attr.c uses userspace/lib/netlink/sock.c: vdev_sock_new'
	tap_case "a part of the kernel in user space is seen" finds userspace/lib/model/attr.c \
		'#include "attr.h"' $'#include "attr.h"\n#include "kernel/core/core.h"' \
		'^userspace/lib/model/attr.c uses kernel/core/core.h'
	tap_case "a folder that is no layer is seen" finds_stray_file
	tap_silent "no file of C has more than $LONGEST lines" long_files
	tap_end
}

main
