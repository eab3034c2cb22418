// SPDX-License-Identifier: GPL-2.0
/* The XML of a domain from anywhere, and what an administrator wants. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/deadline.h"
#include "cli/domain.h"
#include "cli/policy.h"
#include "test.h"

#define UUID "c2177883-f1bb-47f0-914d-32a22e3a8804"
#define DEVICES(inner) "<domain><devices>" inner "</devices></domain>"

static struct domain domain;

static void assert_devices(const char *text, const char *expected)
{
	struct vdev_error error = { 0 };
	char names[512] = "";
	unsigned int i;

	assert_int_equal(domain_read(&domain, text, strlen(text), &error), 0);
	for (i = 0; i < domain.num_devices; i++) {
		strcat(names, domain.devices[i].name);
		strcat(names, " ");
		assert_null(domain.devices[i].declaration);
	}
	assert_string_equal(names, expected);
	domain_free(&domain);
}

static void assert_rejected(const char *text, const char *message)
{
	struct vdev_error error = { 0 };

	assert_int_equal(domain_read(&domain, text, strlen(text), &error), -EINVAL);
	assert_string_equal(error.message, message);
	domain_free(&domain);
}

static void devices_are_found_by_what_names_them(void **state)
{
	(void)state;
	assert_devices("<domain/>", "");
	assert_devices(DEVICES("<interface type='network'/><disk type='file'/>"
			       "<hostdev type='usb'/><hostdev type='scsi'/>"), "");
	assert_devices(DEVICES("<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>"
			       "<disk type='vhostvdpa'><source dev='/dev/vhost-vdpa-1'/></disk>"),
		       "/dev/vhost-vdpa-0 /dev/vhost-vdpa-1 ");
	assert_devices(DEVICES("<hostdev type='mdev'><source><address uuid='" UUID "'/></source>"
			       "</hostdev>"), UUID " ");
	assert_devices(DEVICES("<hostdev type='pci'><source><address domain='0x1' bus='0xff'"
			       " slot='0x1f' function='0x7'/></source></hostdev>"
			       "<interface type='hostdev'><source><address type='pci' bus='1'"
			       " slot='0' function='2'/></source></interface>"),
		       "0001:ff:1f.7 0000:01:00.2 ");
}

/* What is there and has no name that makes sense must not be overlooked. */
static void a_device_without_a_name_is_one(void **state)
{
	(void)state;
	assert_devices(DEVICES("<interface type='vdpa'/><hostdev type='mdev'/>"
			       "<hostdev type='pci'/>"), "? ? ? ");
	assert_devices(DEVICES("<hostdev type='pci'><source><address domain='0' bus='256' slot='0'"
			       " function='0'/></source></hostdev>"), "? ");
	assert_devices(DEVICES("<hostdev type='pci'><source><address domain='0' bus='0x' slot='0'"
			       " function='0'/></source></hostdev>"), "? ");
}

static void what_is_no_domain_is_rejected(void **state)
{
	static const char malformed[] = "the XML is not well-formed, or has a document type";

	(void)state;
	assert_rejected("", "there is no XML");
	assert_rejected("x", malformed);
	assert_rejected("<domain>", malformed);
	assert_rejected("<network/>", "the XML is not of a domain");
	assert_rejected("<!DOCTYPE domain SYSTEM 'http://example.com/x'><domain/>", malformed);
	assert_rejected("<!DOCTYPE domain [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
			"<domain>&a;</domain>", malformed);
	assert_rejected("<domain>&undefined;</domain>", malformed);
	assert_rejected("<domain>\xff</domain>", malformed);
	assert_devices("<?xml version='1.0' encoding='x'?><domain/>", "");
}

/* In another encoding, as libxml2 would find out. */
static void wide_characters_are_rejected(void **state)
{
	static const char wide[] = "<\0d\0o\0m\0a\0i\0n\0/\0>";
	struct vdev_error error = { 0 };

	(void)state;
	assert_int_equal(domain_read(&domain, wide, sizeof(wide), &error), -EINVAL);
	assert_string_equal(error.message, "the XML is not well-formed, or has a document type");
	domain_free(&domain);
}

