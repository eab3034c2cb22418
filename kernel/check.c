// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement: whether a target can load a source's state, by the rules that
 * the target publishes. Each field is looked at, whatever was found before; the
 * verdict is that of the worst finding. Pure functions, no locks, also compiled
 * into libvdev. Documentation/compat.rst has the rules in words.
 */
#include "check.h"
#include "parts.h"

/* The longest list of named things that a record has. */
#define NAMES_MAX VDEV_PARAMS_MAX

/* Silence of a driver without a contract contradicts nothing. */
static bool is_declared(const struct vdev_side *side)
{
	return side->migration == VDEV_MIGRATION_SUPPORTED ||
	       side->migration == VDEV_MIGRATION_UNSUPPORTED;
}

static u32 result_of(u32 code)
{
	switch (code) {
	case VDEV_CODE_SAME:
	case VDEV_CODE_ACCEPTED:
		return VDEV_RESULT_OK;
	case VDEV_CODE_IGNORED:
	case VDEV_CODE_NOT_IN_EFFECT:
	case VDEV_CODE_OTHER_MODEL:
		return VDEV_RESULT_SKIPPED;
	case VDEV_CODE_NOT_REPORTED:
	case VDEV_CODE_SOURCE_UNDECLARED:
	case VDEV_CODE_TARGET_UNDECLARED:
		return VDEV_RESULT_NOTE;
	default:
		return VDEV_RESULT_FAIL;
	}
}

/* The verdict if nothing else were found. */
static u32 verdict_of(const struct vdev_finding *finding)
{
	if (finding->result == VDEV_RESULT_FAIL)
		return finding->field <= VDEV_FIELD_BLOCKER ?
		       VDEV_VERDICT_NOT_MIGRATABLE : VDEV_VERDICT_INCOMPATIBLE;

	switch (finding->code) {
	case VDEV_CODE_SOURCE_UNDECLARED:
	case VDEV_CODE_TARGET_UNDECLARED:
		return VDEV_VERDICT_UNDECLARED;
	case VDEV_CODE_ACCEPTED:
	case VDEV_CODE_NOT_REPORTED:
		return VDEV_VERDICT_COMPATIBLE;
	default:
		return VDEV_VERDICT_IDENTICAL;
	}
}

static int tell(struct vdev_check *check, const struct vdev_finding *finding)
{
	check->verdict = max(check->verdict, verdict_of(finding));
	return check->tell(check, finding);
}

static int tell_code(struct vdev_check *check, struct vdev_finding *finding,
		     u32 code)
{
	finding->code = code;
	finding->result = result_of(code);
	return tell(check, finding);
}

/* What becomes of @code if it comes of something that @side did not tell. */
static u32 silent_code(const struct vdev_side *side, u32 code)
{
	if (is_declared(side) || result_of(code) != VDEV_RESULT_FAIL)
		return code;
	return VDEV_CODE_NOT_REPORTED;
}

/* What is found before the values of a field are compared, or 0. */
static u32 early_code(const struct vdev_check *check, u32 rule,
		      bool source_tells, bool target_tells)
{
	if (rule == VDEV_RULE_IGNORE)
		return VDEV_CODE_IGNORED;
	if (!source_tells && !target_tells)
		return VDEV_CODE_SAME;
	if (!source_tells)
		return silent_code(check->source, VDEV_CODE_MISSING);
	if (!target_tells)
		return silent_code(check->target, VDEV_CODE_MISSING);
	return 0;
}

/* A list of named things, in the order of the names. */
struct names {
	const void *list;
	size_t size;
	unsigned int num;
	unsigned int next;
	unsigned char order[NAMES_MAX];
};

static const char *names_at(const struct names *names, unsigned int place)
{
	return vdev_name_at(names->list, names->order[place], names->size);
}

