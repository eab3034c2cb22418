/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Which endpoints of other hosts can load a state, the best first, by what these hosts
 * exported: the search of vdev_find() without asking a kernel, as a scheduler needs it.
 */
#ifndef VDEV_RANKING_H
#define VDEV_RANKING_H

#include <stddef.h>

#include <vdev/check.h>
#include <vdev/document.h>

#ifdef __cplusplus
extern "C" {
#endif

struct vdev_ranking;

/**
 * struct vdev_ranked - an endpoint with its place; may grow at its end
 * @judgement: whether it can load the state; of equal endpoints it is the same
 * @host: index of the host
 * @endpoint: index of the endpoint in what the host exported
 */
struct vdev_ranked {
	const struct vdev_judgement *judgement;
	size_t host;
	size_t endpoint;
};

/**
 * vdev_ranking_new() - judge all endpoints of some hosts
 * @source: of the endpoint whose state is to be loaded
 * @hosts: what each host exported; must outlive the ranking
 * @num: length of @hosts
 * @at_least: the worst verdict that is of interest, enum vdev_verdict; 0 for all
 * @ranking: where to put the ranking, which the caller frees with vdev_ranking_free(); NULL
 *	after a failure
 *
 * Each is judged as vdev_judge() does, those that declare the same once. They are ordered by
 * verdict, by rank, by host, and by their place in what it exported.
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_ranking_new(const struct vdev_declaration *source,
		     const struct vdev_document *const *hosts, size_t num, uint32_t at_least,
		     struct vdev_ranking **ranking);

/**
 * vdev_ranking_free() - free a ranking and all that was got from it
 * @ranking: the ranking; may be NULL
 */
void vdev_ranking_free(struct vdev_ranking *ranking);

/**
 * vdev_ranking_num() - how many endpoints have a place
 * @ranking: the ranking
 *
 * Return: the number.
 */
size_t vdev_ranking_num(const struct vdev_ranking *ranking);

/**
 * vdev_ranking_get() - the endpoint at a place
 * @ranking: the ranking
 * @place: from 0, which is the best, to vdev_ranking_num() - 1
 *
 * Return: the endpoint, which belongs to the ranking; NULL if there is none at that place.
 */
const struct vdev_ranked *vdev_ranking_get(const struct vdev_ranking *ranking, size_t place);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_RANKING_H */
