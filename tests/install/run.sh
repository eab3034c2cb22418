#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# What "make install-user" puts where, by default and with every folder named
# otherwise; that a program is built with what is installed, and runs; what the top
# Makefile says without kernel headers, and what it does not touch. Nothing is
# installed on this machine.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

OUT=$BUILD/install
ROOT=$OUT/root
ODD=$OUT/odd
# Each of them, and none within another.
FOLDERS="PREFIX=/p BINDIR=/b LIBDIR=/l INCLUDEDIR=/i DATADIR=/d MANDIR=/m SYSCONFDIR=/e
	SRCDIR=/s MODPROBEDIR=/mp MODULESLOADDIR=/ml MODULESDIR=/k LIBEXECDIR=/le
	UNITDIR=/u BASHCOMPDIR=/cb ZSHCOMPDIR=/cz FISHCOMPDIR=/cf PYTHONDIR=/py UDEVRULESDIR=/ur"

# Both list a folder that is empty, too.
installed()
{
	(cd "$1" && find . ! -type d -o -type d -empty) | sed 's,^\.,,' | sort
}

# expected PREFIX BINDIR LIBDIR INCLUDEDIR DATADIR MANDIR SYSCONFDIR MODPROBEDIR LIBEXECDIR UNITDIR
#	BASHCOMPDIR ZSHCOMPDIR FISHCOMPDIR UDEVRULESDIR PYTHONDIR
expected()
{
	local header profile module
	for module in userspace/python/vdev/*; do
		echo "${15}/vdev/${module##*/}"
	done
	for header in userspace/include/vdev/*.h; do
		echo "$4/vdev/${header##*/}"
	done
	for profile in packaging/profiles.d/*.json; do
		echo "$5/vdev/profiles.d/${profile##*/}"
	done
	printf '%s\n' "$2/vdevctl" "$3"/{libvdev.a,libvdev.so,libvdev.so.0,pkgconfig/libvdev.pc} \
		"$4/linux/vdev.h" "$5"/vdev/{vdevctl.schema.json,libvirt-hook,installed/user} \
		"$5"/vdev/{prometheus/vdev-alerts.yml,ansible/vdev.fact} "$5/ynl/specs/vdev.yaml" \
		"${11}/vdevctl" "${12}/_vdevctl" "${13}/vdevctl.fish" "$6"/man8/vdevctl.8 \
		"$6"/man3/libvdev.3 "$6"/man5/vdev-{ceilings,json,profile,token}.5 \
		"$7"/vdev/{profiles.d,libvirt.conf} "$8/vdev.conf" "$9/vdev/vdevctl-libvirt" \
		"${10}"/vdev-{profiles,ceilings,metrics}.service "${10}/vdev-metrics.timer" "${14}/60-vdev.rules" \
		"${15}/vdev/_version.py"
}

same_files()
{
	local root=$1
	shift
	diff -u --label expected --label installed <(expected "$@" | sort) <(installed "$root")
}

install_default()
{
	rm -rf "$ROOT"
	make -s install-user DESTDIR="$ROOT"
}

install_odd()
{
	rm -rf "$ODD"
	install_over
}

install_over()
{
	# shellcheck disable=SC2086 # one variable a word
	make -s install-user BUILD="$OUT/build" CFLAGS=-O0 DESTDIR="$ODD" $FOLDERS
}

# heard VARIABLE=VALUE: a build with it fails, for it is wrong.
heard()
{
	! make -s user BUILD="$OUT/heard" "$@" 2>&1 || return 1
}

# A scheduler: the first file has a source, each of the others is the export of a host.
program()
{
	cat <<-'END'
	#include <linux/vdev.h>
	#include <stdio.h>
	#include <vdev/vdev.h>

	static struct vdev_document *documents[8];

	static int parse(const char *name, struct vdev_document **document)
	{
		static char text[65536];
		struct vdev_error error = { 0 };
		FILE *file = fopen(name, "r");
		size_t size = file ? fread(text, 1, sizeof(text), file) : 0;

		if (file)
			fclose(file);
		if (!vdev_document_parse(text, size, document, &error))
			return 0;
		fprintf(stderr, "%s: %s\n", name, error.message);
		return 1;
	}

	int main(int argc, char **argv)
	{
		struct vdev_ranking *ranking;
		size_t i;
		int n;

		for (n = 1; n < argc; n++)
			if (parse(argv[n], &documents[n - 1]))
				return 1;
		if (vdev_ranking_new(vdev_document_declaration(documents[0], 0),
				     (const struct vdev_document *const *)documents + 1,
				     (size_t)argc - 2, VDEV_VERDICT_COMPATIBLE, &ranking))
			return 1;
		for (i = 0; i < vdev_ranking_num(ranking); i++) {
			const struct vdev_ranked *ranked = vdev_ranking_get(ranking, i);

			printf("%s %s\n", vdev_document_handle(documents[ranked->host + 1],
							       ranked->endpoint),
			       vdev_verdict_name(vdev_judgement_verdict(ranked->judgement)));
		}
		vdev_ranking_free(ranking);
		for (n = 1; n < argc; n++)
			vdev_document_free(documents[n - 1]);
		return 0;
	}
	END
}

