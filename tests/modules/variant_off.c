// SPDX-License-Identifier: GPL-2.0
/*
 * The variant driver in a kernel without vdev: of the same source, and it does not need
 * vdev to be loaded.
 */
#undef CONFIG_VDEV_MODULE

#include "variant_declare.c"
#include "variant_state.c"
#include "move.c"
#include "variant.c"
