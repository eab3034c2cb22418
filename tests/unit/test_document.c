// SPDX-License-Identifier: GPL-2.0
/* Documents, what hosts have in common, and which endpoint suits a source best. */
#include "test.h"

#define DEVICE(handle, model, queues) \
	"{\"kind\": \"device\", \"handle\": \"" handle "\", \"migration\": \"supported\"," \
	" \"record\": {\"model\": {\"value\": \"" model "\"}, \"params\": [{\"name\":" \
	" \"queues\", \"value-type\": \"u64\", \"rule\": \"at-least\", \"value\": {\"u64\": " \
	#queues "}}]}}"
#define DOCUMENT(endpoints) \
	"{\"format\": \"vdev\", \"format-version\": 1, \"endpoints\": [" endpoints "]}"

static struct vdev_document *parse(const char *text)
{
	struct vdev_error error = { 0 };
	struct vdev_document *document;
	int err = vdev_document_parse(text, strlen(text), &document, &error);

	assert_string_equal(error.message, "");
	assert_int_equal(err, 0);
	return document;
}

static void assert_rejected(const char *text, int err, const char *message)
{
	struct vdev_document *document = (struct vdev_document *)text;
	struct vdev_error error = { 0 };

	assert_int_equal(vdev_document_parse(text, strlen(text), &document, &error), err);
	assert_null(document);
	assert_int_equal(error.type, VDEV_ERROR_LOCAL);
	assert_int_equal(error.code, -err);
	assert_string_equal(error.message, message);
	assert_int_equal(vdev_document_parse(text, strlen(text), &document, NULL), err);
}

static char *write(const struct vdev_document *document, enum vdev_form form, uint32_t flags)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	assert_int_equal(vdev_document_write(document, form, flags, file), 0);
	fclose(file);
	return text;
}

static void labels_say_when_they_expire(void **state)
{
	struct vdev_document *document = parse(DOCUMENT(DEVICE("a/b", "m", 1)));
	char *text;

	(void)state;
	text = write(document, VDEV_FORM_NFD, 0);
	assert_null(strstr(text, "expiry-time"));
	assert_non_null(strstr(text, "\nvdev.feature.node.kubernetes.io/model.m=true\n"));
	free(text);
	assert_int_equal(vdev_document_set_expiry(document, 253402300800ULL), -EINVAL);
	assert_int_equal(vdev_document_set_expiry(document, 253402300799ULL), 0);
	text = write(document, VDEV_FORM_NFD, 0);
	assert_non_null(strstr(text, "\n# +expiry-time=9999-12-31T23:59:59Z\n"));
	free(text);
	assert_int_equal(vdev_document_set_expiry(document, 0), 0);
	text = write(document, VDEV_FORM_NFD, 0);
	assert_null(strstr(text, "expiry-time"));
	free(text);
	text = write(document, VDEV_FORM_NOVA_PROVIDER, 0);
	assert_non_null(strstr(text, "\n        - 'CUSTOM_VDEV_MODEL_M'\n"));
	free(text);
	vdev_document_free(document);
}

static void a_document_is_read_in_either_form(void **state)
{
	struct vdev_document *document = parse("\xef\xbb\xbf" DOCUMENT(DEVICE("a/b", "m", 1)));
	struct vdev_document *again;
	char *token;

	(void)state;
	assert_int_equal(vdev_document_form(document), VDEV_FORM_JSON);
	assert_int_equal(vdev_document_num_endpoints(document), 1);
	assert_string_equal(vdev_document_handle(document, 0), "a/b");
	assert_null(vdev_document_handle(document, 1));
	assert_null(vdev_document_declaration(document, 1));
	token = write(document, VDEV_FORM_TOKEN, 0);
	again = parse(token);
	assert_int_equal(vdev_document_form(again), VDEV_FORM_TOKEN);
	assert_int_equal(vdev_document_num_endpoints(again), 1);
	assert_null(vdev_document_handle(again, 0));
	vdev_document_free(again);
	vdev_document_free(document);
	free(token);
}

