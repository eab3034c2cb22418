// SPDX-License-Identifier: LGPL-2.1
/* What a device is to be: what all methods check of it. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

static int reject(struct vdev_provisioner *provisioner, const char *what, const char *part)
{
	return vdev_error_say(&provisioner->error, -EOPNOTSUPP, "%s takes no %s", what, part);
}

static int check_twice(struct vdev_provisioner *provisioner, const char *kind,
		       const struct vdev_config_pair *pairs, size_t num)
{
	size_t i, j;

	for (i = 0; i < num; i++)
		for (j = 0; j < i; j++)
			if (strcmp(pairs[i].name, pairs[j].name) == 0)
				return vdev_error_say(&provisioner->error, -EINVAL,
						      "%s %s: given twice", kind, pairs[i].name);
	return 0;
}

int vdev_config_check(struct vdev_provisioner *provisioner, const struct vdev_config *config,
		      unsigned int takes, const char *what)
{
	int err;

	if (config->version)
		return reject(provisioner, what, "version");
	if (config->name && !(takes & CONFIG_NAME))
		return reject(provisioner, what, "name");
	if (config->num_features && !(takes & CONFIG_FEATURES))
		return reject(provisioner, what, "feature");
	if (config->num_params && !(takes & CONFIG_PARAMS))
		return reject(provisioner, what, "parameter");
	if (config->aggregation && !(takes & CONFIG_AGGREGATION))
		return reject(provisioner, what, "aggregation");
	if (config->vfs != VDEV_UNKNOWN32 && !(takes & CONFIG_VFS))
		return reject(provisioner, what, "number of virtual functions");
	if (config->driver && !(takes & CONFIG_DRIVER))
		return reject(provisioner, what, "driver");
	err = check_twice(provisioner, "feature", config->features, config->num_features);
	return err ? err : check_twice(provisioner, "param", config->params, config->num_params);
}

int vdev_config_u16(struct vdev_provisioner *provisioner, const struct vdev_config_pair *param,
		    uint16_t least, uint16_t *number)
{
	const char *value = param->value;
	unsigned long parsed;

	errno = 0;
	parsed = strtoul(value, NULL, 10);
	if (!*value || value[strspn(value, "0123456789")] || errno || parsed < least ||
	    parsed > UINT16_MAX)
		return vdev_error_say(&provisioner->error, -EINVAL,
				      "param %s: '%s' is not a number from %u to %u", param->name,
				      value, least, UINT16_MAX);
	*number = (uint16_t)parsed;
	return 0;
}

static int hex_digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

int vdev_config_mac(struct vdev_provisioner *provisioner, const struct vdev_config_pair *param,
		    unsigned char mac[MAC_SIZE])
{
	const char *text = param->value;
	size_t i;

	for (i = 0; i < MAC_SIZE; i++, text += 3) {
		if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]) ||
		    text[2] != (i < MAC_SIZE - 1 ? ':' : '\0'))
			return vdev_error_say(&provisioner->error, -EINVAL,
					      "param %s: '%s' is not a MAC address, such as "
					      "02:00:00:12:34:56", param->name, param->value);
		mac[i] = (unsigned char)(hex_digit(text[0]) << 4 | hex_digit(text[1]));
	}
	if (mac[0] & 1)
		return vdev_error_say(&provisioner->error, -EINVAL,
				      "param %s: '%s' is the address of a group", param->name,
				      param->value);
	return 0;
}

int vdev_config_on(struct vdev_provisioner *provisioner, const struct vdev_config_pair *feature,
		   bool *on)
{
	*on = strcmp(feature->value, "on") == 0;
	if (*on || strcmp(feature->value, "off") == 0)
		return 0;
	return vdev_error_say(&provisioner->error, -EINVAL, "feature %s: '%s' is neither on nor off",
			      feature->name, feature->value);
}

int vdev_config_name(struct vdev_provisioner *provisioner, const char *name)
{
	size_t i, len = strlen(name);
	bool valid = len && len <= VDEV_HANDLE_NAME_MAX && strcmp(name, ".") != 0 &&
		     strcmp(name, "..") != 0;

	for (i = 0; valid && i < len; i++)
		valid = isgraph((unsigned char)name[i]) && name[i] != '/';
	if (valid)
		return 0;
	return vdev_error_say(&provisioner->error, -EINVAL,
			      "name '%.64s' is not a name of 1 to %d characters without blanks and "
			      "slashes", name, VDEV_HANDLE_NAME_MAX);
}
