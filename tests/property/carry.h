/* SPDX-License-Identifier: GPL-2.0 */
/* Random sides as what travels between hosts. */
#ifndef CARRY_H
#define CARRY_H

#include <vdev/declaration.h>

#include "made.h"
#include "same.h"

#define CARRY_WORDS 4

/* What stands for each of the few words of random sides, as a text and as a name. */
struct carry_words {
	const char *texts[CARRY_WORDS];
	const char *names[CARRY_WORDS];
};

void carry_words_random(struct carry_words *words, struct random *random);

/* Put these words in the place of those of a side. */
void carry_translate(struct made *made, const struct carry_words *words);

/* The declaration of a side, or of what another declaration reports; never NULL. */
struct vdev_declaration *carry_declare(const struct made *made);
struct vdev_declaration *carry_again(const struct vdev_declaration *declaration);

/* By way of a token. */
struct vdev_declaration *carry_over(const struct vdev_declaration *declaration);

/*
 * Whether a judgement says the same as another one, or as the evaluator; if it is
 * @terse, only of failures and notes.
 */
bool same_report(const struct vdev_judgement *whole, const struct vdev_judgement *judgement,
		 bool terse);
bool same_answer(const struct judged *judged, const struct vdev_judgement *judgement,
		 bool terse);

#endif /* CARRY_H */
