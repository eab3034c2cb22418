// SPDX-License-Identifier: GPL-2.0
/*
 * Random numbers (splitmix64). Each input has a sequence of its own, made of the
 * seed and its number, so that what one draws does not shift the next.
 */
#include "random.h"

uint64_t random_next(struct random *random)
{
	uint64_t mixed = random->state += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
	return mixed ^ mixed >> 31;
}

void random_start(struct random *random, uint64_t seed, uint64_t number)
{
	random->state = seed;
	random->state = random_next(random) + number;
	random->state = random_next(random);
}

uint64_t random_below(struct random *random, uint64_t limit)
{
	return limit ? random_next(random) % limit : 0;
}

bool random_one_in(struct random *random, unsigned int n)
{
	return !random_below(random, n);
}

/* Numbers at which something may break, and others. */
uint64_t random_number(struct random *random)
{
	uint64_t number = 1ULL << random_below(random, 64);

	switch (random_below(random, 6)) {
	case 0:
		return 0;
	case 1:
		return number - 1;
	case 2:
		return number + 1;
	case 3:
		return -number;
	case 4:
		return random_below(random, 32);
	default:
		return random_next(random);
	}
}
