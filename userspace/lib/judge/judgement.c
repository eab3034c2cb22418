// SPDX-License-Identifier: LGPL-2.1
/* From a message to a judgement, its life and the functions that read it. */
#include <errno.h>
#include <stdlib.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "model/decode.h"
#include "model/getter.h"
#include "model/reply.h"
#include "judgement.h"

static void decode_finding_number(const struct nlattr *attr, struct vdev_finding *finding)
{
	switch (nla_type(attr)) {
	case VDEV_A_FINDING_FIELD:
		finding->field = vdev_decode_u32(attr);
		break;
	case VDEV_A_FINDING_RULE:
		finding->rule = vdev_decode_u32(attr);
		break;
	case VDEV_A_FINDING_RESULT:
		finding->result = vdev_decode_u32(attr);
		break;
	case VDEV_A_FINDING_CODE:
		finding->code = vdev_decode_u32(attr);
		break;
	}
}

static int decode_finding(struct arena *arena, const struct nlattr *nest,
			  struct vdev_finding *finding)
{
	const struct nlattr *pos;
	int err = 0;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_FINDING_NAME:
			finding->name = vdev_decode_string(pos);
			break;
		case VDEV_A_FINDING_REASON:
			finding->reason = vdev_decode_string(pos);
			break;
		case VDEV_A_FINDING_SOURCE:
			vdev_decode_value(pos, &finding->source);
			break;
		case VDEV_A_FINDING_TARGET:
			vdev_decode_value(pos, &finding->target);
			break;
		case VDEV_A_FINDING_MISSING:
			err = vdev_decode_bitmap(arena, pos, &finding->missing);
			break;
		case VDEV_A_FINDING_UNMET:
			err = vdev_decode_bitmap(arena, pos, &finding->unmet);
			break;
		default:
			decode_finding_number(pos, finding);
		}
		if (err)
			return err;
	}
	return 0;
}

static void decode_rank(const struct nlattr *nest, struct vdev_rank *rank)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_RANK_PREFERENCE:
			rank->preference = vdev_decode_u32(pos);
			break;
		case VDEV_A_RANK_SAME_VERSION:
			rank->same_version = true;
			break;
		case VDEV_A_RANK_BUGFIX:
			rank->bugfix = vdev_decode_u32(pos);
			break;
		case VDEV_A_RANK_SURPLUS:
			rank->surplus = vdev_decode_u32(pos);
			break;
		}
	}
}

static void decode_scalar(struct vdev_judgement *judgement, const struct nlattr *attr)
{
	switch (nla_type(attr)) {
	case VDEV_A_ID:
		judgement->id = vdev_decode_u32(attr);
		break;
	case VDEV_A_INSTANCE:
		judgement->instance = vdev_decode_u32(attr);
		break;
	case VDEV_A_GENERATION:
		judgement->generation = vdev_decode_uint(attr);
		break;
	case VDEV_A_SNAPSHOT:
		judgement->snapshot = vdev_decode_uint(attr);
		break;
	case VDEV_A_VERDICT:
		judgement->verdict = vdev_decode_u32(attr);
		break;
	case VDEV_A_AGE:
		judgement->age = vdev_decode_u32(attr);
		break;
	case VDEV_A_STALE:
		judgement->stale = true;
		break;
	case VDEV_A_TRUNCATED:
		judgement->truncated = true;
		break;
	}
}

static int decode_nests(struct vdev_judgement *judgement, const struct nlattr *head, int len)
{
	struct arena *arena = &judgement->arena;
	struct vdev_finding *findings;
	const struct nlattr *pos;
	int rem;

	if (vdev_decode_list(arena, head, len, VDEV_A_FINDING, sizeof(*findings),
			     (void **)&findings, &judgement->num_findings))
		return -ENOMEM;
	nla_for_each_attr(pos, head, len, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_FINDING:
			if (decode_finding(arena, pos, &findings[judgement->num_findings++]))
				return -ENOMEM;
			break;
		case VDEV_A_RANK:
			decode_rank(pos, &judgement->rank);
			break;
		case VDEV_A_CAPACITY:
			judgement->capacity = vdev_decode_capacity(arena, pos);
			if (!judgement->capacity)
				return -ENOMEM;
			break;
		default:
			decode_scalar(judgement, pos);
		}
	}
	judgement->findings = findings;
	return 0;
}

static const char *find_string(const struct nlmsghdr *nlh, int type)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), type);

	return attr ? vdev_decode_string(attr) : NULL;
}

