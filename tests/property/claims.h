/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What must hold of each pair of sides in agree.c, how often it did, and which
 * codes were given.
 */
#ifndef CLAIMS_H
#define CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

enum claim {
	REPORTED, CANONICAL, CHECKED, OFFLINE, LOCAL, FOUND, LARGEST, NEWER, NEWER_FOUND, NEWER_REPORTED,
	NEWER_TARGET, CLAIMS,
};

/* How many pairs were tried before this one. */
extern unsigned long pairs;

void claim(enum claim which, bool holds);

/* A finding had that code. */
void claims_count_code(uint32_t code);

/* How many results there are of so many pairs: many must have every code among them. */
int claims_num_results(unsigned long number);

/* Print them; false if something did not hold, or was not tried. */
bool claims_report(void);

#endif /* CLAIMS_H */
