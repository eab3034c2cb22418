// SPDX-License-Identifier: LGPL-2.1
/*
 * The assignment of targets to sources. A largest matching is made first. Then it is filled
 * up to a perfect one: with rows for targets that are left over, and columns for sources.
 * Of each rank, from the best on, as many as possible are taken, by rotating along cycles on
 * which the number grows; then all is disallowed that is in no matching with that number.
 * What stays allowed is in equally good ones, and order decides among them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "assign.h"

#define WORD_BITS 64

/* A perfect matching of rows and columns, and what it may be changed to. */
struct assign {
	const struct ranks *ranks;
	unsigned int size;
	/* Column of each row, and row of each column. */
	uint32_t *column_of;
	uint32_t *row_of;
	/* Of each row, which columns it may have in the end. */
	bool *allowed;
	/* Of each row, the one whose column it takes if they rotate. */
	uint32_t *next;
	/* Room for what is found on the way. */
	uint32_t *queue;
	uint32_t *parent;
	int32_t *gain;
	uint64_t *reach;
	unsigned int words;
};

static bool *allowed(const struct assign *assign, unsigned int row, unsigned int column)
{
	return &assign->allowed[(size_t)row * assign->size + column];
}

/* 0 for what was added, too. */
static uint32_t rank_of(const struct assign *assign, unsigned int row, unsigned int column)
{
	const struct ranks *ranks = assign->ranks;

	if (row >= ranks->num_sources || column >= ranks->num_targets)
		return 0;
	return ranks->of[(size_t)row * ranks->num_targets + column];
}

/* Whether @row may take the column that @other has. */
static bool may_follow(const struct assign *assign, unsigned int row, unsigned int other)
{
	return row != other && *allowed(assign, row, assign->column_of[other]);
}

/*
 * Sources that @source can take a target from, directly or by a chain of such; @parent is who
 * would take it. Returns a free target at the end of a chain, or none.
 */
static uint32_t search_chain(const struct ranks *ranks, const uint32_t *row_of, unsigned int source,
			     uint32_t *queue, uint32_t *parent)
{
	unsigned int head, tail = 0, target;

	for (target = 0; target < ranks->num_targets; target++)
		parent[target] = ASSIGN_NONE;
	queue[tail++] = source;
	for (head = 0; head < tail; head++) {
		const uint32_t *row = &ranks->of[(size_t)queue[head] * ranks->num_targets];

		for (target = 0; target < ranks->num_targets; target++) {
			if (!row[target] || parent[target] != ASSIGN_NONE)
				continue;
			parent[target] = queue[head];
			if (row_of[target] == ASSIGN_NONE)
				return target;
			queue[tail++] = row_of[target];
		}
	}
	return ASSIGN_NONE;
}

/* Give the source a target, if one is to be had. */
static bool take_target(struct assign *assign, unsigned int source)
{
	uint32_t target = search_chain(assign->ranks, assign->row_of, source, assign->queue,
				       assign->parent);
	uint32_t before;

	if (target == ASSIGN_NONE)
		return false;
	for (; target != ASSIGN_NONE; target = before) {
		uint32_t row = assign->parent[target];

		before = assign->column_of[row];
		assign->column_of[row] = target;
		assign->row_of[target] = row;
	}
	return true;
}

/* Returns how many have one. */
static unsigned int match_most(struct assign *assign)
{
	unsigned int i, num = 0;

	memset(assign->column_of, 0xff, assign->size * sizeof(*assign->column_of));
	memset(assign->row_of, 0xff, assign->size * sizeof(*assign->row_of));
	for (i = 0; i < assign->ranks->num_sources; i++)
		num += take_target(assign, i);
	return num;
}

/* Each source or target that is left over has one of those that are added. */
static void fill_up(struct assign *assign, unsigned int matched)
{
	unsigned int num_sources = assign->ranks->num_sources;
	unsigned int num_targets = assign->ranks->num_targets;
	unsigned int column = num_targets, added = num_sources;
	unsigned int row;

	assign->size = num_sources + num_targets - matched;
	assign->words = (assign->size + WORD_BITS - 1) / WORD_BITS;
	for (row = 0; row < num_sources; row++)
		if (assign->column_of[row] == ASSIGN_NONE)
			assign->column_of[row] = column++;
	for (column = 0; column < num_targets; column++)
		if (assign->row_of[column] == ASSIGN_NONE)
			assign->column_of[added++] = column;
	for (row = 0; row < assign->size; row++) {
		assign->row_of[assign->column_of[row]] = row;
		for (column = 0; column < assign->size; column++)
			*allowed(assign, row, column) =
				rank_of(assign, row, column) ||
				(row < num_sources) != (column < num_targets);
	}
}

