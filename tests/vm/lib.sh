# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The flavours of kernel that the tests run on, and how Debian's packages
# are fetched and unpacked without being installed. A private apt directory in
# the cache knows four suites; the machine's own apt configuration is read (for
# its mirror and proxy) but never changed. Sourced by the scripts beside it.

# shellcheck source=../../scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/common.sh"

VDEV_FLAVOURS="6.1 6.12 newest debug kcsan"
APT_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
APT_SUITES="bookworm bookworm-backports trixie trixie-backports"
APT_DIR=$VDEV_CACHE/apt
APT_ARCHITECTURE=amd64

host_release()
{
	# shellcheck source=/dev/null
	(. /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-unknown}")
}

# flavour_suite FLAVOUR: the suite whose newest kernel of that series is used.
flavour_suite()
{
	case "$1:$(host_release)" in
	6.1:*)		echo bookworm ;;
	6.12:bookworm)	echo bookworm-backports ;;
	6.12:*)		echo trixie ;;
	newest:*)	echo trixie-backports ;;
	*)		die "unknown kernel '$1' (one of: $VDEV_FLAVOURS)" ;;
	esac
}

# flavour_series FLAVOUR: the series of its kernels; the newest is the one of which
# backports had a source when that was first asked for, and stays it in this cache.
flavour_series()
{
	[ "$1" = newest ] || { printf '%s\n' "$1"; return; }
	MADE_WITH='' make_once "$VDEV_CACHE/newest" find_newest
	cat "$VDEV_CACHE/newest/series"
}

find_newest()
{
	local package version
	apt_refresh
	read -r package version <<<"$(apt_newest "$(flavour_suite newest)" \
		'linux-source-[0-9]+\.[0-9]+')"
	[ -n "$package" ] || die "no backports have a kernel"
	say "the newest kernel is $version"
	printf '%s\n' "${package#linux-source-}" >"$1/series"
}

# is_debug FLAVOUR: is that a kernel that is built here, to find errors?
is_debug()
{
	[ "$1" = debug ] || [ "$1" = kcsan ]
}

# is_system FLAVOUR: is that the folder of a Debian that has a kernel installed?
is_system()
{
	[ "${1#/}" != "$1" ]
}

system_kernel()
{
	local release
	release=$(cd "$1/usr/lib/modules" && printf '%s\n' * | sort -V | tail -n 1)
	[ -f "$1/boot/vmlinuz-$release" ] || die "$1 has no kernel $release"
	printf "%s='%s'\n" KERNEL_FLAVOUR "$1" KERNEL_RELEASE "$release" KERNEL_ROOT "$1" \
		KERNEL_IMAGE "$1/boot/vmlinuz-$release" \
		KERNEL_MODULES "$1/usr/lib/modules/$release"
}

# kernel_env FLAVOUR: KEY='value' lines that say where that kernel is, made
# available first.
kernel_env()
{
	case $1 in
	/*)	system_kernel "$1" ;;
	debug)	"$VDEV_TOP/tests/vm/debug-kernel.sh" kasan ;;
	kcsan)	"$VDEV_TOP/tests/vm/debug-kernel.sh" kcsan ;;
	*)	"$VDEV_TOP/tests/vm/kernel.sh" "$1" ;;
	esac
}

# use_kernel FLAVOUR: sets what these lines say.
use_kernel()
{
	local found
	found=$(kernel_env "$1") || exit
	eval "$found"
}

# flavour_dir KIND FLAVOUR: a place in the cache that is only that flavour's.
flavour_dir()
{
	local suite
	suite=$(flavour_suite "$2") || exit
	printf '%s/%s/%s-%s\n' "$VDEV_CACHE" "$1" "$2" "$suite"
}

# The main archive's site, out of the machine's own apt configuration.
apt_site()
{
	local site
	# shellcheck disable=SC2016 # apt expands these, not the shell
	site=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 2>/dev/null |
	       awk '$2 ~ /^(bookworm|trixie|stable|oldstable)$/ {print $1; exit}')
	[ -n "$site" ] || die "apt names no source for bookworm or trixie"
	printf '%s\n' "$site"
}

apt_sources()
{
	local site suite
	site=$(apt_site) || return
	for suite in $APT_SUITES; do
		printf 'deb [signed-by=%s] %s %s main\n' "$APT_KEYRING" "$site" "$suite"
	done
}

# private_apt PROGRAM [ARG...]: apt-get or apt-cache on the private directory.
private_apt()
{
	local program=$1
	shift
	"$program" -o Dir::Etc::SourceList="$APT_DIR/sources.list" \
		   -o Dir::Etc::SourceParts=/dev/null \
		   -o Dir::State="$APT_DIR" -o Dir::State::Lists="$APT_DIR/lists" \
		   -o Dir::State::Status="$APT_DIR/status" \
		   -o Dir::Cache="$APT_DIR/cache" \
		   -o APT::Sandbox::User=root -o APT::Architecture="$APT_ARCHITECTURE" \
		   -o Acquire::Retries=3 "$@"
}

# Fetch the package lists, at most once an hour, and one caller at a time. Only
# called when something is about to be fetched.
apt_refresh()
{
	mkdir -p "$APT_DIR/lists/partial" "$APT_DIR/cache/archives/partial"
	(
		flock 8
		[ -z "$(find "$APT_DIR/fresh" -mmin -60 2>/dev/null)" ] || exit 0
		: >"$APT_DIR/status"
		apt_sources >"$APT_DIR/sources.list"
		say "reading the package lists of: $APT_SUITES"
		private_apt apt-get -qq -o APT::Update::Error-Mode=any update >&2 || die \
			"the package lists cannot be read, apt has said why: is there a network?"
		: >"$APT_DIR/fresh"
	) 8>"$APT_DIR/lock"
}

# apt_newest SUITE REGEX: "PACKAGE VERSION", the newest that SUITE offers.
apt_newest()
{
	local names
	mapfile -t names < <(private_apt apt-cache pkgnames linux- | grep -E "^($2)\$")
	private_apt apt-cache madison "${names[@]}" |
		awk -F ' *[|] *' -v suite="$1/main" '
			{ sub(/^ */, "", $1); split($3, where, " ") }
			where[2] == suite { print $1, $2 }' |
		sort -V -k2,2 | tail -n 1
}

