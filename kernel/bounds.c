// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The bounds that every name, string, number and list must keep, whoever
 * tells it. Pure functions, no locks, also compiled into libvdev; each says in
 * words what it refuses.
 */
#include "bounds.h"
#include "parts.h"

int vdev_refuse(struct vdev_refusal *refusal, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(refusal->why, sizeof(refusal->why), fmt, args);
	va_end(args);
	return err;
}

/* Length of the UTF-8 sequence at @s, or 0 if there is no valid one. */
static unsigned int utf8_sequence(const unsigned char *s)
{
	static const u32 smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned int len, i;
	u32 code;

	if (*s < 0x80)
		return 1;
	len = *s >= 0xf0 ? 4 : *s >= 0xe0 ? 3 : 2;
	if (*s < 0xc2 || *s > 0xf4)
		return 0;

	code = *s & (0x7f >> len);
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (s[i] & 0x3f);
	}
	if (code < smallest[len] || code > 0x10ffff ||
	    (code >= 0xd800 && code <= 0xdfff))
		return 0;
	return len;
}

/* Control characters are the ones below space, DEL, and U+0080 to U+009F. */
static bool is_control(const unsigned char *s)
{
	return *s < 0x20 || *s == 0x7f || (*s == 0xc2 && s[1] < 0xa0);
}

static bool is_text(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned int len;

	for (; *p; p += len) {
		len = utf8_sequence(p);
		if (!len || is_control(p))
			return false;
	}
	return true;
}

static bool is_name(const char *s)
{
	for (; *s; s++) {
		if (*s <= 0x20 || *s >= 0x7f || *s == '/')
			return false;
	}
	return true;
}

int vdev_name_check(struct vdev_refusal *refusal, const char *what,
		    const char *name)
{
	size_t len = name ? strnlen(name, VDEV_NAME_LEN + 1) : 0;

	if (!len)
		return vdev_refuse(refusal, -EINVAL, "%s: name is empty", what);
	if (len > VDEV_NAME_LEN)
		return vdev_refuse(refusal, -EINVAL,
				   "%s: name is longer than %d bytes", what,
				   VDEV_NAME_LEN);
	if (!is_name(name))
		return vdev_refuse(refusal, -EINVAL,
				   "%s: name is not printable ASCII without space and slash",
				   what);
	return 0;
}

int vdev_text_check(struct vdev_refusal *refusal, const char *what,
		    const char *text)
{
	if (!text)
		return vdev_refuse(refusal, -EINVAL, "%s: string is missing",
				   what);
	if (strnlen(text, VDEV_STRING_LEN + 1) > VDEV_STRING_LEN)
		return vdev_refuse(refusal, -EINVAL,
				   "%s: string is longer than %d bytes", what,
				   VDEV_STRING_LEN);
	if (!is_text(text))
		return vdev_refuse(refusal, -EINVAL,
				   "%s: string is not UTF-8 text", what);
	return 0;
}

int vdev_optional_text_check(struct vdev_refusal *refusal, const char *what,
			     const char *text)
{
	if (text && !*text)
		return vdev_refuse(refusal, -EINVAL, "%s: string is empty",
				   what);
	return text ? vdev_text_check(refusal, what, text) : 0;
}

int vdev_number_check(struct vdev_refusal *refusal, const char *what,
		      u64 number)
{
	if (number > S64_MAX)
		return vdev_refuse(refusal, -ERANGE,
				   "%s: number is above 2^63 - 1", what);
	return 0;
}

int vdev_rule_check(struct vdev_refusal *refusal, const char *what, u32 rule,
		    u32 fitting)
{
	if (rule && (rule > VDEV_RULE_IGNORE || !(BIT(rule) & fitting)))
		return vdev_refuse(refusal, -EINVAL,
				   "%s: rule %u does not fit", what, rule);
	return 0;
}

