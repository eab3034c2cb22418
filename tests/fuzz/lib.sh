# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Building the fuzz targets, and running one. Sourced, never run.

# shellcheck source=../static/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../static/lib.sh"

HERE=$VDEV_TOP/tests/fuzz
export FUZZ=${FUZZ:-$BUILD/fuzz}
# Where the targets are.
BIN=$FUZZ
export TARGETS="reply event object tree token document handle command batch rejection domain"

# Longest input; larger messages find nothing more, and slowly.
MAX_LEN=4096
# Longest run of one input, in seconds, and most memory, in MiB.
LIMITS="-timeout=20 -rss_limit_mb=2048"

# build [VARIABLE=VALUE...]: the targets and what they read.
build()
{
	make -s -C "$HERE" O="$FUZZ" "$@"
	"$HERE/corpus.py" dictionary "$FUZZ/dictionary"
	rm -rf "$FUZZ/corpus"
	"$HERE/corpus.py" unpack "$FUZZ/corpus"
}

# fuzz TARGET [ARG...]: inputs that break it are kept as $BIN/crashes/TARGET-*.
fuzz()
{
	local target=$1
	shift
	mkdir -p "$BIN/crashes"
	# shellcheck disable=SC2086 # a list of options
	"$BIN/fuzz_$target" -dict="$FUZZ/dictionary" -max_len=$MAX_LEN $LIMITS \
		-artifact_prefix="$BIN/crashes/$target-" "$@"
}
