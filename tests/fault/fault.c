// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: fault [-u COMMAND] [-n MOST] write FILE TEXT
 *	  fault ... insmod FILE
 *	  fault ... get|get-absent dev BUS NAME | type PARENT-BUS PARENT NAME
 *	  fault ... dump dev|type [PARENT-BUS PARENT]
 *	  fault ... check|find local|record BUS NAME [BUS NAME]
 *	  fault ... vdpa-add NAME MANAGEMENT-DEVICE
 *
 * Do one operation again and again; the first time its first allocation (or
 * access to the program's memory) in the kernel fails, then its second one,
 * and so on, until it is through without a failure. Each time it must either
 * fail with an errno, and leave nothing behind that readers can see, or do all
 * of it. After a success COMMAND has to bring back what was before. Somebody
 * listens all the time, and is told of each change or of a loss.
 *
 * Needs CONFIG_FAULT_INJECTION with /proc/thread-self/fail-nth, and failslab
 * set up. Prints how many points there were and what came of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/vdev.h>
#include <linux/vdpa.h>

#include "judged.h"
#include "lib/listen.h"

/* Of both kinds of endpoints. */
#define DIGESTS		2
/* Different errnos that are told. */
#define ERRNOS		134

static const char *undo;
static unsigned int most = 5000;
static int fail_nth;
static bool armed, happened;
static int family, vdpa_family;
static struct listener listener = { .fd = -1 };
/* Generation of what was dumped last; 0 if nothing was there. */
static uint64_t snapshot;
static struct nl_request request;
static struct nl_reply reply;
static unsigned char module[4 << 20];
static size_t module_len;
static volatile sig_atomic_t late;

/**
 * struct tally - what came of the attempts
 * @points: allocations that were made to fail
 * @fine: those that the operation survived
 * @errnos: how often each errno was returned
 */
static struct tally {
	unsigned int points;
	unsigned int fine;
	unsigned int errnos[ERRNOS];
} tally;

__attribute__((format(printf, 1, 2)))
static int fail(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "fault: ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n");
	return -1;
}

static int arm(unsigned int number)
{
	char text[16];
	int len = sprintf(text, "%u", number);

	armed = true;
	return write(fail_nth, text, len) == len ? 0 :
	       fail("fail-nth: %s", strerror(errno));
}

/* Did it happen? Reading may fail with what was meant for the operation. */
static bool has_happened(void)
{
	char text[16] = "";

	if (pread(fail_nth, text, sizeof(text) - 1, 0) < 1)
		return false;
	return !atoi(text);
}

/* No more failures. The write may be what fails: then the number is used up. */
static void disarm(void)
{
	if (!armed)
		return;
	happened = has_happened();
	while (write(fail_nth, "0", 1) != 1)
		;
	armed = false;
}

/**
 * struct operation - what is done, and what it works with
 * @name: its name
 * @args: how many arguments it has at least; later, how many there are
 * @begin: opens what may not fail
 * @run: does it; returns 0 or an errno, or -1 if the kernel lied
 * @end: closes what is open
 * @expected: the errno that it returns when nothing fails
 * @arg: the arguments
 * @fd: what is open
 * @digest: what a dump has to give
 */
struct operation {
	const char *name;
	int args;
	int (*begin)(struct operation *operation);
	int (*run)(struct operation *operation);
	void (*end)(const struct operation *operation);
	int expected;
	char **arg;
	int fd;
	uint64_t digest;
};

/* From memory, as reading the file would allocate more than the rest. */
static int read_module(struct operation *operation)
{
	int fd = open(operation->arg[0], O_RDONLY | O_CLOEXEC);
	ssize_t len;

	operation->fd = -1;
	len = fd < 0 ? -1 : read(fd, module, sizeof(module));
	module_len = len;
	close(fd);
	return len <= 0 || module_len == sizeof(module) ?
	       fail("%s: %s", operation->arg[0], strerror(errno)) : 0;
}

static void close_fd(const struct operation *operation)
{
	if (operation->fd >= 0)
		close(operation->fd);
}

/* Opening it may allocate, too. */
static int begin_write(struct operation *operation)
{
	operation->fd = -1;
	return 0;
}

