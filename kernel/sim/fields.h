/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The readers of fields, for the table of keys.
 */
#ifndef _VDEV_SIM_FIELDS_H
#define _VDEV_SIM_FIELDS_H

#include "sim.h"

#define SIM_FIELD(reader)						\
	int sim_field_##reader(struct sim_parse *parse,			\
			       const struct sim_field *field, void *at,	\
			       char *text)

SIM_FIELD(text);
SIM_FIELD(u32);
SIM_FIELD(u64);
SIM_FIELD(bool);
SIM_FIELD(enum);
SIM_FIELD(flags);
SIM_FIELD(semver);
SIM_FIELD(bitmap);
SIM_FIELD(value);

/* These are given the entry, and add to the list in it. */
SIM_FIELD(semver_accept);
SIM_FIELD(ident_accept);
SIM_FIELD(allowed);

#endif /* _VDEV_SIM_FIELDS_H */
