/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a declaration reports, as a draft of another one that must be the same.
 */
#ifndef VDEV_TEST_DRAFT_AGAIN_H
#define VDEV_TEST_DRAFT_AGAIN_H

#include <vdev/declaration.h>
#include <vdev/record.h>

/* Without the parts that are not known; the declaration must outlive the draft. */
static inline struct vdev_draft draft_again(const struct vdev_declaration *declaration)
{
	const struct vdev_record *record = vdev_declaration_record(declaration);

	return (struct vdev_draft) {
		.kind = vdev_declaration_kind(declaration),
		.migration = vdev_declaration_migration(declaration),
		.capabilities = vdev_declaration_capabilities(declaration),
		.blockers = vdev_declaration_blocker(declaration, 0),
		.num_blockers = vdev_declaration_num_blockers(declaration),
		.device_api = vdev_record_device_api(record),
		.model = vdev_record_model(record),
		.type = vdev_record_type(record),
		.software_version = vdev_record_software_version(record),
		.versions = vdev_record_version(record, 0),
		.num_versions = vdev_record_num_versions(record),
		.versions_rule = vdev_record_versions_rule(record),
		.features = vdev_record_feature(record, 0),
		.num_features = vdev_record_num_features(record),
		.params = vdev_record_param(record, 0),
		.num_params = vdev_record_num_params(record),
		.aggregation = vdev_record_aggregation(record),
	};
}

#endif /* VDEV_TEST_DRAFT_AGAIN_H */
