// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints as a table, one line each. On a terminal that is too narrow the columns are cut
 * that can be long, then those are left out that are asked for least. The handle, which
 * names the endpoint, is never cut; where even it does not fit, it is wrapped.
 */
#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "colours.h"
#include "common/words.h"
#include "list_table.h"
#include "table.h"

typedef void fill_fn(FILE *file, const struct vdev_object *object);
typedef enum colour colour_fn(const struct vdev_object *object);

struct list_table {
	struct libscols_table *table;
	const struct list_column *columns[16];
	size_t num_columns;
	/* Those of the widest cells. */
	size_t widths[16];
	/* Somebody chose the columns, and gets them. */
	bool chosen;
	/* Where each cell in turn is written: a stream takes more time than a cell. */
	FILE *file;
	char *text;
	size_t size;
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

/* The first are shown if nobody chooses. */
enum {
	COLUMN_HANDLE,
	COLUMN_API,
	COLUMN_MODEL,
	COLUMN_VERSION,
	COLUMN_MIGRATABLE,
	COLUMN_DRIVER,
	COLUMN_CAPABILITIES,
	DEFAULT_COLUMNS,
};

static const struct list_column {
	const char *name;
	const char *title;
	bool cut;
	fill_fn *fill;
	/* NULL if none is always right. */
	colour_fn *colour;
} list_columns[] = {
	[COLUMN_HANDLE] = { "handle", "HANDLE", false, fill_handle, NULL },
	[COLUMN_API] = { "device-api", "API", false, fill_api, NULL },
	[COLUMN_MODEL] = { "model", "MODEL", true, fill_model, NULL },
	[COLUMN_VERSION] = { "version", "VERSION", true, fill_version, NULL },
	[COLUMN_MIGRATABLE] = { "migratable", "MIGRATABLE", false, fill_migratable, colour_migratable },
	[COLUMN_DRIVER] = { "driver", "DRIVER", true, fill_driver, NULL },
	[COLUMN_CAPABILITIES] = { "capabilities", "CAPABILITIES", true, fill_capabilities, NULL },
	{ "type", "TYPE", true, fill_type, NULL },
	{ "parent", "PARENT", true, fill_parent, NULL },
	{ "provider", "PROVIDER", true, fill_provider, NULL },
	{ "capacity", "CAPACITY", false, fill_capacity, NULL },
	{ "id", "ID", false, fill_id, NULL },
};

_Static_assert(ARRAY_SIZE(list_columns) <= ARRAY_SIZE(((struct list_table *)0)->columns),
	       "each can be shown once");

void list_table_known(struct known *known)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(list_columns); i++)
		known_add(known, list_columns[i].name);
}

void list_table_free(struct list_table *table)
{
	if (!table)
		return;
	if (table->file)
		fclose(table->file);
	free(table->text);
	scols_unref_table(table->table);
	free(table);
}

struct list_table *list_table_new(void)
{
	struct list_table *table = calloc(1, sizeof(*table));

	if (!table)
		return NULL;
	table->table = table_new();
	table->file = open_memstream(&table->text, &table->size);
	if (table->table && table->file)
		return table;
	list_table_free(table);
	return NULL;
}

static int add_column(struct list_table *table, const struct list_column *column)
{
	size_t i;

	for (i = 0; i < table->num_columns; i++)
		if (table->columns[i] == column)
			return 0;
	if (!table_column(table->table, column->title, column->cut ? SCOLS_FL_TRUNC : 0))
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

int list_table_columns(struct list_table *table, const char *names, char unknown[32])
{
	size_t i, len;
	int err = 0;

	table->chosen = names;
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

/* NULL without memory. */
static char *cell_text(struct list_table *table, const struct list_column *column,
		       const struct vdev_object *object)
{
	rewind(table->file);
	column->fill(table->file, object);
	fputc('\0', table->file);
	return fflush(table->file) ? NULL : strdup(table->text);
}

static int fill_cell(struct list_table *table, struct libscols_line *row, size_t place,
		     const struct vdev_object *object)
{
	const struct list_column *column = table->columns[place];
	char *text = cell_text(table, column, object);
	size_t width;

	if (!text)
		return -ENOMEM;
	width = terminal_text_width(text);
	if (width > table->widths[place])
		table->widths[place] = width;
	return table_cell(row, place, text,
			  column->colour ? column->colour(object) : COLOUR_NONE);
}

int list_table_add(const struct vdev_object *object, void *arg)
{
	struct list_table *table = arg;
	struct libscols_line *row = scols_table_new_line(table->table, NULL);
	int err = row ? 0 : -ENOMEM;
	size_t i;

	for (i = 0; !err && i < table->num_columns; i++)
		err = fill_cell(table, row, i, object);
	return err;
}

bool list_table_empty(const struct list_table *table)
{
	return scols_table_is_empty(table->table);
}

/* The least that the columns need: those that can be cut only need their title. */
static size_t least_width(const struct list_table *table)
{
	size_t i, width, sum = 0;

	for (i = 0; i < table->num_columns; i++) {
		if (scols_column_get_flags(scols_table_get_column(table->table, i)) &
		    SCOLS_FL_HIDDEN)
			continue;
		width = strlen(table->columns[i]->title);
		if (!table->columns[i]->cut && table->widths[i] > width)
			width = table->widths[i];
		sum += (sum ? TABLE_GAP : 0) + width;
	}
	return sum;
}

/* Leave out what nobody chose, beginning with what is asked for least. */
static int leave_out(struct list_table *table, size_t width)
{
	static const size_t order[] = {
		COLUMN_CAPABILITIES, COLUMN_DRIVER, COLUMN_VERSION, COLUMN_MODEL, COLUMN_API,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(order) && least_width(table) > width; i++)
		if (scols_column_set_flags(scols_table_get_column(table->table, order[i]),
					   SCOLS_FL_HIDDEN))
			return -ENOMEM;
	return 0;
}

/* What cannot be cut is wrapped. */
static int wrap_handle(struct list_table *table)
{
	size_t i;

	for (i = 0; i < table->num_columns; i++)
		if (table->columns[i] == &list_columns[COLUMN_HANDLE])
			return scols_column_set_flags(scols_table_get_column(table->table, i),
						      SCOLS_FL_WRAP) ? -ENOMEM : 0;
	return 0;
}

static int fit(struct list_table *table, size_t width)
{
	int err = table_set_width(table->table, width);

	if (!err && !table->chosen)
		err = leave_out(table, width);
	if (!err && least_width(table) > width)
		err = wrap_handle(table);
	return err;
}

int list_table_print(struct list_table *table)
{
	size_t width = terminal_width();
	int err = width ? fit(table, width) : 0;

	return err || scols_print_table(table->table) ? -ENOMEM : 0;
}
