#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: unpack.sh
#
# Make libvirt's daemon for QEMU available in the cache, of the release that has QEMU 10 as
# well (tests/reality/qemu.sh): unpacked and not installed. Prints its folder, which a guest
# puts over its own /usr. The libraries that this machine may lack are with it.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

packages()
{
	printf "%s/$suite\n" libvirt0 libvirt-{common,clients,daemon,daemon-common,daemon-driver-qemu}
	printf "%s/${suite%-backports}\n" libssh-4 libtirpc3 libjson-c5 libnuma1
	[ "$suite" = trixie ] || printf '%s/bookworm\n' libcurl3-gnutls
}

main()
{
	local suite list
	suite=$(flavour_suite 6.12)
	mapfile -t list < <(packages)
	unpacked "libvirt/$suite" "${list[@]}"
}

main "$@"
