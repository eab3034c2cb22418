// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints as a table, one line each. On a terminal that is too narrow the columns are cut
 * that can be long, and the handle never is.
 */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/text.h"
#include "colours.h"
#include "common/words.h"
#include "list_table.h"

#define SEPARATOR "  "

typedef void fill_fn(FILE *file, const struct vdev_object *object);
typedef enum colour colour_fn(const struct vdev_object *object);

struct list_table {
	struct libscols_table *table;
	const struct list_column *columns[16];
	size_t num_columns;
};

static void put(FILE *file, const char *text)
{
	if (text && *text)
		text_put(file, text);
	else
		fputc('-', file);
}

static void put_ident(FILE *file, const struct vdev_ident *ident)
{
	put(file, ident ? ident->value : NULL);
}

static const struct vdev_record *record_of(const struct vdev_object *object)
{
	return vdev_object_record(object);
}

static void fill_handle(FILE *file, const struct vdev_object *object)
{
	put(file, vdev_object_handle(object));
}

static void fill_api(FILE *file, const struct vdev_object *object)
{
	const struct vdev_record *record = record_of(object);

	put_ident(file, record ? vdev_record_device_api(record) : NULL);
}

static void fill_model(FILE *file, const struct vdev_object *object)
{
	const struct vdev_record *record = record_of(object);

	put_ident(file, record ? vdev_record_model(record) : NULL);
}

static void fill_type(FILE *file, const struct vdev_object *object)
{
	const struct vdev_record *record = record_of(object);

	put_ident(file, record ? vdev_record_type(record) : NULL);
}

/* The version of a device, or that which a device of the type has if nobody chooses. */
static void fill_version(FILE *file, const struct vdev_object *object)
{
	const struct vdev_record *record = record_of(object);
	const char *name = NULL;
	unsigned int i;

	for (i = 0; record && i < vdev_record_num_versions(record); i++) {
		const struct vdev_version *version = vdev_record_version(record, i);

		if (version->flags & VDEV_VERSION_FLAG_CURRENT ||
		    (!name && version->flags & VDEV_VERSION_FLAG_DEFAULT))
			name = version->name;
	}
	put(file, name);
}

static void fill_migratable(FILE *file, const struct vdev_object *object)
{
	char buffer[WORD_SIZE];
	uint32_t migration = vdev_object_migration(object);

	if (vdev_object_migratable(object))
		fputs("yes", file);
	else if (migration == VDEV_MIGRATION_SUPPORTED)
		fputs("blocked", file);
	else
		fputs(word_or_number(vdev_migration_name(migration), migration, buffer), file);
}

static enum colour colour_migratable(const struct vdev_object *object)
{
	return colour_of_migration(vdev_object_migration(object),
				   vdev_object_migratable(object));
}

static void fill_driver(FILE *file, const struct vdev_object *object)
{
	put(file, vdev_object_driver(object));
}

static void put_capability(unsigned int bit, void *arg)
{
	FILE *file = arg;
	char buffer[WORD_SIZE];

	fprintf(file, "%s%s", ftell(file) ? "," : "",
		word_or_number(vdev_capability_name(bit), bit, buffer));
}

static void fill_capabilities(FILE *file, const struct vdev_object *object)
{
	if (vdev_object_capabilities(object))
		each_flag(vdev_object_capabilities(object), put_capability, file);
	else
		fputc('-', file);
}

static void fill_parent(FILE *file, const struct vdev_object *object)
{
	if (vdev_object_parent_bus(object)) {
		text_put(file, vdev_object_parent_bus(object));
		fputc('/', file);
	}
	put(file, vdev_object_parent(object));
}

static void fill_provider(FILE *file, const struct vdev_object *object)
{
	put(file, vdev_object_provider(object));
}

static void fill_id(FILE *file, const struct vdev_object *object)
{
	fprintf(file, "%u", vdev_object_id(object));
}

static void fill_capacity(FILE *file, const struct vdev_object *object)
{
	const struct vdev_capacity *capacity = vdev_object_capacity(object);
	char buffer[WORD_SIZE];

	if (capacity && capacity->available != VDEV_UNKNOWN32)
		fprintf(file, "%u", capacity->available);
	else if (capacity && capacity->state)
		fputs(word_or_number(vdev_capacity_state_name(capacity->state), capacity->state,
				     buffer), file);
	else
		fputc('-', file);
}

