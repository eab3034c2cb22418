// SPDX-License-Identifier: GPL-2.0
/*
 * "dev add": a device is created by the same words on every bus, or so that it takes the state
 * of a source. What does not hold is known before anything changes, or undone.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "below.h"
#include "cli/complain.h"
#include "cli/session.h"
#include "cmd.h"
#include "common/frame.h"
#include "fetch.h"
#include "like.h"
#include "made.h"
#include "operand.h"
#include "ordering.h"
#include "print/answer_json.h"
#include "print/answer_text.h"
#include "print/out_suggest.h"
#include "provisioner.h"

#define LIKE "like"

/* A creation in progress. */
struct making {
	const struct command *command;
	const struct options *options;
	struct change_options taken;
	struct vdev_sock *sock;
	struct vdev_provisioner *provisioner;
	struct places places;
	/* Where it is created, once that is chosen. */
	const struct place *place;
	struct config_words words;
	/* Only with "like". */
	struct document_cache cache;
	struct operand source;
	struct vdev_judgement *judgement;
	struct vdev_made *made;
};

static void making_judged(const struct making *making, const struct vdev_judgement *judgement,
			  struct answer *answer)
{
	answer_init(answer, judgement, making->source.declaration);
	answer->strict = making->options->strict;
}

/* Whether a state would be taken, with --strict without a doubt. */
static bool making_holds(const struct making *making, const struct vdev_judgement *judgement)
{
	struct answer answer;

	making_judged(making, judgement, &answer);
	return answer_status(&answer) == EXIT_DONE;
}

/* The verdict and the reasons, as "check" prints them. Returns the exit status of both. */
static int making_answer(const struct making *making, const char *target)
{
	struct answer answer;
	struct frame frame = {
		.file = stdout, .key = "check", .pretty = making->options->pretty,
	};
	char *text;
	int err;

	making_judged(making, making->judgement, &answer);
	answer.source = making->source.label;
	answer.target = target;
	answer.offline = !vdev_judgement_id(making->judgement);
	if (!making->options->json) {
		answer_verdict(stdout, &answer);
		answer_stale(stdout, &answer);
		answer_reasons(stdout, &answer);
		answer_truncated(stdout, &answer);
		answer_doubt(stdout, &answer);
		return answer_status(&answer);
	}
	text = answer_dump(&frame, &answer);
	err = text ? frame_begin(&frame, NULL) : -ENOMEM;
	if (!err) {
		frame_put_text(&frame, text);
		err = frame_end(&frame, NULL);
	}
	free(text);
	return err ? complain_memory(making->command) : answer_status(&answer);
}

static int making_print_dry(const struct making *making)
{
	struct command_line line = { 0 };
	int err;

	command_line_add(&line, "vdevctl", "dev", "add", making->place->label);
	command_line_config(&line, &making->words.config);
	err = out_commands(&line, 1, NULL, making->options);
	command_line_free(&line);
	return err == -ENOMEM ? complain_memory(making->command) : EXIT_DONE;
}

/* Of those that would do, one that has an instance left; that none has is said in the end. */
static bool is_better(const struct making *making, const struct place *place,
		      const struct vdev_judgement *judgement)
{
	const struct vdev_judgement *best_judgement = making->judgement;
	const struct place *best = making->place;

	if (!best)
		return true;
	if (making_holds(making, judgement) != making_holds(making, best_judgement))
		return making_holds(making, judgement);
	if (place_has_room(place) != place_has_room(best))
		return place_has_room(place);
	return vdev_judgement_verdict(judgement) < vdev_judgement_verdict(best_judgement);
}

/* What was worked out for one place is not for another; what was given is kept aside. */
static int making_judge(struct making *making, const struct place *place, int argc, char **argv)
{
	struct vdev_judgement *judgement = NULL;
	struct config_words words = { 0 };
	int status = config_words_parse(making->command, config_keywords, NUM_ADD_KEYWORDS, argc,
					argv, &words);

	if (!status && like_work_out(place, making->source.declaration, &words))
		status = complain_memory(making->command);
	if (!status)
		status = like_judge(making->command, making->sock, place,
				    making->source.declaration, &words, &judgement);
	if (!status && is_better(making, place, judgement)) {
		vdev_judgement_free(making->judgement);
		config_words_free(&making->words);
		making->judgement = judgement;
		making->words = words;
		making->place = place;
		return EXIT_DONE;
	}
	vdev_judgement_free(judgement);
	config_words_free(&words);
	return status;
}

