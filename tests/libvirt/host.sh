#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Usage: unshare --mount --uts host.sh NAME FOLDER
#
# A host with that name, which has its own files where libvirt keeps and looks for them, and
# its socket in FOLDER. The hook is installed as Documentation/libvirt.rst says. It prints a
# line when the daemon can be started there, and is there until its input ends.

set -eu

[ -n "${VDEV_GUEST:-}" ] || { sed -n '/^# Usage:/,/^$/s/^# \{0,1\}//p' "$0"; exit 1; }

name=$1 folder=$2
hostname "$name"
for dir in /etc/libvirt /etc/vdev /var/lib/libvirt /var/log/libvirt /run/libvirt /run/guests; do
	mkdir -p "$dir"
	mount -t tmpfs "$name" "$dir"
done
mkdir -p "$folder" /etc/libvirt/hooks/qemu.d
install -m 755 "$VDEV_TOP/packaging/libvirt/vdev" /etc/libvirt/hooks/qemu.d/
install -m 644 "$VDEV_TOP/packaging/libvirt/libvirt.conf" /etc/vdev/
cat >/etc/libvirt/libvirtd.conf <<END
unix_sock_dir = "$folder"
auth_unix_rw = "none"
host_uuid = "$(cat /proc/sys/kernel/random/uuid)"
log_outputs = "2:file:$VDEV_RESULTS/$name.log"
END
cat >/etc/libvirt/qemu.conf <<END
user = "root"
group = "root"
security_driver = "none"
namespaces = []
cgroup_controllers = []
stdio_handler = "file"
dynamic_ownership = 0
remember_owner = 0
END
echo ready
exec cat >/dev/null
