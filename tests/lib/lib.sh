# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For the shell tests: cases in KTAP, what to do when one is over, bounded
# waits, the simulator, the modules. Sourced by bash.
#
# A test defines functions, names each in a sentence with test_case, and ends
# with run_cases. A case runs in a subshell with errexit, in random order;
# VDEV_SEED=NUMBER repeats an order, VDEV_TIMES=2 runs all of them twice.

HERE=$(cd "$(dirname "$0")" && pwd)
# Programs that were built, and folders that the environment may name.
BUILT=${VDEV_SELFTESTS:-$HERE}
[ -x "$BUILT/hold" ] || BUILT=$HERE
SIM=/sys/kernel/debug/vdev_sim
SKIP=4
# shellcheck disable=SC2034 # for the tests
PYTHON=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1

ktap_helpers()
{
	local dir
	for dir in "$HERE/.." "$HERE/../.." "${KSFT:-}"; do
		[ ! -f "$dir/kselftest/ktap_helpers.sh" ] || { echo "$dir/kselftest/ktap_helpers.sh"; return; }
	done
	echo "no kselftest/ktap_helpers.sh above $HERE or in KSFT" >&2
	return 1
}

helpers=$(ktap_helpers) || exit 1
# shellcheck source=/dev/null
. "$helpers"

case_names=()
case_calls=()
hold_pids=()
hold_fds=()

# test_case SENTENCE FUNCTION
test_case()
{
	case_names+=("$1")
	case_calls+=("$2")
}

skip_all()
{
	ktap_print_header
	ktap_skip_all "$*"
	exit $SKIP
}

# For a case: give up on it, for lack of something.
skip()
{
	echo "$*"
	exit $SKIP
}

fail()
{
	echo "$*"
	exit 1
}

# defer COMMAND [ARG...]: when the case is over, last one first.
defer()
{
	deferred=("$(printf '%q ' "$@")" "${deferred[@]}")
}

run_deferred()
{
	local command
	set +e
	for command in "${deferred[@]}"; do
		eval "$command"
	done
}

# wait_until SECONDS COMMAND [ARG...]
wait_until()
{
	local limit=$((SECONDS + $1))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$limit" ] || { echo "in vain: $*"; return 1; }
		read -r -t 0.05 <>"$case_dir/never" || :
	done
}

run_case()
{
	local log=$work/log rc
	case_dir=$(mktemp -d "$work/XXXXXX")
	(
		deferred=()
		mkfifo "$case_dir/never"
		trap run_deferred EXIT
		set -eu
		"$2"
	) >"$log" 2>&1 </dev/null
	rc=$?
	case $rc in
	0)	ktap_test_pass "$1" ;;
	"$SKIP") ktap_test_skip "$1: $(tail -n 1 "$log")" ;;
	*)	sed 's/^/# /' "$log"
		ktap_test_fail "$1" ;;
	esac
}

# Numbers of the cases, in a random order that a seed repeats.
shuffled()
{
	awk -v seed="$1" -v cases="${#case_names[@]}" -v times="${VDEV_TIMES:-1}" 'BEGIN {
		srand(seed)
		for (i = 0; i < cases * times; i++)
			print rand(), i % cases
	}' | sort -n | cut -d' ' -f2
}

run_cases()
{
	local seed=${VDEV_SEED:-$RANDOM} number
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	ktap_print_header
	ktap_set_plan $((${#case_names[@]} * ${VDEV_TIMES:-1}))
	ktap_print_msg "VDEV_SEED=$seed"
	for number in $(shuffled "$seed"); do
		run_case "${case_names[number]}" "${case_calls[number]}"
	done
	ktap_finished
}

need_root()
{
	[ "$(id -u)" -eq 0 ] || skip_all "needs root"
}

need_program()
{
	local program
	for program in "$@"; do
		command -v "$program" >/dev/null || skip_all "needs $program"
	done
}

need_sim()
{
	need_root
	[ -d "$SIM" ] || load vdev_sim || skip_all "needs the simulator"
	[ -w "$SIM/control" ] || skip_all "needs the simulator's control file"
}

loaded()
{
	[ -d "/sys/module/$1" ]
}

# load MODULE: of $VDEV_MODULES if that is set, or else as installed.
load()
{
	if loaded "$1"; then
		return
	fi
	if [ -f "${VDEV_MODULES:-}/$1.ko" ]; then
		insmod "$VDEV_MODULES/$1.ko"
	else
		modprobe "$1"
	fi
}

our_modules()
{
	awk '$1 ~ /^vdev_/ { print $1 }' /proc/modules
}

# Unload all of ours; what was loaded is loaded again when the case is over.
unload_all()
{
	local module modules
	modules=$(our_modules)
	# The kernel must not load the family again when somebody asks for it.
	defer sysctl -qw kernel.modprobe="$(sysctl -n kernel.modprobe)"
	for module in $modules; do
		defer load "$module"
	done
	defer load vdev
	for module in $modules vdev; do
		rmmod "$module"
	done
	sysctl -qw kernel.modprobe=/bin/false
}

# sim WORD...: a command to the simulator; fails as it does.
sim()
{
	printf '%s\n' "$*" 2>/dev/null >"$SIM/control"
}

# sim_must WORD...: the same; says why it failed.
sim_must()
{
	sim "$@" || { echo "sim ${*:0:200}: $(cat "$SIM/last_error")"; return 1; }
}

# random_name: a name that nothing else has.
random_name()
{
	echo "t$$x$RANDOM$RANDOM"
}

# kernel_log: what the kernel said since the last mark_log.
mark_log()
{
	log_mark="mark $(random_name)"
	echo "$log_mark" >/dev/kmsg
}

kernel_log()
{
	dmesg | sed "1,/$log_mark/d"
}

# expect WHAT WANTED GOT
expect()
{
	[ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

# expect_match WHAT PATTERN GOT: an extended regular expression.
expect_match()
{
	[[ $3 =~ $2 ]] || fail "$1: '$3' does not match '$2'"
}

# run COMMAND [ARG...]: leaves its output in $out and $err, its status in $rc.
# shellcheck disable=SC2034 # for the tests
run()
{
	rc=0
	out=$("$@" 2>"$case_dir/stderr") || rc=$?
	err=$(cat "$case_dir/stderr")
}

# hold_start N: begin a dump of all devices, and pause it.
hold_start()
{
	local fd
	mkfifo "$case_dir/hold$1"
	"$BUILT/hold" <"$case_dir/hold$1" >"$case_dir/held$1" 2>&1 &
	hold_pids[$1]=$!
	exec {fd}>"$case_dir/hold$1"
	hold_fds[$1]=$fd
	wait_until 20 grep -q . "$case_dir/held$1"
	grep -q '^held' "$case_dir/held$1" || fail "$(cat "$case_dir/held$1")"
}

# hold_end N: let it go on; leaves what it says at its end in $out.
# shellcheck disable=SC2034 # for the tests
hold_end()
{
	local fd=${hold_fds[$1]}
	# Later dumps have inherited the fifo: only a line reaches this one.
	echo >&"$fd"
	exec {fd}>&-
	wait "${hold_pids[$1]}" || fail "$(cat "$case_dir/held$1")"
	out=$(tail -n 1 "$case_dir/held$1")
}

# generation HANDLE: of a device's last change.
generation()
{
	vdevctl -j dev show "$1" | grep -oE '"generation":[0-9]+' | cut -d: -f2
}
