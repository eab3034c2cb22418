/* SPDX-License-Identifier: LGPL-2.1 */
/* Reading JSON of unknown origin: a record. */
#ifndef VDEV_LIB_IMPORT_RECORD_H
#define VDEV_LIB_IMPORT_RECORD_H

#include "import.h"

/* The compared part, into the draft. */
void import_record(struct import *import, const struct node *record, struct vdev_draft *draft);

#endif /* VDEV_LIB_IMPORT_RECORD_H */
