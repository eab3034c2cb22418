#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: unpack.sh
#
# Make Prometheus, its node-exporter and Ansible of this release available in the cache:
# unpacked and not installed, for their daemons would be started. Prints the folder, which a
# sandbox puts over its own /usr and /etc.

set -euo pipefail

# shellcheck source=../vm/lib.sh
. "$(dirname "$0")/../vm/lib.sh"

release=$(host_release)
# Since Debian 13 promtool is a package of its own.
[ "$release" = bookworm ] && promtool=() || promtool=(promtool)
mapfile -t packages < <(printf "%s/$release\n" prometheus{,-node-exporter} "${promtool[@]}" \
	ansible-core python3-{jinja2,markupsafe,packaging})
unpacked "monitoring/$release" "${packages[@]}"
