// SPDX-License-Identifier: GPL-2.0
/*
 * The assignment as a matter of numbers: random small cases have the answer that trying
 * everything has, in whatever order they come. What a large one takes is printed.
 */
#include <time.h>

#include "judge/assign.h"
#include "test.h"

#define SMALL 5
#define LARGE 64
#define BEST_RANKS 4
#define CASES 20000

static uint64_t state_of_random = 88172645463325252ULL;

static uint32_t random_below(uint32_t limit)
{
	state_of_random ^= state_of_random << 13;
	state_of_random ^= state_of_random >> 7;
	state_of_random ^= state_of_random << 17;
	return (uint32_t)(state_of_random % limit);
}

/* How often each rank is taken; of 0 how many sources have no target. */
struct score {
	unsigned int num[BEST_RANKS + 1];
};

static struct score score_of(const struct ranks *ranks, const uint32_t *target_of)
{
	struct score score = { { 0 } };
	unsigned int i;

	for (i = 0; i < ranks->num_sources; i++)
		score.num[target_of[i] == ASSIGN_NONE ? 0 :
			  ranks->of[i * ranks->num_targets + target_of[i]]]++;
	return score;
}

/* Fewer without a target, or as many and more of the best rank that differs. */
static bool is_better(const struct score *a, const struct score *b)
{
	unsigned int i;

	if (a->num[0] != b->num[0])
		return a->num[0] < b->num[0];
	for (i = 1; i <= BEST_RANKS; i++)
		if (a->num[i] != b->num[i])
			return a->num[i] > b->num[i];
	return false;
}

struct trial {
	const struct ranks *ranks;
	uint32_t now[SMALL];
	uint32_t best[SMALL];
	struct score score;
	bool any;
};

/* Targets in order, and none last: the first of equals is the one that order prefers. */
static void try_all(struct trial *trial, unsigned int source, unsigned int taken)
{
	const struct ranks *ranks = trial->ranks;
	struct score score;
	unsigned int target;

	if (source == ranks->num_sources) {
		score = score_of(ranks, trial->now);
		if (!trial->any || is_better(&score, &trial->score)) {
			memcpy(trial->best, trial->now, sizeof(trial->now));
			trial->score = score;
			trial->any = true;
		}
		return;
	}
	for (target = 0; target < ranks->num_targets; target++) {
		if (!ranks->of[source * ranks->num_targets + target] || taken & 1U << target)
			continue;
		trial->now[source] = target;
		try_all(trial, source + 1, taken | 1U << target);
	}
	trial->now[source] = ASSIGN_NONE;
	try_all(trial, source + 1, taken);
}

static struct ranks make_small(uint32_t of[SMALL * SMALL])
{
	struct ranks ranks = {
		.of = of, .num_sources = 1 + random_below(SMALL),
		.num_targets = 1 + random_below(SMALL),
	};
	uint32_t best = 1 + random_below(BEST_RANKS);
	unsigned int i, percent = 20 + random_below(80);

	for (i = 0; i < ranks.num_sources * ranks.num_targets; i++)
		of[i] = random_below(100) < percent ? 1 + random_below(best) : 0;
	return ranks;
}

static void the_assignment_is_the_best_of_all(void **state)
{
	uint32_t of[SMALL * SMALL], target_of[SMALL];
	unsigned int i;

	(void)state;
	for (i = 0; i < CASES; i++) {
		struct ranks ranks = make_small(of);
		struct trial trial = { .ranks = &ranks };

		try_all(&trial, 0, 0);
		assert_int_equal(vdev_assign(&ranks, target_of), 0);
		assert_memory_equal(target_of, trial.best,
				    ranks.num_sources * sizeof(target_of[0]));
	}
}

static void shuffle(uint32_t *order, unsigned int num)
{
	unsigned int i;

	for (i = 0; i < num; i++) {
		unsigned int j = random_below(i + 1);

		order[i] = order[j];
		order[j] = i;
	}
}

