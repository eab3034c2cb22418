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

/* Objects that refuse, by endpoint; guarded by veto_lock. */
static DEFINE_HASHTABLE(vetoes, 10);
static unsigned int num_vetoes;

static unsigned long key_of(const struct vdev_endpoint *endpoint)
{
	return (unsigned long)endpoint;
}

static void withdraw_locked(struct sim_object *object)
{
	lockdep_assert_held(&veto_lock);
	if (!object->veto)
		return;
	hash_del(&object->vetoes);
	object->veto = NULL;
	WRITE_ONCE(num_vetoes, num_vetoes - 1);
}

/**
 * sim_veto_publish() - refuse from now on what the facts say
 * @object: the object, with its endpoint; its facts are its own already, and
 *	stay until this is called again or sim_veto_withdraw()
 */
void sim_veto_publish(struct sim_object *object)
{
	const struct sim_veto *veto = &object->facts->veto;

	lockdep_assert_held(&sim_lock);
	mutex_lock(&veto_lock);
	withdraw_locked(object);
	if (veto->reason) {
		object->veto = veto;
		hash_add(vetoes, &object->vetoes, key_of(object->endpoint));
		WRITE_ONCE(num_vetoes, num_vetoes + 1);
	}
	mutex_unlock(&veto_lock);
}

/* Refuse nothing any more; to be called before the endpoint goes. */
void sim_veto_withdraw(struct sim_object *object)
{
	lockdep_assert_held(&sim_lock);
	mutex_lock(&veto_lock);
	withdraw_locked(object);
	mutex_unlock(&veto_lock);
}

static const struct sim_veto *find_locked(const struct vdev_endpoint *endpoint)
{
	struct sim_object *object;

	lockdep_assert_held(&veto_lock);
	hash_for_each_possible(vetoes, object, vetoes, key_of(endpoint)) {
		if (object->endpoint == endpoint)
			return object->veto;
	}
	return NULL;
}

static bool applies(const struct sim_veto *veto,
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
	bool refused;

	if (!READ_ONCE(num_vetoes))
		return false;
	mutex_lock(&veto_lock);
	veto = find_locked(target);
	refused = veto && applies(veto, source);
	if (refused)
		strscpy(reason, veto->reason, size);
	mutex_unlock(&veto_lock);
	return refused;
}
