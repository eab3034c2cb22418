# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For tests of what somebody does who has neither rights nor a network: a folder that
# is theirs, and commands as theirs. Sourced, never run.

# open_folder: WORK, in a place that everybody can reach; it goes with the script.
open_folder()
{
	WORK=$(mktemp -d)
	trap 'rm -rf "$WORK"' EXIT
	chmod 755 "$WORK"
}

give_to_nobody()
{
	[ "$(id -u)" -ne 0 ] || chown -R 65534:65534 "$1"
}

# without_rights COMMAND...: nor a network; root becomes nobody.
without_rights()
{
	local as=(unshare -rn)
	[ "$(id -u)" -ne 0 ] || as=(unshare -n setpriv --reuid=65534 --regid=65534 --clear-groups)
	"${as[@]}" env -i PATH=/usr/bin:/bin HOME=/nonexistent LC_ALL=C.UTF-8 "$@"
}
