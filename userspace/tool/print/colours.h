/* SPDX-License-Identifier: GPL-2.0 */
/* Which colour is that of what is printed. */
#ifndef VDEVCTL_COLOURS_H
#define VDEVCTL_COLOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/colour.h"

enum colour colour_of_verdict(uint32_t verdict);
enum colour colour_of_result(uint32_t result);
enum colour colour_of_event(uint32_t type);

/* Of whether an endpoint is migratable. */
enum colour colour_of_migration(uint32_t migration, bool migratable);

#endif /* VDEVCTL_COLOURS_H */