/* The place of @name among the first @num. Most lists are in order already. */
static unsigned int names_place(const struct names *names, unsigned int num,
				const char *name)
{
	unsigned int low = 0, high = num, middle;

	if (!num || strcmp(names_at(names, num - 1), name) < 0)
		return num;
	while (low < high) {
		middle = (low + high) / 2;
		if (strcmp(names_at(names, middle), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void names_sort(struct names *names, const void *list, unsigned int num,
		       size_t size)
{
	unsigned int i, place;

	names->list = list;
	names->size = size;
	names->num = num;
	names->next = 0;
	for (i = 0; i < num; i++) {
		place = names_place(names, i, vdev_name_at(list, i, size));
		if (place < i)
			memmove(&names->order[place + 1], &names->order[place],
				i - place);
		names->order[place] = (unsigned char)i;
	}
}

/* The next thing in order; NULL after the last. */
static const void *names_next(const struct names *names)
{
	if (names->next == names->num)
		return NULL;
	return (const char *)names->list +
	       names->order[names->next] * names->size;
}

/* Take what has the next name of two lists: from one of them or from both. */
static bool names_take(struct names *a, struct names *b, const void **from_a,
		       const void **from_b)
{
	int order = 0;

	*from_a = names_next(a);
	*from_b = names_next(b);
	if (*from_a && *from_b)
		order = strcmp(vdev_name_at(*from_a, 0, 0),
			       vdev_name_at(*from_b, 0, 0));
	if (order > 0)
		*from_a = NULL;
	if (order < 0)
		*from_b = NULL;
	if (*from_a)
		a->next++;
	if (*from_b)
		b->next++;
	return *from_a || *from_b;
}

static struct vdev_value string_value(const char *string)
{
	return (struct vdev_value){
		.kind = string ? VDEV_VALUE_TYPE_STRING : 0,
		.string = string,
	};
}

static int judge_side(struct vdev_check *check, const struct vdev_side *side,
		      u32 unsupported, u32 undeclared)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_MIGRATION };

	if (side->migration == VDEV_MIGRATION_SUPPORTED)
		return 0;
	return tell_code(check, &finding,
			 is_declared(side) ? unsupported : undeclared);
}

static int judge_migration(struct vdev_check *check)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_MIGRATION };

	if (check->source->migration == VDEV_MIGRATION_SUPPORTED &&
	    check->target->migration == VDEV_MIGRATION_SUPPORTED)
		return tell_code(check, &finding, VDEV_CODE_SAME);
	return judge_side(check, check->source, VDEV_CODE_SOURCE_UNSUPPORTED,
			  VDEV_CODE_SOURCE_UNDECLARED) ?:
	       judge_side(check, check->target, VDEV_CODE_TARGET_UNSUPPORTED,
			  VDEV_CODE_TARGET_UNDECLARED);
}

/* A blocker that may go away says nothing about what can be loaded. */
static int judge_blockers(struct vdev_check *check,
			  const struct vdev_side *side, u32 code)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_BLOCKER };
	const struct vdev_blocker *blocker;
	struct names names;
	int err = 0;

	finding.code = code;
	names_sort(&names, side->blockers, side->num_blockers,
		   sizeof(*side->blockers));
	for (; !err && (blocker = names_next(&names)); names.next++) {
		finding.name = blocker->name;
		finding.reason = blocker->reason;
		finding.result = blocker->flags & VDEV_BLOCKER_FLAG_PERMANENT ?
				 VDEV_RESULT_FAIL : VDEV_RESULT_NOTE;
		err = tell(check, &finding);
	}
	return err;
}

static u32 ident_rule(const struct vdev_ident *target, u32 usual)
{
	return target->value ? target->rule ?: usual : 0;
}

/* From 1, the best; 0 if @value is not accepted. */
static unsigned int accepted_place(const struct vdev_ident *target,
				   const char *value)
{
	unsigned int i;

	for (i = 0; i < target->num_accept; i++) {
		if (!strcmp(target->accept[i], value))
			return i + 1;
	}
	return 0;
}

static u32 ident_code(const struct vdev_check *check,
		      const struct vdev_ident *source,
		      const struct vdev_ident *target, u32 rule, u32 otherwise)
{
	u32 code = early_code(check, rule, source->value, target->value);

	if (code)
		return code;
	if (!strcmp(source->value, target->value))
		return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_ONE_OF && accepted_place(target, source->value))
		return VDEV_CODE_ACCEPTED;
	return otherwise;
}

