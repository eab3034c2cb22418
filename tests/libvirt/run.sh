#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: run.sh
#
# What --libvirt prints, given to libvirt: it becomes the metadata of a domain,
# the domain stays valid, and what comes out again is what was exported. libvirt's
# test driver keeps all of it in the process, so no daemon runs and nothing stays.
# The output is TAP; the exit status is 0 only if all is as it should be.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

NAMESPACE=urn:vdev:endpoints:1
DOCUMENTS="tests/golden/cases/export.json tests/golden/files/several.json
	tests/golden/files/source.json tests/golden/files/type.json"
OUT=$BUILD/libvirt
VDEVCTL=${O:-$BUILD/user}/vdevctl

domain()
{
	cat <<-'END'
	<domain type='test'>
	  <name>guest</name>
	  <memory unit='MiB'>64</memory>
	  <os><type>hvm</type></os>
	</domain>
	END
}

# in_libvirt COMMAND: a command of virsh, where there is the domain.
in_libvirt()
{
	virsh -q -c test:///default "define $OUT/domain.xml; $1" | grep -v '^Domain .* defined from'
}

# with_metadata FILE COMMAND: where the domain has what is in the file, as the
# documentation says.
with_metadata()
{
	in_libvirt "metadata guest $NAMESPACE --key vdev --set \"$(cat "$1")\"; $2" |
		sed '/^Metadata modified$/d'
}

# As the documentation says.
tokens()
{
	sed -n 's/.*token>\(.*\)<.*/\1/p'
}

is_rejected()
{
	sed "s|<os>|<token xmlns='$NAMESPACE'/>&|" "$OUT/domain.xml" >"$OUT/wrong.xml"
	! virt-xml-validate "$OUT/wrong.xml" domain
}

is_valid()
{
	with_metadata "$1.xml" "dumpxml guest" >"$OUT/dump.xml" &&
		grep -q "$NAMESPACE" "$OUT/dump.xml" &&
		virt-xml-validate "$OUT/dump.xml" domain
}

keeps_tokens()
{
	with_metadata "$1.xml" "metadata guest $NAMESPACE" | tokens >"$OUT/tokens"
	diff "$1.token" "$OUT/tokens"
}

# keeps_judgement NAME DOCUMENT: the document has one endpoint.
keeps_judgement()
{
	local token
	token=$(with_metadata "$1.xml" "metadata guest $NAMESPACE" | tokens) &&
		"$VDEVCTL" check --offline "$token" "$2" | grep ': identical$'
}

odd_document()
{
	jq -c '.endpoints[0].record.type.value = "a\ufffe&<b>\uffff'"'"'\""' tests/golden/files/type.json
}

convert()
{
	"$VDEVCTL" record convert "$1" --libvirt >"$2.xml"
	"$VDEVCTL" record convert "$1" --token >"$2.token"
}

main()
{
	local file name
	rm -rf "$OUT"
	mkdir -p "$OUT"
	make -s -C userspace O="${O:-$BUILD/user}" "$VDEVCTL" >&2
	domain >"$OUT/domain.xml"
	tap_begin
	tap_case "what is no part of a domain is rejected" is_rejected
	for file in $DOCUMENTS; do
		name=$(basename "$file" .json)
		convert "$file" "$OUT/$name"
		tap_case "$name: the domain is valid" is_valid "$OUT/$name"
		tap_case "$name: libvirt keeps the tokens" keeps_tokens "$OUT/$name"
	done
	odd_document >"$OUT/odd.json"
	convert "$OUT/odd.json" "$OUT/odd"
	tap_case "characters that XML does not have do no harm" is_valid "$OUT/odd"
	tap_case "a token out of a domain is judged" keeps_judgement "$OUT/source" \
		tests/golden/files/source.json
	tap_end
}

main
