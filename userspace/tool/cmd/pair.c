// SPDX-License-Identifier: GPL-2.0
/* The judgement of a source and a target, by the kernel or by the library. */
#include <string.h>

#include "cli/complain.h"
#include "fetch.h"
#include "pair.h"

/* The operand that an error of the kernel is about. */
static const char *blamed(const struct vdev_sock *sock, const struct operand *source,
			  const struct operand *target)
{
	const char *attr = vdev_sock_error(sock)->attr;

	return strncmp(attr, "source", strlen("source")) == 0 ? source->label :
		target->label;
}

static int ask_kernel(const struct command *command, struct vdev_sock *sock,
		      const struct operand *source, const struct operand *target,
		      const struct generation *expect, struct vdev_judgement **judgement)
{
	int err;

	if (source->live)
		err = vdev_check_local(sock, source->kind, &source->handle, target->kind,
				       &target->handle, expect->number, expect->instance,
				       judgement);
	else
		err = vdev_check(sock, source->declaration, target->kind, &target->handle,
				 expect->number, expect->instance, judgement);
	return fetch_status(command, sock, blamed(sock, source, target), err);
}

static int ask_library(const struct command *command, struct vdev_sock *sock,
		       struct operand *source, const struct operand *target,
		       struct vdev_judgement **judgement)
{
	int status = EXIT_DONE;

	if (source->live)
		status = operand_fetch(command, sock, source);
	if (status)
		return status;
	*judgement = vdev_judge(source->declaration, target->declaration);
	return *judgement ? EXIT_DONE : complain_memory(command);
}

int pair_judge(const struct command *command, struct vdev_sock *sock, struct operand *source,
	       struct operand *target, const struct generation *expect,
	       struct vdev_judgement **judgement)
{
	return target->live ? ask_kernel(command, sock, source, target, expect, judgement) :
			      ask_library(command, sock, source, target, judgement);
}
