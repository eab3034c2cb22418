/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * libvdev: reads the migration capability of the devices of this host, and of
 * the types that could be created on it, from the kernel's vdev family, and
 * judges whether one can load the state of another.
 *
 * The library prints nothing and never ends the process.
 */
#ifndef VDEV_VDEV_H
#define VDEV_VDEV_H

#include <vdev/baseline.h>
#include <vdev/call.h>
#include <vdev/ceiling.h>
#include <vdev/check.h>
#include <vdev/declaration.h>
#include <vdev/dev_stats.h>
#include <vdev/document.h>
#include <vdev/error.h>
#include <vdev/matrix.h>
#include <vdev/monitor.h>
#include <vdev/names.h>
#include <vdev/object.h>
#include <vdev/parent.h>
#include <vdev/plan.h>
#include <vdev/profile.h>
#include <vdev/profile_document.h>
#include <vdev/provision.h>
#include <vdev/ranking.h>
#include <vdev/record.h>
#include <vdev/request.h>
#include <vdev/sock.h>
#include <vdev/stats.h>
#include <vdev/version.h>

#endif /* VDEV_VDEV_H */
