#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: check.sh [--fast] [--list] [STAGE...]
#
# Run the checks: those of "make check", those of them that need no guest
# (--fast), or the stages named and what they depend on. WITHOUT="STAGE..." leaves some
# of the former two out. What is random is done EFFORT times (1) as often, and may take so
# many times as long. Stages run side by side, one for each processor. Each writes
# build/check/STAGE.log; what failed and the end of the log are shown when it fails, all
# logs as they grow with V=1. The last line is the total, and the exit status is 0 only
# if every stage ran and nothing failed.

set -euo pipefail

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"

BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
LOGS=$BUILD/check
# Stages read it.
export EFFORT=${EFFORT:-1}
[[ $EFFORT =~ ^[1-9][0-9]{0,2}$ ]] || die "EFFORT is a number from 1 to 999"

# What was compiled before, here or in another tree, is not compiled again: a compiler's
# name without a folder is ccache's.
export PATH=/usr/lib/ccache:$PATH CCACHE_DIR=${CCACHE_DIR:-$VDEV_CACHE/ccache}

# Name, class, stages to be done before, command (run in the top folder). What is
# first here starts first: guests, beside which there is room for what needs none, and
# what takes long before what is short. Classes:
# fast needs no guest, slow takes minutes without one, vm runs one, long takes a
# quarter of an hour, more is run only by name. A stage whose output is TAP counts as
# its results, another one as one.
stages()
{
	cat <<-'END'
	setup		fast	-		scripts/setup.sh build test static
	setup-vm	vm	setup		scripts/setup.sh vm
	setup-errors	fast	setup		tests/static/setup.sh
	setup-endian	slow	setup		scripts/setup.sh endian
	user-gcc	fast	setup		make -s user CC=gcc
	user-clang	fast	setup		make -s -C userspace CC=clang O="$BUILD/user-clang"
	user-tests	fast	user-gcc	make -s -C userspace tests O="$BUILD/user"
	selftests	vm	setup-vm	make -s -C tests/kselftest
	debug-kernel	long	setup-vm	tests/vm/debug-kernel.sh kasan
	modules-debug	vm	debug-kernel	tests/vm/modules.sh debug "$BUILD/modules/debug"
	guest-debug	vm	modules-debug,selftests,user-tests	tests/vm/run.sh --kernel debug --timeout 1700 tests/vm/debug-end.sh tests/vm/jobs.sh tests/vm/kselftest.sh --leaks -- tests/vm/kunit.sh -- tests/property/agree.sh 500
	memory-debug	vm	modules-debug,selftests,user-gcc	tests/vm/run.sh --kernel debug --append kmemleak=off --timeout 1700 tests/vm/debug-end.sh tests/vm/kselftest.sh --memory
	parallel-debug	vm	modules-debug,selftests,user-gcc	tests/vm/run.sh --kernel debug --append kmemleak=off --smp 2 --timeout 1700 tests/vm/debug-end.sh tests/vm/kselftest.sh --parallel
	fault-program	vm	setup		make -s -C tests/fault
	fault		vm	modules-debug,fault-program,user-gcc	tests/vm/run.sh --kernel debug --timeout 1700 tests/vm/debug-end.sh tests/fault/run.sh "[!l]*"
	test-modules-debug	vm	modules-debug	tests/modules/build.sh debug "$BUILD/test-modules/debug"
	calm-debug	vm	modules-debug,test-modules-debug,user-gcc	tests/vm/run.sh --kernel debug --append kmemleak=off --smp 2 --timeout 1700 tests/vm/debug-end.sh tests/realdev/run.sh calm nothing_left
	modules-nlfuzz	vm	debug-kernel	tests/nlfuzz/run.sh --build
	nlfuzz		vm	modules-nlfuzz,user-gcc	tests/nlfuzz/run.sh --count $((5000 * EFFORT)) --records $((500 * EFFORT)) --timeout $((1500 * EFFORT))
	modules-6.12	vm	setup-vm	tests/vm/modules.sh 6.12 "$BUILD/modules/6.12"
	realdevs-6.12	vm	setup-vm	tests/vm/realdevs.sh 6.12
	install-modules	vm	modules-6.12,user-gcc	tests/install/modules.sh 6.12
	torture-program	vm	setup		make -s -C tests/torture
	torture		vm	modules-6.12,realdevs-6.12,torture-program	tests/vm/run.sh --kernel 6.12 --smp 4 --devices vfio --timeout $((1700 * EFFORT)) tests/torture/run.sh $((50000 * EFFORT))
	follow-program	vm	user-gcc	make -s -C tests/follow
	follow		vm	modules-6.12,follow-program	tests/vm/run.sh --kernel 6.12 --smp 2 --timeout $((900 * EFFORT)) tests/follow/run.sh $((50000 * EFFORT))
	follow-debug	vm	modules-debug,follow-program	tests/vm/run.sh --kernel debug --append kmemleak=off --smp 2 --timeout 1700 tests/vm/debug-end.sh tests/follow/run.sh 1500
	sparse		vm	modules-6.12	tests/static/sparse.sh
	warnings-6.1	vm	modules-6.1	tests/static/warnings.sh 6.1
	warnings-6.12	vm	modules-6.12	tests/static/warnings.sh 6.12
	warnings-newest	vm	modules-newest	tests/static/warnings.sh newest
	modules-6.1	vm	setup-vm	tests/vm/modules.sh 6.1 "$BUILD/modules/6.1"
	modules-newest	vm	setup-vm	tests/vm/modules.sh newest "$BUILD/modules/newest"
	realdevs-newest	vm	setup-vm	tests/vm/realdevs.sh newest
	guest-6.12	vm	modules-6.12,selftests,user-gcc	tests/vm/run.sh --kernel 6.12 --timeout 1500 tests/vm/kselftest.sh
	guest-6.1	vm	modules-6.1,selftests,user-gcc	tests/vm/run.sh --kernel 6.1 --timeout 1500 tests/vm/kselftest.sh --kernel
	guest-newest	vm	modules-newest,selftests,user-gcc	tests/vm/run.sh --kernel newest --smp 2 --timeout 1500 tests/vm/kselftest.sh --kernel
	agree		vm	modules-6.12,user-tests	tests/vm/run.sh --kernel 6.12 --timeout $((1700 * EFFORT)) tests/property/agree.sh $((15000 * EFFORT))
	patches		vm	setup-vm	tests/vm/patches.sh 6.12
	in-tree		vm	patches	tests/vm/kselftest-in-tree.sh
	test-modules-6.1	vm	modules-6.1	tests/modules/build.sh 6.1 "$BUILD/test-modules/6.1"
	test-modules-6.12	vm	modules-6.12	tests/modules/build.sh 6.12 "$BUILD/test-modules/6.12"
	test-modules-newest	vm	modules-newest	tests/modules/build.sh newest "$BUILD/test-modules/newest"
	realdevs-6.1	vm	setup-vm	tests/vm/realdevs.sh 6.1
	real-6.12	vm	modules-6.12,test-modules-6.12,realdevs-6.12,user-gcc	tests/vm/run.sh --kernel 6.12 --devices vfio --timeout 1500 tests/realdev/run.sh
	real-6.1	vm	modules-6.1,test-modules-6.1,realdevs-6.1,user-gcc	tests/vm/run.sh --kernel 6.1 --devices vfio --timeout 1500 tests/realdev/run.sh
	real-newest	vm	modules-newest,test-modules-newest,realdevs-newest,user-gcc	tests/vm/run.sh --kernel newest --devices vfio --timeout 1500 tests/realdev/run.sh
	vfio-debug	vm	modules-debug,test-modules-debug,user-gcc	tests/vm/run.sh --kernel debug --devices vfio --timeout 1700 tests/vm/debug-end.sh tests/realdev/run.sh pci variant in_use closed race_for_last race_to_aggregate unloaded wrong_parameters churn nothing_left
	versions	vm	setup-vm	tests/skew/build.sh 6.12 "$BUILD/skew"
	skew		vm	versions,modules-6.12,user-gcc	tests/vm/run.sh --kernel 6.12 --timeout 600 tests/skew/guest.sh
	two-hosts	vm	modules-6.12,modules-newest,realdevs-6.12,realdevs-newest,user-gcc	tests/two-hosts/run.sh
	libvirt-migrate	more	modules-6.12,realdevs-6.12,user-gcc	tests/libvirt/migrate.sh compatible incompatible not_there not_annotated hostile restarted
	libvirt-migrate-all	more	modules-6.12,realdevs-6.12,user-gcc	tests/libvirt/migrate.sh
	reality		vm	modules-6.12,test-modules-6.12,realdevs-6.12,user-gcc	tests/reality/run.sh
	getting-started	vm	modules-6.12,user-gcc	tests/getting-started/run.sh
	demo		vm	modules-6.12,realdevs-6.12,user-gcc	scripts/demo.sh 6.12
	unit		fast	user-tests	make -s -C userspace check O="$BUILD/user"
	python		fast	user-tests	tests/python/run.sh
	golden		fast	user-tests	tests/golden/run.sh
	completion	fast	user-tests	tests/completion/run.sh
	terminal	fast	user-tests	tests/terminal/run.sh
	matrix-html	fast	user-gcc	tests/matrix/run.sh
	schema		fast	user-tests	tests/schema/run.sh
	documents	fast	user-tests	tests/documents/run.sh
	libvirt		fast	user-gcc	tests/libvirt/run.sh
	consumers	fast	user-tests	tests/consumers/run.sh
	monitoring	fast	user-tests,install	tests/monitoring/run.sh
	install		fast	user-gcc	tests/install/run.sh
	uninstall	fast	user-gcc	tests/install/uninstall.sh
	abi		fast	user-gcc	tests/static/abi.sh
	peer		fast	user-tests	tests/peer/run.sh
	compat		fast	user-tests	tests/compat/run.sh
	property	fast	user-tests	tests/property/run.sh
	property-control	slow	setup		tests/property/control.sh
	carried		slow	user-tests	tests/property/carried.sh
	fuzz-corpus	fast	setup		tests/fuzz/run.sh 0
	fuzz		slow	fuzz-corpus	tests/fuzz/run.sh $((10000 * EFFORT))
	fuzz-control	more	fuzz		tests/fuzz/control.sh
	fresh-13	more	setup-vm	tests/fresh/run.sh trixie
	fresh-12	more	setup-vm	tests/fresh/run.sh bookworm
	fresh-user	more	setup-vm	tests/fresh/user.sh trixie
	endian		slow	user-tests,setup-endian	tests/endian/run.sh
	dist		slow	setup		tests/install/dist.sh
	setup-deb	slow	setup		scripts/setup.sh deb docs
	deb		slow	setup-deb	tests/install/deb.sh
	setup-rpm	slow	setup		scripts/setup.sh rpm docs
	rpm		slow	setup-rpm	tests/packages/rpm.sh
	rpm-full	more	setup-rpm	tests/packages/rpm.sh --full
	packages-13	more	setup-vm,setup-deb	tests/packages/build.sh trixie
	packages-12	more	setup-vm,setup-deb	tests/packages/build.sh bookworm
	autopkgtest-13	more	packages-13	tests/packages/autopkgtest.sh trixie
	autopkgtest-12	more	packages-12	tests/packages/autopkgtest.sh bookworm
	dkms-13		more	packages-13	tests/packages/dkms.sh trixie
	dkms-12		more	packages-12	tests/packages/dkms.sh bookworm
	boot-12		more	packages-12	tests/packages/boot.sh bookworm
	boot-13		more	packages-13	tests/packages/boot.sh trixie
	memcheck	slow	user-tests	tests/memcheck/run.sh
	spec		fast	setup		tests/spec/run.sh
	shellcheck	fast	setup		tests/static/shellcheck.sh
	tree		fast	setup		tests/static/tree.sh
	paths		fast	setup		tests/static/paths.sh
	layers		fast	setup		tests/static/layers.sh
	tap		fast	setup		tests/static/tap.sh
	checkpatch	fast	setup		tests/static/checkpatch.sh
	kernel-doc	fast	setup		tests/static/kernel-doc.sh
	setup-docs	slow	setup		scripts/setup.sh docs
	sphinx		slow	setup-docs	tests/static/sphinx.sh
	cppcheck	fast	setup		tests/static/cppcheck.sh
	analyzer	slow	setup		tests/static/analyzer.sh
	coccicheck	slow	setup		tests/static/coccicheck.sh
	example		fast	setup		tests/static/example.sh
	patches-newest	more	setup-vm	tests/vm/patches.sh newest
	agree-debug	more	modules-debug,user-tests	tests/vm/run.sh --kernel debug --timeout 1700 tests/vm/debug-end.sh tests/property/agree.sh 10000
	debug-controls	more	modules-debug	tests/vm/debug-controls.sh debug
	torture-debug	more	modules-debug,torture-program	tests/vm/run.sh --kernel debug --smp 4 --timeout 1700 tests/vm/debug-end.sh tests/torture/run.sh 20000
	fault-load	more	modules-debug,fault-program,user-gcc	tests/vm/run.sh --kernel debug --timeout 1700 tests/vm/debug-end.sh tests/fault/run.sh "load*"
	nlfuzz-control	more	debug-kernel,user-gcc	tests/nlfuzz/control.sh
	kcsan-kernel	more	debug-kernel	tests/vm/debug-kernel.sh kcsan
	modules-kcsan	more	kcsan-kernel	tests/vm/modules.sh kcsan "$BUILD/modules/kcsan"
	guest-kcsan	more	modules-kcsan,selftests,user-gcc	tests/vm/run.sh --kernel kcsan --smp 4 --timeout 5400 tests/vm/debug-end.sh tests/vm/kselftest.sh
	kcsan-controls	more	modules-kcsan	tests/vm/debug-controls.sh kcsan
	END
}

