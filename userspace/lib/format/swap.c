// SPDX-License-Identifier: LGPL-2.1
/* The other byte order of attributes. */
#include <byteswap.h>
#include <errno.h>
#include <string.h>

#include "model/attr.h"
#include "swap.h"

static int swap_u32(char *data, size_t len)
{
	uint32_t number;

	if (len != sizeof(number))
		return -EBADMSG;
	memcpy(&number, data, sizeof(number));
	number = bswap_32(number);
	memcpy(data, &number, sizeof(number));
	return 0;
}

static int swap_uint(char *data, size_t len)
{
	uint64_t number;

	if (len == sizeof(uint32_t))
		return swap_u32(data, len);
	if (len != sizeof(number))
		return -EBADMSG;
	memcpy(&number, data, sizeof(number));
	number = bswap_64(number);
	memcpy(data, &number, sizeof(number));
	return 0;
}

static int swap_payload(const struct attr_def *def, char *data, size_t len, bool from_host)
{
	switch (def ? def->format : ATTR_UNKNOWN) {
	case ATTR_U32:
	case ATTR_BOOL:
		return swap_u32(data, len);
	case ATTR_UINT:
		return swap_uint(data, len);
	case ATTR_NEST:
		return vdev_attrs_swap(def->nest, data, len, from_host);
	case ATTR_UNKNOWN:
	case ATTR_BITMAP:
	case ATTR_STRING:
	case ATTR_FLAG:
		break;
	}
	return 0;
}

int vdev_attrs_swap(const struct attr_set *set, void *attrs, size_t len, bool from_host)
{
	struct nlattr attr, swapped;
	char *pos = attrs;
	size_t step;
	int err = 0;

	while (len >= sizeof(attr)) {
		memcpy(&attr, pos, sizeof(attr));
		swapped.nla_len = bswap_16(attr.nla_len);
		swapped.nla_type = bswap_16(attr.nla_type);
		memcpy(pos, &swapped, sizeof(swapped));
		if (!from_host)
			attr = swapped;
		if (attr.nla_len < NLA_HDRLEN || attr.nla_len > len)
			return -EBADMSG;
		if (swap_payload(vdev_attr_def(set, (unsigned int)nla_type(&attr)),
				 pos + NLA_HDRLEN, attr.nla_len - (size_t)NLA_HDRLEN, from_host))
			err = -EBADMSG;
		step = (size_t)NLA_ALIGN(attr.nla_len);
		if (step >= len)
			return err;
		pos += step;
		len -= step;
	}
	return len ? -EBADMSG : err;
}
