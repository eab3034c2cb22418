// SPDX-License-Identifier: GPL-2.0
/*
 * Who changes: commands to the simulator, chosen at random. A command may change
 * many endpoints or none, and may be rejected: how much it changed is known from
 * the generation.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "follow.h"
#include "lib/sim.h"

#define DEVICES	120
#define TYPES	8
#define GROUPS	4

/* Two stay, so that no dump is empty: only then it has a generation. */
int writer_begin(void)
{
	int err = sim_do("reset");

	if (!err)
		err = sim_do("parent add gpu i915-gvtg");
	if (!err)
		err = sim_do("parent add nic plain");
	if (!err)
		err = sim_do("type add nic anchor device-api=vdpa-net migration=supported");
	if (!err)
		err = sim_do("dev add anchor parent=nic -- migration=supported");
	return err ? fail("the simulator: %s", strerror(errno)) : 0;
}

/* A few facts, each of another field; a * becomes a digit. */
static void facts(struct random *random, char *text, size_t size)
{
	static const char *const forms[] = {
		"migration=supported", "migration=undeclared", "model=m*",
		"blocker=b*,reason=busy", "-blocker", "param=p*,value=u64:7", "-param",
		"feature=f,supported=*", "driver=d*", "info=i*,value=u64:1", "-info", "cost=*",
		"software-version=1.*.0",
	};
	unsigned int i, num = 1 + random_below(random, 3);
	char *star = text;

	text[0] = '\0';
	for (i = 0; i < num; i++) {
		strncat(text, " ", size - strlen(text) - 1);
		strncat(text, forms[random_below(random, sizeof(forms) / sizeof(*forms))],
			size - strlen(text) - 1);
	}
	while ((star = strchr(star, '*')))
		*star = '0' + random_below(random, 9);
}

static int change_device(struct random *random, const char *words)
{
	unsigned int number = random_below(random, DEVICES);
	unsigned int group = number % GROUPS;

	switch (random_below(random, 12)) {
	case 0:
		return sim_do("dev add d%u_%u parent=gpu type=i915-GVTg_V5_8", group, number);
	case 1 ... 3:
		return sim_do("dev add d%u_%u parent=nic --%s", group, number, words);
	case 4:
		return sim_do("dev del d%u_%u", group, number);
	case 5:
		return sim_do("dev del d%u_*%u", group, number % 10);
	case 6 ... 7:
		return sim_do("dev set d%u_* %s", group, words);
	case 8:
		return sim_do("dev set d* %s", words);
	default:
		return sim_do("dev set d%u_%u %s", group, number, words);
	}
}

static int change_type(struct random *random, const char *words)
{
	unsigned int number = random_below(random, TYPES);

	switch (random_below(random, 5)) {
	case 0:
		return sim_do("type add nic t%u device-api=vdpa-net%s", number, words);
	case 1:
		return sim_do("type del nic t%u", number);
	case 2:
		return sim_do("type set gpu * info=i,value=u64:%u", number);
	default:
		return sim_do("type set nic t%u %s", number, words);
	}
}

/* What cannot be done at the moment, or fails for want of memory, is no change. */
static bool may_be_rejected(int error)
{
	return error == ENODEV || error == EEXIST || error == ENOSPC || error == EBUSY ||
	       error == ENOENT || error == ENOMEM;
}

int writer_change(struct random *random)
{
	char words[256];
	int err;

	facts(random, words, sizeof(words));
	err = random_one_in(random, 8) ? change_type(random, words) :
					 change_device(random, words);
	if (err && !may_be_rejected(errno))
		return fail("the simulator rejects '%s': %s", words, strerror(errno));
	return 0;
}
