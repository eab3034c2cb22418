// SPDX-License-Identifier: GPL-2.0
/*
 * The migration through VFIO, as the variant driver has it: no object can be a part of two
 * modules.
 */
#include "move.c"
