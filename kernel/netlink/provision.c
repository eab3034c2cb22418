// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to create, configure and remove devices, from the moment when they are
 * accepted: a work item of each calls the provider, and answers. So a provider that
 * hangs is waited for by nobody but who has asked, and a requester that is killed
 * leaves nothing half done.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/user_namespace.h>

#include "provision.h"

static struct workqueue_struct *provision_wq;

static void provision_log(const struct vdev_provision *provision)
{
	static DEFINE_RATELIMIT_STATE(changes, HZ, 100);
	const struct vdev_request *request = &provision->request;
	const struct vdev_blob *blob = request->view.blob;
	const char *what = "removed";

	if (request->what == VDEV_OPERATION_CREATE)
		what = "created";
	else if (request->what == VDEV_OPERATION_CONFIGURE)
		what = "configured";
	if (__ratelimit(&changes))
		pr_info("device %s/%s: %s by uid %u\n",
			vdev_blob_string(blob, VDEV_A_BUS),
			vdev_blob_string(blob, VDEV_A_NAME), what,
			from_kuid(&init_user_ns, provision->uid));
}

static void provision_answer(struct vdev_provision *provision, int err)
{
	struct vdev_request *request = &provision->request;
	struct vdev_answer *answer = &provision->answer;
	const char *text = request->reason;

	if (err && !*text)
		text = "rejected by the provider, which gives no reason";
	if (!err && !request->order.dry_run) {
		provision_log(provision);
		vdev_answer_reply(answer, &request->view);
	}
	/* Which name is taken the core may not have known. */
	vdev_answer_acknowledge(answer, err, text,
				err == -EEXIST ? provision->name_offset : 0);
}

static void provision_work(struct work_struct *work)
{
	struct vdev_provision *provision =
		container_of(work, struct vdev_provision, work);
	int err;

	err = vdev_request_run(&provision->request);
	provision_answer(provision, err);
	vdev_blob_put(provision->request.view.blob);
	vdev_provision_free(provision);
}

/**
 * vdev_provision_new() - a request is being read
 * @message: the request
 *
 * Context: Process context. May sleep.
 * Return: what is to be given to vdev_provision_start() or vdev_provision_free(); or NULL.
 */
struct vdev_provision *vdev_provision_new(struct sk_buff *message)
{
	struct vdev_provision *provision;

	provision = kvzalloc(sizeof(*provision), GFP_KERNEL_ACCOUNT);
	if (!provision)
		return NULL;
	INIT_WORK(&provision->work, provision_work);
	provision->message = skb_get(message);
	provision->uid = current_uid();
	return provision;
}

/**
 * vdev_provision_free() - a request is over
 * @provision: the request
 */
void vdev_provision_free(struct vdev_provision *provision)
{
	vdev_answer_free(&provision->answer);
	kvfree(provision->from);
	kvfree(provision->chosen);
	consume_skb(provision->message);
	kvfree(provision);
}

/**
 * vdev_provision_start() - have the provider do what is requested
 * @provision: the request, which vdev_request_begin() has accepted; it is freed when it
 *	is answered
 */
void vdev_provision_start(struct vdev_provision *provision)
{
	queue_work(provision_wq, &provision->work);
}

/**
 * vdev_provision_init() - prepare for requests
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_provision_init(void)
{
	/* As many works as there can be, so that none waits for those that hang. */
	provision_wq = alloc_workqueue("vdev_provision", WQ_UNBOUND, WQ_MAX_ACTIVE);
	return provision_wq ? 0 : -ENOMEM;
}

/**
 * vdev_provision_exit() - the family is gone, and the providers with it
 *
 * Context: Process context. May sleep.
 */
void vdev_provision_exit(void)
{
	destroy_workqueue(provision_wq);
}
