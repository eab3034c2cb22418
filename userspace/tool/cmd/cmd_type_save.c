// SPDX-License-Identifier: GPL-2.0
/*
 * "type save": all ceilings into a file, for "type load". The file is replaced at once:
 * who reads it finds what was there before, or all of what is there now.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/ceiling_words.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"

struct save {
	FILE *file;
	bool begun;
};

/* When all is known, so that a failure writes nothing. */
static void begin(struct save *save)
{
	if (!save->begun)
		fputs("# Ceilings of types, written by \"vdevctl type save\".\n", save->file);
	save->begun = true;
}

static int write_line(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
		      bool pending, void *arg)
{
	struct save *save = arg;
	int err;

	(void)pending;
	begin(save);
	err = ceiling_words_write(save->file, type, ceiling);
	fputc('\n', save->file);
	if (err)
		return err;
	return ferror(save->file) ? -EIO : 0;
}

/* Returns an exit status. What cannot be written is found when the file is closed. */
static int write_all(const struct command *command, struct vdev_sock *sock, FILE *file)
{
	struct save save = { .file = file };
	int status;

	status = fetch_status(command, sock, NULL, vdev_ceiling_dump(sock, write_line, &save));
	if (!status)
		begin(&save);
	return status;
}

static int complain_file(const struct command *command, const char *name)
{
	return complain(command, "%s: %s", name, strerror(errno));
}

/* What is renamed is whole, also after the power has failed. */
static int finish(const struct command *command, FILE *file, const char *name)
{
	bool whole = !fflush(file) && !fchmod(fileno(file), 0644) && !fsync(fileno(file));
	int status = whole ? EXIT_DONE : complain_file(command, name);

	if (fclose(file) && !status)
		status = complain_file(command, name);
	return status;
}

static int write_new(const struct command *command, struct vdev_sock *sock, int fd,
		     const char *name)
{
	FILE *file = fdopen(fd, "w");
	int status, finished;

	if (!file) {
		close(fd);
		return complain_memory(command);
	}
	status = write_all(command, sock, file);
	finished = finish(command, file, name);
	return status ? status : finished;
}

static int replace(const struct command *command, struct vdev_sock *sock, const char *name)
{
	char *new = NULL;
	int fd, status;

	if (asprintf(&new, "%s.XXXXXX", name) < 0)
		return complain_memory(command);
	fd = mkstemp(new);
	status = fd < 0 ? complain_file(command, name) : write_new(command, sock, fd, name);
	if (!status && rename(new, name))
		status = complain_file(command, name);
	if (status && fd >= 0)
		unlink(new);
	free(new);
	return status;
}

/*
 * A link stays, and the file that it leads to is replaced. What is no file, such as /dev/null,
 * is not: it would be gone for everybody.
 */
static int replace_plain(const struct command *command, struct vdev_sock *sock, const char *name)
{
	char *path = realpath(name, NULL);
	struct stat file;
	int status;

	if (!path && errno != ENOENT)
		return complain_file(command, name);
	if (path && !stat(path, &file) && !S_ISREG(file.st_mode))
		status = complain(command, "%s: not a plain file", name);
	else
		status = replace(command, sock, path ? path : name);
	free(path);
	return status;
}

int cmd_type_save(const struct command *command, const struct options *options,
		  int argc, char **argv)
{
	struct vdev_sock *sock = session_sock(options->session);
	struct taken taken;
	const char *name;
	int status;

	status = sock ? options_take(command, &argc, argv, &taken) : complain_memory(command);
	if (status)
		return status;
	if (argc > 1)
		return complain_usage(command, "'%s' after the file", argv[1]);
	name = argc ? argv[0] : host_ceilings;
	return strcmp(name, "-") == 0 ? write_all(command, sock, stdout) :
					replace_plain(command, sock, name);
}
