// SPDX-License-Identifier: GPL-2.0
/*
 * What the family says to attributes that are wrong, byte by byte on raw
 * sockets. Each must get its errno, a text, and the place of the attribute (or
 * the number of the missing one), and must change nothing. The attributes are
 * in wire_fields.c, what can be wrong with one in wire_faults.c; attributes that do
 * not go together are in request.c, messages that are wrong as a whole in message.c.
 *
 * What a newer version can have in a source is rejected where the source has a
 * name, and a finding where it is a record.
 */
#include "wire_fixture.h"

#include "lib/policy.h"

/* What is in a source is validated where a dump starts. */
static bool is_late(GIVEN, const struct wire_fault *fault,
		    const struct wire_set *set, const struct wire_field *field)
{
	(void)_metadata;
	(void)self;
	if (!is_dump(variant))
		return false;
	return wire_in_source(set) ||
	       (set == &wire_sets[WIRE_SET_REQUEST] &&
		field->type == VDEV_A_SOURCE && fault->nowhere);
}

static void try_fault(GIVEN, const struct wire_fault *fault,
		      const struct wire_set *set, const struct wire_field *field)
{
	struct verdict verdict = { .error = fault->error, .text = fault->text };
	enum wire_format format = wire_format(field, variant->command);
	size_t nests[WIRE_DEPTH];
	unsigned int depth;

	if (!(fault->formats & (1u << format)))
		return;
	begin(given);
	depth = wire_nests_begin(&self->request, set, nests,
				 fault->newer ? self->device : 0);
	verdict.offset = fault->put(&self->request, field->type, format);
	if (fault->nowhere)
		verdict.offset = NOWHERE;
	wire_nests_end(&self->request, nests, depth);
	if (is_late(given, fault, set, field))
		expect_from_start(&verdict);
	rejected(fixed, fault->name, field->name, &verdict);
}

static void try_faults(GIVEN, const struct wire_set *set)
{
	unsigned int i, j;

	for (i = 0; i < set->num; i++)
		for (j = 0; j < wire_num_faults; j++)
			try_fault(given, &wire_faults[j], set, &set->fields[i]);
}

/* A bad attribute is found although a good one of its kind comes later. */
TEST_F(wire, rejects_every_fault_in_every_attribute)
{
	unsigned int i;

	for (i = 0; i < WIRE_SETS; i++)
		if (wire_reaches(&wire_sets[i], variant->command))
			try_faults(given, &wire_sets[i]);
}

TEST_F(wire, rejects_a_bad_attribute_before_a_good_one)
{
	struct verdict verdict = VERDICT(EINVAL, variant->command == VDEV_CMD_FIND ?
					 "attribute is not part of this request" :
					 "invalid attribute length");

	begin_empty(given);
	verdict.offset = nl_attr(&self->request, VDEV_A_ID, "xxx", 3);
	nl_u32(&self->request, VDEV_A_ID, own_id(given));
	rejected(fixed, "first of two", "ID", &verdict);
}

static void try_unknown(GIVEN, const struct wire_set *set)
{
	const uint16_t types[] = { 0, set->max + 1, 255, HIGHEST };
	struct verdict verdict = VERDICT(EINVAL, UNKNOWN);
	size_t nests[WIRE_DEPTH];
	unsigned int i, depth;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		begin(given);
		depth = wire_nests_begin(&self->request, set, nests,
					 self->device);
		verdict.text = UNKNOWN;
		verdict.offset = nl_u32(&self->request, types[i], 1);
		wire_nests_end(&self->request, nests, depth);
		if (is_dump(variant) && wire_in_source(set))
			expect_from_start(&verdict);
		rejected(fixed, "unknown", set->name, &verdict);
	}
}

TEST_F(wire, rejects_attributes_that_are_not_known)
{
	unsigned int i;

	for (i = 0; i < WIRE_SETS; i++)
		if (wire_reaches(&wire_sets[i], variant->command))
			try_unknown(given, &wire_sets[i]);
}

