// SPDX-License-Identifier: GPL-2.0
/*
 * Requests as the specification allows them: any operation, any of the
 * attributes it takes, values within their bounds, mostly of one object that
 * exists.
 */
#include <string.h>

#include "nlfuzz.h"

#define DEPTH	6
#define LONGEST	4096

static void put_number(struct random *random, const struct table_attr *attr,
		       struct nl_request *request)
{
	uint64_t span = attr->max - attr->min + 1;
	uint64_t number = random_number(random);

	if (span)
		number = attr->min + number % span;
	if (random_one_in(random, 8))
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

static void put_nest(struct random *random, const struct live *live,
		     const struct table_attr *attr, struct nl_request *request,
		     unsigned int depth)
{
	size_t nest = nl_nest_begin(request, attr->type);
	const struct table_set *set = attr->nested;
	unsigned int few = 1 + random_below(random, 6), i;

	for (i = 0; i < set->num && depth < DEPTH; i++) {
		if (random_one_in(random, few))
			put_attr(random, live, &set->attrs[i], request,
				 depth + 1);
	}
	nl_nest_end(request, nest);
}

static bool put_live(struct random *random, const struct live *live,
		     const struct table_attr *attr, struct nl_request *request)
{
	const struct nlattr *found = NULL;

	if (live && attr->kind != TABLE_NEST && !random_one_in(random, 8))
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
	switch (attr->kind) {
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