load_stages()
{
	local name class deps command
	while read -r name class deps command; do
		order+=("$name")
		class_of[$name]=$class
		deps_of[$name]=${deps//,/ }
		command_of[$name]=$command
	done < <(stages)
}

# want STAGE: it, and before it what it depends on.
want()
{
	local dep
	[ -n "${command_of[$1]:-}" ] || die "no stage '$1' (see --list)"
	for dep in ${deps_of[$1]}; do
		[ "$dep" = - ] || want "$dep"
	done
	state[$1]=wanted
}

choose()
{
	local name
	if [ $# -eq 0 ]; then
		for name in "${order[@]}"; do
			[[ " ${WITHOUT:-} " != *" $name "* ]] || continue
			case $fast:${class_of[$name]} in
			1:fast|:fast|:slow|:vm|:long) want "$name" ;;
			esac
		done
	else
		for name in "$@"; do
			want "$name"
		done
	fi
}

# ready STAGE: 0 when it can start, 1 when not yet, 2 when it never will.
ready()
{
	local dep
	for dep in ${deps_of[$1]}; do
		[ "$dep" != - ] || continue
		case ${state[$dep]} in
		passed)	;;
		failed)	return 2 ;;
		*)	return 1 ;;
		esac
	done
}

# Can it start beside what runs?
has_room()
{
	local name guests=0
	[ ${#running[@]} -lt "$jobs" ] || return 1
	[ "${class_of[$1]}" = vm ] || return 0
	for name in "${running[@]}"; do
		[ "${class_of[$name]}" != vm ] || guests=$((guests + 1))
	done
	[ "$guests" -lt "$processors" ]
}

start()
{
	local limit
	case ${class_of[$1]} in
	fast)	limit=600 ;;
	slow|vm) limit=1800 ;;
	long|more) limit=7200 ;;
	esac
	state[$1]=running
	began[$1]=$SECONDS
	# shellcheck disable=SC2016 # expanded by the shell that runs the stage
	timeout -k 10 $((limit * EFFORT)) bash -c 'trap "times >\"$0.time\"" EXIT; eval "$1"' \
		"$LOGS/$1" "${command_of[$1]}" >"$LOGS/$1.log" 2>&1 </dev/null &
	running[$!]=$1
	[ "${V:-0}" != 1 ] || tail -n +1 -f --pid=$! "$LOGS/$1.log" &
}

