# SPDX-License-Identifier: GPL-2.0
#
# Count the results in TAP or KTAP output: prints "PASSED FAILED SKIPPED
# PROBLEM", where PROBLEM says what is wrong with the output itself (empty:
# nothing). Only leaves count: a line that sums up deeper results stands for
# them. A plan that was not kept is a problem. Depth is the prefix before the
# result, in kselftest's style ("# ok 1") or KTAP's ("    ok 1").

# Discard what is deeper than depth d, after judging the plans there.
function close_deeper(d, i)
{
	for (i = deepest; i > d; i--)
		close_plan(i)
	if (deepest > d)
		deepest = d
}

function close_plan(d)
{
	if ((d in plan) && plan[d] != seen[d])
		complain("planned " plan[d] " results, got " seen[d] + 0)
	delete plan[d]
	delete seen[d]
	delete bad[d]
}

function complain(text)
{
	problem = problem (problem == "" ? "" : "; ") text
}

function open(d)
{
	if (d > deepest)
		deepest = d
}

BEGIN {
	deepest = -1
	passed = failed = skipped = 0
}

{
	sub(/\r$/, "")
	match($0, /^[# ]*/)
	depth = RLENGTH
	line = substr($0, RLENGTH + 1)
}

line ~ /^1\.\.[0-9]+/ {
	close_deeper(depth)
	split(line, word, /[. ]+/)
	if ((depth in seen) && !(depth in plan)) {
		# A plan that comes last.
		plan[depth] = word[2]
		close_plan(depth)
	} else {
		close_plan(depth)
		if (line ~ /# *[Ss][Kk][Ii][Pp]/)
			skipped++
		else
			plan[depth] = word[2]
		open(depth)
	}
	next
}

line ~ /^(not )?ok [0-9]+/ {
	sums = deepest > depth && (deepest in seen)
	deeper_bad = 0
	for (i = depth + 1; i <= deepest; i++)
		deeper_bad += bad[i]
	close_deeper(depth)
	open(depth)
	seen[depth]++
	ok = line !~ /^not /
	if (line ~ /# *[Ss][Kk][Ii][Pp]/) {
		if (!sums)
			skipped++
	} else if (!ok) {
		bad[depth]++
		if (!sums || !deeper_bad)
			failed++
	} else if (!sums) {
		passed++
	}
	next
}

line ~ /^Bail out!/ {
	complain(line)
}

END {
	close_deeper(-1)
	print passed, failed, skipped, problem
}
