// SPDX-License-Identifier: GPL-2.0
/*
 * What a profile is for, and which of two takes precedence. Pure
 * functions, no locks.
 */
#include <linux/string.h>

#include "match.h"

/**
 * vdev_pattern_match() - does a string have the form of a pattern?
 * @pattern: the pattern: * stands for any bytes, ? for one, all else for itself
 * @string: the string
 *
 * Only the last * is ever tried again, so the work is bounded by the product
 * of the lengths.
 *
 * Return: true if it has.
 */
bool vdev_pattern_match(const char *pattern, const char *string)
{
	const char *star = NULL, *retry = NULL;

	while (*string) {
		if (*pattern == '*') {
			star = ++pattern;
			retry = string;
		} else if (*pattern == '?' || *pattern == *string) {
			pattern++;
			string++;
		} else if (star) {
			pattern = star;
			string = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

static bool scope_field_matches(const char *wanted, const char *have)
{
	return !wanted || (have && !strcmp(wanted, have));
}

/**
 * vdev_scope_matches() - is a profile for an endpoint?
 * @scope: what the profile is for
 * @endpoint: what the endpoint is
 *
 * Return: true if it is.
 */
bool vdev_scope_matches(const struct vdev_scope *scope,
			const struct vdev_scope *endpoint)
{
	if (!scope_field_matches(scope->bus, endpoint->bus) ||
	    !scope_field_matches(scope->driver, endpoint->driver))
		return false;
	return !scope->type ||
	       (endpoint->type &&
		vdev_pattern_match(scope->type, endpoint->type));
}

static int num_given(const struct vdev_scope *scope)
{
	return !!scope->bus + !!scope->driver + !!scope->type;
}

static int num_wildcards(const char *pattern)
{
	int num = 0;

	for (; pattern && *pattern; pattern++)
		num += *pattern == '*' || *pattern == '?';
	return num;
}

static int num_literals(const char *pattern)
{
	return pattern ? (int)strlen(pattern) - num_wildcards(pattern) : 0;
}

/**
 * vdev_scope_compare() - which of two profiles is more specific?
 * @a: what the one is for
 * @b: what the other is for
 *
 * It is the one that gives more of bus, driver and type; then the one whose
 * type has more characters that stand for themselves; then the one with fewer
 * wildcards.
 *
 * Return: below 0 if @a is, above 0 if @b is, 0 if neither is.
 */
int vdev_scope_compare(const struct vdev_scope *a, const struct vdev_scope *b)
{
	return num_given(b) - num_given(a) ?:
	       num_literals(b->type) - num_literals(a->type) ?:
	       num_wildcards(a->type) - num_wildcards(b->type);
}
