// SPDX-License-Identifier: LGPL-2.1
/*
 * Walks attributes by the tables: every length of a reply is checked here, and
 * an offset into a request becomes a path of names.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "attr.h"

const struct attr_def *vdev_attr_def(const struct attr_set *set, unsigned int type)
{
	if (type >= set->num_defs || set->defs[type].format == ATTR_UNKNOWN)
		return NULL;
	return &set->defs[type];
}

void vdev_path_prepend(char path[ATTR_PATH_SIZE], const struct attr_def *def, unsigned int type)
{
	char rest[ATTR_PATH_SIZE];
	char number[24];
	const char *name;

	snprintf(number, sizeof(number), "attribute-%u", type);
	name = def ? def->name : number;
	memcpy(rest, path, ATTR_PATH_SIZE);
	rest[ATTR_PATH_SIZE - 1] = '\0';
	/* What does not fit is the deep end, which nothing known reaches. */
	if (snprintf(path, ATTR_PATH_SIZE, "%s%s%s", name, rest[0] ? "." : "", rest) >=
	    ATTR_PATH_SIZE)
		path[ATTR_PATH_SIZE - 1] = '\0';
}

static bool string_ok(const struct nlattr *attr)
{
	int len = nla_len(attr);

	return len > 0 && memchr(nla_data(attr), '\0', (size_t)len);
}

static int attr_check(const struct attr_def *def, const struct nlattr *attr,
		      char path[ATTR_PATH_SIZE])
{
	int len = nla_len(attr);
	bool ok = true;

	switch (def->format) {
	case ATTR_U32:
	case ATTR_BOOL:
		ok = len == sizeof(uint32_t);
		break;
	case ATTR_UINT:
		ok = len == sizeof(uint32_t) || len == sizeof(uint64_t);
		break;
	case ATTR_STRING:
		ok = string_ok(attr);
		break;
	case ATTR_BITMAP:
		ok = len % sizeof(uint64_t) == 0;
		break;
	case ATTR_NEST:
		return vdev_attrs_check(def->nest, nla_data(attr), len, path);
	case ATTR_UNKNOWN:
	case ATTR_FLAG:
		break;
	}
	return ok ? 0 : -EBADMSG;
}

int vdev_attrs_check(const struct attr_set *set, const struct nlattr *head, int len,
		     char path[ATTR_PATH_SIZE])
{
	const struct attr_def *def;
	const struct nlattr *pos;
	int rem;

	path[0] = '\0';
	nla_for_each_attr(pos, head, len, rem) {
		def = vdev_attr_def(set, (unsigned int)nla_type(pos));
		if (def && attr_check(def, pos, path)) {
			vdev_path_prepend(path, def, 0);
			return -EBADMSG;
		}
	}
	return rem > 0 ? -EBADMSG : 0;
}

/* Whether the attribute was found at or below this level. */
static bool find_path(const struct attr_set *set, const char *base, const struct nlattr *head,
		      int len, uint32_t offset, unsigned int missing,
		      char path[ATTR_PATH_SIZE])
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		unsigned int type = (unsigned int)nla_type(pos);
		const struct attr_def *def = vdev_attr_def(set, type);
		size_t start = (size_t)((const char *)pos - base);
		const struct attr_set *nest = def ? def->nest : NULL;

		if (offset < start || offset >= start + pos->nla_len)
			continue;
		if (offset == start) {
			if (missing && nest)
				vdev_path_prepend(path, vdev_attr_def(nest, missing), missing);
		} else if (!nest || !find_path(nest, base, nla_data(pos), nla_len(pos), offset,
					       missing, path)) {
			return false;
		}
		vdev_path_prepend(path, def, type);
		return true;
	}
	return false;
}

void vdev_attr_path(const struct attr_set *set, const void *base, const struct nlattr *head,
		    int len, uint32_t offset, unsigned int missing,
		    char path[ATTR_PATH_SIZE])
{
	path[0] = '\0';
	if (offset)
		find_path(set, base, head, len, offset, missing, path);
	else if (missing)
		vdev_path_prepend(path, vdev_attr_def(set, missing), missing);
}
