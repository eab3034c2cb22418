#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: jobs.sh JOB [ARG...] [-- JOB [ARG...]]...
#
# Runs in a guest: one job after another, each without what the one before it
# had loaded of ours. A guest that boots once serves several. Fails if one does,
# or if something could not be unloaded.

set -euo pipefail

# shellcheck source=guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

failed=0 job=()

finish_job()
{
	[ ${#job[@]} -gt 0 ] || guest_die "a job is missing"
	local began=$SECONDS
	"${job[@]}" || failed=1
	echo "# ${job[0]##*/} took $((SECONDS - began)) s"
	unload_vdev || failed=1
	job=()
}

for word in "$@"; do
	if [ "$word" = -- ]; then
		finish_job
	else
		job+=("$word")
	fi
done
finish_job
exit "$failed"
