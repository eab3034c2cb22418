// SPDX-License-Identifier: GPL-2.0
/*
 * What the family says to attributes that are wrong, byte by byte on raw
 * sockets. Each must get its errno, a text, and the place of the attribute (or
 * the number of the missing one), and must change nothing. The attributes are
 * in wire_fields.c, what can be wrong with one in wire_faults.c; messages that
 * are wrong as a whole are in message.c.
 */
#include <sys/utsname.h>

#include "wire_fixture.h"

#include "lib/policy.h"

/*
 * A verdict of the start of a dump. Kernels before 6.12 are not known to pass
 * more than the errno there.
 */
static void expect_from_start(struct verdict *verdict)
{
	struct utsname name;
	unsigned int major, minor;

	if (uname(&name) || sscanf(name.release, "%u.%u", &major, &minor) != 2)
		return;
	if (major > 6 || (major == 6 && minor >= 12))
		return;
	verdict->text = "";
	verdict->offset = NOWHERE;
}

static void try_fault(GIVEN, const struct wire_fault *fault,
		      const struct wire_field *field, bool in_filter)
{
	struct verdict verdict = { .error = fault->error, .text = fault->text };
	enum wire_kind kind = wire_kind(field, variant->command);
	size_t nest = 0;

	if (!(fault->kinds & (1u << kind)))
		return;
	begin(given);
	if (in_filter)
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
	verdict.offset = fault->put(&self->request, field->type, kind);
	if (fault->nowhere)
		verdict.offset = NOWHERE;
	if (in_filter)
		nl_nest_end(&self->request, nest);
	refused(fixed, fault->name, field->name, &verdict);
}

/* A bad attribute is found although a good one of its kind comes later. */
TEST_F(wire, refuses_every_fault_in_every_attribute)
{
	unsigned int i, j;

	for (i = 0; i < wire_num_fields; i++)
		for (j = 0; j < wire_num_faults; j++)
			try_fault(given, &wire_faults[j], &wire_fields[i], false);
}

TEST_F(wire, refuses_every_fault_in_every_condition_of_a_filter)
{
	unsigned int i, j;

	for (i = 0; i < wire_num_filter_fields; i++)
		for (j = 0; j < wire_num_faults; j++)
			try_fault(given, &wire_faults[j], &wire_filter_fields[i],
				  true);
}

TEST_F(wire, refuses_a_bad_attribute_before_a_good_one)
{
	struct verdict verdict = VERDICT(EINVAL, "invalid attribute length");

	begin_empty(given);
	verdict.offset = nl_attr(&self->request, VDEV_A_ID, "xxx", 3);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	refused(fixed, "first of two", "ID", &verdict);
}

TEST_F(wire, refuses_attributes_that_are_not_known)
{
	static const uint16_t types[] = { 0, VDEV_A_MAX + 1, 255, HIGHEST };
	struct verdict verdict = VERDICT(EINVAL, UNKNOWN);
	unsigned int i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		begin(given);
		verdict.offset = nl_u32(&self->request, types[i], 1);
		refused(fixed, "unknown", "top level", &verdict);
	}
}

TEST_F(wire, refuses_conditions_that_are_not_known)
{
	static const uint16_t types[] = { 0, VDEV_A_FILTER_MAX + 1, 255,
					  HIGHEST };
	struct verdict verdict = VERDICT(EINVAL, UNKNOWN);
	unsigned int i;
	size_t nest;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		begin(given);
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		verdict.offset = nl_u32(&self->request, types[i], 1);
		nl_nest_end(&self->request, nest);
		refused(fixed, "unknown", "filter", &verdict);
	}
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

TEST_F(wire, refuses_what_belongs_to_the_other_mode)
{
	struct verdict verdict = VERDICT(EINVAL, ANYTHING);
	unsigned int i;
	size_t other;

	for (i = 0; i < wire_num_fields; i++) {
		const struct wire_field *field = &wire_fields[i];
		enum wire_kind kind = wire_kind(field, variant->command);

		if (kind == WIRE_TOLD || is_dump(variant) == (kind == WIRE_FILTER))
			continue;
		begin(given);
		other = wire_put_valid(&self->request, field->type, kind);
		verdict.offset = other;
		verdict.text = is_dump(variant) ? "a dump takes a filter alone" :
						  "a filter is for a dump";
		if (is_dump(variant))
			expect_from_start(&verdict);
		refused(fixed, "other mode", field->name, &verdict);
	}
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
	verdict.text = variant->command == VDEV_CMD_DEV_GET ? "no such device" :
							      "no such type";
	refused(fixed, "second", "ID", &verdict);

	begin_empty(given);
	nl_u32(&self->request, VDEV_A_ID, INT32_MAX);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	answered(fixed, "two ids", 1);
}

/*
 * A request for one endpoint names it, and each part of a handle is required;
 * a dump requires nothing.
 */