/* Those before the empty one are shown if nobody chooses. */
static const struct list_column {
	const char *name;
	const char *title;
	bool cut;
	fill_fn *fill;
	/* NULL if none is always right. */
	colour_fn *colour;
} list_columns[] = {
	{ "handle", "HANDLE", false, fill_handle, NULL },
	{ "device-api", "API", false, fill_api, NULL },
	{ "model", "MODEL", true, fill_model, NULL },
	{ "version", "VERSION", true, fill_version, NULL },
	{ "migratable", "MIGRATABLE", false, fill_migratable, colour_migratable },
	{ "driver", "DRIVER", true, fill_driver, NULL },
	{ "capabilities", "CAPABILITIES", true, fill_capabilities, NULL },
	{ "type", "TYPE", true, fill_type, NULL },
	{ "parent", "PARENT", true, fill_parent, NULL },
	{ "provider", "PROVIDER", true, fill_provider, NULL },
	{ "capacity", "CAPACITY", false, fill_capacity, NULL },
	{ "id", "ID", false, fill_id, NULL },
};

#define DEFAULT_COLUMNS 7

_Static_assert(ARRAY_SIZE(list_columns) <= ARRAY_SIZE(((struct list_table *)0)->columns),
	       "each can be shown once");

void list_table_known(struct known *known)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(list_columns); i++)
		known_add(known, list_columns[i].name);
}

struct list_table *list_table_new(void)
{
	struct list_table *table = calloc(1, sizeof(*table));

	if (table)
		table->table = scols_new_table();
	if (table && table->table)
		return table;
	free(table);
	return NULL;
}

void list_table_free(struct list_table *table)
{
	if (!table)
		return;
	scols_unref_table(table->table);
	free(table);
}

static int add_column(struct list_table *table, const struct list_column *column)
{
	size_t i;

	for (i = 0; i < table->num_columns; i++)
		if (table->columns[i] == column)
			return 0;
	if (colour_title(scols_table_new_column(table->table, column->title, 0,
						column->cut ? SCOLS_FL_TRUNC : 0)))
		return -ENOMEM;
	table->columns[table->num_columns++] = column;
	return 0;
}

static int add_named(struct list_table *table, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(list_columns); i++)
		if (strlen(list_columns[i].name) == len &&
		    memcmp(list_columns[i].name, name, len) == 0)
			return add_column(table, &list_columns[i]);
	return -EINVAL;
}

static int add_columns(struct list_table *table, const char *names, char unknown[32])
{
	size_t i, len;
	int err = 0;

	for (i = 0; !names && !err && i < DEFAULT_COLUMNS; i++)
		err = add_column(table, &list_columns[i]);
	while (names && !err) {
		len = strcspn(names, ",");
		err = add_named(table, names, len);
		if (err == -EINVAL)
			snprintf(unknown, 32, "%.*s", (int)len, names);
		names = names[len] ? names + len + 1 : NULL;
	}
	return err;
}

int list_table_columns(struct list_table *table, const char *names, char unknown[32])
{
	int err = scols_table_enable_noencoding(table->table, true);

	if (!err)
		err = scols_table_set_column_separator(table->table, SEPARATOR);
	if (!err)
		err = scols_table_enable_colors(table->table, colour_wanted());
	return err ? -ENOMEM : add_columns(table, names, unknown);
}

static int fill_cell(struct libscols_line *row, size_t place, const struct list_column *column,
		     const struct vdev_object *object)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return -ENOMEM;
	column->fill(file, object);
	if (fclose(file) || scols_line_refer_data(row, place, text)) {
		free(text);
		return -ENOMEM;
	}
	if (!column->colour)
		return 0;
	return scols_cell_set_color(scols_line_get_cell(row, place),
				    colour_sequence(column->colour(object))) ? -ENOMEM : 0;
}

int list_table_add(const struct vdev_object *object, void *arg)
{
	struct list_table *table = arg;
	struct libscols_line *row = scols_table_new_line(table->table, NULL);
	int err = row ? 0 : -ENOMEM;
	size_t i;

	for (i = 0; !err && i < table->num_columns; i++)
		err = fill_cell(row, i, table->columns[i], object);
	return err;
}

bool list_table_empty(const struct list_table *table)
{
	return scols_table_is_empty(table->table);
}

int list_table_print(const struct list_table *table)
{
	return scols_print_table(table->table) ? -ENOMEM : 0;
}
