// SPDX-License-Identifier: GPL-2.0
/*
 * What the fuzz targets share: the tool as a function, what must hold for all
 * that it prints, and replacements of some calls (--wrap): nothing waits or goes on
 * for ever, no file is read, nothing is logged, the alarm is libFuzzer's, and what lies
 * behind a datagram in the buffer is out of bounds.
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>
#include <sanitizer/asan_interface.h>

#include <vdev/vdev.h>

#include "netlink/poller.h"
#include "netlink/transport.h"
#include "fuzz.h"
#include "cli/command.h"

#define ATTEMPTS 2

static const char some_document[] = "{\"format\":\"vdev\",\"format-version\":1,\"endpoints\":"
	"[{\"kind\":\"device\",\"migration\":\"supported\",\"record\":"
	"{\"model\":{\"value\":\"m\"},\"versions\":{\"list\":[{\"name\":\"v\"}]}}}]}";

struct input fuzz_input = { (const uint8_t *)some_document, sizeof(some_document) - 1 };

/* main() of the tool, renamed by the Makefile. */
int vdevctl_main(int argc, char **argv);

int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left);
char *__wrap_input_read(const struct command *command, const char *name, size_t *size);
struct vdev_sock *__wrap_vdev_sock_new(void);
struct vdev_sock *__real_vdev_sock_new(void);
int __wrap_vdev_transport_recv(struct vdev_transport *transport, void *buffer, size_t size,
			       int timeout, struct datagram *datagram);
int __real_vdev_transport_recv(struct vdev_transport *transport, void *buffer, size_t size,
			       int timeout, struct datagram *datagram);

int __wrap_cmd_monitor(const struct command *command, const struct options *options, int argc,
		       char **argv);
void __wrap_deadline_begin(unsigned int seconds, const char *text, int status);
int __wrap_vdev_provisioner_set_sysfs(struct vdev_provisioner *provisioner, const char *folder);
int __real_vdev_provisioner_set_sysfs(struct vdev_provisioner *provisioner, const char *folder);
void __wrap_deadline_end(void);
void __wrap_syslog(int priority, const char *format, ...);
void __wrap_vdev_poller_pause(struct poller *poller, unsigned int milliseconds);
void __real_vdev_poller_pause(struct poller *poller, unsigned int milliseconds);

void broken(const char *what, const char *text)
{
	dprintf(STDERR_FILENO, "broken: %s\n%s%s", what, text ? text : "", text ? "\n" : "");
	abort();
}

uint8_t take_byte(struct input *input)
{
	if (!input->size)
		return 0;
	input->size--;
	return *input->data++;
}

uint16_t take_u16(struct input *input)
{
	uint16_t low = take_byte(input);

	return (uint16_t)(low | take_byte(input) << 8);
}

uint32_t take_u32(struct input *input)
{
	uint32_t low = take_u16(input);

	return low | (uint32_t)take_u16(input) << 16;
}

/* Length of the character at @text; 0 if it is none. */
static size_t character(const unsigned char *text, size_t size, uint32_t *code)
{
	size_t len = text[0] < 0x80 ? 1 : text[0] < 0xc2 ? 0 : text[0] < 0xe0 ? 2 :
		text[0] < 0xf0 ? 3 : text[0] < 0xf5 ? 4 : 0;
	size_t i;

	if (!len || len > size)
		return 0;
	*code = len == 1 ? text[0] : text[0] & (0x7fU >> len);
	for (i = 1; i < len; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (text[i] & 0x3f);
	}
	if ((len == 3 && *code < 0x800) || (len == 4 && *code < 0x10000) || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return len;
}

void must_be_printable(const char *text, size_t size)
{
	const char *pos = text;
	uint32_t code = 0;
	size_t len;

	for (; size; pos += len, size -= len) {
		len = character((const unsigned char *)pos, size, &code);
		MUST(len, text);
		MUST(code >= 0x20 || code == '\n', text);
		MUST(code < 0x7f || code >= 0xa0, text);
		MUST(code < 0x202a || code > 0x202e, text);
		MUST(code < 0x2066 || code > 0x2069, text);
	}
}

void must_be_json(const char *text, size_t size)
{
	json_error_t error;
	json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);

	if (!json)
		broken(error.text, text);
	json_decref(json);
}

