#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: machine.sh FOLDER
#
# Build the guest of the machines that are moved, boot it once and save the machine as
# FOLDER/state. REALITY_QEMU is the folder that qemu.sh has printed.

set -euo pipefail

# shellcheck source=../../scripts/common.sh
. "$(dirname "$0")/../../scripts/common.sh"

SOURCE=$VDEV_TOP/tests/reality
# One program for a 32-bit processor, with nothing of the machine that it is built on.
FLAGS="-m32 -march=i686 -O2 -Wall -Wextra -Werror -ffreestanding -fno-pic -fno-stack-protector
	-fno-asynchronous-unwind-tables -nostdlib -static -no-pie
	-Wl,-T,$SOURCE/guest/guest.ld,--build-id=none,--no-warn-rwx-segments,-m,elf_i386"

make_state()
{
	# shellcheck disable=SC2086 # one flag a word
	gcc $FLAGS -o "$1/guest" "$SOURCE"/guest/start.S "$SOURCE"/guest/*.c
	PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$SOURCE/save.py" "$1/guest" "$1/state"
}

[ $# -eq 1 ] || { usage >&2; exit 1; }
MADE_WITH=$(cat "$SOURCE"/guest/* "$SOURCE"/{vm,save}.py "$SOURCE"/{machine,qemu}.sh | cksum) \
	make_once "$1" make_state
