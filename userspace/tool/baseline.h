/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What all hosts of a set have in common for a device model: the versions that
 * each host can create and accept, and those of the state stream that each one
 * accepts. A host is a document; only endpoints count that can be migrated.
 */
#ifndef VDEVCTL_BASELINE_H
#define VDEVCTL_BASELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "document.h"

/* An endpoint that counts. */
struct member {
	const char *model;
	size_t host;
	const struct vdev_declaration *declaration;
};

struct fleet {
	struct document **hosts;
	size_t num_hosts;
	/* By model, then by host. */
	struct member *members;
	size_t num_members;
};

/* The members of one model. */
struct group {
	const struct fleet *fleet;
	const struct member *members;
	size_t num;
};

/* A version, by its name or by its numbers. */
struct candidate {
	const char *name;
	struct vdev_semver semver;
	/* How many hosts take it. */
	size_t num_hosts;
};

/* Whether an endpoint takes the version; the candidates' own question. */
typedef bool takes_fn(const struct member *member, const struct candidate *candidate);

/* The answer for one kind of version. */
struct span {
	takes_fn *takes;
	struct candidate *candidates;
	size_t num;
	/* What every host takes; NULL if there is none. */
	const struct candidate *oldest;
	const struct candidate *newest;
	/* What most hosts take; NULL if no host tells any. */
	const struct candidate *nearest;
	/* Hosts list these two in different orders; NULL if they do not. */
	const struct candidate *disordered[2];
};

struct baseline {
	struct group group;
	struct span versions;
	struct span software;
};

/* Gather the members of the hosts. Returns 0 or -ENOMEM. */
int fleet_gather(struct fleet *fleet);
void fleet_free(struct fleet *fleet);

/* The group that begins with this member. */
struct group fleet_group(const struct fleet *fleet, size_t first);

/* Whether a host has the model at all, and whether it takes the version. */
bool group_has(const struct group *group, size_t host);
bool group_takes(const struct group *group, size_t host, const struct span *span,
		 const struct candidate *candidate);

/* For both kinds: how many hosts take each candidate, and which one most do. */
void group_count(const struct group *group, struct span *span);

/* Return 0 or -ENOMEM; in any case the caller frees the candidates. */
int baseline_versions(const struct group *group, struct span *span);
int baseline_software(const struct group *group, struct span *span);

/* out_baseline.c: the JSON is NULL if there is no memory. */
void baseline_print(const struct baseline *baseline);
json_t *baseline_json(const struct baseline *baseline);

#endif /* VDEVCTL_BASELINE_H */
