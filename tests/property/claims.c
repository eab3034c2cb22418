// SPDX-License-Identifier: GPL-2.0
/* What agree.c claims, counted and reported as results of KTAP. */
#include <stdio.h>

#include <vdev/vdev.h>

#include "claims.h"

/* As many pairs as are sure to have each code among them. */
#define MANY 20000

static const char *const sentences[CLAIMS] = {
	[REPORTED] = "an endpoint's declaration is what the simulator was given",
	[CANONICAL] = "a record whose lists are sorted goes over the wire in its canonical form",
	[CHECKED] = "the kernel says of a declaration what the evaluator says",
	[OFFLINE] = "the library says the same of two declarations",
	[LOCAL] = "the kernel says it of two endpoints of its own",
	[FOUND] = "a search says it of all targets, and reports only failures and notes",
	[LARGEST] = "the largest records are judged, too",
	[NEWER] = "of a source of a newer version the kernel says what the library says",
	[NEWER_FOUND] = "a search says it of all targets",
	[NEWER_REPORTED] = "each part of it that is not known is reported once, up to 64 of them",
	[NEWER_TARGET] = "each of a target of a newer version is reported by the library",
};

unsigned long pairs;

static unsigned long tried[CLAIMS], failed[CLAIMS], codes[VDEV_CODE_CEILING + 1];

void claim(enum claim which, bool holds)
{
	tried[which]++;
	if (!holds && !failed[which]++)
		printf("# pair %lu: not so: %s\n", pairs, sentences[which]);
}

void claims_count_code(uint32_t code)
{
	codes[code]++;
}

int claims_num_results(unsigned long number)
{
	return CLAIMS + (number >= MANY);
}

static bool every_code_was_given(void)
{
	bool all = true;
	uint32_t i;

	for (i = VDEV_CODE_SAME; i < VDEV_CODE_DRIVER_VETO; i++) {
		if (codes[i])
			continue;
		printf("# %s was never given\n", vdev_code_name(i));
		all = false;
	}
	return all;
}

static bool report_codes(void)
{
	bool all = every_code_was_given();

	printf("%sok %u every code but that of a veto was given\n",
	       all ? "" : "not ", CLAIMS + 1);
	return all;
}

bool claims_report(void)
{
	bool ok = true;
	unsigned int i;

	printf("# %lu pairs\n", pairs);
	for (i = 0; i < CLAIMS; i++) {
		bool holds = tried[i] && !failed[i];

		printf("# tried %lu times\n%sok %u %s\n", tried[i], holds ? "" : "not ", i + 1,
		       sentences[i]);
		ok &= holds;
	}
	if (pairs >= MANY)
		ok &= report_codes();
	return ok;
}
