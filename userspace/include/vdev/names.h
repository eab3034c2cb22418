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
 * vdev_rule_from_name() - the number that has a word
 * @name: the word that vdev_rule_name() gives; may be NULL
 *
 * Return: enum vdev_rule; 0 if the word is not known.
 */
uint32_t vdev_rule_from_name(const char *name);

/**
 * vdev_value_type_name() - the word for a value type
 * @type: enum vdev_value_type
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_value_type_name(uint32_t type);

/**
 * vdev_value_type_from_name() - the number that has a word
 * @name: the word that vdev_value_type_name() gives; may be NULL
 *
 * Return: enum vdev_value_type; 0 if the word is not known.
 */
uint32_t vdev_value_type_from_name(const char *name);

/**
 * vdev_origin_name() - the word for where a parameter's value came from
 * @origin: enum vdev_origin
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_origin_name(uint32_t origin);

/**
 * vdev_origin_from_name() - the number that has a word
 * @name: the word that vdev_origin_name() gives; may be NULL
 *
 * Return: enum vdev_origin; 0 if the word is not known.
 */
uint32_t vdev_origin_from_name(const char *name);

/**
 * vdev_migration_name() - the word for what a driver declares
 * @migration: enum vdev_migration
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_migration_name(uint32_t migration);

/**
 * vdev_migration_from_name() - the number that has a word
 * @name: the word that vdev_migration_name() gives; may be NULL
 *
 * Return: enum vdev_migration; 0 if the word is not known.
 */
uint32_t vdev_migration_from_name(const char *name);

/**
 * vdev_capacity_state_name() - the word for whether there is room
 * @state: enum vdev_capacity_state
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_capacity_state_name(uint32_t state);

/**
 * vdev_capacity_state_from_name() - the number that has a word
 * @name: the word that vdev_capacity_state_name() gives; may be NULL
 *
 * Return: enum vdev_capacity_state; 0 if the word is not known.
 */
uint32_t vdev_capacity_state_from_name(const char *name);

/**
 * vdev_version_flag_name() - the word for one flag of a device version
 * @bit: number of the flag's bit, from 0
 *
 * Return: the word; NULL if the flag is not known.
 */
const char *vdev_version_flag_name(unsigned int bit);

/**
 * vdev_version_flag_from_name() - the flag that has a word
 * @name: the word that vdev_version_flag_name() gives; may be NULL
 *
 * Return: the flag, which is not the number of its bit; 0 if the word is not known.
 */
uint32_t vdev_version_flag_from_name(const char *name);

/**
 * vdev_param_flag_name() - the word for one flag of a parameter
 * @bit: number of the flag's bit, from 0
 *
 * Return: the word; NULL if the flag is not known.
 */
const char *vdev_param_flag_name(unsigned int bit);

/**
 * vdev_param_flag_from_name() - the flag that has a word
 * @name: the word that vdev_param_flag_name() gives; may be NULL
 *
 * Return: the flag, which is not the number of its bit; 0 if the word is not known.
 */
uint32_t vdev_param_flag_from_name(const char *name);

/**
 * vdev_operation_name() - the word for one operation
 * @bit: number of the operation's bit, from 0
 *
 * Return: the word; NULL if the operation is not known.
 */
const char *vdev_operation_name(unsigned int bit);

/**
 * vdev_operation_from_name() - the operation that has a word
 * @name: the word that vdev_operation_name() gives; may be NULL
 *
 * Return: the operation, which is not the number of its bit; 0 if the word is not known.
 */
uint32_t vdev_operation_from_name(const char *name);

/**
 * vdev_capability_name() - the word for one capability
 * @bit: number of the capability's bit, from 0
 *
 * Return: the word; NULL if the capability is not known.
 */
const char *vdev_capability_name(unsigned int bit);

/**
 * vdev_capability_from_name() - the flag that has a word
 * @name: the word that vdev_capability_name() gives; may be NULL
 *
 * Return: the flag, which is not the number of its bit; 0 if the word is not known.
 */
uint32_t vdev_capability_from_name(const char *name);

/**
 * vdev_blocker_flag_name() - the word for one flag of a blocker
 * @bit: number of the flag's bit, from 0
 *
 * Return: the word; NULL if the flag is not known.
 */
const char *vdev_blocker_flag_name(unsigned int bit);

/**
 * vdev_blocker_flag_from_name() - the flag that has a word
 * @name: the word that vdev_blocker_flag_name() gives; may be NULL
 *
 * Return: the flag, which is not the number of its bit; 0 if the word is not known.
 */
uint32_t vdev_blocker_flag_from_name(const char *name);

/**
 * vdev_endpoint_kind_name() - the word for what an endpoint is
 * @kind: enum vdev_endpoint_kind
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_endpoint_kind_name(uint32_t kind);

/**
 * vdev_endpoint_kind_from_name() - the number that has a word
 * @name: the word that vdev_endpoint_kind_name() gives; may be NULL
 *
 * Return: enum vdev_endpoint_kind; 0 if the word is not known.
 */
uint32_t vdev_endpoint_kind_from_name(const char *name);

/**
 * vdev_verdict_name() - the word for a verdict
 * @verdict: enum vdev_verdict
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_verdict_name(uint32_t verdict);

/**
 * vdev_verdict_from_name() - the number that has a word
 * @name: the word that vdev_verdict_name() gives; may be NULL
 *
 * Return: enum vdev_verdict; 0 if the word is not known.
 */
uint32_t vdev_verdict_from_name(const char *name);

/**
 * vdev_field_name() - the word for what a finding is about
 * @field: enum vdev_field
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_field_name(uint32_t field);

/**
 * vdev_field_from_name() - the number that has a word
 * @name: the word that vdev_field_name() gives; may be NULL
 *
 * Return: enum vdev_field; 0 if the word is not known.
 */
uint32_t vdev_field_from_name(const char *name);

/**
 * vdev_result_name() - the word for what a finding means for the verdict
 * @result: enum vdev_result
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_result_name(uint32_t result);

/**
 * vdev_result_from_name() - the number that has a word
 * @name: the word that vdev_result_name() gives; may be NULL
 *
 * Return: enum vdev_result; 0 if the word is not known.
 */
uint32_t vdev_result_from_name(const char *name);

/**
 * vdev_code_name() - the word for why a finding is what it is
 * @code: enum vdev_code
 *
 * Return: the word; NULL if the number is not known.
 */
const char *vdev_code_name(uint32_t code);

/**
 * vdev_code_from_name() - the number that has a word
 * @name: the word that vdev_code_name() gives; may be NULL
 *
 * Return: enum vdev_code; 0 if the word is not known.
 */
uint32_t vdev_code_from_name(const char *name);

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

/**
 * vdev_feature_bit_from_name() - the bit of a feature set that has a name
 * @set: name of the feature set
 * @device_api: interface that the device shows; may be NULL
 * @name: the name that vdev_feature_bit_name() gives; may be NULL
 *
 * Return: the number of the bit, from 0; -1 if no bit has the name.
 */
int vdev_feature_bit_from_name(const char *set, const char *device_api, const char *name);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_NAMES_H */