static void what_is_no_document_is_rejected(void **state)
{
	(void)state;
	assert_rejected("", -EINVAL, "empty");
	assert_rejected(" \n\t", -EINVAL, "empty");
	assert_rejected("{", -EINVAL, "line 1, column 1: string or '}' expected near end of file");
	assert_rejected("[]", -EINVAL, "is not an object");
	assert_rejected("{\"format\": \"vdev\", \"format-version\": 1}", -EINVAL,
			"endpoints: is missing");
}

static void an_endpoint_that_cannot_be_read_harms_no_other(void **state)
{
	struct vdev_document *document = parse(DOCUMENT(DEVICE("a/b", "m", -1) ", "
							 DEVICE("c/d", "m", 1)));

	(void)state;
	assert_int_equal(vdev_document_num_endpoints(document), 1);
	assert_string_equal(vdev_document_handle(document, 0), "c/d");
	assert_int_equal(vdev_document_num_rejected(document), 1);
	assert_string_equal(vdev_document_rejected(document, 0),
			    "endpoints[0].record.params[0].value.u64: is negative");
	assert_null(vdev_document_rejected(document, 1));
	vdev_document_free(document);
	document = parse("vdev1.AAAA\nvdev1.BBBB");
	assert_int_equal(vdev_document_num_endpoints(document), 0);
	assert_int_equal(vdev_document_num_rejected(document), 2);
	assert_string_equal(vdev_document_rejected(document, 1),
			    "token 2: damaged token: it is cut short");
	vdev_document_free(document);
}

static void count_unknown(enum vdev_unknown_kind kind, const char *path, void *arg)
{
	static const char *const paths[] = {
		[VDEV_UNKNOWN_DOCUMENT_KEY] = "top",
		[VDEV_UNKNOWN_KEY] = "endpoints[0].inner",
		[VDEV_UNKNOWN_WORD] = "endpoints[0].migration",
	};
	unsigned int *seen = arg;

	assert_string_equal(path, paths[kind]);
	*seen |= 1U << kind;
}

static void what_is_not_known_is_told_and_kept(void **state)
{
	struct vdev_document *document = parse(
		"{\"top\": 1, \"format\": \"vdev\", \"format-version\": 1, \"endpoints\": ["
		"{\"kind\": \"device\", \"migration\": \"perhaps\", \"inner\": [2]}]}");
	struct vdev_unknown **unknown;
	unsigned int seen = 0;
	size_t num;
	char *text;

	(void)state;
	vdev_document_each_unknown(document, count_unknown, &seen);
	assert_int_equal(seen, 1U << VDEV_UNKNOWN_DOCUMENT_KEY | 1U << VDEV_UNKNOWN_KEY |
			       1U << VDEV_UNKNOWN_WORD);
	assert_int_equal(vdev_unknown_list(document, &unknown, &num), 0);
	assert_int_equal(num, 3);
	for (seen = 0; num; num--)
		count_unknown(unknown[num - 1]->kind, unknown[num - 1]->path, &seen);
	assert_int_equal(seen, 1U << VDEV_UNKNOWN_DOCUMENT_KEY | 1U << VDEV_UNKNOWN_KEY |
			       1U << VDEV_UNKNOWN_WORD);
	vdev_unknown_list_free(unknown, 3);
	assert_int_equal(vdev_declaration_num_unknown(vdev_document_declaration(document, 0)), 2);
	text = write(document, VDEV_FORM_JSON, 0);
	assert_non_null(strstr(text, "\"inner\":[2]"));
	assert_non_null(strstr(text, "\"top\":1"));
	assert_non_null(strstr(text, "\"unknown\":[\"migration\"]"));
	vdev_document_free(document);
	free(text);
}