ranked()
{
	cat <<-'END'
	vdpa/vdpa0 identical
	vdpa/vdpa1 compatible
	pci/0000:65:00.0/nic compatible
	END
}

# What is installed is not where it says that it is: DESTDIR stands before.
flags()
{
	PKG_CONFIG_SYSROOT_DIR=$ODD PKG_CONFIG_PATH=$ODD/l/pkgconfig \
		"${PKG_CONFIG:-pkg-config}" "$@" libvdev
}

# ranks COMMAND...: the program finds the targets, and their order.
ranks()
{
	local files=tests/golden/files
	diff -u --label expected --label ranked <(ranked) \
		<("$@" $files/source.json $files/{host-1,several,worse}.json)
}

# Of the static library no other name is seen than what the shared one exports.
hides_names()
{
	! nm -g --defined-only "$ODD/l/libvdev.a" | awk 'NF == 3 && $3 !~ /^vdev_/' | grep . ||
		return 1
}

# shellcheck disable=SC2046 # a list of options
builds_static_program()
{
	cc -Wall -Werror -o "$OUT/static" "$OUT/program.c" $(flags --cflags) "$ODD/l/libvdev.a" \
		$(flags --libs --static | sed 's/-lvdev//') && ranks "$OUT/static"
}

builds_program()
{
	program >"$OUT/program.c"
	# shellcheck disable=SC2046 # a list of options
	cc -Wall -Werror -o "$OUT/program" "$OUT/program.c" $(flags --cflags --libs) &&
		ranks env "LD_LIBRARY_PATH=$ODD/l" "$OUT/program"
}

# What is installed finds its library as every program does.
uses_library()
{
	local dynamic
	dynamic=$(readelf -d "$ODD/b/vdevctl")
	grep -q 'NEEDED.*\[libvdev\.so\.0\]' <<<"$dynamic" &&
		! grep -E 'RPATH|RUNPATH' <<<"$dynamic" &&
		[ "$(LD_LIBRARY_PATH=$ODD/l "$ODD/b/vdevctl" -V)" = "$("$BUILD/user/vdevctl" -V)" ]
}

# Where the dynamic linker does not search, the user is told. What other stages use is not
# built for these folders.
says_that_library_is_not_found()
{
	local at=$OUT/elsewhere said
	rm -rf "$at"
	said=$(make -s install-user BUILD="$OUT/build" CFLAGS=-O0 PREFIX="$at" \
		SYSCONFDIR="$at/etc" MODPROBEDIR="$at/mp" 2>&1)
	grep "does not find libvdev.so.0.*$at/lib" <<<"$said"
}

# The same scheduler.
program_in_python()
{
	cat <<-'END'
	import pathlib
	import sys
	import vdev

	source, *hosts = (vdev.Document.parse(pathlib.Path(name).read_bytes())
	                  for name in sys.argv[1:])
	for one in vdev.rank(source.endpoints[0].declaration, hosts, "compatible"):
	    print(hosts[one.host].endpoints[one.endpoint].handle, one.judgement.verdict)
	END
}

ranks_in_python()
{
	local said
	program_in_python >"$OUT/program.py"
	ranks env "LD_LIBRARY_PATH=$ODD/l" "PYTHONPATH=$ODD/py" \
		/usr/bin/python3 -B "$OUT/program.py" || return 1
	install -D "$OUT/other.so" "$OUT/other/libvdev.so.0"
	! said=$(LD_LIBRARY_PATH=$OUT/other PYTHONPATH=$ODD/py /usr/bin/python3 -B -c \
		'import vdev' 2>&1) || return 1
	grep 'ImportError: libvdev.so.0 is of version 0.0.9' <<<"$said"
}

