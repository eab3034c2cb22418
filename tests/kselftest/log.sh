#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the kernel says of itself when the other tests are over.

# shellcheck source=lib/lib.sh
. "$(dirname "$0")/lib/lib.sh"

SPLAT='WARNING: |BUG: |Oops|general protection|refcount_t:|KASAN|UBSAN|KCSAN|INFO: (task|rcu)|rcu: INFO|possible (circular|recursive) locking|sleeping function called'
# Bits of the taint: a module from outside the tree, one that is not signed.
O=$((1 << 12))
E=$((1 << 13))

no_splat()
{
	local splats
	splats=$(dmesg | grep -E -A 8 "$SPLAT") || return 0
	fail "$splats"
}
test_case "there is no warning or worse in the log" no_splat

no_taint()
{
	expect "taint" 0 $(($(cat /proc/sys/kernel/tainted) & ~(O | E)))
}
test_case "the kernel is not tainted but by modules of ours" no_taint

locks()
{
	[ -r /proc/lockdep_stats ] || skip "this kernel does not check locks"
	expect debug_locks 1 "$(awk '/debug_locks:/ { print $2 }' /proc/lockdep_stats)"
}
test_case "the kernel still checks its locks" locks

run_cases
