// SPDX-License-Identifier: GPL-2.0
/*
 * One message that is well formed, with any attribute anywhere: bytes that are
 * mutated blindly seldom keep the lengths of nests right. The input is the
 * command and then attributes: a byte with the type in its lower five bits, where 0
 * is 32, and enum form in the others, and what that form needs.
 */
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include <linux/vdev.h>

#include "fuzz.h"

#define MAX_DEPTH 8
#define MESSAGE_BYTES 32768

enum form {
	U32,
	U64,
	STRING,
	BEGIN_NEST,
	END_NEST,
	RAW,
	EMPTY,
	NUMBERS,
};

struct tree {
	struct nl_msg *msg;
	struct nlattr *nests[MAX_DEPTH];
	unsigned int depth;
};

/* As many bytes as the next byte of the input says, and a NUL at the end. */
static void put_bytes(struct nl_msg *msg, int type, struct input *input, bool string)
{
	size_t len = take_byte(input);
	char bytes[256];

	if (len > input->size)
		len = input->size;
	memcpy(bytes, input->data, len);
	bytes[len] = '\0';
	input->data += len;
	input->size -= len;
	nla_put(msg, type, (int)(len + string), bytes);
}

static void put_numbers(struct nl_msg *msg, int type, struct input *input)
{
	unsigned int i, num = take_byte(input);
	uint64_t words[256];

	/* Long bitmaps are slow to print: one in eight is enough. */
	if (num < 224)
		num %= 8;
	for (i = 0; i < num; i++)
		words[i] = (uint64_t)take_byte(input) << (take_byte(input) & 63);
	nla_put(msg, type, (int)(num * sizeof(words[0])), words);
}

static void put_attribute(struct tree *tree, struct input *input)
{
	uint8_t byte = take_byte(input);
	int type = byte & 31 ? byte & 31 : 32;
	uint64_t number;

	switch ((enum form)(byte >> 5)) {
	case U32:
		nla_put_u32(tree->msg, type, take_u32(input));
		break;
	case U64:
		number = take_u32(input);
		nla_put_u64(tree->msg, type, number << 32 | take_u32(input));
		break;
	case STRING:
		put_bytes(tree->msg, type, input, true);
		break;
	case BEGIN_NEST:
		if (tree->depth < MAX_DEPTH)
			tree->nests[tree->depth++] = nla_nest_start(tree->msg, type);
		break;
	case END_NEST:
		if (tree->depth)
			nla_nest_end(tree->msg, tree->nests[--tree->depth]);
		break;
	case RAW:
		put_bytes(tree->msg, type, input, false);
		break;
	case EMPTY:
		nla_put(tree->msg, type, 0, NULL);
		break;
	case NUMBERS:
		put_numbers(tree->msg, type, input);
		break;
	}
}

/* What a message must have, so that the rest of it is read. */
static void put_needed(struct nl_msg *msg, uint8_t cmd)
{
	if (cmd == VDEV_CMD_STATS_GET)
		return;
	if (cmd >= VDEV_CMD_PROFILE_GET && cmd <= VDEV_CMD_PROFILE_DEL) {
		nla_put_string(msg, VDEV_A_PROFILE_NAME, "n");
		return;
	}
	nla_put_u32(msg, VDEV_A_ID, 1);
	nla_put_string(msg, VDEV_A_BUS, "b");
	nla_put_string(msg, VDEV_A_NAME, "n");
	nla_put_string(msg, VDEV_A_PARENT_BUS, "p");
	nla_put_string(msg, VDEV_A_PARENT, "q");
	nla_put_u32(msg, VDEV_A_ENDPOINT, VDEV_ENDPOINT_KIND_TYPE);
	nla_put_u32(msg, VDEV_A_VERDICT, VDEV_VERDICT_IDENTICAL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tree tree = { .msg = nlmsg_alloc_size(MESSAGE_BYTES) };
	struct input input = { data, size };
	struct nlmsghdr *nlh;
	uint8_t cmd;

	if (!tree.msg)
		abort();
	cmd = take_byte(&input);
	genlmsg_put(tree.msg, 0, 0, 0, 0, 0, cmd, VDEV_FAMILY_VERSION);
	put_needed(tree.msg, cmd);
	while (input.size)
		put_attribute(&tree, &input);
	while (tree.depth)
		nla_nest_end(tree.msg, tree.nests[--tree.depth]);
	/* A copy that ends where it should, for the sanitizers. */
	nlh = malloc(nlmsg_hdr(tree.msg)->nlmsg_len);
	if (!nlh)
		abort();
	memcpy(nlh, nlmsg_hdr(tree.msg), nlmsg_hdr(tree.msg)->nlmsg_len);
	nlmsg_free(tree.msg);
	check_message(nlh);
	free(nlh);
	return 0;
}
