/* SPDX-License-Identifier: GPL-2.0 */
/* What a newer version would declare. */
#ifndef NEWER_H
#define NEWER_H

#include <vdev/declaration.h>

#include "../kselftest/lib/random.h"

/*
 * The same declaration with attributes, words, flags and forms of a value that
 * this version does not know, and parts that it names; @num: how many of them
 * there are. Never NULL.
 */
struct vdev_declaration *newer_of(const struct vdev_declaration *declaration,
				  struct random *random, unsigned int *num);

#endif /* NEWER_H */
