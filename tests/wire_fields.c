// SPDX-License-Identifier: GPL-2.0
/*
 * Every attribute of a request, top level and filter: what each command takes
 * it for. A new attribute needs a line here; the wire test fails without it.
 */
#include "wire.h"

#define EACH(attr, dev_get, type_get) \
	{ VDEV_A_##attr, #attr, { WIRE_##dev_get, WIRE_##type_get } }
#define BOTH(attr, kind)	EACH(attr, kind, kind)

const struct wire_field wire_fields[] = {
	BOTH(ID, ID),
	BOTH(GENERATION, TOLD),
	BOTH(SNAPSHOT, TOLD),
	BOTH(PAD, TOLD),
	EACH(BUS, NAME, TOLD),
	BOTH(NAME, NAME),
	EACH(PARENT_BUS, TOLD, NAME),
	EACH(PARENT, TOLD, NAME),
	BOTH(PROVIDER, TOLD),
	BOTH(DRIVER, TOLD),
	BOTH(DRIVER_VERSION, TOLD),
	BOTH(BOUND_DRIVER, TOLD),
	BOTH(MIGRATION, TOLD),
	BOTH(ABILITIES, TOLD),
	BOTH(BLOCKER, TOLD),
	BOTH(CAPACITY, TOLD),
	BOTH(COST, TOLD),
	BOTH(INFO, TOLD),
	BOTH(RECORD, TOLD),
	BOTH(FILTER, FILTER),
};
const unsigned int wire_num_fields = sizeof(wire_fields) / sizeof(wire_fields[0]);

const struct wire_field wire_filter_fields[] = {
	BOTH(FILTER_BUS, NAME),
	BOTH(FILTER_PARENT_BUS, NAME),
	BOTH(FILTER_PARENT, NAME),
	BOTH(FILTER_TYPE, STRING),
	BOTH(FILTER_MODEL, STRING),
	BOTH(FILTER_DEVICE_API, STRING),
	BOTH(FILTER_MIGRATABLE, FLAG),
	BOTH(FILTER_PAD, TOLD),
	BOTH(FILTER_SINCE, U64),
};
const unsigned int wire_num_filter_fields =
	sizeof(wire_filter_fields) / sizeof(wire_filter_fields[0]);

enum wire_kind wire_kind(const struct wire_field *field, uint8_t command)
{
	return field->kinds[command - VDEV_CMD_DEV_GET];
}

/* Longest string, in bytes without the terminating NUL. */
size_t wire_bound(enum wire_kind kind)
{
	switch (kind) {
	case WIRE_NAME:		return VDEV_NAME_LEN;
	case WIRE_STRING:	return VDEV_STRING_LEN;
	default:		return 0;
	}
}

size_t wire_put_valid(struct nl_request *request, uint16_t type,
		      enum wire_kind kind)
{
	switch (kind) {
	case WIRE_U64:		return nl_u64(request, type, 1);
	case WIRE_NAME:
	case WIRE_STRING:	return nl_string(request, type, "none-such");
	case WIRE_FLAG:		return nl_attr(request, type, NULL, 0);
	case WIRE_FILTER:	return nl_nest_begin(request, type);
	default:		return nl_u32(request, type, INT32_MAX);
	}
}
