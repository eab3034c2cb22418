// SPDX-License-Identifier: LGPL-2.1
/* What declarations are made of on this host: an endpoint of it, or a draft. */
#include <endian.h>
#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/msg.h>

#include "kernel/bounds.h"
#include "declaration.h"
#include "draft.h"
#include "encode.h"
#include "object.h"

/*
 * In a token the attributes are in little-endian byte order, and one that is
 * not known cannot be put in another order than the kernel's.
 */
#define KEEP_UNKNOWN (__BYTE_ORDER == __LITTLE_ENDIAN)

static int make(struct writer *writer, struct vdev_declaration **declaration, char *why)
{
	int err = writer->error;

	*declaration = NULL;
	if (!err)
		err = vdev_declaration_make(writer->data, writer->len, KEEP_UNKNOWN, declaration,
					    why);
	else if (err == -EMSGSIZE)
		vdev_why(why, err, "larger than %d bytes", DECLARATION_BYTES);
	else
		vdev_why(why, err, "out of memory");
	vdev_writer_free(writer);
	return err;
}

VDEV_API int vdev_declaration_of(const struct vdev_object *object,
				 struct vdev_declaration **declaration, char why[VDEV_WHY_SIZE])
{
	const struct nlattr *pos, *head = nlmsg_attrdata(object->msg, GENL_HDRLEN);
	int rem, len = nlmsg_attrlen(object->msg, GENL_HDRLEN);
	struct writer writer = { 0 };

	nla_for_each_attr(pos, head, len, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_MIGRATION:
		case VDEV_A_BLOCKER:
		case VDEV_A_RECORD:
			vdev_writer_put(&writer, pos->nla_type, nla_data(pos),
					(size_t)nla_len(pos));
		}
	}
	if (!object->migration)
		vdev_writer_u32(&writer, VDEV_A_MIGRATION, VDEV_MIGRATION_UNDECLARED);
	if (!object->record)
		vdev_writer_put(&writer, VDEV_A_RECORD, NULL, 0);
	vdev_writer_u32(&writer, VDEV_A_ENDPOINT, object->kind);
	return make(&writer, declaration, why);
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
	};
}

VDEV_API int vdev_declaration_new(const struct vdev_draft *draft, size_t size,
				  struct vdev_declaration **declaration, char why[VDEV_WHY_SIZE])
{
	struct vdev_refusal refusal = { .why = "" };
	struct writer writer = { 0 };
	struct vdev_record record;
	struct vdev_draft known;
	unsigned int i;
	int err;

	*declaration = NULL;
	if (vdev_draft_read(&known, sizeof(known), draft, size))
		return vdev_why(why, -EINVAL, "the draft is newer than this library");
	record = vdev_draft_record(&known);
	err = vdev_blockers_check(&refusal, known.blockers, known.num_blockers) ?:
	      vdev_record_check(&refusal, &record);
	if (err)
		return vdev_why(why, err, "%s", refusal.why);
	vdev_writer_u32(&writer, VDEV_A_ENDPOINT, known.kind);
	vdev_writer_u32(&writer, VDEV_A_MIGRATION,
			known.migration ? known.migration : VDEV_MIGRATION_UNDECLARED);
	for (i = 0; i < known.num_blockers; i++)
		vdev_encode_blocker(&writer, VDEV_A_BLOCKER, &known.blockers[i]);
	vdev_encode_record(&writer, VDEV_A_RECORD, &record);
	return make(&writer, declaration, why);
}
