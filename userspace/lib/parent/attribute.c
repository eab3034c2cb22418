// SPDX-License-Identifier: LGPL-2.1
/*
 * Parameters of a mediated device that are files in its folder, or in that of a group of
 * attributes, by their own names; sysfs has '_' where a name has '-'. The number of
 * aggregated instances is the file aggregator.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attribute.h"

#define AGGREGATOR "aggregator"
#define PARAMS_MAX 64

/* A parameter and its file; the value that it had is the caller's to free. */
struct attribute {
	const char *name;
	const char *value;
	char folder[PATH_MAX];
	char file[NAME_MAX + 1];
	char *before;
};

/* The name that sysfs has where there is no file of the parameter's own. */
static void to_sysfs_name(char *name)
{
	for (; *name; name++)
		*name = *name == '-' ? '_' : *name;
}

/* What the driver core puts there is no parameter, by neither name. */
static bool is_core_file(const char *name)
{
	static const char *const files[] = {
		"remove", "uevent", "waiting_for_supplier", "modalias", "driver_override",
	};
	char file[NAME_MAX + 1];
	size_t i;

	snprintf(file, sizeof(file), "%s", name);
	to_sysfs_name(file);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(files[i], file) == 0)
			return true;
	return false;
}

static int check_one(struct vdev_provisioner *provisioner, const char *name, const char *value)
{
	const char *pos;
	bool valid = *name && strlen(name) <= VDEV_HANDLE_NAME_MAX && name[0] != '.';

	for (pos = name; valid && *pos; pos++)
		valid = isalnum((unsigned char)*pos) || strchr("-_.", *pos);
	if (!valid)
		return vdev_error_say(&provisioner->error, -EINVAL,
				      "param '%.64s': not the name of a parameter", name);
	if (is_core_file(name))
		return vdev_error_say(&provisioner->error, -EINVAL,
				      "param %s: belongs to the driver core", name);
	valid = *value && strlen(value) < SYSFS_TEXT_SIZE - 1;
	for (pos = value; valid && *pos; pos++)
		valid = !iscntrl((unsigned char)*pos);
	return valid ? 0 : vdev_error_say(&provisioner->error, -EINVAL,
					  "param %s: a value is one line of 1 to %d characters", name,
					  SYSFS_TEXT_SIZE - 2);
}

int vdev_attributes_check(struct vdev_provisioner *provisioner, const struct vdev_config *config)
{
	size_t i;
	int err = 0;

	if (config->num_params >= PARAMS_MAX)
		return vdev_error_say(&provisioner->error, -E2BIG, "more than %d parameters",
				      PARAMS_MAX - 1);
	for (i = 0; i < config->num_params && !err; i++) {
		const struct vdev_config_pair *param = &config->params[i];

		err = check_one(provisioner, param->name, param->value);
		if (!err && config->aggregation && strcmp(param->name, AGGREGATOR) == 0)
			err = vdev_error_say(&provisioner->error, -EINVAL, "param " AGGREGATOR
					     " and aggregation exclude each other");
	}
	return err;
}

/* A search of the groups of a device for a file. */
struct search {
	struct attribute *attribute;
	const char *folder;
	unsigned int found;
};

static void search_folder(struct search *search, const char *folder)
{
	struct attribute *attribute = search->attribute;
	char path[PATH_MAX];
	struct stat status;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s", folder, attribute->file) >=
	    sizeof(path) || lstat(path, &status) || !S_ISREG(status.st_mode))
		return;
	if (!search->found++)
		snprintf(attribute->folder, sizeof(attribute->folder), "%s", folder);
}