static void nests_and_numbers_are_bounded(void **state)
{
	static char text[1 << 20];
	struct vdev_error error = { 0 };
	char *pos = text;
	unsigned int i;

	(void)state;
	for (i = 0; i < 100000; i++)
		pos = stpcpy(pos, "<a>");
	assert_rejected(text, "the XML is not well-formed, or has a document type");
	pos = stpcpy(text, "<domain><devices>");
	for (i = 0; i <= DOMAIN_DEVICES_MAX; i++)
		pos = stpcpy(pos, "<hostdev type='mdev'/>");
	stpcpy(pos, "</devices></domain>");
	assert_rejected(text, "more than 256 devices");
	assert_int_equal(domain_read(&domain, text, DOMAIN_SIZE_MAX + 1, &error), -EINVAL);
	assert_string_equal(error.message, "the XML is larger than 4 MiB");
}

#define ENDPOINT(attributes, inner) "<endpoint " attributes ">" inner "</endpoint>"
/* Devices first, as in no XML of libvirt: the order of the parts does not matter. */
#define METADATA(inner) "<domain><devices><hostdev type='mdev'/><hostdev type='mdev'/></devices>" \
	"<metadata><endpoints xmlns='" DOMAIN_NAME_SPACE "'>" inner "</endpoints></metadata></domain>"

/* Of no device: by a number that it has not, that is none, or that a word has no room for. */
static void an_endpoint_names_a_device_of_the_domain(void **state)
{
	static const char *const wrong[] = {
		METADATA(ENDPOINT("device='2'", "")), METADATA(ENDPOINT("device='-1'", "")),
		METADATA(ENDPOINT("device='4294967296'", "")), METADATA(ENDPOINT("device=''", "")),
		METADATA(ENDPOINT("device='18446744073709551616'", "")),
		METADATA(ENDPOINT("device='0x'", "")), METADATA(ENDPOINT("handle='mdev/a'", "")),
		METADATA(ENDPOINT("device='0000000000000000000000000000000000000000'", "")),
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(wrong); i++)
		assert_rejected(wrong[i], "metadata: an endpoint is of no device of the domain");
}

static void an_endpoint_has_a_token(void **state)
{
	(void)state;
	assert_rejected(METADATA(ENDPOINT("device='1'", "")),
			"metadata: device 1 has no token");
	assert_rejected(METADATA(ENDPOINT("device='1'", "<other>vdev1.</other>")),
			"metadata: device 1 has no token");
	assert_rejected(METADATA(ENDPOINT("device='1'", "<token/>")),
			"metadata: device 1: not a token: it does not begin with vdev1.");
}

/* As large as the XML can be, and as deep. */
static void a_huge_token_is_rejected(void **state)
{
	static char text[DOMAIN_SIZE_MAX];
	static const char end[] = "</token></endpoint></endpoints></metadata></domain>";
	struct vdev_error error = { 0 };
	char *pos;

	(void)state;
	pos = stpcpy(text, "<domain><devices><hostdev type='mdev'/></devices><metadata>"
			   "<endpoints xmlns='" DOMAIN_NAME_SPACE "'><endpoint device='0'><token>vdev1.");
	memset(pos, 'A', sizeof(text) - sizeof(end) - (size_t)(pos - text));
	strcpy(text + sizeof(text) - sizeof(end), end);
	assert_int_equal(domain_read(&domain, text, sizeof(text) - 1, &error), -EINVAL);
	assert_memory_equal(error.message, "metadata: device 0: ", 20);
	domain_free(&domain);
}

