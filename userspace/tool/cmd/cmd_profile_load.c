// SPDX-License-Identifier: GPL-2.0
/*
 * "profile load" and "profile sync": profiles of files. All is read and held against all
 * that can be known, also what the kernel has, before the first is sent.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session.h"
#include "kernel/include/linux/vdev_limits.h"

#include "cli/complain.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cmd.h"
#include "fetch.h"
#include "cli/naming.h"
#include "profile_change.h"
#include "profile_files.h"

enum { REPLACE, DRY_RUN };

const struct keyword load_options[] = {
	[REPLACE] = { "--replace", NULL, "replace profiles that have the same names" },
	[DRY_RUN] = { "--dry-run", NULL, "read and check the files, and change nothing" },
};

_Static_assert(ARRAY_SIZE(load_options) == NUM_LOAD_OPTIONS, "options are counted");

enum { SYNC_DRY_RUN };

const struct keyword sync_options[] = {
	[SYNC_DRY_RUN] = { "--dry-run", NULL, "read and check the files, and change nothing" },
};

_Static_assert(ARRAY_SIZE(sync_options) == NUM_SYNC_OPTIONS, "options are counted");

/* A file with any number of profiles. */
struct profiles {
	struct profiles *next;
	char *file;
	struct vdev_profile_document *document;
};

struct load {
	const struct command *command;
	const struct options *options;
	bool replace;
	/* What is in no file is deleted. */
	bool sync;
	bool took_stdin;
	/* In the order in which they are sent. */
	struct profiles *first;
	struct profiles **last;
	size_t num;
	/* Of all profiles, with the files that they are in. */
	struct listing names;
};

typedef int profile_fn(struct load *load, const struct profiles *profiles,
		       const struct vdev_profile_draft *draft, void *arg);

/* Until one returns an exit status other than 0. */
static int each(struct load *load, profile_fn *fn, void *arg)
{
	const struct profiles *profiles;
	int status = EXIT_DONE;
	size_t i;

	for (profiles = load->first; profiles; profiles = profiles->next)
		for (i = 0; !status && i < vdev_profile_document_num(profiles->document); i++)
			status = fn(load, profiles,
				    vdev_profile_document_draft(profiles->document, i), arg);
	return status;
}

static void free_profiles(struct profiles *profiles)
{
	if (!profiles)
		return;
	vdev_profile_document_free(profiles->document);
	free(profiles->file);
	free(profiles);
}

static int add_document(struct load *load, const char *file, struct vdev_profile_document *document)
{
	struct profiles *profiles = calloc(1, sizeof(*profiles));

	if (profiles)
		profiles->file = strdup(file);
	if (!profiles || !profiles->file) {
		free_profiles(profiles);
		vdev_profile_document_free(document);
		return complain_memory(load->command);
	}
	profiles->document = document;
	*load->last = profiles;
	load->last = &profiles->next;
	load->num += vdev_profile_document_num(document);
	return EXIT_DONE;
}

/* One that was found in a directory may be empty: it says nothing. */
static int read_file(struct load *load, const char *file, bool found)
{
	struct vdev_profile_document *document;
	struct vdev_error error;
	size_t size = 0;
	char *text;
	int err;

	text = found ? input_read_found(load->command, file, &size) :
		       input_read(load->command, file, &size);
	if (!text)
		return EXIT_ERROR;
	err = vdev_profile_document_parse(text, size, &document, &error);
	free(text);
	if (!err)
		return add_document(load, file, document);
	if (err == -ENOMEM)
		return complain_memory(load->command);
	if (err == -ENODATA && found)
		return EXIT_DONE;
	return complain(load->command, "%s: %s", file, error.message);
}

static int read_files(struct load *load, const struct profile_files *files)
{
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; !status && i < files->listing.num; i++)
		status = read_file(load, files->listing.entries[i].text, files->found);
	return status;
}

static int read_word(struct load *load, const char *word)
{
	bool is_stdin = word && naming_is_stdin(word);
	struct profile_files files;
	int status;

	if (is_stdin && load->took_stdin)
		return complain_usage(load->command, STDIN_TWICE, word);
	load->took_stdin = load->took_stdin || is_stdin;
	status = profile_files(load->command, word, &files);
	if (!status)
		status = read_files(load, &files);
	listing_free(&files.listing);
	return status;
}

static int add_name(struct load *load, const struct profiles *profiles,
		    const struct vdev_profile_draft *draft, void *arg)
{
	const struct entry *other = listing_find(&load->names, draft->name);

	(void)arg;
	if (other)
		return complain(load->command, "%s: profile %s is in %s, too", profiles->file,
				draft->name, other->text);
	if (listing_add(&load->names, 0, strdup(draft->name), strdup(profiles->file)))
		return complain_memory(load->command);
	return EXIT_DONE;
}

