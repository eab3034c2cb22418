// SPDX-License-Identifier: LGPL-2.1
/*
 * Traits for placement services: flat words of A-Z, 0-9 and _. Letters become
 * upper case, any other byte becomes _. What differs in such bytes alone
 * gets the same trait: traits make a choice smaller, a check decides.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/words.h"
#include "export.h"
#include "internal.h"
#include "kernel/model/ceiling.h"

#define PREFIX "VDEV_"
/* Placement takes 255, and wants CUSTOM_ before what is not its own. */
#define TRAIT_MAX 248
#define HASH_SIZE 9

/* FNV-1a, for names that are too long to be used in full. */
static uint32_t hash(const char *text)
{
	uint32_t sum = 2166136261u;

	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * 16777619u;
	return sum;
}

/* The end of what is too long makes room for a sum of the whole. */
static void shorten(char *trait, const char *whole)
{
	char sum[HASH_SIZE + 1];

	snprintf(sum, sizeof(sum), "_%08" PRIX32, hash(whole));
	memcpy(trait + TRAIT_MAX - HASH_SIZE, sum, sizeof(sum));
}

/* A trait of up to three words; NULL for none. */
static int add(struct export *export, const char *what, const char *name, const char *part)
{
	char *trait, *pos;
	int len;

	if (!name)
		return 0;
	len = asprintf(&trait, PREFIX "%s_%s%s%s", what, name, part ? "_" : "", part ? part : "");
	if (len < 0)
		return -ENOMEM;
	if (len > TRAIT_MAX)
		shorten(trait, trait);
	for (pos = trait; *pos; pos++)
		*pos = isalnum((unsigned char)*pos) ? (char)toupper((unsigned char)*pos) : '_';
	return listing_add(&export->listing, 0, strdup(trait), trait);
}

/* What it is, and what it accepts, itself among that. */
static int add_ident(struct export *export, const char *is, const char *accepts,
		     const struct vdev_ident *ident)
{
	unsigned int i;
	int err;

	if (!ident)
		return 0;
	err = add(export, is, ident->value, NULL);
	if (!err)
		err = add(export, accepts, ident->value, NULL);
	for (i = 0; !err && i < ident->num_accept; i++)
		err = add(export, accepts, ident->accept[i], NULL);
	return err;
}

static int add_software_version(struct export *export, const struct vdev_record *record)
{
	const struct vdev_software_version *version = vdev_record_software_version(record);
	char word[WORD_SIZE];

	if (!version || !version->has_value)
		return 0;
	snprintf(word, sizeof(word), "%" PRIu32 "_%" PRIu32, version->value.major,
		 version->value.minor);
	return add(export, "SOFTWARE_VERSION", word, NULL);
}

static int add_versions(struct export *export, const struct vdev_record *record)
{
	static const struct {
		uint32_t flag;
		const char *what;
	} traits[] = {
		{ VDEV_VERSION_FLAG_CURRENT, "VERSION" },
		{ VDEV_VERSION_FLAG_CREATE, "CREATE_VERSION" },
		{ VDEV_VERSION_FLAG_ACCEPT, "ACCEPT_VERSION" },
	};
	unsigned int i;
	size_t trait;
	int err = 0;

	for (i = 0; i < vdev_record_num_versions(record); i++) {
		const struct vdev_version *version = vdev_record_version(record, i);

		for (trait = 0; !err && trait < ARRAY_SIZE(traits); trait++)
			if (version->flags & traits[trait].flag &&
			    (traits[trait].flag == VDEV_VERSION_FLAG_CURRENT ||
			     vdev_ceiling_has_version(record, version->name)))
				err = add(export, traits[trait].what, version->name, NULL);
	}
	return err;
}

struct bit_adder {
	struct export *export;
	const char *set;
	const char *device_api;
	/* Of a type; what a device was given it has. */
	const struct vdev_ceiling *ceiling;
	int err;
};

static void add_bit(unsigned int bit, void *arg)
{
	struct bit_adder *adder = arg;
	char buffer[WORD_SIZE];

	if (!(vdev_ceiling_word(adder->ceiling, adder->set, bit / 64) >> bit % 64 & 1))
		return;
	if (!adder->err)
		adder->err = add(adder->export, "FEATURE", adder->set,
				 word_bit(adder->set, adder->device_api, bit, buffer));
}

/* What a device was given, and what a type can give. */
static const struct vdev_bitmap *offered(const struct vdev_declaration *declaration,
					 const struct vdev_feature *feature)
{
	if (vdev_declaration_kind(declaration) == VDEV_OBJECT_TYPE && feature->supported.words)
		return &feature->supported;
	return &feature->provisioned;
}

static int add_features(struct export *export, const struct vdev_declaration *declaration)
{
	const struct vdev_record *record = vdev_declaration_record(declaration);
	const struct vdev_ident *api = vdev_record_device_api(record);
	struct bit_adder adder = { .export = export, .device_api = api ? api->value : NULL };
	unsigned int i;

	if (vdev_declaration_kind(declaration) == VDEV_OBJECT_TYPE)
		adder.ceiling = vdev_record_ceiling(record);
	for (i = 0; i < vdev_record_num_features(record); i++) {
		const struct vdev_feature *feature = vdev_record_feature(record, i);

		adder.set = feature->name;
		each_bit(offered(declaration, feature), add_bit, &adder);
	}
	return adder.err;
}

static int add_traits(struct export *export, const struct endpoint *endpoint)
{
	const struct vdev_record *record = vdev_declaration_record(endpoint->declaration);
	uint32_t migration = vdev_declaration_migration(endpoint->declaration);
	const struct vdev_ident *api = vdev_record_device_api(record);
	int err;

	err = add(export, "MIGRATION", vdev_migration_name(migration), NULL);
	if (!err && api)
		err = add(export, "DEVICE_API", api->value, NULL);
	if (!err)
		err = add_ident(export, "MODEL", "ACCEPT_MODEL", vdev_record_model(record));
	if (!err)
		err = add_ident(export, "TYPE", "ACCEPT_TYPE", vdev_record_type(record));
	if (!err)
		err = add_software_version(export, record);
	if (!err)
		err = add_versions(export, record);
	return err ? err : add_features(export, endpoint->declaration);
}

static int print_traits(struct export *export)
{
	return export_print_lines(export, false);
}

const struct export_form export_traits = { add_traits, print_traits };
