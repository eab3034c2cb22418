// SPDX-License-Identifier: GPL-2.0
/* The socket, the source and the reply of a test, and what was asked. */
#include "test.h"

#include "asked.h"

struct vdev_sock *sock;
struct nl_msg *reply;
struct vdev_declaration *source;

int asked_set_up(void **state)
{
	(void)state;
	sock = vdev_sock_new();
	return sock ? 0 : -1;
}

int asked_set_up_source(void **state)
{
	static const struct vdev_ident model = { .value = "m" };
	static const struct vdev_blocker blocker = { "pinned", "a peer maps its memory", 0 };
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED,
		.blockers = &blocker, .num_blockers = 1, .model = &model,
	};

	if (asked_set_up(state))
		return -1;
	return vdev_declaration_new(&draft, sizeof(draft), &source, NULL);
}

int asked_tear_down(void **state)
{
	(void)state;
	fake_reset(NULL, NULL);
	vdev_declaration_free(source);
	source = NULL;
	vdev_sock_free(sock);
	return 0;
}

const struct nlattr *sent(int type)
{
	return nla_find(nlmsg_attrdata(fake_request(), GENL_HDRLEN),
			nlmsg_attrlen(fake_request(), GENL_HDRLEN), type);
}

const struct nlattr *in_source(int type)
{
	const struct nlattr *nest = sent(VDEV_A_SOURCE);

	assert_non_null(nest);
	return nla_find(nla_data(nest), nla_len(nest), type);
}
