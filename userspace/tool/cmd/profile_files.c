// SPDX-License-Identifier: GPL-2.0
/*
 * The files that profiles are loaded from. In directories it is those whose name
 * ends with .json and does not begin with a dot.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/complain.h"
#include "cli/host.h"
#include "profile_files.h"

#define SUFFIX ".json"

static bool is_document(const char *name)
{
	size_t len = strlen(name);
	size_t suffix = strlen(SUFFIX);

	return name[0] != '.' && len > suffix && strcmp(name + len - suffix, SUFFIX) == 0;
}

static int add_file(struct listing *listing, const char *dir, const char *name)
{
	char *path = NULL;

	/* One of this name takes precedence. */
	if (listing_find(listing, name))
		return 0;
	if (asprintf(&path, "%s/%s", dir, name) < 0)
		path = NULL;
	return listing_add(listing, 0, strdup(name), path);
}

static int add_files(const struct command *command, const char *dir, DIR *stream,
		     struct listing *listing)
{
	struct dirent *entry;

	errno = 0;
	while ((entry = readdir(stream))) {
		if (is_document(entry->d_name) && add_file(listing, dir, entry->d_name))
			return complain_memory(command);
		errno = 0;
	}
	return errno ? complain(command, "%s: %s", dir, strerror(errno)) : EXIT_DONE;
}

static int add_directory(const struct command *command, const char *dir, bool must_be,
			 struct listing *listing)
{
	DIR *stream = opendir(dir);
	int status;

	if (!stream && errno == ENOENT && !must_be)
		return EXIT_DONE;
	if (!stream && errno == ENOMEM)
		return complain_memory(command);
	if (!stream)
		return complain(command, "%s: %s", dir, strerror(errno));
	status = add_files(command, dir, stream, listing);
	closedir(stream);
	return status;
}

static int add_all(const struct command *command, struct listing *listing)
{
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; !status && host_profile_dirs[i]; i++)
		status = add_directory(command, host_profile_dirs[i], false, listing);
	return status;
}

static bool is_directory(const char *word)
{
	struct stat status;

	return stat(word, &status) == 0 && S_ISDIR(status.st_mode);
}

int profile_files(const struct command *command, const char *word, struct profile_files *files)
{
	struct listing *listing = &files->listing;
	int status;

	*files = (struct profile_files){ .found = !word || is_directory(word) };
	if (!word)
		status = add_all(command, listing);
	else if (files->found)
		status = add_directory(command, word, true, listing);
	else
		status = listing_add(listing, 0, strdup(word), strdup(word)) ?
			 complain_memory(command) : EXIT_DONE;
	listing_sort(listing);
	return status;
}
