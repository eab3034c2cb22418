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
	python3-pbr python3-webob"

main()
{
	local suite kubectl=kubectl name list=()
	suite=$(host_release)
	# Since Debian 13 it is a package of its own.
	[ "$suite" != bookworm ] || kubectl=kubernetes-client
	for name in $PACKAGES $kubectl; do
		list+=("$name/$suite")
	done
	unpacked "consumers/$suite" "${list[@]}"
}

main
