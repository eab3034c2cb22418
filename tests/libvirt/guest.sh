#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: tests/vm/run.sh --kernel 6.12 tests/libvirt/guest.sh LIBVIRT QEMU MACHINE [CASE...]
#
# What migrate.sh has a test guest do. The folders with libvirt and QEMU are put over /usr:
# nothing finds files of theirs elsewhere. Modules come first, because modprobe does not see
# them any more then.

set -eu

[ -n "${VDEV_GUEST:-}" ] || { sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0"; exit 1; }

# shellcheck source=../vm/guest.sh
. "$VDEV_TOP/tests/vm/guest.sh"

libvirt=$1 qemu=$2
export PYTHONDONTWRITEBYTECODE=1 LIBVIRT_MACHINE=$3
# The devices are tests/reality's; what it starts itself is not used.
export REALITY_QEMU=$qemu REALITY_STATE=
shift 3
load_realdevs vdpa_sim_net
load_module vhost_vdpa
load_vdev vdpa
unset LD_LIBRARY_PATH
# Looked for by the daemon, whatever its configuration says.
echo 'libvirt-qemu:x:64055:64055::/:/bin/false' >>/etc/passwd
echo 'libvirt-qemu:x:64055:' >>/etc/group
# Each looks for the address of its own name, and there is nobody to ask.
echo '127.0.0.1 source target' >>/etc/hosts
mount -t overlay -o "lowerdir=$libvirt/usr:$qemu/usr:/usr" usr /usr
# QEMU ends when it finds modules of another one, which may be this machine's.
mount --bind "$qemu/usr/lib/x86_64-linux-gnu/qemu" /usr/lib/x86_64-linux-gnu/qemu
# That one is not asked, too, what it can do.
mount --bind /dev/null /usr/bin/qemu-system-i386
exec python3 "$VDEV_TOP/tests/libvirt/cases.py" "$@"
