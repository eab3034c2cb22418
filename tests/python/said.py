# SPDX-License-Identifier: GPL-2.0
"""What the package says, in the JSON of vdevctl."""

import dataclasses

import vdev

# These numbers vdevctl writes as the matrix attribute of vfio_ap does.
AP_DIGITS = {"adapters": 2, "domains": 4, "control-domains": 4}

# The largest number that vdevctl prints.
LARGEST = 2**63 - 1

# What vdevctl calls the parts that cannot be read.
MISSING = {"queues": "queues", "migration": "migration-state"}

# None, which is not reported, and an empty list are left out.


def present(**pairs):
    return {key.replace("_", "-"): value for key, value in pairs.items()
            if value is not None and value != [] and value != ()}


def value(one):
    if one is None:
        return None
    return {"bool" if isinstance(one, bool) else "u64" if isinstance(one, int) else "string": one}


def bitmap(name, bits, device_api):
    if bits is None:
        return None
    names = vdev.feature_bits(name or "", bits, device_api)
    if name in AP_DIGITS:
        names = [f"{int(one.removeprefix('bit-')):0{AP_DIGITS[name]}x}" for one in names]
    return {"hex": f"{bits:#x}", "names": list(names)}


def ident(one):
    return one and present(value=one.value, rule=one.rule, accept=list(one.accept))


def software_version(one):
    return one and present(value=one.value, rule=one.rule, accept=[
        {"from": span.start, **present(to=span.end)} for span in one.accept])


def versions(record):
    if not record.versions and record.versions_rule is None:
        return None
    return present(rule=record.versions_rule, list=[
        present(name=one.name, flags=list(one.flags)) for one in record.versions])


def feature(one, device_api):
    return present(name=one.name, rule=one.rule, **{
        name: bitmap(one.name, getattr(one, name), device_api)
        for name in ("supported", "provisioned", "required", "negotiated")})


def param(one):
    return present(name=one.name, value_type=one.type, rule=one.rule, flags=list(one.flags),
                   origin=one.origin, value=value(one.value), off_value=value(one.off),
                   allowed=[present(low=span.low, high=span.high, string=span.string)
                            for span in one.allowed])


def aggregation(one):
    return one and present(base=one.base, units=one.units or None, count=one.count or None,
                           limit=one.limit or None, total=min(one.total, LARGEST) or None,
                           rule=one.rule, resplit=one.resplit)


def ceiling(one, device_api):
    return one and present(
        max_version=one.max_version,
        features=[{"name": part.name, "mask": bitmap(part.name, part.mask, device_api)}
                  for part in one.features],
        params=[present(name=part.name, low=part.low, high=part.high) for part in one.params])


def record(one):
    if one is None:
        return None
    api = one.device_api and one.device_api.value
    return present(device_api=ident(one.device_api), model=ident(one.model), type=ident(one.type),
                   software_version=software_version(one.software_version),
                   versions=versions(one), aggregation=aggregation(one.aggregation),
                   features=[feature(part, api) for part in one.features],
                   params=[param(part) for part in one.params], ceiling=ceiling(one.ceiling, api))


def blockers(some):
    return [present(name=one.name, reason=one.reason, flags=list(one.flags)) for one in some]


def exported(one):
    declared = one.declaration
    return present(handle=one.handle, kind=declared.kind, migration=declared.migration,
                   capabilities=list(declared.capabilities), blockers=blockers(declared.blockers),
                   record=record(declared.record))


def capacity(one):
    return one and present(state=one.state, available=one.available, limit=one.limit)


def endpoint(one):
    return present(
        handle=one.handle, id=one.id, instance=one.instance or None,
        generation=one.generation or None, bus=one.bus, name=one.name, parent_bus=one.parent_bus,
        parent=one.parent, provider=one.provider, driver=one.driver,
        driver_version=one.driver_version, bound_driver=one.bound_driver, profile=one.profile,
        conflict=one.conflict, age=one.age, stale=one.stale or None, migration=one.migration,
        migratable=one.migratable, capabilities=list(one.capabilities),
        operations=list(one.operations), blockers=blockers(one.blockers),
        capacity=capacity(one.capacity),
        cost=cost(one.cost),
        info=[present(name=fact.name, value_type=fact.type, value=value(fact.value))
              for fact in one.info],
        record=record(one.record))


def cost(one):
    return one and present(state_size=one.state_size, precopy_size=one.precopy_size,
                           downtime=one.downtime)


def profile(one):
    return present(name=one.name, bus=one.bus, driver=one.driver, type=one.type,
                   migration=one.migration, capabilities=list(one.capabilities),
                   cost=cost(one.cost), record=record(one.record), instance=one.instance or None,
                   generation=one.generation or None)


def statistics(one):
    """Numbers that are not reported, and those beside a name or a reason, are left out."""
    numbers = dataclasses.asdict(one)
    providers = numbers.pop("providers")
    return {"stats": present(**capped(numbers)),
            "providers": [present(**capped(provider)) for provider in providers]}


def capped(numbers):
    return {name: min(one, LARGEST) if isinstance(one, int) else one
            for name, one in numbers.items()}


def counters(some):
    return [{"name": one.name, "value": min(one.value, LARGEST)} for one in some]


def device_statistics(one):
    return present(handle=one.handle, id=one.id, counters=counters(one.counters),
                   queues=[present(index=queue.index, counters=counters(queue.counters))
                           for queue in one.queues],
                   migration_state=one.migration_state,
                   missing=[{"part": MISSING[part.part], "reason": part.reason}
                            for part in one.missing])


def finding(one, device_api):
    return present(field=one.field, name=one.name, rule=one.rule, result=one.result, code=one.code,
                   source=value(one.source), target=value(one.target),
                   missing=bitmap(one.name, one.missing, device_api),
                   unmet=bitmap(one.name, one.unmet, device_api), reason=one.reason)


def judgement(one, judge, device_api):
    """An answer without the names of both; findings are listed also if there is none."""
    of_kernel = present(id=one.id, instance=one.instance or None,
                        generation=one.generation or None, capacity=capacity(one.capacity),
                        age=one.age, stale=one.stale or None) if one.id else {}
    return {"kind": one.kind, **of_kernel, "judge": judge, "verdict": one.verdict,
            "rank": {"preference": one.rank.preference, "same-version": one.rank.same_version,
                     "bugfix": one.rank.bugfix, "surplus": one.rank.surplus},
            "findings": [finding(part, device_api) for part in one.findings],
            **present(truncated=one.truncated or None)}


def event(one):
    subject = one.after or one.before
    profile = one.profile is not None and {"name": one.profile}
    return present(event=one.type, instance=one.instance or None,
                   generation=one.generation or None,
                   resync=one.resync if subject else None,
                   loss=one.loss, kind=subject and subject.kind,
                   object=subject and endpoint(subject), profile=profile or None)
