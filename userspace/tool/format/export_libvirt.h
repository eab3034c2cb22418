/* SPDX-License-Identifier: GPL-2.0 */
/* XML for libvirt. */
#ifndef VDEVCTL_EXPORT_LIBVIRT_H
#define VDEVCTL_EXPORT_LIBVIRT_H

#include "export.h"

extern const struct export_form export_libvirt;

#endif /* VDEVCTL_EXPORT_LIBVIRT_H */
