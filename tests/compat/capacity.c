// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: capacity SOURCE TARGET CAPACITY
 *
 * Judge two tokens as the kernel does, which knows the capacity of the target,
 * enum vdev_capacity_state, too. Prints the verdict, and what was found about
 * the capacity.
 */
#include <stdio.h>
#include <stdlib.h>

#include <vdev/vdev.h>

#include "../../kernel/model/check.h"
#include "model/declaration.h"

static int report_finding(const struct vdev_check *check, const struct vdev_finding *finding)
{
	const char **code = check->arg;

	if (finding->field == VDEV_FIELD_CAPACITY)
		*code = vdev_code_name(finding->code);
	return 0;
}

static struct vdev_declaration *parse(const char *token)
{
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };

	if (vdev_declaration_parse(token, &declaration, &error)) {
		fprintf(stderr, "capacity: %s\n", error.message);
		exit(1);
	}
	return declaration;
}

static struct vdev_operand operand(const struct vdev_declaration *declaration)
{
	return (struct vdev_operand){
		.kind = vdev_declaration_kind(declaration),
		.migration = vdev_declaration_migration(declaration),
		.record = vdev_declaration_record(declaration),
	};
}

int main(int argc, char **argv)
{
	struct vdev_declaration *source, *target;
	struct vdev_check check = { .report = report_finding };
	const char *code = "none";
	struct vdev_operand from, to;

	if (argc != 4)
		return 1;
	source = parse(argv[1]);
	target = parse(argv[2]);
	from = operand(source);
	to = operand(target);
	to.capacity = (uint32_t)atoi(argv[3]);
	check.source = &from;
	check.target = &to;
	check.arg = &code;
	if (!vdev_check_run(&check))
		printf("%s %s\n", vdev_verdict_name(check.verdict), code);
	vdev_declaration_free(source);
	vdev_declaration_free(target);
	return 0;
}
