// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The bounds that every name, string, number and list must keep, whatever the
 * source. Pure functions, no locks, also compiled into libvdev; each writes the
 * reason if it rejects one.
 */
#include "bounds.h"
#include "parts.h"
#include "utf8.h"
#include "words.h"

int vdev_reject(struct vdev_reason *reason, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(reason->why, sizeof(reason->why), fmt, args);
	va_end(args);
	return err;
}

/* Control characters are the ones below space, DEL, and U+0080 to U+009F. */
static bool is_control(unsigned int code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/* The first character that is no text or a control character; the end if none is. */
static const char *text_fault(const char *s, bool *control)
{
	unsigned int code, len;

	for (; *s; s += len) {
		len = vdev_utf8_char(s, &code);
		*control = len && is_control(code);
		if (!len || *control)
			break;
	}
	return s;
}

static bool is_name(const char *s)
{
	for (; *s; s++) {
		if (*s <= 0x20 || *s >= 0x7f || *s == '/')
			return false;
	}
	return true;
}

int vdev_name_check(struct vdev_reason *reason, const char *what,
		    const char *name)
{
	size_t len = name ? strnlen(name, VDEV_NAME_LEN + 1) : 0;

	if (!len)
		return vdev_reject(reason, -EINVAL, "%s: name is empty", what);
	if (len > VDEV_NAME_LEN)
		return vdev_reject(reason, -EINVAL,
				   "%s: name is longer than %d bytes", what,
				   VDEV_NAME_LEN);
	if (!is_name(name))
		return vdev_reject(reason, -EINVAL,
				   "%s: name is not printable ASCII without space and slash",
				   what);
	return 0;
}

int vdev_text_check(struct vdev_reason *reason, const char *what,
		    const char *text)
{
	bool control = false;

	if (!text)
		return vdev_reject(reason, -EINVAL, "%s: string is missing",
				   what);
	if (strnlen(text, VDEV_STRING_LEN + 1) > VDEV_STRING_LEN)
		return vdev_reject(reason, -EINVAL,
				   "%s: string is longer than %d bytes", what,
				   VDEV_STRING_LEN);
	if (!*text_fault(text, &control))
		return 0;
	if (control)
		return vdev_reject(reason, -EINVAL,
				   "%s: string has control characters", what);
	return vdev_reject(reason, -EINVAL, "%s: string is not UTF-8 text",
			   what);
}

int vdev_optional_text_check(struct vdev_reason *reason, const char *what,
			     const char *text)
{
	if (text && !*text)
		return vdev_reject(reason, -EINVAL, "%s: string is empty",
				   what);
	return text ? vdev_text_check(reason, what, text) : 0;
}

int vdev_number_check(struct vdev_reason *reason, const char *what,
		      u64 number)
{
	if (number > S64_MAX)
		return vdev_reject(reason, -ERANGE,
				   "%s: number is above 2^63 - 1", what);
	return 0;
}

int vdev_rule_check(struct vdev_reason *reason, const char *what, u32 rule,
		    u32 allowed)
{
	if (rule && (rule > VDEV_RULE_MAX || !(BIT(rule) & allowed)))
		return vdev_reject(reason, -EINVAL,
				   "%s: rule %u does not apply", what, rule);
	return 0;
}

int vdev_flags_check(struct vdev_reason *reason, const char *what,
		     u32 flags, u32 known)
{
	if (flags & ~known)
		return vdev_reject(reason, -EINVAL,
				   "%s: flags %#x are not known", what,
				   flags & ~known);
	return 0;
}

int vdev_count_check(struct vdev_reason *reason, const char *what,
		     const void *list, unsigned int num, unsigned int most)
{
	if (num > most)
		return vdev_reject(reason, -EMSGSIZE,
				   "%s: more than %u entries", what, most);
	if (num && !list)
		return vdev_reject(reason, -EINVAL, "%s: list is missing",
				   what);
	return 0;
}

/* The name at the start of each entry of a list must be unique in it. */
int vdev_unique_check(struct vdev_reason *reason, const char *what,
		      const void *list, unsigned int num, size_t size)
{
	unsigned int i, j;

	for (i = 1; i < num; i++) {
		const char *name = vdev_name_at(list, i, size);

		for (j = 0; j < i; j++) {
			if (strcmp(name, vdev_name_at(list, j, size)))
				continue;
			reason->index = i;
			return vdev_reject(reason, -EINVAL,
					   "%s %s: duplicate", what, name);
		}
	}
	return 0;
}

int vdev_value_check(struct vdev_reason *reason, const char *name,
		     const struct vdev_value *value, u32 type)
{
	if (!value->type)
		return 0;
	if (value->type != type)
		return vdev_reject(reason, -EINVAL,
				   "%s: value is of another type", name);
	switch (type) {
	case VDEV_VALUE_TYPE_U64:
		return vdev_number_check(reason, name, value->u64);
	case VDEV_VALUE_TYPE_STRING:
		return vdev_text_check(reason, name, value->string);
	default:
		return 0;
	}
}

int vdev_bitmap_check(struct vdev_reason *reason, const char *name,
		      const struct vdev_bitmap *bitmap)
{
	if (bitmap->num_words > VDEV_FEATURE_BYTES / sizeof(u64))
		return vdev_reject(reason, -EMSGSIZE,
				   "feature %s: more than %d bits", name,
				   VDEV_FEATURE_BYTES * 8);
	if (bitmap->num_words && !bitmap->words)
		return vdev_reject(reason, -EINVAL,
				   "feature %s: bitmap is missing", name);
	return 0;
}

int vdev_blockers_check(struct vdev_reason *reason,
			const struct vdev_blocker *blockers, unsigned int num)
{
	const struct vdev_blocker *blocker;
	unsigned int i;
	int err;

	reason->index = VDEV_BLOCKERS_MAX;
	err = vdev_count_check(reason, "blockers", blockers, num,
			       VDEV_BLOCKERS_MAX);
	if (err)
		return err;

	for (i = 0; i < num; i++) {
		blocker = &blockers[i];
		reason->index = i;
		err = vdev_name_check(reason, "blocker", blocker->name) ?:
		      vdev_text_check(reason, blocker->name, blocker->reason) ?:
		      vdev_flags_check(reason, blocker->name, blocker->flags,
				       VDEV_BLOCKER_FLAG_MASK);
		if (err)
			return err;
	}
	return vdev_unique_check(reason, "blocker", blockers, num,
				 sizeof(*blockers));
}

static int scope_check(struct vdev_reason *reason, const char *bus,
		       const char *driver, const char *type)
{
	int err;

	reason->attr = 0;
	if (!bus && !driver && !type)
		return vdev_reject(reason, -EINVAL,
				   "a profile is for a bus, a driver or a type");
	reason->attr = VDEV_A_PROFILE_BUS;
	err = bus ? vdev_name_check(reason, "bus", bus) : 0;
	if (err)
		return err;
	reason->attr = VDEV_A_PROFILE_DRIVER;
	err = vdev_optional_text_check(reason, "driver", driver);
	if (err)
		return err;
	reason->attr = VDEV_A_PROFILE_TYPE;
	return vdev_optional_text_check(reason, "type", type);
}

/* The name of a profile, and what it is for. */
int vdev_profile_names_check(struct vdev_reason *reason, const char *name,
			     const char *bus, const char *driver,
			     const char *type)
{
	reason->attr = VDEV_A_PROFILE_NAME;
	return vdev_name_check(reason, "profile", name) ?:
	       scope_check(reason, bus, driver, type);
}
