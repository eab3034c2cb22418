// SPDX-License-Identifier: LGPL-2.1
/*
 * A hash table of messages. They are kept as they came, so that an endpoint
 * costs what its message is long.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/msg.h>

#include "model/decode.h"
#include "model/reply.h"
#include "mirror.h"

#define FIRST_BUCKETS 64
#define NUM_NAMES 3

/* An endpoint's kind and names; those that its kind does not have are empty. */
struct key {
	uint8_t cmd;
	const char *names[NUM_NAMES];
};

static struct key key_of(const struct nlmsghdr *nlh)
{
	static const int types[][NUM_NAMES] = {
		{ VDEV_A_BUS, VDEV_A_NAME, 0 },
		{ VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_NAME },
	};
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const int *wanted = types[genl->cmd == VDEV_CMD_TYPE_GET];
	struct key key = { .cmd = genl->cmd };
	const struct nlattr *attr;
	size_t i;

	for (i = 0; i < NUM_NAMES; i++) {
		attr = wanted[i] ? nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), wanted[i]) :
				   NULL;
		key.names[i] = attr ? vdev_decode_string(attr) : "";
	}
	return key;
}

/* FNV-1a; the end of each name counts. */
static uint32_t hash_key(const struct key *key)
{
	uint32_t hash = 2166136261U ^ key->cmd;
	const unsigned char *pos;
	size_t i;

	for (i = 0; i < NUM_NAMES; i++) {
		for (pos = (const unsigned char *)key->names[i]; *pos; pos++)
			hash = (hash ^ *pos) * 16777619U;
		hash = (hash ^ '/') * 16777619U;
	}
	return hash;
}

static bool same_key(const struct key *a, const struct key *b)
{
	size_t i;

	for (i = 0; i < NUM_NAMES; i++)
		if (strcmp(a->names[i], b->names[i]) != 0)
			return false;
	return a->cmd == b->cmd;
}

static size_t entry_size(const struct nlmsghdr *nlh)
{
	return sizeof(struct mirror_entry) + NLMSG_ALIGN((size_t)nlh->nlmsg_len);
}

static struct mirror_entry **bucket_of(const struct mirror *mirror, uint32_t hash)
{
	return &mirror->buckets[hash & (mirror->num_buckets - 1)];
}

void vdev_mirror_free(struct mirror *mirror)
{
	struct mirror_entry *entry;
	size_t i;

	for (i = 0; i < mirror->num_buckets; i++) {
		while ((entry = mirror->buckets[i])) {
			mirror->buckets[i] = entry->next;
			free(entry);
		}
	}
	free(mirror->buckets);
	*mirror = (struct mirror){ .limit = mirror->limit };
}

static struct mirror_entry *find(const struct mirror *mirror, const struct key *key, uint32_t hash)
{
	struct mirror_entry *entry = mirror->num ? *bucket_of(mirror, hash) : NULL;
	struct key have;

	for (; entry; entry = entry->next) {
		if (entry->hash != hash)
			continue;
		have = key_of(entry->msg);
		if (same_key(&have, key))
			return entry;
	}
	return NULL;
}

struct mirror_entry *vdev_mirror_find(const struct mirror *mirror, const struct nlmsghdr *nlh)
{
	struct key key = key_of(nlh);

	return find(mirror, &key, hash_key(&key));
}

static int grow(struct mirror *mirror)
{
	size_t num = mirror->num_buckets ? 2 * mirror->num_buckets : FIRST_BUCKETS;
	struct mirror larger = { .num_buckets = num };
	struct mirror_entry *entry, **bucket;
	size_t i;

	larger.buckets = calloc(num, sizeof(*larger.buckets));
	if (!larger.buckets)
		return -ENOMEM;
	for (i = 0; i < mirror->num_buckets; i++) {
		while ((entry = mirror->buckets[i])) {
			mirror->buckets[i] = entry->next;
			bucket = bucket_of(&larger, entry->hash);
			entry->next = *bucket;
			*bucket = entry;
		}
	}
	free(mirror->buckets);
	mirror->buckets = larger.buckets;
	mirror->num_buckets = num;
	return 0;
}

void vdev_mirror_take(struct mirror *mirror, struct mirror_entry *entry)
{
	struct mirror_entry **link = bucket_of(mirror, entry->hash);

	while (*link != entry)
		link = &(*link)->next;
	*link = entry->next;
	mirror->num--;
	mirror->bytes -= entry_size(entry->msg);
}

static struct mirror_entry *new_entry(const struct nlmsghdr *nlh)
{
	struct mirror_entry *entry = calloc(1, entry_size(nlh));

	if (entry)
		memcpy(entry->msg, nlh, nlh->nlmsg_len);
	return entry;
}

int vdev_mirror_put(struct mirror *mirror, const struct nlmsghdr *nlh, struct mirror_entry **old)
{
	struct key key = key_of(nlh);
	uint32_t hash = hash_key(&key);
	struct mirror_entry *have = find(mirror, &key, hash);
	struct mirror_entry *entry, **bucket;
	size_t less = have ? entry_size(have->msg) : 0;

	if (mirror->bytes - less + entry_size(nlh) > mirror->limit)
		return -ENOSPC;
	if (mirror->num >= mirror->num_buckets && grow(mirror))
		return -ENOMEM;
	entry = new_entry(nlh);
	if (!entry)
		return -ENOMEM;
	if (have)
		vdev_mirror_take(mirror, have);
	bucket = bucket_of(mirror, hash);
	entry->hash = hash;
	entry->round = mirror->round;
	entry->next = *bucket;
	*bucket = entry;
	mirror->num++;
	mirror->bytes += entry_size(nlh);
	*old = have;
	return 0;
}

struct mirror_entry *vdev_mirror_next(const struct mirror *mirror, size_t *bucket,
				      const struct mirror_entry *entry)
{
	struct mirror_entry *next = entry ? entry->next : NULL;

	while (!next && *bucket < mirror->num_buckets)
		next = mirror->buckets[(*bucket)++];
	return next;
}

/* What is of the message, and not of the endpoint. */
static bool is_passing(const struct nlattr *attr)
{
	switch (nla_type(attr)) {
	case VDEV_A_SNAPSHOT:
	case VDEV_A_AGE:
		return true;
	}
	return false;
}

/* The next attribute that is about the endpoint; NULL at the end. */
static const struct nlattr *next_reported(const struct nlattr *attr, int *rem)
{
	while (nla_ok(attr, *rem)) {
		if (!is_passing(attr))
			return attr;
		attr = nla_next(attr, rem);
	}
	return NULL;
}

bool vdev_mirror_same(const struct nlmsghdr *a, const struct nlmsghdr *b)
{
	int rem_a = vdev_reply_len(a), rem_b = vdev_reply_len(b);
	const struct nlattr *left = next_reported(vdev_reply_head(a), &rem_a);
	const struct nlattr *right = next_reported(vdev_reply_head(b), &rem_b);

	while (left && right) {
		if (left->nla_type != right->nla_type || left->nla_len != right->nla_len ||
		    memcmp(nla_data(left), nla_data(right), (size_t)nla_len(left)) != 0)
			return false;
		left = next_reported(nla_next(left, &rem_a), &rem_a);
		right = next_reported(nla_next(right, &rem_b), &rem_b);
	}
	return left == right;
}