/* The best of all places, if it holds. */
static int making_like(struct making *making, int argc, char **argv)
{
	size_t i;
	int status = operand_parse(making->command, making->sock, &making->cache, argv[0],
				   &making->source);

	if (!status)
		status = operand_fetch(making->command, making->sock, &making->source);
	for (i = 0; i < making->places.num && !status; i++)
		status = making_judge(making, &making->places.list[i], argc - 1, argv + 1);
	if (status || making_holds(making, making->judgement))
		return status;
	return making_answer(making, making->place->label);
}

static int making_plan(struct making *making, int argc, char **argv)
{
	int status;

	if (argc > 1 && strcmp(argv[1], LIKE) == 0) {
		status = making_like(making, argc - 2, argv + 2);
	} else {
		status = config_words_parse(making->command, config_keywords, NUM_ADD_KEYWORDS,
					    argc - 1, argv + 1, &making->words);
		if (status)
			return status;
		making->place = places_only(making->command, &making->places, argv[0]);
		status = making->place ? EXIT_DONE : EXIT_ERROR;
	}
	return status ? status : place_expect(making->command, making->place, &making->taken);
}

/* Says what is left if it cannot be undone. */
static void making_undo(struct making *making)
{
	const struct vdev_handle *handle = making->made->handles;
	int status;

	if (making->place->family)
		status = fetch_status(making->command, making->sock, "cannot be removed again",
				      vdev_dev_del(making->sock, handle, NULL, 0, NULL));
	else
		status = provisioner_status(making->command, making->provisioner,
					    "cannot be removed again",
					    vdev_provisioner_undo(making->provisioner,
								  making->place->parent,
								  making->made));
	if (!status)
		complain(making->command, "%s/%s: was created, and is removed again",
			 handle->bus, handle->name);
}

static int making_ask(struct making *making)
{
	vdev_judgement_free(making->judgement);
	making->judgement = NULL;
	return fetch_status(making->command, making->sock, making->place->label,
			    vdev_check(making->sock, making->source.declaration, VDEV_OBJECT_DEV,
				       making->made->handles, 0, 0, &making->judgement));
}

/* Parameters that a device shows only when it is there get the source's values. */
static int making_repair(struct making *making, const struct vdev_object *object)
{
	struct config_words words = { .config = VDEV_CONFIG_INIT };
	int status = EXIT_DONE;

	if (like_repair(making->judgement, making->source.declaration,
			object ? vdev_object_record(object) : NULL, &words))
		status = complain_memory(making->command);
	/* Where they cannot be set, the findings say what is amiss. */
	if (!status && !config_words_empty(&words) &&
	    !vdev_provisioner_set(making->provisioner, making->made->handles, &words.config,
				  false))
		status = making_ask(making);
	config_words_free(&words);
	return status;
}

/* Whether what was made takes the state; it goes if not. */
static int making_verify(struct making *making)
{
	const struct vdev_handle *handle = making->made->handles;
	char target[2 * VDEV_HANDLE_NAME_MAX + 2];
	struct vdev_object *object;
	int status = made_fetch(making->command, making->sock, handle, false, &object);

	if (!status)
		status = making_ask(making);
	if (!status && !making_holds(making, making->judgement) &&
	    place_method(making->place) == VDEV_PARENT_MDEV)
		status = making_repair(making, object);
	vdev_object_free(object);
	snprintf(target, sizeof(target), "%s/%s", handle->bus, handle->name);
	if (!status && !making_holds(making, making->judgement))
		status = making_answer(making, target);
	if (status)
		making_undo(making);
	return status;
}