static int tell_ident(struct vdev_check *check, u32 field,
		      const struct vdev_ident *source,
		      const struct vdev_ident *target, u32 rule, u32 code)
{
	struct vdev_finding finding = { .field = field, .rule = rule };

	if (!source->value && !target->value)
		return 0;
	finding.source = string_value(source->value);
	finding.target = string_value(target->value);
	return tell_code(check, &finding, code);
}

static int judge_device_api(struct vdev_check *check)
{
	const struct vdev_ident *source = &check->source->record->device_api;
	const struct vdev_ident *target = &check->target->record->device_api;
	u32 rule = ident_rule(target, VDEV_RULE_EQUAL);

	return tell_ident(check, VDEV_FIELD_DEVICE_API, source, target, rule,
			  ident_code(check, source, target, rule,
				     VDEV_CODE_DEVICE_API));
}

static u32 model_code(const struct vdev_check *check)
{
	const struct vdev_ident *target = &check->target->record->model;

	return ident_code(check, &check->source->record->model, target,
			  ident_rule(target, VDEV_RULE_ONE_OF),
			  VDEV_CODE_MODEL);
}

static int judge_model(struct vdev_check *check)
{
	const struct vdev_ident *source = &check->source->record->model;
	const struct vdev_ident *target = &check->target->record->model;
	u32 code = model_code(check);

	if (code == VDEV_CODE_ACCEPTED)
		check->rank.preference = accepted_place(target, source->value);
	return tell_ident(check, VDEV_FIELD_MODEL, source, target,
			  ident_rule(target, VDEV_RULE_ONE_OF), code);
}

/* A type is a label of the driver: where the target has none, it asks none. */
static int judge_type(struct vdev_check *check)
{
	const struct vdev_ident *source = &check->source->record->type;
	const struct vdev_ident *target = &check->target->record->type;
	u32 rule = ident_rule(target, target->num_accept ? VDEV_RULE_ONE_OF :
							   VDEV_RULE_EQUAL);
	u32 code = VDEV_CODE_NOT_REPORTED;

	if (target->value)
		code = ident_code(check, source, target, rule, VDEV_CODE_TYPE);
	return tell_ident(check, VDEV_FIELD_TYPE, source, target, rule, code);
}

static bool in_ranges(const struct vdev_software_version *target,
		      const struct vdev_semver *version)
{
	const struct vdev_semver_range *range = target->accept;
	unsigned int i;

	for (i = 0; i < target->num_accept; i++, range++) {
		if (vdev_semver_compare(version, &range->from) >= 0 &&
		    (range->open ||
		     vdev_semver_compare(version, &range->to) <= 0))
			return true;
	}
	return false;
}

static u32 semver_code(const struct vdev_semver *source,
		       const struct vdev_software_version *target, u32 rule)
{
	if (!vdev_semver_compare(source, &target->value))
		return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_VERSION_DIFFERS;
	if (in_ranges(target, source))
		return VDEV_CODE_ACCEPTED;
	if (rule == VDEV_RULE_RANGE)
		return VDEV_CODE_VERSION_RANGE;
	if (source->major != target->value.major)
		return VDEV_CODE_VERSION_MAJOR;
	return source->minor <= target->value.minor ? VDEV_CODE_ACCEPTED :
						      VDEV_CODE_VERSION_MINOR;
}

static struct vdev_value
semver_value(char *text, const struct vdev_software_version *version)
{
	if (!version)
		return string_value(NULL);
	scnprintf(text, VDEV_STRING_LEN + 1, "%u.%u.%u", version->value.major,
		  version->value.minor, version->value.bugfix);
	return string_value(text);
}

static int judge_software_version(struct vdev_check *check)
{
	const struct vdev_software_version *source, *target;
	struct vdev_finding finding = { .field = VDEV_FIELD_SOFTWARE_VERSION };

	source = check->source->record->software_version;
	target = check->target->record->software_version;
	if (!source && !target)
		return 0;
	if (target)
		finding.rule = target->rule ?: VDEV_RULE_SEMVER;
	finding.source = semver_value(check->text[0], source);
	finding.target = semver_value(check->text[1], target);
	return tell_code(check, &finding,
			 early_code(check, finding.rule, source, target) ?:
			 semver_code(&source->value, target, finding.rule));
}

