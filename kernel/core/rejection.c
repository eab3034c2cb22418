// SPDX-License-Identifier: GPL-2.0
/*
 * What a provider reported and the core rejected: in the log, in what is counted for the
 * provider, and as a trace event.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/string.h>

#include "core.h"
#include "trace.h"

/**
 * vdev_report_rejection() - something that a provider reported was rejected
 * @provider: the provider
 * @name: name of the endpoint; it may be what was rejected, and hold anything
 * @what: what of it, with a space behind it; empty for the endpoint itself
 * @err: the errno
 * @why: the reason
 *
 * Context: Process context.
 */
void vdev_report_rejection(struct vdev_provider *provider, const char *name,
			   const char *what, int err, const char *why)
{
	static DEFINE_RATELIMIT_STATE(rejections, HZ, 100);

	if (__ratelimit(&rejections))
		pr_warn("%s: %*pE: %srejected (%d): %s\n", provider->name,
			(int)strnlen(name, VDEV_NAME_LEN), name, what, err,
			why);
	atomic64_inc(&provider->stats.rejected);
	trace_vdev_reject(provider->name, name, err, why);
}
