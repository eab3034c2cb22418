// SPDX-License-Identifier: GPL-2.0
/*
 * An endpoint for people: its handle and what it is on one line, the rest
 * below it, one fact or one list on a line, each begun by the word that is its
 * key in JSON.
 */
#include <inttypes.h>

#include "bricks.h"
#include "cli/text.h"
#include "colours.h"
#include "common/words.h"
#include "out_record.h"
#include "out_text.h"

static void print_headline(FILE *file, const char *handle, const struct vdev_record *record)
{
	const struct vdev_ident *ident;

	text_heading(file, handle);
	fputc(':', file);
	ident = record ? vdev_record_device_api(record) : NULL;
	text_word(file, "device-api", ident ? ident->value : NULL);
	ident = record ? vdev_record_model(record) : NULL;
	text_word(file, "model", ident ? ident->value : NULL);
	ident = record ? vdev_record_type(record) : NULL;
	text_word(file, "type", ident ? ident->value : NULL);
	fputc('\n', file);
}

/* In seconds, which is near enough for people. */
static void print_seconds(FILE *file, uint32_t milliseconds)
{
	fprintf(file, "%" PRIu32 ".%" PRIu32 " s ago\n", milliseconds / 1000,
		milliseconds % 1000 / 100);
}

void text_stale(FILE *file, const char *who, uint32_t age)
{
	fputs("  ", file);
	colour_puts(file, COLOUR_CAUTION, "stale");
	fprintf(file, ": the %s does not answer, ", who);
	if (age == VDEV_UNKNOWN32) {
		fputs("and was never read\n", file);
		return;
	}
	fputs("last read ", file);
	print_seconds(file, age);
}

/* Comes first, because what follows may be out of date. */
static void print_stale(FILE *file, const struct vdev_object *object)
{
	if (vdev_object_stale(object))
		text_stale(file, "device", vdev_object_age(object));
}

static void print_polled(FILE *file, const struct vdev_object *object)
{
	if (vdev_object_stale(object) || vdev_object_age(object) == VDEV_UNKNOWN32)
		return;
	fputs("  polled ", file);
	print_seconds(file, vdev_object_age(object));
}

static void print_identity(FILE *file, const struct vdev_object *object)
{
	fprintf(file, "  id %" PRIu32, vdev_object_id(object));
	text_generation(file, vdev_object_instance(object), vdev_object_generation(object));
	text_word(file, "bus", vdev_object_bus(object));
	text_word(file, "provider", vdev_object_provider(object));
	fputc('\n', file);
}

/* A type's handle has its parent already. */
static void print_parent(FILE *file, const struct vdev_object *object)
{
	const char *parent_bus = vdev_object_parent_bus(object);
	const char *parent = vdev_object_parent(object);

	if (!parent || vdev_object_kind(object) == VDEV_OBJECT_TYPE)
		return;
	fputs(" parent ", file);
	if (parent_bus) {
		text_put(file, parent_bus);
		fputc('/', file);
	}
	text_put(file, parent);
}

/* The line is begun with a blank less, as each of its words brings one. */
static void print_driver(FILE *file, const struct vdev_object *object, bool details)
{
	if ((!vdev_object_parent(object) || vdev_object_kind(object) == VDEV_OBJECT_TYPE) &&
	    !vdev_object_driver(object) && !vdev_object_bound_driver(object))
		return;
	fputc(' ', file);
	print_parent(file, object);
	text_word(file, "driver", vdev_object_driver(object));
	if (details)
		text_word(file, "driver-version", vdev_object_driver_version(object));
	text_word(file, "bound-driver", vdev_object_bound_driver(object));
	fputc('\n', file);
}

static void print_profile(FILE *file, const struct vdev_object *object)
{
	if (!vdev_object_profile(object))
		return;
	fputs("  profile ", file);
	text_put(file, vdev_object_profile(object));
	if (vdev_object_conflict(object)) {
		fputs(": conflict: ", file);
		text_put(file, vdev_object_conflict(object));
	}
	fputc('\n', file);
}