/* What an answer says of what is newer in the source. */
struct newer_seen {
	uint32_t target;
	unsigned int answers;
	uint32_t verdict;
	unsigned int findings;
	bool other;
	char path[VDEV_STRING_LEN + 1];
};

static void read_finding(const struct nlattr *finding, struct newer_seen *seen)
{
	const struct nlattr *name = nl_find_in(finding, VDEV_A_FINDING_NAME);

	if (nl_get_u32(nl_find_in(finding, VDEV_A_FINDING_FIELD)) !=
	    VDEV_FIELD_UNKNOWN)
		return;
	seen->findings++;
	snprintf(seen->path, sizeof(seen->path), "%s",
		 name ? (const char *)nl_data(name) : "no name");
	seen->other |=
		nl_get_u32(nl_find_in(finding, VDEV_A_FINDING_CODE)) !=
			VDEV_CODE_SOURCE_UNKNOWN ||
		nl_get_u32(nl_find_in(finding, VDEV_A_FINDING_RESULT)) !=
			VDEV_RESULT_NOTE;
}

static void read_newer(const struct nlmsghdr *message, void *arg)
{
	const char *attrs = (const char *)message + NLMSG_HDRLEN + GENL_HDRLEN;
	size_t len = message->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN;
	struct newer_seen *seen = (struct newer_seen *)arg;
	const struct nlattr *attr = NULL;
	uint32_t id;

	read_u32(message, VDEV_A_ID, &id);
	if (id != seen->target)
		return;
	seen->answers++;
	read_u32(message, VDEV_A_VERDICT, &seen->verdict);
	while ((attr = nl_next(attrs, len, attr)))
		if (nl_type(attr) == VDEV_A_FINDING)
			read_finding(attr, seen);
}

/* Ask for a source with what is newer, or without; @path: the one finding. */
static void try_newer(GIVEN, const struct wire_newer *newer, const char *path)
{
	struct newer_seen seen = { .target = self->device };

	nl_begin(&self->request, self->family, variant->flags,
		 variant->command);
	if (!is_dump(variant))
		nl_u32(&self->request, VDEV_A_ID, self->device);
	wire_put_source(&self->request, newer);
	ASSERT_EQ(0, nl_ask(self->fd, &self->request, &self->reply, read_newer,
			    &seen));
	EXPECT_EQ(0, self->reply.error) {
		TH_LOG("%s: %s", path, self->reply.text);
	}
	EXPECT_EQ(1, seen.answers);
	EXPECT_EQ(newer ? 1 : 0, seen.findings) {
		TH_LOG("%s: findings", path);
	}
	EXPECT_STREQ(path, seen.path);
	EXPECT_FALSE(seen.other) {
		TH_LOG("%s: another code or result", path);
	}
	EXPECT_EQ(newer ? VDEV_VERDICT_UNDECLARED : VDEV_VERDICT_IDENTICAL,
		  seen.verdict) {
		TH_LOG("%s: verdict", path);
	}
}

static void try_newer_attributes(GIVEN, const struct wire_set *set,
				 const char *prefix)
{
	const uint16_t types[] = { 0, set->max + 1, 99, HIGHEST };
	struct wire_newer newer = { .set = set, .number = 1 };
	char path[VDEV_STRING_LEN + 1];
	unsigned int i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		newer.type = types[i];
		snprintf(path, sizeof(path), "%sattribute-%u", prefix, types[i]);
		try_newer(given, &newer, path);
	}
}

static void try_newer_words(GIVEN, const struct wire_set *set,
			    const char *prefix)
{
	struct wire_newer newer = { .set = set, .number = 1u << 31 };
	char path[VDEV_STRING_LEN + 1];
	unsigned int i;

	for (i = 0; i < set->num; i++) {
		const struct wire_field *field = &set->fields[i];
		enum wire_format format = wire_format(field, variant->command);

		if (format != WIRE_WORD && format != WIRE_FLAGS)
			continue;
		newer.type = field->type;
		snprintf(path, sizeof(path), "%s%s", prefix,
			 wire_newer_word(field->name));
		try_newer(given, &newer, path);
	}
}