# report VERDICT STAGE TEXT: with its seconds, and those of a processor.
report()
{
	printf '%-5s %-24s %4s s %4s s  %s\n' "$1" "$2" "${took[$2]}" "${used[$2]}" "$3"
}

# What the children of a stage's shell used, from what "times" said at its end.
processor_time()
{
	awk -F '[ms ]+' 'END { printf "%.0f", ($1 + $3) * 60 + $2 + $4 }' "$1" 2>/dev/null ||
		echo 0
}

# judge STAGE STATUS: count what it did.
judge()
{
	local name=$1 rc=$2 log=$LOGS/$1.log pass fail skip problem verdict=ok text
	read -r pass fail skip problem < <(awk -f "$VDEV_TOP/scripts/tap.awk" "$log")
	[ "$rc" -ne 124 ] && [ "$rc" -ne 137 ] || problem="took too long${problem:+; $problem}"
	if [ $((pass + fail + skip)) -eq 0 ]; then
		case $rc in
		0)	pass=1 ;;
		4)	skip=1 ;;
		*)	fail=1 ;;
		esac
	elif [ "$fail" -eq 0 ] && { [ "$rc" -ne 0 ] || [ -n "$problem" ]; }; then
		fail=1
	fi
	passed=$((passed + pass)) failed=$((failed + fail)) skipped=$((skipped + skip))
	[ "$fail" -eq 0 ] || verdict=FAIL
	text="$pass passed, $fail failed, $skip skipped"
	[ "$rc" -eq 0 ] || text+=", exit status $rc"
	took[$name]=$((SECONDS - began[$name]))
	used[$name]=$(processor_time "$LOGS/$name.time")
	report "$verdict" "$name" "$text${problem:+: $problem}"
	if [ "$fail" -eq 0 ]; then
		state[$name]=passed
	else
		state[$name]=failed
		show_failure "$log"
	fi
}