static void print_migratable(FILE *file, uint32_t migration, bool migratable,
			     uint32_t capabilities)
{
	enum colour colour = colour_of_migration(migration, migratable);
	char buffer[WORD_SIZE];

	fputs("  migratable ", file);
	switch (migration) {
	case 0:
		colour_puts(file, colour, "no");
		fputs(": the kernel does not report it", file);
		break;
	case VDEV_MIGRATION_UNDECLARED:
		colour_puts(file, colour, "undeclared");
		fputs(": the driver publishes no migration contract", file);
		break;
	case VDEV_MIGRATION_UNSUPPORTED:
		colour_puts(file, colour, "no");
		fputs(": the driver declares that the state cannot be moved", file);
		break;
	case VDEV_MIGRATION_SUPPORTED:
		colour_puts(file, colour, migratable ? "yes" : "no");
		fputs(migratable ? "" : ": it is blocked", file);
		break;
	default:
		colour_puts(file, colour, "no");
		fprintf(file, ": migration is %s", word_or_number(NULL, migration, buffer));
	}
	text_flags(file, " (", vdev_capability_name, capabilities, ")");
	fputc('\n', file);
}

static void print_blocker(FILE *file, const struct vdev_blocker *blocker)
{
	fputs(" ", file);
	text_word(file, "blocker", blocker->name ? blocker->name : "");
	text_flags(file, " (", vdev_blocker_flag_name, blocker->flags, ")");
	if (blocker->reason) {
		fputs(": ", file);
		text_put(file, blocker->reason);
	}
	fputc('\n', file);
}

void text_capacity(FILE *file, const struct vdev_capacity *capacity)
{
	if (!capacity)
		return;
	fputs(" ", file);
	text_enum(file, "capacity", vdev_capacity_state_name(capacity->state), capacity->state);
	if (!capacity->state)
		fputs(" capacity", file);
	if (capacity->available != VDEV_UNKNOWN32)
		fprintf(file, " available %" PRIu32, capacity->available);
	if (capacity->limit != VDEV_UNKNOWN32)
		fprintf(file, " limit %" PRIu32, capacity->limit);
	fputc('\n', file);
}

void text_cost(FILE *file, const struct vdev_cost *cost)
{
	if (!cost)
		return;
	fputs("  cost", file);
	if (cost->state_size != VDEV_UNKNOWN64)
		fprintf(file, " state-size %" PRIu64 " bytes", cost->state_size);
	if (cost->precopy_size != VDEV_UNKNOWN64)
		fprintf(file, " precopy-size %" PRIu64 " bytes", cost->precopy_size);
	if (cost->downtime != VDEV_UNKNOWN64)
		fprintf(file, " downtime %" PRIu64 " us", cost->downtime);
	fputc('\n', file);
}

static void print_info(FILE *file, const struct vdev_object *object)
{
	unsigned int i;

	for (i = 0; i < vdev_object_num_info(object); i++) {
		const struct vdev_info *info = vdev_object_info(object, i);

		fputs(" ", file);
		text_word(file, "info", info->name ? info->name : "");
		text_value(file, "", &info->value);
		fputc('\n', file);
	}
}

void out_text(FILE *file, const struct vdev_object *object, bool details)
{
	unsigned int i;

	print_headline(file, vdev_object_handle(object), vdev_object_record(object));
	print_stale(file, object);
	if (details)
		print_identity(file, object);
	print_driver(file, object, details);
	print_polled(file, object);
	print_profile(file, object);
	print_migratable(file, vdev_object_migration(object), vdev_object_migratable(object),
			 vdev_object_capabilities(object));
	for (i = 0; i < vdev_object_num_blockers(object); i++)
		print_blocker(file, vdev_object_blocker(object, i));
	text_flags(file, "  operations ", vdev_operation_name, vdev_object_operations(object), "\n");
	text_capacity(file, vdev_object_capacity(object));
	text_cost(file, vdev_object_cost(object));
	if (details)
		print_info(file, object);
	if (vdev_object_record(object))
		text_record(file, vdev_object_record(object), details);
}

void out_declaration(FILE *file, const char *handle, const struct vdev_declaration *declaration,
		     bool details)
{
	uint32_t kind = vdev_declaration_kind(declaration);
	uint32_t migration = vdev_declaration_migration(declaration);
	unsigned int num = vdev_declaration_num_blockers(declaration);
	unsigned int i;

	print_headline(file, handle ? handle : vdev_endpoint_kind_name(kind),
		       vdev_declaration_record(declaration));
	print_migratable(file, migration, migration == VDEV_MIGRATION_SUPPORTED && !num,
			 vdev_declaration_capabilities(declaration));
	for (i = 0; i < num; i++)
		print_blocker(file, vdev_declaration_blocker(declaration, i));
	text_record(file, vdev_declaration_record(declaration), details);
	for (i = 0; i < vdev_declaration_num_unknown(declaration); i++) {
		fputs("  unknown ", file);
		text_put(file, vdev_declaration_unknown(declaration, i));
		fputc('\n', file);
	}
}
