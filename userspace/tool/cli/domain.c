// SPDX-License-Identifier: GPL-2.0
/*
 * Reading the XML of a domain with libxml2: nothing is loaded, no entity is replaced, and a
 * document type, which libvirt never writes, ends it. Devices are numbered from 0 in the order
 * in which they stand there: that order is the same on both hosts, their names are not.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

#include "domain.h"

struct reader {
	struct domain *domain;
	struct vdev_error *error;
	int err;
};

/* The first thing that is wrong is said. */
__attribute__((format(printf, 2, 3)))
static void reject(struct reader *reader, const char *format, ...)
{
	va_list args;

	if (reader->err)
		return;
	reader->err = -EINVAL;
	va_start(args, format);
	vsnprintf(reader->error->message, sizeof(reader->error->message), format, args);
	va_end(args);
}

static bool is_named(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static xmlNode *child(const xmlNode *node, const char *name)
{
	xmlNode *pos;

	for (pos = node ? node->children : NULL; pos; pos = pos->next)
		if (is_named(pos, name))
			return pos;
	return NULL;
}

/* The value of an attribute in the room; empty if there is none, or it is too long. */
static void get_attribute(xmlNode *node, const char *name, char *value, size_t size)
{
	xmlChar *text = node ? xmlGetProp(node, (const xmlChar *)name) : NULL;

	value[0] = '\0';
	if (text && strlen((const char *)text) < size)
		strcpy(value, (const char *)text);
	xmlFree(text);
}

static bool has_attribute(xmlNode *node, const char *name, const char *wanted)
{
	char value[64];

	get_attribute(node, name, value, sizeof(value));
	return strcmp(value, wanted) == 0;
}

/* What cannot be named is a device, too: it is in the way of the migration. */
static void add_device(struct reader *reader, const char *name)
{
	struct domain *domain = reader->domain;
	struct domain_device *device = &domain->devices[domain->num_devices];

	if (domain->num_devices == DOMAIN_DEVICES_MAX) {
		reject(reader, "more than %d devices", DOMAIN_DEVICES_MAX);
		return;
	}
	device->name = strdup(name);
	if (device->name)
		domain->num_devices++;
	else if (!reader->err)
		reader->err = -ENOMEM;
}

/* A number in C's notation, as libvirt writes those of an address. */
static unsigned long get_number(xmlNode *node, const char *name)
{
	char text[32], *end;
	unsigned long number;

	get_attribute(node, name, text, sizeof(text));
	number = strtoul(text, &end, 0);
	return *text && !*end ? number : ULONG_MAX;
}

static void add_pci(struct reader *reader, xmlNode *address)
{
	unsigned long domain = get_number(address, "domain"), bus = get_number(address, "bus");
	unsigned long slot = get_number(address, "slot"), function = get_number(address, "function");
	char name[32] = "?";

	if (domain == ULONG_MAX && address && !xmlHasProp(address, (const xmlChar *)"domain"))
		domain = 0;
	if (domain <= UINT32_MAX && bus <= 0xff && slot <= 0x1f && function <= 7)
		snprintf(name, sizeof(name), "%04lx:%02lx:%02lx.%lx", domain, bus, slot, function);
	add_device(reader, name);
}

static void add_attribute(struct reader *reader, xmlNode *node, const char *attribute)
{
	char name[PATH_MAX];

	get_attribute(node, attribute, name, sizeof(name));
	add_device(reader, name[0] ? name : "?");
}

static void read_hostdev(struct reader *reader, xmlNode *node)
{
	xmlNode *address = child(child(node, "source"), "address");

	if (has_attribute(node, "type", "pci"))
		add_pci(reader, address);
	else if (has_attribute(node, "type", "mdev"))
		add_attribute(reader, address, "uuid");
}

static void read_device(struct reader *reader, xmlNode *node)
{
	xmlNode *source = child(node, "source");

	if (is_named(node, "hostdev")) {
		read_hostdev(reader, node);
	} else if (is_named(node, "interface") && has_attribute(node, "type", "vdpa")) {
		add_attribute(reader, source, "dev");
	} else if (is_named(node, "interface") && has_attribute(node, "type", "hostdev")) {
		if (has_attribute(child(source, "address"), "type", "pci"))
			add_pci(reader, child(source, "address"));
	} else if (is_named(node, "disk") && has_attribute(node, "type", "vhostvdpa")) {
		add_attribute(reader, source, "dev");
	}
}

static void read_token(struct reader *reader, struct domain_device *device, unsigned long number,
		       const xmlNode *node)
{
	xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
	struct vdev_error error = { 0 };
	int err;

	if (!text) {
		reject(reader, "metadata: device %lu has no token", number);
		return;
	}
	err = vdev_declaration_parse((const char *)text, &device->declaration, &error);
	if (err == -ENOMEM && !reader->err)
		reader->err = err;
	else if (err)
		reject(reader, "metadata: device %lu: %s", number, error.message);
	xmlFree(text);
}

static void read_endpoint(struct reader *reader, xmlNode *node)
{
	unsigned long number = get_number(node, "device");

	if (number >= reader->domain->num_devices)
		reject(reader, "metadata: an endpoint is of no device of the domain");
	else if (reader->domain->devices[number].declaration)
		reject(reader, "metadata: device %lu is declared twice", number);
	else
		read_token(reader, &reader->domain->devices[number], number, child(node, "token"));
}

static void read_metadata(struct reader *reader, xmlNode *metadata)
{
	xmlNode *node, *endpoint;

	for (node = metadata ? metadata->children : NULL; node; node = node->next) {
		if (!is_named(node, "endpoints") || !node->ns ||
		    strcmp((const char *)node->ns->href, DOMAIN_NAME_SPACE) != 0)
			continue;
		for (endpoint = node->children; endpoint && !reader->err; endpoint = endpoint->next)
			if (is_named(endpoint, "endpoint"))
				read_endpoint(reader, endpoint);
	}
}

static void read_domain(struct reader *reader, xmlNode *root)
{
	xmlNode *devices, *node;

	if (!is_named(root, "domain")) {
		reject(reader, "the XML is not of a domain");
		return;
	}
	devices = child(root, "devices");
	for (node = devices ? devices->children : NULL; node && !reader->err; node = node->next)
		read_device(reader, node);
	read_metadata(reader, child(root, "metadata"));
}

static void stop_parser(void *context, const xmlChar *name, const xmlChar *external,
			const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	xmlStopParser(context);
}

/* What it says by itself; the caller has words of its own. */
__attribute__((format(printf, 2, 3)))
static void ignore_error(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

/* The encoding is UTF-8, whatever it says that it is: no converter is loaded. */
static xmlDoc *parse(const char *text, size_t size)
{
	xmlParserCtxt *context = xmlCreateMemoryParserCtxt(text, (int)size);
	xmlDoc *document;

	if (!context)
		return NULL;
	xmlSetGenericErrorFunc(NULL, ignore_error);
	xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
			  XML_PARSE_IGNORE_ENC);
	context->sax->internalSubset = stop_parser;
	xmlParseDocument(context);
	document = context->myDoc;
	context->myDoc = NULL;
	/* Where it was stopped, there is no element. */
	if (!context->wellFormed || !xmlDocGetRootElement(document)) {
		xmlFreeDoc(document);
		document = NULL;
	}
	xmlFreeParserCtxt(context);
	return document;
}

int domain_read(struct domain *domain, const char *text, size_t size, struct vdev_error *error)
{
	struct reader reader = { .domain = domain, .error = error };
	xmlDoc *document = NULL;

	*domain = (struct domain){ 0 };
	if (size > DOMAIN_SIZE_MAX)
		reject(&reader, "the XML is larger than %u MiB", DOMAIN_SIZE_MAX >> 20);
	else if (!size)
		reject(&reader, "there is no XML");
	else if (!memchr(text, '\0', size))
		document = parse(text, size);
	if (document)
		read_domain(&reader, xmlDocGetRootElement(document));
	else
		reject(&reader, "the XML is not well-formed, or has a document type");
	xmlFreeDoc(document);
	return reader.err;
}

void domain_free(struct domain *domain)
{
	unsigned int i;

	for (i = 0; i < domain->num_devices; i++) {
		vdev_declaration_free(domain->devices[i].declaration);
		free(domain->devices[i].name);
	}
	domain->num_devices = 0;
}

/* Whether all of it was made. */
static bool add_endpoint(xmlNode *endpoints, unsigned int number,
			 const struct vdev_declaration *declaration, const char *handle)
{
	char *token = vdev_declaration_format(declaration);
	xmlNode *endpoint = xmlNewChild(endpoints, NULL, (const xmlChar *)"endpoint", NULL);
	char text[16];
	bool made;

	snprintf(text, sizeof(text), "%u", number);
	made = token && endpoint &&
	       xmlNewProp(endpoint, (const xmlChar *)"device", (const xmlChar *)text) &&
	       xmlNewProp(endpoint, (const xmlChar *)"handle", (const xmlChar *)handle) &&
	       xmlNewTextChild(endpoint, NULL, (const xmlChar *)"token", (const xmlChar *)token);
	free(token);
	return made;
}

static char *print(xmlDoc *document, xmlNode *root)
{
	xmlBuffer *buffer = xmlBufferCreate();
	char *text = NULL;

	if (buffer && xmlNodeDump(buffer, document, root, 0, 1) >= 0)
		text = strdup((const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	return text;
}

char *domain_annotation(const struct domain *domain, const char *const *handles)
{
	xmlDoc *document = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = document ? xmlNewNode(NULL, (const xmlChar *)"endpoints") : NULL;
	bool made = root && xmlNewNs(root, (const xmlChar *)DOMAIN_NAME_SPACE, NULL);
	char *text = NULL;
	unsigned int i;

	if (root)
		xmlDocSetRootElement(document, root);
	for (i = 0; made && i < domain->num_devices; i++)
		if (domain->devices[i].declaration)
			made = add_endpoint(root, i, domain->devices[i].declaration, handles[i]);
	if (made)
		text = print(document, root);
	xmlFreeDoc(document);
	return text;
}
