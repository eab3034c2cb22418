/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The attributes of the specification: their names, kinds and nesting. A reply
 * is checked against it once, in full, before anything is decoded; the place
 * of an error is named by it.
 */
#ifndef VDEV_SCHEMA_H
#define VDEV_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

#include <netlink/attr.h>

/* Long enough for the longest path of names, and a number for unknown ones. */
#define ATTR_PATH_SIZE 160

enum attr_kind {
	ATTR_UNKNOWN = 0,
	ATTR_PAD,
	ATTR_U32,
	ATTR_U64,
	ATTR_STRING,
	ATTR_FLAG,
	ATTR_WORDS,
	ATTR_NEST,
};

struct attr_def {
	const char *name;
	enum attr_kind kind;
	const struct attr_set *nest;
};

struct attr_set {
	const char *name;
	const struct attr_def *defs;
	unsigned int num_defs;
};

extern const struct attr_set vdev_attr_set;

/* All sets, for the test that compares them with the specification. */
extern const struct attr_set *const vdev_attr_sets[];
extern const size_t vdev_num_attr_sets;

const struct attr_def *vdev_attr_def(const struct attr_set *set, unsigned int type);

/*
 * Check a stream of attributes and all that is nested in it. Unknown types
 * pass. Returns 0, or -EBADMSG with the path of the bad attribute in @path.
 */
int vdev_attrs_check(const struct attr_set *set, const struct nlattr *head, int len,
		     char path[ATTR_PATH_SIZE]);

/*
 * Name the attribute that starts @offset bytes after @base. @missing, if not
 * 0, is the type that should be in that nest; an offset of 0 is the top level.
 * Leaves an empty @path if there is no such attribute.
 */
void vdev_attr_path(const struct attr_set *set, const void *base, const struct nlattr *head,
		    int len, uint32_t offset, unsigned int missing,
		    char path[ATTR_PATH_SIZE]);

#endif /* VDEV_SCHEMA_H */
