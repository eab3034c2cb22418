// SPDX-License-Identifier: LGPL-2.1
/*
 * What is said about endpoints in flat words. Parameters and aggregation are not: words make a
 * choice smaller, a check decides.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/words.h"
#include "internal.h"
#include "kernel/model/ceiling.h"
#include "vocabulary.h"

#define LOADS_PARTS 6

struct speaker {
	struct export *export;
	const struct spelling *spelling;
	const struct vdev_declaration *declaration;
	const struct vdev_record *record;
};

static int add(const struct speaker *speaker, const struct part *parts, size_t num, bool doubtful)
{
	char *word = spelling_word(speaker->spelling, parts, num, doubtful);

	return listing_add(&speaker->export->listing, 0, word ? strdup(word) : NULL, word);
}

/* No name, no word. */
static int add_name(const struct speaker *speaker, const char *what, const char *name)
{
	const struct part parts[] = { { what, false }, { name, true } };

	return name ? add(speaker, parts, ARRAY_SIZE(parts), false) : 0;
}

/* A word that is known here. */
static int add_known(const struct speaker *speaker, const char *what, const char *known)
{
	const struct part parts[] = { { what, false }, { known, false } };

	return add(speaker, parts, ARRAY_SIZE(parts), false);
}

/* What it is, and what it accepts, itself among that. */
static int add_ident(const struct speaker *speaker, const char *is, const char *accepts,
		     const struct vdev_ident *ident)
{
	unsigned int i;
	int err;

	if (!ident)
		return 0;
	err = add_name(speaker, is, ident->value);
	if (!err)
		err = add_name(speaker, accepts, ident->value);
	for (i = 0; !err && i < ident->num_accept; i++)
		err = add_name(speaker, accepts, ident->accept[i]);
	return err;
}

static int add_software_version(const struct speaker *speaker)
{
	const struct vdev_software_version *version =
		vdev_record_software_version(speaker->record);
	char word[WORD_SIZE];

	if (!version || !version->has_value)
		return 0;
	snprintf(word, sizeof(word), "%" PRIu32 "-%" PRIu32, version->value.major,
		 version->value.minor);
	return add_known(speaker, "software-version", word);
}

/* A ceiling may forbid what the driver does. */
static bool takes_version(const struct speaker *speaker, const struct vdev_version *version,
			  uint32_t flag)
{
	return version->flags & flag && vdev_ceiling_has_version(speaker->record, version->name);
}

static int add_version(const struct speaker *speaker, const struct vdev_version *version)
{
	int err = 0;

	if (version->flags & VDEV_VERSION_FLAG_CURRENT)
		err = add_name(speaker, "version", version->name);
	if (!err && takes_version(speaker, version, VDEV_VERSION_FLAG_CREATE))
		err = add_name(speaker, "create-version", version->name);
	if (!err && takes_version(speaker, version, VDEV_VERSION_FLAG_ACCEPT))
		err = add_name(speaker, "accept-version", version->name);
	return err;
}

static int add_versions(const struct speaker *speaker)
{
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < vdev_record_num_versions(speaker->record); i++)
		err = add_version(speaker, vdev_record_version(speaker->record, i));
	return err;
}

struct bit_adder {
	const struct speaker *speaker;
	const char *set;
	const char *device_api;
	/* Of a type; what a device was given it has. */
	const struct vdev_ceiling *ceiling;
	int err;
};

/* Where a set ends and a bit begins is not to be guessed. */
static void add_bit(unsigned int bit, void *arg)
{
	struct bit_adder *adder = arg;
	const struct spelling *spelling = adder->speaker->spelling;
	char buffer[WORD_SIZE];
	const struct part parts[] = {
		{ "feature", false }, { adder->set, true },
		{ word_bit(adder->set, adder->device_api, bit, buffer), false },
	};
	bool doubtful = strchr(adder->set, spelling->separator) ||
		(spelling->dash == spelling->separator && strchr(adder->set, '-'));

	if (!(vdev_ceiling_word(adder->ceiling, adder->set, bit / 64) >> bit % 64 & 1))
		return;
	if (!adder->err)
		adder->err = add(adder->speaker, parts, ARRAY_SIZE(parts), doubtful);
}

/* What a device was given, and what a type can give. */
static const struct vdev_bitmap *offered(const struct speaker *speaker,
					 const struct vdev_feature *feature)
{
	if (vdev_declaration_kind(speaker->declaration) == VDEV_OBJECT_TYPE &&
	    feature->supported.words)
		return &feature->supported;
	return &feature->provisioned;
}

static const char *device_api(const struct speaker *speaker)
{
	const struct vdev_ident *api = vdev_record_device_api(speaker->record);

	return api ? api->value : NULL;
}