static int run_write(struct operation *operation)
{
	const char *text = operation->arg[1];
	size_t len = strlen(text);

	operation->fd = open(operation->arg[0], O_WRONLY | O_CLOEXEC);
	if (operation->fd < 0)
		return errno;
	if (write(operation->fd, text, len) != (ssize_t)len)
		return errno;
	return 0;
}

static int run_insmod(struct operation *operation)
{
	(void)operation;
	return syscall(SYS_init_module, module, module_len, "") ? errno : 0;
}

static int open_socket(struct operation *operation)
{
	operation->fd = nl_open(4096);
	return operation->fd < 0 ? fail("socket: %s", strerror(errno)) : 0;
}

static bool is_type(const struct operation *operation)
{
	return !strcmp(operation->arg[0], "type");
}

static int run_request(struct operation *operation)
{
	int err = nl_ask(operation->fd, &request, &reply, NULL, NULL);

	return err ? err : reply.error;
}

static int begin_get(struct operation *operation)
{
	static const uint16_t names[2][3] = {
		{ VDEV_A_BUS, VDEV_A_NAME },
		{ VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_NAME },
	};
	int i;

	nl_begin(&request, family, NLM_F_ACK, is_type(operation) ?
		 VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET);
	for (i = 1; i < operation->args; i++)
		nl_string(&request, names[is_type(operation)][i - 1],
			  operation->arg[i]);
	return open_socket(operation);
}

static int begin_vdpa(struct operation *operation)
{
	nl_begin(&request, vdpa_family, NLM_F_ACK, VDPA_CMD_DEV_NEW);
	nl_string(&request, VDPA_ATTR_DEV_NAME, operation->arg[0]);
	nl_string(&request, VDPA_ATTR_MGMTDEV_DEV_NAME, operation->arg[1]);
	return vdpa_family < 0 ? fail("there is no vdpa") : open_socket(operation);
}

/* It is done when the request is sent; the answer must not get lost. */
static int run_command(struct operation *operation)
{
	int err = nl_send(operation->fd, &request) ? errno : 0;

	disarm();
	err = err ? err : nl_receive(operation->fd, &reply, NULL, NULL);
	return err ? err : reply.error;
}

/* A profile for a driver, or for any; a second one of the name takes its place. */
static int begin_profile_set(struct operation *operation)
{
	size_t record, model;

	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_PROFILE_SET);
	nl_string(&request, VDEV_A_PROFILE_NAME, operation->arg[0]);
	nl_string(&request, VDEV_A_PROFILE_DRIVER, operation->arg[1]);
	nl_u32(&request, VDEV_A_PROFILE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	record = nl_nest_begin(&request, VDEV_A_PROFILE_RECORD);
	model = nl_nest_begin(&request, VDEV_A_RECORD_MODEL);
	nl_string(&request, VDEV_A_IDENT_VALUE, operation->arg[2]);
	nl_nest_end(&request, model);
	nl_nest_end(&request, record);
	nl_attr(&request, VDEV_A_PROFILE_REPLACE, NULL, 0);
	return open_socket(operation);
}

static int begin_profile_del(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_PROFILE_DEL);
	nl_string(&request, VDEV_A_PROFILE_NAME, operation->arg[0]);
	return open_socket(operation);
}

static int begin_profile_get(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_PROFILE_GET);
	nl_string(&request, VDEV_A_PROFILE_NAME, operation->arg[0]);
	return open_socket(operation);
}

static int begin_profile_dump(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_PROFILE_GET);
	return open_socket(operation);
}

static uint64_t add_bytes(uint64_t digest, const void *data, size_t len)
{
	const unsigned char *byte = data;

	while (len--)
		digest = (digest ^ *byte++) * 0x100000001b3ULL;
	return digest;
}

/* A sum of all objects, whatever ids and generations they have. */
static void add_object(const struct nlmsghdr *message, void *arg)
{
	const unsigned char *data = NLMSG_DATA(message);
	size_t len = NLMSG_PAYLOAD(message, GENL_HDRLEN);
	uint64_t digest = 0xcbf29ce484222325ULL, *sum = arg;
	const struct nlattr *attr = NULL;

	while ((attr = nl_next(data + GENL_HDRLEN, len, attr))) {
		if (nl_type(attr) > VDEV_A_SNAPSHOT)
			digest = add_bytes(digest, attr, attr->nla_len);
		else if (nl_type(attr) == VDEV_A_SNAPSHOT)
			snapshot = nl_get_u64(attr);
	}
	*sum += digest;
}

