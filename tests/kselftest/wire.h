/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the wire test share: the tables of attributes, and the
 * table of what can be wrong with one.
 */
#ifndef _TESTS_WIRE_H
#define _TESTS_WIRE_H

#include <linux/vdev.h>

#include "lib/limits.h"
#include "lib/nl.h"

/* What a request may do with an attribute. */
enum wire_format {
	WIRE_REPORTED,	/* nothing: only a reply has it */
	WIRE_ID,	/* a u32 from 1 on */
	WIRE_U32,
	WIRE_UINT,	/* a number of 4 or of 8 bytes */
	WIRE_WORD,	/* a u32 of an enumeration that starts at 1 */
	WIRE_FLAGS,	/* a u32 of bits, bit 0 among them */
	WIRE_BOOL,	/* a u32, 0 or 1 */
	WIRE_NAME,	/* a string of at most VDEV_NAME_LEN bytes */
	WIRE_STRING,	/* a string of at most VDEV_STRING_LEN bytes */
	WIRE_BITMAP,	/* at most VDEV_FEATURE_BYTES bytes */
	WIRE_FLAG,
	WIRE_NEST,
};

#define WIRE_BIT(format)	(1u << WIRE_##format)
/* Those about endpoints, whose attributes are of one set. */
#define WIRE_COMMANDS	5
#define WIRE_DEPTH	8	/* more than any set is nested */

/**
 * struct wire_field - an attribute
 * @type: its number
 * @name: its name
 * @formats: what it is in each command
 */
struct wire_field {
	uint16_t type;
	const char *name;
	enum wire_format formats[WIRE_COMMANDS];
};

/* The sets of attributes, by where they are in a request. */
enum wire_place {
	WIRE_SET_REQUEST,
	WIRE_SET_FILTER,
	WIRE_SET_SOURCE,
	WIRE_SET_BLOCKER,
	WIRE_SET_RECORD,
	WIRE_SET_DEVICE_API,
	WIRE_SET_MODEL,
	WIRE_SET_TYPE,
	WIRE_SET_SOFTWARE_VERSION,
	WIRE_SET_SEMVER,
	WIRE_SET_SEMVER_RANGE,
	WIRE_SET_FROM,
	WIRE_SET_TO,
	WIRE_SET_VERSIONS,
	WIRE_SET_VERSION,
	WIRE_SET_FEATURE,
	WIRE_SET_PARAM,
	WIRE_SET_VALUE,
	WIRE_SET_OFF_VALUE,
	WIRE_SET_ALLOWED,
	WIRE_SET_AGGREGATION,
	WIRE_SET_CEILING,
	WIRE_SET_CEILING_FEATURE,
	WIRE_SET_CEILING_PARAM,
	WIRE_SETS
};

/**
 * struct wire_set - the attributes that can be at one place
 * @name: name of the place
 * @fields: the attributes
 * @num: length of @fields
 * @max: highest number of an attribute
 * @parent: what it is nested in; itself if that is nothing
 * @attr: the attribute of @parent that it is the inside of
 */
struct wire_set {
	const char *name;
	const struct wire_field *fields;
	unsigned int num;
	uint16_t max;
	enum wire_place parent;
	uint16_t attr;
};

extern const struct wire_set wire_sets[WIRE_SETS];

/* The attributes of stats-get, none of which a request takes. */
extern const struct wire_set wire_stats;

enum wire_format wire_format(const struct wire_field *field, uint8_t command);
bool wire_reaches(const struct wire_set *set, uint8_t command);
bool wire_in_source(const struct wire_set *set);
size_t wire_bound(enum wire_format format);
size_t wire_put_valid(struct nl_request *request, uint16_t type,
		      enum wire_format format);
unsigned int wire_nests_begin(struct nl_request *request,
			      const struct wire_set *set, size_t *nests,
			      uint32_t named);
void wire_nests_end(struct nl_request *request, const size_t *nests,
		    unsigned int depth);

/**
 * struct wire_fault - something that can be wrong with an attribute
 * @name: what is wrong
 * @formats: the kinds of attribute to which it can happen, WIRE_BIT()s
 * @put: append such an attribute, and return where it is
 * @error: the errno expected
 * @text: the text expected
 * @nowhere: the acknowledgment cannot point at the attribute
 * @newer: a newer version can mean something by it, so that it is accepted in a
 *	source that is a record
 */
struct wire_fault {
	const char *name;
	unsigned int formats;
	size_t (*put)(struct nl_request *request, uint16_t type,
		      enum wire_format format);
	int error;
	const char *text;
	bool nowhere;
	bool newer;
};

extern const struct wire_fault wire_faults[];
extern const unsigned int wire_num_faults;

/**
 * struct wire_newer - what is newer in a source
 * @set: where it is
 * @type: the number of the attribute, known there or not
 * @number: what is in it
 */
struct wire_newer {
	const struct wire_set *set;
	uint16_t type;
	uint32_t number;
};

/* What the target must report for the source to be identical but for what is newer. */
#define WIRE_TARGET	"device-api=x model=x type=x software-version=1.1.1 " \
			"feature=x,supported=1,provisioned=1 aggregation=x,units=1,count=1 " \
			"counter=x,value=1"

void wire_put_source(struct nl_request *request, const struct wire_newer *newer);
const char *wire_newer_prefix(const struct wire_set *set);
const char *wire_newer_word(const char *name);

#endif /* _TESTS_WIRE_H */
