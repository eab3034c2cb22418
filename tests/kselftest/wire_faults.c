// SPDX-License-Identifier: GPL-2.0
/*
 * What can be wrong with one attribute, whichever it is, and what the kernel
 * must say to that. The wire test applies each to every attribute of a fitting
 * kind, at the top level and in every nest.
 */
#include <errno.h>
#include <string.h>

#include "wire.h"

#define STRINGS		(WIRE_BIT(NAME) | WIRE_BIT(STRING))
#define NUMBERS		(WIRE_BIT(ID) | WIRE_BIT(U32) | WIRE_BIT(UINT) | \
			 WIRE_BIT(WORD) | WIRE_BIT(FLAGS) | WIRE_BIT(BOOL))

#define BAD_LENGTH	"invalid attribute length"
#define BAD_VALUE	"Attribute failed policy validation"
#define BAD_NUMBER	"integer out of range"
#define BAD_BIT		"reserved bit set"
#define IS_NEST		"NLA_F_NESTED not expected"
#define NO_NEST		"NLA_F_NESTED is missing"
#define LEFT_OVER	"bytes leftover after parsing attributes"
#define NOT_ASKED	"attribute is not part of this request"

static const char letters[4096] =
	{ [0 ... 4095] = 'x' };

static size_t put_letters(struct nl_request *request, uint16_t type, size_t len)
{
	return nl_attr(request, type, letters, len);
}

/* @len letters, then a NUL. */
static size_t put_string(struct nl_request *request, uint16_t type, size_t len)
{
	char string[sizeof(letters)];

	memcpy(string, letters, len);
	string[len] = '\0';
	return nl_attr(request, type, string, len + 1);
}

static size_t number_len(enum wire_format format)
{
	return format == WIRE_UINT ? sizeof(uint64_t) : sizeof(uint32_t);
}

static size_t put_empty(struct nl_request *request, uint16_t type,
			enum wire_format format)
{
	(void)format;
	return nl_attr(request, type, NULL, 0);
}

static size_t put_one_byte(struct nl_request *request, uint16_t type,
			   enum wire_format format)
{
	(void)format;
	return put_letters(request, type, 1);
}

static size_t put_three_bytes(struct nl_request *request, uint16_t type,
			      enum wire_format format)
{
	(void)format;
	return put_letters(request, type | NLA_F_NESTED, 3);
}

static size_t put_four_bytes(struct nl_request *request, uint16_t type,
			     enum wire_format format)
{
	(void)format;
	return put_letters(request, type, 4);
}

static size_t put_one_short(struct nl_request *request, uint16_t type,
			    enum wire_format format)
{
	return put_letters(request, type, number_len(format) - 1);
}

static size_t put_one_long(struct nl_request *request, uint16_t type,
			   enum wire_format format)
{
	return put_letters(request, type, number_len(format) + 1);
}

static size_t put_two_bytes(struct nl_request *request, uint16_t type,
			    enum wire_format format)
{
	(void)format;
	return put_letters(request, type, 2);
}

static size_t put_page(struct nl_request *request, uint16_t type,
		       enum wire_format format)
{
	(void)format;
	return put_letters(request, type, sizeof(letters));
}

static size_t put_zero(struct nl_request *request, uint16_t type,
		       enum wire_format format)
{
	(void)format;
	return nl_u32(request, type, 0);
}

static size_t put_two(struct nl_request *request, uint16_t type,
		      enum wire_format format)
{
	(void)format;
	return nl_u32(request, type, 2);
}

/* Above every enumeration, and a bit that no set of flags has. */
static size_t put_high_bit(struct nl_request *request, uint16_t type,
			   enum wire_format format)
{
	(void)format;
	return nl_u32(request, type, 1u << 31 | 1);
}

static size_t put_ones(struct nl_request *request, uint16_t type,
		       enum wire_format format)
{
	(void)format;
	return nl_u32(request, type, UINT32_MAX);
}

static size_t put_full_without_nul(struct nl_request *request, uint16_t type,
				   enum wire_format format)
{
	return put_letters(request, type, wire_bound(format));
}

static size_t put_over_without_nul(struct nl_request *request, uint16_t type,
				   enum wire_format format)
{
	return put_letters(request, type, wire_bound(format) + 1);
}

static size_t put_one_over(struct nl_request *request, uint16_t type,
			   enum wire_format format)
{
	return put_string(request, type, wire_bound(format) + 1);
}

static size_t put_far_over(struct nl_request *request, uint16_t type,
			   enum wire_format format)
{
	(void)format;
	return put_string(request, type, sizeof(letters) - 1);
}

/* The string ends in time, the attribute does not. */
static size_t put_long_tail(struct nl_request *request, uint16_t type,
			    enum wire_format format)
{
	char bytes[VDEV_STRING_LEN + 3] = "x";

	return nl_attr(request, type, bytes, wire_bound(format) + 2);
}

static size_t put_tail(struct nl_request *request, uint16_t type,
		       enum wire_format format)
{
	(void)format;
	return nl_attr(request, type, "x\0y", 4);
}

static size_t put_flat_as_nest(struct nl_request *request, uint16_t type,
			       enum wire_format format)
{
	return wire_put_valid(request, type | NLA_F_NESTED, format);
}

static size_t put_nest_as_flat(struct nl_request *request, uint16_t type,
			       enum wire_format format)
{
	struct nlattr inner = {
		.nla_len = NLA_HDRLEN,
		.nla_type = VDEV_A_FILTER_MIGRATABLE,
	};

	(void)format;
	return nl_attr(request, type, &inner, sizeof(inner));
}

