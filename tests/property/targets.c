// SPDX-License-Identifier: GPL-2.0
/* Endpoints of the simulator with random facts, and whether they are reported as made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/msg.h>

#include "model/declaration.h"
#include "model/object.h"
#include "model/reply.h"
#include "carry.h"
#include "claims.h"
#include "control.h"
#include "targets.h"

struct target targets[TARGETS];
struct vdev_sock *sock;

static struct carry_words words;

void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, vdev_sock_error(sock)->message);
	exit(1);
}

static bool is(const struct vdev_declaration *a, const struct vdev_declaration *b)
{
	return a->len == b->len && !memcmp(a->attrs, b->attrs, a->len);
}

struct vdev_operand operand_of(const struct vdev_declaration *declaration)
{
	return (struct vdev_operand) {
		.kind = declaration->kind,
		.migration = declaration->migration,
		.capabilities = declaration->capabilities,
		.blockers = declaration->blockers,
		.num_blockers = declaration->num_blockers,
		.record = declaration->record,
	};
}

static struct vdev_object *get(const struct target *target)
{
	struct vdev_object *object;
	int err;

	if (target->kind == VDEV_OBJECT_DEV)
		err = vdev_dev_get(sock, &target->handle, &object);
	else
		err = vdev_type_get(sock, &target->handle, &object);
	if (err)
		die("get");
	return object;
}

/* The bytes of the record, as the kernel sent them. */
static bool same_record(const struct vdev_object *object,
			const struct vdev_declaration *declaration)
{
	const struct nlattr *wire = nla_find(vdev_reply_head(object->msg),
					     vdev_reply_len(object->msg), VDEV_A_RECORD);
	const struct nlattr *own = nla_find(declaration->attrs, (int)declaration->len,
					    VDEV_A_SOURCE_RECORD);
	size_t len = (size_t)nla_len(own);

	return (size_t)nla_len(wire) == len && !memcmp(nla_data(wire), nla_data(own), len);
}

static void compare_with_wire(const struct target *target, bool sorted)
{
	struct vdev_object *object = get(target);
	struct vdev_declaration *reported;
	struct vdev_error error = { 0 };

	if (vdev_declaration_of(object, &reported, &error)) {
		fprintf(stderr, "%s\n", error.message);
		exit(1);
	}
	claim(REPORTED, is(reported, target->declaration));
	if (sorted)
		claim(CANONICAL, same_record(object, target->declaration));
	vdev_declaration_free(reported);
	vdev_object_free(object);
}

/* Some are as one before them is, so that both have one contract unless the order differs. */
static void make_plain(struct made *plain, unsigned int number, struct random *dice)
{
	if (number && random_one_in(dice, 3))
		made_copy(plain, &targets[random_below(dice, number)].plain);
	else
		made_random(plain, dice);
	/* An endpoint of this host has no such part. */
	plain->operand.num_unknown = 0;
}

/* A device, or a type of the one parent; with its lists sorted or as they came. */
static void make_target(struct target *target, struct random *dice)
{
	unsigned int number = (unsigned int)(target - targets);
	bool sorted = random_one_in(dice, 2);
	struct vdev_operand operand;

	make_plain(&target->plain, number, dice);
	made_copy(&target->made, &target->plain);
	carry_translate(&target->made, &words);
	target->kind = (enum vdev_object_kind)target->made.operand.kind;
	if (target->kind == VDEV_OBJECT_DEV)
		target->made.operand.capacity = 0;
	vdev_declaration_free(target->declaration);
	target->declaration = carry_declare(&target->made);
	operand = sorted ? operand_of(target->declaration) : target->made.operand;
	operand.capacity = target->made.operand.capacity;
	target->handle = (struct vdev_handle){ 0 };
	snprintf(target->handle.name, sizeof(target->handle.name), "agree%u", number);
	if (target->kind == VDEV_OBJECT_DEV) {
		strcpy(target->handle.bus, "sim");
		control_facts(&operand, "dev add agree%u --", number);
	} else {
		strcpy(target->handle.parent_bus, "sim");
		strcpy(target->handle.parent, "agree");
		control_facts(&operand, "type add agree agree%u -type", number);
	}
	compare_with_wire(target, sorted);
}

void targets_make(struct random *dice)
{
	struct target *target;

	carry_words_random(&words, dice);
	for (target = targets; target < targets + TARGETS; target++) {
		if (target->kind == VDEV_OBJECT_DEV)
			control_do("dev del %s", target->handle.name);
		else if (target->kind)
			control_do("type del agree %s", target->handle.name);
		make_target(target, dice);
	}
}

void target_leave_and_return(struct random *dice)
{
	const struct target *target = &targets[random_below(dice, TARGETS)];
	const char *name = target->handle.name;

	if (target->kind != VDEV_OBJECT_DEV)
		return;
	control_do("dev set %s blocker=away,reason=away", name);
	control_do("dev set %s blocker-=away", name);
}

const struct target *target_of(const struct vdev_judgement *judgement)
{
	const char *name = strrchr(vdev_judgement_target(judgement), '/') + 1;

	return &targets[atoi(name + strlen("agree"))];
}

void target_make_source(const struct target *target, struct made *source, struct random *dice)
{
	unsigned int changes = (unsigned int)random_below(dice, 6);

	if (changes == 5)
		made_random(source, dice);
	else
		made_copy(source, &target->plain);
	while (changes--)
		made_change(source, dice);
	carry_translate(source, &words);
}
