/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the wire test share: the table of attributes, and the
 * table of what can be wrong with one.
 */
#ifndef _TESTS_WIRE_H
#define _TESTS_WIRE_H

#include <linux/vdev.h>

#include "lib/nl.h"

/* What a request may do with an attribute. */
enum wire_kind {
	WIRE_TOLD,	/* nothing: it is only ever told */
	WIRE_ID,	/* a u32 from 1 on */
	WIRE_U64,
	WIRE_NAME,	/* a string of at most VDEV_NAME_LEN bytes */
	WIRE_STRING,	/* a string of at most VDEV_STRING_LEN bytes */
	WIRE_FLAG,
	WIRE_FILTER,	/* a nest of the attributes in wire_filter_fields */
};

#define WIRE_BIT(kind)	(1u << WIRE_##kind)
#define WIRE_COMMANDS	2	/* VDEV_CMD_DEV_GET, VDEV_CMD_TYPE_GET */

/**
 * struct wire_field - an attribute
 * @type: its number
 * @name: its name
 * @kinds: what it is in dev-get and in type-get
 */
struct wire_field {
	uint16_t type;
	const char *name;
	enum wire_kind kinds[WIRE_COMMANDS];
};

extern const struct wire_field wire_fields[];
extern const unsigned int wire_num_fields;
extern const struct wire_field wire_filter_fields[];
extern const unsigned int wire_num_filter_fields;

enum wire_kind wire_kind(const struct wire_field *field, uint8_t command);
size_t wire_bound(enum wire_kind kind);
size_t wire_put_valid(struct nl_request *request, uint16_t type,
		      enum wire_kind kind);

/**
 * struct wire_fault - something that can be wrong with an attribute
 * @name: what is wrong
 * @kinds: the kinds of attribute to which it can happen, WIRE_BIT()s
 * @put: append such an attribute, and return where it is
 * @error: the errno expected
 * @text: the text expected
 * @nowhere: the acknowledgement cannot point at the attribute
 */
struct wire_fault {
	const char *name;
	unsigned int kinds;
	size_t (*put)(struct nl_request *request, uint16_t type,
		      enum wire_kind kind);
	int error;
	const char *text;
	bool nowhere;
};

extern const struct wire_fault wire_faults[];
extern const unsigned int wire_num_faults;

#endif /* _TESTS_WIRE_H */
