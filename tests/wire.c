// SPDX-License-Identifier: GPL-2.0
/*
 * What the family says to attributes that are wrong, byte by byte on raw
 * sockets. Each must get its errno, a text, and the place of the attribute (or
 * the number of the missing one), and must change nothing. The attributes are
 * in wire_fields.c, what can be wrong with one in wire_faults.c; messages that
 * are wrong as a whole are in message.c.
 */
#include "wire_fixture.h"

#include "lib/policy.h"

static void try_fault(GIVEN, const struct wire_fault *fault,
		      const struct wire_set *set, const struct wire_field *field)
{
	struct verdict verdict = { .error = fault->error, .text = fault->text };
	enum wire_kind kind = wire_kind(field, variant->command);
	size_t nests[WIRE_DEPTH];
	unsigned int depth;

	if (!(fault->kinds & (1u << kind)))
		return;
	begin(given);
	depth = wire_nests_begin(&self->request, set, nests);
	verdict.offset = fault->put(&self->request, field->type, kind);
	if (fault->nowhere)
		verdict.offset = NOWHERE;
	wire_nests_end(&self->request, nests, depth);
	refused(fixed, fault->name, field->name, &verdict);
}

static void try_faults(GIVEN, const struct wire_set *set)
{
	unsigned int i, j;

	for (i = 0; i < set->num; i++)
		for (j = 0; j < wire_num_faults; j++)
			try_fault(given, &wire_faults[j], set, &set->fields[i]);
}

/* A bad attribute is found although a good one of its kind comes later. */
TEST_F(wire, refuses_every_fault_in_every_attribute)
{
	unsigned int i;

	for (i = 0; i < WIRE_SETS; i++)
		if (wire_reaches(&wire_sets[i], variant->command))
			try_faults(given, &wire_sets[i]);
}

TEST_F(wire, refuses_a_bad_attribute_before_a_good_one)
{
	struct verdict verdict = VERDICT(EINVAL, variant->command == VDEV_CMD_FIND ?
					 "attribute is not part of this request" :
					 "invalid attribute length");

	begin_empty(given);
	verdict.offset = nl_attr(&self->request, VDEV_A_ID, "xxx", 3);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	refused(fixed, "first of two", "ID", &verdict);
}

static void try_unknown(GIVEN, const struct wire_set *set)
{
	const uint16_t types[] = { 0, set->max + 1, 255, HIGHEST };
	struct verdict verdict = VERDICT(EINVAL, UNKNOWN);
	size_t nests[WIRE_DEPTH];
	unsigned int i, depth;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		begin(given);
		depth = wire_nests_begin(&self->request, set, nests);
		verdict.offset = nl_u32(&self->request, types[i], 1);
		wire_nests_end(&self->request, nests, depth);
		refused(fixed, "unknown", set->name, &verdict);
	}
}

TEST_F(wire, refuses_attributes_that_are_not_known)
{
	unsigned int i;

	for (i = 0; i < WIRE_SETS; i++)
		if (wire_reaches(&wire_sets[i], variant->command))
			try_unknown(given, &wire_sets[i]);
}

TEST_F(wire, refuses_a_wrong_length_of_an_attribute)
{
	static const uint16_t lengths[] = { 0, 1, 3, 9, 12, 4096, UINT16_MAX };
	struct verdict verdict = VERDICT(EINVAL, LEFT_OVER);
	struct nlattr *attr;
	unsigned int i;

	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		begin(given);
		attr = (struct nlattr *)(self->request.data +
					 nl_u32(&self->request, VDEV_A_ID, 1));
		attr->nla_len = lengths[i];
		refused(fixed, "nla_len", "ID", &verdict);
	}
}

/* The fields of the request itself, one after the other. */
#define for_each_field(field) \
	for (field = wire_sets[WIRE_SET_REQUEST].fields; \
	     field < wire_sets[WIRE_SET_REQUEST].fields + \
		     wire_sets[WIRE_SET_REQUEST].num; field++)

/* Commands that have one mode alone have no attribute of the other. */
TEST_F(wire, refuses_what_belongs_to_the_other_mode)
{
	struct verdict verdict = VERDICT(EINVAL, ANYTHING);
	const struct wire_field *field;

	for_each_field(field) {
		enum wire_kind kind = wire_kind(field, variant->command);

		if (!is_get(variant) || kind == WIRE_TOLD ||
		    field->type == VDEV_A_MAX_AGE ||
		    is_dump(variant) == (field->type == VDEV_A_FILTER))
			continue;
		begin(given);
		verdict.offset = wire_put_valid(&self->request, field->type, kind);
		verdict.text = is_dump(variant) ? "a dump takes a filter alone" :
						  "a filter is for a dump";
		if (is_dump(variant))
			expect_from_start(&verdict);
		refused(fixed, "other mode", field->name, &verdict);
	}
}

/* Whatever age is asked for, the answer has as many messages. */
TEST_F(wire, takes_any_age)
{
	static const uint32_t ages[] = { 0, 1, 1000, INT32_MAX, UINT32_MAX };
	unsigned int i, messages;

	begin(given);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL, NULL));
	ASSERT_EQ(0, self->reply.error);
	messages = self->reply.messages;
	for (i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		begin(given);
		nl_u32(&self->request, VDEV_A_MAX_AGE, ages[i]);
		answered(fixed, "age", messages);
	}
}

