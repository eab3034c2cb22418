/* SPDX-License-Identifier: GPL-2.0 */
/* Text of others as text of a page of HTML, in an element or a quoted attribute. */
#ifndef VDEVCTL_HTML_H
#define VDEVCTL_HTML_H

#include <stdio.h>

/* Nothing in it is markup, and every control character and invalid byte is made visible. */
void html_text(FILE *file, const char *text);
void html_text_len(FILE *file, const char *text, size_t len);

#endif /* VDEVCTL_HTML_H */
