#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Usage: provider-headers.sh install FOLDER SYMVERS
#        provider-headers.sh remove FOLDER
#        provider-headers.sh keep SYMVERS FILE
#
# Install what the module of a driver outside of this tree needs to call the provider
# API, for "make install" and for DKMS: the headers, and the symbols of the modules
# that were built for one kernel. FOLDER is that kernel's, as the one of its own
# headers is: so what is there is of the version that is installed for it, and all of
# it is replaced. With keep, only the symbols are copied, for a later installation.

set -eu

top=$(cd "$(dirname "$0")/.." && pwd -P)

install_headers()
{
	rm -rf "$1.new"
	install -d "$1.new/include/linux" "$1.new/include/uapi/linux"
	install -m 644 "$top"/kernel/include/linux/vdev*.h "$1.new/include/linux"
	install -m 644 "$top/uapi/linux/vdev.h" "$1.new/include/uapi/linux"
	install -m 644 "$2" "$1.new/Module.symvers"
	rm -rf "${1:?}"
	mv -T "$1.new" "$1"
}

case ${1:-}:$# in
install:3)	install_headers "$2" "$3" ;;
remove:2)	rm -rf "${2:?}" ;;
keep:3)		install -m 644 "$2" "$3" ;;
*)		sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 1 ;;
esac
