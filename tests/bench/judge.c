// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: judge
 *
 * What one judgement costs without a kernel, in nanoseconds: two records of 40
 * fields each, that are the same, that are compatible, and whose lists are in
 * opposite orders. Each finding is reported to a function that does nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../kernel/model/check.h"
#include "times.h"

#define ROUNDS	200
/* Judgements that one round is made of, so that the clock does not count. */
#define BATCH	500
#define AIM	2000

/* Beside these: interface, model, type, two versions and aggregation. */
#define FEATURES 4
#define PARAMS	30

static char names[PARAMS][16];
static struct vdev_feature features[2][FEATURES];
static struct vdev_param params[2][PARAMS];
static struct vdev_record records[2];
static unsigned int reported;

static int report_finding(const struct vdev_check *check, const struct vdev_finding *finding)
{
	(void)check;
	(void)finding;
	reported++;
	return 0;
}

static void make_lists(unsigned int operand, unsigned int differ)
{
	static uint64_t words[2] = { 0x10130bffff, 0x10178bffff };
	unsigned int i;

	for (i = 0; i < FEATURES; i++)
		features[operand][i] = (struct vdev_feature){
			.name = names[i],
			.provisioned = { &words[differ], 1 },
		};
	for (i = 0; i < PARAMS; i++)
		params[operand][i] = (struct vdev_param){
			.name = names[i],
			.type = VDEV_VALUE_TYPE_U64,
			.rule = VDEV_RULE_AT_LEAST,
			.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = 1500 + differ },
		};
}

static void make_record(unsigned int operand, unsigned int differ)
{
	static const char *const accept[] = { "example.com/nic3", "nic-4" };
	static const struct vdev_version versions[] = {
		{ "2.0", VDEV_VERSION_FLAG_ACCEPT },
		{ "2.1", VDEV_VERSION_FLAG_ACCEPT | VDEV_VERSION_FLAG_CURRENT },
	};
	static struct vdev_software_version software[2];

	make_lists(operand, differ);
	software[operand] = (struct vdev_software_version){ .value = { 1, 4 + differ, 2 } };
	records[operand] = (struct vdev_record){
		.device_api = { .value = "vdpa-net" },
		.model = { differ ? "example.com/nic4" : accept[0], 0, &accept[0], differ },
		.type = { differ ? "nic-8" : accept[1], 0, &accept[1], differ },
		.software_version = &software[operand],
		.versions = versions,
		.num_versions = 2,
		.features = features[operand],
		.num_features = FEATURES,
		.params = params[operand],
		.num_params = PARAMS,
		.aggregation = { .base = "unit", .units = 4, .count = 2 },
	};
}

static void turn_round(unsigned int operand)
{
	unsigned int i;

	for (i = 0; i < PARAMS / 2; i++) {
		struct vdev_param param = params[operand][i];

		params[operand][i] = params[operand][PARAMS - 1 - i];
		params[operand][PARAMS - 1 - i] = param;
	}
}

static void measure(const char *what, uint32_t verdict)
{
	struct vdev_operand operands[2] = {
		{ .kind = VDEV_ENDPOINT_KIND_DEVICE, .migration = VDEV_MIGRATION_SUPPORTED,
		  .record = &records[0] },
		{ .kind = VDEV_ENDPOINT_KIND_DEVICE, .migration = VDEV_MIGRATION_SUPPORTED,
		  .record = &records[1] },
	};
	struct vdev_check check = { .source = &operands[0], .target = &operands[1], .report = report_finding };
	double start;
	int round, i;

	reported = 0;
	for (round = 0; round < ROUNDS; round++) {
		start = now();
		for (i = 0; i < BATCH; i++)
			vdev_check_run(&check);
		times[round] = (now() - start) / BATCH;
	}
	/* One of them is about the drivers. */
	if (check.verdict != verdict || reported != ROUNDS * BATCH * (6 + FEATURES + PARAMS + 1)) {
		fprintf(stderr, "judge: verdict %u, %u findings\n", check.verdict, reported);
		exit(1);
	}
	sort_times(times, ROUNDS);
	printf("%-28s %10.0f %10.0f  %s\n", what, times[0], times[ROUNDS / 2],
	       times[0] < AIM ? "met" : "missed");
}

int main(void)
{
	unsigned int i;

	for (i = 0; i < PARAMS; i++)
		snprintf(names[i], sizeof(names[i]), "max-vq-%02u", i);
	printf("One judgement of records of %u fields, without a kernel (ns; aim: under %u)\n",
	       6 + FEATURES + PARAMS, AIM);
	printf("%-28s %10s %10s\n", "records", "ns min", "ns median");
	make_record(0, 0);
	make_record(1, 0);
	measure("identical", VDEV_VERDICT_IDENTICAL);
	make_record(1, 1);
	measure("compatible", VDEV_VERDICT_COMPATIBLE);
	turn_round(1);
	measure("in opposite orders", VDEV_VERDICT_COMPATIBLE);
	return 0;
}