# The soname is the same for every version so far.
rejects_other_version()
{
	local said
	echo 'const char *vdev_version(void) { return "0.0.9"; }' |
		cc -shared -fPIC -x c -o "$OUT/other.so" - 2>"$OUT/other.err"
	! said=$(LD_LIBRARY_PATH=$ODD/l LD_PRELOAD=$OUT/other.so "$ODD/b/vdevctl" -V 2>&1) ||
		return 1
	grep 'libvdev is of version 0.0.9' <<<"$said"
}

names_folders()
{
	LD_LIBRARY_PATH=$ODD/l "$ODD/b/vdevctl" profile help | grep -F '/e/vdev/profiles.d and /d/vdev/profiles.d' &&
		grep -F '/e/vdev/profiles.d/*.json' "$ODD/m/man8/vdevctl.8" &&
		! grep -E '/etc/vdev|/usr/(share|libexec)/vdev' "$ODD/m/man8/vdevctl.8" &&
		grep -x 'ConditionPathExists=/e/vdev/ceilings.conf' "$ODD/u/vdev-ceilings.service" &&
		grep -x 'ExecStart=/b/vdevctl type load' "$ODD/u/vdev-ceilings.service" &&
		grep -x 'ExecStart=/b/vdevctl profile sync' "$ODD/u/vdev-profiles.service" &&
		grep '^ExecStart=/b/vdevctl metrics ' "$ODD/u/vdev-metrics.service" &&
		grep -F '(/b/vdevctl -j dev show)' "$ODD/d/vdev/ansible/vdev.fact" &&
		! grep -rF /usr/bin/vdevctl "$ODD/d/vdev/ansible" "$ODD/u"
}

# The tool looks there by itself: a wrong profile is found in the one and in the other folder.
looks_in_folders()
{
	local folder said at=$OUT/elsewhere
	for folder in "$at/etc" "$at/share"; do
		echo '{' >"$folder/vdev/profiles.d/wrong.json"
		! said=$(LD_LIBRARY_PATH=$at/lib "$at/bin/vdevctl" profile load --dry-run 2>&1) ||
			return 1
		rm "$folder/vdev/profiles.d/wrong.json"
		grep -F "$folder/vdev/profiles.d/wrong.json: " <<<"$said" || return 1
	done
	! said=$(LD_LIBRARY_PATH=$at/lib "$at/bin/vdevctl" type load 2>&1) || return 1
	grep -F "$at/etc/vdev/ceilings.conf: " <<<"$said" &&
		[ "$(PKG_CONFIG_PATH=$at/lib/pkgconfig "${PKG_CONFIG:-pkg-config}" \
			--variable=profilesdir libvdev)" = "$at/share/vdev/profiles.d" ]
}

# libvirt may look elsewhere for programs than the tool is, and the tool starts another one.
hook_names_tool()
{
	local said
	! said=$(LD_LIBRARY_PATH=$ODD/l "$ODD/b/vdevctl" libvirt hook a b c - 2>&1) || return 1
	grep 'cannot start /le/vdev/vdevctl-libvirt: ' <<<"$said" && [ -x "$ODD/le/vdev/vdevctl-libvirt" ] &&
		grep -Fx 'exec /b/vdevctl libvirt hook "$@"' "$ODD/d/vdev/libvirt-hook" &&
		[ -x "$ODD/d/vdev/libvirt-hook" ]
}

keeps_policy()
{
	echo 'missing = refuse' >"$ODD/e/vdev/libvirt.conf"
	install_over && [ "$(cat "$ODD/e/vdev/libvirt.conf")" = 'missing = refuse' ]
}

