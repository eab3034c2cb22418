// SPDX-License-Identifier: GPL-2.0
/* A file that would stop nova-compute is recognized. */
#include "test.h"
#include "format/nova_file.h"

#define LINE(trait) "        - '" trait "'\n"
#define TEN "ABCDEFGHIJ"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
/* With CUSTOM_ before it, as long as a trait can be. */
#define LONGEST HUNDRED HUNDRED TEN TEN TEN TEN "ABCDEFGH"

static void what_vdev_writes_is_valid(void **state)
{
	(void)state;
	assert_true(nova_file_valid(NOVA_FILE_HEAD NOVA_FILE_NONE));
	assert_true(nova_file_valid(NOVA_FILE_HEAD "\n" LINE("CUSTOM_VDEV_A")));
	assert_true(nova_file_valid(NOVA_FILE_HEAD "\n" LINE("CUSTOM_A") LINE("CUSTOM_A0")
				    LINE("CUSTOM_A_1")));
	assert_true(nova_file_valid(NOVA_FILE_HEAD "\n" LINE("CUSTOM_" LONGEST)));
}

static void what_stops_nova_is_not(void **state)
{
	static const char * const texts[] = {
		"",
		"meta:\n",
		NOVA_FILE_HEAD,
		NOVA_FILE_HEAD "\n",
		NOVA_FILE_HEAD " []",
		NOVA_FILE_HEAD NOVA_FILE_NONE "\n",
		NOVA_FILE_HEAD NOVA_FILE_NONE LINE("CUSTOM_A"),
		NOVA_FILE_HEAD "\n" LINE("HW_CPU_X86_VMX"),
		NOVA_FILE_HEAD "\n" LINE(""),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_a"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_A-B"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_A'"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_\xc3\x84"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_" LONGEST "I"),
		NOVA_FILE_HEAD "\n" "        - CUSTOM_A\n",
		NOVA_FILE_HEAD "\n" "  - 'CUSTOM_A'\n",
		NOVA_FILE_HEAD "\n" "        - 'CUSTOM_A'",
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_A") LINE("CUSTOM_A"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_B") LINE("CUSTOM_A"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_AB") LINE("CUSTOM_A"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_A") "\n" LINE("CUSTOM_B"),
		NOVA_FILE_HEAD "\n" LINE("CUSTOM_A") "    inventories: {}\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (nova_file_valid(texts[i]))
			fail_msg("valid: %s", texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_vdev_writes_is_valid),
		cmocka_unit_test(what_stops_nova_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