/* From @start on, each row takes the column of the next one. */
static void rotate(struct assign *assign, unsigned int start)
{
	uint32_t first = assign->column_of[start];
	unsigned int row;

	for (row = start; assign->next[row] != start; row = assign->next[row])
		assign->column_of[row] = assign->column_of[assign->next[row]];
	assign->column_of[row] = first;
	for (row = 0; row < assign->size; row++)
		assign->row_of[assign->column_of[row]] = row;
}

static void close_reach(struct assign *assign)
{
	unsigned int through, row, word;

	for (through = 0; through < assign->size; through++) {
		const uint64_t *more = &assign->reach[(size_t)through * assign->words];

		for (row = 0; row < assign->size; row++) {
			uint64_t *reach = &assign->reach[(size_t)row * assign->words];

			if (!(reach[through / WORD_BITS] >> through % WORD_BITS & 1))
				continue;
			for (word = 0; word < assign->words; word++)
				reach[word] |= more[word];
		}
	}
}

/* Disallow what is on no cycle, and so in no other matching. */
static void prune(struct assign *assign)
{
	unsigned int row, other;

	memset(assign->reach, 0,
	       (size_t)assign->size * assign->words * sizeof(*assign->reach));
	for (row = 0; row < assign->size; row++)
		for (other = 0; other < assign->size; other++)
			if (may_follow(assign, row, other))
				assign->reach[(size_t)row * assign->words + other / WORD_BITS] |=
					1ULL << other % WORD_BITS;
	close_reach(assign);
	for (row = 0; row < assign->size; row++)
		for (other = 0; other < assign->size; other++) {
			const uint64_t *reach = &assign->reach[(size_t)other * assign->words];

			if (row != other && !(reach[row / WORD_BITS] >> row % WORD_BITS & 1))
				*allowed(assign, row, assign->column_of[other]) = false;
		}
}

/* The best rank behind @rank that is allowed; 0 if there is none. */
static uint32_t next_rank(const struct assign *assign, uint32_t rank)
{
	uint32_t best = 0;
	unsigned int row, column;

	for (row = 0; row < assign->ranks->num_sources; row++)
		for (column = 0; column < assign->ranks->num_targets; column++) {
			uint32_t here = rank_of(assign, row, column);

			if (here > rank && (!best || here < best) && *allowed(assign, row, column))
				best = here;
		}
	return best;
}

/* How many more have the rank if @row takes the column of @other. */
static int gain_of(const struct assign *assign, unsigned int row, unsigned int other, uint32_t rank)
{
	return (rank_of(assign, row, assign->column_of[other]) == rank) -
	       (rank_of(assign, row, assign->column_of[row]) == rank);
}

/* Whether a longer chain of rows was found that ends in one of them. */
static bool lengthen(struct assign *assign, uint32_t rank)
{
	bool longer = false;
	unsigned int row, other;

	for (row = 0; row < assign->size; row++)
		for (other = 0; other < assign->size; other++) {
			int gain;

			if (!may_follow(assign, row, other))
				continue;
			gain = assign->gain[row] + gain_of(assign, row, other, rank);
			if (gain <= assign->gain[other])
				continue;
			assign->gain[other] = gain;
			assign->parent[other] = row;
			longer = true;
		}
	return longer;
}

/* A row on a cycle of parents, or none. */
static uint32_t find_cycle(struct assign *assign)
{
	uint32_t *seen = assign->queue;
	unsigned int start;
	uint32_t row;

	memset(seen, 0xff, assign->size * sizeof(*seen));
	for (start = 0; start < assign->size; start++) {
		for (row = start; row != ASSIGN_NONE && seen[row] == ASSIGN_NONE;
		     row = assign->parent[row])
			seen[row] = start;
		if (row != ASSIGN_NONE && seen[row] == start)
			return row;
	}
	return ASSIGN_NONE;
}

/* Chains grow until none can any more, or one has become a cycle; that gains. */
static uint32_t find_gain(struct assign *assign, uint32_t rank)
{
	uint32_t row = ASSIGN_NONE;

	memset(assign->gain, 0, assign->size * sizeof(*assign->gain));
	memset(assign->parent, 0xff, assign->size * sizeof(*assign->parent));
	while (row == ASSIGN_NONE && lengthen(assign, rank))
		row = find_cycle(assign);
	return row;
}

static void rotate_parents(struct assign *assign, uint32_t start)
{
	uint32_t row = start;

	do {
		assign->next[assign->parent[row]] = row;
		row = assign->parent[row];
	} while (row != start);
	rotate(assign, start);
}

