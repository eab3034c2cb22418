// SPDX-License-Identifier: GPL-2.0
/*
 * How a request names an endpoint: by its number, or by the parts of its name.
 * The strings stay in the request.
 */
#include <net/netlink.h>

#include "core/core.h"
#include "key.h"

const struct vdev_key_attrs vdev_nl_key_attrs = {
	.id = VDEV_A_ID,
	.bus = VDEV_A_BUS,
	.name = VDEV_A_NAME,
	.parent_bus = VDEV_A_PARENT_BUS,
	.parent = VDEV_A_PARENT,
};

const struct vdev_key_attrs vdev_nl_source_key_attrs = {
	.id = VDEV_A_SOURCE_ID,
	.bus = VDEV_A_SOURCE_BUS,
	.name = VDEV_A_SOURCE_NAME,
	.parent_bus = VDEV_A_SOURCE_PARENT_BUS,
	.parent = VDEV_A_SOURCE_PARENT,
};

static const struct nlattr *key_part(const struct vdev_naming *naming, int number)
{
	return naming->attrs[number];
}

static bool key_has_handle(const struct vdev_naming *naming)
{
	const struct vdev_key_attrs *numbers = naming->numbers;

	return key_part(naming, numbers->bus) || key_part(naming, numbers->name) ||
	       key_part(naming, numbers->parent_bus) ||
	       key_part(naming, numbers->parent);
}

/**
 * vdev_key_given() - does a request name an endpoint?
 * @naming: the part of the request that could
 *
 * Return: true if any of the attributes is there that name one.
 */
bool vdev_key_given(const struct vdev_naming *naming)
{
	return key_part(naming, naming->numbers->id) || key_has_handle(naming);
}

static int key_require(const struct vdev_naming *naming, int number,
		       const char **string)
{
	if (NL_REQ_ATTR_CHECK(naming->extack, naming->nest, naming->attrs,
			      number))
		return -EINVAL;
	*string = nla_data(key_part(naming, number));
	return 0;
}

static int key_parse_type(struct vdev_key *key, const struct vdev_naming *naming)
{
	const struct vdev_key_attrs *numbers = naming->numbers;

	if (key_part(naming, numbers->bus)) {
		NL_SET_ERR_MSG_ATTR(naming->extack, key_part(naming, numbers->bus),
				    "a type is named by its parent, without a bus");
		return -EINVAL;
	}
	key->mark = VDEV_IS_TYPE;
	return key_require(naming, numbers->parent_bus, &key->handle.parent_bus) ?:
	       key_require(naming, numbers->parent, &key->handle.parent) ?:
	       key_require(naming, numbers->name, &key->handle.name);
}

static int key_parse_device(struct vdev_key *key, const struct vdev_naming *naming)
{
	const struct vdev_key_attrs *numbers = naming->numbers;

	key->mark = VDEV_IS_DEVICE;
	return key_require(naming, numbers->bus, &key->handle.bus) ?:
	       key_require(naming, numbers->name, &key->handle.name);
}

/**
 * vdev_key_parse() - read which endpoint a request names
 * @key: where to put it; its mark says of what kind the endpoint must be. If
 *	that is VDEV_IS_ANY, a name decides.
 * @naming: the part of the request that names it
 *
 * Return: 0, or -EINVAL if an attribute is missing or one too many.
 */
int vdev_key_parse(struct vdev_key *key, const struct vdev_naming *naming)
{
	const struct vdev_key_attrs *numbers = naming->numbers;
	const struct nlattr *id = key_part(naming, numbers->id);

	if (id && key_has_handle(naming)) {
		NL_SET_ERR_MSG_ATTR(naming->extack, id,
				    "id and name exclude each other");
		return -EINVAL;
	}
	if (id) {
		key->id = nla_get_u32(id);
		return 0;
	}
	if (key->mark == VDEV_IS_TYPE ||
	    (key->mark == VDEV_IS_ANY && (key_part(naming, numbers->parent_bus) ||
					  key_part(naming, numbers->parent))))
		return key_parse_type(key, naming);
	return key_parse_device(key, naming);
}

/**
 * vdev_key_blame() - point at what names an endpoint that is not there
 * @naming: the part of the request that names it
 */
void vdev_key_blame(const struct vdev_naming *naming)
{
	const struct vdev_key_attrs *numbers = naming->numbers;

	NL_SET_BAD_ATTR(naming->extack, key_part(naming, numbers->id) ?:
					key_part(naming, numbers->name));
}

/**
 * vdev_key_parse_alone() - read which endpoint a request for one names
 * @key: as vdev_key_parse() takes it
 * @naming: the request
 * @filter: the attribute that is for a dump
 *
 * Return: 0, or -EINVAL if an attribute is missing or one too many.
 */
int vdev_key_parse_alone(struct vdev_key *key, const struct vdev_naming *naming, int filter)
{
	if (key_part(naming, filter)) {
		NL_SET_ERR_MSG_ATTR(naming->extack, key_part(naming, filter),
				    "a filter is for a dump");
		return -EINVAL;
	}
	return vdev_key_parse(key, naming);
}

/**
 * vdev_key_not_found() - reject a request for an endpoint that is not there
 * @naming: the part of the request that names it
 * @key: what it names: a device or a type
 *
 * Return: -ENODEV.
 */
int vdev_key_not_found(const struct vdev_naming *naming, const struct vdev_key *key)
{
	vdev_key_blame(naming);
	if (key->mark == VDEV_IS_DEVICE)
		NL_SET_ERR_MSG(naming->extack, "no such device");
	else
		NL_SET_ERR_MSG(naming->extack, "no such type");
	return -ENODEV;
}
