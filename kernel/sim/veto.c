// SPDX-License-Identifier: GPL-2.0
/*
 * The veto of a type or device. An endpoint is unregistered with sim_lock held,
 * and that waits for its vetoes; so what is asked for has a lock of its own, under
 * which the core is never called.
 */
#include <linux/mutex.h>
#include <linux/string.h>

#include "sim.h"

/* Taken inside sim_lock. */
static DEFINE_MUTEX(veto_lock);

/**
 * sim_veto_publish() - reject from now on what the facts say
 * @object: the object; its facts are its own already, and stay until this is called
 *	again or sim_veto_withdraw()
 */
void sim_veto_publish(struct sim_object *object)
{
	const struct sim_veto *veto = &object->facts->veto;

	lockdep_assert_held(&sim_lock);
	mutex_lock(&veto_lock);
	WRITE_ONCE(object->veto, veto->reason ? veto : NULL);
	mutex_unlock(&veto_lock);
}

/* Reject nothing any more; to be called before the facts go. */
void sim_veto_withdraw(struct sim_object *object)
{
	lockdep_assert_held(&sim_lock);
	mutex_lock(&veto_lock);
	WRITE_ONCE(object->veto, NULL);
	mutex_unlock(&veto_lock);
}

static bool sim_veto_applies(const struct sim_veto *veto,
			     const struct vdev_record *source)
{
	if (!veto->model)
		return true;
	return source->model.value && !strcmp(source->model.value, veto->model);
}

/* See struct vdev_provider_ops. */
bool sim_veto(const struct vdev_endpoint *target, void *priv,
	      const struct vdev_record *source, char *reason, size_t size)
{
	struct sim_object *object = priv;
	bool rejected;

	if (!READ_ONCE(object->veto))
		return false;
	mutex_lock(&veto_lock);
	rejected = object->veto && sim_veto_applies(object->veto, source);
	if (rejected)
		strscpy(reason, object->veto->reason, size);
	mutex_unlock(&veto_lock);
	return rejected;
}
