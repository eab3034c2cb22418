/* SPDX-License-Identifier: LGPL-2.1 */
/* The other byte order of attributes. */
#ifndef VDEV_SWAP_H
#define VDEV_SWAP_H

#include <stdbool.h>

#include "model/schema.h"

/*
 * Swap the bytes of all numbers in place, of those in nests too. Of attributes
 * that are not known only the header is swapped. @from_host: the attributes are
 * in host byte order, else they will be. Returns 0, or -EBADMSG if the
 * attributes are malformed; what is not malformed is swapped all the same.
 */
int vdev_attrs_swap(const struct attr_set *set, void *attrs, size_t len, bool from_host);

#endif /* VDEV_SWAP_H */
