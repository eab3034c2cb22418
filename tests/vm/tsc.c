// SPDX-License-Identifier: GPL-2.0
/*
 * Print the rate of this machine's time stamp counter in kHz, as the guest's
 * kernel wants it told where it cannot measure it itself: an emulated processor
 * shows the counter of the host, but has it measured against an emulated timer,
 * which a busy host makes wrong by any factor.
 */
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

#define TRIES 32

struct moment {
	int64_t ns;
	uint64_t ticks;
};

static int64_t now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC_RAW, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* Of several, the one in which the two were read nearest to each other. */
static struct moment take(void)
{
	struct moment best = { 0 };
	int64_t width = INT64_MAX;
	int i;

	for (i = 0; i < TRIES; i++) {
		int64_t before = now_ns();
		uint64_t ticks = __rdtsc();
		int64_t after = now_ns();

		if (after - before >= width)
			continue;
		width = after - before;
		best = (struct moment){ .ns = before + width / 2, .ticks = ticks };
	}
	return best;
}

int main(void)
{
	const struct timespec pause = { .tv_nsec = 100000000 };
	struct moment start = take(), end;

	nanosleep(&pause, NULL);
	end = take();
	printf("%.0f\n", (double)(end.ticks - start.ticks) * 1e6 / (double)(end.ns - start.ns));
	return 0;
}