/* What is annotated is read again as it was. */
static void an_annotation_is_read_again(void **state)
{
	static const char text[] = DEVICES("<hostdev type='mdev'/><hostdev type='mdev'/>");
	const char *handles[] = { NULL, "mdev/<&'\">" };
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED,
	};
	struct vdev_error error = { 0 };
	char *element, *whole = NULL;

	(void)state;
	assert_int_equal(domain_read(&domain, text, strlen(text), &error), 0);
	assert_int_equal(vdev_declaration_new(&draft, sizeof(draft),
					      &domain.devices[1].declaration, &error), 0);
	element = domain_annotation(&domain, handles);
	domain_free(&domain);
	assert_true(asprintf(&whole, "<domain><devices><hostdev type='mdev'/><hostdev type='mdev'/>"
			     "</devices><metadata><x:endpoints xmlns:x='urn:x'/>%s</metadata></domain>",
			     element) > 0);
	assert_int_equal(domain_read(&domain, whole, strlen(whole), &error), 0);
	assert_null(domain.devices[0].declaration);
	assert_non_null(domain.devices[1].declaration);
	domain_free(&domain);
	free(element);
	free(whole);
}

static int read_policy(const char *text, struct policy *policy)
{
	static const struct command command = { .object = "test" };
	char name[] = "/tmp/vdev.XXXXXX";
	int fd = mkstemp(name);
	FILE *old = stderr;
	int status;

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	stderr = fopen("/dev/null", "w");
	status = policy_read(&command, name, policy);
	fclose(stderr);
	stderr = old;
	unlink(name);
	return status;
}

static void a_policy_says_what_is_refused(void **state)
{
	static const char *const wrong[] = {
		"undeclared", "undeclared = yes", "undeclared refuse", "other = allow", "= allow",
		"undeclared = ", "undeclared = allow refuse",
	};
	struct policy policy;
	size_t i;

	(void)state;
	assert_int_equal(policy_read(NULL, "/does/not/exist", &policy), EXIT_DONE);
	assert_false(policy.undeclared || policy.missing);
	assert_true(policy.unanswered);
	assert_int_equal(read_policy("# none\n\n", &policy), EXIT_DONE);
	assert_false(policy.undeclared);
	assert_int_equal(read_policy(" undeclared=refuse # always\nmissing = refuse\r\n"
				     "unanswered = allow", &policy), EXIT_DONE);
	assert_true(policy.undeclared && policy.missing);
	assert_false(policy.unanswered);
	for (i = 0; i < TEST_ARRAY_SIZE(wrong); i++)
		assert_int_equal(read_policy(wrong[i], &policy), EXIT_ERROR);
}

/* Status of a process that waits although it has a second. */
static int status_of_late(bool changed)
{
	pid_t pid = fork();
	sigset_t all;
	int status;

	if (pid == 0) {
		close(STDERR_FILENO);
		sigfillset(&all);
		sigprocmask(SIG_SETMASK, &all, NULL);
		deadline_begin(1, "late\n", 7);
		if (changed)
			deadline_set_status(8);
		for (;;)
			pause();
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void what_waits_for_ever_ends(void **state)
{
	(void)state;
	assert_int_equal(status_of_late(false), 7);
	assert_int_equal(status_of_late(true), 8);
	deadline_begin(1, "late\n", 7);
	deadline_end();
	assert_int_equal(alarm(0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(devices_are_found_by_what_names_them),
		cmocka_unit_test(a_device_without_a_name_is_one),
		cmocka_unit_test(what_is_no_domain_is_rejected),
		cmocka_unit_test(wide_characters_are_rejected),
		cmocka_unit_test(nests_and_numbers_are_bounded),
		cmocka_unit_test(an_endpoint_names_a_device_of_the_domain),
		cmocka_unit_test(an_endpoint_has_a_token),
		cmocka_unit_test(a_huge_token_is_rejected),
		cmocka_unit_test(an_annotation_is_read_again),
		cmocka_unit_test(a_policy_says_what_is_refused),
		cmocka_unit_test(what_waits_for_ever_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
