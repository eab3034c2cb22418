// SPDX-License-Identifier: GPL-2.0
/*
 * One profile: made of a request, held against the rules for names and for
 * records. It has a copy of the request, and never changes. No locks.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "bounds.h"
#include "compat.h"
#include "parse.h"
#include "profile.h"

/* What is kept, in the order in which it is told. */
#define KEPT_MAX	VDEV_A_PROFILE_RECORD

static void read_attrs(struct vdev_profile *profile, struct nlattr **attrs)
{
	profile->name = nla_data(attrs[VDEV_A_PROFILE_NAME]);
	profile->scope.bus = vdev_string_or_null(attrs[VDEV_A_PROFILE_BUS]);
	profile->scope.driver = vdev_string_or_null(attrs[VDEV_A_PROFILE_DRIVER]);
	profile->scope.type = vdev_string_or_null(attrs[VDEV_A_PROFILE_TYPE]);
	profile->migration = nla_get_u32(attrs[VDEV_A_PROFILE_MIGRATION]);
}

static struct vdev_profile *profile_copy(struct nlattr **attrs)
{
	struct vdev_profile *profile;
	size_t len = 0;
	u8 *next;
	int i;

	for (i = 1; i <= KEPT_MAX; i++)
		len += attrs[i] ? NLA_ALIGN(attrs[i]->nla_len) : 0;
	profile = kvzalloc(struct_size(profile, data, len), GFP_KERNEL_ACCOUNT);
	if (!profile)
		return NULL;
	refcount_set(&profile->refs, 1);
	profile->len = len;
	next = profile->data;
	for (i = 1; i <= KEPT_MAX; i++) {
		if (!attrs[i])
			continue;
		memcpy(next, attrs[i], attrs[i]->nla_len);
		next += NLA_ALIGN(attrs[i]->nla_len);
	}
	return profile;
}

static int names_check(struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	struct vdev_refusal refusal = { };
	int err;

	err = vdev_profile_names_check(&refusal,
				       nla_data(attrs[VDEV_A_PROFILE_NAME]),
				       vdev_string_or_null(attrs[VDEV_A_PROFILE_BUS]),
				       vdev_string_or_null(attrs[VDEV_A_PROFILE_DRIVER]),
				       vdev_string_or_null(attrs[VDEV_A_PROFILE_TYPE]));
	if (!err)
		return 0;
	if (refusal.attr)
		NL_SET_BAD_ATTR(extack, attrs[refusal.attr]);
	vdev_compat_extack_text(extack, refusal.why);
	return err;
}

/*
 * An error can point into the request, not into the copy: so what is in the
 * request is read for its errors, and then the copy is.
 */
static int read_record(struct vdev_profile *profile, struct nlattr **attrs,
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
	read_attrs(profile, kept);
	return vdev_parse_declared(profile->parsed, kept[VDEV_A_PROFILE_RECORD],
				   NULL);
}

/**
 * vdev_profile_new() - make a profile of a request
 * @attrs: what is in the request, which has passed its policy
 * @extack: where an error is told
 *
 * Context: Process context. May sleep.
 * Return: the profile, to be given to vdev_profile_set() or to
 * vdev_profile_put(); or an ERR_PTR: -EINVAL, -ERANGE or -EMSGSIZE if
 * something is missing or out of its bounds, -ENOMEM.
 */
struct vdev_profile *vdev_profile_new(struct nlattr **attrs,
				      struct netlink_ext_ack *extack)
{
	struct vdev_profile *profile;
	int err;

	err = names_check(attrs, extack);
	if (err)
		return ERR_PTR(err);
	profile = profile_copy(attrs);
	if (!profile)
		return ERR_PTR(-ENOMEM);
	err = read_record(profile, attrs, extack);
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
