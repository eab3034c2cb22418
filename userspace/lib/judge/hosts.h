/* SPDX-License-Identifier: LGPL-2.1 */
/* The endpoints of all hosts, put together by model. A host is a document. */
#ifndef VDEV_LIB_HOSTS_H
#define VDEV_LIB_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

#include <vdev/document.h>

/* An endpoint that counts. */
struct member {
	const char *model;
	size_t host;
	/* NULL if it is not reported. */
	const char *handle;
	const struct vdev_declaration *declaration;
};

struct hosts {
	const struct vdev_document *const *documents;
	size_t num;
	/* By model, then by host. */
	struct member *members;
	size_t num_members;
};

/* The members of one model. */
struct group {
	const struct hosts *hosts;
	const struct member *members;
	size_t num;
};

/* That a list of device versions has a name. */
struct mention {
	const char *name;
	const struct member *member;
	unsigned int place;
	/* It can be created and accepted. */
	bool both;
};

/* A version, by its name or by its numbers. */
struct candidate {
	const char *name;
	struct vdev_semver semver;
	/* Of a name: in the order of the members. */
	const struct mention *mentions;
	size_t num_mentions;
	/* How many hosts take it. */
	size_t num_hosts;
};

/* Whether an endpoint takes the version; the candidates' own question. */
typedef bool takes_fn(const struct member *member, const struct candidate *candidate);

/* The versions that hosts have in common: device versions, or those of the state stream. */
struct version_range {
	takes_fn *takes;
	struct candidate *candidates;
	size_t num;
	/* Of all candidates. */
	struct mention *mentions;
	/* What every host takes; NULL if there is none. */
	const struct candidate *oldest;
	const struct candidate *newest;
	/* What most hosts take; NULL if no host reports any. */
	const struct candidate *nearest;
	/* Hosts list these two in different orders; NULL if they do not. */
	const struct candidate *disordered[2];
};

/* Gather the members of the hosts, whose documents are set. Returns 0 or -ENOMEM. */
int hosts_gather(struct hosts *hosts);
void hosts_free(struct hosts *hosts);

/* The group that begins with this member. */
struct group hosts_group(const struct hosts *hosts, size_t first);

/* Whether a host has the model at all, and whether it takes the version. */
bool group_has(const struct group *group, size_t host);
bool group_takes(const struct group *group, size_t host, const struct version_range *range,
		 const struct candidate *candidate);

/* Which candidate most hosts take. */
void range_find_nearest(struct version_range *range);
void range_free(struct version_range *range);

#endif /* VDEV_LIB_HOSTS_H */