show_slowest()
{
	local name
	echo "The slowest stages, and how long they used a processor:"
	for name in "${!took[@]}"; do
		printf '%6s s %6s s  %s\n' "${took[$name]}" "${used[$name]}" "$name"
	done | sort -rn | head -n 10
	echo "All took $SECONDS s."
}

# Again at the end, should only a part of this be read: that is the last of it.
show_failed()
{
	local name
	for name in "${order[@]}"; do
		[ "${state[$name]:-}" = failed ] || continue
		echo "FAILED: $name"
		[ -e "$LOGS/$name.log" ] || continue
		{ grep -E -m 10 -B 4 '^[# ]*not ok [0-9]' "$LOGS/$name.log" || tail -n 5 "$LOGS/$name.log"; } |
			sed 's/^/      | /'
	done
}

# What failed comes first, should only a part of this be read; what is not TAP explains a
# test that ended early.
show_failure()
{
	grep -nE -B 3 '^[# ]*not ok [0-9]' "$1" | head -n 80 | sed 's/^/      | /' || :
	grep -nvE '^[# ]*((not )?ok |TAP version|1\.\.)' "$1" | head -n 30 | sed 's/^/      | /' || :
	tail -n 25 "$1" | sed 's/^/      | /'
	printf '      (all of it: %s)\n' "$1"
}

