// SPDX-License-Identifier: GPL-2.0
/*
 * The state of a mediated device, and what is checked when one is loaded: what the device
 * declares, each field by itself.
 */
#include <linux/bits.h>
#include <linux/device.h>
#include <linux/string.h>

#include "pool.h"

static_assert(sizeof(struct pool_state) <= MOVE_SIZE_MAX);

static struct pool_device *pool_device_of(struct move *move)
{
	return container_of(move, struct pool_device, move);
}

static u32 pool_type_number(const struct pool_device *device)
{
	return device->type - device->pool->types;
}

static void pool_save(struct move *move, void *data)
{
	const struct pool_device *device = pool_device_of(move);

	lockdep_assert_held(&move->lock);
	*(struct pool_state *)data = (struct pool_state) {
		.magic = cpu_to_le64(POOL_MAGIC),
		.version = cpu_to_le32(device->config.version),
		.type = cpu_to_le32(pool_type_number(device)),
		.units = cpu_to_le32(device->type->units),
		.count = cpu_to_le32(device->config.count),
		.rate = cpu_to_le64(device->config.rate),
		.payload = cpu_to_le64(device->payload),
	};
}

static bool accepts_type(const struct pool_device *device, const struct pool_state *state)
{
	return device->pool->resplit || le32_to_cpu(state->type) == pool_type_number(device);
}

static bool accepts_version(const struct pool_device *device, const struct pool_state *state)
{
	const u32 version = le32_to_cpu(state->version);

	return version == device->config.version ||
	       (version <= POOL_VERSIONS && device->pool->accept & BIT(version));
}

static bool accepts_rate(const struct pool_device *device, const struct pool_state *state)
{
	return le64_to_cpu(state->rate) <= device->config.rate;
}

static bool accepts_aggregation(const struct pool_device *device, const struct pool_state *state)
{
	const u64 units = le32_to_cpu(state->units), count = le32_to_cpu(state->count);
	const struct pool_config *config = &device->config;

	if (device->pool->resplit)
		return units * count == (u64)device->type->units * config->count;
	return units == device->type->units && count == config->count;
}

/* The names of the fields for which the device cannot load a state. */
static void pool_conflicts(const struct pool_device *device, const struct pool_state *state,
			   char *text, size_t size)
{
	static const struct {
		const char *name;
		bool (*accepts)(const struct pool_device *device, const struct pool_state *state);
	} fields[] = {
		{ "type", accepts_type },
		{ "version", accepts_version },
		{ "rate", accepts_rate },
		{ "aggregation", accepts_aggregation },
	};
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (!fields[i].accepts(device, state))
			len += scnprintf(text + len, size - len, " %s", fields[i].name);
	}
}

static int pool_load(struct move *move, const void *data)
{
	struct pool_device *device = pool_device_of(move);
	const struct pool_state *state = data;
	char conflicts[64] = "";

	lockdep_assert_held(&move->lock);
	if (!state)
		strscpy(conflicts, " length", sizeof(conflicts));
	else if (le64_to_cpu(state->magic) != POOL_MAGIC)
		strscpy(conflicts, " magic", sizeof(conflicts));
	else
		pool_conflicts(device, state, conflicts, sizeof(conflicts));
	if (conflicts[0]) {
		dev_err(device->vfio.dev, "rejected a state:%s\n", conflicts);
		return -EINVAL;
	}
	device->payload = le64_to_cpu(state->payload);
	return 0;
}

static void pool_loading(struct move *move, bool loading)
{
	lockdep_assert_held(&move->lock);
	pool_set_loading(pool_device_of(move), loading);
}

const struct move_ops pool_move_ops = {
	.size = sizeof(struct pool_state),
	.save = pool_save,
	.load = pool_load,
	.set_loading = pool_loading,
};