TEST_F(wire, names_the_missing_attribute)
{
	static const uint16_t device[] = { VDEV_A_BUS, VDEV_A_NAME, 0 };
	static const uint16_t type[] = { VDEV_A_PARENT_BUS, VDEV_A_PARENT,
					 VDEV_A_NAME, 0 };
	const uint16_t *parts = variant->command == VDEV_CMD_DEV_GET ? device : type;
	struct verdict verdict = VERDICT(EINVAL, "");
	unsigned int i, j;

	begin_empty(given);
	if (is_dump(variant)) {
		ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, NULL,
				    NULL));
		EXPECT_EQ(0, self->reply.error);
		EXPECT_LT(0, self->reply.messages);
		return;
	}
	verdict.missing = parts[0];
	refused(fixed, "empty", "request", &verdict);
	for (i = 0; parts[i]; i++) {
		begin_empty(given);
		for (j = 0; parts[j]; j++)
			if (j != i)
				nl_string(&self->request, parts[j], "x");
		verdict.missing = parts[i];
		refused(fixed, "missing", "handle", &verdict);
	}
}

TEST_F(wire, refuses_both_a_number_and_a_name)
{
	struct verdict verdict = VERDICT(EINVAL, "id and name exclude each other");
	unsigned int i;

	if (is_dump(variant))
		verdict.text = "a dump takes a filter alone";
	for (i = 0; i < wire_num_fields; i++) {
		if (wire_kind(&wire_fields[i], variant->command) != WIRE_NAME)
			continue;
		begin_empty(given);
		nl_string(&self->request, wire_fields[i].type, "x");
		verdict.offset = nl_u32(&self->request, VDEV_A_ID, own_id(given));
		if (is_dump(variant))
			expect_from_start(&verdict);
		refused(fixed, "both", wire_fields[i].name, &verdict);
	}
}

TEST_F(wire, takes_strings_up_to_their_bound)
{
	struct verdict verdict = VERDICT(ENODEV, ANYTHING);
	char string[VDEV_STRING_LEN + 1];
	unsigned int i;
	size_t nest;

	if (!is_dump(variant)) {
		memset(string, 'x', VDEV_NAME_LEN);
		string[VDEV_NAME_LEN] = '\0';
		begin_empty(given);
		for (i = 0; i < wire_num_fields; i++)
			if (wire_kind(&wire_fields[i], variant->command) == WIRE_NAME &&
			    wire_fields[i].type != VDEV_A_NAME)
				nl_string(&self->request, wire_fields[i].type,
					  string);
		verdict.offset = nl_string(&self->request, VDEV_A_NAME, string);
		refused(fixed, "longest", "handle", &verdict);
		return;
	}
	for (i = 0; i < wire_num_filter_fields; i++) {
		size_t bound = wire_bound(wire_kind(&wire_filter_fields[i],
						    variant->command));

		if (!bound)
			continue;
		memset(string, 'x', bound);
		string[bound] = '\0';
		begin_empty(given);
		nest = nl_nest_begin(&self->request, VDEV_A_FILTER);
		nl_string(&self->request, wire_filter_fields[i].type, string);
		nl_nest_end(&self->request, nest);
		answered(fixed, wire_filter_fields[i].name, 0);
	}
}

static unsigned int policy_type(enum wire_kind kind)
{
	switch (kind) {
	case WIRE_ID:		return NL_ATTR_TYPE_U32;
	case WIRE_U64:		return NL_ATTR_TYPE_U64;
	case WIRE_NAME:
	case WIRE_STRING:	return NL_ATTR_TYPE_NUL_STRING;
	case WIRE_FLAG:		return NL_ATTR_TYPE_FLAG;
	case WIRE_FILTER:	return NL_ATTR_TYPE_NESTED;
	default:		return NL_ATTR_TYPE_INVALID;
	}
}

/* Rows and policy must agree; an attribute that is only told has no policy. */
static void compare_policy(GIVEN, const struct policy *policy, int index,
			   const struct wire_field *fields, unsigned int num,
			   unsigned int max)
{
	bool row[POLICY_ATTRS] = { };
	unsigned int i;

	for (i = 0; i < num; i++) {
		const struct policy_attr *attr = &policy->attrs[index][fields[i].type];
		enum wire_kind kind = wire_kind(&fields[i], variant->command);

		row[fields[i].type] = true;
		EXPECT_EQ(policy_type(kind), attr->type) {
			TH_LOG("%s", fields[i].name);
		}
		EXPECT_EQ(wire_bound(kind), attr->max_len) {
			TH_LOG("%s", fields[i].name);
		}
	}
	for (i = 1; i < POLICY_ATTRS; i++) {
		EXPECT_EQ(i <= max, row[i]) {
			TH_LOG("attribute %u has no row, or is not in the header", i);
		}
		EXPECT_TRUE(row[i] || !policy->attrs[index][i].type) {
			TH_LOG("attribute %u of the running policy has no row", i);
		}
	}
	(void)self;
}

TEST_F(wire, has_a_row_for_every_attribute_of_the_running_policy)
{
	struct policy policy;
	int top, filter;

	ASSERT_EQ(0, policy_read(self->fd, self->family, variant->command,
				 &policy));
	top = is_dump(variant) ? policy.dump_index : policy.do_index;
	ASSERT_LE(0, top);
	compare_policy(given, &policy, top, wire_fields, wire_num_fields,
		       VDEV_A_MAX);
	filter = policy.attrs[top][VDEV_A_FILTER].nested;
	ASSERT_LE(0, filter);
	compare_policy(given, &policy, filter, wire_filter_fields,
		       wire_num_filter_fields, VDEV_A_FILTER_MAX);
}
