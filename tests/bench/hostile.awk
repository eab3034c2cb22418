# SPDX-License-Identifier: GPL-2.0
#
# Of the lines that the program latency prints, each behind "beside=READERS", make
# the tables: a row for each step of a writer and kind of readers, for each priority;
# what the longest waits were; and where all that stands against what is aimed at.

function field(name,	i)
{
	for (i = 1; i <= NF; i++)
		if (index($i, name "=") == 1)
			return substr($i, length(name) + 2)
	return ""
}

function beside_text(readers)
{
	return readers in texts ? texts[readers] : readers
}

# Against three times the worst case beside processes that only use the processor.
function share(step, readers, priority)
{
	return worst[step, readers, priority] / (3 * worst[step, "spin", priority])
}

function table(priority,	i, j, key, step, readers)
{
	printf "\nAt %s, beside %s readers (us)\n", priorities[priority], number
	printf "%-12s %-27s %7s %8s %8s %8s %7s %8s %8s %8s\n", "step", "beside", "samples", \
		"median", "p95", "worst", "/3 fair", "lock", "held", "sleep"
	for (i = 1; i <= nsteps; i++)
		for (j = 1; j <= nreaders; j++) {
			step = steps[i]
			readers = kinds[j]
			key = step SUBSEP readers SUBSEP priority
			if (!(key in worst))
				continue
			printf "%-12s %-27s %7d %8d %8d %8d %7s %8d %8d %8d\n", step, \
				beside_text(readers), samples[key], median[key], p95[key], \
				worst[key], readers == "alone" ? "" : \
				sprintf("%.2f", share(step, readers, priority)), lock[key], \
				held[key], slept[key]
		}
}

# waits NAME ARRAY WHERE: those above 10 ms, one for each kind of readers.
function waits(text, times, where,	i, j, k, key, longest, any)
{
	printf "\n%s\n", text
	for (priority in priorities)
		for (j = 1; j <= nreaders; j++) {
			longest = ""
			for (i = 1; i <= nsteps; i++) {
				key = steps[i] SUBSEP kinds[j] SUBSEP priority
				if (key in times && times[key] > 10000 && \
				    (longest == "" || times[key] > times[longest]))
					longest = key
			}
			if (longest == "")
				continue
			any = 1
			split(longest, k, SUBSEP)
			printf "%-12s %-27s %-17s %8d  %s\n", k[1], beside_text(k[2]), \
				priorities[priority], times[longest], where[longest]
		}
	if (!any)
		print "none"
}

function aim(text, wanted, measured, met)
{
	printf "%-66s %10s %10s  %s\n", text, wanted, measured, met ? "met" : "missed"
}

# is_ours READERS: they read vdev.
function is_ours(readers)
{
	return readers != "alone" && readers != "spin" && readers != "vdpa"
}

function aim_share(readers, priority,	i, step, most, ratio)
{
	most = 0
	for (i = 1; i <= nsteps; i++) {
		if (steps[i] == "loop" || !((steps[i], readers, priority) in worst))
			continue
		ratio = share(steps[i], readers, priority)
		if (ratio > most) {
			most = ratio
			step = steps[i]
		}
	}
	aim(sprintf("worst of %s beside %s, %s, in 3 fair shares", step, \
		beside_text(readers), priorities[priority]), "<= 1", \
		sprintf("%.2f", most), most <= 1)
}

function aim_held(readers, priority,	i, key, most)
{
	most = 0
	for (i = 1; i <= nsteps; i++) {
		key = steps[i] SUBSEP readers SUBSEP priority
		if (key in held && held[key] > most)
			most = held[key]
	}
	aim(sprintf("longest wait for a lock beside %s, %s, in us", beside_text(readers), \
		priorities[priority]), "<= 10000", most, most <= 10000)
}

BEGIN {
	priorities["ordinary"] = "ordinary priority"
	priorities["fifo"] = "SCHED_FIFO"
	texts["alone"] = "nothing"
	texts["spin"] = "processes that spin"
	texts["vdpa"] = "dumps of the family vdpa"
	texts["dump"] = "dumps"
	texts["nothing"] = "dumps, nothing matches"
	texts["find"] = "finds, small source"
	texts["find-largest"] = "finds, largest record"
	texts["check-largest"] = "checks, largest record"
}

{
	readers = field("beside")
	if (!(readers in seen)) {
		seen[readers] = 1
		kinds[++nreaders] = readers
	}
}

field("answers") != "" { answers[readers] = field("answers"); next }

{
	step = field("step")
	if (!(step in known)) {
		known[step] = 1
		steps[++nsteps] = step
	}
	key = step SUBSEP readers SUBSEP field("priority")
	samples[key] = field("samples")
	median[key] = field("median")
	p95[key] = field("p95")
	worst[key] = field("worst")
	lock[key] = field("lock")
	held[key] = field("held")
	held_where[key] = field("held-where")
	slept[key] = field("sleep")
	slept_where[key] = field("sleep-where")
}

END {
	table("ordinary")
	table("fifo")
	waits("Waits for a lock that was held, above 10 ms (us; the longest beside each kind)", \
		held, held_where)
	waits("Other sleeps above 10 ms (us; the longest beside each kind)", slept, slept_where)
	printf "\nWhat the readers were answered meanwhile (buffers in a second)\n"
	for (j = 1; j <= nreaders; j++)
		if (kinds[j] != "alone" && kinds[j] != "spin")
			printf "%-40s %10s\n", beside_text(kinds[j]), answers[kinds[j]]
	printf "\n%-66s %10s %10s\n", "Aims", "wanted", "measured"
	for (priority in priorities)
		for (j = 1; j <= nreaders; j++)
			if (is_ours(kinds[j])) {
				aim_share(kinds[j], priority)
				aim_held(kinds[j], priority)
			}
}