static int making_keep(struct making *making, const struct vdev_object *device)
{
	making->made = calloc(1, sizeof(*making->made));
	if (making->made)
		making->made->handles = calloc(1, sizeof(*making->made->handles));
	if (!making->made || !making->made->handles)
		return complain_memory(making->command);
	making->made->num = 1;
	return change_options_handle(making->command, device, making->made->handles);
}

/* The provider is asked for what is asked of a parent elsewhere. */
static int making_order(struct making *making)
{
	struct vdev_object *device = NULL;
	struct ordering ordering = { 0 };
	int status = ordering_make(making->command, making->place->object, &making->words.config,
				   &making->taken, &ordering);

	if (!status)
		status = ordering_create(making->command, making->sock, making->place->object,
					 &ordering, &device);
	if (!status && device)
		status = making_keep(making, device);
	vdev_object_free(device);
	ordering_free(&ordering);
	return status;
}

static int making_create(struct making *making)
{
	int err, status;

	if (making->place->family)
		return making_order(making);
	status = below_place(making->command, making->sock, making->place, &making->words.config);
	if (status)
		return status;
	err = vdev_provisioner_add(making->provisioner, making->place->parent,
				   making->place->type, &making->words.config,
				   making->taken.dry_run, &making->made);
	return provisioner_status(making->command, making->provisioner, making->place->label,
				  err);
}

/* What is above the ceiling of its type is not kept. */
static int making_show(struct making *making)
{
	const struct vdev_made *made = making->made;
	struct vdev_object **objects;
	size_t i;
	int status = made_list(making->command, making->sock, made->handles, made->num, false,
			       &objects);

	if (status)
		return status;
	for (i = 0; i < made->num && !status && !making->place->family; i++)
		status = below_made(making->command, objects[i]);
	if (status)
		making_undo(making);
	else
		status = made_print(making->command, making->options, objects, made->num);
	vdev_object_list_free(objects, made->num);
	return status;
}

static int making_run(struct making *making)
{
	int status = making_create(making);

	if (status)
		return status;
	if (making->taken.dry_run)
		return making_print_dry(making);
	if (making->source.declaration)
		status = making_verify(making);
	if (!status && making->words.config.driver &&
	    strcmp(making->words.config.driver, "none") == 0)
		return made_print(making->command, making->options, NULL, 0);
	return status ? status : making_show(making);
}

/* The words behind PARENT; what makes no sense is said before anybody is asked. */
static int making_check_words(const struct making *making, int argc, char **argv)
{
	int given = argc > 1 && strcmp(argv[1], LIKE) == 0 ? 3 : 1;
	struct config_words words = { 0 };
	int status;

	if (!argc)
		return complain_usage(making->command, "PARENT is missing");
	if (argc < given)
		return complain_usage(making->command, LIKE ": SOURCE is missing");
	status = config_words_parse(making->command, config_keywords, NUM_ADD_KEYWORDS,
				    argc - given, argv + given, &words);
	config_words_free(&words);
	return status;
}

static int making_begin(struct making *making, int argc, char **argv)
{
	int status = change_options_take(making->command, &argc, argv, &making->taken);

	if (!status)
		status = making_check_words(making, argc, argv);
	if (status)
		return status;
	making->sock = session_sock(making->options->session);
	if (!making->sock)
		return complain_memory(making->command);
	making->provisioner = provisioner_open(making->command);
	if (!making->provisioner)
		return EXIT_ERROR;
	status = places_find(making->command, making->sock, making->provisioner, argv[0],
			     &making->places);
	if (!status)
		status = places_any(making->command, &making->places, argv[0]);
	return status ? status : making_plan(making, argc, argv);
}

static void making_release(struct making *making)
{
	vdev_made_free(making->made);
	vdev_judgement_free(making->judgement);
	operand_free(&making->source);
	document_cache_free(&making->cache);
	config_words_free(&making->words);
	places_free(&making->places);
	vdev_provisioner_free(making->provisioner);
}

int cmd_dev_add(const struct command *command, const struct options *options, int argc,
		char **argv)
{
	struct making making = { .command = command, .options = options };
	int status = making_begin(&making, argc, argv);

	if (!status)
		status = making_run(&making);
	making_release(&making);
	return status;
}