/* A nest that holds an attribute which is longer than what is left of it. */
static size_t put_open_nest(struct nl_request *request, uint16_t type,
			    enum wire_format format)
{
	struct nlattr inner = {
		.nla_len = NLA_HDRLEN + 1,
		.nla_type = VDEV_A_FILTER_MIGRATABLE,
	};

	(void)format;
	return nl_attr(request, type | NLA_F_NESTED, &inner, sizeof(inner));
}

/* A nest whose attribute claims to be shorter than its own header. */
static size_t put_headless_nest(struct nl_request *request, uint16_t type,
				enum wire_format format)
{
	struct nlattr inner = {
		.nla_len = NLA_HDRLEN - 1,
		.nla_type = VDEV_A_FILTER_MIGRATABLE,
	};

	(void)format;
	return nl_attr(request, type | NLA_F_NESTED, &inner, sizeof(inner));
}

const struct wire_fault wire_faults[] = {
	{ "only reported", WIRE_BIT(REPORTED), put_four_bytes, EINVAL, NOT_ASKED },
	{ "only reported, empty", WIRE_BIT(REPORTED), put_empty, EINVAL, NOT_ASKED },
	{ "only reported, long", WIRE_BIT(REPORTED), put_page, EINVAL, NOT_ASKED },
	{ "only reported, as a nest", WIRE_BIT(REPORTED), put_flat_as_nest, EINVAL,
	  IS_NEST },

	{ "number without payload", NUMBERS, put_empty, EINVAL, BAD_LENGTH },
	{ "number of one byte", NUMBERS, put_one_byte, EINVAL, BAD_LENGTH },
	{ "number of two bytes", NUMBERS, put_two_bytes, EINVAL, BAD_LENGTH },
	{ "number one byte short", NUMBERS, put_one_short, EINVAL, BAD_LENGTH },
	{ "number one byte long", NUMBERS, put_one_long, EINVAL, BAD_LENGTH },
	{ "number of a page", NUMBERS, put_page, EINVAL, BAD_LENGTH },
	{ "number 0", WIRE_BIT(ID) | WIRE_BIT(WORD), put_zero, ERANGE,
	  BAD_NUMBER },
	{ "number that is no word", WIRE_BIT(WORD), put_high_bit, ERANGE,
	  BAD_NUMBER, .newer = true },
	{ "largest number", WIRE_BIT(WORD), put_ones, ERANGE, BAD_NUMBER,
	  .newer = true },
	{ "number far above 1", WIRE_BIT(BOOL), put_high_bit, ERANGE,
	  BAD_NUMBER },
	{ "largest number", WIRE_BIT(BOOL), put_ones, ERANGE, BAD_NUMBER },
	{ "number 2", WIRE_BIT(BOOL), put_two, ERANGE, BAD_NUMBER },
	{ "bit that means nothing", WIRE_BIT(FLAGS), put_high_bit, EINVAL,
	  BAD_BIT, .newer = true },
	{ "all bits", WIRE_BIT(FLAGS), put_ones, EINVAL, BAD_BIT,
	  .newer = true },
	{ "number as a nest", NUMBERS, put_flat_as_nest, EINVAL, IS_NEST },

	{ "string without payload", STRINGS, put_empty, EINVAL, BAD_VALUE },
	{ "string of one byte, no NUL", STRINGS, put_one_byte, EINVAL,
	  BAD_VALUE },
	{ "string at its bound, no NUL", STRINGS, put_full_without_nul, EINVAL,
	  BAD_VALUE },
	{ "string over its bound, no NUL", STRINGS, put_over_without_nul,
	  EINVAL, BAD_VALUE },
	{ "string one over its bound", STRINGS, put_one_over, EINVAL,
	  BAD_VALUE },
	{ "string far over its bound", STRINGS, put_far_over, EINVAL,
	  BAD_VALUE },
	{ "string with a tail over its bound", STRINGS, put_long_tail, ERANGE,
	  BAD_VALUE },
	{ "string with a tail", STRINGS, put_tail, EINVAL,
	  "string ends before its attribute" },
	{ "string as a nest", STRINGS, put_flat_as_nest, EINVAL, IS_NEST },

	{ "bitmap over its bound", WIRE_BIT(BITMAP), put_over_without_nul,
	  ERANGE, BAD_VALUE },
	{ "bitmap far over its bound", WIRE_BIT(BITMAP), put_page, ERANGE,
	  BAD_VALUE },
	{ "bitmap as a nest", WIRE_BIT(BITMAP), put_flat_as_nest, EINVAL,
	  IS_NEST },

	{ "flag with one byte", WIRE_BIT(FLAG), put_one_byte, ERANGE,
	  BAD_VALUE },
	{ "flag with a page", WIRE_BIT(FLAG), put_page, ERANGE, BAD_VALUE },
	{ "flag as a nest", WIRE_BIT(FLAG), put_flat_as_nest, EINVAL, IS_NEST },

	{ "nest without its flag", WIRE_BIT(NEST), put_nest_as_flat, EINVAL,
	  NO_NEST },
	{ "empty nest without its flag", WIRE_BIT(NEST), put_empty, EINVAL,
	  NO_NEST },
	{ "nest cut in an attribute's header", WIRE_BIT(NEST),
	  put_three_bytes, ERANGE, BAD_VALUE },
	{ "nest cut in an attribute", WIRE_BIT(NEST), put_open_nest, EINVAL,
	  LEFT_OVER, .nowhere = true },
	{ "nest with an attribute shorter than a header", WIRE_BIT(NEST),
	  put_headless_nest, EINVAL, LEFT_OVER, .nowhere = true },
};
const unsigned int wire_num_faults = sizeof(wire_faults) / sizeof(wire_faults[0]);
