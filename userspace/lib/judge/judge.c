// SPDX-License-Identifier: LGPL-2.1
/*
 * The judgement without the kernel: what its evaluator reports here is written as
 * its reply would be, so that both are decoded by the same code.
 */
#include <stdlib.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>

#include "kernel/model/check.h"
#include "model/declaration.h"
#include "model/encode.h"
#include "internal.h"
#include "judgement.h"

static int judge_report(const struct vdev_check *check, const struct vdev_finding *finding)
{
	struct writer *writer = check->arg;

	vdev_encode_finding(writer, VDEV_A_FINDING, finding);
	return writer->error;
}

static struct vdev_judgement *finish(const struct vdev_check *check, struct writer *writer)
{
	struct nlmsghdr *nlh;

	vdev_writer_u32(writer, VDEV_A_ENDPOINT, check->target->kind);
	vdev_writer_u32(writer, VDEV_A_VERDICT, check->verdict);
	vdev_encode_rank(writer, VDEV_A_RANK, &check->rank);
	if (writer->error)
		return NULL;
	nlh = (struct nlmsghdr *)writer->data;
	nlh->nlmsg_len = (uint32_t)writer->len;
	((struct genlmsghdr *)NLMSG_DATA(nlh))->cmd = VDEV_CMD_CHECK;
	return vdev_judgement_copy(nlh);
}

VDEV_API struct vdev_judgement *vdev_judge(const struct vdev_declaration *source,
					   const struct vdev_declaration *target)
{
	struct vdev_operand from = vdev_declaration_operand(source), to = vdev_declaration_operand(target);
	struct vdev_check *check = calloc(1, sizeof(*check));
	struct vdev_judgement *judgement = NULL;
	struct writer writer = { 0 };

	if (check && vdev_writer_reserve(&writer, NLMSG_HDRLEN + GENL_HDRLEN)) {
		check->source = &from;
		check->target = &to;
		check->report = judge_report;
		check->arg = &writer;
		if (!vdev_check_run(check))
			judgement = finish(check, &writer);
	}
	vdev_writer_free(&writer);
	free(check);
	return judgement;
}
