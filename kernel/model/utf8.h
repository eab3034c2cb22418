/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * Characters of UTF-8 text, for the module, libvdev and vdevctl. Needs no other header.
 */
#ifndef _VDEV_UTF8_H
#define _VDEV_UTF8_H

/* Number of bytes that the first byte announces; 0 if it announces none. */
static inline unsigned int vdev_utf8_announced(unsigned char byte)
{
	if (byte < 0x80)
		return 1;
	if (byte < 0xc2 || byte > 0xf4)
		return 0;
	return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}

/**
 * vdev_utf8_char() - read one character
 * @text: where it begins; ends in NUL
 * @code: set to its number if it is valid
 *
 * Return: its length in bytes, or 0 if there is no valid one.
 */
static inline unsigned int vdev_utf8_char(const char *text, unsigned int *code)
{
	static const unsigned int smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text;
	unsigned int len = vdev_utf8_announced(*s);
	unsigned int i;

	*code = len > 1 ? *s & (0x7f >> len) : *s;
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (s[i] & 0x3f);
	}
	if (*code < smallest[len] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return len;
}

#endif /* _VDEV_UTF8_H */
