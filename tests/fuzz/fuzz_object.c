// SPDX-License-Identifier: GPL-2.0
/*
 * One message, byte by byte: the input is its command and then its attributes.
 * The message is exactly as large as it says, so that every read behind it is
 * seen. fuzz_tree.c has those whose attributes are well formed.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t len = NLMSG_HDRLEN + GENL_HDRLEN + size - 1;
	struct nlmsghdr *nlh;

	if (!size || size > 0xffff)
		return 0;
	nlh = calloc(1, len);
	if (!nlh)
		abort();
	nlh->nlmsg_len = (uint32_t)len;
	((struct genlmsghdr *)NLMSG_DATA(nlh))->cmd = data[0];
	memcpy((char *)NLMSG_DATA(nlh) + GENL_HDRLEN, data + 1, size - 1);
	check_message(nlh);
	free(nlh);
	return 0;
}
