/* SPDX-License-Identifier: GPL-2.0 */
/* Sides as endpoints of the simulator. */
#ifndef CONTROL_H
#define CONTROL_H

#include "../../kernel/model/check.h"

/* Do a command of the simulator; ends the program if it is rejected. */
void control_do(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for a command that ends with the facts of a side. */
void control_facts(const struct vdev_operand *operand, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif /* CONTROL_H */
