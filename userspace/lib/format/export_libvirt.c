// SPDX-License-Identifier: LGPL-2.1
/*
 * XML for libvirt: an element of a name space of its own, as the metadata of a
 * domain must be, without a prefix, because libvirt gives it one. It has what
 * once was proposed to be compared (vendor, product, type of a mediated device)
 * and the token, which is what is judged.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/names.h>

#include "kernel/model/utf8.h"

#include "export.h"

#define NAME_SPACE "urn:vdev:endpoints:1"

/* What has no place in XML, not even as a reference. */
static bool is_banned(uint32_t code)
{
	return code < 0x20 || code == 0xfffe || code == 0xffff;
}

static void put_text(FILE *file, const char *text)
{
	uint32_t code;

	while (*text) {
		size_t len = vdev_utf8_char(text, &code);

		if (!len || is_banned(code))
			fputc('?', file);
		else if (strchr("<>&'\"", *text))
			fprintf(file, "&#%d;", *text);
		else
			fwrite(text, 1, len, file);
		text += len ? len : 1;
	}
}

static void put_element(FILE *file, const char *name, const char *text)
{
	fprintf(file, "    <%s>", name);
	put_text(file, text);
	fprintf(file, "</%s>\n", name);
}

/* The 1 to 4 hexadecimal digits at *text, which is then behind them. */
static bool take_half(const char **text, char end, unsigned long *number)
{
	size_t len = strspn(*text, "0123456789abcdefABCDEF");

	if (!len || len > 4 || (*text)[len] != end)
		return false;
	*number = strtoul(*text, NULL, 16);
	*text += len + 1;
	return true;
}

/* The numbers of a parameter pci-id, which is VENDOR:DEVICE in hexadecimal. */
static void put_pci_id(FILE *file, const struct vdev_record *record)
{
	unsigned long vendor, product;
	unsigned int i;

	for (i = 0; i < vdev_record_num_params(record); i++) {
		const struct vdev_param *param = vdev_record_param(record, i);
		const char *text = param->value.string;

		if (strcmp(param->name, "pci-id") != 0 || param->value.type != VDEV_VALUE_TYPE_STRING)
			continue;
		if (!take_half(&text, ':', &vendor) || !take_half(&text, '\0', &product))
			continue;
		fprintf(file, "    <vendorid>0x%04lx</vendorid>\n", vendor);
		fprintf(file, "    <productid>0x%04lx</productid>\n", product);
	}
}

static void put_mdev_type(FILE *file, const struct vdev_record *record)
{
	const struct vdev_ident *api = vdev_record_device_api(record);
	const struct vdev_ident *type = vdev_record_type(record);

	if (api && api->value && strncmp(api->value, "vfio-", 5) == 0 && type && type->value)
		put_element(file, "mdevtype", type->value);
}

static void put_endpoint(FILE *file, const struct endpoint *endpoint, const char *token)
{
	const struct vdev_record *record = vdev_declaration_record(endpoint->declaration);
	uint32_t kind = vdev_declaration_kind(endpoint->declaration);

	fprintf(file, "  <endpoint kind='%s'", vdev_endpoint_kind_name(kind));
	if (endpoint->handle) {
		fputs(" handle='", file);
		put_text(file, endpoint->handle);
		fputc('\'', file);
	}
	fputs(">\n", file);
	put_pci_id(file, record);
	put_mdev_type(file, record);
	put_element(file, "token", token);
	fputs("  </endpoint>", file);
}

static int add_endpoint(struct export *export, const struct endpoint *endpoint)
{
	char *token = vdev_declaration_format(endpoint->declaration);
	char *text = NULL;
	size_t size;
	FILE *file;

	file = token ? open_memstream(&text, &size) : NULL;
	if (file) {
		put_endpoint(file, endpoint, token);
		if (fclose(file)) {
			free(text);
			text = NULL;
		}
	}
	free(token);
	return export_add_text(export, endpoint, text);
}

static int print_document(struct export *export)
{
	size_t i;

	fputs("<endpoints xmlns='" NAME_SPACE "'>\n", export->file);
	for (i = 0; i < export->listing.num; i++)
		fprintf(export->file, "%s\n", export->listing.entries[i].text);
	fputs("</endpoints>\n", export->file);
	return 0;
}

const struct export_form export_libvirt = { add_endpoint, print_document };
