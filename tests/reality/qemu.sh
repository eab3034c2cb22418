#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: qemu.sh
#
# Make the QEMU that moves the virtual machines of this bench available in the cache: 10.0,
# of bookworm-backports or of trixie, unpacked and not installed. Prints its folder. The
# libraries that it needs and that the machine's own QEMU does not are beside it.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

packages()
{
	case $suite in
	bookworm-backports)
		printf '%s/bookworm-backports\n' qemu-system-{x86,common,data} seabios libbpf1
		printf '%s/bookworm\n' libfuse3-3 libhogweed6 ;;
	*)	printf "%s/$suite\n" qemu-system-{x86,common,data} seabios ;;
	esac
}

main()
{
	local suite list
	suite=$(flavour_suite 6.12)
	mapfile -t list < <(packages)
	unpacked "qemu/$suite" "${list[@]}"
}

main "$@"
