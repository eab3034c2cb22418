// SPDX-License-Identifier: GPL-2.0
/*
 * One profile: made of a request, checked against the rules for names and for
 * records. It has a copy of the request, and never changes. No locks.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "codec/facts.h"
#include "codec/parse.h"
#include "compat.h"
#include "model/bounds.h"
#include "profile.h"

/* What is kept, in the order in which it is reported. */
static const int kept_types[] = {
	VDEV_A_PROFILE_NAME, VDEV_A_PROFILE_BUS, VDEV_A_PROFILE_DRIVER,
	VDEV_A_PROFILE_TYPE, VDEV_A_PROFILE_MIGRATION,
	VDEV_A_PROFILE_CAPABILITIES, VDEV_A_PROFILE_COST, VDEV_A_PROFILE_RECORD,
};

static u64 uint_or_0(const struct nlattr *attr)
{
	return attr ? vdev_compat_get_uint(attr) : 0;
}

static void profile_read_cost(struct vdev_cost *cost, const struct nlattr *nest)
{
	struct nlattr *attrs[VDEV_A_COST_MAX + 1];

	if (!nest)
		return;
	nla_parse_nested_deprecated(attrs, VDEV_A_COST_MAX, nest, NULL, NULL);
	cost->state_size = uint_or_0(attrs[VDEV_A_COST_STATE_SIZE]);
	cost->precopy_size = uint_or_0(attrs[VDEV_A_COST_PRECOPY_SIZE]);
	cost->downtime = uint_or_0(attrs[VDEV_A_COST_DOWNTIME]);
}

static void profile_read_attrs(struct vdev_profile *profile, struct nlattr **attrs)
{
	profile->name = nla_data(attrs[VDEV_A_PROFILE_NAME]);
	profile->scope.bus = vdev_string_or_null(attrs[VDEV_A_PROFILE_BUS]);
	profile->scope.driver = vdev_string_or_null(attrs[VDEV_A_PROFILE_DRIVER]);
	profile->scope.type = vdev_string_or_null(attrs[VDEV_A_PROFILE_TYPE]);
	profile->declared.migration = nla_get_u32(attrs[VDEV_A_PROFILE_MIGRATION]);
	profile->declared.capabilities =
		vdev_u32_or_0(attrs[VDEV_A_PROFILE_CAPABILITIES]);
	profile_read_cost(&profile->declared.cost, attrs[VDEV_A_PROFILE_COST]);
}

static struct vdev_profile *profile_copy(struct nlattr **attrs)
{
	struct vdev_profile *profile;
	const struct nlattr *attr;
	size_t len = 0;
	unsigned int i;
	u8 *next;

	for (i = 0; i < ARRAY_SIZE(kept_types); i++) {
		attr = attrs[kept_types[i]];
		len += attr ? NLA_ALIGN(attr->nla_len) : 0;
	}
	profile = kvzalloc(struct_size(profile, data, len), GFP_KERNEL_ACCOUNT);
	if (!profile)
		return NULL;
	refcount_set(&profile->refs, 1);
	profile->len = len;
	next = profile->data;
	for (i = 0; i < ARRAY_SIZE(kept_types); i++) {
		attr = attrs[kept_types[i]];
		if (!attr)
			continue;
		memcpy(next, attr, attr->nla_len);
		next += NLA_ALIGN(attr->nla_len);
	}
	return profile;
}

static int profile_names_check(struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_profile_names_check(&reason,
				       nla_data(attrs[VDEV_A_PROFILE_NAME]),
				       vdev_string_or_null(attrs[VDEV_A_PROFILE_BUS]),
				       vdev_string_or_null(attrs[VDEV_A_PROFILE_DRIVER]),
				       vdev_string_or_null(attrs[VDEV_A_PROFILE_TYPE]));
	if (!err)
		return 0;
	if (reason.attr)
		NL_SET_BAD_ATTR(extack, attrs[reason.attr]);
	vdev_parse_explain(extack, &reason);
	return err;
}

static int profile_cost_check(struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	const struct nlattr *nest = attrs[VDEV_A_PROFILE_COST];
	struct vdev_reason reason = { };
	struct vdev_cost cost = { };
	int err;

	/* It is kept as it came. */
	if (nest && nla_len(nest) > VDEV_A_COST_MAX * nla_total_size(sizeof(u64))) {
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "cost is larger than its three numbers");
		return -EMSGSIZE;
	}
	profile_read_cost(&cost, attrs[VDEV_A_PROFILE_COST]);
	err = vdev_cost_check(&reason, &cost);
	if (err) {
		NL_SET_BAD_ATTR(extack, attrs[VDEV_A_PROFILE_COST]);
		vdev_parse_explain(extack, &reason);
	}
	return err;
}

/*
 * An error can point into the request, not into the copy: so what is in the
 * request is read for its errors, and then the copy is.
 */
static int profile_read_record(struct vdev_profile *profile, struct nlattr **attrs,
			       struct netlink_ext_ack *extack)
{
	const struct nlattr *record = attrs[VDEV_A_PROFILE_RECORD];
	struct nlattr *kept[VDEV_A_PROFILE_MAX + 1];
	int err;

	profile->parsed = vdev_parsed_for(record ? nla_len(record) : 0, record);
	if (!profile->parsed)
		return -ENOMEM;
	err = vdev_parse_declared(profile->parsed, record, extack);
	if (err)
		return err;
	nla_parse_deprecated(kept, VDEV_A_PROFILE_MAX,
			     (const struct nlattr *)profile->data, profile->len,
			     NULL, NULL);
	profile_read_attrs(profile, kept);
	return vdev_parse_declared(profile->parsed, kept[VDEV_A_PROFILE_RECORD],
				   NULL);
}

/**
 * vdev_profile_new() - make a profile of a request
 * @attrs: what is in the request, which has passed its policy
 * @extack: where an error is reported
 *
 * Context: Process context. May sleep.
 * Return: the profile, to be given to vdev_profile_put(); or an ERR_PTR: -EINVAL,
 * -ERANGE or -EMSGSIZE if something is missing or out of its bounds, -ENOMEM.
 */
struct vdev_profile *vdev_profile_new(struct nlattr **attrs,
				      struct netlink_ext_ack *extack)
{
	struct vdev_profile *profile;
	int err;

	err = profile_names_check(attrs, extack) ?: profile_cost_check(attrs, extack);
	if (err)
		return ERR_PTR(err);
	profile = profile_copy(attrs);
	if (!profile)
		return ERR_PTR(-ENOMEM);
	err = profile_read_record(profile, attrs, extack);
	if (!err)
		return profile;
	vdev_profile_put(profile);
	return ERR_PTR(err);
}

/**
 * vdev_profile_put() - use a profile no longer
 * @profile: the profile; may be NULL
 *
 * Context: Process context. May sleep.
 */
void vdev_profile_put(struct vdev_profile *profile)
{
	if (!profile || !refcount_dec_and_test(&profile->refs))
		return;
	kvfree(profile->parsed);
	kvfree(profile);
}

/**
 * vdev_profile_view_of() - what a message shows of a profile
 * @profile: the profile, which must outlive the use of the view
 * @generation: generation of its last change
 * @snapshot: generation of the family
 *
 * Return: the view.
 */
struct vdev_profile_view vdev_profile_view_of(const struct vdev_profile *profile,
					      u64 generation, u64 snapshot)
{
	return (struct vdev_profile_view) {
		.data = profile->data,
		.len = profile->len,
		.instance = vdev_instance(),
		.generation = generation,
		.snapshot = snapshot,
	};
}
