/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random sides of a check. The words are few, so that two sides often say the
 * same; what is made is within the bounds of a record.
 */
#ifndef MADE_H
#define MADE_H

#include "../kselftest/lib/random.h"
#include "../unit/judged.h"

#define MADE_ACCEPT	4
#define MADE_RANGES	3
#define MADE_VERSIONS	4
#define MADE_FEATURES	5
#define MADE_PARAMS	6
#define MADE_ALLOWED	4
#define MADE_BLOCKERS	3
#define MADE_WORDS	3
#define MADE_UNKNOWN	3

/* The bitmaps of a feature set. */
enum made_bitmap { SUPPORTED, PROVISIONED, REQUIRED, NEGOTIATED, MADE_BITMAPS };

/* A side with all that it points to, but for the strings. */
struct made {
	struct vdev_operand operand;
	struct vdev_record record;
	const char *accept[3][MADE_ACCEPT];
	struct vdev_software_version software_version;
	struct vdev_semver_range ranges[MADE_RANGES];
	struct vdev_version versions[MADE_VERSIONS];
	struct vdev_feature features[MADE_FEATURES];
	uint64_t words[MADE_FEATURES][MADE_BITMAPS][MADE_WORDS];
	struct vdev_param params[MADE_PARAMS];
	struct vdev_allowed allowed[MADE_PARAMS][MADE_ALLOWED];
	struct vdev_blocker blockers[MADE_BLOCKERS];
	const char *unknown[MADE_UNKNOWN];
};

void made_random(struct made *made, struct random *random);

/* A copy of @from that points into itself. */
void made_copy(struct made *made, const struct made *from);

/* Make one thing or another again. */
void made_change(struct made *made, struct random *random);

/* Give every list whose order means nothing another order. */
void made_shuffle(struct made *made, struct random *random);

/*
 * Let the target accept more than before, in one thing or another; false if that
 * did not come about, and then @target is of no use.
 */
bool made_widen(struct made *target, struct random *random);

/* Make what is offered longer without adding to it. */
void made_add_zeros(struct made *made);

/*
 * A pair: the target is like the source but for some changes, or has nothing to
 * do with it.
 */
void made_pair(struct made *source, struct made *target, struct random *random);

/* Say other things about what this side would accept as a target. */
void made_change_rules(struct made *source, struct random *random);

#endif /* MADE_H */
