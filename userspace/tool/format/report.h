/* SPDX-License-Identifier: GPL-2.0 */
/* What a document has that this version does not know. */
#ifndef VDEVCTL_REPORT_H
#define VDEVCTL_REPORT_H

#include "document.h"

/*
 * What becomes of what is not known: of the keys of a document beside its list, of those
 * of an endpoint, and of words and whatever is in a token.
 */
struct consequence {
	const char *top;
	const char *keys;
	const char *words;
};

/* The same of all. */
#define CONSEQUENCE(text) (&(const struct consequence){ (text), (text), (text) })

/* Report on stderr what is not known, and what becomes of it. */
void document_report(const struct command *command, const struct document *document,
		     const struct consequence *consequence);

#endif /* VDEVCTL_REPORT_H */