static void begin_dump_request(bool types, char **parent)
{
	size_t nest;

	nl_begin(&request, family, NLM_F_DUMP,
		 types ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET);
	if (!parent)
		return;
	nest = nl_nest_begin(&request, VDEV_A_FILTER);
	nl_string(&request, VDEV_A_FILTER_PARENT_BUS, parent[0]);
	nl_string(&request, VDEV_A_FILTER_PARENT, parent[1]);
	nl_nest_end(&request, nest);
}

static int dump(int fd, uint64_t *digest)
{
	int err;

	*digest = 0;
	err = nl_ask(fd, &request, &reply, add_object, digest);
	return err ? err : reply.error;
}

/* What the request gives that nobody disturbs. */
static int note_digest(struct operation *operation)
{
	int err;

	if (open_socket(operation))
		return -1;
	err = dump(operation->fd, &operation->digest);
	return err ? fail("a dump: %s", strerror(err)) : 0;
}

static int begin_dump(struct operation *operation)
{
	begin_dump_request(is_type(operation), operation->args > 2 ?
			   operation->arg + 1 : NULL);
	return note_digest(operation);
}

/* The source is named, or its record is taken to be one from another host. */
static int begin_judged(struct operation *operation)
{
	const struct judged judged = {
		.family = family,
		.local = !strcmp(operation->arg[0], "local"),
		.source = operation->arg + 1,
		.target = operation->args > 4 ? operation->arg + 3 : NULL,
	};

	if (judged_request(&request, &judged))
		return fail("there is no such source");
	return note_digest(operation);
}

/* What ends without an error is complete. */
static int run_dump(struct operation *operation)
{
	uint64_t digest;
	int err = dump(operation->fd, &digest);

	if (!err && digest != operation->digest)
		return fail("an answer lacks something, and does not say so");
	return err;
}

static const struct operation operations[] = {
	{ .name = "write", .args = 2, begin_write, run_write, close_fd },
	{ .name = "insmod", .args = 1, read_module, run_insmod, close_fd },
	{ .name = "get", .args = 3, begin_get, run_request, close_fd },
	{ .name = "get-absent", .args = 3, begin_get, run_request, close_fd, ENODEV },
	{ .name = "dump", .args = 1, begin_dump, run_dump, close_fd },
	{ .name = "check", .args = 5, begin_judged, run_dump, close_fd },
	{ .name = "find", .args = 3, begin_judged, run_dump, close_fd },
	{ .name = "profile-set", .args = 3, begin_profile_set, run_command, close_fd },
	{ .name = "profile-del", .args = 1, begin_profile_del, run_command, close_fd },
	{ .name = "profile-get", .args = 1, begin_profile_get, run_request, close_fd },
	{ .name = "profile-dump", .args = 0, begin_profile_dump, run_request, close_fd },
	{ .name = "vdpa-add", .args = 2, begin_vdpa, run_command, close_fd },
};

/* What readers see of everything; nothing if the family is not there. */
static int look(uint64_t *digests)
{
	int fd = nl_open(0), i, err = 0;

	if (fd < 0)
		return fail("socket: %s", strerror(errno));
	family = nl_resolve(fd, VDEV_FAMILY_NAME);
	snapshot = 0;
	for (i = 0; i < DIGESTS; i++) {
		digests[i] = 0;
		begin_dump_request(i, NULL);
		err = err || family < 0 ? err : dump(fd, &digests[i]);
	}
	close(fd);
	return err ? fail("a dump: %s", strerror(err)) : 0;
}

static bool same(const uint64_t *a, const uint64_t *b)
{
	return !memcmp(a, b, DIGESTS * sizeof(*a));
}

/* What was told is all that has happened, or the kernel told of a loss. */
static int hear(unsigned int number)
{
	int err;

	if (listener.fd < 0)
		return 0;
	err = listen_all(&listener, NULL, NULL);
	if (err && err != ENOBUFS)
		return fail("failure %u: an event is missing: %s", number,
			    strerror(err));
	if (!err && snapshot && listener.last != snapshot)
		return fail("failure %u: told up to %llu of %llu", number,
			    (unsigned long long)listener.last,
			    (unsigned long long)snapshot);
	if (snapshot)
		listener.last = snapshot;
	return 0;
}

