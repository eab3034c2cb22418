#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: user.sh RELEASE
#
# What a newcomer does who is not root, on a minimal Debian of that release (bookworm or
# trixie) with git, make and sudo: "make demo", which installs, builds and downloads all,
# and then "make check" of what shows that nothing needs root in the end: the unit tests,
# the tool's output and a guest. Nothing comes from the cache but that Debian.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"
# shellcheck source=../vm/lib.sh
. "$VDEV_TOP/tests/vm/lib.sh"

WHO=newcomer
PACKAGES=git,make,sudo,ca-certificates
STAGES="unit golden guest-6.12"

make_root()
{
	say "making a $release with a user"
	debian_root "$1" "$release" apt "$PACKAGES"
	cp -L /etc/resolv.conf "$1/root/etc/"
	useradd --root "$1/root" --user-group --create-home --shell /bin/bash "$WHO"
	echo "$WHO ALL=(ALL) NOPASSWD: ALL" >"$1/root/etc/sudoers.d/$WHO"
}

# by_user COMMAND: in the tree, which is the user's. What it prints is shown when it fails.
by_user()
{
	NETWORK=1 in_root "$OUT/root" "
		exec setpriv --reuid=$WHO --regid=$WHO --init-groups env -i HOME=/home/$WHO USER=$WHO \
			LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin sh -ec 'cd ~/vdev; $1'" \
		>"$OUT/said" 2>&1 || { tail -n 60 "$OUT/said"; return 1; }
}

demo()
{
	by_user 'make demo' && grep -q 'compatible' "$OUT/said"
}

check()
{
	by_user "scripts/check.sh $STAGES" && grep -E '^[0-9]+ passed, 0 failed' "$OUT/said"
}

# Neither root's files in the tree nor the user's files elsewhere.
owners()
{
	local wrong
	wrong=$(cd "$OUT/root/home/$WHO" && find . ! -user "$(stat -c %u .)" -print | head)
	[ -z "$wrong" ] || { echo "$wrong"; return 1; }
}

main()
{
	[ $# -eq 1 ] || { usage >&2; exit 1; }
	own_mounts "$@"
	release=$1
	OUT=$BUILD/fresh/$release-user
	rm -rf "$OUT"
	MADE_WITH=$(cksum <<<"$PACKAGES") make_once "$VDEV_CACHE/fresh/$release-user" make_root
	over_root "$VDEV_CACHE/fresh/$release-user/root" "$OUT"
	git clone -q . "$OUT/root/home/$WHO/vdev"
	chown -R --reference="$OUT/root/home/$WHO" "$OUT/root/home/$WHO/vdev"
	tap_begin
	tap_case "make demo passes for a user with sudo on a minimal $release" demo
	tap_case "what needs guests and what does not passes for that user" check
	tap_case "what is in that user's home is that user's" owners
	drop_root "$OUT"
	tap_end
}

main "$@"
