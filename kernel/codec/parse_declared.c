// SPDX-License-Identifier: GPL-2.0
/*
 * What a profile declares of a record, from attributes: parts of a record,
 * some without a value, which a driver reports. No locks.
 */
#include "parse.h"
#include "parse_record.h"

/**
 * vdev_parse_declared() - read what a profile declares of a record
 * @parsed: where to put it
 * @record: the attribute, which has passed its policy; NULL for nothing. Its
 *	strings are used as they are.
 * @extack: where an error is reported; NULL if it has been read before, and
 *	there can be none
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
	err = vdev_parse_size(record, extack) ?:
	      vdev_parse_record(parsed, record, extack);
	return err || !extack ? err : vdev_parse_bounds(parsed, record, extack);
}
