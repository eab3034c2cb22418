/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What ask.c sends to serve.c: this, with the files that are open and the folder to be
 * in, and then the words of argv and of the environment, each with its zero.
 */
#ifndef VDEV_TEST_SERVE_H
#define VDEV_TEST_SERVE_H

#include <stddef.h>

#define REQUEST_FILES 4
#define REQUEST_WORDS 4096
#define REQUEST_TEXT (256 << 10)

struct request {
	/* A bit for each of the first three files. */
	unsigned int open;
	int argc, envc;
	size_t length;
};

#endif
