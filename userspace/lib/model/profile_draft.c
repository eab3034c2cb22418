// SPDX-License-Identifier: LGPL-2.1
/* Drafts of profiles: read, checked against the kernel's bounds, and written. */
#include <errno.h>

#include "kernel/model/bounds.h"
#include "kernel/model/words.h"
#include "declaration.h"
#include "draft.h"
#include "encode.h"
#include "profile_draft.h"

int vdev_profile_draft_read(struct known_profile *known, const struct vdev_profile_draft *draft,
			    size_t size, size_t declared_size)
{
	*known = (struct known_profile){ 0 };
	if (vdev_draft_read(&known->draft, sizeof(known->draft), draft, size))
		return -EINVAL;
	if (!known->draft.declared)
		return 0;
	if (vdev_draft_read(&known->declared, sizeof(known->declared), known->draft.declared,
			    declared_size))
		return -EINVAL;
	known->record = vdev_draft_record(&known->declared);
	return 0;
}

static void put_optional(struct writer *writer, unsigned int type, const char *string)
{
	if (string)
		vdev_writer_string(writer, type, string);
}

static void put_known(struct writer *writer, unsigned int type, uint64_t number)
{
	if (number != VDEV_UNKNOWN64)
		vdev_writer_uint(writer, type, number);
}

static void put_cost(struct writer *writer, const struct vdev_cost *cost)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_PROFILE_COST);

	put_known(writer, VDEV_A_COST_STATE_SIZE, cost->state_size);
	put_known(writer, VDEV_A_COST_PRECOPY_SIZE, cost->precopy_size);
	put_known(writer, VDEV_A_COST_DOWNTIME, cost->downtime);
	vdev_writer_end(writer, nest);
}

void vdev_profile_draft_put(struct writer *writer, const struct known_profile *known)
{
	const struct vdev_profile_draft *draft = &known->draft;

	writer->partial = true;
	put_optional(writer, VDEV_A_PROFILE_NAME, draft->name);
	put_optional(writer, VDEV_A_PROFILE_BUS, draft->bus);
	put_optional(writer, VDEV_A_PROFILE_DRIVER, draft->driver);
	put_optional(writer, VDEV_A_PROFILE_TYPE, draft->type);
	if (draft->migration)
		vdev_writer_u32(writer, VDEV_A_PROFILE_MIGRATION, draft->migration);
	if (draft->capabilities)
		vdev_writer_u32(writer, VDEV_A_PROFILE_CAPABILITIES, draft->capabilities);
	if (draft->cost)
		put_cost(writer, draft->cost);
	if (draft->declared)
		vdev_encode_record(writer, VDEV_A_PROFILE_RECORD, &known->record);
}

static int check_number(struct vdev_reason *reason, const char *what, uint64_t number)
{
	return number == VDEV_UNKNOWN64 ? 0 : vdev_number_check(reason, what, number);
}

static int check_cost(struct vdev_reason *reason, const struct vdev_profile_draft *draft)
{
	const struct vdev_cost *cost = draft->cost;
	int err = vdev_flags_check(reason, "capabilities", draft->capabilities,
				   VDEV_CAPABILITY_MASK);

	if (err || !cost)
		return err;
	return check_number(reason, "state-size", cost->state_size) ?:
	       check_number(reason, "precopy-size", cost->precopy_size) ?:
	       check_number(reason, "downtime", cost->downtime);
}

static int check_bounds(const struct known_profile *known, struct vdev_error *error)
{
	const struct vdev_software_version *version = known->record.software_version;
	const struct vdev_profile_draft *draft = &known->draft;
	struct vdev_reason reason = { .why = "" };
	int err;

	err = vdev_profile_names_check(&reason, draft->name, draft->bus, draft->driver,
				       draft->type) ?:
	      check_cost(&reason, draft) ?:
	      vdev_declared_check(&reason, &known->record);
	if (err)
		return vdev_error_say(error, err, "%s", reason.why);
	if (draft->migration < VDEV_MIGRATION_UNDECLARED ||
	    draft->migration > VDEV_MIGRATION_SUPPORTED)
		return vdev_error_say(error, -EINVAL,
				"migration: is neither undeclared, unsupported nor supported");
	if (known->declared.num_unknown)
		return vdev_error_say(error, -EINVAL, "unknown: does not belong in a profile");
	if (version && !version->has_value)
		return vdev_error_say(error, -EINVAL, "software-version: value is missing");
	return 0;
}

static int check_size(const struct known_profile *known, struct vdev_error *error)
{
	struct writer writer = { .partial = true };
	int err;

	vdev_encode_record(&writer, VDEV_A_PROFILE_RECORD, &known->record);
	err = writer.error;
	if (!err && writer.len > NLA_HDRLEN + VDEV_OBJECT_BYTES)
		err = -EMSGSIZE;
	vdev_writer_free(&writer);
	if (err == -EMSGSIZE)
		return vdev_error_say(error, err, "record: larger than %d bytes", VDEV_OBJECT_BYTES);
	return err ? vdev_error_say(error, err, "out of memory") : 0;
}

VDEV_API int vdev_profile_check(const struct vdev_profile_draft *draft, size_t size,
				size_t declared_size, struct vdev_error *error)
{
	struct known_profile known;
	int err;

	if (vdev_profile_draft_read(&known, draft, size, declared_size))
		return vdev_error_say(error, -EINVAL, "the draft is newer than this library");
	err = check_bounds(&known, error);
	return err ? err : check_size(&known, error);
}
