#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh --kernel FLAVOUR [OPTION...] SCRIPT [ARG...]
#        run.sh --system FOLDER --results DIR [OPTION...] SCRIPT [ARG...]
#
# Boot a QEMU guest with that kernel (6.1, 6.12 or newest; debug or kcsan, made by
# debug-kernel.sh) and run SCRIPT in it as root; the guest sees the host's files,
# read-only under a throw-away overlay. With --system, its files and its kernel are those
# of the Debian in FOLDER, whose systemd runs SCRIPT, a file in DIR, when it has booted.
#
#   --smp N            processors (1: where they are emulated, one alone does as much
#                      work as two in half the time of the host)
#   --mem SIZE         memory (1G; 2G with debug and kcsan)
#   --timeout SECONDS  of the whole guest (300; 1500 with debug and kcsan)
#   --modules DIR      our modules, as built by modules.sh
#                      (build/modules/FLAVOUR)
#   --results DIR      keep output, dmesg and whatever the job writes to
#                      $VDEV_RESULTS (default: a folder that is removed)
#   --ignore-log       do not fail on a warning or worse in the kernel's log
#   --append ARGS      more for the kernel's command line
#   --devices vfio     PCI devices for VFIO, and an IOMMU: two controllers of NVMe that can have
#                      127 virtual functions each, edu, two more of which share a slot,
#                      and pci-testdev (guest.sh makes and binds them)
#   --steady           where processors are emulated: the guest's clock counts their
#                      instructions, 4 ns for each, so that what else this machine does
#                      takes no time in the guest; two processors take turns
#
# Exit status: the script's own; 70 when the guest died, hung or left a kernel
# warning behind, with the reason on stderr.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

GUEST_FAILED=70
# So many seconds before a guest is stopped it reports what it is at; its own clock started
# when it had booted.
HANG_REPORT=120
# The most virtual functions that QEMU's controller can have, and what they need of its
# queues and interrupts.
NVME_VFS=sriov_max_vfs=127,sriov_vq_flexible=254,sriov_vi_flexible=127,max_ioqpairs=264,msix_qsize=136
# With a machine that holds the guest up; making 127 functions is one write to a register, and
# takes QEMU many seconds.
PATIENCE="rcupdate.rcu_cpu_stall_timeout=120 watchdog_thresh=60 workqueue.watchdog_thresh=120"
SPLAT='WARNING: |BUG: |Oops|general protection|Kernel panic|refcount_t:|KASAN|UBSAN|KCSAN|INFO: (task|rcu|trying)|ODEBUG: |possible (circular|recursive) locking|sleeping function called|unregister_netdevice: waiting'

parse()
{
	smp=1 mem="" limit="" shared=/
	flavour="" modules="" results="" ignore_log="" append="" steady="" devices=()
	while [ $# -gt 0 ]; do
		case $1 in
		--kernel)	flavour=$2; shift 2 ;;
		--system)	flavour=$(realpath -e "$2"); shift 2 ;;
		--smp)		smp=$2; shift 2 ;;
		--mem)		mem=$2; shift 2 ;;
		--timeout)	limit=$2; shift 2 ;;
		--modules)	modules=$2; shift 2 ;;
		--results)	results=$2; shift 2 ;;
		--append)	append=$2; shift 2 ;;
		--devices)	add_devices "$2"; shift 2 ;;
		--ignore-log)	ignore_log=1; shift ;;
		--steady)	steady=1; shift ;;
		--help)		usage; exit 0 ;;
		-*)		die "unknown option $1" ;;
		*)		break ;;
		esac
	done
	if [ -z "$flavour" ] || [ $# -eq 0 ] || { is_system "$flavour" && [ -z "$results" ]; }; then
		usage >&2
		exit 1
	fi
	job=("$@")
	! is_debug "$flavour" || debug_options
	: "${mem:=1G}" "${limit:=300}"
}

# The IOMMU comes first: it has the devices that are named after it.
add_devices()
{
	local port
	[ "$1" = vfio ] || die "unknown devices $1"
	devices=(-device "intel-iommu,intremap=on,caching-mode=on"
		-device edu -device pci-testdev)
	for port in 1 2; do
		devices+=(-device "pcie-root-port,id=rp$port,chassis=$port,slot=$port"
			-device "nvme-subsys,id=subsystem$port"
			-device "nvme,bus=rp$port,serial=vdev$port,subsys=subsystem$port,$NVME_VFS")
	done
	devices+=(-device "pcie-root-port,id=rp3,chassis=3,slot=3"
		-device "edu,bus=rp3,addr=0.0,multifunction=on" -device "edu,bus=rp3,addr=0.1")
	append="intel_iommu=on $append"
}

