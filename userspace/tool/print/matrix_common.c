// SPDX-License-Identifier: GPL-2.0
/* What the targets of a matrix have in common for a model, in a few words. */
#include <string.h>

#include "cli/text.h"
#include "matrix.h"

void matrix_common(FILE *file, const struct vdev_common *common)
{
	if (!common->reported) {
		fputs("not reported", file);
	} else if (common->disordered[0]) {
		fputs("none: targets disagree about the order of ", file);
		text_quoted(file, common->disordered[0]);
		fputs(" and ", file);
		text_quoted(file, common->disordered[1]);
	} else if (!common->oldest) {
		fputs("none: nearest ", file);
		text_quoted(file, common->nearest);
		fprintf(file, ", which %zu of the targets cannot take", common->num_in_the_way);
	} else {
		text_quoted(file, common->oldest);
		if (strcmp(common->oldest, common->newest) != 0) {
			fputs(" to ", file);
			text_quoted(file, common->newest);
		}
	}
}
