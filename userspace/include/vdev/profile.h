/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Profiles: what a vendor declares for a driver that declares nothing. The
 * kernel has them; a change requires CAP_NET_ADMIN.
 */
#ifndef VDEV_PROFILE_H
#define VDEV_PROFILE_H

#include <vdev/declaration.h>
#include <vdev/object.h>
#include <vdev/sock.h>

#ifdef __cplusplus
extern "C" {
#endif

struct vdev_profile;

/**
 * struct vdev_profile_draft - what a new profile is made of
 * @name: its name
 * @bus: bus of the endpoints that it is for; NULL if any will do
 * @driver: their driver; NULL if any will do
 * @type: their type, with * for any bytes and ? for one; NULL if any will do
 * @migration: what is declared, enum vdev_migration
 * @declared: what is declared of the record; its other parts have no meaning.
 *	May be NULL. A rule of 0 declares none, an identity needs no value, and
 *	an origin has no meaning.
 * @capabilities: what is declared of them, enum vdev_capability, or-ed, beside
 *	those that the driver reports
 * @cost: what is declared of it, where the driver reports none; NULL for nothing
 */
struct vdev_profile_draft {
	const char *name;
	const char *bus;
	const char *driver;
	const char *type;
	uint32_t migration;
	const struct vdev_draft *declared;
	uint32_t capabilities;
	const struct vdev_cost *cost;
};

/**
 * vdev_profile_check() - check a profile against the kernel's bounds without asking the kernel
 * @draft: the profile
 * @size: size of *@draft, and
 * @declared_size: of what it declares, as the caller knows them
 * @error: where to put what is rejected, and why; may be NULL
 *
 * Whether there is room for it, and whether it is in conflict with an endpoint, only the kernel
 * can know.
 *
 * Return: 0; -ENOMEM; -EINVAL, -ERANGE or -EMSGSIZE if something is out of its
 * bounds.
 */
int vdev_profile_check(const struct vdev_profile_draft *draft, size_t size, size_t declared_size,
		       struct vdev_error *error);

/**
 * vdev_profile_set() - add or replace a profile
 * @sock: the socket
 * @draft: the profile
 * @size: size of *@draft, and
 * @declared_size: of what it declares, as the caller knows them
 * @replace: it may take the place of one with the same name
 * @profile: where to put it as the kernel has it now, to be freed with
 *	vdev_profile_free(), NULL after an error; may be NULL
 *
 * All endpoints that change by it have changed when the call returns: see
 * vdev_profile_changed(). In the place of an equal profile nothing changes.
 *
 * Return: 0, or a negative errno: -EEXIST if the name is taken, -ENOSPC if there
 * are as many as there can be, -EPERM, -EINVAL, -ERANGE or -EMSGSIZE if it is
 * out of its bounds; vdev_sock_error() has more.
 */
int vdev_profile_set(struct vdev_sock *sock, const struct vdev_profile_draft *draft, size_t size,
		     size_t declared_size, bool replace, struct vdev_profile **profile);

/**
 * vdev_profile_del() - remove a profile
 * @sock: the socket
 * @name: its name
 * @profile: where to put it as it was, to be freed with vdev_profile_free(), NULL
 *	after an error; may be NULL
 *
 * Return: 0, or a negative errno: -ENOENT if there is none, -EPERM;
 * vdev_sock_error() has more.
 */
int vdev_profile_del(struct vdev_sock *sock, const char *name, struct vdev_profile **profile);

/**
 * vdev_profile_get() - read one profile
 * @sock: the socket
 * @name: its name
 * @profile: where to put it, to be freed with vdev_profile_free(); NULL after
 *	an error
 *
 * Return: 0, or a negative errno: -ENOENT if there is none; vdev_sock_error() has more.
 */
int vdev_profile_get(struct vdev_sock *sock, const char *name, struct vdev_profile **profile);

/**
 * typedef vdev_profile_fn - called with a profile of a dump
 * @profile: the profile, valid during the call
 * @arg: what was given to vdev_profile_dump()
 *
 * Return: 0 to go on; anything else ends the dump, which returns it.
 */
typedef int vdev_profile_fn(const struct vdev_profile *profile, void *arg);

/**
 * vdev_profile_dump() - read all profiles, in order of precedence
 * @sock: the socket
 * @fn: called for each, once all have been read
 * @arg: its argument
 *
 * Return: 0, a negative errno, or what @fn returned; vdev_sock_error() has more about an errno.
 */
int vdev_profile_dump(struct vdev_sock *sock, vdev_profile_fn *fn, void *arg);

/**
 * vdev_profile_list() - the same as a list
 * @sock: the socket
 * @profiles: where to put the list, which the caller frees with vdev_profile_list_free(); NULL
 *	after a failure
 * @num: where to put its length
 *
 * Return: 0 or a negative errno, as vdev_profile_dump().
 */
int vdev_profile_list(struct vdev_sock *sock, struct vdev_profile ***profiles, size_t *num);

/**
 * vdev_profile_list_free() - free a list and all profiles in it
 * @profiles: the list; may be NULL
 * @num: its length
 */
void vdev_profile_list_free(struct vdev_profile **profiles, size_t num);

/**
 * vdev_profile_free() - free a profile and all that was got from it
 * @profile: the profile; may be NULL
 */
void vdev_profile_free(struct vdev_profile *profile);

/**
 * vdev_profile_name() - name of a profile
 * @profile: the profile
 *
 * Return: the name.
 */
const char *vdev_profile_name(const struct vdev_profile *profile);

/**
 * vdev_profile_bus() - bus of the endpoints that a profile is for
 * @profile: the profile
 *
 * Return: the bus; NULL if any will do.
 */
const char *vdev_profile_bus(const struct vdev_profile *profile);

/**
 * vdev_profile_driver() - driver of the endpoints that a profile is for
 * @profile: the profile
 *
 * Return: the driver; NULL if any will do.
 */
const char *vdev_profile_driver(const struct vdev_profile *profile);

/**
 * vdev_profile_type() - type of the endpoints that a profile is for
 * @profile: the profile
 *
 * Return: the pattern; NULL if any will do.
 */
const char *vdev_profile_type(const struct vdev_profile *profile);

/**
 * vdev_profile_migration() - what a profile declares about migration
 * @profile: the profile
 *
 * Return: enum vdev_migration; 0 if not reported.
 */
uint32_t vdev_profile_migration(const struct vdev_profile *profile);

/**
 * vdev_profile_instance() - of which instance of the family the generations are
 * @profile: the profile
 *
 * Return: a number that is another each time the module is loaded; 0 if not
 * reported.
 */
uint32_t vdev_profile_instance(const struct vdev_profile *profile);

/**
 * vdev_profile_generation() - when a profile was set, or removed
 * @profile: the profile
 *
 * Return: generation of the family; 0 if not reported.
 */
uint64_t vdev_profile_generation(const struct vdev_profile *profile);

/**
 * vdev_profile_snapshot() - when the kernel reported a profile
 * @profile: the profile
 *
 * Return: generation of the family at that moment; 0 if not reported.
 */
uint64_t vdev_profile_snapshot(const struct vdev_profile *profile);

/**
 * vdev_profile_changed() - how many endpoints changed as it was set or removed
 * @profile: the profile, from vdev_profile_set() or vdev_profile_del()
 *
 * Return: their number; VDEV_UNKNOWN32 if not reported.
 */
uint32_t vdev_profile_changed(const struct vdev_profile *profile);

/**
 * vdev_profile_capabilities() - what a profile declares of the capabilities
 * @profile: the profile
 *
 * Return: enum vdev_capability, or-ed.
 */
uint32_t vdev_profile_capabilities(const struct vdev_profile *profile);

/**
 * vdev_profile_cost() - what a profile declares of the cost of a migration
 * @profile: the profile
 *
 * Return: the cost, valid as long as the profile; NULL if nothing is declared.
 */
const struct vdev_cost *vdev_profile_cost(const struct vdev_profile *profile);

/**
 * vdev_profile_record() - what a profile declares of the record
 * @profile: the profile
 *
 * Return: the record, valid as long as the profile, in which anything can be
 * missing; NULL if nothing is declared.
 */
const struct vdev_record *vdev_profile_record(const struct vdev_profile *profile);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_PROFILE_H */
