/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Commands to the simulator, for tests in C.
 */
#ifndef _TESTS_SIM_H
#define _TESTS_SIM_H

#include <stdbool.h>

bool sim_present(void);
__attribute__((format(printf, 1, 2))) int sim_do(const char *format, ...);
int sim_make(const char *parent, const char *type, const char *device);
void sim_clean(const char *parent, const char *device);

#endif /* _TESTS_SIM_H */
