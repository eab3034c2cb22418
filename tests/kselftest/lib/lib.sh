# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For the shell tests: cases in KTAP, what to do when one is over, bounded
# waits, the simulator, the modules. Sourced by bash.
#
# A test defines functions, names each in a sentence with test_case, and ends
# with run_cases. A case runs in a subshell with errexit, in random order;
# VDEV_SEED=NUMBER repeats an order, VDEV_TIMES=2 runs all of them twice.
#
# Starting a program takes a guest without KVM some thirty milliseconds, and five
# times that with KASAN; so what bash can do itself, it does.

HERE=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
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
at_end=()
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

# run_all COMMAND...: each, whether those before it fail or not.
run_all()
{
	local command
	set +e
	for command in "$@"; do
		eval "$command"
	done
}

# defer COMMAND [ARG...]: when the case is over, last one first.
defer()
{
	deferred=("${*@Q}" "${deferred[@]}")
}

# defer_to_end COMMAND [ARG...]: the same when all cases are. Not for use in a
# case, which is a subshell.
defer_to_end()
{
	at_end=("${*@Q}" "${at_end[@]}")
}

# wait_until SECONDS COMMAND [ARG...]
wait_until()
{
	local limit=$((SECONDS + $1))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$limit" ] || { echo "in vain: $*"; return 1; }
		read -r -t 0.05 <>"$work/never" || :
	done
}

run_case()
{
	local log=$work/log rc lines
	case_dir=$work/$KTAP_TESTNO
	(
		deferred=()
		trap 'run_all "${deferred[@]}"' EXIT
		set -eu
		"$2"
	) >"$log" 2>&1 </dev/null
	rc=$?
	mapfile -t lines <"$log"
	case $rc in
	0)	ktap_test_pass "$1" ;;
	"$SKIP") ktap_test_skip "$1: ${lines[*]: -1}" ;;
	*)	[ ${#lines[@]} -eq 0 ] || printf '# %s\n' "${lines[@]}"
		ktap_test_fail "$1" ;;
	esac
}

# The numbers of the cases in $order: random, but a seed repeats it.
shuffle()
{
	local last pick number
	order=()
	for ((number = 0; number < $2; number++)); do
		order+=($((number % ${#case_names[@]})))
	done
	RANDOM=$1
	for ((last = $2 - 1; last > 0; last--)); do
		pick=$((RANDOM % (last + 1)))
		number=${order[last]}
		order[last]=${order[pick]}
		order[pick]=$number
	done
}

# A folder for all, with one for each case and a fifo where nothing ever comes.
make_work()
{
	local number dirs=()
	work=$(mktemp -d)
	defer_to_end rm -rf "$work"
	for ((number = 1; number <= $1; number++)); do
		dirs+=("$work/$number")
	done
	mkdir "${dirs[@]}"
	mkfifo "$work/never"
}

run_cases()
{
	local seed=${VDEV_SEED:-$RANDOM} number order
	local planned=$((${#case_names[@]} * ${VDEV_TIMES:-1}))
	trap 'run_all "${at_end[@]}"' EXIT
	make_work "$planned"
	ktap_print_header
	ktap_set_plan "$planned"
	ktap_print_msg "VDEV_SEED=$seed"
	shuffle "$seed" "$planned"
	for number in "${order[@]}"; do
		run_case "${case_names[number]}" "${case_calls[number]}"
	done
	ktap_finished
}

# debug_kernel: is this one that looks for errors, and takes its time?
debug_kernel()
{
	[[ ${VDEV_KERNEL:-} == @(debug|kcsan) ]]
}

need_root()
{
	[ "$EUID" -eq 0 ] || skip_all "needs root"
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
		[ "$1" != vdev ] || load vdev_genl
		insmod "$VDEV_MODULES/$1.ko"
	else
		modprobe "$1"
	fi
}

# use_modprobe PROGRAM: what the kernel starts when it wants a module.
use_modprobe()
{
	echo "$1" >/proc/sys/kernel/modprobe
}

# unload_until defer|defer_to_end: unload all of ours, but the front of the family,
# which a dump may hold; what was loaded is loaded again when the case is over, or
# when all are.
unload_until()
{
	local module modules=()
	while read -r module _; do
		[[ $module != vdev_* || $module = vdev_genl ]] || modules+=("$module")
	done </proc/modules
	# The kernel must not load the family again when somebody asks for it.
	"$1" use_modprobe "$(</proc/sys/kernel/modprobe)"
	for module in "${modules[@]}" vdev; do
		"$1" load "$module"
	done
	rmmod "${modules[@]}" vdev
	use_modprobe /bin/false
}

unload_all()
{
	unload_until defer
}

# sim WORD...: a command to the simulator; fails as it does.
sim()
{
	printf '%s\n' "$*" 2>/dev/null >"$SIM/control"
}

# sim_must WORD...: the same; says why it failed.
sim_must()
{
	sim "$@" || { echo "sim ${*:0:200}: $(<"$SIM/last_error")"; return 1; }
}

# random_name: a name that nothing else has.
random_name()
{
	echo "t$$x$RANDOM$RANDOM"
}

# kernel_log [SCRIPT]: what the kernel said since the last mark_log, edited by sed.
mark_log()
{
	log_mark="mark $(random_name)"
	echo "$log_mark" >/dev/kmsg
}

kernel_log()
{
	dmesg | sed "1,/$log_mark/d; ${1:-}"
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
	err=$(<"$case_dir/stderr")
}

# hold_start N: begin a dump of all devices, and pause it.
hold_start()
{
	local fd held
	exec {fd}> >(exec "$BUILT/hold" >"$case_dir/held$1" 2>&1)
	hold_pids[$1]=$!
	hold_fds[$1]=$fd
	wait_until 60 [ -s "$case_dir/held$1" ]
	held=$(<"$case_dir/held$1")
	[[ $held == held* ]] || fail "$held"
}

# hold_end N: let it go on; leaves what it says at its end in $out.
# shellcheck disable=SC2034 # for the tests
hold_end()
{
	local fd=${hold_fds[$1]} held
	# Later dumps have inherited the pipe: only a line reaches this one.
	echo >&"$fd"
	exec {fd}>&-
	wait "${hold_pids[$1]}" || fail "$(<"$case_dir/held$1")"
	held=$(<"$case_dir/held$1")
	out=${held##*$'\n'}
}

# number_of OBJECT HANDLE KEY: a number at the top level of what is shown.
number_of()
{
	local shown
	shown=$(vdevctl -j "$1" show "$2")
	[[ $shown =~ \"$3\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# generation HANDLE: of a device's last change.
generation()
{
	number_of dev "$1" generation
}

# instance HANDLE: of which load of the module that is.
instance()
{
	number_of dev "$1" instance
}
