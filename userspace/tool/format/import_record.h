/* SPDX-License-Identifier: GPL-2.0 */
/* Reading JSON of unknown origin: a record. */
#ifndef VDEVCTL_IMPORT_RECORD_H
#define VDEVCTL_IMPORT_RECORD_H

#include "import.h"

/* The compared part, into the draft. */
void import_record(struct import *import, const struct node *record, struct vdev_draft *draft);

#endif /* VDEVCTL_IMPORT_RECORD_H */
