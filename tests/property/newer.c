// SPDX-License-Identifier: GPL-2.0
/*
 * Making a declaration newer, attribute by attribute. What is known stays where
 * it is, so that it can be judged.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/attr.h"
#include "model/declare.h"
#include "carry.h"
#include "newer.h"

/* More than are reported. */
#define MANY (VDEV_UNKNOWN_MAX + 6)

struct newer {
	struct writer out;
	struct random *random;
	/* One in so many places has something newer. */
	unsigned int rare;
	unsigned int num;
	/* Of the parameter that is written. */
	bool type_is_known;
	bool list_is_known;
};

/* An attribute that no version has had so far, with anything in it. */
static void put_attribute(struct newer *newer)
{
	static const uint16_t types[] = { 0, 50, 99, 254, 1000, 0x3fff };
	uint64_t bytes[4] = { random_next(newer->random), random_next(newer->random) };
	unsigned int type = types[random_below(newer->random, sizeof(types) / sizeof(types[0]))];
	unsigned int nested = random_one_in(newer->random, 4) ? NLA_F_NESTED : 0;

	vdev_writer_put(&newer->out, type | nested, bytes,
			random_below(newer->random, sizeof(bytes)));
	newer->num++;
}

static void put_attributes(struct newer *newer)
{
	uint64_t count = 1;

	if (!random_one_in(newer->random, newer->rare))
		return;
	if (random_one_in(newer->random, 4))
		count += random_below(newer->random, 4);
	if (random_one_in(newer->random, 200))
		count = MANY;
	while (count--)
		put_attribute(newer);
}

static bool is_word(const char *name)
{
	static const char *const words[] = { "rule", "migration", "endpoint", "value-type",
					     "origin" };
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(name, words[i]))
			return true;
	}
	return false;
}

/* A number above all words, or a bit above all flags. */
static void put_number(struct newer *newer, const struct attr_def *def, const struct nlattr *attr)
{
	uint32_t number = nla_get_u32(attr);
	uint32_t bit = 1U << (5 + random_below(newer->random, 27));
	bool flags = !strcmp(def->name, "flags") || !strcmp(def->name, "capabilities");

	if ((flags || is_word(def->name)) && random_one_in(newer->random, newer->rare)) {
		number = flags ? number | bit : number + bit;
		newer->num++;
		if (!strcmp(def->name, "value-type"))
			newer->type_is_known = false;
	}
	vdev_writer_u32(&newer->out, (unsigned int)nla_type(attr), number);
}

static void put_set(struct newer *newer, const struct attr_set *set, const struct nlattr *head,
		    int len);

/* Some of them can have another form than the ones that are known. */
static void put_nest(struct newer *newer, const struct attr_def *def, const struct nlattr *attr)
{
	bool list = !strcmp(def->name, "allowed");
	bool form = list || !strcmp(def->name, "value") || !strcmp(def->name, "off-value");
	size_t nest = vdev_writer_begin(&newer->out, (unsigned int)nla_type(attr));

	if (form && def->nest->choices[0] && random_one_in(newer->random, newer->rare)) {
		put_attribute(newer);
		newer->list_is_known &= !list;
	} else {
		put_set(newer, def->nest, nla_data(attr), nla_len(attr));
	}
	vdev_writer_end(&newer->out, nest);
}

static void put_param(struct newer *newer, const struct attr_def *def, const struct nlattr *attr)
{
	newer->type_is_known = true;
	newer->list_is_known = true;
	put_nest(newer, def, attr);
	/* The list as a whole is one more; without a type there is no list. */
	newer->num += newer->type_is_known && !newer->list_is_known;
}

static void put_set(struct newer *newer, const struct attr_set *set, const struct nlattr *head,
		    int len)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		const struct attr_def *def = vdev_attr_def(set, (unsigned int)nla_type(pos));

		if (def->format == ATTR_U32)
			put_number(newer, def, pos);
		else if (def->nest && !strcmp(def->name, "param"))
			put_param(newer, def, pos);
		else if (def->nest)
			put_nest(newer, def, pos);
		else
			vdev_writer_put(&newer->out, pos->nla_type, nla_data(pos),
					(size_t)nla_len(pos));
	}
	put_attributes(newer);
}

static void put_named(struct newer *newer)
{
	unsigned int count = (unsigned int)random_below(newer->random, 3);
	char path[VDEV_STRING_LEN + 1];

	if (random_one_in(newer->random, 50))
		count = MANY;
	newer->num += count;
	while (count--) {
		snprintf(path, sizeof(path), "record.newer%u.%0*u", count,
			 random_one_in(newer->random, 50) ? 200 : 1, 0);
		vdev_writer_string(&newer->out, VDEV_A_SOURCE_UNKNOWN, path);
	}
}

struct vdev_declaration *newer_of(const struct vdev_declaration *declaration,
				  struct random *random, unsigned int *num)
{
	struct newer newer = {
		.random = random, .rare = 4 + (unsigned int)random_below(random, 40),
	};
	struct vdev_declaration *made;
	struct vdev_error error = { 0 };

	put_set(&newer, &vdev_declaration_set, declaration->attrs, (int)declaration->len);
	if (random_one_in(random, 4))
		put_named(&newer);
	if (vdev_declaration_make(newer.out.data, newer.out.len, &made, &error)) {
		fprintf(stderr, "not declared: %s\n", error.message);
		abort();
	}
	vdev_writer_free(&newer.out);
	*num = newer.num;
	return made;
}
