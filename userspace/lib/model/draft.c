// SPDX-License-Identifier: LGPL-2.1
/* What declarations are made of on this host: an endpoint of it, or a draft. */
#include <endian.h>
#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/msg.h>

#include <vdev/names.h>

#include "kernel/model/bounds.h"
#include "kernel/model/words.h"
#include "declare.h"
#include "draft.h"
#include "encode.h"
#include "object.h"

/* Make it again, of what is known; the rest is listed by its path. */
static int list_unknown(struct vdev_declaration **declaration, struct vdev_error *error)
{
	struct vdev_declaration *whole = *declaration;
	struct writer writer = { 0 };
	int err;

	*declaration = NULL;
	vdev_declaration_put_known(&writer, whole);
	err = writer.error;
	if (!err)
		err = vdev_declaration_make(writer.data, writer.len, declaration, error);
	vdev_writer_free(&writer);
	vdev_declaration_free(whole);
	return err;
}

static int make(struct writer *writer, struct vdev_declaration **declaration, struct vdev_error *error)
{
	int err = writer->error;

	*declaration = NULL;
	if (err == -EMSGSIZE)
		vdev_error_say(error, err, "larger than %d bytes", DECLARATION_BYTES);
	if (!err)
		err = vdev_declaration_make(writer->data, writer->len, declaration, error);
	if (!err && !VDEV_ORDER_IS_KNOWN(*declaration))
		err = list_unknown(declaration, error);
	if (err == -ENOMEM)
		vdev_error_say(error, err, "out of memory");
	vdev_writer_free(writer);
	return err;
}

/* What is declared of an endpoint has other numbers there. */
static unsigned int source_type(unsigned int type)
{
	switch (type) {
	case VDEV_A_MIGRATION:
		return VDEV_A_SOURCE_MIGRATION;
	case VDEV_A_BLOCKER:
		return VDEV_A_SOURCE_BLOCKER | NLA_F_NESTED;
	case VDEV_A_RECORD:
		return VDEV_A_SOURCE_RECORD | NLA_F_NESTED;
	}
	return 0;
}

VDEV_API int vdev_declaration_of(const struct vdev_object *object,
				 struct vdev_declaration **declaration, struct vdev_error *error)
{
	const struct nlattr *pos, *head = nlmsg_attrdata(object->msg, GENL_HDRLEN);
	int rem, len = nlmsg_attrlen(object->msg, GENL_HDRLEN);
	struct writer writer = { 0 };

	nla_for_each_attr(pos, head, len, rem) {
		unsigned int type = source_type((unsigned int)nla_type(pos));

		if (type)
			vdev_writer_put(&writer, type, nla_data(pos), (size_t)nla_len(pos));
	}
	if (object->capabilities)
		vdev_writer_u32(&writer, VDEV_A_SOURCE_CAPABILITIES, object->capabilities);
	if (!object->migration)
		vdev_writer_u32(&writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_UNDECLARED);
	if (!object->record)
		vdev_writer_put(&writer, VDEV_A_SOURCE_RECORD, NULL, 0);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_ENDPOINT, object->kind);
	return make(&writer, declaration, error);
}

int vdev_draft_read(void *known, size_t known_size, const void *draft, size_t size)
{
	const char *rest = (const char *)draft + known_size;
	size_t i;

	memset(known, 0, known_size);
	memcpy(known, draft, size < known_size ? size : known_size);
	for (i = known_size; i < size; i++)
		if (*rest++)
			return -EINVAL;
	return 0;
}

struct vdev_record vdev_draft_record(const struct vdev_draft *draft)
{
	static const struct vdev_ident no_ident;
	static const struct vdev_aggregation no_aggregation;

	return (struct vdev_record) {
		.device_api = draft->device_api ? *draft->device_api : no_ident,
		.model = draft->model ? *draft->model : no_ident,
		.type = draft->type ? *draft->type : no_ident,
		.software_version = draft->software_version,
		.versions = draft->versions,
		.num_versions = draft->num_versions,
		.versions_rule = draft->versions_rule,
		.features = draft->features,
		.num_features = draft->num_features,
		.params = draft->params,
		.num_params = draft->num_params,
		.aggregation = draft->aggregation ? *draft->aggregation : no_aggregation,
		.ceiling = draft->ceiling,
	};
}

/* Who fills in a draft knows its words; only attributes can be of a newer version. */
static int check_words(const struct vdev_draft *draft, struct vdev_error *error)
{
	if (!vdev_endpoint_kind_name(draft->kind))
		return vdev_error_say(error, -EINVAL, "endpoint: %u is not known", draft->kind);
	if (draft->migration && !vdev_migration_name(draft->migration))
		return vdev_error_say(error, -EINVAL, "migration: %u is not known", draft->migration);
	if (draft->capabilities & ~VDEV_CAPABILITY_MASK)
		return vdev_error_say(error, -EINVAL, "capabilities: 0x%x is not known",
				draft->capabilities & ~VDEV_CAPABILITY_MASK);
	return 0;
}

VDEV_API int vdev_declaration_new(const struct vdev_draft *draft, size_t size,
				  struct vdev_declaration **declaration, struct vdev_error *error)
{
	struct vdev_reason reason = { .why = "" };
	struct writer writer = { 0 };
	struct vdev_record record;
	struct vdev_draft known;
	unsigned int i;
	int err;

	*declaration = NULL;
	if (vdev_draft_read(&known, sizeof(known), draft, size))
		return vdev_error_say(error, -EINVAL, "the draft is newer than this library");
	record = vdev_draft_record(&known);
	err = check_words(&known, error);
	if (err)
		return err;
	err = vdev_blockers_check(&reason, known.blockers, known.num_blockers) ?:
	      vdev_count_check(&reason, "unknown", known.unknown, known.num_unknown, UINT_MAX) ?:
	      vdev_record_check(&reason, &record);
	if (err)
		return vdev_error_say(error, err, "%s", reason.why);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_ENDPOINT, known.kind);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_MIGRATION,
			known.migration ? known.migration : VDEV_MIGRATION_UNDECLARED);
	for (i = 0; i < known.num_blockers; i++)
		vdev_encode_blocker(&writer, VDEV_A_SOURCE_BLOCKER, &known.blockers[i]);
	vdev_encode_record(&writer, VDEV_A_SOURCE_RECORD, &record);
	for (i = 0; i < known.num_unknown && i < VDEV_UNKNOWN_MAX; i++)
		vdev_declaration_put_unknown(&writer, known.unknown[i]);
	if (known.capabilities)
		vdev_writer_u32(&writer, VDEV_A_SOURCE_CAPABILITIES, known.capabilities);
	return make(&writer, declaration, error);
}
