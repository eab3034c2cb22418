/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Allocations that fail, and a kernel that answers whatever is asked. The linker
 * puts the functions of scarce.c in the place of the C library's, for the objects of
 * library and tool.
 */
#ifndef SCARCE_H
#define SCARCE_H

#include "message.h"

/* The allocation with this number, counted down, fails; 0 for none. */
extern unsigned int countdown;

/* Those of jansson are counted, too. */
void fail_json(void);

/* A responder. */
void answer(const struct nlmsghdr *request, void *arg);

#endif /* SCARCE_H */