static int add_features(const struct speaker *speaker)
{
	struct bit_adder adder = { .speaker = speaker, .device_api = device_api(speaker) };
	unsigned int i;

	if (vdev_declaration_kind(speaker->declaration) == VDEV_OBJECT_TYPE)
		adder.ceiling = vdev_record_ceiling(speaker->record);
	for (i = 0; i < vdev_record_num_features(speaker->record); i++) {
		const struct vdev_feature *feature = vdev_record_feature(speaker->record, i);

		adder.set = feature->name ? feature->name : "";
		each_bit(offered(speaker, feature), add_bit, &adder);
	}
	return adder.err;
}

/* That it can load states at all. */
static bool loads(const struct speaker *speaker)
{
	unsigned int i;

	if (vdev_declaration_migration(speaker->declaration) != VDEV_MIGRATION_SUPPORTED)
		return false;
	for (i = 0; i < vdev_declaration_num_blockers(speaker->declaration); i++)
		if (vdev_declaration_blocker(speaker->declaration, i)->flags &
		    VDEV_BLOCKER_FLAG_PERMANENT)
			return false;
	return true;
}

/* The words between them would be read out of a name that has one. */
static bool has_joint(const char *name)
{
	return strstr(name, "model") || strstr(name, "type") || strstr(name, "version");
}

struct loads {
	const struct speaker *speaker;
	struct part parts[LOADS_PARTS];
	size_t num;
	bool doubtful;
};

static int loads_add(const struct loads *said)
{
	return add(said->speaker, said->parts, said->num, said->doubtful);
}

/* The same and more. */
static struct loads loads_with(const struct loads *said, const char *joint, const char *name)
{
	struct loads more = *said;

	if (joint)
		more.parts[more.num++] = (struct part){ joint, false };
	more.parts[more.num++] = (struct part){ name, true };
	more.doubtful |= has_joint(name);
	return more;
}

static int loads_versions(const struct loads *said)
{
	const struct vdev_record *record = said->speaker->record;
	int err = loads_add(said);
	unsigned int i;

	for (i = 0; !err && i < vdev_record_num_versions(record); i++) {
		const struct vdev_version *version = vdev_record_version(record, i);
		struct loads more;

		if (!version->name || !takes_version(said->speaker, version,
						     VDEV_VERSION_FLAG_ACCEPT))
			continue;
		more = loads_with(said, "version", version->name);
		err = loads_add(&more);
	}
	return err;
}

static int loads_ident(const struct loads *said, const char *joint, const struct vdev_ident *ident)
{
	struct loads more = loads_with(said, joint, ident->value);
	int err = loads_versions(&more);
	unsigned int i;

	for (i = 0; !err && i < ident->num_accept; i++) {
		more = loads_with(said, joint, ident->accept[i]);
		err = loads_versions(&more);
	}
	return err;
}

/*
 * Whose states it loads, in one word, so that nobody takes the model of one endpoint and the
 * version of another together. What has no model is known by its type.
 */
static int add_loads(const struct speaker *speaker)
{
	const struct vdev_ident *model = vdev_record_model(speaker->record);
	const struct vdev_ident *type = vdev_record_type(speaker->record);
	struct loads said = { .speaker = speaker, .parts = { { "loads", false } }, .num = 1 };
	const char *api = device_api(speaker);

	if (!loads(speaker) || !api)
		return 0;
	said = loads_with(&said, NULL, api);
	if (model && model->value)
		return loads_ident(&said, "model", model);
	if (type && type->value)
		return loads_ident(&said, "type", type);
	return loads_versions(&said);
}

int vocabulary_add(struct export *export, const struct endpoint *endpoint,
		   const struct spelling *spelling)
{
	const struct vdev_declaration *declaration = endpoint->declaration;
	const struct speaker speaker = {
		.export = export, .spelling = spelling, .declaration = declaration,
		.record = vdev_declaration_record(declaration),
	};
	uint32_t migration = vdev_declaration_migration(declaration);
	int err;

	err = add_known(&speaker, "migration", vdev_migration_name(migration));
	if (!err)
		err = add_name(&speaker, "device-api", device_api(&speaker));
	if (!err)
		err = add_ident(&speaker, "model", "accept-model",
				vdev_record_model(speaker.record));
	if (!err)
		err = add_ident(&speaker, "type", "accept-type", vdev_record_type(speaker.record));
	if (!err)
		err = add_software_version(&speaker);
	if (!err)
		err = add_versions(&speaker);
	if (!err)
		err = add_loads(&speaker);
	return err ? err : add_features(&speaker);
}

const char *vocabulary_next(const struct export *export, const struct entry **entry)
{
	const struct listing *listing = &export->listing;
	const struct entry *next, *end;

	if (!listing->num)
		return NULL;
	end = listing->entries + listing->num;
	next = *entry ? *entry + 1 : listing->entries;
	while (*entry && next < end && strcmp(next->text, (*entry)->text) == 0)
		next++;
	*entry = next;
	return next < end ? next->text : NULL;
}
