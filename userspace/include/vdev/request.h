/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The requests: get one device or type, or all that pass a filter. They need
 * no privilege.
 */
#ifndef VDEV_REQUEST_H
#define VDEV_REQUEST_H

#include <stddef.h>

#include <vdev/object.h>
#include <vdev/sock.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Longest name in a handle, in bytes without the terminating NUL. */
#define VDEV_HANDLE_NAME_MAX 63

/**
 * struct vdev_handle - which endpoint is meant; will not grow
 * @id: number of the endpoint; 0 if the names below are to be used
 * @bus: bus of a device
 * @name: name of a device on @bus, or of a type at its parent
 * @parent_bus: bus or class of the parent of a type
 * @parent: name of the parent of a type
 *
 * Names that are not used are empty.
 */
struct vdev_handle {
	uint32_t id;
	char bus[VDEV_HANDLE_NAME_MAX + 1];
	char name[VDEV_HANDLE_NAME_MAX + 1];
	char parent_bus[VDEV_HANDLE_NAME_MAX + 1];
	char parent[VDEV_HANDLE_NAME_MAX + 1];
};

/**
 * vdev_handle_parse() - read a handle as people write it
 * @text: a decimal number from 1, or BUS/NAME for a device, or
 *	PARENT-BUS/PARENT/NAME for a type
 * @kind: what is meant, which decides how many names there must be
 * @handle: where to put the handle
 *
 * Return: 0; -EINVAL if @text is not a handle; -ERANGE if the number is too
 * large; -ENAMETOOLONG if a name is longer than VDEV_HANDLE_NAME_MAX bytes.
 */
int vdev_handle_parse(const char *text, enum vdev_object_kind kind,
		      struct vdev_handle *handle);

/**
 * vdev_handle_from_path() - make a handle of what else names an endpoint
 * @path: a device node, such as /dev/vhost-vdpa-0, /dev/vfio/12 or
 *	/dev/vfio/devices/vfio0; an absolute path in sysfs, of a device, of what belongs
 *	to one, or of the type of a mediated device; the UUID of a mediated device; a PCI
 *	address, such as 0000:65:00.0 or 65:00.0
 * @kind: set to what it is
 * @handle: where to put the handle
 *
 * A node or a path stands for the nearest device that is on a bus; /dev/vfio/NUMBER for
 * the only device of the IOMMU group. A UUID and an address are not looked up, and whether
 * vdev has such an endpoint only a request says.
 *
 * Return: 0; -EINVAL if @path is none of these; -ENOTUNIQ if the group has several devices,
 * -ENODEV if it has none; -ENAMETOOLONG if a name is longer than VDEV_HANDLE_NAME_MAX
 * bytes; another negative errno if the path cannot be followed, such as -ENOENT.
 */
int vdev_handle_from_path(const char *path, enum vdev_object_kind *kind,
			  struct vdev_handle *handle);

struct vdev_filter;

/**
 * vdev_filter_new() - make a filter that every endpoint matches
 *
 * An endpoint matches a filter if it matches every condition in it. The kernel
 * does the filtering. Strings are copied.
 *
 * Return: the filter, which the caller frees with vdev_filter_free(); NULL if
 * there is no memory.
 */
struct vdev_filter *vdev_filter_new(void);

/**
 * vdev_filter_free() - free a filter
 * @filter: the filter; may be NULL
 */
void vdev_filter_free(struct vdev_filter *filter);

/**
 * vdev_filter_set_bus() - only endpoints of this bus
 * @filter: the filter
 * @bus: name of the bus; NULL removes the condition
 *
 * Return: 0; -ENOMEM if there is no memory, and then the filter is as it was.
 */
int vdev_filter_set_bus(struct vdev_filter *filter, const char *bus);

/**
 * vdev_filter_set_parent_bus() - only endpoints whose parent is on this bus
 * @filter: the filter
 * @parent_bus: name of the bus; NULL removes the condition
 *
 * Return: 0; -ENOMEM if there is no memory, and then the filter is as it was.
 */
int vdev_filter_set_parent_bus(struct vdev_filter *filter, const char *parent_bus);

/**
 * vdev_filter_set_parent() - only endpoints of this parent
 * @filter: the filter
 * @parent: name of the parent; NULL removes the condition
 *
 * Return: 0; -ENOMEM if there is no memory, and then the filter is as it was.
 */
int vdev_filter_set_parent(struct vdev_filter *filter, const char *parent);

/**
 * vdev_filter_set_type() - only endpoints of this type
 * @filter: the filter
 * @type: name of the type; NULL removes the condition
 *
 * Return: 0; -ENOMEM if there is no memory, and then the filter is as it was.
 */
int vdev_filter_set_type(struct vdev_filter *filter, const char *type);

/**
 * vdev_filter_set_model() - only endpoints of this model
 * @filter: the filter
 * @model: the model, compared byte for byte; NULL removes the condition
 *
 * Return: 0; -ENOMEM if there is no memory, and then the filter is as it was.
 */
int vdev_filter_set_model(struct vdev_filter *filter, const char *model);

