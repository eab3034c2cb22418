/* SPDX-License-Identifier: GPL-2.0 */
/* Endpoints as a table, one line each, cut to the terminal where there is one. */
#ifndef VDEVCTL_LIST_TABLE_H
#define VDEVCTL_LIST_TABLE_H

#include <vdev/vdev.h>

#include "cli/known.h"

struct list_table;

/* NULL if there is no memory. */
struct list_table *list_table_new(void);
void list_table_free(struct list_table *table);

/*
 * Have these columns in this order, whose names have commas between them; NULL for those that
 * people ask for most. Returns 0, -ENOMEM, or -EINVAL with the name that is none.
 */
int list_table_columns(struct list_table *table, const char *names, char unknown[32]);

/* What there is to choose from. */
void list_table_known(struct known *known);

/* A vdev_object_fn with the table as its argument. Returns 0 or -ENOMEM. */
int list_table_add(const struct vdev_object *object, void *arg);
bool list_table_empty(const struct list_table *table);

/* Print it to stdout. Returns 0 or -ENOMEM. */
int list_table_print(struct list_table *table);

#endif /* VDEVCTL_LIST_TABLE_H */