static void a_document_is_made_of_declarations(void **state)
{
	const struct vdev_host host = { .machine = "x86_64", .instance = 7, .snapshot = 9 };
	struct vdev_document *source = parse(DOCUMENT(DEVICE("a/b", "m", 1)));
	const struct vdev_declaration *declaration = vdev_document_declaration(source, 0);
	struct vdev_document *document = vdev_document_new();
	char *text;

	(void)state;
	assert_int_equal(vdev_document_form(document), 0);
	assert_int_equal(vdev_document_add(document, "no handle", declaration), -EINVAL);
	assert_int_equal(vdev_document_add(document, "12", declaration), -EINVAL);
	assert_int_equal(vdev_document_add(document, "x/y/z", declaration), -EINVAL);
	assert_int_equal(vdev_document_add(document, "x/y", declaration), 0);
	assert_int_equal(vdev_document_add(document, "a/b", declaration), 0);
	assert_int_equal(vdev_document_set_host(document, &host, sizeof(host) + 1), -EINVAL);
	assert_int_equal(vdev_document_set_host(document, &host, sizeof(host)), 0);
	vdev_document_free(source);
	text = write(document, VDEV_FORM_JSON, 0);
	assert_non_null(strstr(text, "\"host\":{\"instance\":7,\"machine\":\"x86_64\",\"snapshot\":9}"));
	assert_true(strstr(text, "a/b") < strstr(text, "x/y"));
	free(text);
	text = write(document, VDEV_FORM_JSON, VDEV_WRITE_NO_HOST | VDEV_WRITE_PRETTY);
	assert_null(strstr(text, "x86_64"));
	free(text);
	vdev_document_choose(document, 7);
	assert_int_equal(vdev_document_num_endpoints(document), 2);
	vdev_document_choose(document, 1);
	assert_int_equal(vdev_document_num_endpoints(document), 1);
	assert_string_equal(vdev_document_handle(document, 0), "a/b");
	assert_int_equal(vdev_document_write(document, 0, 0, stdout), -EINVAL);
	assert_int_equal(vdev_document_write(document, VDEV_FORM_NFD + 1, 0, stdout), -EINVAL);
	vdev_document_free(document);
}

static void a_file_that_takes_no_more_is_an_error(void **state)
{
	struct vdev_document *document = parse(DOCUMENT(DEVICE("a/b", "m", 1)));
	FILE *file = fopen("/dev/full", "w");

	(void)state;
	setvbuf(file, NULL, _IONBF, 0);
	assert_int_equal(vdev_document_write(document, VDEV_FORM_JSON, 0, file), -EIO);
	fclose(file);
	vdev_document_free(document);
}

static void hosts_have_a_model_in_common_or_lack_it(void **state)
{
	struct vdev_document *hosts[] = {
		parse(DOCUMENT(DEVICE("a/b", "one", 1) ", " DEVICE("a/c", "two", 1))),
		parse(DOCUMENT(DEVICE("a/b", "one", 1))),
	};
	const struct vdev_baseline_model *model;
	struct vdev_baseline *baseline;

	(void)state;
	assert_int_equal(vdev_baseline_new((const struct vdev_document *const *)hosts, 2,
					   &baseline), 0);
	assert_int_equal(vdev_baseline_num_models(baseline), 2);
	assert_null(vdev_baseline_model(baseline, 2));
	model = vdev_baseline_model(baseline, 0);
	assert_string_equal(model->model, "one");
	assert_true(model->common);
	assert_false(model->unknown);
	assert_false(model->versions.reported);
	model = vdev_baseline_model(baseline, 1);
	assert_string_equal(model->model, "two");
	assert_false(model->common);
	assert_int_equal(model->num_absent, 1);
	assert_int_equal(model->absent[0], 1);
	vdev_baseline_free(baseline);
	vdev_document_free(hosts[0]);
	vdev_document_free(hosts[1]);
}

static void assert_ranked(const struct vdev_ranking *ranking, size_t place, size_t host,
			  size_t endpoint, uint32_t verdict)
{
	const struct vdev_ranked *ranked = vdev_ranking_get(ranking, place);

	assert_int_equal(ranked->host, host);
	assert_int_equal(ranked->endpoint, endpoint);
	assert_int_equal(vdev_judgement_verdict(ranked->judgement), verdict);
}

