// SPDX-License-Identifier: GPL-2.0
/* Judging two sides with one parameter each. */
#include "test.h"

#include "expect_param.h"

struct vdev_param from_param, to_param;

void params(uint32_t type)
{
	from_param = (struct vdev_param){ .name = "p", .type = type };
	to_param = from_param;
	from.params = &from_param;
	from.num_params = 1;
	to.params = &to_param;
	to.num_params = 1;
}

void expect_param(uint32_t code)
{
	expect(VDEV_FIELD_PARAM, "p", code);
}
