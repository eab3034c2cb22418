/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * An endpoint, that is a device that exists or a type that a parent could
 * create, as the kernel reported it at one moment. An object never changes.
 */
#ifndef VDEV_OBJECT_H
#define VDEV_OBJECT_H

#include <vdev/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * enum vdev_object_kind - what an endpoint is
 * @VDEV_OBJECT_DEV: a device that exists
 * @VDEV_OBJECT_TYPE: a type that a parent could create
 */
enum vdev_object_kind {
	VDEV_OBJECT_DEV = 1,
	VDEV_OBJECT_TYPE = 2,
};

struct vdev_object;

/**
 * vdev_object_dup() - copy an object
 * @object: the object, such as one lent to a callback
 *
 * Return: a copy that the caller frees with vdev_object_free(); NULL if there
 * is no memory.
 */
struct vdev_object *vdev_object_dup(const struct vdev_object *object);

/**
 * vdev_object_free() - free an object and all that was got from it
 * @object: the object; may be NULL
 */
void vdev_object_free(struct vdev_object *object);

/**
 * vdev_object_kind() - whether it is a device or a type
 * @object: the object
 *
 * Return: the kind.
 */
enum vdev_object_kind vdev_object_kind(const struct vdev_object *object);

/**
 * vdev_object_handle() - the name by which people know the endpoint
 * @object: the object
 *
 * Return: BUS/NAME for a device, PARENT-BUS/PARENT/NAME for a type.
 */
const char *vdev_object_handle(const struct vdev_object *object);

/**
 * vdev_object_id() - number of the endpoint
 * @object: the object
 *
 * Return: the number, unique among devices and types.
 */
uint32_t vdev_object_id(const struct vdev_object *object);

/**
 * vdev_object_instance() - of which instance of the family the generations are
 * @object: the object
 *
 * Return: a number that is another each time the module is loaded; 0 if not
 * reported.
 */
uint32_t vdev_object_instance(const struct vdev_object *object);

/**
 * vdev_object_generation() - when the endpoint last changed visibly
 * @object: the object
 *
 * Return: generation of the family at that change; 0 if not reported.
 */
uint64_t vdev_object_generation(const struct vdev_object *object);

/**
 * vdev_object_snapshot() - when the kernel reported the endpoint
 * @object: the object
 *
 * Return: generation of the family at that moment, the same for all objects of
 * one dump; 0 if not reported.
 */
uint64_t vdev_object_snapshot(const struct vdev_object *object);

/**
 * vdev_object_bus() - bus of the device, or of devices of the type
 * @object: the object
 *
 * Return: the name; NULL if not reported.
 */
const char *vdev_object_bus(const struct vdev_object *object);

/**
 * vdev_object_name() - name of the device on its bus, or of the type
 * @object: the object
 *
 * Return: the name.
 */
const char *vdev_object_name(const struct vdev_object *object);

/**
 * vdev_object_parent_bus() - bus or class of the parent
 * @object: the object
 *
 * Return: the name; NULL if the parent is on none.
 */
const char *vdev_object_parent_bus(const struct vdev_object *object);

/**
 * vdev_object_parent() - name of the parent
 * @object: the object
 *
 * Return: the name; NULL if there is no parent.
 */
const char *vdev_object_parent(const struct vdev_object *object);

/**
 * vdev_object_provider() - the kernel code that reports the endpoint
 * @object: the object
 *
 * Return: the name; NULL if not reported.
 */
const char *vdev_object_provider(const struct vdev_object *object);

/**
 * vdev_object_driver() - driver that implements the device
 * @object: the object
 *
 * Return: the name; NULL if not reported.
 */
const char *vdev_object_driver(const struct vdev_object *object);

/**
 * vdev_object_driver_version() - version of that driver, in its own words
 * @object: the object
 *
 * Return: the version; NULL if not reported.
 */
const char *vdev_object_driver_version(const struct vdev_object *object);

/**
 * vdev_object_bound_driver() - driver that uses the device at present
 * @object: the object
 *
 * Return: the name; NULL if there is none.
 */