/* A declaration has no name. */
static int decode_target(struct vdev_judgement *judgement)
{
	bool type = judgement->kind == VDEV_OBJECT_TYPE;
	const struct nlmsghdr *nlh = judgement->msg;
	const char *name = find_string(nlh, VDEV_A_NAME);

	if (!name)
		return 0;
	judgement->target = vdev_decode_handle(&judgement->arena,
					       find_string(nlh, type ? VDEV_A_PARENT_BUS :
								       VDEV_A_BUS),
					       type ? find_string(nlh, VDEV_A_PARENT) : NULL,
					       name);
	return judgement->target ? 0 : -ENOMEM;
}

static int decode_message(struct vdev_judgement *judgement, const struct nlmsghdr *nlh)
{
	const struct nlattr *head = vdev_reply_head(nlh);
	int len = vdev_reply_len(nlh);
	int err;

	judgement->msg = nlh;
	judgement->age = VDEV_UNKNOWN32;
	/* The first, as the check did: it decides which names there must be. */
	judgement->kind = vdev_decode_u32(nla_find(head, len, VDEV_A_ENDPOINT));
	err = decode_nests(judgement, head, len);
	return err ? err : decode_target(judgement);
}

int vdev_judgement_decode(struct vdev_judgement *judgement, const struct nlmsghdr *nlh)
{
	struct arena arena = judgement->arena;

	vdev_arena_reset(&arena);
	*judgement = (struct vdev_judgement){ .arena = arena };
	return decode_message(judgement, nlh);
}

struct vdev_judgement *vdev_judgement_copy(const struct nlmsghdr *nlh)
{
	struct vdev_judgement *judgement = calloc(1, sizeof(*judgement));
	const struct nlmsghdr *copy;

	if (!judgement)
		return NULL;
	copy = vdev_reply_copy(&judgement->arena, nlh);
	if (!copy || decode_message(judgement, copy)) {
		vdev_judgement_free(judgement);
		return NULL;
	}
	return judgement;
}

int vdev_judgement_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	static const unsigned int needs[] = {
		VDEV_A_ID, VDEV_A_NAME, VDEV_A_ENDPOINT, VDEV_A_VERDICT, 0,
	};
	static const unsigned int dev_needs[] = { VDEV_A_BUS, 0 };
	static const unsigned int type_needs[] = { VDEV_A_PARENT_BUS, VDEV_A_PARENT, 0 };
	const struct nlattr *head = vdev_reply_head(nlh);
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	int len = vdev_reply_len(nlh);

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) ||
	    (genl->cmd != VDEV_CMD_CHECK && genl->cmd != VDEV_CMD_FIND))
		return -EBADMSG;
	if (vdev_attrs_check(&vdev_attr_set, head, len, path) ||
	    vdev_reply_needs(nlh, needs, path))
		return -EBADMSG;
	switch (vdev_decode_u32(nla_find(head, len, VDEV_A_ENDPOINT))) {
	case VDEV_ENDPOINT_KIND_DEVICE:
		return vdev_reply_needs(nlh, dev_needs, path);
	case VDEV_ENDPOINT_KIND_TYPE:
		return vdev_reply_needs(nlh, type_needs, path);
	}
	vdev_path_prepend(path, vdev_attr_def(&vdev_attr_set, VDEV_A_ENDPOINT), 0);
	return -EBADMSG;
}

int vdev_rank_compare(uint32_t verdict_a, const struct vdev_rank *a, uint32_t verdict_b,
		      const struct vdev_rank *b)
{
	return vdev_compare(verdict_a, verdict_b) ?:
	       vdev_compare(a->preference, b->preference) ?:
	       vdev_compare(b->same_version, a->same_version) ?:
	       vdev_compare(b->bugfix, a->bugfix) ?:
	       vdev_compare(a->surplus, b->surplus);
}

VDEV_API struct vdev_judgement *vdev_judgement_dup(const struct vdev_judgement *judgement)
{
	return vdev_judgement_copy(judgement->msg);
}

VDEV_API void vdev_judgement_free(struct vdev_judgement *judgement)
{
	if (!judgement)
		return;
	vdev_arena_free(&judgement->arena);
	free(judgement);
}

VDEV_API const struct vdev_rank *vdev_judgement_rank(const struct vdev_judgement *judgement)
{
	return &judgement->rank;
}

GETTER(uint32_t, judgement, verdict)
GETTER(unsigned int, judgement, num_findings)
LIST_GETTER(finding, judgement, findings, num_findings)
GETTER(enum vdev_object_kind, judgement, kind)
GETTER(const char *, judgement, target)
GETTER(uint32_t, judgement, id)
GETTER(uint32_t, judgement, instance)
GETTER(uint64_t, judgement, generation)
GETTER(uint64_t, judgement, snapshot)
GETTER(const struct vdev_capacity *, judgement, capacity)
GETTER(uint32_t, judgement, age)
GETTER(bool, judgement, stale)
GETTER(bool, judgement, truncated)
