#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: control.sh
#
# Break a copy of the library and the tool in one place after another, and see
# the fuzz target for it find that: within a fixed number of inputs, from a fixed
# seed. The output is TAP.

set -euo pipefail

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

COPY=$FUZZ/broken
RUNS=200000

# break_line FILE FROM TO: replaces text that must be there.
break_line()
{
	local text file=$COPY/$1
	text=$(cat "$file")
	[ "${text/"$2"/}" != "$text" ] || { echo "$1 has no '$2'"; return 1; }
	printf '%s\n' "${text/"$2"/"$3"}" >"$file"
}

# finds TARGET WHAT FILE FROM TO: WHAT is what it must say.
finds()
{
	local target=$1 what=$2 file=$3 status=0
	break_line "$file" "$4" "$5" || return 1
	make -s -C "$HERE" O="$BIN" U="$COPY" "$BIN/fuzz_$target"
	fuzz "$target" -seed=1 -runs=$RUNS -max_total_time=60 "$FUZZ/corpus/$target" \
		>"$BIN/$target.log" 2>&1 || status=$?
	cp -p "$VDEV_TOP/userspace/$file" "$COPY/$file"
	touch "$COPY/$file"
	if [ "$status" -eq 0 ] || ! grep -qaE "$what" "$BIN/$target.log"; then
		tail -n 20 "$BIN/$target.log"
		return 1
	fi
}

prepare()
{
	build O="$FUZZ"
	rm -rf "$COPY"
	cp -Rp "$VDEV_TOP/userspace" "$COPY"
	BIN=$FUZZ/control
	make -s -C "$HERE" O="$BIN" U="$COPY"
}

main()
{
	prepare
	tap_begin
	# shellcheck disable=SC2016 # C code, not expansions
	tap_case "a string without an end is read too far" \
		finds object 'AddressSanitizer: heap-buffer-overflow' lib/model/attr.c \
		'return len > 0 && memchr' 'return len > 0 || memchr'
	tap_case "a number that is too short is read" \
		finds tree 'AddressSanitizer|broken: ' lib/model/attr.c \
		'ok = len == sizeof(uint32_t);' 'ok = true;'
	tap_case "an array is too small by one" \
		finds object 'AddressSanitizer' lib/model/decode.c \
		'vdev_arena_alloc(arena, count, size)' 'calloc(count > 1 ? count - 1 : 1, size)'
	tap_case "a provider without its name is taken" \
		finds object 'broken: vdev_stats_provider' lib/model/stats.c \
		'err = check_provider(pos, path);' 'err = 0;'
	tap_case "a dump is not forgotten" \
		finds reply 'LeakSanitizer' lib/netlink/dump.c \
		'vdev_spool_free(&dump->spool);' ''
	tap_case "something is printed although the dump failed" \
		finds reply 'broken: .*!printed->out_size' tool/cmd/cmd_show.c \
		$'if (!err && !output->any)\n\t\terr = out_begin(output);' \
		$'if (!output->any)\n\t\terr = out_begin(output) ?: err;'
	tap_case "a datagram is read behind its end" \
		finds reply 'use-after-poison' lib/netlink/exchange.c \
		'nlmsg_ok(nlh, rem)' 'nlmsg_ok(nlh, rem + 8)'
	tap_case "control characters reach the terminal" \
		finds object 'broken: code' common/escape.c \
		'return code < 0x20' 'return code < 0x10'
	tap_case "a name is longer than its room" \
		finds handle 'broken: |AddressSanitizer' lib/model/handle.c \
		'len > VDEV_HANDLE_NAME_MAX' 'len > VDEV_HANDLE_NAME_MAX + 1'
	tap_case "a word that is missing is read" \
		finds command 'null pointer|SEGV' tool/cli/args.c \
		'argc < 2 || ' ''
	tap_case "a line has more words than room" \
		finds batch 'AddressSanitizer' tool/cli/split.h \
		'((len) / 2 + 2)' '((len) / 2 + 1)'
	tap_case "a backslash in single quotes is left out" \
		finds batch 'broken: ' tool/cli/split.c \
		"if (quote == '\"' && *cut->from" 'if (*cut->from'
	tap_case "a token is longer than its room" \
		finds token 'AddressSanitizer' lib/format/token.c \
		'data = calloc(1, len + 1);' 'data = calloc(1, len / 2 + 1);'
	tap_case "what is out of order stays so" \
		finds token 'broken: ' lib/model/canon.c \
		'if (!in_order(pieces, num))' 'if (!num)'
	tap_case "a bitmap is longer than its room" \
		finds document 'AddressSanitizer' lib/format/import_bitmap.c \
		'import_alloc(import, num, sizeof(*words))' 'import_alloc(import, 1, sizeof(*words))'
	tap_case "a document is not forgotten" \
		finds document 'LeakSanitizer' lib/format/document.c \
		'json_decref(document->root);' ''
	tap_case "words of a rejection are read behind their end" \
		finds rejection 'use-after-poison' lib/netlink/sock_error.c \
		"if (memchr(nla_data(pos), '\\0', (size_t)nla_len(pos)))" ''
	tap_case "a device of a domain is behind the last one" \
		finds domain 'UndefinedBehaviorSanitizer|AddressSanitizer|runtime error' \
		tool/cli/domain.c 'if (number >= reader->domain->num_devices)' \
		'if (number > DOMAIN_DEVICES_MAX + 9)'
	tap_case "a document of XML is not forgotten" \
		finds domain 'LeakSanitizer' tool/cli/domain.c \
		$'xmlFreeDoc(document);\n\treturn reader.err;' 'return reader.err;'
	tap_end
}

main
