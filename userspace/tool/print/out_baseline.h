/* SPDX-License-Identifier: GPL-2.0 */
/* What the hosts have in common for a model, on stdout or as JSON. */
#ifndef VDEVCTL_OUT_BASELINE_H
#define VDEVCTL_OUT_BASELINE_H

#include <jansson.h>

#include "format/baseline.h"

void baseline_print(const struct baseline *baseline);

/* NULL if there is no memory. */
json_t *baseline_json(const struct baseline *baseline);

#endif /* VDEVCTL_OUT_BASELINE_H */