/**
 * vdev_filter_set_device_api() - only endpoints with this interface
 * @filter: the filter
 * @device_api: name of the interface; NULL removes the condition
 *
 * Return: 0; -ENOMEM if there is no memory, and then the filter is as it was.
 */
int vdev_filter_set_device_api(struct vdev_filter *filter, const char *device_api);

/**
 * vdev_filter_set_migratable() - only endpoints that can be migrated now
 * @filter: the filter
 * @migratable: whether this is a condition
 */
void vdev_filter_set_migratable(struct vdev_filter *filter, bool migratable);

/**
 * vdev_filter_set_since() - only endpoints that changed after a generation
 * @filter: the filter
 * @generation: the generation; 0 lets every endpoint pass
 * @instance: the instance of the family that it was read from; a dump fails with
 *	-ESTALE if that is not the present one
 */
void vdev_filter_set_since(struct vdev_filter *filter, uint64_t generation, uint32_t instance);

/**
 * vdev_filter_set_at_least() - only targets whose verdict is good enough
 * @filter: the filter
 * @verdict: the worst that passes, enum vdev_verdict; 0 lets all pass
 *
 * For vdev_find() alone: a dump of endpoints is rejected with -EINVAL.
 */
void vdev_filter_set_at_least(struct vdev_filter *filter, uint32_t verdict);

/**
 * vdev_filter_set_kind() - only devices, or only types
 * @filter: the filter
 * @kind: the kind; 0 lets both pass
 *
 * Of meaning to vdev_find(); a dump is of one kind anyway.
 */
void vdev_filter_set_kind(struct vdev_filter *filter, enum vdev_object_kind kind);

/**
 * typedef vdev_object_fn - what is called for each object of a dump
 * @object: the object, valid during the call; vdev_object_dup() keeps it
 * @arg: what was passed to the dump
 *
 * Must not use the socket of the dump.
 *
 * Return: 0 to go on; anything else ends the dump, which returns it.
 */
typedef int vdev_object_fn(const struct vdev_object *object, void *arg);

/**
 * vdev_dev_get() - get one device
 * @sock: the socket
 * @handle: which device
 * @object: where to put the object, which the caller frees with
 *	vdev_object_free(); NULL after a failure
 *
 * Return: 0 or a negative errno; -ENODEV if there is no such device.
 */
int vdev_dev_get(struct vdev_sock *sock, const struct vdev_handle *handle,
		 struct vdev_object **object);

/**
 * vdev_type_get() - get one type
 * @sock: the socket
 * @handle: which type
 * @object: where to put the object, which the caller frees with
 *	vdev_object_free(); NULL after a failure
 *
 * Return: 0 or a negative errno; -ENODEV if there is no such type.
 */
int vdev_type_get(struct vdev_sock *sock, const struct vdev_handle *handle,
		  struct vdev_object **object);

/**
 * vdev_dev_dump() - get all devices that pass a filter
 * @sock: the socket
 * @filter: the filter; NULL for all devices
 * @fn: called for each device, in the order of their ids
 * @arg: passed to @fn
 *
 * The devices are those of one moment. @fn is called for the first one only
 * when the whole dump has arrived and is known to be consistent; until then
 * what is over 1 MiB waits in an unnamed file in $TMPDIR, /var/tmp or /tmp, so
 * that the memory needed does not depend on the number of devices. If none of
 * these folders can hold such a file, or there is no room, it waits in memory.
 *
 * Return: 0, a negative errno, or what @fn returned if that was not 0.
 * -EAGAIN if devices changed during every attempt.
 */
int vdev_dev_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
		  vdev_object_fn *fn, void *arg);

/**
 * vdev_dev_list() - the same as a list
 * @sock: the socket
 * @filter: the filter; NULL for all devices
 * @objects: where to put the list, which the caller frees with vdev_object_list_free(); NULL
 *	after a failure
 * @num: where to put its length
 *
 * Return: 0 or a negative errno, as vdev_dev_dump().
 */
int vdev_dev_list(struct vdev_sock *sock, const struct vdev_filter *filter,
		  struct vdev_object ***objects, size_t *num);

/**
 * vdev_type_dump() - get all types that pass a filter
 * @sock: the socket
 * @filter: the filter; NULL for all types
 * @fn: called for each type, in the order of their ids
 * @arg: passed to @fn
 *
 * What is said of vdev_dev_dump() applies.
 *
 * Return: 0, a negative errno, or what @fn returned if that was not 0.
 * -EAGAIN if types changed during every attempt.
 */
int vdev_type_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
		   vdev_object_fn *fn, void *arg);

/**
 * vdev_type_list() - the same as a list
 * @sock: the socket
 * @filter: the filter; NULL for all types
 * @objects: where to put the list, which the caller frees with vdev_object_list_free(); NULL
 *	after a failure
 * @num: where to put its length
 *
 * Return: 0 or a negative errno, as vdev_type_dump().
 */
int vdev_type_list(struct vdev_sock *sock, const struct vdev_filter *filter,
		   struct vdev_object ***objects, size_t *num);

/**
 * vdev_object_list_free() - free a list and all objects in it
 * @objects: the list; may be NULL
 * @num: its length
 */
void vdev_object_list_free(struct vdev_object **objects, size_t num);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_REQUEST_H */
