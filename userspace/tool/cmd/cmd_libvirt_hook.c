// SPDX-License-Identifier: GPL-2.0
/*
 * "libvirt hook": the question of libvirt on the host that a domain comes to, before QEMU is
 * started there. Every device is judged against what it declared on the host that the domain
 * comes from; one that would fail refuses the migration. Nothing is printed to stdout, which
 * libvirt would take for another XML, and it ends within a bound.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "cli/complain.h"
#include "cli/deadline.h"
#include "cli/domain.h"
#include "cli/host.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/policy.h"
#include "cmd.h"
#include "print/answer_text.h"

/* Seconds until it ends, and milliseconds until a request does. */
#define LIMIT 20
#define LATE "vdevctl: libvirt hook: not decided within 20 seconds\n"
#define REQUEST_LIMIT 3000

struct guard {
	const struct command *command;
	const char *guest;
	struct policy policy;
	struct vdev_sock *sock;
	struct domain domain;
	/* Of the devices, there; valid where they were found. */
	struct vdev_handle handles[DOMAIN_DEVICES_MAX];
	unsigned int num_refused;
};

static const char *device_name(const struct guard *guard, unsigned int number)
{
	return guard->domain.devices[number].name;
}

static void refuse(struct guard *guard, unsigned int number, const char *why)
{
	guard->num_refused++;
	complain(guard->command, "device %u, %s: %s", number, device_name(guard, number), why);
}

/* What is not known is a matter of policy; what is allowed is in the log. */
static void decide(struct guard *guard, bool refused, unsigned int number, const char *why)
{
	if (refused)
		refuse(guard, number, why);
	else
		syslog(LOG_NOTICE, "migration of %s allowed: device %u, %s: %s", guard->guest,
		       number, device_name(guard, number), why);
}

static bool is_vfio(const struct vdev_declaration *declaration)
{
	const struct vdev_ident *api;

	api = vdev_record_device_api(vdev_declaration_record(declaration));
	return api && api->value && strncmp(api->value, "vfio-", 5) == 0;
}

/* What passes decides nothing in general; but QEMU is to open the device now. */
static bool is_blocked(const struct vdev_judgement *judgement)
{
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		if (vdev_judgement_finding(judgement, i)->code == VDEV_CODE_TARGET_BLOCKED)
			return true;
	return false;
}

/* Whether the device is refused. */
static bool decide_device(struct guard *guard, unsigned int number,
			  const struct vdev_judgement *judgement)
{
	uint32_t verdict = vdev_judgement_verdict(judgement);
	const char *word = vdev_verdict_name(verdict);
	unsigned int before = guard->num_refused;

	if (verdict > VDEV_VERDICT_UNDECLARED || !verdict)
		refuse(guard, number, word ? word : "the verdict is not known here");
	else if (is_blocked(judgement))
		refuse(guard, number, "blocked");
	else if (verdict == VDEV_VERDICT_UNDECLARED)
		decide(guard, guard->policy.undeclared, number,
		       "undeclared: whether its state can be loaded is not known");
	return guard->num_refused > before;
}

static void report(struct guard *guard, unsigned int number,
		   const struct vdev_judgement *judgement)
{
	struct answer answer;

	if (!decide_device(guard, number, judgement))
		return;
	answer_init(&answer, judgement, guard->domain.devices[number].declaration);
	answer_reasons(stderr, &answer);
	answer_truncated(stderr, &answer);
}

/* The kernel's words, or those of whoever else failed. */
static void report_error(struct guard *guard, unsigned int number, int err)
{
	const struct vdev_error *error = vdev_sock_error(guard->sock);

	if (err == -ENODEV)
		refuse(guard, number, error->message);
	else
		decide(guard, guard->policy.unanswered, number, error->message);
}

