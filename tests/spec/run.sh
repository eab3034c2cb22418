#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# The specification against what can be compared without a running kernel: the
# kernel's schema, the header of this project, the one that the kernel's own
# generator makes, the documentation; and the reasons that the core gives for a
# rejection against the tests. TAP. What needs the running family is in
# spec.sh, which runs in a guest.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

SPEC=$VDEV_TOP/Documentation/netlink/specs/vdev.yaml
HEADER=$VDEV_TOP/uapi/linux/vdev.h
HERE=$VDEV_TOP/tests/spec
PYTHON=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1

# The generator looks for its schema beside the specification, and for the top
# of a kernel tree above it.
prepare()
{
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	mkdir -p "$work/Documentation/netlink/specs"
	cp "$source"/Documentation/netlink/*.yaml "$work/Documentation/netlink"
	cp "$SPEC" "$work/Documentation/netlink/specs"
	: >"$work/MAINTAINERS"
}

same_values()
{
	timeout 60 "$PYTHON" "$source/tools/net/ynl/ynl-gen-c.py" --header --mode uapi \
		--spec "$work/Documentation/netlink/specs/vdev.yaml" -o "$work/theirs.h" &&
		"$PYTHON" "$HERE/values.py" "$1" "$work/theirs.h" "$HEADER"
}

# Newer than the default kernel's, which knows no list of strings.
user_code()
{
	local newer ynl
	newer=$("$VDEV_TOP/tests/vm/source.sh" newest)
	ynl=$newer/tools/net/ynl
	cp "$newer"/Documentation/netlink/*.yaml "$work/Documentation/netlink"
	timeout 60 "$PYTHON" "$ynl/pyynl/ynl_gen_c.py" --mode user --header \
		--spec "$work/Documentation/netlink/specs/vdev.yaml" -o "$work/vdev-user.h" &&
		timeout 60 "$PYTHON" "$ynl/pyynl/ynl_gen_c.py" --mode user --source \
			--spec "$work/Documentation/netlink/specs/vdev.yaml" -o "$work/vdev-user.c" &&
		gcc -std=gnu11 -Wall -Wextra -Wno-unused-parameter -Werror -c -o "$work/vdev-user.o" \
			-I"$work" -I"$ynl/lib" -I"$VDEV_TOP/uapi" -idirafter "$newer/include/uapi" \
			"$work/vdev-user.c"
}

main()
{
	source=$("$VDEV_TOP/tests/vm/source.sh" 6.12)
	prepare
	tap_begin
	tap_case "the specification keeps the kernel's schema" \
		"$PYTHON" "$HERE/schema.py" "$source/Documentation/netlink/genetlink.yaml" "$SPEC"
	tap_case "the specification keeps its own conventions" \
		"$PYTHON" "$HERE/conventions.py" "$SPEC"
	tap_case "the header, the policies and the library's tables follow from the specification" \
		"$PYTHON" "$VDEV_TOP/scripts/generate.py" --check
	tap_case "the header has the values of the kernel's own generator, with gcc" \
		same_values gcc
	tap_case "the header has the values of the kernel's own generator, with clang" \
		same_values clang
	tap_case "the kernel's own generator makes user code that compiles" user_code
	tap_case "all that the specification names is documented" \
		"$PYTHON" "$HERE/documented.py" "$SPEC" "$VDEV_TOP/Documentation/uapi.rst" "$HEADER"
	tap_case "the table of versions that meet has the rows of its test" \
		"$PYTHON" "$HERE/rows.py" "$VDEV_TOP/Documentation/uapi.rst" \
		"$VDEV_TOP/tests/skew/guest.sh"
	tap_case "every reason for a rejection occurs in a test" \
		"$PYTHON" "$HERE/reasons.py" "$VDEV_TOP"
	tap_end
}

main
