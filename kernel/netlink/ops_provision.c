// SPDX-License-Identifier: GPL-2.0
/*
 * The requests to create, configure and remove devices, until they are accepted: all
 * that the core can know is validated here, before the provider is asked.
 */
#include <linux/delay.h>
#include <linux/mm.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "codec/parse.h"
#include "key.h"
#include "netlink.h"
#include "provision.h"

/*
 * So often a request is validated again, if the endpoint changes meanwhile, and so long
 * the change is given: both together are a tenth of a second, as netlink's lock is held.
 */
#define TRIES		100
#define PAUSE_US	1000

/* In a request for a new device, the name is that of the device. */
static const struct vdev_key_attrs provision_type_attrs = {
	.id = VDEV_A_ID,
	.bus = VDEV_A_BUS,
	.name = VDEV_A_TYPE,
	.parent_bus = VDEV_A_PARENT_BUS,
	.parent = VDEV_A_PARENT,
};

static int provision_check_offer(const struct vdev_request *request,
				 struct netlink_ext_ack *extack)
{
	const struct nlattr *offered;

	offered = vdev_blob_find(request->view.blob, VDEV_A_OPERATIONS);
	if (offered && nla_get_u32(offered) & request->what)
		return 0;
	NL_SET_ERR_MSG(extack, "the provider offers no such operation");
	return -EOPNOTSUPP;
}

static int provision_check_capacity(const struct vdev_request *request,
				    struct netlink_ext_ack *extack)
{
	const struct vdev_blob *blob = request->view.blob;
	const struct nlattr *state = NULL;

	if (blob->capacity)
		state = nla_find_nested(vdev_blob_attr(blob, blob->capacity),
					VDEV_A_CAPACITY_STATE);
	if (request->what != VDEV_OPERATION_CREATE || !state ||
	    nla_get_u32(state) == VDEV_CAPACITY_STATE_SUFFICIENT)
		return 0;
	NL_SET_ERR_MSG(extack, "the type has no capacity");
	return -ENOSPC;
}

/* Both names are in what the request holds. */
static int provision_name_device(struct vdev_request *request,
				 const struct genl_info *info)
{
	const struct vdev_blob *blob = request->view.blob;
	const struct nlattr *name = info->attrs[VDEV_A_NAME];
	struct vdev_reason reason = { };
	int err;

	if (request->what != VDEV_OPERATION_CREATE)
		name = vdev_blob_find(blob, VDEV_A_NAME);
	request->device = (struct vdev_key) {
		.mark = VDEV_IS_DEVICE,
		.handle.bus = vdev_blob_string(blob, VDEV_A_BUS),
		.handle.name = nla_data(name),
	};
	request->order.name = request->device.handle.name;
	err = vdev_name_check(&reason, "name", request->order.name);
	if (err) {
		NL_SET_BAD_ATTR(info->extack, name);
		vdev_parse_explain(info->extack, &reason);
	}
	return err;
}

static int provision_read_endpoint(struct vdev_provision *provision)
{
	const struct vdev_view *view = &provision->request.view;

	kvfree(provision->from);
	provision->from = vdev_parsed_for_object(view->blob->data, view->blob->len);
	if (!provision->from)
		return -ENOMEM;
	return vdev_parse_object(provision->from, view->kind, view->blob->data,
				 view->blob->len);
}

static int provision_check_order(struct vdev_provision *provision,
				 const struct genl_info *info)
{
	struct vdev_request *request = &provision->request;
	struct vdev_reason reason = { };
	int err;

	if (request->what == VDEV_OPERATION_REMOVE)
		return 0;
	err = provision_read_endpoint(provision);
	if (err)
		return err;
	request->order.record = &provision->made.record;
	err = vdev_order_make(&reason, &provision->made, request->view.kind,
			      &provision->from->record, &provision->choices);
	if (err)
		vdev_parse_blame_order(info->attrs[VDEV_A_ORDER], &reason, info->extack);
	return err;
}

static int provision_validate(struct vdev_provision *provision, const struct genl_info *info)
{
	struct vdev_request *request = &provision->request;

	return provision_check_offer(request, info->extack) ?:
	       vdev_nl_expect_check(info->attrs, request->view.generation, info->extack) ?:
	       provision_name_device(request, info) ?:
	       provision_check_order(provision, info) ?:
	       provision_check_capacity(request, info->extack);
}

