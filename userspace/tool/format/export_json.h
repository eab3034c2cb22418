/* SPDX-License-Identifier: GPL-2.0 */
/* The canonical JSON document. */
#ifndef VDEVCTL_EXPORT_JSON_H
#define VDEVCTL_EXPORT_JSON_H

#include "export.h"

extern const struct export_form export_json;

#endif /* VDEVCTL_EXPORT_JSON_H */