/* The device version that a record is in: the current one, or the default. */
static const char *version_in_use(const struct vdev_record *record)
{
	const char *name = NULL;
	unsigned int i;

	for (i = 0; i < record->num_versions; i++) {
		if (record->versions[i].flags & VDEV_VERSION_FLAG_CURRENT)
			return record->versions[i].name;
		if (record->versions[i].flags & VDEV_VERSION_FLAG_DEFAULT)
			name = record->versions[i].name;
	}
	return name;
}

static bool accepts_version(const struct vdev_record *target, const char *name)
{
	unsigned int i;

	for (i = 0; i < target->num_versions; i++) {
		if (!strcmp(target->versions[i].name, name))
			return target->versions[i].flags &
			       VDEV_VERSION_FLAG_ACCEPT;
	}
	return false;
}

static u32 version_code(const char *name, const struct vdev_record *target,
			u32 rule)
{
	const char *own = version_in_use(target);

	if (own && !strcmp(name, own))
		return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_VERSION_DIFFERS;
	return accepts_version(target, name) ? VDEV_CODE_ACCEPTED :
					       VDEV_CODE_VERSION_NOT_ACCEPTED;
}

static int judge_version(struct vdev_check *check)
{
	const struct vdev_record *target = check->target->record;
	struct vdev_finding finding = { .field = VDEV_FIELD_VERSION };
	const char *name = version_in_use(check->source->record);

	finding.source = string_value(name);
	finding.target = string_value(version_in_use(target));
	if (!finding.source.kind && !finding.target.kind)
		return 0;
	if (target->num_versions)
		finding.rule = target->versions_rule ?: VDEV_RULE_ONE_OF;
	return tell_code(check, &finding,
			 early_code(check, finding.rule, name,
				    target->num_versions) ?:
			 version_code(name, target, finding.rule));
}

static struct vdev_bitmap bitmap_of(const u64 *words, unsigned int num)
{
	struct vdev_bitmap bitmap = { 0 };

	while (num && !words[num - 1])
		num--;
	if (num) {
		bitmap.words = words;
		bitmap.num_words = num;
	}
	return bitmap;
}

/*
 * Note what the target lacks and what it requires, which under rule equal is
 * all that it has. Return how many bits it has beyond the source's.
 */
static u32 find_gaps(struct vdev_check *check, struct vdev_finding *finding,
		     const struct vdev_feature *source,
		     const struct vdev_feature *target)
{
	const struct vdev_bitmap *has = vdev_feature_offered(source);
	const struct vdev_bitmap *offered = vdev_feature_offered(target);
	const struct vdev_bitmap *needed = &target->required;
	unsigned int num = max(has->num_words, offered->num_words);
	u32 surplus = 0;
	unsigned int i;

	if (finding->rule == VDEV_RULE_EQUAL)
		needed = offered;
	for (i = 0; i < num; i++) {
		u64 word = vdev_bitmap_word(has, i);

		check->words[0][i] = word & ~vdev_bitmap_word(offered, i);
		check->words[1][i] = vdev_bitmap_word(needed, i) & ~word;
		surplus += hweight64(vdev_bitmap_word(offered, i) & ~word);
	}
	finding->missing = bitmap_of(check->words[0], num);
	finding->unmet = bitmap_of(check->words[1], num);
	return surplus;
}