static void begin_stats(FIXED)
{
	(void)_metadata;
	nl_begin(&self->request, self->family, NLM_F_ACK, VDEV_CMD_STATS_GET);
}

static void try_stats(FIXED, uint16_t type, const char *name, const char *text)
{
	struct verdict verdict = VERDICT(EINVAL, text);

	begin_stats(fixed);
	verdict.offset = nl_u32(&self->request, type, 1);
	refused(fixed, "in stats-get", name, &verdict);
}

/* What the family counts is an answer to a request without attributes alone. */
TEST_F(wire, counts_without_attributes)
{
	const uint16_t unknown[] = { 0, wire_stats.max + 1, 255, HIGHEST };
	unsigned int i;

	if (variant->command != VDEV_CMD_DEV_GET || is_dump(variant))
		return;
	begin_stats(fixed);
	answered(fixed, "counters", 1);
	EXPECT_EQ(wire_stats.max, wire_stats.num);
	for (i = 0; i < wire_stats.num; i++)
		try_stats(fixed, wire_stats.fields[i].type, wire_stats.fields[i].name,
			  "attribute is not part of this request");
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		try_stats(fixed, unknown[i], "unknown", UNKNOWN);
}

/* Of attributes that come twice the last one counts. */
TEST_F(wire, takes_the_last_of_two)
{
	struct verdict verdict = VERDICT(ENODEV, ANYTHING);
	size_t nest;

	begin_empty(given);
	if (is_dump(variant)) {
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		nl_string(&self->request, VDEV_A_FILTER_BUS, "sim");
		nl_string(&self->request, VDEV_A_FILTER_BUS, "none-such");
		nl_nest_end(&self->request, nest);
		answered(fixed, "two conditions", 0);
		return;
	}
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	verdict.offset = nl_u32(&self->request, VDEV_A_ID, INT32_MAX);
	verdict.text = absent_text(variant);
	refused(fixed, "second", "ID", &verdict);

	begin_empty(given);
	nl_u32(&self->request, VDEV_A_ID, INT32_MAX);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	answered(fixed, "two ids", 1);
}

/* Leave out each part of a name of one endpoint. */
static void try_parts(GIVEN, const uint16_t *parts)
{
	struct verdict verdict = VERDICT(EINVAL, "");
	unsigned int i, j;

	for (i = 0; parts[i]; i++) {
		begin_empty(given);
		for (j = 0; parts[j]; j++)
			if (j != i)
				nl_string(&self->request, parts[j], "x");
		verdict.missing = parts[i];
		refused(fixed, "missing", "handle", &verdict);
	}
}

/*
 * A request for one endpoint names it, and each part of a handle is required;
 * a dump requires nothing but the source, where it has one.
 */
TEST_F(wire, names_the_missing_attribute)
{
	static const uint16_t device[] = { VDEV_A_BUS, VDEV_A_NAME, 0 };
	static const uint16_t type[] = { VDEV_A_PARENT_BUS, VDEV_A_PARENT,
					 VDEV_A_NAME, 0 };
	static const uint16_t first[] = {
		[VDEV_CMD_DEV_GET] = VDEV_A_BUS,
		[VDEV_CMD_TYPE_GET] = VDEV_A_PARENT_BUS,
		[VDEV_CMD_CHECK] = VDEV_A_ID,
	};
	struct verdict verdict = VERDICT(EINVAL, "");

	begin_empty(given);
	if (is_dump(variant)) {
		ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL,
				    NULL));
		EXPECT_EQ(0, self->reply.error);
		EXPECT_LT(0, self->reply.messages);
		return;
	}
	verdict.missing = first[variant->command];
	refused(fixed, "empty", "request", &verdict);
	if (variant->command != VDEV_CMD_TYPE_GET)
		try_parts(given, device);
	if (variant->command != VDEV_CMD_DEV_GET)
		try_parts(given, type);
}

TEST_F(wire, names_the_missing_source)
{
	struct verdict verdict = VERDICT(EINVAL, "");

	if (is_get(variant))
		return;
	nl_begin(&self->request, self->family, variant->flags,
		 variant->command);
	if (!is_dump(variant))
		nl_u32(&self->request, VDEV_A_ID, own_id(given));
	verdict.missing = VDEV_A_SOURCE;
	if (is_dump(variant))
		expect_from_start(&verdict);
	refused(fixed, "missing", "source", &verdict);
}

TEST_F(wire, refuses_both_a_number_and_a_name)
{
	struct verdict verdict = VERDICT(EINVAL, "id and name exclude each other");
	const struct wire_field *field;

	if (is_dump(variant))
		verdict.text = "a dump takes a filter alone";
	for_each_field(field) {
		if (wire_kind(field, variant->command) != WIRE_NAME)
			continue;
		begin_empty(given);
		nl_string(&self->request, field->type, "x");
		verdict.offset = nl_u32(&self->request, VDEV_A_ID, own_id(given));
		if (is_dump(variant))
			expect_from_start(&verdict);
		refused(fixed, "both", field->name, &verdict);
	}
}

