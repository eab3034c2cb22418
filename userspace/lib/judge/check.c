// SPDX-License-Identifier: LGPL-2.1
/* The requests for a judgement: of one target, or of all that pass a filter. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/msg.h>

#include "model/declaration.h"
#include "netlink/dump.h"
#include "netlink/sock_error.h"
#include "netlink/filter.h"
#include "netlink/list.h"
#include "netlink/request.h"
#include "internal.h"
#include "judgement.h"

static int explain(struct vdev_sock *sock, int err)
{
	return vdev_request_explain(sock, err, "the kernel's vdev module is too old to check");
}

static int check_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_judgement **judgement = arg;
	int err;

	err = vdev_reply_check(sock, nlh, vdev_judgement_check);
	if (err)
		return err;
	vdev_judgement_free(*judgement);
	*judgement = vdev_judgement_copy(nlh);
	return *judgement ? 0 : vdev_error_local(sock, ENOMEM);
}

/* Ask about the source that was written, and free it. */
static int check(struct vdev_sock *sock, struct writer *writer, enum vdev_object_kind kind,
		 const struct vdev_handle *target, uint64_t expect, uint32_t instance,
		 struct vdev_judgement **judgement)
{
	struct exchange exchange = {
		.set = &vdev_attr_set, .reply = check_reply, .arg = judgement,
	};
	int err;

	*judgement = NULL;
	vdev_error_clear(sock);
	vdev_request_target(writer, kind, target);
	if (expect) {
		vdev_writer_u32(writer, VDEV_A_INSTANCE, instance);
		vdev_writer_uint(writer, VDEV_A_EXPECT, expect);
	}
	vdev_request_max_age(writer, sock);
	err = explain(sock, vdev_request_put(sock, VDEV_CMD_CHECK, writer, &exchange));
	if (!err && !*judgement)
		err = vdev_error_reply(sock, NULL, "the reply has no verdict");
	if (err) {
		vdev_judgement_free(*judgement);
		*judgement = NULL;
	}
	return err;
}

VDEV_API int vdev_check(struct vdev_sock *sock, const struct vdev_declaration *source,
			enum vdev_object_kind kind, const struct vdev_handle *target,
			uint64_t expect, uint32_t instance,
			struct vdev_judgement **judgement)
{
	struct writer writer = { 0 };

	vdev_declaration_put(&writer, source);
	return check(sock, &writer, kind, target, expect, instance, judgement);
}

VDEV_API int vdev_check_local(struct vdev_sock *sock, enum vdev_object_kind source_kind,
			      const struct vdev_handle *source, enum vdev_object_kind kind,
			      const struct vdev_handle *target, uint64_t expect,
			      uint32_t instance, struct vdev_judgement **judgement)
{
	struct writer writer = { 0 };

	vdev_request_source(&writer, source_kind, source);
	return check(sock, &writer, kind, target, expect, instance, judgement);
}

/* A target with what orders it, and the message about it. */
struct found {
	uint32_t verdict;
	uint32_t id;
	struct vdev_rank rank;
	const char *handle;
	struct nlmsghdr msg[];
};

struct search {
	/* Decoded one after the other into the same memory. */
	struct vdev_judgement judgement;
	struct found **found;
	size_t num;
	size_t size;
};

static struct found *found_new(const struct vdev_judgement *judgement)
{
	size_t len = NLMSG_ALIGN(judgement->msg->nlmsg_len);
	size_t handle_len = strlen(judgement->target) + 1;
	struct found *found = malloc(sizeof(*found) + len + handle_len);

	if (!found)
		return NULL;
	found->verdict = judgement->verdict;
	found->id = judgement->id;
	found->rank = judgement->rank;
	memcpy(found->msg, judgement->msg, judgement->msg->nlmsg_len);
	found->handle = memcpy((char *)found->msg + len, judgement->target, handle_len);
	return found;
}

static int make_room(struct search *search)
{
	size_t size = search->size ? 2 * search->size : 64;
	struct found **found;

	if (search->num < search->size)
		return 0;
	found = realloc(search->found, size * sizeof(*found));
	if (!found)
		return -ENOMEM;
	search->found = found;
	search->size = size;
	return 0;
}

static int collect(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct search *search = arg;
	struct found *found;

	if (vdev_judgement_decode(&search->judgement, nlh) || make_room(search))
		return vdev_error_local(sock, ENOMEM);
	found = found_new(&search->judgement);
	if (!found)
		return vdev_error_local(sock, ENOMEM);
	search->found[search->num++] = found;
	return 0;
}

/* The best first. */
static int compare_found(const void *left, const void *right)
{
	const struct found *a = *(struct found *const *)left;
	const struct found *b = *(struct found *const *)right;

	return vdev_rank_compare(a->verdict, &a->rank, b->verdict, &b->rank) ?:
	       strcmp(a->handle, b->handle) ?:
	       vdev_compare(a->id, b->id);
}

static int report_found(struct vdev_sock *sock, struct search *search, vdev_judgement_fn *fn,
			void *arg)
{
	size_t i;
	int ret;

	qsort(search->found, search->num, sizeof(*search->found), compare_found);
	for (i = 0; i < search->num; i++) {
		if (vdev_judgement_decode(&search->judgement, search->found[i]->msg))
			return vdev_error_local(sock, ENOMEM);
		ret = fn(&search->judgement, arg);
		if (ret)
			return ret;
	}
	return 0;
}

VDEV_API int vdev_find(struct vdev_sock *sock, const struct vdev_declaration *source,
		       const struct vdev_filter *filter, vdev_judgement_fn *fn, void *arg)
{
	static const struct dump_ops ops = { .check = vdev_judgement_check, .each = collect };
	struct search search = { 0 };
	struct writer writer = { 0 };
	int err;

	vdev_error_clear(sock);
	vdev_declaration_put(&writer, source);
	vdev_filter_put(&writer, filter);
	vdev_request_max_age(&writer, sock);
	err = explain(sock, vdev_request_dump(sock, VDEV_CMD_FIND, &writer, &ops, &search));
	if (!err && search.num)
		err = report_found(sock, &search, fn, arg);
	while (search.num)
		free(search.found[--search.num]);
	free(search.found);
	vdev_arena_free(&search.judgement.arena);
	return err;
}

static int add_judgement(const struct vdev_judgement *judgement, void *arg)
{
	struct vdev_judgement *kept = vdev_judgement_dup(judgement);
	int err = vdev_list_add(arg, kept);

	if (err)
		vdev_judgement_free(kept);
	return err;
}

VDEV_API int vdev_find_list(struct vdev_sock *sock, const struct vdev_declaration *source,
			    const struct vdev_filter *filter,
			    struct vdev_judgement ***judgements, size_t *num)
{
	struct list list = { 0 };
	int err = vdev_find(sock, source, filter, add_judgement, &list);

	*judgements = NULL;
	*num = 0;
	if (err) {
		vdev_judgement_list_free((struct vdev_judgement **)list.items, list.num);
		return sock->error.type == VDEV_ERROR_NONE ? vdev_error_local(sock, -err) : err;
	}
	*judgements = (struct vdev_judgement **)list.items;
	*num = list.num;
	return 0;
}

VDEV_API void vdev_judgement_list_free(struct vdev_judgement **judgements, size_t num)
{
	while (num)
		vdev_judgement_free(judgements[--num]);
	free(judgements);
}
