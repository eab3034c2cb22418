// SPDX-License-Identifier: LGPL-2.1
/* The requests for a judgement: of one target, or of all that pass a filter. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/msg.h>

#include "model/declaration.h"
#include "netlink/call.h"
#include "netlink/sock_error.h"
#include "netlink/filter.h"
#include "netlink/list.h"
#include "internal.h"
#include "judgement.h"

static int explain(struct vdev_sock *sock, int err)
{
	return vdev_request_explain(sock, err, "the kernel's vdev module is too old to check");
}

/* For one judgement, which is lent to the function, or else given to who waits. */
struct check {
	struct vdev_judgement *judgement;
	struct vdev_judgement **kept;
	vdev_judgement_fn *fn;
	void *arg;
};

static int check_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct check *check = arg;
	int err;

	err = vdev_reply_check(sock, nlh, vdev_judgement_check);
	if (err)
		return err;
	vdev_judgement_free(check->judgement);
	check->judgement = vdev_judgement_copy(nlh);
	return check->judgement ? 0 : vdev_error_local(sock, ENOMEM);
}

static int check_finish(struct vdev_sock *sock, void *state, int err)
{
	struct check *check = state;

	if (err)
		return explain(sock, err);
	if (!check->judgement)
		return vdev_error_reply(sock, NULL, "the reply has no verdict");
	if (check->fn)
		return check->fn(check->judgement, check->arg);
	*check->kept = check->judgement;
	check->judgement = NULL;
	return 0;
}

static void check_release(void *state)
{
	struct check *check = state;

	vdev_judgement_free(check->judgement);
	free(check);
}

/* Which state of a target is to be judged. */
struct expected {
	uint64_t generation;
	uint32_t instance;
};

/* Ask about the source that was written, and free it. */
static int begin_check(struct vdev_sock *sock, struct writer *writer,
		       enum vdev_object_kind kind, const struct vdev_handle *target,
		       struct expected expected, const struct check *wanted)
{
	static const struct call_ops ops = {
		.reply = check_reply, .finish = check_finish, .release = check_release,
	};
	struct check *check = malloc(sizeof(*check));

	if (check)
		*check = *wanted;
	vdev_request_target(writer, kind, target);
	if (expected.generation) {
		vdev_writer_u32(writer, VDEV_A_INSTANCE, expected.instance);
		vdev_writer_uint(writer, VDEV_A_EXPECT, expected.generation);
	}
	vdev_request_max_age(writer, sock);
	return vdev_call_begin(sock, VDEV_CMD_CHECK, writer, &ops, check);
}

VDEV_API int vdev_check_begin(struct vdev_sock *sock, const struct vdev_declaration *source,
			      enum vdev_object_kind kind, const struct vdev_handle *target,
			      uint64_t expect, uint32_t instance, vdev_judgement_fn *fn,
			      void *arg)
{
	const struct check wanted = { .fn = fn, .arg = arg };
	struct writer writer = { 0 };

	vdev_declaration_put(&writer, source);
	return begin_check(sock, &writer, kind, target, (struct expected){ expect, instance },
			   &wanted);
}

VDEV_API int vdev_check(struct vdev_sock *sock, const struct vdev_declaration *source,
			enum vdev_object_kind kind, const struct vdev_handle *target,
			uint64_t expect, uint32_t instance,
			struct vdev_judgement **judgement)
{
	const struct check wanted = { .kept = judgement };
	struct writer writer = { 0 };

	*judgement = NULL;
	vdev_declaration_put(&writer, source);
	return vdev_call_wait(sock, begin_check(sock, &writer, kind, target,
						(struct expected){ expect, instance },
						&wanted));
}

VDEV_API int vdev_check_local(struct vdev_sock *sock, enum vdev_object_kind source_kind,
			      const struct vdev_handle *source, enum vdev_object_kind kind,
			      const struct vdev_handle *target, uint64_t expect,
			      uint32_t instance, struct vdev_judgement **judgement)
{
	const struct check wanted = { .kept = judgement };
	struct writer writer = { 0 };

	*judgement = NULL;
	vdev_request_source(&writer, source_kind, source);
	return vdev_call_wait(sock, begin_check(sock, &writer, kind, target,
						(struct expected){ expect, instance },
						&wanted));
}

/* A target with what orders it, and the message about it. */
struct found {
	uint32_t verdict;
	uint32_t id;
	struct vdev_rank rank;
	/* It has no room now. */
	bool busy;
	const char *handle;
	struct nlmsghdr msg[];
};

