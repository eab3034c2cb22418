/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * What the files of the judgement share: one for each kind of field, and check.c,
 * which calls them in the order of the findings.
 */
#ifndef _VDEV_CHECK_FIELD_H
#define _VDEV_CHECK_FIELD_H

#include "check.h"

/* The longest list of named things that a record has. */
#define NAMES_MAX VDEV_PARAMS_MAX

/* A list of named things, in the order of the names. */
struct vdev_names {
	const void *list;
	size_t size;
	unsigned int num;
	unsigned int next;
	unsigned char order[NAMES_MAX];
};

static inline struct vdev_value vdev_string_value(const char *string)
{
	return (struct vdev_value){
		.type = string ? VDEV_VALUE_TYPE_STRING : 0,
		.string = string,
	};
}

/* Silence of a driver without a contract contradicts nothing. */
static inline bool vdev_check_is_declared(const struct vdev_operand *operand)
{
	return operand->migration == VDEV_MIGRATION_SUPPORTED ||
	       operand->migration == VDEV_MIGRATION_UNSUPPORTED;
}

/* check_report.c */
u32 vdev_check_result(u32 code);
int vdev_check_report(struct vdev_check *check, const struct vdev_finding *finding);
int vdev_check_report_code(struct vdev_check *check, struct vdev_finding *finding,
			   u32 code);
u32 vdev_check_silent_code(const struct vdev_operand *operand, u32 code);
u32 vdev_check_early_code(const struct vdev_check *check, u32 rule,
			  bool source_reports, bool target_reports);

/* check_names.c */
void vdev_names_sort(struct vdev_names *names, const void *list, unsigned int num,
		     size_t size);
const void *vdev_names_next(const struct vdev_names *names);
bool vdev_names_take(struct vdev_names *a, struct vdev_names *b, const void **from_a,
		     const void **from_b);

/* check_ident.c */
int vdev_judge_device_api(struct vdev_check *check);
u32 vdev_check_model_code(const struct vdev_check *check);
int vdev_judge_model(struct vdev_check *check);
int vdev_judge_type(struct vdev_check *check);

/* check_version.c */
int vdev_judge_software_version(struct vdev_check *check);
const char *vdev_version_in_use(const struct vdev_record *record);
int vdev_judge_version(struct vdev_check *check);

/* check_feature.c */
int vdev_judge_features(struct vdev_check *check);

/* check_param.c */
bool vdev_value_same(const struct vdev_value *a, const struct vdev_value *b);
bool vdev_value_allowed(const struct vdev_param *param, const struct vdev_value *value);
int vdev_judge_params(struct vdev_check *check);

/* check_aggregation.c */
int vdev_judge_aggregation(struct vdev_check *check);

#endif /* _VDEV_CHECK_FIELD_H */
