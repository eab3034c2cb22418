// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: carried [PAIRS [SEED]]
 *        carried --tokens [PAIRS [SEED]]
 *
 * What holds of the declarations of any two sides, and of their tokens, tried
 * with PAIRS random ones. TAP; the exit status is 0 only if all held each time.
 * With --tokens only the tokens are printed, one on a line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/check.h>

#include "model/declaration.h"
#include "carry.h"

enum claim {
	READS_BACK, MADE_AGAIN, IN_ANY_ORDER, ZEROS, DAMAGED, JUDGED, JUDGED_FROM_TOKENS, CLAIMS,
};

static const char *const sentences[CLAIMS] = {
	[READS_BACK] = "a token reads back byte for byte",
	[MADE_AGAIN] = "made of what it reports, a declaration is the same",
	[IN_ANY_ORDER] = "the order of lists makes no difference to a token",
	[ZEROS] = "zeros at the end of a bitmap make no difference to a token",
	[DAMAGED] = "a token of which one character is wrong is rejected",
	[JUDGED] = "the library says what the evaluator says",
	[JUDGED_FROM_TOKENS] = "it says the same of declarations that were tokens",
};

static unsigned long failed[CLAIMS];

static void claim(enum claim which, bool holds, unsigned long number)
{
	if (!holds && !failed[which]++)
		printf("# pair %lu: not so: %s\n", number, sentences[which]);
}

/* Compares, and frees the second. */
static bool is(const struct vdev_declaration *a, struct vdev_declaration *b)
{
	bool same = a->len == b->len && !memcmp(a->attrs, b->attrs, a->len);

	vdev_declaration_free(b);
	return same;
}

static bool damage_is_seen(const struct vdev_declaration *declaration, struct random *random)
{
	char *token = vdev_declaration_format(declaration);
	struct vdev_declaration *damaged;
	char *at = token + random_below(random, strlen(token));
	int err;

	*at = *at == 'A' ? 'B' : 'A';
	err = vdev_declaration_parse(token, &damaged, NULL);
	vdev_declaration_free(damaged);
	free(token);
	return err == -EBADMSG;
}

static bool judged_as(const struct judged *judged, const struct vdev_declaration *source,
		      const struct vdev_declaration *target)
{
	struct vdev_judgement *judgement = vdev_judge(source, target);
	bool same = same_answer(judged, judgement, false);

	vdev_judgement_free(judgement);
	return same;
}

struct pair {
	struct random random;
	struct made source;
	struct made target;
	struct judged judged;
};

static void make_pair(struct pair *pair, uint64_t seed, unsigned long number)
{
	struct carry_words words;

	random_start(&pair->random, seed, number);
	made_pair(&pair->source, &pair->target, &pair->random);
	carry_words_random(&words, &pair->random);
	carry_translate(&pair->source, &words);
	carry_translate(&pair->target, &words);
	/* What a declaration does not report. */
	pair->target.operand.capacity = 0;
}

/* The order of versions is reported, although it does not matter to a judgement. */
static void shuffle(struct made *made, struct random *random)
{
	struct vdev_version versions[MADE_VERSIONS];

	memcpy(versions, made->versions, sizeof(versions));
	made_shuffle(made, random);
	memcpy(made->versions, versions, sizeof(versions));
}

static void try_pair(struct pair *pair, unsigned long number)
{
	struct vdev_declaration *source = carry_declare(&pair->source);
	struct vdev_declaration *target = carry_declare(&pair->target);
	struct vdev_declaration *carried[] = { carry_over(source), carry_over(target) };

	judged_run(&pair->judged, &pair->source.operand, &pair->target.operand);
	claim(JUDGED, judged_as(&pair->judged, source, target), number);
	claim(JUDGED_FROM_TOKENS, judged_as(&pair->judged, carried[0], carried[1]), number);
	claim(READS_BACK, is(source, carried[0]) && is(target, carried[1]), number);
	claim(MADE_AGAIN, is(target, carry_again(target)), number);
	claim(DAMAGED, damage_is_seen(source, &pair->random), number);
	shuffle(&pair->target, &pair->random);
	claim(IN_ANY_ORDER, is(target, carry_declare(&pair->target)), number);
	made_add_zeros(&pair->source);
	claim(ZEROS, is(source, carry_declare(&pair->source)), number);
	vdev_declaration_free(source);
	vdev_declaration_free(target);
}

static void print_token(const struct made *made)
{
	struct vdev_declaration *declaration = carry_declare(made);
	char *token = vdev_declaration_format(declaration);

	puts(token);
	free(token);
	vdev_declaration_free(declaration);
}

static int report(unsigned long pairs, uint64_t seed)
{
	bool ok = true;
	unsigned int i;

	printf("TAP version 13\n1..%d\n# %lu pairs of seed %llu\n", CLAIMS, pairs,
	       (unsigned long long)seed);
	for (i = 0; i < CLAIMS; i++) {
		printf("%sok %u - %s\n", failed[i] ? "not " : "", i + 1, sentences[i]);
		ok &= !failed[i];
	}
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	bool tokens = argc > 1 && !strcmp(argv[1], "--tokens");
	char **args = argv + tokens;
	unsigned long pairs = argc - tokens > 1 ? strtoul(args[1], NULL, 0) : 100000;
	uint64_t seed = argc - tokens > 2 ? strtoull(args[2], NULL, 0) : 1;
	static struct pair pair;
	unsigned long i;

	for (i = 0; i < pairs; i++) {
		make_pair(&pair, seed, i);
		if (tokens)
			print_token(&pair.source);
		else
			try_pair(&pair, i);
	}
	return tokens ? 0 : report(pairs, seed);
}
