/* SPDX-License-Identifier: GPL-2.0 */
/* A check and everything that it found, kept. */
#ifndef JUDGED_H
#define JUDGED_H

#include "kernel/include/linux/vdev_limits.h"
#include "../../kernel/model/check.h"

/* As many findings as there can be. */
#define JUDGED_MAX	(2 + 2 * VDEV_BLOCKERS_MAX + 5 + 2 * VDEV_FEATURES_MAX + \
			 2 * VDEV_PARAMS_MAX + 2 * VDEV_UNKNOWN_MAX + 3)
#define JUDGED_WORDS	(VDEV_FEATURE_BYTES / sizeof(uint64_t))

struct judged {
	struct vdev_check check;
	struct vdev_finding findings[JUDGED_MAX];
	unsigned int num;
	unsigned int num_texts;
	unsigned int num_bitmaps;
	char texts[4][VDEV_STRING_LEN + 1];
	uint64_t words[4 * VDEV_FEATURES_MAX][JUDGED_WORDS];
};

/* Judge the two sides; @judged may hold what an earlier check found. */
void judged_run(struct judged *judged, const struct vdev_operand *source,
		const struct vdev_operand *target);

/* Let the driver reject, too. */
void judged_veto(struct judged *judged, const char *reason);

/* The finding about a field, and the name if it has names; or NULL. */
const struct vdev_finding *judged_find(const struct judged *judged, uint32_t field,
				       const char *name);

/* What a code is by the specification, enum vdev_result. */
uint32_t judged_result(uint32_t code);

/* The verdict if nothing else was found, by the specification's own order of severity. */
uint32_t judged_severity(const struct vdev_finding *finding);

/* Below, at or above 0, as @a comes before @b, both are the same place, or not. */
int judged_order(const struct vdev_finding *a, const struct vdev_finding *b);

#endif /* JUDGED_H */