static void what_is_assigned_does_not_depend_on_order(void **state)
{
	uint32_t of[SMALL * SMALL], other_of[SMALL * SMALL];
	uint32_t target_of[SMALL], other_target_of[SMALL], sources[SMALL], targets[SMALL];
	unsigned int i, s, t;

	(void)state;
	for (i = 0; i < CASES; i++) {
		struct ranks ranks = make_small(of), other = ranks;
		struct score score, other_score;

		shuffle(sources, ranks.num_sources);
		shuffle(targets, ranks.num_targets);
		other.of = other_of;
		for (s = 0; s < ranks.num_sources; s++)
			for (t = 0; t < ranks.num_targets; t++)
				other_of[sources[s] * ranks.num_targets + targets[t]] =
					of[s * ranks.num_targets + t];
		assert_int_equal(vdev_assign(&ranks, target_of), 0);
		assert_int_equal(vdev_assign(&other, other_target_of), 0);
		score = score_of(&ranks, target_of);
		other_score = score_of(&other, other_target_of);
		assert_memory_equal(&score, &other_score, sizeof(score));
	}
}

/* Whether the sources marked can take no target but those marked, which are one less. */
static void check_contenders(const struct ranks *ranks, const bool *sources, const bool *targets)
{
	unsigned int s, t, num_sources = 0, num_targets = 0;

	for (t = 0; t < ranks->num_targets; t++)
		num_targets += targets[t];
	for (s = 0; s < ranks->num_sources; s++) {
		num_sources += sources[s];
		for (t = 0; sources[s] && t < ranks->num_targets; t++)
			assert_true(targets[t] || !ranks->of[s * ranks->num_targets + t]);
	}
	assert_int_equal(num_sources, num_targets + 1);
}

static void who_has_none_is_one_too_many(void **state)
{
	uint32_t of[SMALL * SMALL], target_of[SMALL];
	unsigned int i, s, without = 0;

	(void)state;
	for (i = 0; i < CASES; i++) {
		struct ranks ranks = make_small(of);

		assert_int_equal(vdev_assign(&ranks, target_of), 0);
		for (s = 0; s < ranks.num_sources; s++) {
			bool sources[SMALL] = { false }, targets[SMALL] = { false };

			if (target_of[s] != ASSIGN_NONE)
				continue;
			without++;
			assert_int_equal(vdev_assign_contenders(&ranks, target_of, s, sources,
								targets), 0);
			assert_true(sources[s]);
			check_contenders(&ranks, sources, targets);
		}
	}
	assert_true(without > CASES / 10);
}

static double milliseconds_of(const struct ranks *ranks)
{
	static uint32_t target_of[LARGE];
	struct timespec from, to;

	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(vdev_assign(ranks, target_of), 0);
	clock_gettime(CLOCK_MONOTONIC, &to);
	return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

/* Printed, not judged: the machine and the sanitizers have a part in it. */
static void large_ones_take_milliseconds(void **state)
{
	static const uint32_t num_ranks[] = { 1, 4, 64, LARGE * LARGE };
	static uint32_t of[LARGE * LARGE];
	const struct ranks ranks = { .of = of, .num_sources = LARGE, .num_targets = LARGE };
	unsigned int i, j;

	(void)state;
	for (i = 0; i < sizeof(num_ranks) / sizeof(num_ranks[0]); i++) {
		for (j = 0; j < LARGE * LARGE; j++)
			of[j] = random_below(4) ? 1 + random_below(num_ranks[i]) : 0;
		print_message("# %d sources, %d targets, %u ranks: %.2f ms\n", LARGE, LARGE,
			      num_ranks[i], milliseconds_of(&ranks));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_assignment_is_the_best_of_all),
		cmocka_unit_test(what_is_assigned_does_not_depend_on_order),
		cmocka_unit_test(who_has_none_is_one_too_many),
		cmocka_unit_test(large_ones_take_milliseconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
