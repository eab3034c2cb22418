// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: matrix
 *
 * What the matrix of so many sources and as many hosts costs without a kernel, in
 * milliseconds and in the memory that it takes beside what is judged: records of 40 fields,
 * no two of which are the same, so that each pair is judged.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <vdev/matrix.h>

#include "times.h"

#define ROUNDS	5
#define HOSTS	200
#define AIM	2000

/* Beside these: interface, model, type, two versions and aggregation. */
#define FEATURES 4
#define PARAMS	30

static char names[PARAMS][16];

static long peak(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static struct vdev_declaration *declare(unsigned int number)
{
	static const uint64_t bits = 0x10130bffff;
	static const struct vdev_ident api = { .value = "vdpa-net" };
	static const struct vdev_ident model = { .value = "example.com/nic3" };
	static const struct vdev_ident type = { .value = "nic-8" };
	static const struct vdev_software_version software = {
		.value = { 1, 4, 2 }, .has_value = true,
	};
	static const struct vdev_aggregation aggregation = { .base = "unit", .units = 4, .count = 2 };
	static const struct vdev_version versions[] = {
		{ "2.0", VDEV_VERSION_FLAG_ACCEPT },
		{ "2.1", VDEV_VERSION_FLAG_ACCEPT | VDEV_VERSION_FLAG_CURRENT },
	};
	struct vdev_feature features[FEATURES] = { 0 };
	struct vdev_param params[PARAMS] = { 0 };
	const struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED,
		.device_api = &api, .model = &model, .type = &type, .software_version = &software,
		.versions = versions, .num_versions = 2,
		.features = features, .num_features = FEATURES,
		.params = params, .num_params = PARAMS, .aggregation = &aggregation,
	};
	struct vdev_declaration *declaration;
	unsigned int i;

	for (i = 0; i < FEATURES; i++)
		features[i] = (struct vdev_feature){ .name = names[i], .provisioned = { &bits, 1 } };
	for (i = 0; i < PARAMS; i++)
		params[i] = (struct vdev_param){
			.name = names[i], .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_AT_LEAST,
			.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = i ? 1500 : number + 1 },
		};
	if (vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL))
		exit(1);
	return declaration;
}

static struct vdev_document *export(unsigned int number)
{
	struct vdev_declaration *declaration = declare(number);
	struct vdev_document *document = vdev_document_new();

	if (!document || vdev_document_add(document, "vdpa/vdpa0", declaration))
		exit(1);
	vdev_declaration_free(declaration);
	return document;
}

static double measure(const struct vdev_document *const *hosts)
{
	double start = now(), took;
	struct vdev_matrix *matrix;

	if (vdev_matrix_new(hosts, HOSTS, hosts, HOSTS, &matrix))
		exit(1);
	took = (now() - start) / 1e6;
	if (vdev_matrix_verdict(matrix) != VDEV_VERDICT_INCOMPATIBLE ||
	    vdev_matrix_num_obstacles(matrix) != 1 ||
	    vdev_matrix_obstacle(matrix, 0)->num_pairs != HOSTS * (HOSTS - 1) / 2) {
		fprintf(stderr, "matrix: verdict %u\n", vdev_matrix_verdict(matrix));
		exit(1);
	}
	vdev_matrix_free(matrix);
	return took;
}

int main(void)
{
	const struct vdev_document *hosts[HOSTS];
	unsigned int i;
	long before;

	for (i = 0; i < PARAMS; i++)
		snprintf(names[i], sizeof(names[i]), "max-vq-%02u", i);
	for (i = 0; i < HOSTS; i++)
		hosts[i] = export(i);
	before = peak();
	for (i = 0; i < ROUNDS; i++)
		times[i] = measure(hosts);
	sort_times(times, ROUNDS);
	printf("A matrix of records of %u fields, without a kernel (ms; aim: under %u)\n",
	       6 + FEATURES + PARAMS, AIM);
	printf("%-28s %10s %10s %10s\n", "pairs", "ms min", "ms median", "KiB");
	printf("%-28u %10.1f %10.1f %10ld  %s\n", HOSTS * HOSTS, times[0], times[ROUNDS / 2],
	       peak() - before, times[0] < AIM ? "met" : "missed");
	for (i = 0; i < HOSTS; i++)
		vdev_document_free((struct vdev_document *)hosts[i]);
	return 0;
}
