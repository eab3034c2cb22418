// SPDX-License-Identifier: GPL-2.0
/*
 * See sim.h. A command is one line; the simulator rejects it with an errno.
 */
#include <fcntl.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim.h"

#define CONTROL	"/sys/kernel/debug/vdev_sim/control"

bool sim_present(void)
{
	return !access(CONTROL, W_OK);
}

/* Returns 0, or -1 with errno set. */
int sim_do(const char *format, ...)
{
	char line[1024];
	va_list args;
	ssize_t done;
	int fd, len;

	va_start(args, format);
	len = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	if (len < 0 || len >= (int)sizeof(line) - 1) {
		errno = EMSGSIZE;
		return -1;
	}
	line[len++] = '\n';
	fd = open(CONTROL, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	done = write(fd, line, len);
	close(fd);
	return done == len ? 0 : -1;
}

/* A parent with one type and one device of it. */
int sim_make(const char *parent, const char *type, const char *device)
{
	sim_clean(parent, device);
	return sim_do("parent add %s plain", parent) ?:
	       sim_do("type add %s %s device-api=vfio-pci model=wire", parent,
		      type) ?:
	       sim_do("dev add %s parent=%s type=%s migration=supported", device,
		      parent, type);
}

void sim_clean(const char *parent, const char *device)
{
	sim_do("dev del %s", device);
	sim_do("type del %s *", parent);
	sim_do("parent del %s", parent);
}
