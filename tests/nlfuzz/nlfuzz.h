/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the fuzzer share: an input is what is done in one step,
 * that is a datagram, the socket it goes to, and how much of the answer is read.
 */
#ifndef _NLFUZZ_H
#define _NLFUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "../kselftest/lib/nl.h"
#include "../kselftest/lib/random.h"
#include "table.h"

#define SOCKETS		8
#define BATCH		64
#define HEADERS		(NLMSG_HDRLEN + GENL_HDRLEN)

enum action {
	READ_ALL,	/* until there is no more */
	READ_SOME,	/* the rest stays for the next input of that socket */
	READ_CLOSE,	/* then close the socket, whatever it still does */
	NUM_ACTIONS,
};

struct input {
	unsigned int socket;
	enum action action;
	unsigned int reads;
	struct nl_request datagram;
};

/* live.c: answers of the kernel, for values that exist */
struct live {
	const struct table_set *set;
	size_t len;
	unsigned char data[1024];
};

void live_refresh(int fd, uint16_t family);
const struct live *live_pick(struct random *random);
const struct nlattr *live_find(const struct live *live,
			       const struct table_attr *attr);

/* build.c: requests that keep the specification */
void build_request(struct random *random, uint16_t family,
		   struct nl_request *request);
void build_attr(struct random *random, const struct live *live,
		const struct table_attr *attr, struct nl_request *request);
const struct table_attr *build_any(struct random *random);

/* mutate.c: and what does not */
void mutate(struct random *random, uint16_t family, struct nl_request *request);

/* edit.c: a datagram as messages and attributes, and changing its length */
struct spot {
	size_t at;
	int parent;
};

struct view {
	size_t start;
	size_t end;
	unsigned int num;
	struct spot spots[128];
};

bool view_message(struct view *view, const struct nl_request *datagram,
		  unsigned int number);
unsigned int count_messages(const struct nl_request *datagram);
bool splice(struct nl_request *datagram, const struct view *view, int parent,
	    size_t at, size_t old_len, const void *bytes, size_t new_len);
struct nlattr *attr_at(struct nl_request *datagram, size_t at);

/* check.c: an answer of the family keeps the specification, too */
const char *check_message(const struct nlmsghdr *message);

/* run.c: do it */
struct totals {
	unsigned long inputs;
	unsigned long messages;
	unsigned long replies;
	unsigned long done;
	unsigned long closed;
	unsigned long errors[256];
	const char *broken;
};

extern struct totals totals;
int run_start(uint16_t family);
void run_input(const struct input *input);

/* cover.c: is there anything that was never seen before? */
void cover_start(bool use_kcov);
void cover_begin(void);
bool cover_end(void);
void cover_signal(uint64_t signal);
void cover_report(const char *pcs);

/* corpus.c: inputs that reached something new */
void corpus_add(const struct input *input);
bool corpus_pick(struct random *random, struct nl_request *datagram);
unsigned int corpus_size(void);

/* journal.c: what was done last, and what the kernel said of it */
void journal_start(const char *dir, uint16_t family);
void journal_batch(const struct input *inputs, unsigned int num,
		   unsigned long first);
void journal_keep(const char *name);
int journal_replay(const char *path, uint16_t family);
const char *kernel_trouble(void);

#endif /* _NLFUZZ_H */
