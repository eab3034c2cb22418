/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * A declaration: what travels between hosts about an endpoint, so that another
 * host can judge it. It holds the compared part, what the driver declares about
 * migration and the blockers, and names no host. It never changes once made,
 * and is canonical: lists whose order means nothing are sorted, bitmaps have no
 * words of 0 at their end, defaults are written out. Equal declarations therefore
 * give equal tokens.
 */
#ifndef VDEV_DECLARATION_H
#define VDEV_DECLARATION_H

#include <vdev/error.h>
#include <vdev/object.h>

#ifdef __cplusplus
extern "C" {
#endif

struct vdev_declaration;

/**
 * vdev_declaration_of() - the declaration of an endpoint of this host
 * @object: the endpoint
 * @declaration: where to put the declaration, which the caller frees with
 *	vdev_declaration_free(); NULL after a failure
 * @error: where to put why the record is rejected; may be NULL
 *
 * What a newer kernel reported and this library does not know is carried as it is; see
 * vdev_declaration_num_unknown().
 *
 * Return: 0; -ENOMEM; -EBADMSG, -EINVAL, -ERANGE or -EMSGSIZE if the kernel reported
 * a record that is out of the bounds that this library knows.
 */
int vdev_declaration_of(const struct vdev_object *object, struct vdev_declaration **declaration,
			struct vdev_error *error);

/**
 * vdev_declaration_free() - free a declaration and all that was got from it
 * @declaration: the declaration; may be NULL
 */
void vdev_declaration_free(struct vdev_declaration *declaration);

/**
 * vdev_declaration_dup() - keep a declaration beyond the life of what it was got from
 * @declaration: the declaration
 *
 * It is shared, not copied; threads may share one.
 *
 * Return: the declaration, to be freed with vdev_declaration_free() once more.
 */
struct vdev_declaration *vdev_declaration_dup(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_kind() - whether it is of a device or of a type
 * @declaration: the declaration
 *
 * Return: the kind; VDEV_OBJECT_DEV if it is not known here.
 */
enum vdev_object_kind vdev_declaration_kind(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_migration() - what the driver declares about migration
 * @declaration: the declaration
 *
 * Return: enum vdev_migration; VDEV_MIGRATION_UNDECLARED if it is not known here.
 */
uint32_t vdev_declaration_migration(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_capabilities() - what the device can do while it is migrated
 * @declaration: the declaration
 *
 * No rule judges this; vdev_plan_new() needs it of devices that are moved together.
 *
 * Return: enum vdev_capability, or-ed, those that are known here; 0 if none is
 * reported.
 */
uint32_t vdev_declaration_capabilities(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_num_blockers() - how many reasons against a migration
 * @declaration: the declaration
 *
 * Return: the number.
 */
unsigned int vdev_declaration_num_blockers(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_blocker() - a reason against a migration
 * @declaration: the declaration
 * @index: from 0 to vdev_declaration_num_blockers() - 1
 *
 * Return: the blocker; NULL if there is none with this index.
 */
const struct vdev_blocker *
vdev_declaration_blocker(const struct vdev_declaration *declaration, unsigned int index);

/**
 * vdev_declaration_record() - the compared part
 * @declaration: the declaration
 *
 * In the place of a word that this library does not know is one that judges nothing:
 * the rule VDEV_RULE_IGNORE, the origin VDEV_ORIGIN_DEFAULT, no flag. A parameter of
 * an unknown value type has the type VDEV_VALUE_TYPE_U64 and no value. If part of what
 * a parameter allows is not known, all of the list is left out.
 *
 * Return: the record.
 */
const struct vdev_record *vdev_declaration_record(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_num_unknown() - how much of it this library does not know
 * @declaration: the declaration
 *
 * A declaration of a newer version can have attributes, words and flags that this one
 * does not know. They are kept, and formatted again. Each of the first 64 is a finding
 * of vdev_judge() and of the kernel, and the verdict is undeclared at best. Attributes
 * come first, then words and flags, then what a draft named.
 *
 * Return: the number of such parts.
 */
unsigned int vdev_declaration_num_unknown(const struct vdev_declaration *declaration);

/**
 * vdev_declaration_unknown() - where something stands that is not known
 * @declaration: the declaration
 * @index: from 0 to vdev_declaration_num_unknown() - 1
 *
 * Return: a path of the specification's words, such as "record.param[1].rule", which
 * for an attribute ends in its number, such as "record.param[1].attribute-9"; or what
 * a draft named; NULL if there is none with this index.
 */
const char *vdev_declaration_unknown(const struct vdev_declaration *declaration,
				     unsigned int index);

/**
 * vdev_declaration_format() - write a declaration as a token
 * @declaration: the declaration
 *
 * A token is one word of letters, digits, hyphens, underscores and one dot, fit
 * for a file, an XML attribute or a migration cookie: "vdev1." and, as base64url
 * without padding, the attributes of the specification in little-endian byte
 * order (those of a source: endpoint, migration, blocker, record, unknown, capabilities)
 * with their CRC-32 behind them.
 *
 * Return: the token, which the caller frees with free(); NULL if there is no
 * memory.
 */
char *vdev_declaration_format(const struct vdev_declaration *declaration);

/**
 * vdev_is_token() - whether a text begins as a token does
 * @text: the text, of any origin
 *
 * Return: whether "vdev", a number and a dot stand at its beginning, also if the format is
 * newer than this library.
 */
bool vdev_is_token(const char *text);

/**
 * vdev_declaration_parse() - read a token
 * @token: the token; white space around it is ignored
 * @declaration: where to put the declaration, which the caller frees with
 *	vdev_declaration_free(); NULL after a failure
 * @error: where to put why the token is rejected; may be NULL
 *
 * Return: 0; -ENOMEM; -EBADMSG if it is no token, or a damaged one; -EPROTO if
 * its format is newer than this library; -EINVAL, -ERANGE or -EMSGSIZE if what
 * it says is out of bounds.
 */
int vdev_declaration_parse(const char *token, struct vdev_declaration **declaration,
			   struct vdev_error *error);

/**
 * struct vdev_draft - what a declaration is made of
 * @kind: whether it is of a device or of a type
 * @migration: what the driver declares, enum vdev_migration
 * @blockers: reasons against a migration
 * @num_blockers: length of @blockers
 * @device_api: interface that the device shows; NULL if there is none
 * @model: identity of the device model; NULL if there is none
 * @type: the type that the device is of; NULL if there is none
 * @software_version: version of the state stream; NULL if there is none
 * @versions: device versions, oldest to newest
 * @num_versions: length of @versions
 * @versions_rule: how a source's version is judged, enum vdev_rule
 * @features: feature sets
 * @num_features: length of @features
 * @params: parameters
 * @num_params: length of @params
 * @aggregation: what the device is made of; NULL if it is not aggregated
 * @unknown: paths of what is to be declared and cannot be expressed here: nobody
 *	judges it, so that the verdict is undeclared at best
 * @num_unknown: length of @unknown, of which the first 64 count
 * @capabilities: what the device can do while it is migrated, enum vdev_capability,
 *	or-ed
 * @ceiling: what the administrator lets the type offer; NULL if all of it
 *
 * A rule, an origin, a migration or an aggregation's total of 0 chooses the
 * default. Zero it before use: it may grow at its end, and does so whenever a
 * struct grows that it points to. A word or a flag that this library does not know is
 * an error; name its path in @unknown. In a path, what is not printable ASCII becomes
 * "?", and what is behind 255 bytes is cut.
 */
struct vdev_draft {
	enum vdev_object_kind kind;
	uint32_t migration;
	const struct vdev_blocker *blockers;
	unsigned int num_blockers;
	const struct vdev_ident *device_api;
	const struct vdev_ident *model;
	const struct vdev_ident *type;
	const struct vdev_software_version *software_version;
	const struct vdev_version *versions;
	unsigned int num_versions;
	uint32_t versions_rule;
	const struct vdev_feature *features;
	unsigned int num_features;
	const struct vdev_param *params;
	unsigned int num_params;
	const struct vdev_aggregation *aggregation;
	const char *const *unknown;
	unsigned int num_unknown;
	uint32_t capabilities;
	const struct vdev_ceiling *ceiling;
};

/**
 * vdev_declaration_new() - make a declaration
 * @draft: what it is to say; all of it is copied
 * @size: sizeof(*draft), as the caller was compiled
 * @declaration: where to put the declaration, which the caller frees with
 *	vdev_declaration_free(); NULL after a failure
 * @error: where to put what is rejected, and why; may be NULL
 *
 * Return: 0; -ENOMEM; -EINVAL, -ERANGE or -EMSGSIZE if something is out of the
 * bounds that the kernel has, too.
 */
int vdev_declaration_new(const struct vdev_draft *draft, size_t size,
			 struct vdev_declaration **declaration, struct vdev_error *error);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_DECLARATION_H */
