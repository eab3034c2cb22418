// SPDX-License-Identifier: GPL-2.0
/* What is asked of a provider of the family, made of the words that all buses share. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "fetch.h"
#include "ordering.h"

#define NAME_ATTEMPTS 256
/* Before the name of a bit that more than one set could have. */
#define SET_END ':'
#define UUID_FILE "/proc/sys/kernel/random/uuid"

/* An order that is made. */
struct work {
	const struct command *command;
	const struct vdev_object *object;
	const struct vdev_record *record;
	struct ordering *ordering;
};

bool ordering_offered(const struct vdev_object *object, enum vdev_operation operation)
{
	return object && vdev_object_operations(object) & operation;
}

static const char *work_label(const struct work *work)
{
	return vdev_object_handle(work->object);
}

static int find_bit(const char *set, const char *device_api, const char *name)
{
	char *end;
	long bit;

	if (strncmp(name, "bit-", 4) != 0)
		return vdev_feature_bit_from_name(set, device_api, name);
	bit = strtol(name + 4, &end, 10);
	return name[4] >= '0' && name[4] <= '9' && !*end && bit < INT32_MAX ? (int)bit : -1;
}

/* The only set that has the bit; a set before the bit's name makes it one. */
static int find_feature(const struct work *work, const char *name, unsigned int *index, int *bit)
{
	const struct vdev_ident *api = vdev_record_device_api(work->record);
	const char *end = strchr(name, SET_END);
	unsigned int i, found = 0;

	for (i = 0; i < vdev_record_num_features(work->record); i++) {
		const struct vdev_feature *feature = vdev_record_feature(work->record, i);
		const char *set = feature->name ? feature->name : "";
		int number;

		if (end && (strlen(set) != (size_t)(end - name) ||
			    strncmp(set, name, (size_t)(end - name)) != 0))
			continue;
		number = find_bit(set, api ? api->value : NULL, end ? end + 1 : name);
		if (number < 0)
			continue;
		found++;
		*index = i;
		*bit = number;
	}
	if (found == 1)
		return EXIT_DONE;
	return complain(work->command, "%s: feature %s: %s", work_label(work), name,
			found ? "several sets have it; name one, as SET:NAME" : "there is none");
}

static int take_bit(const struct work *work, const struct vdev_config_pair *pair)
{
	const struct vdev_bitmap *bits;
	bool on = strcmp(pair->value, "on") == 0;
	unsigned int index = 0;
	uint64_t *word;
	int bit = 0;
	int status;

	if (!on && strcmp(pair->value, "off") != 0)
		return complain(work->command, "%s: feature %s: '%s' is neither on nor off",
				work_label(work), pair->name, pair->value);
	status = find_feature(work, pair->name, &index, &bit);
	if (status)
		return status;
	bits = &work->ordering->features[index].provisioned;
	if ((unsigned int)bit / 64 >= bits->num_words)
		return on ? complain(work->command, "%s: feature %s: not supported",
				     work_label(work), pair->name) : EXIT_DONE;
	word = (uint64_t *)bits->words + bit / 64;
	*word = on ? *word | 1ULL << bit % 64 : *word & ~(1ULL << bit % 64);
	return EXIT_DONE;
}

/* What is there before: of a type all that it supports, and of a device what it has. */
static const struct vdev_bitmap *bits_before(const struct work *work, unsigned int index)
{
	const struct vdev_feature *feature = vdev_record_feature(work->record, index);

	return vdev_object_kind(work->object) == VDEV_OBJECT_DEV && feature->provisioned.words ?
		&feature->provisioned : &feature->supported;
}

static int copy_bits(const struct work *work)
{
	unsigned int i, num = vdev_record_num_features(work->record);
	struct ordering *ordering = work->ordering;
	size_t total = 0;
	uint64_t *word;

	for (i = 0; i < num; i++)
		total += bits_before(work, i)->num_words;
	ordering->features = calloc(num + 1, sizeof(*ordering->features));
	ordering->words = calloc(total + 1, sizeof(*ordering->words));
	if (!ordering->features || !ordering->words)
		return complain_memory(work->command);
	word = ordering->words;
	for (i = 0; i < num; i++) {
		const struct vdev_bitmap *before = bits_before(work, i);

		if (before->num_words)
			memcpy(word, before->words, before->num_words * sizeof(*word));
		ordering->features[i].name = vdev_record_feature(work->record, i)->name;
		ordering->features[i].provisioned = (struct vdev_bitmap){
			.words = word, .num_words = before->num_words,
		};
		word += before->num_words;
	}
	ordering->order.features = ordering->features;
	ordering->order.num_features = num;
	return EXIT_DONE;
}

static int take_features(const struct work *work, const struct vdev_config *config)
{
	int status = config->num_features ? copy_bits(work) : EXIT_DONE;
	size_t i;

	for (i = 0; i < config->num_features && !status; i++)
		status = take_bit(work, &config->features[i]);
	return status;
}

static bool parse_bool(const char *text, bool *value)
{
	static const char *const words[] = { "0", "1", "false", "true", "off", "on" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(text, words[i]) == 0) {
			*value = i & 1;
			return true;
		}
	return false;
}

