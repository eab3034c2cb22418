#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Usage: control.sh
#
# Break a copy of the judgement in one place after another, and see the property
# that forbids it fail. The output is TAP.

set -euo pipefail

# shellcheck source=../static/lib.sh
. "$(dirname "$0")/../static/lib.sh"

WORK=$BUILD/property
COPY=$WORK/copy
PAIRS=20000
FLAGS="-std=gnu11 -D_GNU_SOURCE -O1 -I. -Iuserspace/include -Iuserspace/lib -Iuapi"
PARTS="tests/property/property.c tests/property/made.c tests/property/made_pair.c
tests/property/made_ceiling.c tests/property/same.c tests/unit/judged.c tests/kselftest/lib/random.c kernel/model/*.c"

object_of()
{
	printf '%s/%s.o' "$WORK" "$(basename "$1" .c)"
}

compile()
{
	local file=$1
	# shellcheck disable=SC2086 # a list of options
	(cd "$COPY" && cc $FLAGS -c -o "$(object_of "$file")" "$file")
}

# shellcheck disable=SC2086 # a list of files
prepare()
{
	local part
	rm -rf "$WORK"
	mkdir -p "$COPY"
	cp -Rp --parents VERSION kernel userspace uapi tests/unit tests/kselftest/lib tests/property "$COPY"
	for part in $PARTS; do
		compile "$part"
	done
}

# fails SENTENCE FILE FROM TO: the property does, when FROM is replaced in FILE.
fails()
{
	local sentence=$1 file=$2 from=$3 to=$4 text status=0
	text=$(cat "$file")
	[ "${text/"$from"/}" != "$text" ] || { echo "$file has no '$from'"; return 1; }
	printf '%s\n' "${text/"$from"/"$to"}" >"$COPY/$file"
	compile "$file" || return 1
	(cd "$WORK" && cc -o broken ./*.o) || return 1
	cp -p "$file" "$COPY/$file"
	timeout 60 "$WORK/broken" $PAIRS 1 >"$WORK/log" || status=$?
	compile "$file" || return 1
	grep -q "^not ok [0-9]* - $sentence\$" "$WORK/log" && [ "$status" -eq 1 ] && return
	echo "exit status $status"
	tail -n 20 "$WORK/log"
	return 1
}

main()
{
	prepare
	tap_begin
	tap_case "a bound that is too narrow is seen" \
		fails "what is made is within the bounds of a record" kernel/model/record.c \
		'VDEV_ACCEPT_MAX);' '2);'
	tap_case "a rule that holds for equal versions alone is seen" \
		fails "a side is identical with itself" kernel/model/check_version.c \
		'return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_VERSION_DIFFERS;
	if (in_ranges' 'return VDEV_CODE_ACCEPTED;
	if (rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_VERSION_DIFFERS;
	if (in_ranges'
	tap_case "models that neither side reports but that differ are seen" \
		fails "a side is identical with itself" kernel/model/check_report.c \
		'if (!source_reports && !target_reports)' 'if (0)'
	tap_case "a side that contradicts itself is seen" \
		fails "a side is never incompatible with itself" kernel/model/check_version.c \
		'if (own && !strcmp(name, own))' 'if (0)'
	tap_case "a bit too many that is rejected is seen" \
		fails "a target that accepts more is never worse" kernel/model/check_feature.c \
		'word & ~offered_word(check->target, target, i);' \
		'word ^ offered_word(check->target, target, i);'
	tap_case "a limit that is not known and rejects is seen" \
		fails "a target that accepts more is never worse" kernel/model/check_aggregation.c \
		'!target->limit || count' 'count'
	tap_case "a list of which only the first entry counts is seen" \
		fails "the order of lists does not matter" kernel/model/check_param.c \
		'i < param->num_allowed; i++, allowed++' 'i < 1; i++, allowed++'
	tap_case "names that are not sorted are seen" \
		fails "the order of lists does not matter" kernel/model/check_names.c \
		'if (!num || strcmp' 'if (1 || strcmp'
	tap_case "a model of which only the first is accepted is seen" \
		fails "the order of models is but preference" kernel/model/check_ident.c \
		'i < target->num_accept; i++) {
		if (!strcmp' 'i < 1 && i < target->num_accept; i++) {
		if (!strcmp'
	tap_case "a parameter that counts although it is off is seen" \
		fails "parameters that are off do not matter" kernel/model/check_param.c \
		'if (!in_effect(source))' 'if (!source->value.type)'
	tap_case "a verdict that forgets is seen" \
		fails "the verdict is that of the worst finding" kernel/model/check_report.c \
		'max(check->verdict, verdict_of(finding))' 'verdict_of(finding)'
	tap_case "an unknown part of a source that does not count is seen" \
		fails "with an unknown part the verdict is undeclared or worse" kernel/model/check_report.c \
		'	case VDEV_CODE_SOURCE_UNKNOWN:
	case VDEV_CODE_TARGET_UNKNOWN:
		return VDEV_VERDICT_UNDECLARED;' '	case VDEV_CODE_TARGET_UNKNOWN:
		return VDEV_VERDICT_UNDECLARED;'
	tap_case "an unknown part of which only the first is reported is seen" \
		fails "with an unknown part the verdict is undeclared or worse" kernel/model/check.c \
		'!err && i < operand->num_unknown; i++' '!err && i < operand->num_unknown && i < 1; i++'
	tap_case "a name that comes twice is seen" \
		fails "findings are in order and each is there once" kernel/model/check_names.c \
		'if (order > 0)' 'if (order >= 0)'
	tap_case "a failure that is but noted is seen" \
		fails "the code says the result" kernel/model/check_report.c \
		'case VDEV_CODE_NOT_REPORTED:' 'case VDEV_CODE_TOO_SMALL: case VDEV_CODE_NOT_REPORTED:'
	tap_case "a veto that makes something better is seen" \
		fails "a veto makes nothing better" kernel/model/check.c \
		'return vdev_check_report_code(check, &finding, VDEV_CODE_DRIVER_VETO);' \
		'check->verdict = 0; return vdev_check_report_code(check, &finding, VDEV_CODE_DRIVER_VETO);'
	tap_case "a ceiling that hides a failure is seen" \
		fails "a ceiling is never better than none" kernel/model/check_report.c \
		'if (below || vdev_check_result(code) == VDEV_RESULT_FAIL)' \
		'if (below) return code; if (vdev_check_result(code) == VDEV_RESULT_FAIL) return VDEV_CODE_SAME; if (0)'
	tap_case "a ceiling that a device's own state is cut to is seen" \
		fails "a ceiling changes nothing of a device as a source" kernel/model/check_feature.c \
		'if (operand->kind == VDEV_ENDPOINT_KIND_TYPE)
		word &=' 'if (1)
		word &='
	tap_case "a rule of the source that decides is seen" \
		fails "the rules of the target decide alone" kernel/model/check_feature.c \
		'finding.rule = target->rule ?: VDEV_RULE_SUBSET;' \
		'finding.rule = has->rule ?: VDEV_RULE_SUBSET;'
	tap_case "a longer bitmap that is reported as it is is seen" \
		fails "zeros at the end of a bitmap do not matter" kernel/model/check_feature.c \
		'while (num && !words[num - 1])' 'while (0)'
	tap_case "a verdict that is never given is seen" \
		fails "every verdict was given" kernel/model/check_report.c \
		'return VDEV_VERDICT_UNDECLARED;' 'return VDEV_VERDICT_COMPATIBLE;'
	tap_case "a code that is never given is seen" \
		fails "every code but that of a veto was given" kernel/model/check_param.c \
		'VDEV_CODE_TOO_SMALL;' 'VDEV_CODE_TOO_LARGE;'
	tap_end
}

main
