/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The provider API of the vdev core: how kernel code reports the devices and
 * types that it implements or follows. The reports reach user space through the
 * vdev generic netlink family.
 *
 * The core copies handles and facts: nothing in them has to outlive the call that
 * they are passed to. struct vdev_provider_ops is not copied. Functions may sleep
 * unless they say otherwise. In a kernel without vdev they do nothing: a driver needs
 * no #ifdef.
 */
#ifndef _LINUX_VDEV_H
#define _LINUX_VDEV_H

#include <linux/kconfig.h>
#include <linux/types.h>
#include <linux/vdev_handle.h>
#include <linux/vdev_limits.h>
#include <uapi/linux/vdev.h>

struct module;
struct vdev_endpoint;
struct vdev_provider;

/**
 * struct vdev_ident - an identifying string with its rule
 * @value: the string; NULL if the endpoint has none
 * @rule: how a source's string is judged: VDEV_RULE_EQUAL, VDEV_RULE_ONE_OF
 *	or VDEV_RULE_IGNORE; 0 chooses the field's default
 * @accept: further strings accepted from a source, best first
 * @num_accept: length of @accept, at most VDEV_ACCEPT_MAX
 */
struct vdev_ident {
	const char *value;
	u32 rule;
	const char *const *accept;
	unsigned int num_accept;
};

/**
 * struct vdev_semver - a version of three numbers
 * @major: changes when older state can no longer be loaded
 * @minor: changes when state gains something that older code cannot load
 * @bugfix: changes when nothing about the state does
 */
struct vdev_semver {
	u32 major;
	u32 minor;
	u32 bugfix;
};

/**
 * struct vdev_semver_range - a range of versions, both ends included
 * @from: the oldest version of the range
 * @to: the newest version of the range; ignored if @open
 * @open: the range has no newest version
 */
struct vdev_semver_range {
	struct vdev_semver from;
	struct vdev_semver to;
	bool open;
};

/**
 * struct vdev_software_version - the version of the state stream
 * @value: the version in use
 * @rule: VDEV_RULE_SEMVER (the default, 0), VDEV_RULE_RANGE, VDEV_RULE_EQUAL
 *	or VDEV_RULE_IGNORE
 * @accept: ranges accepted from a source
 * @num_accept: length of @accept, at most VDEV_ACCEPT_MAX
 */
struct vdev_software_version {
	struct vdev_semver value;
	u32 rule;
	const struct vdev_semver_range *accept;
	unsigned int num_accept;
};

/**
 * struct vdev_version - a device version
 * @name: its opaque name
 * @flags: enum vdev_version_flag, or-ed; of a list one is the default at most,
 *	which can be created, and one the current one
 */
struct vdev_version {
	const char *name;
	u32 flags;
};

/**
 * struct vdev_bitmap - a bitmap of any length
 * @words: bit n is bit n % 64 of word n / 64; NULL if the bitmap is unknown
 * @num_words: length of @words, at most VDEV_FEATURE_BYTES / 8
 */
struct vdev_bitmap {
	const u64 *words;
	unsigned int num_words;
};

/**
 * struct vdev_feature - a named feature set
 * @name: name of the set, unique at the endpoint
 * @rule: VDEV_RULE_SUBSET (the default, 0), VDEV_RULE_EQUAL or
 *	VDEV_RULE_IGNORE
 * @supported: what the parent can offer
 * @provisioned: what this device was given, or what a device of this type is given
 *	if nobody chooses; a device without it offers nothing
 * @required: what a source must have, too, because it restricts what the device
 *	does, or cannot be left out by its driver
 * @negotiated: what the driver in the guest has accepted
 */
struct vdev_feature {
	const char *name;
	u32 rule;
	struct vdev_bitmap supported;
	struct vdev_bitmap provisioned;
	struct vdev_bitmap required;
	struct vdev_bitmap negotiated;
};

/**
 * struct vdev_value - one value, or none
 * @type: which member of the union is meant; 0 if there is no value
 * @u64: a number, at most 2^63 - 1
 * @string: a string of UTF-8 text, at most VDEV_STRING_LEN bytes
 * @boolean: true or false
 */
struct vdev_value {
	u32 type;
	union {
		u64 u64;
		const char *string;
		bool boolean;
	};
};

/**
 * struct vdev_allowed - one accepted value or range
 * @low: for a number, the smallest accepted
 * @high: for a number, the largest accepted
 * @string: for a string, the accepted one
 */
struct vdev_allowed {
	u64 low;
	u64 high;
	const char *string;
};