# All KASAN reports and not only the first.
debug_options()
{
	: "${mem:=2G}" "${limit:=1500}"
	append="kasan_multi_shot $append"
}

quote()
{
	local word
	for word in "$@"; do
		printf " '%s'" "${word//\'/\'\\\'\'}"
	done
}

# Files that the guest would lose when it mounts its own /tmp and /run.
kept_folders()
{
	local path
	for path in "$VDEV_TOP" "$VDEV_CACHE" "$VDEV_BUILD" "$modules" \
		    "$(dirname "${job[0]}")" "${job[0]}"; do
		case $path in
		/tmp/*|/run/*|/dev/*)	[ ! -e "$path" ] || printf '%s\n' "$path" ;;
		esac
	done | sort -u
}

open_results()
{
	rundir=$(mktemp -d "${TMPDIR:-/tmp}/vdev-guest.XXXXXXXX")
	[ -n "$results" ] || results=$rundir/results
	mkdir -p "$results"
	results=$(realpath "$results")
	(cd "$results" && rm -f rc rc.new dmesg tainted debug_locks init-failed output console \
		keep modules)
	echo $((limit > 2 * HANG_REPORT ? limit - HANG_REPORT : limit / 2)) >"$results/patience"
}

# With the host's files.
prepare()
{
	export VDEV_BUILD=${VDEV_BUILD:-$VDEV_TOP/build}
	VDEV_BUILD=$(realpath -m "$VDEV_BUILD")
	modules=$(realpath -m "${modules:-$VDEV_BUILD/modules/$flavour}")
	job[0]=$(realpath -e "${job[0]}")

	kept_folders >"$results/keep"
	printf '%s\n' "$KERNEL_MODULES" >"$results/modules"
	{
		printf 'export%s\n' "$(quote VDEV_GUEST=1 VDEV_KERNEL="$flavour" \
			VDEV_TOP="$VDEV_TOP" VDEV_BUILD="$VDEV_BUILD" \
			VDEV_CACHE="$VDEV_CACHE" XDG_CACHE_HOME="${VDEV_CACHE%/*}" \
			VDEV_MODULES="$modules" \
			VDEV_REALDEVS="$VDEV_CACHE/realdevs/${KERNEL_ROOT##*/}" \
			VDEV_RESULTS=/run/results)"
		# shellcheck disable=SC2016 # expanded in the guest
		printf '%s\n' 'export PATH=$VDEV_BUILD/user:$PATH' \
			'export LD_LIBRARY_PATH=$VDEV_BUILD/user' 'cd "$VDEV_TOP" || exit'
		if [ -x "${job[0]}" ]; then
			printf 'exec%s\n' "$(quote "${job[@]}")"
		else
			printf 'exec /bin/bash%s\n' "$(quote "${job[@]}")"
		fi
	} >"$results/job"
}

# With files of its own.
prepare_system()
{
	shared=$flavour
	printf 'export%s\nexec%s\n' "$(quote VDEV_RESULTS=/run/results)" \
		"$(quote "/run/results/$(realpath -e --relative-to="$results" "${job[0]}")" "${job[@]:1}")" \
		>"$results/job"
}

# Without REP MOVSB: an emulator moves byte by byte what hardware moves in lines,
# and the kernel takes what hardware is said to be good at.
accelerator()
{
	if grep -qwE 'vmx|svm' /proc/cpuinfo && [ -w /dev/kvm ]; then
		echo -accel kvm -cpu host
	elif [ -n "$steady" ]; then
		echo -accel tcg,thread=single -cpu max,-erms,-fsrm -icount shift=2
	else
		echo -accel tcg,thread=multi -cpu max,-erms,-fsrm
	fi
}

build_tsc()
{
	gcc -O2 -o "$1/tsc" "$VDEV_TOP/tests/vm/tsc.c"
}

# for_emulator ACCELERATOR: the command line for the kernel of an emulated processor. The
# clock's rate, because it would measure wrong (one that counts instructions does so in
# nanoseconds); and to have programs at the same addresses each time: what QEMU has
# translated is good for one address only, and without that a program takes three times
# as long to start.
for_emulator()
{
	case "$(uname -m) $*" in
	*kvm*)	return ;;
	x86_64*icount*) echo tsc_early_khz=1000000 ;;
	x86_64*)
		MADE_WITH=$(cksum <"$VDEV_TOP/tests/vm/tsc.c") \
			make_once "$VDEV_CACHE/tsc" build_tsc
		echo "tsc_early_khz=$("$VDEV_CACHE/tsc/tsc")" ;;
	esac
	echo norandmaps
}

