/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The functions of <linux/vdev.h> in a kernel without vdev: they succeed and do
 * nothing. A provider and an endpoint are NULL.
 */
#ifndef _LINUX_VDEV_OFF_H
#define _LINUX_VDEV_OFF_H

static inline struct vdev_provider *
vdev_provider_register(const char *name, const struct vdev_provider_ops *ops)
{
	return NULL;
}

static inline void vdev_provider_unregister(struct vdev_provider *provider)
{
}

static inline void vdev_provider_settle(struct vdev_provider *provider)
{
}

static inline void vdev_provider_not_followed(struct vdev_provider *provider,
					      const char *reason)
{
}

static inline struct vdev_endpoint *
vdev_device_register(struct vdev_provider *provider,
		     const struct vdev_handle *handle,
		     const struct vdev_facts *facts, void *priv)
{
	return NULL;
}

static inline struct vdev_endpoint *
vdev_type_register(struct vdev_provider *provider,
		   const struct vdev_handle *handle,
		   const struct vdev_facts *facts, void *priv)
{
	return NULL;
}

static inline int vdev_update(struct vdev_endpoint *endpoint,
			      const struct vdev_facts *facts)
{
	return 0;
}

static inline int vdev_blocker_add(struct vdev_endpoint *endpoint,
				   const struct vdev_blocker *blocker)
{
	return 0;
}

static inline int vdev_blocker_del(struct vdev_endpoint *endpoint,
				   const char *name)
{
	return 0;
}

static inline void vdev_unregister(struct vdev_endpoint *endpoint)
{
}

static inline u32 vdev_endpoint_id(const struct vdev_endpoint *endpoint)
{
	return 0;
}

static inline int vdev_counters_set(struct vdev_endpoint *endpoint,
				    const struct vdev_counter *counters,
				    unsigned int num)
{
	return 0;
}

static inline void vdev_poll_now(struct vdev_endpoint *endpoint)
{
}

static inline void vdev_poll_pause(struct vdev_endpoint *endpoint)
{
}

static inline void vdev_poll_resume(struct vdev_endpoint *endpoint)
{
}

#endif /* _LINUX_VDEV_OFF_H */