/**
 * struct vdev_param - a named parameter with its rule
 * @name: name of the parameter, unique at the endpoint
 * @type: enum vdev_value_type; the values below are of this type
 * @rule: any rule but VDEV_RULE_SUBSET and VDEV_RULE_SEMVER; 0 chooses
 *	VDEV_RULE_EQUAL. Order and ranges are for numbers alone.
 * @flags: enum vdev_param_flag, or-ed; mandatory only with configurable
 * @origin: where the value came from; 0 chooses VDEV_ORIGIN_DEFAULT
 * @value: the value, if there is one
 * @off: the value that means "not in effect", if there is one
 * @allowed: accepted values; not for VDEV_VALUE_TYPE_BOOL
 * @num_allowed: length of @allowed, at most VDEV_ALLOWED_MAX
 */
struct vdev_param {
	const char *name;
	u32 type;
	u32 rule;
	u32 flags;
	u32 origin;
	struct vdev_value value;
	struct vdev_value off;
	const struct vdev_allowed *allowed;
	unsigned int num_allowed;
};

/**
 * struct vdev_aggregation - how many base units one device is made of
 * @base: name of the base unit; NULL if the endpoint is not aggregated
 * @units: base units in one instance, at least 1
 * @count: instances aggregated, at least 1
 * @limit: most instances that can be aggregated; 0 if not known
 * @rule: VDEV_RULE_EQUAL (the default, 0) or VDEV_RULE_IGNORE
 * @resplit: the same total with another split is accepted
 */
struct vdev_aggregation {
	const char *base;
	u32 units;
	u32 count;
	u32 limit;
	u32 rule;
	bool resplit;
};

/**
 * struct vdev_ceiling_feature - the part of a feature set that is below a ceiling
 * @name: name of the set
 * @mask: the bits that may be offered
 */
struct vdev_ceiling_feature {
	const char *name;
	struct vdev_bitmap mask;
};

/**
 * struct vdev_ceiling_param - the values of a parameter that are below a ceiling
 * @name: name of the parameter, which is a number
 * @low: the smallest number
 * @high: the largest number, at most 2^63 - 1
 */
struct vdev_ceiling_param {
	const char *name;
	u64 low;
	u64 high;
};

/**
 * struct vdev_ceiling - what the administrator lets a type offer
 * @max_version: name of the newest device version; NULL for no limit
 * @features: feature sets, each name once; others are not limited
 * @num_features: length of @features, at most VDEV_FEATURES_MAX
 * @params: parameters, each name once; others are not limited
 * @num_params: length of @params, at most VDEV_PARAMS_MAX
 */
struct vdev_ceiling {
	const char *max_version;
	const struct vdev_ceiling_feature *features;
	unsigned int num_features;
	const struct vdev_ceiling_param *params;
	unsigned int num_params;
};

/**
 * struct vdev_record - the compared part of an endpoint
 * @device_api: interface that the device shows, such as "vfio-pci"
 * @model: identity of the device model; default rule VDEV_RULE_ONE_OF
 * @type: name of the type; default rule VDEV_RULE_EQUAL, or
 *	VDEV_RULE_ONE_OF where further types are accepted
 * @software_version: version of the state stream; NULL if there is none
 * @versions: device versions, oldest to newest
 * @num_versions: length of @versions, at most VDEV_VERSIONS_MAX
 * @versions_rule: VDEV_RULE_ONE_OF (the default, 0), VDEV_RULE_EQUAL or
 *	VDEV_RULE_IGNORE
 * @features: feature sets
 * @num_features: length of @features, at most VDEV_FEATURES_MAX
 * @params: parameters
 * @num_params: length of @params, at most VDEV_PARAMS_MAX
 * @aggregation: what the device is made of
 * @ceiling: what the administrator lets the type offer; NULL if all of it, and of all
 *	that a provider reports
 *
 * It travels between hosts and must hold no address, UUID or serial number
 * that names this endpoint.
 */
struct vdev_record {
	struct vdev_ident device_api;
	struct vdev_ident model;
	struct vdev_ident type;
	const struct vdev_software_version *software_version;
	const struct vdev_version *versions;
	unsigned int num_versions;
	u32 versions_rule;
	const struct vdev_feature *features;
	unsigned int num_features;
	const struct vdev_param *params;
	unsigned int num_params;
	struct vdev_aggregation aggregation;
	const struct vdev_ceiling *ceiling;
};

/**
 * struct vdev_blocker - why a device cannot be migrated at present
 * @name: short name, unique at the endpoint
 * @reason: the reason in a sentence for people
 * @flags: enum vdev_blocker_flag, or-ed
 */
