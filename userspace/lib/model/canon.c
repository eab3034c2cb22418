// SPDX-License-Identifier: LGPL-2.1
/*
 * The canonical form of attributes. Each nest is written as it comes, and put
 * in order when all of it is there; that nothing is in the wrong place is the
 * common case.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "canon.h"
#include "decode.h"
#include "internal.h"

/* An attribute in the output. */
struct piece {
	const struct nlattr *attr;
	const struct attr_def *def;
	/* Of a list whose order has no meaning. */
	bool sorted;
};

static int compare_bytes(const struct nlattr *a, const struct nlattr *b)
{
	int diff = vdev_compare(a->nla_len, b->nla_len);

	return diff ? diff : memcmp(nla_data(a), nla_data(b), (size_t)nla_len(a));
}

static int compare_values(const struct attr_def *def, const struct nlattr *a,
			  const struct nlattr *b);

/* Attribute by attribute; of two of which one begins the other, the shorter. */
static int compare_nests(const struct attr_set *set, const struct nlattr *a,
			 const struct nlattr *b)
{
	int left_a = nla_len(a), left_b = nla_len(b);
	int diff = 0;

	a = nla_data(a);
	b = nla_data(b);
	while (!diff && nla_ok(a, left_a) && nla_ok(b, left_b)) {
		diff = vdev_compare((uint64_t)nla_type(a), (uint64_t)nla_type(b));
		if (!diff)
			diff = compare_values(vdev_attr_def(set, (unsigned int)nla_type(a)), a, b);
		a = nla_next(a, &left_a);
		b = nla_next(b, &left_b);
	}
	return diff ? diff : vdev_compare((uint64_t)left_a, (uint64_t)left_b);
}

static int compare_values(const struct attr_def *def, const struct nlattr *a,
			  const struct nlattr *b)
{
	switch (def ? def->format : ATTR_UNKNOWN) {
	case ATTR_U32:
	case ATTR_BOOL:
		return vdev_compare(nla_get_u32(a), nla_get_u32(b));
	case ATTR_UINT:
		return vdev_compare(vdev_decode_uint(a), vdev_decode_uint(b));
	case ATTR_STRING:
		return strcmp(nla_data(a), nla_data(b));
	case ATTR_NEST:
		return compare_nests(def->nest, a, b);
	default:
		return compare_bytes(a, b);
	}
}

/* Where nothing else decides, the place where a piece stands already does. */
static int compare_pieces(const void *left, const void *right)
{
	const struct piece *a = left, *b = right;
	int diff;

	diff = vdev_compare((uint64_t)nla_type(a->attr), (uint64_t)nla_type(b->attr));
	if (!diff && a->sorted)
		diff = compare_values(a->def, a->attr, b->attr);
	return diff ? diff : vdev_compare((uintptr_t)a->attr, (uintptr_t)b->attr);
}

static bool in_order(const struct piece *pieces, size_t num)
{
	size_t i;

	for (i = 1; i < num; i++)
		if (compare_pieces(&pieces[i - 1], &pieces[i]) > 0)
			return false;
	return true;
}

static int rearrange(struct piece *pieces, size_t num, char *region, size_t len)
{
	char *copy = malloc(len);
	size_t pos = 0;
	size_t i;

	if (!copy)
		return -ENOMEM;
	qsort(pieces, num, sizeof(*pieces), compare_pieces);
	for (i = 0; i < num; i++) {
		size_t size = (size_t)NLA_ALIGN(pieces[i].attr->nla_len);

		memcpy(copy + pos, pieces[i].attr, size);
		pos += size;
	}
	memcpy(region, copy, len);
	free(copy);
	return 0;
}

/* Put the attributes in order that begin at @start. */
static int sort_region(struct writer *out, const struct attr_set *set, size_t start)
{
	char *region = out->data + start;
	size_t len = out->len - start;
	const struct nlattr *pos;
	struct piece *pieces;
	size_t num = 0, i = 0;
	int err = 0;
	int rem;

	nla_for_each_attr(pos, (const struct nlattr *)region, (int)len, rem)
		num++;
	if (num < 2)
		return 0;
	pieces = calloc(num, sizeof(*pieces));
	if (!pieces)
		return -ENOMEM;
	nla_for_each_attr(pos, (const struct nlattr *)region, (int)len, rem) {
		unsigned int type = (unsigned int)nla_type(pos);

		pieces[i].attr = pos;
		pieces[i].def = vdev_attr_def(set, type);
		pieces[i].sorted = pieces[i].def && set->sorted & ATTR_BIT(type);
		i++;
	}
	if (!in_order(pieces, num))
		err = rearrange(pieces, num, region, len);
	free(pieces);
	return err;
}

