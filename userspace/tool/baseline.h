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

struct fleet {
	struct document **hosts;
	size_t num;
};

/* A version, by its name or by its numbers. */
struct candidate {
	const char *name;
	struct vdev_semver semver;
	/* How many hosts take it. */
	size_t num_hosts;
};

/* Whether a host takes the version; the candidates' own question. */
typedef bool takes_fn(const struct document *host, const char *model,
		      const struct candidate *candidate);

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
	/* There was no memory. */
	bool broken;
};

struct baseline {
	const char *model;
	struct span versions;
	struct span software;
};

/* Whether the host has the model at all. */
bool baseline_has(const struct document *host, const char *model);

/* The caller calls baseline_free(). */
void baseline_versions(const struct fleet *fleet, const char *model, struct span *span);
void baseline_software(const struct fleet *fleet, const char *model, struct span *span);
void baseline_free(struct span *span);

/* The models of all hosts in order, each once; NULL if there is no memory. */
const char **baseline_models(const struct fleet *fleet, size_t *num);

/* For both kinds: endpoints of the model, how many there are of any... */
bool baseline_is_of(const struct endpoint *endpoint, const char *model);
size_t baseline_endpoints(const struct fleet *fleet);

/* ... how many hosts take each candidate, and which one most of them take. */
void baseline_count(const struct fleet *fleet, const char *model, struct span *span);

/* out_baseline.c: the JSON is NULL if there is no memory. */
void baseline_print(const struct fleet *fleet, const struct baseline *baseline);
json_t *baseline_json(const struct fleet *fleet, const struct baseline *baseline);

#endif /* VDEVCTL_BASELINE_H */
