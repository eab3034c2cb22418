// SPDX-License-Identifier: GPL-2.0
/* Random ceilings, of which a driver need not offer anything: it can have changed since. */
#include <string.h>

#include "made_ceiling.h"

static void limit_versions(struct made_ceiling *made, const struct vdev_record *record,
			   struct random *random)
{
	unsigned int num = record->num_versions;

	if (random_one_in(random, 3))
		return;
	if (num && !random_one_in(random, 4))
		made->ceiling.max_version = record->versions[random_below(random, num)].name;
	else
		made->ceiling.max_version = "v-none";
}

static void limit_features(struct made_ceiling *made, const struct vdev_record *record,
			   struct random *random)
{
	struct vdev_ceiling_feature *feature;
	unsigned int i, j;

	for (i = 0; i < record->num_features; i++) {
		if (random_one_in(random, 2))
			continue;
		feature = &made->features[made->ceiling.num_features];
		feature->name = record->features[i].name;
		feature->mask.words = made->words[made->ceiling.num_features++];
		feature->mask.num_words = (unsigned int)random_below(random, MADE_WORDS + 1);
		for (j = 0; j < feature->mask.num_words; j++)
			made->words[made->ceiling.num_features - 1][j] =
				random_one_in(random, 3) ? UINT64_MAX : random_below(random, 256);
	}
}

static void limit_params(struct made_ceiling *made, const struct vdev_record *record,
			 struct random *random)
{
	struct vdev_ceiling_param *param;
	unsigned int i;

	for (i = 0; i < record->num_params; i++) {
		if (random_one_in(random, 2))
			continue;
		param = &made->params[made->ceiling.num_params++];
		param->name = record->params[i].name;
		param->low = random_below(random, 4);
		param->high = param->low + random_below(random, 4);
	}
}

void made_ceiling(struct made_ceiling *ceiling, struct made *made, struct random *random)
{
	memset(ceiling, 0, sizeof(*ceiling));
	ceiling->ceiling.features = ceiling->features;
	ceiling->ceiling.params = ceiling->params;
	limit_versions(ceiling, &made->record, random);
	limit_features(ceiling, &made->record, random);
	limit_params(ceiling, &made->record, random);
	made->record.ceiling = &ceiling->ceiling;
}
