// SPDX-License-Identifier: GPL-2.0
/* Reading a whole file of bounded size, which may be a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "complain.h"
#include "input.h"
#include "naming.h"
#include "progress.h"

#define FIRST_ROOM 65536

_Static_assert(INPUT_MAX >= FIRST_ROOM && (INPUT_MAX & (INPUT_MAX - 1)) == 0 &&
	       (FIRST_ROOM & (FIRST_ROOM - 1)) == 0, "the bound is reached by doubling");

static bool stdin_taken;

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

/* @error: a positive errno if there is no @fd; the caller closes it. */
static char *read_open(const struct command *command, const char *name, int fd, int error,
		       size_t *size)
{
	char *text = NULL;

	if (!error)
		error = read_all(fd, &text, size);
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

void input_take_stdin(void)
{
	stdin_taken = true;
}

static char *read_named(const struct command *command, const char *name, size_t *size)
{
	bool is_stdin = strcmp(name, "-") == 0;
	char *text;
	int fd;

	progress_begin("reading", 0);
	/* Somebody is typing there. */
	if (is_stdin && isatty(STDIN_FILENO))
		progress_pause();
	fd = is_stdin ? STDIN_FILENO : open(naming_path(name), O_RDONLY | O_CLOEXEC);
	text = read_open(command, name, fd, fd < 0 ? errno : 0, size);
	progress_end();
	if (fd >= 0 && !is_stdin)
		close(fd);
	return text;
}

char *input_read(const struct command *command, const char *name, size_t *size)
{
	if (!stdin_taken || !naming_is_stdin(name))
		return read_named(command, name, size);
	complain(command, "%s: the commands of the batch are on the standard input", name);
	return NULL;
}

/* Whether it has an end, and reading it does not wait for anybody. */
static bool has_end(const struct stat *status)
{
	return S_ISREG(status->st_mode) ||
	       (S_ISCHR(status->st_mode) && status->st_rdev == makedev(1, 3));
}

static char *skip(const struct command *command, const char *name, size_t *size)
{
	char *text = calloc(1, 1);

	*size = 0;
	if (text)
		complain(command, "%s: skipped: not a regular file", name);
	else
		complain_memory(command);
	return text;
}

char *input_read_found(const struct command *command, const char *name, size_t *size)
{
	struct stat status;
	char *text;
	int fd;

	/* To open a device can do something. */
	if (stat(name, &status) == 0 && !has_end(&status))
		return skip(command, name, size);
	/* It may have become a FIFO, which is opened when somebody writes. */
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0 && fstat(fd, &status) == 0 && !has_end(&status))
		text = skip(command, name, size);
	else
		text = read_open(command, name, fd, fd < 0 ? errno : 0, size);
	if (fd >= 0)
		close(fd);
	return text;
}
