/* SPDX-License-Identifier: GPL-2.0 */
/* Asking the kernel, and what is said when that fails. */
#ifndef VDEVCTL_FETCH_H
#define VDEVCTL_FETCH_H

#include <vdev/vdev.h>

#include "cli/args.h"
#include "cli/command.h"

/*
 * Call @fn for the one endpoint, or for each that passes the conditions.
 * Returns 0, a negative errno, or what @fn returned.
 */
int fetch(struct vdev_sock *sock, enum vdev_object_kind kind, const struct show_args *args,
	  vdev_object_fn *fn, void *arg);

/* Get an endpoint. By its number, whatever it is; @kind then is a guess. */
int fetch_one(struct vdev_sock *sock, enum vdev_object_kind kind,
	      const struct vdev_handle *handle, struct vdev_object **object);

/* Whether this errno means that nothing can be known: nothing is there, or not for us. */
bool fetch_is_absent(int code);

/*
 * Complain about what a request returned, if it failed; @endpoint is what it
 * was about, or NULL. Returns an exit status. That stdout takes no more is reported
 * when it is closed.
 */
int fetch_status(const struct command *command, const struct vdev_sock *sock,
		 const char *endpoint, int err);

/* The same, after what is not known then; nothing but memory is used for the answer. */
int fetch_without(const struct command *command, const struct vdev_sock *sock,
		  const char *without, int err);

/* The same about the error of something else than a socket. */
int fetch_error_status(const struct command *command, const struct vdev_error *error,
		       const char *endpoint, int err);

#endif /* VDEVCTL_FETCH_H */