static void judge(struct guard *guard, unsigned int number)
{
	const struct vdev_declaration *source = guard->domain.devices[number].declaration;
	struct vdev_judgement *judgement;
	enum vdev_object_kind kind;
	int err;

	err = vdev_handle_from_path(device_name(guard, number), &kind, &guard->handles[number]);
	if (err) {
		refuse(guard, number, err == -EINVAL ? "is no device" : strerror(-err));
		return;
	}
	if (!source) {
		decide(guard, guard->policy.missing, number,
		       "the domain does not say what it declared where it comes from");
		return;
	}
	err = vdev_check(guard->sock, source, VDEV_OBJECT_DEV, &guard->handles[number], 0, 0,
			 &judgement);
	if (err)
		report_error(guard, number, err);
	else
		report(guard, number, judgement);
	vdev_judgement_free(judgement);
}

/* Devices that can reach each other's memory have to be quiesced together. */
static void check_p2p(struct guard *guard, unsigned int number)
{
	const struct vdev_declaration *source = guard->domain.devices[number].declaration;
	struct vdev_object *object;
	int err;

	if (!(vdev_declaration_capabilities(source) & VDEV_CAPABILITY_P2P)) {
		refuse(guard, number,
		       "lacks p2p where it comes from, which several VFIO devices need");
		return;
	}
	err = vdev_dev_get(guard->sock, &guard->handles[number], &object);
	if (err)
		report_error(guard, number, err);
	else if (!(vdev_object_capabilities(object) & VDEV_CAPABILITY_P2P))
		refuse(guard, number, "lacks p2p here, which several VFIO devices need");
	vdev_object_free(object);
}

static void check_together(struct guard *guard)
{
	const struct domain *domain = &guard->domain;
	unsigned int i, num = 0;

	for (i = 0; i < domain->num_devices; i++)
		num += domain->devices[i].declaration && is_vfio(domain->devices[i].declaration);
	for (i = 0; num > 1 && i < domain->num_devices; i++)
		if (domain->devices[i].declaration && is_vfio(domain->devices[i].declaration))
			check_p2p(guard, i);
}

static int check(struct guard *guard, const char *text, size_t size)
{
	struct vdev_error error;
	unsigned int i;
	int err = domain_read(&guard->domain, text, size, &error);

	if (err == -ENOMEM)
		return complain_memory(guard->command);
	if (err)
		return complain(guard->command, "%s", error.message);
	for (i = 0; i < guard->domain.num_devices; i++)
		judge(guard, i);
	/* What cannot be moved alone cannot be moved together. */
	if (!guard->num_refused)
		check_together(guard);
	return guard->num_refused ? EXIT_ERROR : EXIT_DONE;
}

static int decide_all(struct guard *guard)
{
	size_t size = 0;
	char *text;
	int status;

	status = policy_read(guard->command, host_policy, &guard->policy);
	if (status)
		return status;
	if (!guard->policy.unanswered)
		deadline_set_status(EXIT_DONE);
	text = input_read(guard->command, "-", &size);
	status = text ? check(guard, text, size) : EXIT_ERROR;
	free(text);
	return status;
}

static int run(struct guard *guard)
{
	int status;

	deadline_begin(LIMIT, LATE, EXIT_ERROR);
	status = decide_all(guard);
	deadline_end();
	return status;
}

/* The words are libvirt's: whatever they look like, none is an option. */
int cmd_libvirt_hook(const struct command *command, const struct options *options, int argc,
		     char **argv)
{
	struct guard *guard;
	int status;

	(void)options;
	if (argc < 3)
		return complain_usage(command, "GUEST, OPERATION and SUB-OPERATION are missing");
	if (strcmp(argv[1], "migrate") != 0 || strcmp(argv[2], "begin") != 0)
		return EXIT_DONE;
	guard = calloc(1, sizeof(*guard));
	if (guard)
		guard->sock = vdev_sock_new();
	if (!guard || !guard->sock) {
		free(guard);
		return complain_memory(command);
	}
	guard->command = command;
	guard->guest = argv[0];
	vdev_sock_set_timeout(guard->sock, REQUEST_LIMIT);
	/* Nobody may have read for hours, and what blocks a device comes and goes. */
	vdev_sock_set_max_age(guard->sock, DEFAULT_MAX_AGE);
	openlog("vdevctl", LOG_PID, LOG_DAEMON);
	status = run(guard);
	domain_free(&guard->domain);
	vdev_sock_free(guard->sock);
	free(guard);
	return status;
}
