#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: unpack.sh
#
# What judges files for OpenStack and Kubernetes, of this Debian release: unpacked into the cache
# and not installed, as python3-nova would install two hundred packages, and kubectl may be
# there from elsewhere. Prints its folder.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

PACKAGES="python3-nova python3-os-traits python3-os-resource-classes python3-microversion-parse
	python3-pbr python3-webob kubernetes-client"

main()
{
	local suite name list=()
	# shellcheck source=/dev/null
	suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	for name in $PACKAGES; do
		list+=("$name/$suite")
	done
	unpacked "consumers/$suite" "${list[@]}"
}

main