static u32 feature_code(const struct vdev_finding *finding, u32 surplus)
{
	bool missing = finding->missing.words;

	if (finding->rule == VDEV_RULE_IGNORE)
		return VDEV_CODE_IGNORED;
	if (!missing && !surplus)
		return VDEV_CODE_SAME;
	if (!missing && !finding->unmet.words)
		return VDEV_CODE_ACCEPTED;
	if (finding->rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_FEATURE_DIFFERS;
	return missing ? VDEV_CODE_FEATURE_MISSING :
			 VDEV_CODE_FEATURE_REQUIRED;
}

/* A set that one side does not know is an empty one. */
static int judge_feature(struct vdev_check *check,
			 const struct vdev_feature *source,
			 const struct vdev_feature *target)
{
	static const struct vdev_feature none;
	const struct vdev_feature *has = source ?: &none;
	const struct vdev_feature *offers = target ?: &none;
	struct vdev_finding finding = { .field = VDEV_FIELD_FEATURE };
	u32 surplus, code;

	finding.name = offers->name ?: has->name;
	if (target)
		finding.rule = target->rule ?: VDEV_RULE_SUBSET;
	surplus = find_gaps(check, &finding, has, offers);
	check->rank.surplus += surplus;
	if (!target && !finding.missing.words)
		return 0;

	code = feature_code(&finding, surplus);
	if (!source)
		code = silent_code(check->source, code);
	if (!target)
		code = silent_code(check->target, code);
	return tell_code(check, &finding, code);
}

static int judge_features(struct vdev_check *check)
{
	const struct vdev_record *source = check->source->record;
	const struct vdev_record *target = check->target->record;
	struct names source_names, target_names;
	const void *from, *to;
	int err = 0;

	names_sort(&source_names, source->features, source->num_features,
		   sizeof(*source->features));
	names_sort(&target_names, target->features, target->num_features,
		   sizeof(*target->features));
	while (!err && names_take(&source_names, &target_names, &from, &to))
		err = judge_feature(check, from, to);
	return err;
}

static bool same_value(const struct vdev_value *a, const struct vdev_value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VDEV_VALUE_TYPE_U64:
		return a->u64 == b->u64;
	case VDEV_VALUE_TYPE_STRING:
		return !strcmp(a->string, b->string);
	case VDEV_VALUE_TYPE_BOOL:
		return a->boolean == b->boolean;
	default:
		return false;
	}
}

static bool in_effect(const struct vdev_param *param)
{
	return param->value.kind && !same_value(&param->value, &param->off);
}

static bool is_allowed(const struct vdev_param *param,
		       const struct vdev_value *value)
{
	const struct vdev_allowed *allowed = param->allowed;
	unsigned int i;

	for (i = 0; i < param->num_allowed; i++, allowed++) {
		if (value->kind == VDEV_VALUE_TYPE_U64 &&
		    value->u64 >= allowed->low && value->u64 <= allowed->high)
			return true;
		if (value->kind == VDEV_VALUE_TYPE_STRING &&
		    !strcmp(value->string, allowed->string))
			return true;
	}
	return false;
}

/* What a type is said to have can be chosen for each device made of it. */
static bool is_choosable(const struct vdev_check *check,
			 const struct vdev_param *target)
{
	return check->target->kind == VDEV_ENDPOINT_KIND_TYPE &&
	       target->flags & VDEV_PARAM_FLAG_CONFIGURABLE;
}

static bool is_judged_by_list(const struct vdev_check *check,
			      const struct vdev_param *target, u32 rule)
{
	return rule == VDEV_RULE_ONE_OF || rule == VDEV_RULE_RANGE ||
	       is_choosable(check, target) ||
	       (!target->value.kind && target->num_allowed);
}

/* @value is of the target's kind. */
static u32 value_code(const struct vdev_check *check,
		      const struct vdev_value *value,
		      const struct vdev_param *target, u32 rule)
{
	if (same_value(value, &target->value))
		return VDEV_CODE_SAME;
	if (is_choosable(check, target) && !target->num_allowed)
		return VDEV_CODE_ACCEPTED;
	if (is_judged_by_list(check, target, rule))
		return is_allowed(target, value) ? VDEV_CODE_ACCEPTED :
						   VDEV_CODE_VALUE_NOT_ALLOWED;
	if (!target->value.kind)
		return silent_code(check->target, VDEV_CODE_MISSING);
	if (rule == VDEV_RULE_AT_LEAST)
		return value->u64 < target->value.u64 ? VDEV_CODE_ACCEPTED :
							VDEV_CODE_TOO_SMALL;
	if (rule == VDEV_RULE_AT_MOST)
		return value->u64 > target->value.u64 ? VDEV_CODE_ACCEPTED :
							VDEV_CODE_TOO_LARGE;
	return VDEV_CODE_VALUE_DIFFERS;
}

