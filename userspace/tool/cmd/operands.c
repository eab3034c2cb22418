// SPDX-License-Identifier: GPL-2.0
/* The list of operands that words of the command line name. */
#include <stdlib.h>

#include "cli/complain.h"
#include "operands.h"

#define FIRST_ROOM 16

static int operands_append(const struct command *command, struct operands *operands,
			   const struct operand *operand)
{
	size_t room = operands->room ? 2 * operands->room : FIRST_ROOM;
	struct operand *list;

	if (operands->num == operands->room) {
		list = reallocarray(operands->list, room, sizeof(*list));
		if (!list)
			return complain_memory(command);
		operands->list = list;
		operands->room = room;
	}
	operands->list[operands->num++] = *operand;
	return EXIT_DONE;
}

static int operands_add_one(const struct command *command, const struct document *document,
			    const char *label, size_t index, struct operands *operands)
{
	struct operand operand = {
		.named = document_endpoint_label(label, document->content, index),
		.declaration = vdev_document_declaration(document->content, index),
	};
	int status;

	if (!operand.named)
		return complain_memory(command);
	operand.label = operand.named;
	status = operands_append(command, operands, &operand);
	if (status)
		free(operand.named);
	return status;
}

static int operands_add_all(const struct command *command, const struct document *document,
			    const char *label, struct operands *operands)
{
	size_t i, num = vdev_document_num_endpoints(document->content);
	int status = EXIT_DONE;

	if (!num)
		return complain(command, "%s: has no endpoint", label);
	if (vdev_document_num_rejected(document->content))
		operands->lacking = true;
	for (i = 0; i < num && !status; i++)
		status = operands_add_one(command, document, label, i, operands);
	return status;
}

int operands_add(const struct command *command, struct vdev_sock *sock,
		 struct document_cache *cache, const char *word, size_t number,
		 struct operands *operands)
{
	char buffer[LABEL_SIZE];
	struct document *document;
	struct operand operand;
	const char *handle, *label;
	size_t index = 0;
	int status = operand_open(command, sock, cache, word, &operand, &document, &handle);

	if (status)
		return status;
	if (!document) {
		operands->live = true;
		if (!sock)
			return complain(command, OPERAND_NOT_OFFLINE, operand.label);
		return operands_append(command, operands, &operand);
	}
	label = document_label_nth(document->name, number, buffer);
	if (!handle)
		return operands_add_all(command, document, label, operands);
	status = operand_choose(command, document, handle, &index);
	return status ? status : operands_add_one(command, document, label, index, operands);
}

void operands_free(struct operands *operands)
{
	while (operands->num)
		operand_free(&operands->list[--operands->num]);
	free(operands->list);
}
