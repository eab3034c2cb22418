// SPDX-License-Identifier: GPL-2.0
/* What a judgement means for its readers: names of bits, and the exit status. */
#include "answer.h"

/* The interface that one operand shows, if the judgement has it. */
static const char *reported_api(const struct vdev_judgement *judgement)
{
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);

		if (finding->field != VDEV_FIELD_DEVICE_API)
			continue;
		if (finding->source.type == VDEV_VALUE_TYPE_STRING)
			return finding->source.string;
		if (finding->target.type == VDEV_VALUE_TYPE_STRING)
			return finding->target.string;
	}
	return NULL;
}

void answer_init(struct answer *answer, const struct vdev_judgement *judgement,
		 const struct vdev_declaration *source)
{
	const struct vdev_ident *api = NULL;

	*answer = (struct answer){ .judgement = judgement, .device_api = reported_api(judgement) };
	if (source)
		api = vdev_record_device_api(vdev_declaration_record(source));
	if (!answer->device_api && api)
		answer->device_api = api->value;
}

int verdict_status(uint32_t verdict)
{
	switch (verdict) {
	case VDEV_VERDICT_IDENTICAL:
	case VDEV_VERDICT_COMPATIBLE:
		return EXIT_DONE;
	case VDEV_VERDICT_UNDECLARED:
	case VDEV_VERDICT_NOT_MIGRATABLE:
		return EXIT_UNDECLARED;
	default:
		return EXIT_INCOMPATIBLE;
	}
}

bool answer_doubtful(const struct answer *answer)
{
	const struct vdev_judgement *judgement = answer->judgement;
	const struct vdev_capacity *capacity = vdev_judgement_capacity(judgement);
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		if (vdev_judgement_finding(judgement, i)->result == VDEV_RESULT_NOTE)
			return true;
	return vdev_judgement_stale(judgement) || vdev_judgement_truncated(judgement) ||
	       (capacity && capacity->state > VDEV_CAPACITY_STATE_SUFFICIENT);
}

void verdicts_add(struct verdicts *verdicts, const struct answer *answer)
{
	uint32_t verdict = vdev_judgement_verdict(answer->judgement);

	if (verdict > verdicts->worst)
		verdicts->worst = verdict;
	if (answer->strict && answer_doubtful(answer))
		verdicts->doubtful = true;
}

int verdicts_status(const struct verdicts *verdicts)
{
	int status = verdict_status(verdicts->worst);

	return !status && verdicts->doubtful ? EXIT_UNDECLARED : status;
}

int answer_status(const struct answer *answer)
{
	struct verdicts verdicts = { 0 };

	verdicts_add(&verdicts, answer);
	return verdicts_status(&verdicts);
}
