/* SPDX-License-Identifier: GPL-2.0 */
/* Whether two findings, or two whole answers, say the same. */
#ifndef SAME_H
#define SAME_H

#include <vdev/check.h>

#include "../unit/judged.h"

bool same_text(const char *a, const char *b);
bool same_value(const struct vdev_value *a, const struct vdev_value *b);
bool same_finding(const struct vdev_finding *a, const struct vdev_finding *b);
bool same_rank(const struct vdev_rank *a, const struct vdev_rank *b);

bool same_judgement(const struct judged *a, const struct judged *b);

#endif /* SAME_H */