/*
 * The source has the parameter not in effect, or does not tell it at all, which
 * is the same to a target that has a value for "not in effect" itself.
 */
static u32 off_code(const struct vdev_check *check,
		    const struct vdev_param *source,
		    const struct vdev_param *target, u32 rule)
{
	bool told = source->value.kind == target->kind;
	u32 code = VDEV_CODE_MISSING;

	if (!in_effect(target))
		return same_value(&source->value, &target->value) ?
		       VDEV_CODE_SAME : VDEV_CODE_NOT_IN_EFFECT;
	if (target->off.kind)
		code = value_code(check, &target->off, target, rule);
	else if (told)
		code = value_code(check, &source->value, target, rule);
	else if (is_choosable(check, target))
		code = VDEV_CODE_NOT_IN_EFFECT;
	return told ? code : silent_code(check->source, code);
}

static u32 param_code(const struct vdev_check *check,
		      const struct vdev_param *source,
		      const struct vdev_param *target, u32 rule)
{
	if (!target->kind && in_effect(source))
		return silent_code(check->target, VDEV_CODE_PARAM_UNKNOWN);
	if (!target->kind)
		return VDEV_CODE_NOT_IN_EFFECT;
	if (rule == VDEV_RULE_IGNORE)
		return VDEV_CODE_IGNORED;
	if (!in_effect(source))
		return off_code(check, source, target, rule);
	if (source->kind != target->kind)
		return VDEV_CODE_VALUE_TYPE_DIFFERS;
	return value_code(check, &source->value, target, rule);
}

/* One that a side does not know is of no kind and has no value. */
static int judge_param(struct vdev_check *check,
		       const struct vdev_param *source,
		       const struct vdev_param *target)
{
	static const struct vdev_param none;
	struct vdev_finding finding = { .field = VDEV_FIELD_PARAM };

	source = source ?: &none;
	target = target ?: &none;
	finding.name = target->name ?: source->name;
	if (target->kind)
		finding.rule = target->rule ?: VDEV_RULE_EQUAL;
	finding.source = source->value;
	finding.target = target->value;
	return tell_code(check, &finding,
			 param_code(check, source, target, finding.rule));
}

static int judge_params(struct vdev_check *check)
{
	const struct vdev_record *source = check->source->record;
	const struct vdev_record *target = check->target->record;
	struct vdev_finding finding = { .field = VDEV_FIELD_PARAM };
	struct names source_names, target_names;
	const void *from, *to;
	int err = 0;

	if (!source->num_params && !target->num_params)
		return 0;
	if (result_of(model_code(check)) == VDEV_RESULT_FAIL)
		return tell_code(check, &finding, VDEV_CODE_OTHER_MODEL);

	names_sort(&source_names, source->params, source->num_params,
		   sizeof(*source->params));
	names_sort(&target_names, target->params, target->num_params,
		   sizeof(*target->params));
	while (!err && names_take(&source_names, &target_names, &from, &to))
		err = judge_param(check, from, to);
	return err;
}

static u64 total_units(const struct vdev_aggregation *aggregation)
{
	return (u64)aggregation->units * aggregation->count;
}

/* The count is what can be chosen for a device of the target's type. */
static u32 chosen_count_code(const struct vdev_aggregation *source,
			     const struct vdev_aggregation *target)
{
	u64 count = source->count;
	bool within_limit;
	u32 rest = 0;

	if (source->units != target->units)
		count = div_u64_rem(total_units(source), target->units, &rest);
	if (rest)
		return VDEV_CODE_AGGREGATION_TOTAL;

	within_limit = !target->limit || count <= target->limit;
	if (source->units == target->units || target->resplit)
		return within_limit ? VDEV_CODE_ACCEPTED :
				      VDEV_CODE_AGGREGATION_LIMIT;
	return within_limit ? VDEV_CODE_AGGREGATION_SPLIT :
			      VDEV_CODE_AGGREGATION_TOTAL;
}

