// SPDX-License-Identifier: LGPL-2.1
/*
 * The search over what other hosts exported. Declarations that are equal are equal bytes: they
 * are sorted by them, so that each is judged once, and shares its judgement with the rest.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/ranking.h>

#include "internal.h"
#include "judgement.h"
#include "model/declaration.h"

struct vdev_ranking {
	struct vdev_ranked *ranked;
	size_t num;
	/* Each once. */
	struct vdev_judgement **judgements;
	size_t num_judgements;
};

struct target {
	struct vdev_ranked ranked;
	const struct vdev_declaration *declaration;
};

static int compare_bytes(const struct vdev_declaration *a, const struct vdev_declaration *b)
{
	return vdev_compare(a->len, b->len) ?: memcmp(a->attrs, b->attrs, a->len);
}

static int compare_declared(const void *left, const void *right)
{
	return compare_bytes(((const struct target *)left)->declaration,
			     ((const struct target *)right)->declaration);
}

static int compare_ranked(const void *left, const void *right)
{
	const struct vdev_ranked *a = left, *b = right;

	return vdev_rank_compare(a->judgement->verdict, &a->judgement->rank,
				 b->judgement->verdict, &b->judgement->rank) ?:
	       vdev_compare(a->host, b->host) ?:
	       vdev_compare(a->endpoint, b->endpoint);
}

static size_t count(const struct vdev_document *const *hosts, size_t num)
{
	size_t i, total = 0;

	for (i = 0; i < num; i++)
		total += vdev_document_num_endpoints(hosts[i]);
	return total;
}

static void list(const struct vdev_document *const *hosts, size_t num, struct target *target)
{
	size_t host, endpoint;

	for (host = 0; host < num; host++)
		for (endpoint = 0; endpoint < vdev_document_num_endpoints(hosts[host]); endpoint++)
			*target++ = (struct target){
				.ranked = { .host = host, .endpoint = endpoint },
				.declaration = vdev_document_declaration(hosts[host], endpoint),
			};
}

static int judge(const struct vdev_declaration *source, struct target *targets, size_t num,
		 uint32_t at_least, struct vdev_ranking *ranking)
{
	struct vdev_judgement *judgement = NULL;
	size_t i;

	for (i = 0; i < num; i++) {
		if (!i || compare_declared(&targets[i - 1], &targets[i])) {
			judgement = vdev_judge(source, targets[i].declaration);
			if (!judgement)
				return -ENOMEM;
			ranking->judgements[ranking->num_judgements++] = judgement;
		}
		targets[i].ranked.judgement = judgement;
		if (!at_least || judgement->verdict <= at_least)
			ranking->ranked[ranking->num++] = targets[i].ranked;
	}
	qsort(ranking->ranked, ranking->num, sizeof(*ranking->ranked), compare_ranked);
	return 0;
}

static int fill(const struct vdev_declaration *source, const struct vdev_document *const *hosts,
		size_t num_hosts, uint32_t at_least, struct vdev_ranking *ranking)
{
	size_t num = count(hosts, num_hosts);
	struct target *targets = calloc(num + 1, sizeof(*targets));
	int err = -ENOMEM;

	ranking->ranked = calloc(num + 1, sizeof(*ranking->ranked));
	ranking->judgements = calloc(num + 1, sizeof(struct vdev_judgement *));
	if (targets && ranking->ranked && ranking->judgements) {
		list(hosts, num_hosts, targets);
		qsort(targets, num, sizeof(*targets), compare_declared);
		err = judge(source, targets, num, at_least, ranking);
	}
	free(targets);
	return err;
}

VDEV_API int vdev_ranking_new(const struct vdev_declaration *source,
			      const struct vdev_document *const *hosts, size_t num,
			      uint32_t at_least, struct vdev_ranking **ranking)
{
	struct vdev_ranking *new = calloc(1, sizeof(*new));
	int err = new ? fill(source, hosts, num, at_least, new) : -ENOMEM;

	*ranking = NULL;
	if (!err)
		*ranking = new;
	else
		vdev_ranking_free(new);
	return err;
}

VDEV_API void vdev_ranking_free(struct vdev_ranking *ranking)
{
	if (!ranking)
		return;
	while (ranking->num_judgements)
		vdev_judgement_free(ranking->judgements[--ranking->num_judgements]);
	free(ranking->judgements);
	free(ranking->ranked);
	free(ranking);
}

VDEV_API size_t vdev_ranking_num(const struct vdev_ranking *ranking)
{
	return ranking->num;
}

VDEV_API const struct vdev_ranked *vdev_ranking_get(const struct vdev_ranking *ranking,
						    size_t place)
{
	return place < ranking->num ? &ranking->ranked[place] : NULL;
}