boot()
{
	local accel machine=q35
	# The IOMMU remaps interrupts, which KVM leaves to QEMU then.
	[ ${#devices[@]} -eq 0 ] || machine+=,kernel-irqchip=split
	read -ra accel <<<"$(accelerator)"
	cmdline+=" $(for_emulator "${accel[@]}" | paste -sd " ")"
	mkfifo "$rundir/output"
	tee "$results/output" <"$rundir/output" &
	reader=$!
	timeout --foreground -k 5 "$limit" qemu-system-x86_64 "${accel[@]}" \
		-M "$machine" -smp "$smp" -m "$mem" -nodefaults -no-user-config -no-reboot \
		-display none "${devices[@]}" -serial "file:$results/console" \
		-serial "file:$rundir/output" -kernel "$KERNEL_IMAGE" \
		-initrd "$initramfs" -append "$cmdline" \
		-fsdev "local,id=host,path=${shared//,/,,},security_model=none,readonly=on,multidevs=remap" \
		-device virtio-9p-pci,fsdev=host,mount_tag=host \
		-fsdev "local,id=results,path=${results//,/,,},security_model=none,multidevs=remap" \
		-device virtio-9p-pci,fsdev=results,mount_tag=results \
		</dev/null >"$rundir/qemu" 2>&1 &
	qemu=$!
	wait "$qemu" && qemu_rc=0 || qemu_rc=$?
	qemu=
	# The reader never saw a writer if QEMU did not start at all.
	: <>"$rundir/output"
	wait "$reader" || :
}

cleanup()
{
	[ -z "${qemu:-}" ] || kill "$qemu" 2>/dev/null || :
	[ -z "${reader:-}" ] || kill "$reader" 2>/dev/null || :
	[ -z "${rundir:-}" ] || rm -rf "$rundir"
}

# guest_failed REASON [LOG]
guest_failed()
{
	say "guest $flavour: $1"
	[ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/    /' >&2
	exit "$GUEST_FAILED"
}

# A log without those reports of KCSAN that name none of our modules: the rest of
# the kernel has races, too.
without_foreign_races()
{
	awk '
		function close_report()
		{
			if (report !~ /KCSAN/ || report ~ /\[vdev/)
				printf "%s", report
			report = ""
		}
		/====================/ {
			report = report $0 "\n"
			if (inside)
				close_report()
			inside = !inside
			next
		}
		inside { report = report $0 "\n"; next }
		{ print }
		END { close_report() }' "$1"
}

# splats FILE: what a kernel's log says about its own trouble.
splats()
{
	[ -f "$1" ] || return 0
	without_foreign_races "$1" | grep -nE -A 12 "$SPLAT" | head -n 50 || :
}

no_result()
{
	local log
	if [ -s "$results/init-failed" ]; then
		guest_failed "could not start: $(cat "$results/init-failed")"
	fi
	case $qemu_rc in
	124|137) guest_failed "hung: no result after $limit seconds" \
			"$(tail -n 60 "$results/console")" ;;
	esac
	log=$(splats "$results/console")
	[ -z "$log" ] || guest_failed "the kernel died" "$log"
	guest_failed "died without a result (qemu: $qemu_rc)" \
		"$(cat "$rundir/qemu" "$results/console" 2>/dev/null | tail -n 15)"
}

verdict()
{
	local rc log
	[ -s "$results/rc" ] || no_result
	rc=$(cat "$results/rc")
	[ "$qemu_rc" -eq 0 ] || guest_failed "gave a result ($rc) but did not power off"
	log=$(splats "$results/dmesg")
	if [ -n "$log" ] && [ -z "$ignore_log" ]; then
		guest_failed "the job returned $rc, the kernel's log holds a report" "$log"
	fi
	return "$rc"
}

main()
{
	parse "$@"
	use_kernel "$flavour"
	initramfs=$("$VDEV_TOP/tests/vm/initramfs.sh" "$flavour")
	cmdline="console=ttyS0 quiet loglevel=3 panic=-1 oops=panic log_buf_len=2M"
	cmdline+=" mitigations=off no_timer_check tsc=reliable random.trust_cpu=on"
	cmdline+=" i8042.noaux i8042.nokbd $PATIENCE $append"
	trap cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	open_results
	if is_system "$flavour"; then prepare_system; else prepare; fi
	boot
	verdict
}

main "$@"
