// SPDX-License-Identifier: GPL-2.0
/* Reading a whole file of bounded size, which may be a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"
#include "input.h"

#define FIRST_ROOM 65536

_Static_assert(INPUT_MAX >= FIRST_ROOM && (INPUT_MAX & (INPUT_MAX - 1)) == 0 &&
	       (FIRST_ROOM & (FIRST_ROOM - 1)) == 0, "the bound is reached by doubling");

/* Returns 0 or a positive errno; *len is 0 at the end. */
static int read_some(int fd, char *text, size_t room, size_t *len)
{
	ssize_t result;

	do {
		result = read(fd, text, room);
	} while (result < 0 && errno == EINTR);
	*len = result < 0 ? 0 : (size_t)result;
	return result < 0 ? errno : 0;
}

static int grow(char **text, size_t *room)
{
	char *larger = realloc(*text, *room * 2 + 1);

	if (!larger)
		return ENOMEM;
	*text = larger;
	*room *= 2;
	return 0;
}

/* Whether anything follows what fills the bound. */
static int read_end(int fd)
{
	char more;
	size_t len;
	int error = read_some(fd, &more, 1, &len);

	return error ? error : len ? EFBIG : 0;
}

/* Returns 0 or a positive errno; EFBIG if there is more than the bound. */
static int read_all(int fd, char **text, size_t *size)
{
	size_t room = FIRST_ROOM;
	size_t len = 1;
	int error;

	*text = malloc(room + 1);
	if (!*text)
		return ENOMEM;
	for (*size = 0; len; *size += len) {
		if (*size == INPUT_MAX)
			return read_end(fd);
		error = *size == room ? grow(text, &room) : 0;
		if (!error)
			error = read_some(fd, *text + *size, room - *size, &len);
		if (error)
			return error;
	}
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
	if (text && !error) {
		text[*size] = '\0';
		return text;
	}
	free(text);
	if (error == EFBIG)
		complain(command, "%s: larger than %u MiB", name, INPUT_MAX >> 20);
	else
		complain(command, "%s: %s", name, strerror(error));
	return NULL;
}