/* Wherever it is; nothing else is found, and the verdict is undeclared. */
TEST_F(wire, finds_what_is_newer_in_a_record)
{
	const struct wire_set *set;
	const char *prefix;

	if (is_get(variant))
		return;
	try_newer(given, NULL, "");
	for (set = wire_sets; set < wire_sets + WIRE_SETS; set++) {
		if (!wire_in_source(set))
			continue;
		prefix = wire_newer_prefix(set);
		ASSERT_NE(NULL, prefix) {
			TH_LOG("%s: no path", set->name);
		}
		try_newer_attributes(given, set, prefix);
		try_newer_words(given, set, prefix);
	}
}

TEST_F(wire, rejects_a_wrong_length_of_an_attribute)
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
		rejected(fixed, "nla_len", "ID", &verdict);
	}
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
	rejected(fixed, "longest", "handle", &verdict);
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
		size_t bound = wire_bound(wire_format(&filter->fields[i],
						      variant->command));

		if (!bound)
			continue;
		memset(string, 'x', sizeof(string));
		string[bound] = '\0';
		filter_at_length(given, &filter->fields[i], string);
	}
}

static unsigned int policy_type(enum wire_format format)
{
	switch (format) {
	case WIRE_REPORTED:		return NL_ATTR_TYPE_INVALID;
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

/* Where the kernel reports the policy of a set. */
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

/* There is one row for each attribute of the header; @row: those that there are. */
static void compare_header(FIXED, const struct wire_set *set,
			   bool row[POLICY_ATTRS])
{
	unsigned int i;

	for (i = 0; i < set->num; i++)
		row[set->fields[i].type] = true;
	for (i = 1; i < POLICY_ATTRS; i++) {
		EXPECT_EQ(i <= set->max, row[i]) {
			TH_LOG("%s: attribute %u has no row, or is not in the header",
			       set->name, i);
		}
	}
	(void)self;
}

/* Rows and policy must agree; an attribute that is only reported has no policy. */
static void compare_policy(GIVEN, const struct policy_attr *attrs,
			   const struct wire_set *set)
{
	bool row[POLICY_ATTRS] = { };
	unsigned int i;

	compare_header(fixed, set, row);
	for (i = 0; i < set->num; i++) {
		const struct wire_field *field = &set->fields[i];
		enum wire_format format = wire_format(field, variant->command);

		EXPECT_EQ(policy_type(format), attrs[field->type].type) {
			TH_LOG("%s", field->name);
		}
		EXPECT_EQ(wire_bound(format), attrs[field->type].max_len) {
			TH_LOG("%s", field->name);
		}
	}
	for (i = 1; i < POLICY_ATTRS; i++) {
		EXPECT_TRUE(row[i] || !attrs[i].type) {
			TH_LOG("%s: attribute %u of the running policy has no row",
			       set->name, i);
		}
	}
}

/*
 * What is in a source is not reported, as there can be newer parts in it. The faults
 * are tried in each row, all the same.
 */
static void compare_unreported(GIVEN, const struct policy *policy,
			       const struct wire_set *set)
{
	bool row[POLICY_ATTRS] = { };

	compare_header(fixed, set, row);
	EXPECT_GT(0, policy_index(given, policy, set)) {
		TH_LOG("a policy of %s is reported", set->name);
	}
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
		if (wire_in_source(&wire_sets[i])) {
			compare_unreported(given, &policy, &wire_sets[i]);
			continue;
		}
		index = policy_index(given, &policy, &wire_sets[i]);
		ASSERT_LE(0, index) {
			TH_LOG("no policy of %s", wire_sets[i].name);
		}
		compare_policy(given, policy.attrs[index], &wire_sets[i]);
	}
}
