// SPDX-License-Identifier: LGPL-2.1
/* What is said about a failure of this process, which no socket has a part in. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "error.h"

void vdev_error_reset(struct vdev_error *error)
{
	if (!error)
		return;
	error->type = VDEV_ERROR_NONE;
	error->code = 0;
	error->from_kernel = 0;
	error->message[0] = '\0';
	error->attr[0] = '\0';
}

/* VDEV_ANY_LIBC is defined to try what other C libraries have. */
#if defined(__GLIBC__) && !defined(VDEV_ANY_LIBC)
#if __GLIBC_PREREQ(2, 32)
#define HAVE_STRERRORDESC
#endif
#endif

/* The C library's words: those that no locale changes, if it has them. */
static const char *errno_words(int code)
{
#ifdef HAVE_STRERRORDESC
	return strerrordesc_np(code);
#else
	return strerror(code);
#endif
}

/* Begun like the kernel's with a small letter. */
int vdev_error_errno(struct vdev_error *error, int code)
{
	const char *words = errno_words(code);

	if (!words)
		return vdev_error_say(error, -code, "error %d", code);
	vdev_error_say(error, -code, "%s", words);
	if (error && !isupper((unsigned char)error->message[1]))
		error->message[0] = (char)tolower((unsigned char)error->message[0]);
	return -code;
}

int vdev_error_say(struct vdev_error *error, int err, const char *format, ...)
{
	va_list args;

	if (!error)
		return err;
	vdev_error_reset(error);
	error->type = VDEV_ERROR_LOCAL;
	error->code = -err;
	va_start(args, format);
	vsnprintf(error->message, sizeof(error->message), format, args);
	va_end(args);
	return err;
}
