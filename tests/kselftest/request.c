// SPDX-License-Identifier: GPL-2.0
/*
 * What the family says to attributes each of which is right: one that belongs to
 * another mode or command, one that is missing, two that exclude each other, one
 * that comes twice. See wire.c for wrong attributes, message.c for whole messages.
 */
#include "wire_fixture.h"

/* The fields of the request itself, one after the other. */
#define for_each_field(field) \
	for (field = wire_sets[WIRE_SET_REQUEST].fields; \
	     field < wire_sets[WIRE_SET_REQUEST].fields + \
		     wire_sets[WIRE_SET_REQUEST].num; field++)

/* Commands that have one mode alone have no attribute of the other. */
TEST_F(wire, rejects_what_belongs_to_the_other_mode)
{
	struct verdict verdict = VERDICT(EINVAL, ANYTHING);
	const struct wire_field *field;

	for_each_field(field) {
		enum wire_format format = wire_format(field, variant->command);

		if (!is_get(variant) || format == WIRE_REPORTED ||
		    field->type == VDEV_A_MAX_AGE ||
		    is_dump(variant) == (field->type == VDEV_A_FILTER))
			continue;
		begin(given);
		verdict.offset = wire_put_valid(&self->request, field->type, format);
		verdict.text = is_dump(variant) ? "a dump takes a filter alone" :
						  "a filter is for a dump";
		if (is_dump(variant))
			expect_from_start(&verdict);
		rejected(fixed, "other mode", field->name, &verdict);
	}
}

/* Whatever age is asked for, the answer has as many messages. */
TEST_F(wire, takes_any_age)
{
	static const uint32_t ages[] = { 0, 1, 1000, INT32_MAX, UINT32_MAX };
	unsigned int i, messages;

	/* Nothing that is counted is read from a device for it. */
	if (variant->command == VDEV_CMD_DEV_STATS_GET)
		return;
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
	rejected(fixed, "in stats-get", name, &verdict);
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
	rejected(fixed, "second", "ID", &verdict);

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
		rejected(fixed, "missing", "handle", &verdict);
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
		[VDEV_CMD_DEV_STATS_GET] = VDEV_A_BUS,
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
	rejected(fixed, "empty", "request", &verdict);
	if (variant->command != VDEV_CMD_TYPE_GET)
		try_parts(given, device);
	if (variant->command == VDEV_CMD_TYPE_GET ||
	    variant->command == VDEV_CMD_CHECK)
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
	rejected(fixed, "missing", "source", &verdict);
}

TEST_F(wire, rejects_both_a_number_and_a_name)
{
	struct verdict verdict = VERDICT(EINVAL, "id and name exclude each other");
	const struct wire_field *field;

	if (is_dump(variant))
		verdict.text = "a dump takes a filter alone";
	for_each_field(field) {
		if (wire_format(field, variant->command) != WIRE_NAME)
			continue;
		begin_empty(given);
		nl_string(&self->request, field->type, "x");
		verdict.offset = nl_u32(&self->request, VDEV_A_ID, own_id(given));
		if (is_dump(variant))
			expect_from_start(&verdict);
		rejected(fixed, "both", field->name, &verdict);
	}
}

TEST_F(wire, rejects_a_type_with_a_bus)
{
	struct verdict verdict = VERDICT(EINVAL, "a type is named by its parent, without a bus");

	if (variant->command != VDEV_CMD_CHECK)
		return;
	begin_empty(given);
	nl_string(&self->request, VDEV_A_PARENT, "x");
	verdict.offset = nl_string(&self->request, VDEV_A_BUS, "x");
	rejected(fixed, "type", "BUS", &verdict);
}
