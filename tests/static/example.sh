#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The drivers in the documentation are those that are built, and loaded by the tests: the
# example, and the recipe for VFIO variant drivers, with vdev and without it.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

DOCUMENT=Documentation/driver-api.rst

# The files that are shown: those of which a line says "``FILE``, complete::".
# shellcheck disable=SC2016 # it is no command
shown()
{
	sed -n 's/^``\(.*\)``, complete::$/\1/p' "$DOCUMENT"
}

# quoted FILE: the indented block behind that line.
quoted()
{
	awk -v line="\`\`$1\`\`, complete::" '
		$0 == line { found = 1; next }
		found && /^[^[:space:]]/ { exit }
		found { print }' "$DOCUMENT" |
		sed -e '1d' -e '$d' -e 's/^    //'
}

same()
{
	diff -u --label "$DOCUMENT" --label "$1" <(quoted "$1") "$1"
}

# built FILE MODULE: the file is a part of the module.
built()
{
	local name=${1##*/}
	grep -qE "^($2-y|obj-m) .*\\b${name%.c}\.o" "$(dirname "$1")/Kbuild" ||
		echo "$1 is not a part of $2.ko"
}

# The same source, as what a driver is in a kernel without vdev.
built_without()
{
	awk '/^#undef CONFIG_VDEV_MODULE$/ { without = 1 }
	     without && /^#include "variant_declare.c"$/ { found = 1 }
	     END { exit !found }' tests/modules/variant_off.c ||
		echo "the recipe is not built without vdev"
}

main()
{
	local file
	tap_begin
	while read -r file; do
		tap_silent "what $DOCUMENT shows as $file is that file" same "$file"
	done < <(shown)
	tap_silent "the example is built" built kernel/examples/vdev_example.c vdev_example
	tap_silent "the recipe is built with vdev" \
		built tests/modules/variant_declare.c vdev_test_variant
	tap_silent "the recipe is built without vdev" built_without
	tap_end
}

main