/* Take the rank as often as possible, and disallow what is in no matching that does so. */
static void take_rank(struct assign *assign, uint32_t rank)
{
	unsigned int row, other;
	uint32_t start;

	while ((start = find_gain(assign, rank)) != ASSIGN_NONE)
		rotate_parents(assign, start);
	for (row = 0; row < assign->size; row++)
		for (other = 0; other < assign->size; other++)
			if (may_follow(assign, row, other) &&
			    assign->gain[row] + gain_of(assign, row, other, rank) <
				    assign->gain[other])
				*allowed(assign, row, assign->column_of[other]) = false;
}

/* The rows that can rotate so that one takes the column of @start; @next is how. */
static void find_rotations(struct assign *assign, unsigned int start)
{
	unsigned int head, tail = 0, row;

	memset(assign->next, 0xff, assign->size * sizeof(*assign->next));
	assign->queue[tail++] = start;
	for (head = 0; head < tail; head++)
		for (row = 0; row < assign->size; row++)
			if (row != start && assign->next[row] == ASSIGN_NONE &&
			    may_follow(assign, row, assign->queue[head])) {
				assign->next[row] = assign->queue[head];
				assign->queue[tail++] = row;
			}
}

/* The row gets the first column that it can have, and keeps it. */
static void settle(struct assign *assign, unsigned int row)
{
	unsigned int column, other;

	find_rotations(assign, row);
	for (column = 0; column < assign->column_of[row]; column++) {
		other = assign->row_of[column];
		if (!*allowed(assign, row, column) || assign->next[other] == ASSIGN_NONE)
			continue;
		assign->next[row] = other;
		rotate(assign, row);
		break;
	}
	for (column = 0; column < assign->size; column++)
		if (column != assign->column_of[row])
			*allowed(assign, row, column) = false;
	for (other = 0; other < assign->size; other++)
		if (other != row)
			*allowed(assign, other, assign->column_of[row]) = false;
}

static void choose(struct assign *assign)
{
	unsigned int row;
	uint32_t rank = 0;

	for (prune(assign); (rank = next_rank(assign, rank)); prune(assign))
		take_rank(assign, rank);
	for (row = 0; row < assign->ranks->num_sources; row++)
		settle(assign, row);
}

static int assign_init(struct assign *assign, const struct ranks *ranks)
{
	size_t size = (size_t)ranks->num_sources + ranks->num_targets;

	*assign = (struct assign){
		.ranks = ranks,
		.size = (unsigned int)size,
		.column_of = calloc(size, sizeof(*assign->column_of)),
		.row_of = calloc(size, sizeof(*assign->row_of)),
		.allowed = calloc(size, size * sizeof(*assign->allowed)),
		.next = calloc(size, sizeof(*assign->next)),
		.queue = calloc(size, sizeof(*assign->queue)),
		.parent = calloc(size, sizeof(*assign->parent)),
		.gain = calloc(size, sizeof(*assign->gain)),
		.reach = calloc(size, (size + WORD_BITS - 1) / WORD_BITS * sizeof(*assign->reach)),
	};
	if (assign->column_of && assign->row_of && assign->allowed && assign->next &&
	    assign->queue && assign->parent && assign->gain && assign->reach)
		return 0;
	return -ENOMEM;
}

static void assign_free(struct assign *assign)
{
	free(assign->column_of);
	free(assign->row_of);
	free(assign->allowed);
	free(assign->next);
	free(assign->queue);
	free(assign->parent);
	free(assign->gain);
	free(assign->reach);
}

int vdev_assign(const struct ranks *ranks, uint32_t *target_of)
{
	struct assign assign;
	int err = assign_init(&assign, ranks);
	unsigned int i;

	if (!err) {
		fill_up(&assign, match_most(&assign));
		choose(&assign);
	}
	for (i = 0; !err && i < ranks->num_sources; i++)
		target_of[i] = assign.column_of[i] < ranks->num_targets ? assign.column_of[i] :
									  ASSIGN_NONE;
	assign_free(&assign);
	return err;
}

int vdev_assign_contenders(const struct ranks *ranks, const uint32_t *target_of,
			   unsigned int source, bool *sources, bool *targets)
{
	struct assign assign;
	int err = assign_init(&assign, ranks);
	unsigned int i;

	if (!err) {
		memset(assign.row_of, 0xff, assign.size * sizeof(*assign.row_of));
		for (i = 0; i < ranks->num_sources; i++)
			if (target_of[i] != ASSIGN_NONE)
				assign.row_of[target_of[i]] = i;
		search_chain(ranks, assign.row_of, source, assign.queue, assign.parent);
	}
	for (i = 0; !err && i < ranks->num_targets; i++) {
		targets[i] = assign.parent[i] != ASSIGN_NONE;
		if (targets[i])
			sources[assign.row_of[i]] = true;
	}
	if (!err)
		sources[source] = true;
	assign_free(&assign);
	return err;
}
