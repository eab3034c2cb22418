/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A request to create, configure or remove a device, once it is accepted.
 */
#ifndef _VDEV_NL_PROVISION_H
#define _VDEV_NL_PROVISION_H

#include <linux/uidgid.h>
#include <linux/workqueue.h>

#include "answer.h"
#include "codec/parsed.h"
#include "core/request.h"
#include "model/order.h"

/**
 * struct vdev_provision - a request, until it is answered
 * @work: calls the provider
 * @request: what the provider is asked to do
 * @answer: the answer
 * @made: what @request.order.record points into
 * @from: the type, or the device, as it was when the request was validated
 * @chosen: what is chosen
 * @choices: the same, for order.c
 * @message: the request itself, which has the strings of @chosen
 * @name_offset: where in it the name of the new device is; 0 if it has none
 * @uid: who has sent it
 */
struct vdev_provision {
	struct work_struct work;
	struct vdev_request request;
	struct vdev_answer answer;
	struct vdev_made made;
	struct vdev_parsed *from;
	struct vdev_parsed *chosen;
	struct vdev_choices choices;
	struct sk_buff *message;
	u32 name_offset;
	kuid_t uid;
};

struct vdev_provision *vdev_provision_new(struct sk_buff *message);
void vdev_provision_free(struct vdev_provision *provision);
void vdev_provision_start(struct vdev_provision *provision);
int vdev_provision_init(void);
void vdev_provision_exit(void);

#endif /* _VDEV_NL_PROVISION_H */
