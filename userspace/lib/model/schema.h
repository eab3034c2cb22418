/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The attributes of the specification: their names, formats and nesting. Of
 * declarations, which are held to more, also what must be there and what may be
 * repeated.
 */
#ifndef VDEV_SCHEMA_H
#define VDEV_SCHEMA_H

#include <stddef.h>
#include <stdint.h>

enum attr_format {
	ATTR_UNKNOWN = 0,
	ATTR_U32,
	/* A number of 32 bits that is 0 or 1. */
	ATTR_BOOL,
	/* A number of 32 or of 64 bits, whichever is enough. */
	ATTR_UINT,
	ATTR_STRING,
	ATTR_FLAG,
	/* Bytes in a number that is a multiple of 8; bit n is bit n % 8 of byte n / 8. */
	ATTR_BITMAP,
	ATTR_NEST,
};

struct attr_def {
	const char *name;
	enum attr_format format;
	const struct attr_set *nest;
};

#define ATTR_BIT(type) (UINT64_C(1) << (type))
#define ATTR_CHOICES 3

/*
 * Bit n of a mask is the attribute with the number n. What is in neither
 * @sorted nor @ordered may be there once.
 */
struct attr_set {
	const char *name;
	const struct attr_def *defs;
	unsigned int num_defs;
	/* What a declaration must have. */
	uint64_t needed;
	/* Lists whose order has no meaning, and those whose order has one. */
	uint64_t sorted;
	uint64_t ordered;
	/* Numbers that are not 0: where nothing is reported, there is no number. */
	uint64_t nonzero;
	/* One of these must be there, whole, and nothing else; none: no choice. */
	uint64_t choices[ATTR_CHOICES];
};

extern const struct attr_set vdev_attr_set;

/* The source of a request, and the attributes of it of which a declaration is made. */
extern const struct attr_set vdev_source_set;
extern const struct attr_set vdev_declaration_set;

/* Those of a profile, in requests and replies about it. */
extern const struct attr_set vdev_profile_attrs;

/* What the family counts, and in it what it counts for a provider. */
extern const struct attr_set vdev_stats_attrs;
extern const struct attr_set vdev_provider_stats_attrs;

/* All sets, for the test that compares them with the specification. */
extern const struct attr_set *const vdev_attr_sets[];
extern const size_t vdev_num_attr_sets;

#endif /* VDEV_SCHEMA_H */