const char *vdev_object_bound_driver(const struct vdev_object *object);

/**
 * vdev_object_migration() - what the driver declares about migration
 * @object: the object
 *
 * Return: enum vdev_migration; 0 if not reported.
 */
uint32_t vdev_object_migration(const struct vdev_object *object);

/**
 * vdev_object_migratable() - whether it can be migrated now
 * @object: the object
 *
 * Return: true if the driver declares migration and nothing blocks it.
 */
bool vdev_object_migratable(const struct vdev_object *object);

/**
 * vdev_object_capabilities() - what the device can do while it is migrated
 * @object: the object
 *
 * Return: enum vdev_capability, or-ed.
 */
uint32_t vdev_object_capabilities(const struct vdev_object *object);

/**
 * vdev_object_operations() - what can be asked of the provider
 * @object: the object
 *
 * Of a type also what can be asked for the devices that are created of it. See
 * vdev_dev_new(), vdev_dev_set() and vdev_dev_del().
 *
 * Return: enum vdev_operation, or-ed.
 */
uint32_t vdev_object_operations(const struct vdev_object *object);

/**
 * vdev_object_age() - how old the facts are that change without an event
 * @object: the object
 *
 * Such facts are the status of a vdpa device and the features that are
 * negotiated. The age is that at the moment of vdev_object_snapshot(), and no
 * part of the endpoint: it alone is never a change.
 *
 * Return: milliseconds since they were last read from the device;
 * VDEV_UNKNOWN32 if the endpoint has no such facts, or if they were never read.
 */
uint32_t vdev_object_age(const struct vdev_object *object);

/**
 * vdev_object_stale() - whether the device did not answer when it was polled
 * @object: the object
 *
 * Return: true if the facts that change without an event are older than they
 * should be, or were never read; then they can be wrong.
 */
bool vdev_object_stale(const struct vdev_object *object);

/**
 * vdev_object_profile() - the profile that is for the endpoint
 * @object: the object
 *
 * What it declares is part of the object, unless there is a conflict.
 *
 * Return: its name; NULL if there is none.
 */
const char *vdev_object_profile(const struct vdev_object *object);

/**
 * vdev_object_conflict() - why what the profile declares cannot be applied
 * @object: the object
 *
 * Return: a text for people; NULL if there is no conflict, or no profile.
 */
const char *vdev_object_conflict(const struct vdev_object *object);

/**
 * vdev_object_num_blockers() - how many reasons against a migration there are
 * @object: the object
 *
 * Return: the number.
 */
unsigned int vdev_object_num_blockers(const struct vdev_object *object);

/**
 * vdev_object_blocker() - a reason against a migration at present
 * @object: the object
 * @index: from 0 to vdev_object_num_blockers() - 1
 *
 * Return: the blocker; NULL if there is none with this index.
 */
const struct vdev_blocker *vdev_object_blocker(const struct vdev_object *object,
					       unsigned int index);

/**
 * vdev_object_capacity() - room for more instances of a type
 * @object: the object
 *
 * Return: the capacity; NULL if not reported.
 */
const struct vdev_capacity *vdev_object_capacity(const struct vdev_object *object);

/**
 * vdev_object_cost() - what a migration is expected to cost
 * @object: the object
 *
 * Return: the cost; NULL if not reported.
 */
const struct vdev_cost *vdev_object_cost(const struct vdev_object *object);

/**
 * vdev_object_num_info() - how many provider-specific facts there are
 * @object: the object
 *
 * Return: the number.
 */
unsigned int vdev_object_num_info(const struct vdev_object *object);

/**
 * vdev_object_info() - a provider-specific fact
 * @object: the object
 * @index: from 0 to vdev_object_num_info() - 1
 *
 * Return: the fact; NULL if there is none with this index.
 */
const struct vdev_info *vdev_object_info(const struct vdev_object *object,
					 unsigned int index);

/**
 * vdev_object_record() - the compared part
 * @object: the object
 *
 * Return: the record; NULL if not reported.
 */
const struct vdev_record *vdev_object_record(const struct vdev_object *object);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_OBJECT_H */
