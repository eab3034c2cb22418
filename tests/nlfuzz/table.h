/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The specification as a C table, which table.py makes: what the fuzzer knows
 * of the family, and all that it knows.
 */
#ifndef _NLFUZZ_TABLE_H
#define _NLFUZZ_TABLE_H

#include <stdint.h>

enum table_format {
	TABLE_NUMBER,	/* min and max are values */
	TABLE_STRING,	/* max is a length without the NUL */
	TABLE_BINARY,	/* max is a length */
	TABLE_FLAG,
	TABLE_NEST,
};

struct table_set;

/**
 * struct table_attr - an attribute
 * @name: its name
 * @type: its number
 * @format: what it holds
 * @size: of a number, in bytes
 * @narrow: a number that fits may have 4 bytes, too
 * @min: its smallest value or length
 * @max: its largest value or length
 * @nested: what a nest holds
 */
struct table_attr {
	const char *name;
	uint16_t type;
	enum table_format format;
	unsigned int size;
	int narrow;
	uint64_t min;
	uint64_t max;
	const struct table_set *nested;
};

struct table_set {
	const char *name;
	unsigned int num;
	const struct table_attr *attrs;
};

/**
 * struct table_mode - one way to call an operation
 * @dump: whether it is a dump
 * @num: how many attributes the request takes
 * @attrs: their positions in the operation's set
 */
struct table_mode {
	int dump;
	unsigned int num;
	const unsigned int *attrs;
};

struct table_op {
	const char *name;
	uint8_t command;
	const struct table_set *set;
	unsigned int num;
	const struct table_mode *modes;
};

extern const char table_family[];
extern const struct table_set *const table_sets[];
extern const unsigned int table_num_sets;
extern const struct table_op table_ops[];
extern const unsigned int table_num_ops;

/* The numbers of these words. */
extern const uint64_t table_field_unknown;
extern const uint64_t table_verdict_undeclared;

/* The attribute of that number, or NULL. */
const struct table_attr *table_find(const struct table_set *set, uint16_t type);

#endif /* _NLFUZZ_TABLE_H */
