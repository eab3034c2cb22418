// SPDX-License-Identifier: LGPL-2.1
/*
 * The one-line form of a declaration: a mark, and as base64url without padding
 * the attributes in little-endian byte order with their CRC-32 behind them.
 */
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/declare.h"
#include "model/schema.h"
#include "internal.h"
#include "swap.h"

#define MARK "vdev1."
#define MARK_LEN (sizeof(MARK) - 1)
#define CRC_LEN sizeof(uint32_t)
#define TEXT_MAX ((DECLARATION_BYTES + CRC_LEN + 2) / 3 * 4)
#define WHITE_SPACE " \t\r\n"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The CRC-32 of Ethernet and zip. */
static uint32_t crc32(const unsigned char *data, size_t len)
{
	uint32_t crc = UINT32_MAX;
	unsigned int bit;

	while (len--) {
		crc ^= *data++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

/* Returns the end of what was written. */
static char *encode(char *text, const unsigned char *data, size_t len)
{
	uint32_t bits = 0;
	unsigned int num = 0;

	while (len--) {
		bits = bits << 8 | *data++;
		for (num += 8; num >= 6; num -= 6)
			*text++ = digits[bits >> (num - 6) & 63];
	}
	if (num)
		*text++ = digits[bits << (6 - num) & 63];
	return text;
}

static int digit_value(char c)
{
	const char *digit = c ? strchr(digits, c) : NULL;

	return digit ? (int)(digit - digits) : -1;
}

/*
 * Returns how many bytes were written, or -EBADMSG. Bits that are left over
 * must be 0: there is one text for any bytes.
 */
static ssize_t decode(unsigned char *data, const char *text, size_t len)
{
	unsigned char *end = data;
	uint32_t bits = 0;
	unsigned int num = 0;
	int value;

	while (len--) {
		value = digit_value(*text++);
		if (value < 0)
			return -EBADMSG;
		bits = bits << 6 | (uint32_t)value;
		num += 6;
		if (num >= 8) {
			num -= 8;
			*end++ = (unsigned char)(bits >> num);
		}
	}
	if (num == 6 || bits & ((1U << num) - 1))
		return -EBADMSG;
	return end - data;
}

VDEV_API char *vdev_declaration_format(const struct vdev_declaration *declaration)
{
	size_t len = declaration->len + CRC_LEN;
	char *text = malloc(MARK_LEN + (len + 2) / 3 * 4 + 1);
	unsigned char *data = malloc(len);
	uint32_t crc;

	if (text && data) {
		memcpy(data, declaration->attrs, declaration->len);
		if (__BYTE_ORDER == __BIG_ENDIAN)
			vdev_attrs_swap(&vdev_declaration_set, data, declaration->len, true);
		crc = htole32(crc32(data, declaration->len));
		memcpy(data + declaration->len, &crc, CRC_LEN);
		memcpy(text, MARK, MARK_LEN);
		*encode(text + MARK_LEN, data, len) = '\0';
	} else {
		free(text);
		text = NULL;
	}
	free(data);
	return text;
}

/* What is behind the mark, if it is one that this library knows. */
static int skip_mark(const char **token, size_t *len, struct vdev_error *error)
{
	size_t version;

	if (*len >= MARK_LEN && !memcmp(*token, MARK, MARK_LEN)) {
		*token += MARK_LEN;
		*len -= MARK_LEN;
		return 0;
	}
	if (*len < MARK_LEN || memcmp(*token, "vdev", 4) != 0)
		return vdev_error_say(error, -EBADMSG, "not a token: it does not begin with " MARK);
	version = strspn(*token + 4, "0123456789");
	if (!version || version > 9 || (*token)[4] == '0' || (*token)[4 + version] != '.')
		return vdev_error_say(error, -EBADMSG, "not a token: it does not begin with " MARK);
	return vdev_error_say(error, -EPROTO, "token of format %.*s, which is newer than this library",
			(int)version, *token + 4);
}

/* The attributes, in host byte order. */
static int unpack(unsigned char *data, size_t *size, const char *text, size_t len, struct vdev_error *error)
{
	ssize_t bytes = decode(data, text, len);
	uint32_t crc;

	if (bytes < 0)
		return vdev_error_say(error, -EBADMSG, "damaged token: it is not base64url");
	if ((size_t)bytes < CRC_LEN)
		return vdev_error_say(error, -EBADMSG, "damaged token: it is cut short");
	*size = (size_t)bytes - CRC_LEN;
	memcpy(&crc, data + *size, CRC_LEN);
	if (le32toh(crc) != crc32(data, *size))
		return vdev_error_say(error, -EBADMSG, "damaged token: the checksum does not fit");
	/* What is malformed is reported by name later, on every host. */
	if (__BYTE_ORDER == __BIG_ENDIAN)
		vdev_attrs_swap(&vdev_declaration_set, data, *size, false);
	return 0;
}

VDEV_API int vdev_declaration_parse(const char *token, struct vdev_declaration **declaration,
				    struct vdev_error *error)
{
	size_t len, size = 0;
	unsigned char *data;
	int err;

	*declaration = NULL;
	token += strspn(token, WHITE_SPACE);
	len = strlen(token);
	while (len && strchr(WHITE_SPACE, token[len - 1]))
		len--;
	err = skip_mark(&token, &len, error);
	if (err)
		return err;
	if (len > TEXT_MAX)
		return vdev_error_say(error, -EMSGSIZE, "larger than %d bytes", DECLARATION_BYTES);
	data = calloc(1, len + 1);
	if (!data)
		return vdev_error_say(error, -ENOMEM, "out of memory");
	err = unpack(data, &size, token, len, error);
	if (!err)
		err = vdev_declaration_make(data, size, declaration, error);
	free(data);
	return err;
}
