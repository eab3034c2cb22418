// SPDX-License-Identifier: GPL-2.0
/*
 * Errors made on purpose, one each time the module is loaded, to prove that a
 * guest with a debug kernel detects them. Not a part of vdev; never load it
 * anywhere else.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static char *fault = "none";
module_param(fault, charp, 0444);
MODULE_PARM_DESC(fault, "the error to make");

/* Read and written so that the compiler cannot know better. */
static volatile int sink;

static int no_error(void)
{
	return 0;
}

static void in_order(struct mutex *first, struct mutex *second)
{
	mutex_lock(first);
	mutex_lock(second);
	mutex_unlock(second);
	mutex_unlock(first);
}

static int locks_in_both_orders(void)
{
	static DEFINE_MUTEX(a);
	static DEFINE_MUTEX(b);

	in_order(&a, &b);
	in_order(&b, &a);
	return 0;
}

static int sleep_under_spinlock(void)
{
	static DEFINE_SPINLOCK(spinlock);
	static DEFINE_MUTEX(mutex);

	spin_lock(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&spinlock);
	return 0;
}

static int use_after_free(void)
{
	int *volatile memory = kmalloc(sizeof(*memory), GFP_KERNEL);

	kfree(memory);
	sink = *memory;
	return 0;
}

static int out_of_bounds(void)
{
	char *volatile memory = kmalloc(32, GFP_KERNEL);

	if (!memory)
		return -ENOMEM;
	sink = memory[32];
	kfree(memory);
	return 0;
}

static int leak(void)
{
	sink = !kmalloc(64, GFP_KERNEL);
	return 0;
}

static int shift_too_far(void)
{
	sink = 40;
	sink = 1 << sink;
	return 0;
}

static int shared_counter;

static int count_up(void *unused)
{
	while (!kthread_should_stop()) {
		shared_counter++;
		cond_resched();
	}
	return 0;
}

static int race(void)
{
	struct task_struct *tasks[2];
	int i;

	for (i = 0; i < 2; i++) {
		tasks[i] = kthread_run(count_up, NULL, "vdev_broken/%d", i);
		if (IS_ERR(tasks[i]))
			break;
	}
	msleep(3000);
	while (i--)
		kthread_stop(tasks[i]);
	return 0;
}

/* The words of the core for an endpoint that was never freed. */
static int endpoint_not_freed(void)
{
	pr_info("vdev: unloaded, 2 endpoints allocated, 1 freed, 2 contracts allocated, 2 freed\n");
	return 0;
}

/* And for a contract of which somebody has kept a share. */
static int contract_not_freed(void)
{
	pr_info("vdev: unloaded, 2 endpoints allocated, 2 freed, 2 contracts allocated, 1 freed\n");
	return 0;
}

static int stay_loaded(void)
{
	__module_get(THIS_MODULE);
	return 0;
}

static const struct {
	const char *name;
	int (*make)(void);
} faults[] = {
	{ "none", no_error },
	{ "abba", locks_in_both_orders },
	{ "atomic", sleep_under_spinlock },
	{ "uaf", use_after_free },
	{ "bounds", out_of_bounds },
	{ "leak", leak },
	{ "shift", shift_too_far },
	{ "race", race },
	{ "freed", endpoint_not_freed },
	{ "shared", contract_not_freed },
	{ "loaded", stay_loaded },
};

static int __init broken_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		if (!strcmp(faults[i].name, fault))
			return faults[i].make();
	}
	return -EINVAL;
}

static void __exit broken_exit(void)
{
}

module_init(broken_init);
module_exit(broken_exit);

MODULE_DESCRIPTION("Errors made on purpose");
MODULE_LICENSE("GPL");
