// SPDX-License-Identifier: GPL-2.0
/*
 * The source of check and of find: a record that comes with the request, or an
 * endpoint of this host, which is read once and stays as it was then.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "policy.h"
#include "source.h"

static int source_parse_local(struct vdev_source *source,
			      struct netlink_ext_ack *extack)
{
	const struct nlattr *extra = source->attrs[VDEV_A_SOURCE_RECORD] ?:
				     source->attrs[VDEV_A_SOURCE_MIGRATION] ?:
				     source->attrs[VDEV_A_SOURCE_BLOCKER] ?:
				     source->attrs[VDEV_A_SOURCE_ENDPOINT] ?:
				     source->attrs[VDEV_A_SOURCE_UNKNOWN] ?:
				     source->attrs[VDEV_A_SOURCE_CAPABILITIES];
	int err;

	/* A name of which something is not known names something else. */
	err = nla_validate_nested(source->nest, VDEV_A_SOURCE_MAX,
				  vdev_nl_source_policy, extack);
	if (err)
		return err;
	if (extra) {
		NL_SET_ERR_MSG_ATTR(extack, extra,
				    "a source has a name or a record, not both");
		return -EINVAL;
	}
	source->local = true;
	source->key.mark = VDEV_IS_ANY;
	return vdev_key_parse(&source->key, &source->naming);
}

static int source_parse_declared(struct vdev_source *source,
				 struct netlink_ext_ack *extack)
{
	struct vdev_unknowns unknowns;
	struct vdev_operand *operand;
	int err;

	source->parsed = vdev_parsed_for(nla_len(source->nest),
					 source->attrs[VDEV_A_SOURCE_RECORD]);
	if (!source->parsed)
		return -ENOMEM;
	vdev_unknowns_init(&unknowns);
	vdev_unknowns_walk(&unknowns, source->nest);
	err = vdev_parse_declaration(source->parsed, source->nest,
				     source->attrs, &unknowns.skew, extack);
	vdev_unknowns_named(&unknowns, source->nest);
	source->unknown = unknowns.list;
	if (err || unknowns.err)
		return err ?: unknowns.err;
	if (source->unknown) {
		operand = &source->parsed->operand;
		operand->unknown = source->unknown->paths;
		operand->num_unknown = source->unknown->num;
	}
	return 0;
}

/**
 * vdev_source_parse() - read what a request says of the source
 * @source: where to put it; zeroed, and to be cleared also after a failure
 * @nest: the attribute, in which nothing was validated yet
 * @extack: where an error is reported; must be valid until vdev_source_read()
 *
 * Context: Process context. May sleep.
 * Return: 0; -EINVAL, -ERANGE or -EMSGSIZE if something is missing, too much
 * or out of its bounds, -ENOMEM.
 */
int vdev_source_parse(struct vdev_source *source, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	int err;

	err = vdev_nl_relaxed_validate(nest, extack);
	if (err)
		return err;
	nla_parse_nested_deprecated(source->attrs, VDEV_A_SOURCE_MAX, nest,
				    NULL, NULL);
	source->nest = nest;
	source->naming = (struct vdev_naming) {
		.numbers = &vdev_nl_source_key_attrs,
		.attrs = source->attrs,
		.nest = nest,
		.extack = extack,
	};
	if (vdev_key_given(&source->naming))
		return source_parse_local(source, extack);
	return source_parse_declared(source, extack);
}

static int source_parse_copy(struct vdev_source *source)
{
	source->parsed = vdev_parsed_for_object(source->blob->data, source->blob->len);
	if (!source->parsed)
		return -ENOMEM;
	return vdev_parse_object(source->parsed, source->kind, source->blob->data,
				 source->blob->len);
}

/**
 * vdev_source_read() - read a source of this host as it is now
 * @source: the source; nothing is done if it came with the request
 * @snapshot: where to put the generation at which it was read; not changed if
 *	it came with the request
 *
 * Context: Process context. May sleep.
 * Return: 0; -ENODEV if there is no such endpoint, -ENOMEM.
 */
int vdev_source_read(struct vdev_source *source, u64 *snapshot)
{
	struct vdev_endpoint *endpoint;
	struct vdev_view view;

	if (!source->local)
		return 0;
	endpoint = vdev_view_find(&view, &source->key);
	if (!endpoint) {
		vdev_key_blame(&source->naming);
		NL_SET_ERR_MSG(source->naming.extack, "no such source");
		return -ENODEV;
	}
	*snapshot = view.snapshot;
	source->kind = view.kind;
	source->blob = kmemdup(view.blob,
			       struct_size(view.blob, data, view.blob->len),
			       GFP_KERNEL_ACCOUNT);
	vdev_view_release(&view, endpoint);
	if (!source->blob)
		return -ENOMEM;
	/* The copy has no share of it. */
	source->blob->contract = NULL;
	return source_parse_copy(source);
}

/**
 * vdev_source_pause() - keep no more of a source than it takes to resume
 * @source: the source
 */
void vdev_source_pause(struct vdev_source *source)
{
	kvfree(source->parsed);
	source->parsed = NULL;
	kvfree(source->unknown);
	source->unknown = NULL;
}

/**
 * vdev_source_resume() - go on with a source that was paused
 * @source: the source, which has been parsed and read
 *
 * Context: Process context. May sleep.
 * Return: 0 or -ENOMEM.
 */
int vdev_source_resume(struct vdev_source *source)
{
	return source->local ? source_parse_copy(source) :
			       source_parse_declared(source, NULL);
}

/**
 * vdev_source_clear() - free what a source holds
 * @source: the source
 */
void vdev_source_clear(struct vdev_source *source)
{
	kvfree(source->parsed);
	kvfree(source->unknown);
	kfree(source->blob);
}