# Those who load them see where in which kernel's source each was read.
profiles_are_valid()
{
	local profile
	for profile in "$ROOT"/usr/share/vdev/profiles.d/*.json; do
		"$BUILD/user/vdevctl" profile load --dry-run "$profile" || return
		grep -qE '(drivers|samples)/[a-z0-9/_-]+\.c \(Linux [0-9]+\.[0-9]+' "$profile" ||
			{ echo "$profile names no source"; return 1; }
	done
}

# Without headers nothing is installed, and nothing is fetched: there is no cache.
needs_headers()
{
	local said
	rm -rf "$OUT/none"
	! said=$(XDG_CACHE_HOME=$OUT/none make -s -j2 "$1" KDIR= DESTDIR="$OUT/none" 2>&1) ||
		return 1
	grep 'no kernel headers: install linux-headers-.* or set KDIR' <<<"$said" &&
		[ ! -e "$OUT/none" ]
}

no_kernel()
{
	local said
	! said=$(make -s modules KDIR="$OUT" 2>&1) && grep "$OUT is not the headers" <<<"$said"
}

# The top Makefile, with a "make setup" that takes its time and a build that needs it.
copy_top()
{
	rm -rf "$OUT/copy"
	mkdir -p "$OUT/copy/userspace" "$OUT/copy/scripts"
	cp Makefile VERSION "$OUT/copy"
	cp userspace/dirs.mk "$OUT/copy/userspace"
	printf '#!/bin/sh\nsleep 0.5\n>installed\n' >"$OUT/copy/scripts/setup.sh"
	chmod +x "$OUT/copy/scripts/setup.sh"
	printf 'all:\n\ttest -e ../installed\n' >"$OUT/copy/userspace/Makefile"
}

waits_for_setup()
{
	copy_top
	make -s -j2 -C "$OUT/copy" user "$1" BUILD="$OUT/copy/build"
}

keeps_cache()
{
	copy_top
	mkdir -p "$OUT/cache/vdev" "$OUT/copy/build/user" "$OUT/copy/tests/__pycache__"
	XDG_CACHE_HOME=$OUT/cache make -s -C "$OUT/copy" distclean BUILD="$OUT/copy/build"
	[ -d "$OUT/cache/vdev" ] && [ ! -e "$OUT/copy/build" ] &&
		[ ! -e "$OUT/copy/tests/__pycache__" ]
}

# What root installs with a strict umask is for everybody.
readable_for_all()
{
	local hidden
	rm -rf "$OUT/strict"
	(umask 077 && make -s install-user DESTDIR="$OUT/strict")
	hidden=$(find "$OUT/strict" -mindepth 1 ! -perm -444 -o -type d -mindepth 1 ! -perm -555)
	[ -z "$hidden" ] || { echo "$hidden"; return 1; }
}

# A folder that has the tree in it is not what was built.
clean_spares()
{
	copy_top
	! make -s -C "$OUT/copy" clean BUILD="$OUT" 2>/dev/null && [ -e "$OUT/copy/Makefile" ]
}

main()
{
	mkdir -p "$OUT"
	tap_begin
	tap_case "it is installed" install_default
	tap_silent "what is installed is what is listed here" same_files "$ROOT" /usr /usr/bin \
		/usr/lib /usr/include /usr/share /usr/share/man /etc /usr/lib/modprobe.d \
		/usr/libexec /usr/lib/systemd/system /usr/share/bash-completion/completions \
		/usr/share/zsh/vendor-completions /usr/share/fish/vendor_completions.d /usr/lib/udev/rules.d \
		/usr/lib/python3/dist-packages
	tap_silent "manual pages refer to what is installed" tests/install/pages.sh "$ROOT"
	tap_case "the profiles are valid, and name their source" profiles_are_valid
	tap_case "it is installed elsewhere" install_odd
	tap_silent "each folder is where it was said" same_files "$ODD" /p /b /l /i /d /m /e /mp \
		/le /u /cb /cz /cf /ur /py
	tap_case "tool and manual name these folders" names_folders
	tap_case "libvirt's hook calls the tool where it is" hook_names_tool
	tap_case "what an administrator has set stays when it is installed again" keeps_policy
	tap_case "the tool uses the library that is installed" uses_library
	tap_case "a library that is not found is reported" says_that_library_is_not_found
	tap_case "the tool looks for profiles and ceilings in the folders that were said" looks_in_folders
	tap_case "a library of another version is rejected" rejects_other_version
	tap_case "a scheduler is built with what is installed, and ranks exports" builds_program
	tap_case "and with the static library" builds_static_program
	tap_case "the static library has the names of the shared one alone" hides_names
	tap_case "Python ranks with what is installed, and with no library of another version" \
		ranks_in_python
	tap_case "CPPFLAGS is honoured" heard CPPFLAGS="-include $OUT/absent.h"
	tap_case "PKG_CONFIG is honoured" heard PKG_CONFIG=false
	tap_case "install needs kernel headers" needs_headers install
	tap_case "install-modules needs kernel headers" needs_headers install-modules
	tap_case "what has no kernel is named" no_kernel
	tap_case "a parallel build waits for setup" waits_for_setup setup
	tap_case "a parallel build waits for setup-tests" waits_for_setup setup-tests
	tap_case "distclean keeps the cache" keeps_cache
	tap_case "clean removes no folder that has more in it" clean_spares
	tap_case "what is installed can be read by all" readable_for_all
	tap_end
}

main
