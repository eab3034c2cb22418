// SPDX-License-Identifier: LGPL-2.1
/* Profiles: the requests about them, and what the kernel tells of one. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include <vdev/profile.h>

#include "declaration.h"
#include "getter.h"
#include "object.h"
#include "profile.h"
#include "profile_draft.h"
#include "request.h"

struct vdev_profile {
	struct arena arena;
	const char *name;
	const char *bus;
	const char *driver;
	const char *type;
	uint32_t migration;
	uint32_t capabilities;
	const struct vdev_cost *cost;
	const struct vdev_record *record;
	uint32_t instance;
	uint64_t generation;
	uint64_t snapshot;
	uint32_t changed;
};

/* Of any message about a profile: a reply, of a dump, or an event. */
int vdev_profile_message_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct nlattr *head = vdev_reply_head(nlh);
	int len = vdev_reply_len(nlh);

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) ||
	    vdev_attrs_check(&vdev_profile_attrs, head, len, path))
		return -EBADMSG;
	if (nla_find(head, len, VDEV_A_PROFILE_NAME))
		return 0;
	vdev_path_prepend(path, vdev_attr_def(&vdev_profile_attrs, VDEV_A_PROFILE_NAME), 0);
	return -EBADMSG;
}

/* The same of a reply, which has the command of its request. */
static int reply_check_profile(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	int err = vdev_profile_message_check(nlh, path);

	if (!err && genl->cmd != VDEV_CMD_PROFILE_GET && genl->cmd != VDEV_CMD_PROFILE_SET &&
	    genl->cmd != VDEV_CMD_PROFILE_DEL)
		err = -EBADMSG;
	return err;
}

static void decode_number(struct vdev_profile *profile, const struct nlattr *attr)
{
	switch (nla_type(attr)) {
	case VDEV_A_PROFILE_INSTANCE:
		profile->instance = vdev_decode_u32(attr);
		break;
	case VDEV_A_PROFILE_GENERATION:
		profile->generation = vdev_decode_uint(attr);
		break;
	case VDEV_A_PROFILE_SNAPSHOT:
		profile->snapshot = vdev_decode_uint(attr);
		break;
	case VDEV_A_PROFILE_CHANGED:
		profile->changed = vdev_decode_u32(attr);
		break;
	case VDEV_A_PROFILE_MIGRATION:
		profile->migration = vdev_decode_u32(attr);
		break;
	case VDEV_A_PROFILE_CAPABILITIES:
		profile->capabilities = vdev_decode_u32(attr);
		break;
	}
}

static int decode(struct vdev_profile *profile, const struct nlmsghdr *nlh)
{
	const char **strings[] = {
		[VDEV_A_PROFILE_NAME] = &profile->name,
		[VDEV_A_PROFILE_BUS] = &profile->bus,
		[VDEV_A_PROFILE_DRIVER] = &profile->driver,
		[VDEV_A_PROFILE_TYPE] = &profile->type,
	};
	const struct nlattr *pos;
	const void *got = profile;
	int rem;

	profile->changed = VDEV_UNKNOWN32;
	nla_for_each_attr(pos, vdev_reply_head(nlh), vdev_reply_len(nlh), rem) {
		switch (nla_type(pos)) {
		case VDEV_A_PROFILE_NAME:
		case VDEV_A_PROFILE_BUS ... VDEV_A_PROFILE_TYPE:
			*strings[nla_type(pos)] = vdev_decode_string(pos);
			break;
		case VDEV_A_PROFILE_COST:
			got = profile->cost = vdev_decode_cost(&profile->arena, pos);
			break;
		case VDEV_A_PROFILE_RECORD:
			got = profile->record = vdev_record_decode(&profile->arena, pos);
			break;
		default:
			decode_number(profile, pos);
		}
		if (!got)
			return -ENOMEM;
	}
	return 0;
}

struct vdev_profile *vdev_profile_copy(const struct nlmsghdr *nlh)
{
	struct vdev_profile *profile = calloc(1, sizeof(*profile));
	struct nlmsghdr *copy;

	if (!profile)
		return NULL;
	copy = vdev_arena_alloc(&profile->arena, nlh->nlmsg_len, 1);
	if (copy && !decode(profile, memcpy(copy, nlh, nlh->nlmsg_len)))
		return profile;
	vdev_profile_free(profile);
	return NULL;
}

/* A family that has no such command says no more than that. */
static int explain(struct vdev_sock *sock, int err)
{
	if (err == -EOPNOTSUPP && sock->error.kind == VDEV_ERROR_KERNEL &&
	    !sock->error.from_kernel)
		vdev_error_set(sock, VDEV_ERROR_KERNEL, EOPNOTSUPP, NULL,
			       "the kernel's vdev module is too old for profiles");
	return err;
}

