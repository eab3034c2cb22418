// SPDX-License-Identifier: GPL-2.0
/*
 * What there is on this host, for completion: handles, and values of conditions. What cannot
 * be read is no error: there is less to choose from.
 */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/host.h"
#include "cli/synopsis.h"
#include "complete_live.h"
#include "fetch.h"
#include "profile_change.h"
#include "provisioner.h"

#define VALUE_SIZE (2 * VDEV_HANDLE_NAME_MAX + 2)

/* NULL if there is none; the buffer is for what is put together. */
typedef const char *get_fn(const struct vdev_object *object, char buffer[VALUE_SIZE]);

struct live {
	struct listing *found;
	/* Of values: what they are read from. */
	get_fn *get;
	/* Of handles: how they begin. */
	const char *current;
};

static const char *live_bus(const struct vdev_object *object, char buffer[VALUE_SIZE])
{
	(void)buffer;
	return vdev_object_bus(object);
}

static const char *live_parent_bus(const struct vdev_object *object, char buffer[VALUE_SIZE])
{
	(void)buffer;
	return vdev_object_parent_bus(object);
}

static const char *live_parent(const struct vdev_object *object, char buffer[VALUE_SIZE])
{
	const char *bus = vdev_object_parent_bus(object);
	const char *parent = vdev_object_parent(object);

	if (!bus || !parent)
		return parent;
	snprintf(buffer, VALUE_SIZE, "%s/%s", bus, parent);
	return buffer;
}

typedef const struct vdev_ident *ident_fn(const struct vdev_record *record);

static const char *live_ident(const struct vdev_object *object, ident_fn *get)
{
	const struct vdev_record *record = vdev_object_record(object);
	const struct vdev_ident *ident = record ? get(record) : NULL;

	return ident ? ident->value : NULL;
}

static const char *live_api(const struct vdev_object *object, char buffer[VALUE_SIZE])
{
	(void)buffer;
	return live_ident(object, vdev_record_device_api);
}

static const char *live_model(const struct vdev_object *object, char buffer[VALUE_SIZE])
{
	(void)buffer;
	return live_ident(object, vdev_record_model);
}

static const char *live_type(const struct vdev_object *object, char buffer[VALUE_SIZE])
{
	(void)buffer;
	return vdev_object_kind(object) == VDEV_OBJECT_TYPE ? vdev_object_name(object) :
	       live_ident(object, vdev_record_type);
}

static int live_add(struct listing *found, enum complete_kind kind, const char *word, size_t len,
		    const char *text)
{
	return listing_add(found, kind, strndup(word, len), strdup(text));
}

static int live_handle(struct live *live, const char *handle, const char *text)
{
	const char *slash = strrchr(live->current, '/');
	size_t len = slash ? (size_t)(slash - live->current) + 1 : 0;

	if (slash)
		return strncmp(handle, live->current, len) != 0 ? 0 :
		       live_add(live->found, COMPLETE_WORD, handle, strlen(handle), text);
	len = strcspn(handle, "/");
	return handle[len] ? live_add(live->found, COMPLETE_BEGIN, handle, len + 1, "") :
			     live_add(live->found, COMPLETE_WORD, handle, len, text);
}

static int add_handle(const struct vdev_object *object, void *arg)
{
	return live_handle(arg, vdev_object_handle(object), live_api(object, NULL) ?: "");
}

static int add_value(const struct vdev_object *object, void *arg)
{
	struct live *live = arg;
	char buffer[VALUE_SIZE];
	const char *value = live->get(object, buffer);

	return value && *value ?
	       live_add(live->found, COMPLETE_WORD, value, strlen(value), "") : 0;
}

static void live_dump(unsigned int operands, vdev_object_fn *fn, struct live *live)
{
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_filter *filter = vdev_filter_new();

	if (sock && filter && operands & OPERAND_DEV)
		vdev_dev_dump(sock, filter, fn, live);
	if (sock && filter && operands & OPERAND_TYPE)
		vdev_type_dump(sock, filter, fn, live);
	vdev_filter_free(filter);
	vdev_sock_free(sock);
}

static int add_parent_types(const struct vdev_parent *parent, struct live *live)
{
	char *handle;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < parent->num_types; i++) {
		if (asprintf(&handle, "%s/%s", parent->handle, parent->types[i].name) < 0)
			return -1;
		err = live_handle(live, handle, parent->types[i].description ?: "");
		free(handle);
	}
	return err;
}

/* A parent of several types is named with one of them. */
static void live_parents(const struct command *command, bool types, struct live *live)
{
	struct vdev_provisioner *provisioner = provisioner_open(command);
	struct vdev_parents *parents = NULL;
	size_t i;

	if (provisioner)
		vdev_parents_read(provisioner, &parents);
	for (i = 0; parents && i < vdev_parents_num(parents); i++) {
		const struct vdev_parent *parent = vdev_parents_get(parents, i);

		live_handle(live, parent->handle, parent->driver ?: "");
		if (types && parent->num_types > 1)
			add_parent_types(parent, live);
	}
	vdev_parents_free(parents);
	vdev_provisioner_free(provisioner);
}

void complete_handles(const struct command *command, unsigned int operands, const char *current,
		      struct listing *found)
{
	struct live live = { .found = found, .current = current };
	struct vdev_sock *sock;

	if (operands & OPERAND_PARENT)
		live_parents(command, operands & OPERAND_TYPE, &live);
	else
		live_dump(operands, add_handle, &live);
	if (operands & OPERAND_PROFILE) {
		sock = vdev_sock_new();
		if (sock)
			profile_names(command, sock, found);
		vdev_sock_free(sock);
	}
}

static const struct {
	const char *keyword;
	get_fn *get;
} live_keywords[] = {
	{ "bus", live_bus },
	{ "parent-bus", live_parent_bus },
	{ "parent", live_parent },
	{ "type", live_type },
	{ "model", live_model },
	{ "device-api", live_api },
};

/* Those that a virtual function can be bound to. */
static void live_drivers(struct listing *found)
{
	char path[PATH_MAX];
	const struct dirent *entry;
	DIR *folder;

	live_add(found, COMPLETE_WORD, "none", strlen("none"), "no driver");
	snprintf(path, sizeof(path), "%s/bus/pci/drivers", host_sysfs);
	folder = opendir(path);
	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			live_add(found, COMPLETE_WORD, entry->d_name, strlen(entry->d_name), "");
	if (folder)
		closedir(folder);
}

bool complete_values(const struct command *command, const char *keyword, struct listing *found)
{
	bool devices = strcmp(command->object, "type") != 0;
	bool types = strcmp(command->object, "dev") != 0;
	struct live live = { .found = found };
	size_t i;

	if (strcmp(keyword, "driver") == 0) {
		live_drivers(found);
		return true;
	}
	for (i = 0; i < ARRAY_SIZE(live_keywords); i++)
		if (strcmp(live_keywords[i].keyword, keyword) == 0)
			live.get = live_keywords[i].get;
	if (live.get)
		live_dump((devices ? OPERAND_DEV : 0) | (types ? OPERAND_TYPE : 0), add_value,
			  &live);
	return live.get;
}
