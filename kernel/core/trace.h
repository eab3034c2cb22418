/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tracepoints: changes, polls, rules, verdicts, rejections and lost events, as
 * /sys/kernel/tracing/events/vdev has them.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vdev

#if !defined(_VDEV_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _VDEV_TRACE_H

#include <linux/string.h>
#include <linux/tracepoint.h>

#include "core.h"

TRACE_EVENT(vdev_change,
	TP_PROTO(const struct vdev_endpoint *endpoint, unsigned int what),
	TP_ARGS(endpoint, what),
	TP_STRUCT__entry(
		__field(u64, generation)
		__field(u32, id)
		__field(u32, what)
		__array(char, provider, VDEV_NAME_LEN + 1)
		__array(char, name, VDEV_NAME_LEN + 1)
	),
	TP_fast_assign(
		__entry->generation = endpoint->generation;
		__entry->id = endpoint->id;
		__entry->what = what;
		strscpy(__entry->provider, endpoint->provider->name,
			VDEV_NAME_LEN + 1);
		strscpy(__entry->name, endpoint->handle.name,
			VDEV_NAME_LEN + 1);
	),
	TP_printk("%s id=%u provider=%s name=%s generation=%llu",
		  __print_symbolic(__entry->what, { 0, "new" }, { 1, "del" },
				   { 2, "change" }),
		  __entry->id, __entry->provider, __entry->name,
		  __entry->generation)
);

TRACE_EVENT(vdev_profile,
	TP_PROTO(const char *name, u64 generation, unsigned int what),
	TP_ARGS(name, generation, what),
	TP_STRUCT__entry(
		__field(u64, generation)
		__field(u32, what)
		__array(char, name, VDEV_NAME_LEN + 1)
	),
	TP_fast_assign(
		__entry->generation = generation;
		__entry->what = what;
		strscpy(__entry->name, name, VDEV_NAME_LEN + 1);
	),
	TP_printk("%s name=%s generation=%llu",
		  __print_symbolic(__entry->what, { 0, "new" }, { 1, "del" },
				   { 2, "change" }),
		  __entry->name, __entry->generation)
);

TRACE_EVENT(vdev_poll,
	TP_PROTO(const struct vdev_endpoint *endpoint, u64 duration, int err),
	TP_ARGS(endpoint, duration, err),
	TP_STRUCT__entry(
		__field(u64, duration)
		__field(u32, id)
		__field(int, err)
		__array(char, provider, VDEV_NAME_LEN + 1)
		__array(char, name, VDEV_NAME_LEN + 1)
	),
	TP_fast_assign(
		__entry->duration = duration;
		__entry->id = endpoint->id;
		__entry->err = err;
		strscpy(__entry->provider, endpoint->provider->name,
			VDEV_NAME_LEN + 1);
		strscpy(__entry->name, endpoint->handle.name,
			VDEV_NAME_LEN + 1);
	),
	TP_printk("id=%u provider=%s name=%s us=%llu err=%d",
		  __entry->id, __entry->provider, __entry->name,
		  __entry->duration, __entry->err)
);

TRACE_EVENT(vdev_verdict,
	TP_PROTO(const struct vdev_endpoint *target, u32 verdict, bool vetoed),
	TP_ARGS(target, verdict, vetoed),
	TP_STRUCT__entry(
		__field(u32, id)
		__field(u32, verdict)
		__field(bool, vetoed)
		__array(char, name, VDEV_NAME_LEN + 1)
	),
	TP_fast_assign(
		__entry->id = target->id;
		__entry->verdict = verdict;
		__entry->vetoed = vetoed;
		strscpy(__entry->name, target->handle.name, VDEV_NAME_LEN + 1);
	),
	TP_printk("id=%u name=%s verdict=%u vetoed=%d", __entry->id,
		  __entry->name, __entry->verdict, __entry->vetoed)
);

TRACE_EVENT(vdev_rules,
	TP_PROTO(u64 contract, u32 verdict),
	TP_ARGS(contract, verdict),
	TP_STRUCT__entry(
		__field(u64, contract)
		__field(u32, verdict)
	),
	TP_fast_assign(
		__entry->contract = contract;
		__entry->verdict = verdict;
	),
	TP_printk("contract=%llu verdict=%u", __entry->contract,
		  __entry->verdict)
);

TRACE_EVENT(vdev_reject,
	TP_PROTO(const char *provider, const char *name, int err,
		 const char *reason),
	TP_ARGS(provider, name, err, reason),
	TP_STRUCT__entry(
		__field(int, err)
		__array(char, provider, VDEV_NAME_LEN + 1)
		__array(char, name, VDEV_NAME_LEN + 1)
		__array(char, reason, VDEV_STRING_LEN + 1)
	),
	TP_fast_assign(
		__entry->err = err;
		strscpy(__entry->provider, provider, VDEV_NAME_LEN + 1);
		strscpy(__entry->name, name, VDEV_NAME_LEN + 1);
		strscpy(__entry->reason, reason, VDEV_STRING_LEN + 1);
	),
	TP_printk("provider=%s name=%s err=%d reason=%s", __entry->provider,
		  __entry->name, __entry->err, __entry->reason)
);

TRACE_EVENT(vdev_event_lost,
	TP_PROTO(u64 generation),
	TP_ARGS(generation),
	TP_STRUCT__entry(
		__field(u64, generation)
	),
	TP_fast_assign(
		__entry->generation = generation;
	),
	TP_printk("generation=%llu", __entry->generation)
);

#endif /* _VDEV_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