# apt_unpack ROOT PACKAGE=VERSION...: download and unpack, installing nothing.
apt_unpack()
{
	local root=$1 deb
	shift
	mkdir -p "$root" "$root.debs"
	say "fetching $*"
	(cd "$root.debs" && private_apt apt-get -qq download "$@" >&2) || return
	for deb in "$root.debs"/*.deb; do
		dpkg -x "$deb" "$root" || return
	done
	rm -rf "$root.debs"
}

# source_archive FLAVOUR: the folder that holds Debian's source of that kernel, which is
# fetched once: linux.tar.xz, and its version.
source_archive()
{
	local suite dir
	suite=$(flavour_suite "$1")
	dir=$VDEV_CACHE/linux-source/$1-$suite
	MADE_WITH='' make_once "$dir" fetch_archive "$1" "$suite"
	printf '%s\n' "$dir"
}

fetch_archive()
{
	local series suite=$2 tmp=$3 package version
	series=$(flavour_series "$1")
	apt_refresh
	read -r package version <<<"$(apt_newest "$suite" "linux-source-${series/./\\.}")"
	[ -n "$package" ] || die "$suite offers no source of kernel $series"
	apt_unpack "$tmp/package" "$package=$version"
	mv "$tmp/package/usr/src/$package.tar.xz" "$tmp/linux.tar.xz"
	rm -rf "$tmp/package"
	printf '%s\n' "$version" >"$tmp/version"
}

# merge_usr ROOT: old packages hold /lib, new ones /usr/lib: make both work.
merge_usr()
{
	local root=$1
	if [ -d "$root/lib" ]; then
		mkdir -p "$root/usr/lib"
		cp -al "$root/lib/." "$root/usr/lib/"
		rm -rf "${root:?}/lib"
	fi
	ln -s usr/lib "$root/lib"
}

# unpack PACKAGE... ROOT: the newest of these packages, PACKAGE/SUITE, with one /usr.
unpack()
{
	local root=${*: -1}
	apt_refresh
	apt_unpack "$root" "${@:1:$#-1}"
	merge_usr "$root"
}

# unpacked NAME PACKAGE...: these packages in the cache, installed nowhere; prints the folder.
unpacked()
{
	local dir=$VDEV_CACHE/$1
	shift
	MADE_WITH=$(cksum <<<"$*") make_once "$dir" unpack "$@"
	printf '%s\n' "$dir"
}

# debian_root FOLDER RELEASE VARIANT PACKAGE[,PACKAGE...]: FOLDER/root, with that release
# of Debian, these packages, and what this machine's apt is told about the network.
debian_root()
{
	apt-config dump Acquire |
		grep -E '^Acquire::(https?::|Check-|ForceIPv)' >"$1/apt.conf" || :
	as_root mmdebstrap --quiet --variant="$3" --format=directory --dpkgopt=force-unsafe-io \
		--aptopt="$1/apt.conf" --keyring="$APT_KEYRING" --include="$4" "$2" "$1/root" \
		"deb [signed-by=$APT_KEYRING] $(apt_site) $2 main" >&2
}

# in_root ROOT COMMAND: a shell runs it in that root, with /proc, /sys, /dev, an empty /tmp and
# processes of its own. $BINDS names folders that it sees there, FROM:TO; it has no network but
# with NETWORK=1.
in_root()
{
	local apart=--net
	[ -z "${NETWORK:-}" ] || apart=--mount
	# shellcheck disable=SC2016 # expanded in the new mount namespace
	env -u BUILD -u VDEV_BUILD -u VDEV_TOP -u VDEV_OWN_MOUNTS ROOT="$1" COMMAND="$2" BINDS="${BINDS:-}" \
		unshare --mount --pid --fork --kill-child "$apart" bash -ec '
		mount -t proc proc "$ROOT/proc"
		mount --rbind /sys "$ROOT/sys"
		mount --rbind /dev "$ROOT/dev"
		mount -t tmpfs tmpfs "$ROOT/tmp"
		for bind in $BINDS; do
			mkdir -p "$ROOT${bind#*:}"
			mount --bind "${bind%:*}" "$ROOT${bind#*:}"
		done
		exec chroot "$ROOT" bash -ec "$COMMAND"'
}

# own_mounts ARG...: the calling script begins again with these, where what it mounts is gone
# with it.
own_mounts()
{
	[ "$(id -u)" -eq 0 ] || die "only root can make a chroot"
	[ -n "${VDEV_OWN_MOUNTS:-}" ] || VDEV_OWN_MOUNTS=1 exec unshare --mount "$0" "$@"
}

# over_root ROOT FOLDER: mounts at FOLDER/root what looks like ROOT, and can be changed.
over_root()
{
	mkdir -p "$2"/{upper,work,root}
	mount -t overlay overlay "$2/root" -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work"
}

# drop_root FOLDER: with what was changed.
drop_root()
{
	umount "$1/root"
	rm -rf "$1"/{upper,work,root}
}
