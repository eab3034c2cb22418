/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a driver of a virtio device may have cached, by class: the form of the table
 * in vdpa_rules.c.
 */
#ifndef _VDEV_VDPA_RULES_H
#define _VDEV_VDPA_RULES_H

#include <linux/types.h>

/**
 * struct vdev_vdpa_field - a field of the virtio configuration space
 * @name: name of the parameter
 * @features: the field exists if the device offers one of these; 0: always
 * @offset: where it is
 * @size: its length in bytes; a number has at most 8, a MAC address has 6
 * @is_mac: it is a MAC address
 * @rule: how a target judges it
 * @equal_with: the rule is VDEV_RULE_EQUAL if the device offers one of these
 * @absent_with: it is not part of the record if the device offers one of these
 * @has_off: there is a value that stands for a field that does not exist
 * @off: that value
 * @zero: the number that 0 stands for; 0 if that is 0
 * @config_attr: the attribute that "vdpa dev add" sends to set it; 0: none
 */
struct vdev_vdpa_field {
	const char *name;
	u64 features;
	size_t offset;
	size_t size;
	bool is_mac;
	u32 rule;
	u64 equal_with;
	u64 absent_with;
	bool has_off;
	u64 off;
	u64 zero;
	u32 config_attr;
};

/**
 * struct vdev_vdpa_class - a class of virtio devices that can be judged
 * @bits: by feature bit, enum vdev_vdpa_bit
 * @fields: what is compared of the configuration space
 * @num_fields: length of @fields, at most VDEV_VDPA_FIELDS_MAX
 * @config_size: bytes of the configuration space that have a meaning here, at most
 *	VDEV_VDPA_CONFIG_MAX
 */
struct vdev_vdpa_class {
	const u8 *bits;
	const struct vdev_vdpa_field *fields;
	size_t num_fields;
	size_t config_size;
};

#define VDEV_VDPA_FIELDS_MAX	32
#define VDEV_VDPA_CONFIG_MAX	96

const struct vdev_vdpa_class *vdev_vdpa_class_of(u32 id);
u64 vdev_vdpa_required(const struct vdev_vdpa_class *class, u64 offered);
u32 vdev_vdpa_rule(const struct vdev_vdpa_field *field, u64 offered);

#endif /* _VDEV_VDPA_RULES_H */
