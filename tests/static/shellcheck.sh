#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs shellcheck on every shell script and on every file that scripts source.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

shell_files()
{
	project_files | while read -r file; do
		if head -n 1 "$file" | grep -qaE '^#!.*\b(ba)?sh\b|^# shellcheck shell='; then
			printf '%s\n' "$file"
		fi
	done
}

main()
{
	local file
	tap_begin
	for file in $(shell_files); do
		tap_silent "shellcheck has nothing to say about $file" \
			shellcheck -x -P SCRIPTDIR "$file"
	done
	tap_end
}

main
