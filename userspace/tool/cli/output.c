// SPDX-License-Identifier: GPL-2.0
/* Files that a command writes are made beside the old ones, and then take their names. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"
#include "output.h"

/* So much of the name is in that of the new file, which has a bound of its own. */
#define NAME_PART 200

#define TRIES 3

struct output {
	const struct command *command;
	/* As it was given. */
	const char *name;
	char *text;
	size_t size;
};

static int complain_file(const struct output *output)
{
	return complain(output->command, "%s: %s", output->name, strerror(errno));
}

static int gather(struct output *output, output_fn *fn, void *arg)
{
	FILE *file = open_memstream(&output->text, &output->size);
	int status;

	if (!file)
		return complain_memory(output->command);
	status = fn(output->command, file, arg);
	if (fclose(file) && !status)
		status = complain_memory(output->command);
	return status;
}

/* Of whom it was and who may read it, or what is usual. Only root can give it to others. */
static int take_mode(int fd, const char *path)
{
	struct stat old;
	mode_t mask;

	if (!stat(path, &old)) {
		if (fchown(fd, old.st_uid, old.st_gid) && errno != EPERM)
			return -1;
		return fchmod(fd, old.st_mode & 0777);
	}
	mask = umask(0);
	umask(mask);
	return fchmod(fd, 0666 & ~mask);
}

/* What is renamed is whole, also after the power has failed. */
static int fill(const struct output *output, int fd, const char *path)
{
	FILE *file = fdopen(fd, "w");
	bool whole;

	if (!file) {
		close(fd);
		return complain_file(output);
	}
	whole = fwrite(output->text, 1, output->size, file) == output->size &&
		!fflush(file) && !take_mode(fd, path) && !fsync(fd);
	if (!whole) {
		complain_file(output);
		fclose(file);
		return EXIT_ERROR;
	}
	return fclose(file) ? complain_file(output) : EXIT_DONE;
}

/* Beside it, so that a rename is enough; readers of folders pass over what begins with a dot. */
static char *new_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	char *name;

	if (asprintf(&name, "%.*s.%.*s.XXXXXX", (int)(base - path), path, NAME_PART, base) < 0)
		return NULL;
	return name;
}

static int replace(const struct output *output, const char *path)
{
	char *new = new_name(path);
	int fd, status;

	if (!new)
		return complain_memory(output->command);
	fd = mkstemp(new);
	status = fd < 0 ? complain_file(output) : fill(output, fd, path);
	if (!status && rename(new, path))
		status = complain_file(output);
	if (status && fd >= 0)
		unlink(new);
	free(new);
	return status;
}

static int replace_absent(const struct output *output)
{
	struct stat link;

	if (errno != ENOENT)
		return complain_file(output);
	if (!lstat(output->name, &link))
		return complain(output->command, "%s: a link that leads nowhere", output->name);
	return replace(output, output->name);
}

/* Does the path lead to the file itself, and not by another link? */
static bool is_at(const struct stat *file, const char *path)
{
	struct stat found;

	return !lstat(path, &found) && found.st_dev == file->st_dev &&
	       found.st_ino == file->st_ino;
}

/*
 * The kernel is asked first: it does not follow a link that another user has put into /tmp.
 * If another program replaces the file between the two checks, both are made again.
 */
static int replace_plain(const struct output *output)
{
	int tries = TRIES, status;
	struct stat file;
	char *path;

	do {
		if (stat(output->name, &file))
			return replace_absent(output);
		if (!S_ISREG(file.st_mode))
			return complain(output->command, "%s: not a plain file", output->name);
		path = realpath(output->name, NULL);
		if (!path)
			return complain_file(output);
		if (is_at(&file, path)) {
			status = replace(output, path);
			free(path);
			return status;
		}
		free(path);
	} while (--tries);
	return complain(output->command, "%s: others replace it again and again", output->name);
}

/* That stdout takes no more is reported when it is closed. */
static int print(const struct output *output)
{
	fwrite(output->text, 1, output->size, stdout);
	return EXIT_DONE;
}

int output_write(const struct command *command, const char *name, output_fn *fn, void *arg)
{
	struct output output = { .command = command, .name = name };
	int status = gather(&output, fn, arg);

	if (!status)
		status = strcmp(name, "-") == 0 ? print(&output) : replace_plain(&output);
	free(output.text);
	return status;
}