static void exports_of_other_hosts_are_ranked(void **state)
{
	struct vdev_document *source = parse(DOCUMENT(DEVICE("a/b", "m", 4)));
	struct vdev_document *hosts[] = {
		parse(DOCUMENT(DEVICE("a/b", "m", 2) ", " DEVICE("a/c", "m", 8))),
		parse(DOCUMENT("")),
		parse(DOCUMENT(DEVICE("a/b", "m", 8) ", " DEVICE("a/c", "m", 4))),
	};
	const struct vdev_document *const *exports = (const struct vdev_document *const *)hosts;
	const struct vdev_declaration *wanted = vdev_document_declaration(source, 0);
	struct vdev_ranking *ranking;
	size_t i;

	(void)state;
	assert_int_equal(vdev_ranking_new(wanted, exports, 3, 0, &ranking), 0);
	assert_int_equal(vdev_ranking_num(ranking), 4);
	assert_ranked(ranking, 0, 2, 1, VDEV_VERDICT_IDENTICAL);
	assert_ranked(ranking, 1, 0, 1, VDEV_VERDICT_COMPATIBLE);
	assert_ranked(ranking, 2, 2, 0, VDEV_VERDICT_COMPATIBLE);
	assert_ranked(ranking, 3, 0, 0, VDEV_VERDICT_INCOMPATIBLE);
	assert_null(vdev_ranking_get(ranking, 4));
	/* Those that declare the same were judged once. */
	assert_ptr_equal(vdev_ranking_get(ranking, 1)->judgement,
			 vdev_ranking_get(ranking, 2)->judgement);
	vdev_ranking_free(ranking);
	assert_int_equal(vdev_ranking_new(wanted, exports, 3, VDEV_VERDICT_COMPATIBLE, &ranking), 0);
	assert_int_equal(vdev_ranking_num(ranking), 3);
	vdev_ranking_free(ranking);
	assert_int_equal(vdev_ranking_new(wanted, exports, 0, 0, &ranking), 0);
	assert_int_equal(vdev_ranking_num(ranking), 0);
	vdev_ranking_free(ranking);
	for (i = 0; i < TEST_ARRAY_SIZE(hosts); i++)
		vdev_document_free(hosts[i]);
	vdev_document_free(source);
}

static void profiles_are_read_and_checked(void **state)
{
	static const char good[] = "{\"format\": \"vdev\", \"format-version\": 1, \"profiles\": ["
		"{\"name\": \"p\", \"driver\": \"d\", \"migration\": \"unsupported\"}]}";
	static const char bad[] = "{\"format\": \"vdev\", \"format-version\": 1, \"profiles\": ["
		"{\"name\": \"p\", \"wat\": 1, \"migration\": \"unsupported\"}]}";
	struct vdev_profile_document *document;
	struct vdev_error error = { 0 };

	(void)state;
	assert_int_equal(vdev_profile_document_parse(good, strlen(good), &document, &error), 0);
	assert_int_equal(vdev_profile_document_num(document), 1);
	assert_string_equal(vdev_profile_document_draft(document, 0)->driver, "d");
	assert_null(vdev_profile_document_draft(document, 1));
	vdev_profile_document_free(document);
	assert_int_equal(vdev_profile_document_parse(bad, strlen(bad), &document, &error), -EINVAL);
	assert_null(document);
	assert_string_equal(error.message, "profiles[0].wat: is not a key that this version knows");
	assert_int_equal(vdev_profile_document_parse(" \n", 2, &document, &error), -ENODATA);
	assert_string_equal(error.message, "empty");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_say_when_they_expire),
		cmocka_unit_test(a_document_is_read_in_either_form),
		cmocka_unit_test(what_is_no_document_is_rejected),
		cmocka_unit_test(an_endpoint_that_cannot_be_read_harms_no_other),
		cmocka_unit_test(what_is_not_known_is_told_and_kept),
		cmocka_unit_test(a_document_is_made_of_declarations),
		cmocka_unit_test(a_file_that_takes_no_more_is_an_error),
		cmocka_unit_test(hosts_have_a_model_in_common_or_lack_it),
		cmocka_unit_test(exports_of_other_hosts_are_ranked),
		cmocka_unit_test(profiles_are_read_and_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