static bool parse_value(const char *text, uint32_t type, struct vdev_value *value)
{
	value->type = type;
	switch (type) {
	case VDEV_VALUE_TYPE_U64:
		errno = 0;
		value->u64 = strtoull(text, NULL, 10);
		return *text && !text[strspn(text, "0123456789")] && !errno;
	case VDEV_VALUE_TYPE_BOOL:
		return parse_bool(text, &value->boolean);
	default:
		value->string = text;
		return type == VDEV_VALUE_TYPE_STRING;
	}
}

static int take_param(const struct work *work, const struct vdev_config_pair *pair,
		      struct vdev_param *chosen)
{
	unsigned int i;

	for (i = 0; i < vdev_record_num_params(work->record); i++) {
		const struct vdev_param *param = vdev_record_param(work->record, i);

		if (!param->name || strcmp(param->name, pair->name) != 0)
			continue;
		chosen->name = param->name;
		if (parse_value(pair->value, param->type, &chosen->value))
			return EXIT_DONE;
		return complain(work->command, "%s: param %s: '%s' is no value of the type %s",
				work_label(work), pair->name, pair->value,
				vdev_value_type_name(param->type) ?: "unknown");
	}
	return complain(work->command, "%s: param %s: there is none", work_label(work),
			pair->name);
}

static int take_params(const struct work *work, const struct vdev_config *config)
{
	struct ordering *ordering = work->ordering;
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < config->num_params && !status; i++)
		status = take_param(work, &config->params[i], &ordering->params[i]);
	ordering->order.params = ordering->params;
	ordering->order.num_params = (unsigned int)config->num_params;
	return status;
}

int ordering_make(const struct command *command, const struct vdev_object *object,
		  const struct vdev_config *config, const struct change_options *options,
		  struct ordering *ordering)
{
	const struct work work = {
		.command = command,
		.object = object,
		.record = vdev_object_record(object),
		.ordering = ordering,
	};
	struct vdev_error error = { 0 };
	int err, status = EXIT_DONE;

	ordering->order = (struct vdev_order){
		.name = config->name,
		.version = config->version,
		.count = config->aggregation,
		.partial = vdev_object_kind(object) == VDEV_OBJECT_DEV && !options->reset,
		.dry_run = options->dry_run,
		.expect = options->expect.number,
		.instance = options->expect.instance,
	};
	if (config->vfs != VDEV_UNKNOWN32 || config->driver)
		return complain(command, "%s: vfs and driver are of PCI functions",
				work_label(&work));
	ordering->params = calloc(config->num_params + 1, sizeof(*ordering->params));
	if (!ordering->params)
		return complain_memory(command);
	if (work.record) {
		status = take_features(&work, config);
		if (!status)
			status = take_params(&work, config);
	}
	if (status)
		return status;
	err = vdev_order_check(object, &ordering->order, sizeof(ordering->order), &error);
	return fetch_error_status(command, &error, work_label(&work), err);
}

/* Names of mediated devices are UUIDs; of others, the bus and a number. */
static int choose_name(const struct vdev_object *type, unsigned int number,
		       struct ordering *ordering)
{
	const char *bus = vdev_object_bus(type) ?: "dev";
	FILE *file;
	bool read;

	ordering->order.name = ordering->name;
	if (strcmp(bus, "mdev") != 0) {
		snprintf(ordering->name, sizeof(ordering->name), "%.32s%u", bus, number);
		return 0;
	}
	file = fopen(UUID_FILE, "re");
	if (!file)
		return -errno;
	read = fscanf(file, "%36s", ordering->name) == 1;
	fclose(file);
	return read ? 0 : -EIO;
}

/* Of all that can exist already, the name alone is another one the next time. */
static bool is_taken(const struct vdev_sock *sock, int err)
{
	return err == -EEXIST && strcmp(vdev_sock_error(sock)->attr, "name") == 0;
}

int ordering_create(const struct command *command, struct vdev_sock *sock,
		    const struct vdev_object *type, struct ordering *ordering,
		    struct vdev_object **device)
{
	const struct vdev_handle handle = { .id = vdev_object_id(type) };
	bool choose = !ordering->order.name;
	unsigned int number = 0;
	int err;

	do {
		err = choose ? choose_name(type, number, ordering) : 0;
		if (err)
			return complain(command, UUID_FILE ": %s", strerror(-err));
		err = vdev_dev_new(sock, &handle, &ordering->order, sizeof(ordering->order),
				   device);
	} while (choose && is_taken(sock, err) && ++number < NAME_ATTEMPTS);
	if (err == -ETIMEDOUT)
		return complain(command, "%s: the kernel did not answer in time; %s/%s may still "
				"come", vdev_object_handle(type), vdev_object_bus(type) ?: "",
				ordering->order.name);
	return fetch_status(command, sock, vdev_object_handle(type), err);
}

void ordering_free(struct ordering *ordering)
{
	free(ordering->features);
	free(ordering->params);
	free(ordering->words);
	*ordering = (struct ordering){ 0 };
}
