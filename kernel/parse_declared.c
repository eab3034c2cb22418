// SPDX-License-Identifier: GPL-2.0
/*
 * What a profile declares of a record, from attributes: parts of a record,
 * some without a value, which a driver tells. No locks.
 */
#include "parse.h"

/* Stands for any value that a driver could tell. */
static const char any_value[] = "*";

static void fill_ident(struct vdev_ident *ident)
{
	if (!ident->value && ident->num_accept)
		ident->value = any_value;
}

static bool is_unknown(const struct vdev_feature *feature)
{
	return !feature->supported.words && !feature->provisioned.words;
}

/*
 * The bounds are those of a whole record; so take for granted what a driver has
 * to tell for the profile to fit.
 */
static int check_bounds(struct vdev_parsed *parsed, const struct nlattr *nest,
			struct netlink_ext_ack *extack)
{
	struct vdev_record record = parsed->record;
	unsigned long unknown = 0;
	unsigned int i;
	int err;

	fill_ident(&record.device_api);
	fill_ident(&record.model);
	fill_ident(&record.type);
	for (i = 0; i < record.num_features; i++) {
		if (!is_unknown(&parsed->features[i]))
			continue;
		parsed->features[i].supported = parsed->features[i].required;
		unknown |= BIT(i);
	}
	err = vdev_parse_bounds(&record, nest, extack);
	for (i = 0; i < record.num_features; i++) {
		if (unknown & BIT(i))
			parsed->features[i].supported = (struct vdev_bitmap) { };
	}
	return err;
}

/**
 * vdev_parse_declared() - read what a profile declares of a record
 * @parsed: where to put it
 * @record: the attribute, which has passed its policy; NULL for nothing. Its
 *	strings are used as they are.
 * @extack: where an error is told; NULL if it has been read before, and there
 *	can be none
 *
 * Return: 0; -EINVAL, -ERANGE or -EMSGSIZE if something is missing or out of
 * its bounds.
 */
int vdev_parse_declared(struct vdev_parsed *parsed, const struct nlattr *record,
			struct netlink_ext_ack *extack)
{
	int err;

	parsed->partial = true;
	vdev_parsed_empty(parsed);
	if (!record) {
		parsed->record = (struct vdev_record) { };
		return 0;
	}
	if (nla_len(record) > VDEV_OBJECT_BYTES) {
		NL_SET_ERR_MSG_ATTR(extack, record,
				    "record is larger than 24576 bytes");
		return -EMSGSIZE;
	}
	err = vdev_parse_record(parsed, record, extack);
	return err || !extack ? err : check_bounds(parsed, record, extack);
}