struct vdev_blocker {
	const char *name;
	const char *reason;
	u32 flags;
};

/**
 * struct vdev_capacity - room for more instances of a type
 * @state: enum vdev_capacity_state; 0 if the endpoint has no capacity
 * @available: how many more instances can be created now
 * @limit: most instances there can be at all; 0 if not known
 */
struct vdev_capacity {
	u32 state;
	u32 available;
	u32 limit;
};

/**
 * struct vdev_cost - what a migration is expected to cost
 * @state_size: upper bound of the device state in bytes; 0 if not known
 * @precopy_size: bytes of it that can move before the stop; 0 if not known
 * @downtime: microseconds from stop to resume without the transfer; 0 if not
 *	known
 */
struct vdev_cost {
	u64 state_size;
	u64 precopy_size;
	u64 downtime;
};

/**
 * struct vdev_info - a provider-specific fact that is never compared
 * @name: name of the fact, unique at the endpoint
 * @value: its value
 */
struct vdev_info {
	const char *name;
	struct vdev_value value;
};

/**
 * struct vdev_counter - something that is counted for a device
 * @name: its name, unique at the device
 * @value: its value, at most 2^63 - 1
 */
struct vdev_counter {
	const char *name;
	u64 value;
};

/**
 * enum vdev_poll_use - what a provider's poll callback is to an endpoint
 * @VDEV_POLL_NONE: It is not called.
 * @VDEV_POLL_READ: What it reads has just been read, and is in the facts.
 * @VDEV_POLL_UNREAD: What it reads is not in the facts; it is called as soon
 *	as the endpoint is registered.
 */
enum vdev_poll_use {
	VDEV_POLL_NONE,
	VDEV_POLL_READ,
	VDEV_POLL_UNREAD,
};

/**
 * struct vdev_facts - everything that is reported of an endpoint
 * @poll: enum vdev_poll_use: is the poll callback to be asked about the
 *	endpoint? 0 for no. Ignored by vdev_update().
 * @driver: driver that implements the device; NULL if not known
 * @driver_version: its version; NULL if not known
 * @bound_driver: driver that uses the device now; NULL if there is none
 * @migration: what the driver declares; 0 chooses VDEV_MIGRATION_UNDECLARED
 * @capabilities: enum vdev_capability, or-ed
 * @operations: what can be asked of the provider, enum vdev_operation, or-ed; each
 *	needs its callback. Of a type, also what can be asked for the devices that are
 *	created of it.
 * @blockers: what stands in the way of a migration now
 * @num_blockers: length of @blockers, at most VDEV_BLOCKERS_MAX
 * @capacity: room for more instances
 * @cost: what a migration is expected to cost
 * @info: further facts
 * @num_info: length of @info, at most VDEV_INFO_MAX
 * @record: the compared part
 */
struct vdev_facts {
	u32 poll;
	const char *driver;
	const char *driver_version;
	const char *bound_driver;
	u32 migration;
	u32 capabilities;
	u32 operations;
	const struct vdev_blocker *blockers;
	unsigned int num_blockers;
	struct vdev_capacity capacity;
	struct vdev_cost cost;
	const struct vdev_info *info;
	unsigned int num_info;
	struct vdev_record record;
};

/**
 * struct vdev_order - what a provider is asked to do
 * @name: name of the device
 * @record: the compared part that the device is to have, validated by what was
 *	published of the type or device: in @versions the one that is chosen has
 *	VDEV_VERSION_FLAG_CURRENT, in @features what is to be provisioned is, in @params
 *	is each value, in @aggregation the count. All of it is below the ceiling of the
 *	type, and no ceiling is in it. The provider takes those that it
 *	offers a choice of, and reports the rest as it does anyway. NULL if the
 *	device is to be removed.
 * @dry_run: say whether it could be done, and change nothing
 *
 * It is valid during the call.
 */
struct vdev_order {
	const char *name;
	const struct vdev_record *record;
	bool dry_run;
};

