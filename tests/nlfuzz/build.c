// SPDX-License-Identifier: GPL-2.0
/*
 * Requests as the specification allows them: any operation, any of the
 * attributes it takes, values within their bounds, mostly of one object that
 * exists. A source can be one of a newer version.
 */
#include <string.h>

#include "nlfuzz.h"

#define DEPTH	6
#define LONGEST	4096

/* What is put is in a record of a newer version, and what names an endpoint is left out. */
static bool newer;

static bool is_of(const char *name, const char *const *names, unsigned int num)
{
	while (num--) {
		if (!strcmp(name, names[num]))
			return true;
	}
	return false;
}

#define IS_OF(name, names)	is_of(name, names, sizeof(names) / sizeof((names)[0]))

static void put_number(struct random *random, const struct table_attr *attr,
		       struct nl_request *request)
{
	uint64_t span = attr->max - attr->min + 1;
	uint64_t number = random_number(random);

	if (newer && random_one_in(random, 16))
		span = 0;
	if (span)
		number = attr->min + number % span;
	if (span && random_one_in(random, 8))
		number = random_one_in(random, 2) ? attr->min : attr->max;
	if (attr->narrow && number <= UINT32_MAX && random_one_in(random, 2))
		nl_u32(request, attr->type, number);
	else
		nl_attr(request, attr->type, &number, attr->size);
}

static size_t some_length(struct random *random, const struct table_attr *attr)
{
	uint64_t max = attr->max < LONGEST ? attr->max : LONGEST;

	if (random_one_in(random, 4) || max <= attr->min)
		return max;
	return attr->min + random_below(random, max - attr->min + 1);
}

static void put_string(struct random *random, const struct table_attr *attr,
		       struct nl_request *request)
{
	char text[LONGEST + 1];
	size_t len = some_length(random, attr), i;

	for (i = 0; i < len; i++)
		text[i] = '!' + random_below(random, 94);
	text[len] = '\0';
	nl_attr(request, attr->type, text, len + 1);
}

static void put_binary(struct random *random, const struct table_attr *attr,
		       struct nl_request *request)
{
	uint64_t words[LONGEST / sizeof(uint64_t)];
	size_t len = some_length(random, attr), i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		words[i] = random_next(random);
	nl_attr(request, attr->type, words, len);
}

static void put_attr(struct random *random, const struct live *live,
		     const struct table_attr *attr, struct nl_request *request,
		     unsigned int depth);

/* Attributes that no specification has, with anything in them. */
static void put_unknown(struct random *random, struct nl_request *request)
{
	unsigned int times = random_one_in(random, 64) ? 200 : 1;
	unsigned char bytes[64];
	unsigned int i;

	if (!random_one_in(random, 4))
		return;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = random_next(random);
	while (times--)
		nl_attr(request, (random_one_in(random, 8) ? 0 :
				  64 + random_below(random, 0x3fff - 64)) |
				 (random_one_in(random, 4) ? NLA_F_NESTED : 0),
			bytes, random_below(random, sizeof(bytes)));
}

static void put_all(struct random *random, const struct live *live,
		    const struct table_set *set, struct nl_request *request,
		    unsigned int depth)
{
	static const char *const names[] = { "id", "bus", "name", "parent-bus",
					     "parent" };
	static const char *const needed[] = { "record", "migration" };
	unsigned int few = 1 + random_below(random, 6), i;
	bool source = newer && !strcmp(set->name, "source");

	for (i = 0; i < set->num && depth < DEPTH; i++) {
		const char *name = set->attrs[i].name;

		if (source && IS_OF(name, names))
			continue;
		if ((source && IS_OF(name, needed)) || random_one_in(random, few))
			put_attr(random, live, &set->attrs[i], request,
				 depth + 1);
	}
	if (newer)
		put_unknown(random, request);
}

static void put_nest(struct random *random, const struct live *live,
		     const struct table_attr *attr, struct nl_request *request,
		     unsigned int depth)
{
	size_t nest = nl_nest_begin(request, attr->type);
	bool outer = newer;

	if (!strcmp(attr->nested->name, "source"))
		newer = random_one_in(random, 2);
	put_all(random, live, attr->nested, request, depth);
	newer = outer;
	nl_nest_end(request, nest);
}

static bool put_live(struct random *random, const struct live *live,
		     const struct table_attr *attr, struct nl_request *request)
{
	const struct nlattr *found = NULL;

	if (live && attr->format != TABLE_NEST && !random_one_in(random, 8))
		found = live_find(live, attr);
	if (found)
		nl_attr(request, attr->type, nl_data(found), nl_len(found));
	return found;
}

static void put_attr(struct random *random, const struct live *live,
		     const struct table_attr *attr, struct nl_request *request,
		     unsigned int depth)
{
	if (put_live(random, live, attr, request))
		return;
	switch (attr->format) {
	case TABLE_NUMBER:
		put_number(random, attr, request);
		break;
	case TABLE_STRING:
		put_string(random, attr, request);
		break;
	case TABLE_BINARY:
		put_binary(random, attr, request);
		break;
	case TABLE_NEST:
		put_nest(random, live, attr, request, depth);
		break;
	default:
		nl_attr(request, attr->type, NULL, 0);
		break;
	}
}

void build_attr(struct random *random, const struct live *live,
		const struct table_attr *attr, struct nl_request *request)
{
	put_attr(random, live, attr, request, 0);
}

/* An attribute of any set: of a request, of an answer, of a nest. */
const struct table_attr *build_any(struct random *random)
{
	const struct table_set *set;

	set = table_sets[random_below(random, table_num_sets)];
	return &set->attrs[random_below(random, set->num)];
}

void build_request(struct random *random, uint16_t family,
		   struct nl_request *request)
{
	const struct table_op *op = &table_ops[random_below(random, table_num_ops)];
	const struct table_mode *mode = &op->modes[random_below(random, op->num)];
	const struct live *live = live_pick(random);
	unsigned int wanted = random_next(random), i;
	uint16_t flags = 0;

	if (random_one_in(random, 2))
		flags |= NLM_F_ACK;
	if (mode->dump)
		flags |= NLM_F_DUMP;
	nl_begin(request, family, flags, op->command);
	for (i = 0; i < mode->num; i++) {
		if (wanted & 1U << i % 32)
			put_attr(random, live, &op->set->attrs[mode->attrs[i]],
				 request, 0);
	}
	request->header.nlmsg_len = request->len;
	request->header.nlmsg_seq = random_next(random);
}
