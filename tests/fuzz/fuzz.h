/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fuzz targets share. A target that finds something wrong which the
 * sanitizers would not see calls broken().
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <linux/netlink.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Say what is broken, with what was printed if that is to blame, and abort. */
void broken(const char *what, const char *text) __attribute__((noreturn));
#define MUST(condition, text) ((condition) ? (void)0 : broken(#condition, (text)))

/* The next byte of the input; 0 after its end. */
struct input {
	const uint8_t *data;
	size_t size;
};

/* What is in every file, and on the standard input; some document by default. */
extern struct input fuzz_input;

uint8_t take_byte(struct input *input);
uint16_t take_u16(struct input *input);
uint32_t take_u32(struct input *input);

/* Valid UTF-8, and of the control characters only line feeds. */
void must_be_printable(const char *text, size_t size);

/* One JSON value and a line feed or nothing. */
void must_be_json(const char *text, size_t size);

/* Check, decode and print a message, which lies in memory of its very size. */
void check_message(const struct nlmsghdr *nlh);

struct printed {
	int status;
	char *out;
	char *err;
	size_t out_size;
	size_t err_size;
};

/*
 * Run all of vdevctl, and check what holds for every run: results alone on
 * stdout, nothing there after a failure, the exit status. The caller calls
 * printed_free().
 */
void run_vdevctl(int argc, char **argv, struct printed *printed);
void printed_free(struct printed *printed);

#endif /* FUZZ_H */
