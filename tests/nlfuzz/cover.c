// SPDX-License-Identifier: GPL-2.0
/*
 * What was reached: the addresses that KCOV saw this task run in modules that
 * are built for it, and the texts of errors. The same set holds both; only an
 * address counts as one.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <linux/kcov.h>

#include "nlfuzz.h"

#define KCOV		"/sys/kernel/debug/kcov"
#define TRACE_WORDS	(1 << 16)
#define SET_SIZE	(1 << 16)

static uint64_t *trace;
static uint64_t seen[SET_SIZE];
static unsigned int num_seen, num_pcs;
static bool anything_new;

void cover_start(bool use_kcov)
{
	void *map;
	int fd = use_kcov ? open(KCOV, O_RDWR | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	if (ioctl(fd, KCOV_INIT_TRACE, TRACE_WORDS))
		return;
	map = mmap(NULL, TRACE_WORDS * sizeof(*trace), PROT_READ | PROT_WRITE,
		   MAP_SHARED, fd, 0);
	if (map == MAP_FAILED || ioctl(fd, KCOV_ENABLE, KCOV_TRACE_PC))
		return;
	trace = map;
}

/* Returns whether it is new. A set that is full has seen everything. */
static bool insert(uint64_t value)
{
	unsigned int at = (value * 0x9e3779b97f4a7c15) >> 48;

	while (seen[at] && seen[at] != value)
		at = (at + 1) % SET_SIZE;
	if (seen[at] || num_seen > SET_SIZE / 2)
		return false;
	seen[at] = value;
	num_seen++;
	return true;
}

void cover_signal(uint64_t signal)
{
	if (insert(signal >> 1 | 1))
		anything_new = true;
}

void cover_begin(void)
{
	anything_new = false;
	if (trace)
		__atomic_store_n(&trace[0], 0, __ATOMIC_RELAXED);
}

bool cover_end(void)
{
	uint64_t num, i, last = 0;

	if (!trace)
		return anything_new;
	num = __atomic_load_n(&trace[0], __ATOMIC_RELAXED);
	for (i = 1; i <= num && i < TRACE_WORDS; i++) {
		if (trace[i] == last)
			continue;
		last = trace[i];
		if (insert(last)) {
			num_pcs++;
			anything_new = true;
		}
	}
	return anything_new;
}

/* The module of an address; the kernel's addresses have the highest bit set. */
static void print_pc(FILE *out, uint64_t pc)
{
	unsigned long long base;
	char line[512], name[64];
	unsigned long size;
	FILE *modules = fopen("/proc/modules", "re");

	while (modules && fgets(line, sizeof(line), modules)) {
		if (sscanf(line, "%63s %lu %*s %*s %*s %llx", name, &size,
			   &base) == 3 && pc >= base && pc < base + size)
			fprintf(out, "%s %#llx\n", name,
				(unsigned long long)pc - base);
	}
	if (modules)
		fclose(modules);
}

/* Write all addresses to the file @pcs, if that is wanted. */
void cover_report(const char *pcs)
{
	FILE *out = pcs && trace ? fopen(pcs, "we") : NULL;
	unsigned int i;

	if (trace)
		printf("# coverage: %u addresses\n", num_pcs);
	else
		printf("# coverage: none, the kernel has no KCOV\n");
	for (i = 0; out && i < SET_SIZE; i++) {
		if (seen[i] >> 63)
			print_pc(out, seen[i]);
	}
	if (out)
		fclose(out);
}