/* One of several endpoints that cannot be read harms no other. */
static bool has_endpoints(char **argv)
{
	static const char *const words[] = { "record", "baseline", "export", "check", "find",
					     "annotate" };
	size_t i;

	for (; *argv; argv++)
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (strcmp(*argv, words[i]) == 0)
				return true;
	return false;
}

/* What a command that succeeds says of an answer: what is not known, or why it is empty. */
static bool is_warning(const char *text)
{
	return strstr(text, " not known") || strstr(text, ": no bridge is loaded; ") ||
	       strstr(text, ": a device could be created for it: ");
}

static void check_printed(const struct printed *printed, char **argv)
{
	bool failed = printed->status == 1 || printed->status >= 4;
	bool partial = printed->status == 1 && has_endpoints(argv);

	MUST(printed->status >= 0 && printed->status <= 6, printed->err);
	must_be_printable(printed->err, printed->err_size);
	MUST(!failed || partial || !printed->out_size, printed->out);
	MUST(!failed || printed->err_size, printed->out);
	/* Without a failure these are warnings. */
	if (printed->err_size) {
		MUST(strncmp(printed->err, "vdevctl: ", 9) == 0, printed->err);
		MUST(printed->err[printed->err_size - 1] == '\n', printed->err);
		MUST(failed || has_endpoints(argv) || is_warning(printed->err), printed->err);
	}
}

void run_vdevctl(int argc, char **argv, struct printed *printed)
{
	FILE *old_out = stdout, *old_err = stderr;

	stdout = open_memstream(&printed->out, &printed->out_size);
	stderr = open_memstream(&printed->err, &printed->err_size);
	if (!stdout || !stderr)
		abort();
	optind = 0;
	/* It closes its stdout. */
	printed->status = vdevctl_main(argc, argv);
	fclose(stderr);
	stdout = old_out;
	stderr = old_err;
	check_printed(printed, argv);
}

void printed_free(struct printed *printed)
{
	free(printed->out);
	free(printed->err);
}

int __wrap_nanosleep(const struct timespec *wanted, struct timespec *left)
{
	(void)wanted;
	(void)left;
	return 0;
}

char *__wrap_input_read(const struct command *command, const char *name, size_t *size)
{
	char *text = malloc(fuzz_input.size + 1);

	(void)command;
	(void)name;
	if (!text)
		abort();
	memcpy(text, fuzz_input.data, fuzz_input.size);
	text[fuzz_input.size] = '\0';
	*size = fuzz_input.size;
	return text;
}

/* It would go on until it is stopped; fuzz_event.c has what it does. */
int __wrap_cmd_monitor(const struct command *command, const struct options *options, int argc,
		       char **argv)
{
	(void)command;
	(void)options;
	(void)argc;
	(void)argv;
	return EXIT_DONE;
}

/* Nothing of this host is read, and nothing of it is changed. */
int __wrap_vdev_provisioner_set_sysfs(struct vdev_provisioner *provisioner, const char *folder)
{
	(void)folder;
	return __real_vdev_provisioner_set_sysfs(provisioner, "/proc/self/fd/none");
}

void __wrap_deadline_begin(unsigned int seconds, const char *text, int status)
{
	(void)seconds;
	(void)text;
	(void)status;
}

void __wrap_deadline_end(void)
{
}

void __wrap_syslog(int priority, const char *format, ...)
{
	(void)priority;
	(void)format;
}

void __wrap_vdev_poller_pause(struct poller *poller, unsigned int milliseconds)
{
	(void)milliseconds;
	__real_vdev_poller_pause(poller, 0);
}

struct vdev_sock *__wrap_vdev_sock_new(void)
{
	struct vdev_sock *sock = __real_vdev_sock_new();

	if (sock)
		vdev_sock_set_attempts(sock, ATTEMPTS);
	return sock;
}

int __wrap_vdev_transport_recv(struct vdev_transport *transport, void *buffer, size_t size,
			       int timeout, struct datagram *datagram)
{
	int err;

	__asan_unpoison_memory_region(buffer, size);
	err = __real_vdev_transport_recv(transport, buffer, size, timeout, datagram);
	if (!err)
		__asan_poison_memory_region((char *)buffer + datagram->len, size - datagram->len);
	return err;
}
