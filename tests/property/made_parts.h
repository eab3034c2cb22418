/* SPDX-License-Identifier: GPL-2.0 */
/* The parts of a random side, for the files that make sides. */
#ifndef MADE_PARTS_H
#define MADE_PARTS_H

#include "made.h"

#define PICK(random, list) ((list)[random_below(random, sizeof(list) / sizeof((list)[0]))])

/* All strings of values. */
#define MADE_STRINGS 4
extern const char *const made_strings[MADE_STRINGS];

/* One of the three identities, and one of the bitmaps of a feature set. */
struct vdev_ident *made_ident_at(struct made *made, unsigned int i);
struct vdev_bitmap *made_bitmap_at(struct vdev_feature *feature, unsigned int i);

/* One more of what is accepted; there must be room for it. */
void made_add_range(struct made *made, struct random *random);
void made_add_allowed(struct vdev_param *param, struct random *random);

/* A rule, and a list to go with it. */
void made_rule(struct vdev_param *param, struct random *random);

#endif /* MADE_PARTS_H */