static int wrong(struct canon *canon, const struct attr_set *set, unsigned int type,
		 const char *what)
{
	canon->wrong = what;
	canon->path[0] = '\0';
	if (set)
		vdev_path_prepend(canon->path, vdev_attr_def(set, type), type);
	return -EINVAL;
}

/* Without the words at the end that are 0, which say nothing. */
static size_t bitmap_len(const struct nlattr *attr)
{
	size_t len = (size_t)nla_len(attr);
	uint64_t word;

	for (; len; len -= sizeof(word)) {
		memcpy(&word, (const char *)nla_data(attr) + len - sizeof(word), sizeof(word));
		if (word)
			break;
	}
	return len;
}

static int write_attr(struct canon *canon, const struct attr_def *def, const struct nlattr *attr)
{
	unsigned int type = (unsigned int)nla_type(attr);
	size_t nest;
	int err;

	switch (def ? def->format : ATTR_UNKNOWN) {
	case ATTR_NEST:
		nest = vdev_writer_begin(canon->out, type);
		err = vdev_canon(canon, def->nest, nla_data(attr), nla_len(attr));
		if (err == -EINVAL)
			vdev_path_prepend(canon->path, def, type);
		vdev_writer_end(canon->out, nest);
		return err;
	case ATTR_STRING:
		vdev_writer_string(canon->out, type, nla_data(attr));
		break;
	case ATTR_BOOL:
		vdev_writer_u32(canon->out, type, nla_get_u32(attr) != 0);
		break;
	case ATTR_UINT:
		vdev_writer_uint(canon->out, type, vdev_decode_uint(attr));
		break;
	case ATTR_BITMAP:
		vdev_writer_put(canon->out, type, nla_data(attr), bitmap_len(attr));
		break;
	case ATTR_FLAG:
		vdev_writer_put(canon->out, type, NULL, 0);
		break;
	case ATTR_UNKNOWN:
		vdev_writer_put(canon->out, attr->nla_type, nla_data(attr), (size_t)nla_len(attr));
		break;
	default:
		vdev_writer_put(canon->out, type, nla_data(attr), (size_t)nla_len(attr));
	}
	return 0;
}

/* Note that an attribute of the tables is there. */
static int see(struct canon *canon, const struct attr_set *set, const struct nlattr *attr,
	       uint64_t *seen)
{
	unsigned int type = (unsigned int)nla_type(attr);
	uint64_t bit = ATTR_BIT(type);

	if (*seen & bit & ~(set->sorted | set->ordered))
		return wrong(canon, set, type, "is there twice");
	*seen |= bit;
	if (set->nonzero & bit && !nla_get_u32(attr))
		return wrong(canon, set, type, "is 0");
	return 0;
}

/* Whether what was seen is one of the choices, if there are any. */
static bool choice_ok(const struct attr_set *set, uint64_t seen)
{
	size_t i;

	for (i = 0; i < ATTR_CHOICES && set->choices[i]; i++)
		if (set->choices[i] == seen)
			return true;
	return !set->choices[0];
}

/* A choice that is newer than the tables can be among what is not known. */
static int check_seen(struct canon *canon, const struct attr_set *set, uint64_t seen,
		      bool unknown)
{
	uint64_t missing = set->needed & ~seen;

	if (missing)
		return wrong(canon, set, (unsigned int)__builtin_ctzll(missing), "is missing");
	if (!choice_ok(set, seen) && !(unknown && !seen))
		return wrong(canon, NULL, 0, "is not one value");
	return 0;
}

int vdev_canon(struct canon *canon, const struct attr_set *set, const struct nlattr *head,
	       int len)
{
	size_t start = canon->out->len;
	const struct nlattr *pos;
	bool unknown = false;
	uint64_t seen = 0;
	int err = 0, rem;

	nla_for_each_attr(pos, head, len, rem) {
		unsigned int type = (unsigned int)nla_type(pos);
		const struct attr_def *def = vdev_attr_def(set, type);

		if (def)
			err = see(canon, set, pos, &seen);
		else
			unknown = true;
		if (!err)
			err = write_attr(canon, def, pos);
		if (err)
			return err;
	}
	err = check_seen(canon, set, seen, unknown);
	if (!err)
		err = canon->out->error;
	return err ? err : sort_region(canon->out, set, start);
}
