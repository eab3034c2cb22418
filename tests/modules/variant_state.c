// SPDX-License-Identifier: GPL-2.0
/*
 * The state of a device of the variant driver, and what is checked when one is loaded.
 */
#include <linux/device.h>
#include <linux/pci.h>

#include "variant.h"

static_assert(sizeof(struct variant_state) <= MOVE_SIZE_MAX);

/* One of the counts: what it counts has happened. */
static void variant_count(struct variant *variant, u64 *count)
{
	lockdep_assert_held(&variant->move.lock);
	++*count;
	variant_report_counts(variant);
}

static void variant_save(struct move *move, void *data)
{
	struct variant *variant = container_of(move, struct variant, move);
	const struct variant_config *config = &variant->config;

	lockdep_assert_held(&move->lock);
	*(struct variant_state *)data = (struct variant_state) {
		.magic = cpu_to_le64(VARIANT_MAGIC),
		.version = cpu_to_le32(config->version),
		.queues = cpu_to_le32(config->queues),
		.capabilities = cpu_to_le64(config->capabilities),
		.rate = cpu_to_le64(config->rate),
		.payload = cpu_to_le64(variant->payload),
	};
	variant_count(variant, &variant->counts.saves);
}

/* What of a state the device cannot load; NULL if there is nothing. */
static const char *variant_conflict(const struct variant_state *state,
				    const struct variant_config *config)
{
	u32 version;

	if (!state)
		return "length";
	if (le64_to_cpu(state->magic) != VARIANT_MAGIC)
		return "magic";
	version = le32_to_cpu(state->version);
	if (version > VARIANT_VERSIONS || !(config->accept & BIT(version)))
		return "software-version";
	if (le64_to_cpu(state->capabilities) & ~config->capabilities)
		return "capabilities";
	if (le32_to_cpu(state->queues) != config->queues)
		return "queues";
	if (le64_to_cpu(state->rate) > config->rate)
		return "rate";
	return NULL;
}

static int variant_load(struct move *move, const void *data)
{
	struct variant *variant = container_of(move, struct variant, move);
	const struct variant_state *state = data;
	const char *conflict = variant_conflict(state, &variant->config);

	lockdep_assert_held(&move->lock);
	if (conflict) {
		dev_err(&variant->core.pdev->dev, "rejected a state: %s\n", conflict);
		variant_count(variant, &variant->counts.rejected);
		return -EINVAL;
	}
	variant->payload = le64_to_cpu(state->payload);
	variant_count(variant, &variant->counts.loads);
	return 0;
}

static void variant_loading(struct move *move, bool loading)
{
	lockdep_assert_held(&move->lock);
	variant_set_loading(container_of(move, struct variant, move), loading);
}

const struct move_ops variant_move_ops = {
	.size = sizeof(struct variant_state),
	.save = variant_save,
	.load = variant_load,
	.set_loading = variant_loading,
};
