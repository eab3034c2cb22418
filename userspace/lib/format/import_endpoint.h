/* SPDX-License-Identifier: LGPL-2.1 */
/* Reading JSON of unknown origin: an endpoint of a document. */
#ifndef VDEV_LIB_IMPORT_ENDPOINT_H
#define VDEV_LIB_IMPORT_ENDPOINT_H

#include "document.h"
#include "import.h"

/* Fill the endpoint; after an error of the import there is nothing in it. */
void import_endpoint(struct import *import, const struct node *node, struct endpoint *endpoint);

#endif /* VDEV_LIB_IMPORT_ENDPOINT_H */