give_up()
{
	failed=$((failed + 1))
	state[$1]=failed
	rm -f "$LOGS/$1.log"
	took[$1]=0 used[$1]=0
	report FAIL "$1" "did not run: needs ${deps_of[$1]}"
}

# Start what can start; 0 while something runs or waits.
schedule()
{
	local name rc waiting=
	for name in "${order[@]}"; do
		[ "${state[$name]:-}" = wanted ] || continue
		rc=0
		ready "$name" || rc=$?
		if [ "$rc" -eq 2 ]; then
			give_up "$name"
		elif [ "$rc" -eq 0 ] && has_room "$name"; then
			start "$name"
		fi
		[ "${state[$name]}" = failed ] || waiting=1
	done
	[ ${#running[@]} -gt 0 ] || [ -n "$waiting" ]
}

run_stages()
{
	local pid rc
	while schedule; do
		[ ${#running[@]} -gt 0 ] || continue
		rc=0
		wait -n -p pid "${!running[@]}" || rc=$?
		judge "${running[$pid]}" "$rc"
		unset "running[$pid]"
	done
}

stop()
{
	[ ${#running[@]} -eq 0 ] || kill "${!running[@]}" 2>/dev/null || :
	wait
	exit 130
}

main()
{
	local fast="" name
	declare -gA class_of=() deps_of=() command_of=() state=() began=() took=() used=() running=()
	declare -ga order=()
	passed=0 failed=0 skipped=0
	processors=$(nproc)
	jobs=${JOBS:-$((processors + 1))}
	export BUILD VDEV_BUILD=$BUILD
	unset MAKEFLAGS MFLAGS MAKELEVEL

	load_stages
	case ${1:-} in
	--list)	printf '%s\n' "${order[@]}"; exit 0 ;;
	--fast)	fast=1; shift ;;
	-h|--help) usage; exit 0 ;;
	-*)	usage >&2; exit 1 ;;
	esac
	for name in ${WITHOUT:-}; do
		[ -n "${command_of[$name]:-}" ] || die "no stage '$name' (see --list)"
	done
	choose "$@"
	mkdir -p "$LOGS"
	cd "$VDEV_TOP"
	trap stop INT TERM HUP
	run_stages
	show_slowest
	show_failed
	echo "$passed passed, $failed failed, $skipped skipped"
	[ "$failed" -eq 0 ]
}

main "$@"
