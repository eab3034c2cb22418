// SPDX-License-Identifier: LGPL-2.1
/* The requests about profiles. */
#include <errno.h>

#include <netlink/msg.h>

#include "model/profile.h"
#include "model/profile_draft.h"
#include "dump.h"
#include "sock_error.h"
#include "internal.h"
#include "request.h"

/* A reply has the command of its request. */
static int reply_check_profile(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	int err = vdev_profile_message_check(nlh, path);

	if (!err && genl->cmd != VDEV_CMD_PROFILE_GET && genl->cmd != VDEV_CMD_PROFILE_SET &&
	    genl->cmd != VDEV_CMD_PROFILE_DEL)
		err = -EBADMSG;
	return err;
}

static int explain(struct vdev_sock *sock, int err)
{
	return vdev_request_explain(sock, err, "the kernel's vdev module is too old for profiles");
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
	struct exchange exchange = {
		.set = &vdev_profile_attrs, .reply = get_reply, .arg = profile,
	};
	int err;

	*profile = NULL;
	vdev_error_clear(sock);
	err = explain(sock, vdev_request_put(sock, cmd, writer, &exchange));
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

	if (vdev_profile_decode(&profiles->profile, nlh))
		return vdev_error_local(sock, ENOMEM);
	return profiles->fn(&profiles->profile, profiles->arg);
}

VDEV_API int vdev_profile_dump(struct vdev_sock *sock, vdev_profile_fn *fn, void *arg)
{
	static const struct dump_ops ops = {
		.set = &vdev_profile_attrs,
		.torn = "profiles changed during every attempt to read them",
		.check = reply_check_profile,
		.each = each_profile,
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
