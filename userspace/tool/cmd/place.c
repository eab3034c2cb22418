// SPDX-License-Identifier: GPL-2.0
/* Where a device is created: a type of a parent, by PARENT or PARENT/TYPE. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "fetch.h"
#include "ordering.h"
#include "place.h"
#include "provisioner.h"

static const struct vdev_object *find_object(const struct places *places, const char *label)
{
	size_t i;

	for (i = 0; i < places->num_objects; i++)
		if (strcmp(vdev_object_handle(places->objects[i]), label) == 0)
			return places->objects[i];
	return NULL;
}

/* The last of the list; NULL if there is no memory. */
static struct place *add_place(struct places *places, const char *parent, const char *type)
{
	struct place *list = realloc(places->list, (places->num + 1) * sizeof(*list));
	struct place *place;

	if (!list)
		return NULL;
	places->list = list;
	place = &list[places->num];
	*place = (struct place){ 0 };
	if (asprintf(&place->label, "%s/%s", parent, type) < 0)
		return NULL;
	places->num++;
	place->object = find_object(places, place->label);
	place->family = ordering_offered(place->object, VDEV_OPERATION_CREATE);
	return place;
}

static int add(struct places *places, const struct vdev_parent *parent,
	       const struct vdev_parent_type *type)
{
	struct place *place = add_place(places, parent->handle, type->name);

	if (!place)
		return -ENOMEM;
	place->parent = parent;
	place->type = type;
	return 0;
}

static bool is_added(const struct places *places, const struct vdev_object *object)
{
	size_t i;

	for (i = 0; i < places->num; i++)
		if (places->list[i].object == object)
			return true;
	return false;
}

/* What providers create that no parent of sysfs or vdpa shows. */
static int add_object(struct places *places, const struct vdev_object *object, const char *word)
{
	const char *bus = vdev_object_parent_bus(object);
	const char *name = vdev_object_parent(object);
	char parent[2 * VDEV_HANDLE_NAME_MAX + 2];

	if (!name || is_added(places, object) ||
	    !ordering_offered(object, VDEV_OPERATION_CREATE))
		return 0;
	snprintf(parent, sizeof(parent), "%s%s%s", bus ? bus : "", bus ? "/" : "", name);
	places->known = places->known || strcmp(parent, word) == 0;
	if (strcmp(parent, word) != 0 && strcmp(vdev_object_handle(object), word) != 0)
		return 0;
	return add_place(places, parent, vdev_object_name(object)) ? 0 : -ENOMEM;
}

/* What is behind the parent's handle: the type, "" for all; NULL if it is another parent. */
static const char *type_of(const struct vdev_parent *parent, const char *word)
{
	size_t len = strlen(parent->handle);

	if (strncmp(parent->handle, word, len) != 0)
		return NULL;
	if (!word[len])
		return "";
	return word[len] == '/' && word[len + 1] ? word + len + 1 : NULL;
}

static int add_parent(struct places *places, const struct vdev_parent *parent, const char *word)
{
	const char *name = type_of(parent, word);
	size_t i;
	int err = 0;

	places->known = places->known || name;
	for (i = 0; name && i < parent->num_types && !err; i++)
		if (!*name || strcmp(parent->types[i].name, name) == 0)
			err = add(places, parent, &parent->types[i]);
	return err;
}

static int add_all(const struct command *command, struct places *places, const char *word)
{
	size_t i;
	int err = 0;

	for (i = 0; i < vdev_parents_num(places->parents) && !err; i++)
		err = add_parent(places, vdev_parents_get(places->parents, i), word);
	for (i = 0; i < places->num_objects && !err; i++)
		err = add_object(places, places->objects[i], word);
	return err ? complain_memory(command) : EXIT_DONE;
}

int places_any(const struct command *command, const struct places *places, const char *word)
{
	if (places->num)
		return EXIT_DONE;
	return complain_absent(command, places->known ? "%s: no such type" : "%s: no such parent",
			       word);
}

int places_find(const struct command *command, struct vdev_sock *sock,
		struct vdev_provisioner *provisioner, const char *word, struct places *places)
{
	int status;

	status = fetch_status(command, sock, NULL,
			      vdev_type_list(sock, NULL, &places->objects, &places->num_objects));
	if (!status)
		status = provisioner_status(command, provisioner, NULL,
					    vdev_parents_read(provisioner, &places->parents));
	return status ? status : add_all(command, places, word);
}

const struct place *places_only(const struct command *command, const struct places *places,
				const char *word)
{
	char names[256] = "";
	size_t i, len = 0;

	if (places->num == 1)
		return places->list;
	for (i = 0; i < places->num && len < sizeof(names); i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", i ? ", " : "",
					places->list[i].label);
	complain(command, "%s: has %zu types; name one of them: %s%s", word, places->num, names,
		 len < sizeof(names) ? "" : "...");
	return NULL;
}

int place_expect(const struct command *command, const struct place *place,
		 const struct change_options *options)
{
	if (!options->expect.number)
		return EXIT_DONE;
	if (!place->object)
		return complain(command, "--expect: %s is not a type that the kernel reports",
				place->label);
	return change_options_expect(command, options, place->object);
}

uint32_t place_method(const struct place *place)
{
	return place->family || !place->parent ? 0 : place->parent->method;
}

bool place_has_room(const struct place *place)
{
	const struct vdev_capacity *capacity =
		place->object ? vdev_object_capacity(place->object) : NULL;

	if (place_method(place))
		return place->type->available;
	return !capacity || !capacity->state || capacity->state == VDEV_CAPACITY_STATE_SUFFICIENT;
}

void places_free(struct places *places)
{
	while (places->num)
		free(places->list[--places->num].label);
	free(places->list);
	vdev_parents_free(places->parents);
	vdev_object_list_free(places->objects, places->num_objects);
	*places = (struct places){ 0 };
}