/* Links lead to other devices, and the folder power belongs to the core. */
static int search_group(const char *name, void *arg)
{
	struct search *search = arg;
	char path[PATH_MAX];
	struct stat status;

	if (strcmp(name, "power") != 0 &&
	    (size_t)snprintf(path, sizeof(path), "%s/%s", search->folder, name) < sizeof(path) &&
	    lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
		search_folder(search, path);
	return 0;
}

static int search_name(struct vdev_provisioner *provisioner, struct search *search)
{
	search_folder(search, search->folder);
	return vdev_sysfs_each(provisioner, search->folder, search_group, search);
}

static int find(struct vdev_provisioner *provisioner, const char *folder,
		struct attribute *attribute)
{
	struct search search = { .attribute = attribute, .folder = folder };
	int err;

	snprintf(attribute->file, sizeof(attribute->file), "%s", attribute->name);
	err = search_name(provisioner, &search);
	if (!err && !search.found && strchr(attribute->file, '-')) {
		to_sysfs_name(attribute->file);
		err = search_name(provisioner, &search);
	}
	if (err)
		return err;
	if (!search.found)
		return vdev_error_say(&provisioner->error, -EOPNOTSUPP,
				      "param %s: the device has no file of that name",
				      attribute->name);
	if (search.found > 1)
		return vdev_error_say(&provisioner->error, -ENOTUNIQ,
				      "param %s: the device has %u files of that name",
				      attribute->name, search.found);
	return 0;
}

/* A file that can only be written has no value to go back to. */
static int keep_before(struct vdev_provisioner *provisioner, struct attribute *attribute)
{
	char text[SYSFS_TEXT_SIZE];

	if (vdev_sysfs_read(provisioner, attribute->folder, attribute->file, text)) {
		vdev_error_reset(&provisioner->error);
		return 0;
	}
	attribute->before = strdup(text);
	return attribute->before ? 0 : vdev_provisioner_memory(provisioner);
}

/* The error that there is stays; what could not be written back is added to it. */
static void write_back(struct vdev_provisioner *provisioner, struct attribute *attribute)
{
	struct vdev_error error = provisioner->error;
	size_t len = strlen(error.message);
	bool kept = attribute->before &&
		    !vdev_sysfs_write(provisioner, attribute->folder, attribute->file,
				      attribute->before);

	provisioner->error = error;
	if (!kept)
		snprintf(provisioner->error.message + len,
			 sizeof(provisioner->error.message) - len,
			 "; param %s could not be set back", attribute->name);
}

static int write_all(struct vdev_provisioner *provisioner, struct attribute *list, size_t num)
{
	size_t i;
	int err = 0;

	for (i = 0; i < num && !err; i++)
		err = vdev_sysfs_write(provisioner, list[i].folder, list[i].file, list[i].value);
	if (!err)
		return 0;
	for (i--; i-- > 0;)
		write_back(provisioner, &list[i]);
	return err;
}

static int find_all(struct vdev_provisioner *provisioner, const char *folder,
		    struct attribute *list, size_t num)
{
	size_t i;
	int err = 0;

	for (i = 0; i < num && !err; i++) {
		err = find(provisioner, folder, &list[i]);
		if (!err)
			err = keep_before(provisioner, &list[i]);
	}
	return err;
}

int vdev_attributes_write(struct vdev_provisioner *provisioner, const char *folder,
			  const struct vdev_config *config, bool dry_run)
{
	size_t i, num = config->num_params + (config->aggregation ? 1 : 0);
	char aggregation[16];
	struct attribute *list;
	int err;

	if (!num)
		return 0;
	list = calloc(num, sizeof(*list));
	if (!list)
		return vdev_provisioner_memory(provisioner);
	for (i = 0; i < config->num_params; i++) {
		list[i].name = config->params[i].name;
		list[i].value = config->params[i].value;
	}
	if (config->aggregation) {
		snprintf(aggregation, sizeof(aggregation), "%u", config->aggregation);
		list[i].name = AGGREGATOR;
		list[i].value = aggregation;
	}
	err = find_all(provisioner, folder, list, num);
	if (!err && !dry_run)
		err = write_all(provisioner, list, num);
	for (i = 0; i < num; i++)
		free(list[i].before);
	free(list);
	return err;
}
