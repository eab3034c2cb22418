// SPDX-License-Identifier: GPL-2.0
/* Reading what several hosts exported. */
#include <stdlib.h>

#include "cli/complain.h"
#include "cli/naming.h"
#include "cli/progress.h"
#include "exports.h"
#include "operand.h"

static bool took_stdin(const struct exports *exports)
{
	size_t i;

	for (i = 0; i < exports->num; i++)
		if (naming_is_stdin(exports->documents[i]->name))
			return true;
	return false;
}

static int read_host(const struct command *command, const char *word, const char *whole,
		     struct exports *exports)
{
	const char *handle = NULL;
	struct document *host;
	int status;

	if (naming_is_stdin(word) && took_stdin(exports))
		return complain_usage(command, STDIN_TWICE, word);
	host = operand_read(command, word, &handle, &status);
	if (!host)
		return status;
	exports->documents[exports->num] = host;
	exports->contents[exports->num] = host->content;
	exports->labels[exports->num] = document_label(host->name);
	exports->num++;
	if (handle)
		return complain_usage(command, "%s: %s", word, whole);
	document_report(command, host, CONSEQUENCE("not judged"));
	return EXIT_DONE;
}

int exports_read(const struct command *command, int num, char **words, const char *whole,
	       struct exports *exports)
{
	int status = EXIT_DONE;
	int i;

	*exports = (struct exports){
		.documents = calloc((size_t)num, sizeof(struct document *)),
		.contents = calloc((size_t)num, sizeof(struct vdev_document *)),
		.labels = calloc((size_t)num, sizeof(char *)),
	};
	if (!exports->documents || !exports->contents || !exports->labels)
		return complain_memory(command);
	progress_begin("reading", (size_t)num);
	for (i = 0; i < num && !status; i++) {
		progress_step();
		status = read_host(command, words[i], whole, exports);
	}
	progress_end();
	return status;
}

void exports_free(struct exports *exports)
{
	while (exports->num)
		document_free(exports->documents[--exports->num]);
	free(exports->documents);
	free(exports->contents);
	free(exports->labels);
}