static u32 aggregation_code(const struct vdev_check *check,
			    const struct vdev_aggregation *source,
			    const struct vdev_aggregation *target)
{
	if (strcmp(source->base, target->base))
		return VDEV_CODE_AGGREGATION_BASE;
	if (source->units == target->units && source->count == target->count)
		return VDEV_CODE_SAME;
	if (check->target->kind == VDEV_ENDPOINT_KIND_TYPE)
		return chosen_count_code(source, target);
	if (total_units(source) != total_units(target))
		return VDEV_CODE_AGGREGATION_TOTAL;
	return target->resplit ? VDEV_CODE_ACCEPTED :
				 VDEV_CODE_AGGREGATION_SPLIT;
}

static struct vdev_value
aggregation_value(char *text, const struct vdev_aggregation *aggregation)
{
	if (!aggregation->base)
		return string_value(NULL);
	scnprintf(text, VDEV_STRING_LEN + 1, "%ux%u", aggregation->count,
		  aggregation->units);
	return string_value(text);
}

static int judge_aggregation(struct vdev_check *check)
{
	const struct vdev_aggregation *source, *target;
	struct vdev_finding finding = { .field = VDEV_FIELD_AGGREGATION };

	source = &check->source->record->aggregation;
	target = &check->target->record->aggregation;
	if (!source->base && !target->base)
		return 0;
	if (target->base)
		finding.rule = target->rule ?: VDEV_RULE_EQUAL;
	finding.source = aggregation_value(check->text[0], source);
	finding.target = aggregation_value(check->text[1], target);
	return tell_code(check, &finding,
			 early_code(check, finding.rule, source->base,
				    target->base) ?:
			 aggregation_code(check, source, target));
}

/* That there is no room now is no reason: a verdict is no reservation. */
static int judge_capacity(struct vdev_check *check)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_CAPACITY };

	if (check->target->capacity != VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return 0;
	return tell_code(check, &finding, VDEV_CODE_RESOURCE_IMPOSSIBLE);
}

static bool same_software_version(const struct vdev_software_version *a,
				  const struct vdev_software_version *b)
{
	if (!a || !b)
		return a == b;
	return a->value.major == b->value.major &&
	       a->value.minor == b->value.minor;
}

static bool same_version(const struct vdev_record *source,
			 const struct vdev_record *target)
{
	const char *a = version_in_use(source);
	const char *b = version_in_use(target);

	if (!a || !b ? a != b : strcmp(a, b))
		return false;
	return same_software_version(source->software_version,
				     target->software_version);
}

/* Preference and surplus are added as their fields are judged. */
static void start_rank(struct vdev_check *check)
{
	const struct vdev_record *target = check->target->record;

	check->rank = (struct vdev_rank){
		.same_version = same_version(check->source->record, target),
	};
	if (target->software_version)
		check->rank.bugfix = target->software_version->value.bugfix;
}

/**
 * vdev_check_run() - judge whether the target can load the source's state
 * @check: the check; answered in @verdict and @rank, and by calls of @tell
 *
 * Return: 0, or what @tell returned to end the check.
 */
int vdev_check_run(struct vdev_check *check)
{
	check->verdict = VDEV_VERDICT_IDENTICAL;
	start_rank(check);
	return judge_migration(check) ?:
	       judge_blockers(check, check->source, VDEV_CODE_SOURCE_BLOCKED) ?:
	       judge_blockers(check, check->target, VDEV_CODE_TARGET_BLOCKED) ?:
	       judge_device_api(check) ?:
	       judge_model(check) ?:
	       judge_type(check) ?:
	       judge_software_version(check) ?:
	       judge_version(check) ?:
	       judge_features(check) ?:
	       judge_params(check) ?:
	       judge_aggregation(check) ?:
	       judge_capacity(check);
}

/**
 * vdev_check_veto() - let the target's driver refuse what the rules allow
 * @check: a check that was run
 * @reason: of the driver, in a sentence for people; may be NULL
 *
 * A verdict never becomes better by it.
 *
 * Return: 0, or what @tell returned to end the check.
 */
int vdev_check_veto(struct vdev_check *check, const char *reason)
{
	struct vdev_finding finding = {
		.field = VDEV_FIELD_VETO,
		.reason = reason,
	};

	return tell_code(check, &finding, VDEV_CODE_DRIVER_VETO);
}
