// SPDX-License-Identifier: GPL-2.0
/* Reading a whole file of bounded size, which may be a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input.h"

#define FIRST_ROOM 65536

/* Returns 0 or a positive errno; EFBIG if there is more than the bound. */
static int read_all(int fd, char **text, size_t *size)
{
	size_t room = FIRST_ROOM;
	ssize_t len = 1;
	char *larger;

	*text = malloc(room + 1);
	if (!*text)
		return ENOMEM;
	for (*size = 0; len; *size += (size_t)len) {
		if (*size == room) {
			if (room >= INPUT_MAX)
				return EFBIG;
			room *= 2;
			larger = realloc(*text, room + 1);
			if (!larger)
				return ENOMEM;
			*text = larger;
		}
		do {
			len = read(fd, *text + *size, room - *size);
		} while (len < 0 && errno == EINTR);
		if (len < 0)
			return errno;
	}
	(*text)[*size] = '\0';
	return 0;
}

char *input_read(const struct command *command, const char *name, size_t *size)
{
	bool is_stdin = strcmp(name, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	int error;

	error = fd < 0 ? errno : read_all(fd, &text, size);
	if (fd >= 0 && !is_stdin)
		close(fd);
	if (!error)
		return text;
	free(text);
	if (error == EFBIG)
		complain(command, "%s: larger than %u MiB", name, INPUT_MAX >> 20);
	else
		complain(command, "%s: %s", name, strerror(error));
	return NULL;
}
