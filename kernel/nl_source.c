// SPDX-License-Identifier: GPL-2.0
/*
 * The source of check and of find: a record that comes with the request, or an
 * endpoint of this host, which is read once and stays as it was then.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "nl_source.h"

static int parse_local(struct vdev_source *source,
		       struct netlink_ext_ack *extack)
{
	const struct nlattr *alien = source->attrs[VDEV_A_SOURCE_RECORD] ?:
				     source->attrs[VDEV_A_SOURCE_MIGRATION] ?:
				     source->attrs[VDEV_A_SOURCE_BLOCKER];

	if (alien) {
		NL_SET_ERR_MSG_ATTR(extack, alien,
				    "a source has a name or a record, not both");
		return -EINVAL;
	}
	source->local = true;
	source->key.mark = VDEV_IS_ANY;
	return vdev_key_parse(&source->key, &source->naming);
}

static int parse_declared(struct vdev_source *source, const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	source->parsed = vdev_parsed_for(nla_len(nest),
					 source->attrs[VDEV_A_SOURCE_RECORD]);
	if (!source->parsed)
		return -ENOMEM;
	return vdev_parse_declaration(source->parsed, nest, source->attrs,
				      extack);
}

/**
 * vdev_source_parse() - read what a request says of the source
 * @source: where to put it; zeroed, and to be cleared also after a failure
 * @nest: the attribute, which has passed its policy
 * @extack: where an error is told; must be valid until
 *	vdev_source_read_locked()
 *
 * Context: Process context. May sleep.
 * Return: 0; -EINVAL, -ERANGE or -EMSGSIZE if something is missing, too much
 * or out of its bounds, -ENOMEM.
 */
int vdev_source_parse(struct vdev_source *source, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	nla_parse_nested_deprecated(source->attrs, VDEV_A_SOURCE_MAX, nest,
				    NULL, NULL);
	source->naming = (struct vdev_naming) {
		.numbers = &vdev_nl_source_key_attrs,
		.attrs = source->attrs,
		.nest = nest,
		.extack = extack,
	};
	if (vdev_key_given(&source->naming))
		return parse_local(source, extack);
	return parse_declared(source, nest, extack);
}

/**
 * vdev_source_read_locked() - read a source of this host as it is now
 * @source: the source; nothing is done if it came with the request
 *
 * Context: Process context, vdev_registry_sem held. May sleep.
 * Return: 0; -ENODEV if there is no such endpoint, -ENOMEM.
 */
int vdev_source_read_locked(struct vdev_source *source)
{
	const struct vdev_endpoint *endpoint;
	const struct vdev_blob *blob;

	if (!source->local)
		return 0;
	endpoint = vdev_find_locked(&source->key);
	if (!endpoint) {
		vdev_key_blame(&source->naming);
		NL_SET_ERR_MSG(source->naming.extack, "no such source");
		return -ENODEV;
	}
	blob = endpoint->blob;
	source->blob = kmemdup(blob, struct_size(blob, data, blob->len),
			       GFP_KERNEL_ACCOUNT);
	source->parsed = vdev_parsed_for_blob(blob);
	if (!source->blob || !source->parsed)
		return -ENOMEM;
	return vdev_parse_endpoint(source->parsed, vdev_endpoint_kind(endpoint),
				   source->blob);
}

/**
 * vdev_source_clear() - free what a source holds
 * @source: the source
 */
void vdev_source_clear(struct vdev_source *source)
{
	kvfree(source->parsed);
	kfree(source->blob);
}
