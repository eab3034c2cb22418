// SPDX-License-Identifier: GPL-2.0
/*
 * What a VFIO variant driver adds to report which states it loads: all that it has to do
 * with vdev.
 */
#include <linux/pci.h>
#include <linux/vdev_vfio.h>

#include "variant.h"

static struct vdev_provider *provider;

static int variant_poll(struct vdev_endpoint *endpoint, void *priv)
{
	struct variant *variant = priv;
	int err;

	mutex_lock(&variant->move.lock);
	err = vdev_vfio_update_group(endpoint, &variant->core.vdev);
	mutex_unlock(&variant->move.lock);
	return err;
}

static const struct vdev_provider_ops ops = {
	.owner = THIS_MODULE,
	.poll = variant_poll,
};

void variant_declare_init(void)
{
	provider = vdev_provider_register(KBUILD_MODNAME, &ops);
}

void variant_declare_exit(void)
{
	vdev_provider_unregister(provider);
}

void variant_declare(struct variant *variant)
{
	const struct variant_config *config = &variant->config;
	struct pci_dev *pdev = variant->core.pdev;
	const struct vdev_handle handle = vdev_handle_of(&pdev->dev, &pci_physfn(pdev)->dev);
	struct vdev_semver_range accept[VARIANT_VERSIONS];
	struct vdev_software_version version = {
		.value = { config->version }, .rule = VDEV_RULE_RANGE, .accept = accept,
	};
	const struct vdev_feature capabilities = {
		.name = "capabilities", .provisioned = { &config->capabilities, 1 },
	};
	const struct vdev_param params[] = {
		{ .name = "queues", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_EQUAL,
		  .value = { VDEV_VALUE_TYPE_U64, { .u64 = config->queues } } },
		{ .name = "rate", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_AT_LEAST,
		  .value = { VDEV_VALUE_TYPE_U64, { .u64 = config->rate } } },
	};
	struct vdev_facts facts = {
		.driver = KBUILD_MODNAME,
		.poll = VDEV_POLL_UNREAD,
		.record = {
			.device_api = { .value = "vfio-pci" },
			.model = { .value = "example.org/variant" },
			.software_version = &version,
			.features = &capabilities, .num_features = 1,
			.params = params, .num_params = ARRAY_SIZE(params),
		},
	};
	u32 i;

	for (i = 1; i <= VARIANT_VERSIONS; i++) {
		if (config->accept & BIT(i))
			accept[version.num_accept++] = (struct vdev_semver_range) {
				.from = { i }, .to = { i },
			};
	}
	vdev_facts_from_vfio(&facts, &variant->core.vdev);
	facts.migration = VDEV_MIGRATION_SUPPORTED;
	variant->endpoint = vdev_device_register(provider, &handle, &facts, variant);
	variant_report_counts(variant);
}

void variant_report_counts(const struct variant *variant)
{
	const struct vdev_counter counters[] = {
		{ "saves", variant->counts.saves },
		{ "loads", variant->counts.loads },
		{ "rejected", variant->counts.rejected },
	};

	vdev_counters_set(variant->endpoint, counters, ARRAY_SIZE(counters));
}

void variant_withdraw(struct variant *variant)
{
	vdev_unregister(variant->endpoint);
}

void variant_set_loading(struct variant *variant, bool loading)
{
	static const struct vdev_blocker blocker = {
		.name = "loading", .reason = "a state is being loaded",
	};

	if (loading)
		vdev_blocker_add(variant->endpoint, &blocker);
	else
		vdev_blocker_del(variant->endpoint, blocker.name);
}