/* Do it with the failure number @number. */
static int attempt(struct operation *operation, unsigned int number)
{
	int err;

	if (operation->begin(operation) || arm(number))
		return -1;
	err = operation->run(operation);
	disarm();
	operation->end(operation);
	return err == operation->expected ? 0 : err;
}

/* As system() does; but only bash keeps functions that are exported. */
static int run_bash(const char *command)
{
	pid_t pid = fork();
	int status = -1;

	if (!pid) {
		execlp("bash", "bash", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return status;
}

static int run_undo(const uint64_t *before, unsigned int number)
{
	uint64_t now[DIGESTS];

	if (undo && *undo && run_bash(undo))
		return fail("after failure %u: %s does not work", number, undo);
	if (look(now))
		return -1;
	return same(before, now) ? 0 :
	       fail("after failure %u: it is not as before, even when undone", number);
}

/* One more failure; returns 1 when there are no more. */
static int step(struct operation *operation, unsigned int number,
		const uint64_t *before)
{
	uint64_t after[DIGESTS];
	int err;

	err = attempt(operation, number);
	if (err < 0)
		return fail("failure %u: see above", number);
	if (err && !happened)
		return fail("it fails by itself: %s", strerror(err));
	if (err && (look(after) || !same(before, after)))
		return fail("failure %u: %s, but something is seen of it", number,
			    strerror(err));
	tally.points += happened;
	tally.fine += happened && !err;
	if (err)
		tally.errnos[err < ERRNOS ? err : ERRNOS - 1]++;
	if (!err && run_undo(before, number))
		return -1;
	if (hear(number))
		return -1;
	return happened ? 0 : 1;
}

static void report(void)
{
	unsigned int i;

	printf("%u points, survived %u", tally.points, tally.fine);
	for (i = 0; i < ERRNOS; i++)
		if (tally.errnos[i])
			printf(", %s %u", strerrorname_np(i), tally.errnos[i]);
	if (listener.events)
		printf(", told of %u changes and %u losses", listener.events,
		       listener.losses);
	printf("\n");
}

/* Where the family is loaded, and stays. */
static int begin_listening(void)
{
	int err = family < 0 ? 0 : listen_open(&listener, 0);

	if (err)
		return fail("group: %s", strerror(err));
	listener.last = snapshot;
	return 0;
}

static int run(struct operation *operation)
{
	uint64_t before[DIGESTS];
	unsigned int number;
	int done = look(before) || begin_listening() ? -1 : 0;

	for (number = 1; !done && !late && number <= most; number++)
		done = step(operation, number, before);
	report();
	if (!done && late)
		return fail("told to stop after %u points", number);
	if (!done)
		return fail("more than %u points", most);
	if (done > 0 && !tally.points)
		return fail("nothing was made to fail");
	return done < 0 ? -1 : 0;
}

static int find_operation(int argc, char **argv, struct operation *operation)
{
	unsigned int i;

	for (i = 0; i < sizeof(operations) / sizeof(*operations); i++) {
		if (argc < 1 || strcmp(argv[0], operations[i].name) ||
		    argc - 1 < operations[i].args)
			continue;
		*operation = operations[i];
		operation->args = argc - 1;
		operation->arg = argv + 1;
		return 0;
	}
	return fail("no such operation; see fault.c");
}

static int prepare(void)
{
	int fd = nl_open(0);

	if (fd < 0)
		return fail("socket: %s", strerror(errno));
	family = nl_resolve(fd, VDEV_FAMILY_NAME);
	vdpa_family = nl_resolve(fd, VDPA_GENL_NAME);
	close(fd);
	fail_nth = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	return fail_nth < 0 ? fail("fail-nth: %s", strerror(errno)) : 0;
}

static void on_term(int unused)
{
	(void)unused;
	late = 1;
}

int main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_term, .sa_flags = SA_RESTART };
	struct operation operation;
	int option;

	while ((option = getopt(argc, argv, "+u:n:")) != -1) {
		if (option == 'u')
			undo = optarg;
		else if (option == 'n')
			most = strtoul(optarg, NULL, 0);
		else
			return 1;
	}
	if (find_operation(argc - optind, argv + optind, &operation) ||
	    prepare())
		return 1;
	sigaction(SIGTERM, &action, NULL);
	return run(&operation) ? 1 : 0;
}
