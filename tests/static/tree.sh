#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Rules for all files: a licence on every source, the kernel's version tested in
# one file only, no download site named anywhere, tidy white space.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

# Licences themselves, what has no comments, expected output.
NO_SPDX='^(LICENSES/|AUTHORS$|COPYING$|MAINTAINERS$|NEWS$|VERSION$|packaging/debian/[a-z0-9./-]*$|README|tests/kselftest/config$|tests/kselftest/settings$|\.gitignore$|\.editorconfig$)|\.(json|golden|text|txt|out|err|xml|token|svg)$|/(golden|corpus|data)/'

# Spelt so that this file does not match itself.
SITES='(deb|ftp|security|archive|snapshot|mirror)[.](debian|ubuntu)[.]|pypi[.]org|registry[.]npmjs|crates[.]io'

# In one of the first three lines.
without_spdx()
{
	local files
	files=$(project_files | grep -vE "$NO_SPDX")
	printf '%s\n' "$files" | xargs -r grep -anHm 1 'SPDX-License-Identifier: ' |
		awk -F : '$2 <= 3 { print $1 }' | comm -13 - <(printf '%s\n' "$files")
}

version_tests()
{
	project_files kernel | grep -vx kernel/compat.h |
		xargs -r grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION *\(|linux/version\.h' || :
}

named_sites()
{
	project_files | xargs -r grep -nIE "$SITES" || :
}

stray_space()
{
	project_files | grep -vE '^LICENSES/|/golden/' | xargs -r grep -nIE '[[:blank:]]+$' || :
}

no_final_newline()
{
	# shellcheck disable=SC2016 # expanded by perl
	project_files | grep -vE '^LICENSES/' |
		xargs -r perl -ne 'print "$ARGV\n" if eof && !/\n\z/'
}

not_executable()
{
	project_files | xargs -r grep -anHm 1 '^#!/' | awk -F : '$2 == 1 { print $1 }' |
		while read -r file; do
			[ -x "$file" ] || printf '%s\n' "$file"
		done
}

main()
{
	tap_begin
	tap_silent "every source file names its licence" without_spdx
	tap_silent "only kernel/compat.h tests the kernel's version" version_tests
	tap_silent "no file names a download site" named_sites
	tap_silent "no line ends in white space" stray_space
	tap_silent "every file ends in a newline" no_final_newline
	tap_silent "every script with an interpreter is executable" not_executable
	tap_end
}

main