/* Ask what was written, and free it. */
static int ask(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
	       struct exchange *exchange)
{
	int err;

	vdev_error_clear(sock);
	exchange->set = &vdev_profile_attrs;
	exchange->msg = vdev_request_new(sock, cmd, NLM_F_ACK, writer);
	if (!exchange->msg)
		return -sock->error.code;
	err = explain(sock, vdev_request_ask(sock, exchange));
	nlmsg_free(exchange->msg);
	return err;
}

static int get_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_profile **profile = arg;
	int err;

	err = vdev_reply_check(sock, nlh, reply_check_profile);
	if (err)
		return err;
	vdev_profile_free(*profile);
	*profile = vdev_profile_copy(nlh);
	return *profile ? 0 : vdev_error_local(sock, ENOMEM);
}

/* A request whose answer is one profile. */
static int ask_profile(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		       struct vdev_profile **profile)
{
	struct exchange exchange = { .reply = get_reply, .arg = profile };
	int err;

	*profile = NULL;
	err = ask(sock, cmd, writer, &exchange);
	if (!err && !*profile)
		err = vdev_error_reply(sock, NULL, "the reply has no profile");
	if (err) {
		vdev_profile_free(*profile);
		*profile = NULL;
	}
	return err;
}

/* The caller need not want the answer. */
static int change(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		  struct vdev_profile **profile)
{
	struct vdev_profile *own = NULL;
	int err = ask_profile(sock, cmd, writer, profile ? profile : &own);

	vdev_profile_free(own);
	return err;
}

VDEV_API int vdev_profile_set(struct vdev_sock *sock, const struct vdev_profile_draft *draft,
			      size_t size, size_t declared_size, bool replace,
			      struct vdev_profile **profile)
{
	struct writer writer = { 0 };
	struct known_profile known;

	if (profile)
		*profile = NULL;
	if (vdev_profile_draft_read(&known, draft, size, declared_size))
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "the draft is newer than this library");
	vdev_profile_draft_put(&writer, &known);
	if (replace)
		vdev_writer_put(&writer, VDEV_A_PROFILE_REPLACE, NULL, 0);
	return change(sock, VDEV_CMD_PROFILE_SET, &writer, profile);
}

VDEV_API int vdev_profile_del(struct vdev_sock *sock, const char *name,
			      struct vdev_profile **profile)
{
	struct writer writer = { 0 };

	vdev_writer_string(&writer, VDEV_A_PROFILE_NAME, name);
	return change(sock, VDEV_CMD_PROFILE_DEL, &writer, profile);
}

VDEV_API int vdev_profile_get(struct vdev_sock *sock, const char *name,
			      struct vdev_profile **profile)
{
	struct writer writer = { 0 };

	vdev_writer_string(&writer, VDEV_A_PROFILE_NAME, name);
	return ask_profile(sock, VDEV_CMD_PROFILE_GET, &writer, profile);
}

/* The profiles of a dump are decoded one after the other into the same memory. */
struct profiles {
	struct vdev_profile profile;
	vdev_profile_fn *fn;
	void *arg;
};

static int each_profile(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct profiles *profiles = arg;
	struct arena arena = profiles->profile.arena;

	vdev_arena_reset(&arena);
	profiles->profile = (struct vdev_profile){ .arena = arena };
	if (decode(&profiles->profile, nlh))
		return vdev_error_local(sock, ENOMEM);
	return profiles->fn(&profiles->profile, profiles->arg);
}

VDEV_API int vdev_profile_dump(struct vdev_sock *sock, vdev_profile_fn *fn, void *arg)
{
	static const struct dump_ops ops = {
		.set = &vdev_profile_attrs, .check = reply_check_profile, .each = each_profile,
	};
	struct profiles profiles = { .fn = fn, .arg = arg };
	struct writer writer = { 0 };
	int err;

	vdev_error_clear(sock);
	err = explain(sock, vdev_request_dump(sock, VDEV_CMD_PROFILE_GET, &writer, &ops,
					      &profiles));
	vdev_arena_free(&profiles.profile.arena);
	return err;
}

VDEV_API void vdev_profile_free(struct vdev_profile *profile)
{
	if (!profile)
		return;
	vdev_arena_free(&profile->arena);
	free(profile);
}

GETTER(const char *, profile, name)
GETTER(const char *, profile, bus)
GETTER(const char *, profile, driver)
GETTER(const char *, profile, type)
GETTER(uint32_t, profile, migration)
GETTER(const struct vdev_record *, profile, record)
GETTER(uint32_t, profile, capabilities)
GETTER(const struct vdev_cost *, profile, cost)
GETTER(uint32_t, profile, instance)
GETTER(uint64_t, profile, generation)
GETTER(uint64_t, profile, snapshot)
GETTER(uint32_t, profile, changed)
