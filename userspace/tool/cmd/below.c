// SPDX-License-Identifier: GPL-2.0
/*
 * What a bus creates or changes, held against the ceiling of its type: the kernel of the bus
 * does not know it. A ceiling that waits for its type counts, too.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "below.h"
#include "cli/complain.h"
#include "fetch.h"

/* Values that are asked for. */
struct asked {
	const struct command *command;
	const char *label;
	const struct vdev_config *config;
	int status;
};

static const struct vdev_ceiling *ceiling_of(const struct vdev_object *object)
{
	const struct vdev_record *record = object ? vdev_object_record(object) : NULL;

	return record ? vdev_record_ceiling(record) : NULL;
}

/* What is no number is none that is limited. */
static bool is_outside(const char *text, const struct vdev_ceiling_param *limit)
{
	unsigned long long value;

	errno = 0;
	value = strtoull(text, NULL, 10);
	if (!*text || text[strspn(text, "0123456789")])
		return false;
	return errno || value < limit->low || value > limit->high;
}

static void check_param(struct asked *asked, const struct vdev_config_pair *param,
			const struct vdev_ceiling *ceiling)
{
	unsigned int i;

	for (i = 0; i < ceiling->num_params && !asked->status; i++) {
		const struct vdev_ceiling_param *limit = &ceiling->params[i];

		if (strcmp(limit->name, param->name) == 0 && is_outside(param->value, limit))
			asked->status = complain(asked->command, "%s: param %s: %s is outside of "
						 "the ceiling, %" PRIu64 "-%" PRIu64, asked->label,
						 param->name, param->value, limit->low,
						 limit->high);
	}
}

static void check_params(struct asked *asked, const struct vdev_ceiling *ceiling)
{
	size_t i;

	for (i = 0; ceiling && i < asked->config->num_params; i++)
		check_param(asked, &asked->config->params[i], ceiling);
}

static int check_waiting(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
			 bool pending, void *arg)
{
	char label[3 * VDEV_HANDLE_NAME_MAX + 3];
	struct asked *asked = arg;

	(void)pending;
	snprintf(label, sizeof(label), "%s/%s/%s", type->parent_bus, type->parent, type->name);
	if (strcmp(label, asked->label) == 0)
		check_params(asked, ceiling);
	return 0;
}

int below_place(const struct command *command, struct vdev_sock *sock, const struct place *place,
		const struct vdev_config *config)
{
	struct asked asked = { .command = command, .label = place->label, .config = config };
	int err;

	/* The class of a vdpa device is no type, and a virtual function has no parameters. */
	if (place->object || !config->num_params || place_method(place) != VDEV_PARENT_MDEV) {
		check_params(&asked, ceiling_of(place->object));
		return asked.status;
	}
	err = vdev_ceiling_dump(sock, check_waiting, &asked);
	/* An older module has none. */
	if (!err || err == -EOPNOTSUPP)
		return asked.status;
	return fetch_status(command, sock, place->label, err);
}

int below_device(const struct command *command, const struct vdev_object *device,
		 const struct vdev_config *config)
{
	struct asked asked = { .command = command, .config = config };

	asked.label = device ? vdev_object_handle(device) : "";
	check_params(&asked, ceiling_of(device));
	return asked.status;
}

/* A judgement of the device as its own source finds what is above. */
static int complain_above(const struct command *command, const struct vdev_object *device,
			  const struct vdev_judgement *judgement)
{
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);

		if (finding->code == VDEV_CODE_CEILING)
			return complain(command, "%s: %s%s%s is above the ceiling of its type",
					vdev_object_handle(device),
					vdev_field_name(finding->field), finding->name ? " " : "",
					finding->name ? finding->name : "");
	}
	return EXIT_DONE;
}

int below_made(const struct command *command, const struct vdev_object *device)
{
	struct vdev_declaration *declaration = NULL;
	struct vdev_judgement *judgement;
	struct vdev_error error = { 0 };
	int status;

	if (!ceiling_of(device))
		return EXIT_DONE;
	status = fetch_error_status(command, &error, vdev_object_handle(device),
				    vdev_declaration_of(device, &declaration, &error));
	if (status || !declaration)
		return status;
	judgement = vdev_judge(declaration, declaration);
	status = judgement ? complain_above(command, device, judgement) : complain_memory(command);
	vdev_judgement_free(judgement);
	vdev_declaration_free(declaration);
	return status;
}
