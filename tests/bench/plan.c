// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: plan
 *
 * What the plan for a virtual machine costs without a kernel, in milliseconds: so many
 * devices and as many targets, of which a device can be moved to those that are at least as
 * fast. Every pair is judged.
 */
#include <stdio.h>
#include <stdlib.h>

#include <vdev/plan.h>

#include "times.h"

#define ROUNDS	20
#define DEVICES	64
#define AIM	50
/* Beside the rate, what VFIO's bridge reports of a virtual function. */
#define PARAMS	7

static struct vdev_declaration *declare(unsigned int rate)
{
	static const char *const names[PARAMS] = {
		"pci-id", "revision", "class", "bar-sizes", "subsystem-id", "pf-pci-id",
		"pf-revision",
	};
	static const struct vdev_ident type = { .value = "vf-8086:0001" };
	static const struct vdev_ident api = { .value = "vfio-pci" };
	struct vdev_param params[PARAMS + 1] = { 0 };
	const struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED,
		.capabilities = VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P,
		.device_api = &api, .type = &type, .params = params, .num_params = PARAMS + 1,
	};
	struct vdev_declaration *declaration;
	unsigned int i;

	for (i = 0; i < PARAMS; i++)
		params[i] = (struct vdev_param){
			.name = names[i], .type = VDEV_VALUE_TYPE_STRING, .rule = VDEV_RULE_EQUAL,
			.value = { .type = VDEV_VALUE_TYPE_STRING, .string = "8086:0001" },
		};
	params[PARAMS] = (struct vdev_param){
		.name = "rate", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_AT_LEAST,
		.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = rate },
	};
	if (vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL))
		exit(1);
	return declaration;
}

static double measure(const struct vdev_declaration *const *sources,
		      const struct vdev_declaration *const *targets, unsigned int assigned)
{
	double start = now(), took;
	struct vdev_plan *plan;

	if (vdev_plan_new(sources, DEVICES, targets, DEVICES, NULL, &plan, NULL))
		exit(1);
	took = (now() - start) / 1e6;
	if (vdev_plan_num_assigned(plan) != assigned) {
		fprintf(stderr, "plan: %u assigned\n", vdev_plan_num_assigned(plan));
		exit(1);
	}
	vdev_plan_free(plan);
	return took;
}

/* Each source can have its own target and those after it; or the last has none. */
static void show(const char *what, unsigned int missing)
{
	const struct vdev_declaration *sources[DEVICES], *targets[DEVICES];
	unsigned int i;

	for (i = 0; i < DEVICES; i++) {
		sources[i] = declare(DEVICES - i + missing);
		targets[i] = declare(i + 1);
	}
	for (i = 0; i < ROUNDS; i++)
		times[i] = measure(sources, targets, DEVICES - missing);
	sort_times(times, ROUNDS);
	printf("%-28s %10.1f %10.1f  %s\n", what, times[0], times[ROUNDS / 2],
	       times[0] < AIM ? "met" : "missed");
	for (i = 0; i < DEVICES; i++) {
		vdev_declaration_free((struct vdev_declaration *)sources[i]);
		vdev_declaration_free((struct vdev_declaration *)targets[i]);
	}
}

int main(void)
{
	printf("A plan for %u devices and %u targets, without a kernel (ms; aim: under %u)\n",
	       DEVICES, DEVICES, AIM);
	printf("%-28s %10s %10s\n", "devices", "ms min", "ms median");
	show("each has a target", 0);
	show("one has none", 1);
	return 0;
}
