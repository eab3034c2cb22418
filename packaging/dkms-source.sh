#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Usage: dkms-source.sh FOLDER
#
# Copy what DKMS builds the modules from to FOLDER. The version is written into its
# dkms.conf, for programs that read that file without a shell.

set -eu

top=$(cd "$(dirname "$0")/.." && pwd -P)
[ $# -eq 1 ] || { sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 1; }
install -d "$1/packaging"
(cd "$top" && find kernel uapi -name '*.[ch]' -o -name Kbuild -o -name Kconfig) |
	while IFS= read -r file; do
		case $file in
		*.mod.c) ;;
		*)	install -D -m 644 "$top/$file" "$1/$file" ;;
		esac
	done
install -m 644 "$top/VERSION" "$top/COPYING" "$1"
install -m 755 "$top/packaging/provider-headers.sh" "$1/packaging"
sed "s/^PACKAGE_VERSION=.*/PACKAGE_VERSION=\"$(cat "$top/VERSION")\"/" "$top/dkms.conf" |
	install -m 644 /dev/stdin "$1/dkms.conf"
