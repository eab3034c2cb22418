// SPDX-License-Identifier: GPL-2.0
/*
 * The presets: which hardware a parent can resemble, in the words of commands.
 *
 * i915-gvtg is a GPU of the ninth generation that is cut in eighths: a type
 * takes one, two, four or all of them, as the mdev types of that driver do.
 * State of one type can be loaded by another if the totals agree, which the
 * accepted types and resplit say. The size of the state follows from the
 * graphics memory: 8 bytes for each page of it, the registers (2 MiB), the
 * configuration space.
 *
 * vfio-ap is the matrix device of s390: what can be assigned to it are sets
 * of 256 adapters, domains and control domains.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "sim.h"

static const char *const no_words[] = { NULL };
static const struct sim_template no_types[] = { { } };

#define GVTG	"i915-GVTg_V5_"
#define GVTG_1	",accept=" GVTG "1"
#define GVTG_2	",accept=" GVTG "2"
#define GVTG_4	",accept=" GVTG "4"
#define GVTG_8	",accept=" GVTG "8"

static const char *const gvtg_type_words[] = {
	"driver=i915",
	"migration=supported",
	"capabilities=stop-copy+dirty-tracking",
	"device-api=vfio-pci",
	"software-version=1.0.0",
	"version=gvtg-1.0,flags=accept",
	"version=gvtg-1.1,flags=create+accept+default",
	"param=pci-id,rule=equal,origin=inherited,value=string:8086:5912",
	"aggregation=gvtg-eighth,resplit=true",
	"info=fence,value=u64:4",
	NULL
};

static const char *const gvtg_1_words[] = {
	"type=" GVTG "1" GVTG_2 GVTG_4 GVTG_8,
	"aggregation=gvtg-eighth,units=8,count=1,limit=1",
	"cost=7340288,downtime=60000",
	"info=low-gm-size,value=u64:536870912",
	"info=high-gm-size,value=u64:2147483648",
	"info=weight,value=u64:16",
	"info=resolution,value=string:1920x1200",
	NULL
};

static const char *const gvtg_2_words[] = {
	"type=" GVTG "2" GVTG_4 GVTG_8 GVTG_1,
	"aggregation=gvtg-eighth,units=4,count=1,limit=2",
	"cost=4718848,downtime=50000",
	"info=low-gm-size,value=u64:268435456",
	"info=high-gm-size,value=u64:1073741824",
	"info=weight,value=u64:8",
	"info=resolution,value=string:1920x1200",
	NULL
};

static const char *const gvtg_4_words[] = {
	"type=" GVTG "4" GVTG_8 GVTG_2 GVTG_1,
	"aggregation=gvtg-eighth,units=2,count=1,limit=4",
	"cost=3408128,downtime=45000",
	"info=low-gm-size,value=u64:134217728",
	"info=high-gm-size,value=u64:536870912",
	"info=weight,value=u64:4",
	"info=resolution,value=string:1920x1200",
	NULL
};

static const char *const gvtg_8_words[] = {
	"type=" GVTG "8" GVTG_4 GVTG_2 GVTG_1,
	"aggregation=gvtg-eighth,units=1,count=1,limit=8",
	"cost=3014912,downtime=40000",
	"info=low-gm-size,value=u64:67108864",
	"info=high-gm-size,value=u64:402653184",
	"info=weight,value=u64:2",
	"info=resolution,value=string:1024x768",
	NULL
};

static const char *const gvtg_device_words[] = {
	"bound-driver=intel_vgpu_mdev",
	NULL
};

static const struct sim_template gvtg_types[] = {
	{ GVTG "1", gvtg_1_words },
	{ GVTG "2", gvtg_2_words },
	{ GVTG "4", gvtg_4_words },
	{ GVTG "8", gvtg_8_words },
	{ }
};

/* A host with ten adapters, sixteen domains and as many control domains. */
static const char *const ap_type_words[] = {
	"driver=vfio_ap",
	"device-api=vfio-ap",
	"feature=adapters,supported=3ff/256",
	"feature=domains,supported=ffff/256",
	"feature=control-domains,supported=ffff/256",
	NULL
};

/* Nothing is assigned to a new device. */
static const char *const ap_device_words[] = {
	"bound-driver=vfio_ap_mdev",
	"feature=adapters,provisioned=0/256",
	"feature=domains,provisioned=0/256",
	"feature=control-domains,provisioned=0/256",
	NULL
};

static const struct sim_template ap_types[] = {
	{ "vfio_ap-passthrough", no_words },
	{ }
};

static const struct sim_preset presets[] = {
	{
		.name = "plain",
		.type_words = no_words,
		.types = no_types,
		.device_words = no_words,
	}, {
		.name = "i915-gvtg",
		.total = 8,
		.type_words = gvtg_type_words,
		.types = gvtg_types,
		.device_words = gvtg_device_words,
	}, {
		.name = "vfio-ap",
		.type_words = ap_type_words,
		.types = ap_types,
		.device_words = ap_device_words,
	},
};

const struct sim_preset *sim_preset_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(presets); i++) {
		if (!strcmp(presets[i].name, name))
			return &presets[i];
	}
	return NULL;
}