int vdev_flags_check(struct vdev_refusal *refusal, const char *what,
		     u32 flags, u32 known)
{
	if (flags & ~known)
		return vdev_refuse(refusal, -EINVAL,
				   "%s: flags %#x are not known", what,
				   flags & ~known);
	return 0;
}

int vdev_count_check(struct vdev_refusal *refusal, const char *what,
		     const void *list, unsigned int num, unsigned int most)
{
	if (num > most)
		return vdev_refuse(refusal, -EMSGSIZE,
				   "%s: more than %u entries", what, most);
	if (num && !list)
		return vdev_refuse(refusal, -EINVAL, "%s: list is missing",
				   what);
	return 0;
}

/* The name at the start of each entry of a list must be unique in it. */
int vdev_unique_check(struct vdev_refusal *refusal, const char *what,
		      const void *list, unsigned int num, size_t size)
{
	unsigned int i, j;

	for (i = 1; i < num; i++) {
		const char *name = vdev_name_at(list, i, size);

		for (j = 0; j < i; j++) {
			if (strcmp(name, vdev_name_at(list, j, size)))
				continue;
			refusal->index = i;
			return vdev_refuse(refusal, -EINVAL,
					   "%s %s: duplicate", what, name);
		}
	}
	return 0;
}

int vdev_value_check(struct vdev_refusal *refusal, const char *name,
		     const struct vdev_value *value, u32 kind)
{
	if (!value->kind)
		return 0;
	if (value->kind != kind)
		return vdev_refuse(refusal, -EINVAL,
				   "%s: value is of another type", name);
	switch (kind) {
	case VDEV_VALUE_TYPE_U64:
		return vdev_number_check(refusal, name, value->u64);
	case VDEV_VALUE_TYPE_STRING:
		return vdev_text_check(refusal, name, value->string);
	default:
		return 0;
	}
}

int vdev_blockers_check(struct vdev_refusal *refusal,
			const struct vdev_blocker *blockers, unsigned int num)
{
	const struct vdev_blocker *blocker;
	unsigned int i;
	int err;

	refusal->index = VDEV_BLOCKERS_MAX;
	err = vdev_count_check(refusal, "blockers", blockers, num,
			       VDEV_BLOCKERS_MAX);
	if (err)
		return err;

	for (i = 0; i < num; i++) {
		blocker = &blockers[i];
		refusal->index = i;
		err = vdev_name_check(refusal, "blocker", blocker->name) ?:
		      vdev_text_check(refusal, blocker->name, blocker->reason) ?:
		      vdev_flags_check(refusal, blocker->name, blocker->flags,
				       VDEV_BLOCKER_FLAG_PERMANENT);
		if (err)
			return err;
	}
	return vdev_unique_check(refusal, "blocker", blockers, num,
				 sizeof(*blockers));
}

static int scope_check(struct vdev_refusal *refusal, const char *bus,
		       const char *driver, const char *type)
{
	int err;

	refusal->attr = 0;
	if (!bus && !driver && !type)
		return vdev_refuse(refusal, -EINVAL,
				   "a profile is for a bus, a driver or a type");
	refusal->attr = VDEV_A_PROFILE_BUS;
	err = bus ? vdev_name_check(refusal, "bus", bus) : 0;
	if (err)
		return err;
	refusal->attr = VDEV_A_PROFILE_DRIVER;
	err = vdev_optional_text_check(refusal, "driver", driver);
	if (err)
		return err;
	refusal->attr = VDEV_A_PROFILE_TYPE;
	return vdev_optional_text_check(refusal, "type", type);
}

/* The name of a profile, and what it is for. */
int vdev_profile_names_check(struct vdev_refusal *refusal, const char *name,
			     const char *bus, const char *driver,
			     const char *type)
{
	refusal->attr = VDEV_A_PROFILE_NAME;
	return vdev_name_check(refusal, "profile", name) ?:
	       scope_check(refusal, bus, driver, type);
}