static int read_all(struct load *load, int argc, char **argv)
{
	int status = EXIT_DONE;
	int i;

	if (!argc)
		status = read_word(load, NULL);
	for (i = 0; !status && i < argc; i++)
		status = read_word(load, argv[i]);
	if (!status && load->num > VDEV_PROFILES_MAX)
		status = complain(load->command, "%zu profiles are more than %d", load->num,
				  VDEV_PROFILES_MAX);
	if (!status)
		status = each(load, add_name, NULL);
	return status;
}

struct sender {
	struct vdev_sock *sock;
	struct profile_output output;
	/* What the kernel has before, in order of precedence. */
	struct listing present;
	size_t num_new;
	size_t num_sent;
};

static int check_absent(struct load *load, const struct profiles *profiles,
			const struct vdev_profile_draft *draft, void *arg)
{
	struct sender *sender = arg;

	if (!listing_find(&sender->present, draft->name))
		sender->num_new++;
	else if (!load->replace)
		return complain(load->command, "%s: profile %s exists; --replace takes its place",
				profiles->file, draft->name);
	return EXIT_DONE;
}

/* What is found wrong now is wrong before anything has changed. */
static int check_room(struct load *load, struct sender *sender)
{
	size_t room = VDEV_PROFILES_MAX;
	int status;

	status = profile_names(load->command, sender->sock, &sender->present);
	if (!status)
		status = each(load, check_absent, sender);
	room -= sender->present.num < room ? sender->present.num : room;
	if (!status && !load->sync && sender->num_new > room)
		status = complain(load->command, "%zu profiles are new, there is room for %zu",
				  sender->num_new, room);
	return status;
}

static int send_one(struct load *load, const struct profiles *profiles,
		    const struct vdev_profile_draft *draft, void *arg)
{
	struct sender *sender = arg;
	struct vdev_profile *profile;
	char label[512];
	int err, status;

	progress_step();
	err = vdev_profile_set(sender->sock, draft, sizeof(*draft), sizeof(*draft->declared),
			       load->replace, &profile);
	progress_pause();
	if (!err)
		err = out_profile_change(profile, &sender->output);
	vdev_profile_free(profile);
	snprintf(label, sizeof(label), "%s: %s", profiles->file, draft->name);
	status = fetch_status(load->command, sender->sock, label, err);
	if (!status)
		sender->num_sent++;
	else if (sender->num_sent)
		complain(load->command, "%zu of %zu profiles were loaded before", sender->num_sent,
			 load->num);
	return status;
}

static int delete_others(struct load *load, struct sender *sender)
{
	return profile_delete_others(load->command, sender->sock, &sender->present, &load->names,
				     &sender->output);
}

/*
 * What is in no file goes when the rest is in effect, so that an endpoint whose profile has
 * another name now is never without; but before, if there would be no room.
 */
static int change_all(struct load *load, struct sender *sender)
{
	bool before = load->sync &&
		      sender->present.num + sender->num_new > VDEV_PROFILES_MAX;
	int status = EXIT_DONE;

	if (before)
		status = delete_others(load, sender);
	progress_begin("loading", load->num);
	if (!status)
		status = each(load, send_one, sender);
	progress_end();
	if (status && before && sender->output.any)
		complain(load->command, "profiles that are in no file were deleted before");
	if (!status && load->sync && !before)
		status = delete_others(load, sender);
	return status;
}

static int send_all(struct load *load)
{
	struct sender sender = { .sock = session_sock(load->options->session) };
	int status;

	if (!sender.sock)
		return complain_memory(load->command);
	out_profile_init(&sender.output, load->options);
	status = check_room(load, &sender);
	if (!status)
		status = change_all(load, &sender);
	status = profile_finish(load->command, sender.sock, &sender.output, status);
	listing_free(&sender.present);
	return status;
}

static void free_all(struct load *load)
{
	struct profiles *profiles;

	while ((profiles = load->first)) {
		load->first = profiles->next;
		free_profiles(profiles);
	}
	listing_free(&load->names);
}

static int load_or_sync(struct load *load, bool dry_run, int argc, char **argv)
{
	int status;

	load->last = &load->first;
	status = read_all(load, argc, argv);
	if (!status && (load->num || load->sync) && !dry_run)
		status = send_all(load);
	free_all(load);
	return status;
}

int cmd_profile_load(const struct command *command, const struct options *options,
		     int argc, char **argv)
{
	struct load load = { .command = command, .options = options };
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	load.replace = taken.value[REPLACE];
	return load_or_sync(&load, taken.value[DRY_RUN], argc, argv);
}

int cmd_profile_sync(const struct command *command, const struct options *options,
		     int argc, char **argv)
{
	struct load load = {
		.command = command, .options = options, .replace = true, .sync = true,
	};
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	return status ? status : load_or_sync(&load, taken.value[SYNC_DRY_RUN], argc, argv);
}
