/* SPDX-License-Identifier: GPL-2.0 */
/* Traits for placement services. */
#ifndef VDEVCTL_EXPORT_TRAITS_H
#define VDEVCTL_EXPORT_TRAITS_H

#include "export.h"

extern const struct export_form export_traits;

#endif /* VDEVCTL_EXPORT_TRAITS_H */
