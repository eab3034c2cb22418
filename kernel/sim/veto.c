// SPDX-License-Identifier: GPL-2.0
/*
 * The veto of a type or device. An endpoint is unregistered with sim_lock held,
 * and that waits for its vetoes; so what is asked for has a lock of its own, under
 * which the core is never called.
 */
#include <linux/hashtable.h>
#include <linux/string.h>

#include "sim.h"

/* Taken inside sim_lock. */
static DEFINE_MUTEX(veto_lock);

/* Objects that reject, by endpoint; guarded by veto_lock. */
static DEFINE_HASHTABLE(vetoes, 10);
static unsigned int num_vetoes;

static unsigned long sim_veto_key_of(const struct vdev_endpoint *endpoint)
{
	return (unsigned long)endpoint;
}

static void sim_veto_withdraw_locked(struct sim_object *object)
{
	lockdep_assert_held(&veto_lock);
	if (!object->veto)
		return;
	hash_del(&object->vetoes);
	object->veto = NULL;
	WRITE_ONCE(num_vetoes, num_vetoes - 1);
}

/**
 * sim_veto_publish() - reject from now on what the facts say
 * @object: the object, with its endpoint; its facts are its own already, and
 *	stay until this is called again or sim_veto_withdraw()
 */
void sim_veto_publish(struct sim_object *object)
{
	const struct sim_veto *veto = &object->facts->veto;

	lockdep_assert_held(&sim_lock);
	mutex_lock(&veto_lock);
	sim_veto_withdraw_locked(object);
	if (veto->reason) {
		object->veto = veto;
		hash_add(vetoes, &object->vetoes, sim_veto_key_of(object->endpoint));
		WRITE_ONCE(num_vetoes, num_vetoes + 1);
	}
	mutex_unlock(&veto_lock);
}

/* Reject nothing any more; to be called before the endpoint is unregistered. */
void sim_veto_withdraw(struct sim_object *object)
{
	lockdep_assert_held(&sim_lock);
	mutex_lock(&veto_lock);
	sim_veto_withdraw_locked(object);
	mutex_unlock(&veto_lock);
}

static const struct sim_veto *sim_veto_find_locked(const struct vdev_endpoint *endpoint)
{
	struct sim_object *object;

	lockdep_assert_held(&veto_lock);
	hash_for_each_possible(vetoes, object, vetoes, sim_veto_key_of(endpoint)) {
		if (object->endpoint == endpoint)
			return object->veto;
	}
	return NULL;
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
	const struct sim_veto *veto;
	bool rejected;

	if (!READ_ONCE(num_vetoes))
		return false;
	mutex_lock(&veto_lock);
	veto = sim_veto_find_locked(target);
	rejected = veto && sim_veto_applies(veto, source);
	if (rejected)
		strscpy(reason, veto->reason, size);
	mutex_unlock(&veto_lock);
	return rejected;
}
