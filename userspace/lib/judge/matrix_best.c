// SPDX-License-Identifier: LGPL-2.1
/*
 * The best targets of a matrix. Of each source that differs, and each host, only the best
 * target is kept, so that memory does not grow with the number of judgements.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/declaration.h"
#include "internal.h"
#include "judgement.h"
#include "matrix_best.h"

/* A target that was judged; the verdict is 0 until it was. */
struct tried {
	uint32_t verdict;
	/* Failures about what it is, and all failures. */
	uint32_t foreign;
	uint32_t failures;
	struct vdev_rank rank;
};

static int entries_gather(struct entries *entries, bool devices)
{
	size_t host, endpoint, room = 0;

	for (host = 0; host < entries->num_hosts; host++)
		room += vdev_document_num_endpoints(entries->documents[host]);
	entries->list = calloc(room + 1, sizeof(*entries->list));
	if (!entries->list)
		return -ENOMEM;
	for (host = 0; host < entries->num_hosts; host++) {
		const struct vdev_document *document = entries->documents[host];

		for (endpoint = 0; endpoint < vdev_document_num_endpoints(document); endpoint++)
			if (!devices || vdev_document_declaration(document, endpoint)->kind ==
					VDEV_OBJECT_DEV)
				entries->list[entries->num++] = (struct entry){
					.host = host, .endpoint = endpoint, .times = 1,
				};
	}
	return 0;
}

struct numbered {
	const struct vdev_declaration *declaration;
	struct entry *entry;
};

static int compare_numbered(const void *left, const void *right)
{
	const struct vdev_declaration *a = ((const struct numbered *)left)->declaration;
	const struct vdev_declaration *b = ((const struct numbered *)right)->declaration;

	return vdev_compare(a->len, b->len) ?: memcmp(a->attrs, b->attrs, a->len);
}

static struct numbered *list_numbered(const struct entries *entries, struct numbered *numbered)
{
	size_t i;

	for (i = 0; i < entries->num; i++) {
		struct entry *entry = &entries->list[i];

		*numbered++ = (struct numbered){
			.declaration = vdev_document_declaration(entries->documents[entry->host],
								 entry->endpoint),
			.entry = entry,
		};
	}
	return numbered;
}

/* Equal declarations are equal bytes, which stand together when they are sorted. */
static int number_entries(struct contest *contest)
{
	size_t i, num = contest->sources.num + contest->targets.num;
	struct numbered *numbered = calloc(num + 1, sizeof(*numbered));

	contest->operands = calloc(num + 1, sizeof(*contest->operands));
	if (!numbered || !contest->operands) {
		free(numbered);
		return -ENOMEM;
	}
	list_numbered(&contest->targets, list_numbered(&contest->sources, numbered));
	qsort(numbered, num, sizeof(*numbered), compare_numbered);
	for (i = 0; i < num; i++) {
		if (!i || compare_numbered(&numbered[i - 1], &numbered[i]))
			contest->operands[contest->num_operands++] =
				vdev_declaration_operand(numbered[i].declaration);
		numbered[i].entry->number = contest->num_operands - 1;
	}
	free(numbered);
	return 0;
}

/* Let the first of those that are equal on a host stand for all. */
static int fold_entries(struct entries *entries, size_t num_numbers)
{
	struct entry **kept = calloc(num_numbers + 1, sizeof(struct entry *));
	size_t i, num = 0;

	if (!kept)
		return -ENOMEM;
	for (i = 0; i < entries->num; i++) {
		const struct entry *entry = &entries->list[i];
		struct entry **first = &kept[entry->number];

		if (*first && (*first)->host == entry->host) {
			(*first)->times++;
			continue;
		}
		*first = &entries->list[num++];
		**first = *entry;
	}
	entries->num = num;
	free(kept);
	return 0;
}

int contest_begin(struct contest *contest, bool devices)
{
	int err;

	err = entries_gather(&contest->sources, devices) ?:
	      entries_gather(&contest->targets, false) ?:
	      number_entries(contest) ?:
	      fold_entries(&contest->sources, contest->num_operands) ?:
	      fold_entries(&contest->targets, contest->num_operands);
	if (err)
		return err;
	contest->best = calloc(contest->num_operands + 1, sizeof(struct best *));
	contest->tried = calloc(contest->num_operands + 1, sizeof(*contest->tried));
	return contest->best && contest->tried ? 0 : -ENOMEM;
}

void contest_end(struct contest *contest)
{
	size_t i;

	for (i = 0; contest->best && i < contest->num_operands; i++)
		free(contest->best[i]);
	free(contest->best);
	free(contest->tried);
	free(contest->operands);
	free(contest->sources.list);
	free(contest->targets.list);
}

int contest_judge(struct contest *contest, size_t source, size_t target,
		  int (*report)(const struct vdev_check *check, const struct vdev_finding *finding),
		  void *arg)
{
	contest->check.source = &contest->operands[source];
	contest->check.target = &contest->operands[target];
	contest->check.report = report;
	contest->check.arg = arg;
	return vdev_check_run(&contest->check);
}

static int count_failure(const struct vdev_check *check, const struct vdev_finding *finding)
{
	struct tried *tried = check->arg;

	if (finding->result != VDEV_RESULT_FAIL)
		return 0;
	tried->failures++;
	if (finding->field >= VDEV_FIELD_DEVICE_API && finding->field <= VDEV_FIELD_TYPE)
		tried->foreign++;
	return 0;
}

static const struct tried *try_target(struct contest *contest, size_t source, size_t target)
{
	struct tried *tried = &contest->tried[target];

	if (tried->verdict)
		return tried;
	contest_judge(contest, source, target, count_failure, tried);
	tried->verdict = contest->check.verdict;
	tried->rank = contest->check.rank;
	return tried;
}

/* What lacks less is nearer to one that would do. */
static int compare_tried(const struct tried *a, const struct tried *b)
{
	int difference = vdev_compare(a->verdict, b->verdict);

	if (!difference && a->verdict > VDEV_VERDICT_UNDECLARED)
		difference = vdev_compare(a->foreign, b->foreign) ?:
			     vdev_compare(a->failures, b->failures);
	return difference ? difference :
			    vdev_rank_compare(a->verdict, &a->rank, b->verdict, &b->rank);
}

static void find_best(struct contest *contest, size_t source, struct best *best)
{
	const struct entries *targets = &contest->targets;
	const struct tried *tried;
	size_t i;

	memset(contest->tried, 0, contest->num_operands * sizeof(*contest->tried));
	for (i = 0; i < targets->num; i++) {
		const struct entry *target = &targets->list[i];
		struct best *on_host = &best[target->host];

		tried = try_target(contest, source, target->number);
		if (!on_host->verdict ||
		    compare_tried(tried, &contest->tried[on_host->target->number]) < 0)
			*on_host = (struct best){ .verdict = tried->verdict, .target = target };
	}
}

const struct best *contest_best(struct contest *contest, size_t source)
{
	struct best *best = contest->best[source];

	if (best)
		return best;
	best = calloc(contest->targets.num_hosts + 1, sizeof(*best));
	if (best)
		find_best(contest, source, best);
	contest->best[source] = best;
	return best;
}
