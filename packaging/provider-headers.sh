#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Usage: provider-headers.sh install FOLDER SYMVERS
#        provider-headers.sh remove FOLDER
#
# Install what the module of a driver outside of this tree needs to call the provider
# API, for "make install" and for DKMS: the headers, and the symbols of the modules
# that were built for one kernel. FOLDER is that kernel's, as the one of its own
# headers is: so what is there is of the version that is installed for it.

set -eu

top=$(cd "$(dirname "$0")/.." && pwd -P)

install_headers()
{
	install -d "$1/include/linux" "$1/include/uapi/linux"
	install -m 644 "$top"/kernel/include/linux/vdev*.h "$1/include/linux"
	install -m 644 "$top/uapi/linux/vdev.h" "$1/include/uapi/linux"
	install -m 644 "$2" "$1/Module.symvers"
}

case ${1:-}:$# in
install:3)	install_headers "$2" "$3" ;;
remove:2)	rm -rf "${2:?}" ;;
*)		sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0" >&2; exit 1 ;;
esac
