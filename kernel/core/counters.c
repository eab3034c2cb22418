// SPDX-License-Identifier: GPL-2.0
/*
 * What providers count for their devices. A provider sets its counters, and readers get
 * what it set last: no driver is called for a reader, and a change is no event.
 *
 * The lock of an endpoint's counters is held while they are copied, and for nothing
 * else. No other lock is taken within it.
 */
#include <linux/export.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core.h"
#include "model/bounds.h"

/**
 * struct counter - one of them
 * @value: its value
 * @name: its name
 */
struct counter {
	u64 value;
	char name[VDEV_NAME_LEN + 1];
};

/**
 * struct vdev_counters - what is counted for a device; guarded by the lock that the
 *	endpoint has for it
 * @num: how many there are
 * @list: the counters, in the order of the provider
 */
struct vdev_counters {
	unsigned int num;
	struct counter list[];
};

static int counters_check(struct vdev_reason *reason, const struct vdev_endpoint *endpoint,
			  const struct vdev_counter *counters, unsigned int num)
{
	unsigned int i;
	int err;

	if (num && endpoint->mark != VDEV_IS_DEVICE)
		return vdev_reject(reason, -EINVAL, "counters: a type has none");
	err = vdev_count_check(reason, "counters", counters, num, VDEV_COUNTERS_MAX);
	for (i = 0; !err && i < num; i++)
		err = vdev_name_check(reason, "counter", counters[i].name) ?:
		      vdev_number_check(reason, counters[i].name, counters[i].value);
	return err ?: vdev_unique_check(reason, "counter", counters, num, sizeof(*counters));
}

static struct vdev_counters *counters_new(const struct vdev_counter *counters,
					  unsigned int num)
{
	struct vdev_counters *new;
	unsigned int i;

	new = kzalloc(struct_size(new, list, num), GFP_KERNEL_ACCOUNT);
	if (!new)
		return NULL;
	new->num = num;
	for (i = 0; i < num; i++) {
		new->list[i].value = counters[i].value;
		strscpy(new->list[i].name, counters[i].name, sizeof(new->list[i].name));
	}
	return new;
}

/* Of counters that were set before, only the values are other ones as a rule. */
static bool counters_are_named_locked(const struct vdev_counters *held,
				      const struct vdev_counter *counters, unsigned int num)
{
	unsigned int i;

	if (!held || held->num != num)
		return false;
	for (i = 0; i < num; i++) {
		if (strcmp(held->list[i].name, counters[i].name))
			return false;
	}
	return true;
}

/* False if there are others than before. */
static bool counters_write(struct vdev_endpoint *endpoint, const struct vdev_counter *counters,
			   unsigned int num)
{
	struct vdev_counters *held;
	unsigned int i;
	bool named;

	spin_lock(&endpoint->counters_lock);
	held = endpoint->counters;
	named = counters_are_named_locked(held, counters, num);
	for (i = 0; named && i < num; i++)
		held->list[i].value = counters[i].value;
	spin_unlock(&endpoint->counters_lock);
	return named;
}

static void counters_replace(struct vdev_endpoint *endpoint, struct vdev_counters *counters)
{
	spin_lock(&endpoint->counters_lock);
	swap(endpoint->counters, counters);
	spin_unlock(&endpoint->counters_lock);
	kfree(counters);
}

static int counters_set_checked(struct vdev_endpoint *endpoint,
				const struct vdev_counter *counters, unsigned int num)
{
	struct vdev_counters *new = NULL;

	if (num && counters_write(endpoint, counters, num))
		return 0;
	if (num) {
		new = counters_new(counters, num);
		if (!new)
			return -ENOMEM;
	}
	counters_replace(endpoint, new);
	return 0;
}

/**
 * vdev_counters_set() - set what is counted for a device
 * @endpoint: the device; NULL and ERR_PTR are ignored
 * @counters: all that is counted for it, in the order in which it is shown; copied
 * @num: length of @counters, at most VDEV_COUNTERS_MAX; 0 if nothing is counted any
 *	more
 *
 * All of them are replaced at one instant. The provider calls this when it knows the
 * numbers, for instance at the end of what it counts or from its poll callback. No
 * event is sent, and no generation moves. If the names are those of the call before, no
 * memory is allocated, and only that can fail which is out of its bounds.
 *
 * Context: Process context. May sleep. Not at the same time as vdev_unregister() of the
 * same endpoint. Any lock of the provider may be held.
 * Return: 0; or -EINVAL, -ERANGE or -EMSGSIZE if something is out of its bounds or the
 * endpoint is a type, -ENOMEM. The counters then stay as they were, and the reason is
 * logged.
 */
int vdev_counters_set(struct vdev_endpoint *endpoint,
		      const struct vdev_counter *counters, unsigned int num)
{
	struct vdev_reason reason = { "out of memory" };
	int err;

	if (IS_ERR_OR_NULL(endpoint))
		return 0;
	err = counters_check(&reason, endpoint, counters, num) ?:
	      counters_set_checked(endpoint, counters, num);
	if (err)
		vdev_report_rejection(endpoint->provider, endpoint->handle.name, "counters ",
				      err, reason.why);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_counters_set);

/**
 * vdev_counters_put() - put what is counted for a device
 * @skb: buffer to put it in
 * @endpoint: the device
 *
 * Context: Process context. The endpoint is pinned, or rcu_read_lock() held since it was
 * found.
 * Return: how many counters there are; -EMSGSIZE if the buffer is too small.
 */
int vdev_counters_put(struct sk_buff *skb, struct vdev_endpoint *endpoint)
{
	const struct vdev_counters *held;
	unsigned int i;
	int err = 0;

	spin_lock(&endpoint->counters_lock);
	held = endpoint->counters;
	for (i = 0; held && !err && i < held->num; i++)
		err = vdev_msg_put_counter(skb, held->list[i].name, held->list[i].value);
	spin_unlock(&endpoint->counters_lock);
	return err ?: i;
}
