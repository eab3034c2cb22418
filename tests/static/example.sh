#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The example driver in the documentation is the one that is built.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

DOCUMENT=Documentation/driver-api.rst
EXAMPLE=kernel/examples/vdev_example.c

# The indented block behind the line that ends in "complete::".
quoted()
{
	awk '/complete::$/ { found = 1; next }
	     found && /^[^[:space:]]/ { exit }
	     found { print }' "$DOCUMENT" |
		sed -e '1d' -e '$d' -e 's/^    //'
}

same()
{
	diff -u --label "$DOCUMENT" --label "$EXAMPLE" <(quoted) "$EXAMPLE"
}

main()
{
	tap_begin
	tap_silent "the example in $DOCUMENT is $EXAMPLE" same
	tap_end
}

main