struct findings {
	vdev_judgement_fn *fn;
	void *arg;
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
	found->busy = judgement->capacity &&
		      judgement->capacity->state > VDEV_CAPACITY_STATE_SUFFICIENT;
	memcpy(found->msg, judgement->msg, judgement->msg->nlmsg_len);
	found->handle = memcpy((char *)found->msg + len, judgement->target, handle_len);
	return found;
}

static int make_room(struct findings *findings)
{
	size_t size = findings->size ? 2 * findings->size : 64;
	struct found **found;

	if (findings->num < findings->size)
		return 0;
	found = realloc(findings->found, size * sizeof(*found));
	if (!found)
		return -ENOMEM;
	findings->found = found;
	findings->size = size;
	return 0;
}

static int collect(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct findings *findings = arg;
	struct found *found;

	if (vdev_judgement_decode(&findings->judgement, nlh) || make_room(findings))
		return vdev_error_local(sock, ENOMEM);
	found = found_new(&findings->judgement);
	if (!found)
		return vdev_error_local(sock, ENOMEM);
	findings->found[findings->num++] = found;
	return 0;
}

/* The best first; of those with the same verdict, those that have room come before others. */
static int compare_found(const void *left, const void *right)
{
	const struct found *a = *(struct found *const *)left;
	const struct found *b = *(struct found *const *)right;

	return vdev_compare(a->verdict, b->verdict) ?:
	       vdev_compare(a->busy, b->busy) ?:
	       vdev_rank_compare(a->verdict, &a->rank, b->verdict, &b->rank) ?:
	       strcmp(a->handle, b->handle) ?:
	       vdev_compare(a->id, b->id);
}

static int report_found(struct vdev_sock *sock, struct findings *findings)
{
	size_t i;
	int ret;

	qsort(findings->found, findings->num, sizeof(*findings->found), compare_found);
	for (i = 0; i < findings->num; i++) {
		if (vdev_judgement_decode(&findings->judgement, findings->found[i]->msg))
			return vdev_error_local(sock, ENOMEM);
		ret = findings->fn(&findings->judgement, findings->arg);
		if (ret)
			return ret;
	}
	return 0;
}

static int find_finish(struct vdev_sock *sock, void *state, int err)
{
	struct findings *findings = state;

	if (err)
		return explain(sock, err);
	return findings->num ? report_found(sock, findings) : 0;
}

static void find_release(void *state)
{
	struct findings *findings = state;

	while (findings->num)
		free(findings->found[--findings->num]);
	free(findings->found);
	vdev_arena_free(&findings->judgement.arena);
	free(findings);
}

VDEV_API int vdev_find_begin(struct vdev_sock *sock, const struct vdev_declaration *source,
			     const struct vdev_filter *filter, vdev_judgement_fn *fn, void *arg)
{
	static const struct dump_ops dump = { .check = vdev_judgement_check, .each = collect };
	static const struct call_ops ops = {
		.dump = &dump, .finish = find_finish, .release = find_release,
	};
	struct findings *findings = calloc(1, sizeof(*findings));
	struct writer writer = { 0 };

	if (findings) {
		findings->fn = fn;
		findings->arg = arg;
	}
	vdev_declaration_put(&writer, source);
	vdev_filter_put(&writer, filter);
	vdev_request_max_age(&writer, sock);
	return vdev_call_begin(sock, VDEV_CMD_FIND, &writer, &ops, findings);
}

VDEV_API int vdev_find(struct vdev_sock *sock, const struct vdev_declaration *source,
		       const struct vdev_filter *filter, vdev_judgement_fn *fn, void *arg)
{
	return vdev_call_wait(sock, vdev_find_begin(sock, source, filter, fn, arg));
}

static void free_judgement(void *item)
{
	vdev_judgement_free(item);
}

static int add_judgement(const struct vdev_judgement *judgement, void *arg)
{
	return vdev_list_add(arg, vdev_judgement_dup(judgement));
}

VDEV_API int vdev_find_list(struct vdev_sock *sock, const struct vdev_declaration *source,
			    const struct vdev_filter *filter,
			    struct vdev_judgement ***judgements, size_t *num)
{
	struct list list = { .free = free_judgement };
	int err = vdev_find(sock, source, filter, add_judgement, &list);

	err = vdev_list_end(sock, &list, err);
	*judgements = (struct vdev_judgement **)list.items;
	*num = list.num;
	return err;
}

VDEV_API void vdev_judgement_list_free(struct vdev_judgement **judgements, size_t num)
{
	while (num)
		vdev_judgement_free(judgements[--num]);
	free(judgements);
}
