/* SPDX-License-Identifier: GPL-2.0 */
/* Random numbers: the same ones for the same seed. */
#ifndef _TESTS_RANDOM_H
#define _TESTS_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

/* Start the sequence of one input. */
void random_start(struct random *random, uint64_t seed, uint64_t number);
uint64_t random_next(struct random *random);
/* From 0 to @limit - 1. */
uint64_t random_below(struct random *random, uint64_t limit);
bool random_one_in(struct random *random, unsigned int n);
uint64_t random_number(struct random *random);

#endif /* _TESTS_RANDOM_H */
