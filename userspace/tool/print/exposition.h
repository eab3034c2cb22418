/* SPDX-License-Identifier: GPL-2.0 */
/* The text format of Prometheus, version 0.0.4: how metrics are exposed to it. */
#ifndef VDEVCTL_EXPOSITION_H
#define VDEVCTL_EXPOSITION_H

#include <stdint.h>
#include <stdio.h>

struct metric {
	const char *name;
	/* "gauge" or "counter". */
	const char *type;
	const char *help;
};

/* A label without a name ends a list; NULL as its value is no value. */
struct label {
	const char *name;
	const char *value;
};

/* What stands before the samples of a metric, which must follow at once. */
void exposition_head(FILE *file, const struct metric *metric);

/* A sample: a number, or one of which so many are a second. */
void exposition_number(FILE *file, const struct metric *metric, const struct label *labels,
		       uint64_t number);
void exposition_seconds(FILE *file, const struct metric *metric, const struct label *labels,
			uint64_t number, unsigned int per_second);

#endif /* VDEVCTL_EXPOSITION_H */
