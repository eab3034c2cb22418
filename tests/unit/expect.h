/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Two sides to judge, and what is expected of it. fresh() is the setup of each
 * test: it leaves two devices that support migration, with empty records.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include "judged.h"

/* The records of the two sides, the sides, and what was found. */
extern struct vdev_record from, to;
extern struct vdev_operand source, target;
extern struct judged judged;

int fresh(void **state);

/* Judge. Both records must be within their bounds, the findings in order. */
void judge(void);

/* Judge; there is this finding, or none if @code is 0. */
const struct vdev_finding *expect(uint32_t field, const char *name, uint32_t code);

/* Judge; this is the verdict. */
void expect_verdict(uint32_t verdict);

/* These texts are the values of the last finding expected; NULL for none. */
void expect_values(const struct vdev_finding *finding, const char *from_text,
		   const char *to_text);

#define EXPECT_TEST(test) cmocka_unit_test_setup(test, fresh)

#endif /* EXPECT_H */