TEST_F(wire, refuses_a_type_with_a_bus)
{
	struct verdict verdict = VERDICT(EINVAL, "a type is named by its parent, without a bus");

	if (variant->command != VDEV_CMD_CHECK)
		return;
	begin_empty(given);
	nl_string(&self->request, VDEV_A_PARENT, "x");
	verdict.offset = nl_string(&self->request, VDEV_A_BUS, "x");
	refused(fixed, "type", "BUS", &verdict);
}

static void name_at_length(GIVEN, const char *string)
{
	struct verdict verdict = VERDICT(ENODEV, ANYTHING);

	begin_empty(given);
	if (variant->command == VDEV_CMD_TYPE_GET) {
		nl_string(&self->request, VDEV_A_PARENT_BUS, string);
		nl_string(&self->request, VDEV_A_PARENT, string);
	} else {
		nl_string(&self->request, VDEV_A_BUS, string);
	}
	verdict.offset = nl_string(&self->request, VDEV_A_NAME, string);
	refused(fixed, "longest", "handle", &verdict);
}

static void filter_at_length(GIVEN, const struct wire_field *field,
			     const char *string)
{
	size_t nest;

	begin_empty(given);
	nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
	nl_string(&self->request, field->type, string);
	nl_nest_end(&self->request, nest);
	answered(fixed, field->name, 0);
}

TEST_F(wire, takes_strings_up_to_their_bound)
{
	const struct wire_set *filter = &wire_sets[WIRE_SET_FILTER];
	char string[VDEV_STRING_LEN + 1];
	unsigned int i;

	memset(string, 'x', sizeof(string));
	string[VDEV_NAME_LEN] = '\0';
	if (!is_dump(variant)) {
		name_at_length(given, string);
		return;
	}
	for (i = 0; i < filter->num; i++) {
		size_t bound = wire_bound(wire_kind(&filter->fields[i],
						    variant->command));

		if (!bound)
			continue;
		memset(string, 'x', sizeof(string));
		string[bound] = '\0';
		filter_at_length(given, &filter->fields[i], string);
	}
}

static unsigned int policy_type(enum wire_kind kind)
{
	switch (kind) {
	case WIRE_TOLD:		return NL_ATTR_TYPE_INVALID;
	case WIRE_UINT:		return kernel_is_from(6, 7) ? POLICY_UINT :
						       NL_ATTR_TYPE_BINARY;
	case WIRE_NAME:
	case WIRE_STRING:	return NL_ATTR_TYPE_NUL_STRING;
	case WIRE_BITMAP:	return NL_ATTR_TYPE_BINARY;
	case WIRE_FLAG:		return NL_ATTR_TYPE_FLAG;
	case WIRE_NEST:		return NL_ATTR_TYPE_NESTED;
	default:		return NL_ATTR_TYPE_U32;
	}
}

/* Where the kernel tells the policy of a set. */
static int policy_index(GIVEN, const struct policy *policy,
			const struct wire_set *set)
{
	const struct wire_set *parent = &wire_sets[set->parent];
	int index;

	if (set == parent)
		return is_dump(variant) ? policy->dump_index : policy->do_index;
	index = policy_index(given, policy, parent);
	return index < 0 ? -1 : policy->attrs[index][set->attr].nested;
}

/* Rows and policy must agree; an attribute that is only told has no policy. */
static void compare_policy(GIVEN, const struct policy_attr *attrs,
			   const struct wire_set *set)
{
	bool row[POLICY_ATTRS] = { };
	unsigned int i;

	for (i = 0; i < set->num; i++) {
		const struct wire_field *field = &set->fields[i];
		enum wire_kind kind = wire_kind(field, variant->command);

		row[field->type] = true;
		EXPECT_EQ(policy_type(kind), attrs[field->type].type) {
			TH_LOG("%s", field->name);
		}
		EXPECT_EQ(wire_bound(kind), attrs[field->type].max_len) {
			TH_LOG("%s", field->name);
		}
	}
	for (i = 1; i < POLICY_ATTRS; i++) {
		EXPECT_EQ(i <= set->max, row[i]) {
			TH_LOG("%s: attribute %u has no row, or is not in the header",
			       set->name, i);
		}
		EXPECT_TRUE(row[i] || !attrs[i].type) {
			TH_LOG("%s: attribute %u of the running policy has no row",
			       set->name, i);
		}
	}
	(void)self;
}

TEST_F(wire, has_a_row_for_every_attribute_of_the_running_policy)
{
	struct policy policy;
	unsigned int i;
	int index;

	ASSERT_EQ(0, policy_read(self->fd, self->family, variant->command,
				 &policy));
	for (i = 0; i < WIRE_SETS; i++) {
		if (!wire_reaches(&wire_sets[i], variant->command))
			continue;
		index = policy_index(given, &policy, &wire_sets[i]);
		ASSERT_LE(0, index) {
			TH_LOG("no policy of %s", wire_sets[i].name);
		}
		compare_policy(given, policy.attrs[index], &wire_sets[i]);
	}
}
