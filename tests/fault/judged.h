/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The requests of fault.c that have something judged.
 */
#ifndef _TESTS_FAULT_JUDGED_H
#define _TESTS_FAULT_JUDGED_H

#include "lib/nl.h"

/**
 * struct judged - what is to be judged
 * @family: number of the family
 * @local: the source is named; else its record is in the request
 * @source: bus and name of the source
 * @target: bus and name of the target; NULL for all there are
 */
struct judged {
	uint16_t family;
	bool local;
	char **source;
	char **target;
};

int judged_request(struct nl_request *request, const struct judged *judged);

#endif /* _TESTS_FAULT_JUDGED_H */
