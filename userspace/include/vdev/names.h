/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The words of the specification for its numbers. All strings that are
 * returned are constant and need not be freed.
 */
#ifndef VDEV_NAMES_H
#define VDEV_NAMES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * vdev_rule_name() - the word for a rule
 * @rule: enum vdev_rule
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_rule_name(uint32_t rule);

/**
 * vdev_value_type_name() - the word for a kind of value
 * @kind: enum vdev_value_type
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_value_type_name(uint32_t kind);

/**
 * vdev_origin_name() - the word for where a parameter's value came from
 * @origin: enum vdev_origin
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_origin_name(uint32_t origin);

/**
 * vdev_migration_name() - the word for what a driver declares
 * @migration: enum vdev_migration
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_migration_name(uint32_t migration);

/**
 * vdev_capacity_state_name() - the word for whether there is room
 * @state: enum vdev_capacity_state
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_capacity_state_name(uint32_t state);

/**
 * vdev_version_flag_name() - the word for one flag of a device version
 * @bit: number of the flag's bit, from 0
 *
 * Return: the word; NULL if the flag is not known.
 */
const char *vdev_version_flag_name(unsigned int bit);

/**
 * vdev_param_flag_name() - the word for one flag of a parameter
 * @bit: number of the flag's bit, from 0
 *
 * Return: the word; NULL if the flag is not known.
 */
const char *vdev_param_flag_name(unsigned int bit);

/**
 * vdev_capability_name() - the word for one capability
 * @bit: number of the capability's bit, from 0
 *
 * Return: the word; NULL if the capability is not known.
 */
const char *vdev_capability_name(unsigned int bit);

/**
 * vdev_blocker_flag_name() - the word for one flag of a blocker
 * @bit: number of the flag's bit, from 0
 *
 * Return: the word; NULL if the flag is not known.
 */
const char *vdev_blocker_flag_name(unsigned int bit);

/**
 * vdev_endpoint_kind_name() - the word for what an endpoint is
 * @kind: enum vdev_endpoint_kind
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_endpoint_kind_name(uint32_t kind);

/**
 * vdev_verdict_name() - the word for a verdict
 * @verdict: enum vdev_verdict
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_verdict_name(uint32_t verdict);

/**
 * vdev_field_name() - the word for what a finding is about
 * @field: enum vdev_field
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_field_name(uint32_t field);

/**
 * vdev_result_name() - the word for what a finding means for the verdict
 * @result: enum vdev_result
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_result_name(uint32_t result);

/**
 * vdev_code_name() - the word for why a finding is what it is
 * @code: enum vdev_code
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_code_name(uint32_t code);

/**
 * vdev_feature_bit_name() - the name of one bit of a feature set
 * @set: name of the feature set
 * @device_api: interface that the device shows; may be NULL
 * @bit: number of the bit, from 0
 *
 * Bits of the set "virtio" have the names that the vdpa tool of iproute2
 * gives them.
 *
 * Return: the name; NULL if the bit has none.
 */
const char *vdev_feature_bit_name(const char *set, const char *device_api,
				  unsigned int bit);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_NAMES_H */