/**
 * struct vdev_provider_ops - what the core may ask of a provider
 * @owner: THIS_MODULE; held while a poll takes long, so that unloading the
 *	module fails and does not wait
 * @bridge: The provider follows devices of drivers that may know more: where a
 *	provider without this registers an endpoint of the same name, that is
 *	shown, and this provider's is again when that has gone.
 * @poll: Read again the facts that change without an event, and pass them to
 *	vdev_update() if they have changed. Optional; without it nothing is
 *	polled. Called by a work item of the endpoint's own, under no lock of the
 *	core, never more than once at a time for one endpoint, and not after
 *	vdev_unregister() has returned. It can be called before
 *	vdev_device_register() or vdev_type_register() has returned. Returns 0, or
 *	an errno if nothing could be read now: it is called again an interval
 *	later then, if somebody still reads, and the endpoint is reported as stale
 *	if that goes on.
 * @veto: Reject the source's state, although every rule
 *	that the target publishes allows it. Optional. Returns true to reject,
 *	with the reason as a sentence for people in the buffer of @size bytes
 *	(VDEV_STRING_LEN and the NUL); false to have no objection. It cannot
 *	allow what the rules reject, because it is not asked then.
 *
 *	Called in process context, any number at a time, under no lock that a
 *	change or another reader needs. It may sleep, but unregistering the target
 *	waits for it, and so does unloading the core.
 *
 *	@target is an endpoint that the provider has registered. But a target can
 *	be asked for before vdev_device_register() or vdev_type_register() has
 *	returned it. @source is valid during the call, within its bounds, and of
 *	a host that may be any; nobody vouches for it.
 *
 * @create: Create a device of a type, by request of an administrator: it is there
 *	as ordered, and vdev_device_register() has returned for that name on the bus of
 *	the type, when the callback returns 0.
 * @configure: Give a device other values: it has them, and vdev_update() has
 *	returned, when the callback returns 0.
 * @remove: Remove a device: it is no more, and the callback itself has called
 *	vdev_unregister(), when it returns 0.
 *
 *	Each of the three is optional, and is asked where the facts of the endpoint have
 *	the operation. It returns 0; or an errno, and nothing has changed: -EBUSY if the
 *	device is in use, -ENOSPC if there is no room for it, -EOPNOTSUPP, or any other,
 *	with the reason as a sentence for people in the buffer of @size bytes
 *	(VDEV_STRING_LEN and the NUL), or nothing there.
 *
 *	Called by a work item, under no lock of the core, with @owner held, any number
 *	at a time, but for one device never more than one. It may sleep for as long as
 *	it takes; if it never returns, that is of no harm but to the device, and the
 *	module cannot be unloaded. There are VDEV_ORDERS_MAX under way for one provider
 *	at most. Who else unregisters @type or @device waits for the callback, and must
 *	not do so with a lock held that it takes.
 *
 * The priv argument is what the endpoint was registered with. No callback about
 * an endpoint is under way when vdev_unregister() has returned.
 */
struct vdev_provider_ops {
	struct module *owner;
	bool bridge;
	int (*poll)(struct vdev_endpoint *endpoint, void *priv);
	bool (*veto)(const struct vdev_endpoint *target, void *priv,
		     const struct vdev_record *source, char *reason,
		     size_t size);
	int (*create)(struct vdev_endpoint *type, void *priv,
		      const struct vdev_order *order, char *reason, size_t size);
	int (*configure)(struct vdev_endpoint *device, void *priv,
			 const struct vdev_order *order, char *reason, size_t size);
	int (*remove)(struct vdev_endpoint *device, void *priv,
		      const struct vdev_order *order, char *reason, size_t size);
};

#if IS_REACHABLE(CONFIG_VDEV)
struct vdev_provider *
vdev_provider_register(const char *name, const struct vdev_provider_ops *ops);
void vdev_provider_unregister(struct vdev_provider *provider);
void vdev_provider_settle(struct vdev_provider *provider);
void vdev_provider_not_followed(struct vdev_provider *provider,
				const char *reason);

struct vdev_endpoint *vdev_device_register(struct vdev_provider *provider,
					   const struct vdev_handle *handle,
					   const struct vdev_facts *facts,
					   void *priv);
struct vdev_endpoint *vdev_type_register(struct vdev_provider *provider,
					 const struct vdev_handle *handle,
					 const struct vdev_facts *facts,
					 void *priv);
int vdev_update(struct vdev_endpoint *endpoint, const struct vdev_facts *facts);
int vdev_blocker_add(struct vdev_endpoint *endpoint,
		     const struct vdev_blocker *blocker);
int vdev_blocker_del(struct vdev_endpoint *endpoint, const char *name);
void vdev_unregister(struct vdev_endpoint *endpoint);
u32 vdev_endpoint_id(const struct vdev_endpoint *endpoint);
int vdev_counters_set(struct vdev_endpoint *endpoint,
		      const struct vdev_counter *counters, unsigned int num);

void vdev_poll_now(struct vdev_endpoint *endpoint);
void vdev_poll_pause(struct vdev_endpoint *endpoint);
void vdev_poll_resume(struct vdev_endpoint *endpoint);
#else
#include <linux/vdev_off.h>
#endif

#endif /* _LINUX_VDEV_H */
