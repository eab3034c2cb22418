// SPDX-License-Identifier: GPL-2.0
/*
 * Which colour is that of what is printed: green is good, yellow is not known or not now,
 * red is no.
 */
#include <vdev/vdev.h>

#include "colours.h"

enum colour colour_of_verdict(uint32_t verdict)
{
	switch (verdict) {
	case VDEV_VERDICT_IDENTICAL:
	case VDEV_VERDICT_COMPATIBLE:
		return COLOUR_GOOD;
	case VDEV_VERDICT_UNDECLARED:
		return COLOUR_CAUTION;
	default:
		return COLOUR_BAD;
	}
}

enum colour colour_of_result(uint32_t result)
{
	switch (result) {
	case VDEV_RESULT_OK:
		return COLOUR_GOOD;
	case VDEV_RESULT_FAIL:
		return COLOUR_BAD;
	case VDEV_RESULT_NOTE:
		return COLOUR_CAUTION;
	default:
		return COLOUR_NONE;
	}
}

enum colour colour_of_event(uint32_t type)
{
	switch (type) {
	case VDEV_EVENT_NEW:
	case VDEV_EVENT_PROFILE_NEW:
	case VDEV_EVENT_BACK:
		return COLOUR_GOOD;
	case VDEV_EVENT_CHANGE:
	case VDEV_EVENT_PROFILE_CHANGE:
		return COLOUR_CHANGE;
	case VDEV_EVENT_DEL:
	case VDEV_EVENT_PROFILE_DEL:
	case VDEV_EVENT_GONE:
		return COLOUR_BAD;
	case VDEV_EVENT_OVERRUN:
		return COLOUR_CAUTION;
	default:
		return COLOUR_NONE;
	}
}

enum colour colour_of_migration(uint32_t migration, bool migratable)
{
	if (migration == VDEV_MIGRATION_UNDECLARED)
		return COLOUR_CAUTION;
	if (migration != VDEV_MIGRATION_SUPPORTED)
		return COLOUR_BAD;
	return migratable ? COLOUR_GOOD : COLOUR_CAUTION;
}
