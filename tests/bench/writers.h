/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a privileged process does that has to wait for no reader.
 */
#ifndef _TESTS_BENCH_WRITERS_H
#define _TESTS_BENCH_WRITERS_H

/* Most steps of one writer that are measured. */
#define STEPS_MAX	2

/**
 * struct writer - something that is done again and again
 * @name: word for it
 * @steps: words for its steps, each of which is measured
 * @prepare: called once, or NULL
 * @run: does one step
 */
struct writer {
	const char *name;
	const char *steps[STEPS_MAX];
	void (*prepare)(void);
	void (*run)(int step);
};

const struct writer *writer_find(const char *name);

#endif /* _TESTS_BENCH_WRITERS_H */