static int provision_begin(struct vdev_request *request, struct vdev_endpoint *endpoint,
			   const struct genl_info *info)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_request_begin(request, endpoint, &reason);
	if (!err || err == -EAGAIN || err == -ENODEV)
		return err;
	if (err == -EEXIST)
		NL_SET_BAD_ATTR(info->extack, info->attrs[VDEV_A_NAME]);
	else if (err == -ESTALE)
		NL_SET_BAD_ATTR(info->extack, info->attrs[VDEV_A_EXPECT]);
	vdev_parse_explain(info->extack, &reason);
	return err;
}

static int provision_try(struct vdev_provision *provision, const struct vdev_naming *naming,
			 const struct vdev_key *key, const struct genl_info *info)
{
	struct vdev_request *request = &provision->request;
	struct vdev_endpoint *endpoint;
	int err;

	endpoint = vdev_view_find(&request->view, key);
	if (!endpoint)
		return vdev_key_not_found(naming, key);
	err = provision_validate(provision, info) ?:
	      provision_begin(request, endpoint, info);
	if (err)
		vdev_view_release(&request->view, endpoint);
	return err == -ENODEV ? vdev_key_not_found(naming, key) : err;
}

static int provision_accept(struct vdev_provision *provision, const struct vdev_naming *naming,
			    const struct vdev_key *key, const struct genl_info *info)
{
	unsigned int tries = TRIES;
	int err;

	err = provision_try(provision, naming, key, info);
	while (err == -EAGAIN && --tries) {
		usleep_range(PAUSE_US / 10, PAUSE_US);
		err = provision_try(provision, naming, key, info);
	}
	if (err == -EAGAIN) {
		NL_SET_ERR_MSG(info->extack, "the target has changed");
		err = -EBUSY;
	}
	return err;
}

/* What the request says, whatever the endpoint is. */
static int provision_parse(struct vdev_provision *provision, const struct genl_info *info)
{
	struct vdev_request *request = &provision->request;
	const struct nlattr *order = info->attrs[VDEV_A_ORDER];
	const struct nlattr *name = info->attrs[VDEV_A_NAME];
	int err;

	if (request->what == VDEV_OPERATION_CREATE)
		provision->name_offset = (const u8 *)name - (const u8 *)info->nlhdr;
	request->expected = info->attrs[VDEV_A_EXPECT];
	request->order.dry_run = info->attrs[VDEV_A_DRY_RUN];
	provision->chosen = vdev_parsed_new(order ? nla_len(order) : 0);
	if (!provision->chosen)
		return -ENOMEM;
	err = vdev_parse_order(provision->chosen, order, &provision->choices, info->extack);
	provision->choices.partial = info->attrs[VDEV_A_PARTIAL];
	return err ?: vdev_answer_init(&provision->answer, info, !request->order.dry_run);
}

/* The answer follows when the provider has done it, see answer.c. */
static int provision_doit(struct sk_buff *skb, const struct genl_info *info, u32 what,
			  const struct vdev_naming *naming, struct vdev_key *key)
{
	struct vdev_provision *provision;
	int err;

	err = vdev_key_parse(key, naming);
	if (err)
		return err;
	provision = vdev_provision_new(skb);
	if (!provision)
		return -ENOMEM;
	provision->request.what = what;
	err = provision_parse(provision, info) ?:
	      provision_accept(provision, naming, key, info);
	if (err) {
		vdev_provision_free(provision);
		return err;
	}
	vdev_provision_start(provision);
	return -EINTR;
}

int vdev_nl_dev_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct vdev_naming naming = {
		.numbers = &provision_type_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
	struct vdev_key key = { .mark = VDEV_IS_TYPE };

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_NAME))
		return -EINVAL;
	return provision_doit(skb, info, VDEV_OPERATION_CREATE, &naming, &key);
}

static int provision_doit_device(struct sk_buff *skb, const struct genl_info *info, u32 what)
{
	const struct vdev_naming naming = {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
	struct vdev_key key = { .mark = VDEV_IS_DEVICE };

	return provision_doit(skb, info, what, &naming, &key);
}

int vdev_nl_dev_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	return provision_doit_device(skb, info, VDEV_OPERATION_CONFIGURE);
}

int vdev_nl_dev_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	return provision_doit_device(skb, info, VDEV_OPERATION_REMOVE);
}
