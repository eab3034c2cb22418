# SPDX-License-Identifier: GPL-2.0
"""Random facts: as a word of the simulator, as what the family must report of
them, and whether they keep the rules. Values are within their bounds, at a
bound, one over it, or hostile; each kind of fact knows only its own rules."""

RULES = ("equal", "subset", "at-least", "at-most", "one-of", "range", "semver", "ignore")
EQUAL, SUBSET, AT_LEAST, AT_MOST, ONE_OF, RANGE, SEMVER, IGNORE = range(1, 9)
U64, STRING, BOOL = 1, 2, 3
NAME_LEN, STRING_LEN, NUMBER_MAX, BITS_MAX = 63, 255, 2**63 - 1, 16384
# How many capabilities there are; provider.py holds it against the specification.
CAPABILITIES = 5
# What the simulator takes, with some room.
LINE_MAX = 120000

NOT_TEXT = (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80",
            b"\n", b"\x1b[2J", b"\x7f", b"\xf0\x8f\xbf\xbf")
NOT_NAME = (b" ", b"/", b"\xc3\xa4", b"\t", b"\x7f", b"\xff")


def escape(text):
    return "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"%{byte:02x}"
                   for byte in text)


class Maker:
    """Values; @ok becomes false when one breaks a rule."""

    def __init__(self, rng, hostile):
        self.rng, self.hostile, self.ok = rng, hostile, True

    def bad(self):
        """Whether to break a rule here."""
        if self.hostile and self.rng.random() < self.hostile:
            self.ok = False
            return True
        return False

    def maybe(self, chance=0.5):
        return self.rng.random() < chance

    def some(self, limit):
        """How many entries: few, none, as many as allowed, or one more."""
        if self.bad():
            return limit + 1
        return self.rng.choice((0, 1, 1, 2, 3, self.rng.randint(0, limit),
                                limit if self.maybe(0.3) else 1))

    def name(self):
        if self.bad():
            return self.rng.choice((b"", b"n" * (NAME_LEN + 1),
                                    b"a" + self.rng.choice(NOT_NAME)))
        size = NAME_LEN if self.maybe(0.1) else self.rng.randint(3, 12)
        return bytes(self.rng.choice(b"abcdefghijklmnopqrstuvwxyz0123456789._,:;%=-")
                     for _ in range(size))

    def names(self, count):
        """Different names; one of them twice if that is what is wrong."""
        names = []
        while len(names) < count:
            name = self.name()
            if name not in names or not name:
                names.append(name)
        if count > 1 and self.bad():
            names[-1] = names[0]
        return names

    def text(self, empty=True):
        if self.bad():
            wrong = [b"x" * (STRING_LEN + 1), b"ab" + self.rng.choice(NOT_TEXT)]
            return self.rng.choice(wrong if empty else wrong + [b""])
        if self.maybe(0.1):
            return b"x" * STRING_LEN
        size = self.rng.randint(0 if empty else 1, 20)
        return "".join(self.rng.choices("aZ9 ,=%/äß€\U0001f600\u00a0", k=size)).encode()

    def number(self, low=0, high=NUMBER_MAX, top=2**64 - 1):
        if high < top and self.bad():
            return self.rng.choice((high + 1, top))
        if low and self.bad():
            return low - 1
        return self.rng.choice((low, high, self.rng.randint(low, high),
                                min(high, low + self.rng.randint(0, 100))))

    def u32(self):
        return self.number(0, 2**32 - 1, 2**32 - 1)

    def rule(self, fitting):
        """A number and the word for it; 0 leaves the choice to the core."""
        if self.bad():
            wrong = [rule for rule in range(1, 9) if rule not in fitting]
            rule = self.rng.choice((*wrong, 9, 99, 2**32 - 1))
        else:
            rule = self.rng.choice((0, *fitting))
        named = 0 < rule < 9 and self.maybe()
        return rule, RULES[rule - 1] if named else str(rule)

    def bitmap(self, within=-1):
        """Nothing, or bits that are in @within; with the word for it."""
        if self.maybe(0.3):
            return None, ""
        bits = BITS_MAX + 1 if self.bad() else self.rng.choice(
            (0, 1, 64, 65, self.rng.randint(1, 300), BITS_MAX if self.maybe(0.05) else 8))
        value = within & self.rng.getrandbits(bits) if bits else 0
        digits = f"{value:x}" if value else ""
        return value.to_bytes((bits + 63) // 64 * 8, "little"), f"{digits}/{bits}"

    def semver(self):
        numbers = [self.u32() for _ in range(3)]
        reported = dict(zip(("major", "minor", "bugfix"), numbers))
        return numbers, reported, ".".join(map(str, numbers))

    def value(self, kind):
        """A value of that kind, as reported and as a word."""
        if kind == U64:
            number = self.number()
            return {"u64": number}, f"u64:{number}"
        if kind == STRING:
            text = self.text()
            return {"string": text}, f"string:{escape(text)}"
        flag = self.maybe()
        return {"bool": int(flag)}, f"bool:{str(flag).lower()}"


def driver(make, key):
    text = make.text(empty=False)
    return f"{key}={escape(text)}", {key: text}


def migration(make, key):
    number = 4 if make.bad() else make.rng.randint(0, 3)
    return f"{key}={number}", {key: number or 1}


def capabilities(make, key):
    number = 1 << CAPABILITIES if make.bad() else make.rng.randint(0, (1 << CAPABILITIES) - 1)
    return f"{key}={number}", {key: number}


def blocker(make, _key):
    words, reported = [], []
    for name in make.names(make.some(16)):
        reason, flags = make.text(), 2 if make.bad() else make.rng.randint(0, 1)
        words.append(f"blocker+={escape(name)},reason={escape(reason)},flags={flags}")
        reported.append({"name": name, "reason": reason, "flags": flags})
    return " ".join(words), {"blocker": reported} if reported else {}


def capacity(make, key):
    state = make.rng.randint(1, 3)
    limit, available = make.u32(), make.u32()
    if limit and available > limit:
        limit, available = available, limit
    if limit and available and limit != available and make.bad():
        limit, available = available, limit
    reported = {"state": state, "available": available}
    if limit:
        reported["limit"] = limit
    return f"{key}={state},available={available},limit={limit}", {key: reported}


def cost(make, key):
    reported = {name: make.number() for name in ("state-size", "precopy-size", "downtime")}
    word = (f"{key}={reported['state-size']},precopy-size={reported['precopy-size']},"
            f"downtime={reported['downtime']}")
    reported = {name: number for name, number in reported.items() if number}
    return word, {key: reported} if reported else {}


def info(make, _key):
    words, reported = [], []
    for name in make.names(make.some(32)):
        kind = make.rng.randint(1, 3)
        value, word = make.value(kind)
        words.append(f"info+={escape(name)},value={word}")
        reported.append({"name": name, "value-type": kind, "value": value})
    return " ".join(words), {"info": reported} if reported else {}


def identity(make, key):
    value = make.text(empty=False)
    rule, word = make.rule((EQUAL, ONE_OF, IGNORE))
    count = make.some(64)
    accept = list(dict.fromkeys(make.text() for _ in range(count)))
    if count > 64:
        accept = [b"%d" % i for i in range(count)]
    if accept and make.bad():
        accept.append(accept[0])
    default = {"device-api": EQUAL, "model": ONE_OF,
               "type": ONE_OF if accept else EQUAL}[key]
    reported = {"value": value, "rule": rule or default}
    if accept:
        reported["accept"] = accept
    words = "".join(f",accept={escape(text)}" for text in accept)
    return f"{key}={escape(value)},rule={word}{words}", {"record": {key: reported}}


def software_version(make, key):
    _, reported, value = make.semver()
    rule, word = make.rule((SEMVER, RANGE, EQUAL, IGNORE))
    words, accept = [], []
    for _ in range(make.some(64)):
        low, low_reported, low_word = make.semver()
        high, high_reported, high_word = make.semver()
        if make.maybe(0.3):
            accept.append({"from": low_reported})
            words.append(f",accept={low_word}-")
            continue
        wrong = low != high and make.bad()
        if (low > high) != wrong:
            low_reported, high_reported, low_word, high_word = high_reported, low_reported, high_word, low_word
        accept.append({"from": low_reported, "to": high_reported})
        words.append(f",accept={low_word}-{high_word}")
    make.ok = make.ok and (rule != RANGE or bool(accept))
    reported = {"value": reported, "rule": rule or SEMVER}
    if accept:
        reported["accept"] = accept
    return f"{key}={value},rule={word}{''.join(words)}", {"record": {key: reported}}


def versions(make, _key):
    rule, word = make.rule((ONE_OF, EQUAL, IGNORE))
    words, entries, seen = [f"versions-rule={word}"], [], 0
    for name in make.names(make.some(64)):
        flags = make.rng.randint(0, 15) & ~(seen & 12)
        if flags & 4:
            flags |= 1
        if make.bad():
            flags = make.rng.choice((16, 4))
        seen |= flags
        words.append(f"version+={escape(name)},flags={flags}")
        entries.append({"name": name, "flags": flags})
    reported = {"rule": rule or ONE_OF, "entry": entries}
    return " ".join(words), {"record": {"versions": reported}} if entries else {}


def number(bits):
    return int.from_bytes(bits or b"", "little")


def features(make, _key):
    words, reported = [], []
    for name in make.names(make.some(16)):
        rule, word = make.rule((SUBSET, EQUAL, IGNORE))
        one = {"name": name, "rule": rule or SUBSET}
        line = f"feature+={escape(name)},rule={word}"
        for field in ("supported", "provisioned", "required", "negotiated"):
            offered = number(one.get("provisioned", one.get("supported")))
            loose = field != "required" or (make.hostile and make.maybe(0.2))
            bits, word = make.bitmap(-1 if loose else offered)
            line += f",{field}={word}"
            if bits is not None:
                one[field] = bits
            if field == "required" and number(bits) & ~offered:
                make.ok = False
        words.append(line)
        reported.append(one)
    return " ".join(words), {"record": {"feature": reported}} if reported else {}


def allowed(make, kind, wanted):
    """What a parameter allows, as reported and as words."""
    count = 0 if kind == BOOL else max(wanted, make.some(64))
    reported, words = [], []
    for _ in range(count):
        if kind == STRING:
            text = make.text()
            reported.append({"string": text})
            words.append(f",allow=string:{escape(text)}")
            continue
        low, high = sorted((make.number(), make.number()))
        if low != high and make.bad():
            low, high = high, low
        reported.append({"low": low, "high": high})
        words.append(f",allow=u64:{low}-{high}")
    if kind == BOOL and make.bad():
        words.append(",allow=u64:1")
    return reported, "".join(words)


def param(make, name):
    kind = make.rng.randint(1, 3)
    fitting = {U64: (EQUAL, ONE_OF, IGNORE, AT_LEAST, AT_MOST, RANGE),
               STRING: (EQUAL, ONE_OF, IGNORE), BOOL: (EQUAL, IGNORE)}[kind]
    rule, word = make.rule(fitting)
    flags = make.rng.choice((2, 4)) if make.bad() else make.rng.choice((0, 1, 3))
    origin = 5 if make.bad() else make.rng.randint(0, 4)
    reported = {"name": name, "value-type": kind, "rule": rule or EQUAL, "flags": flags,
            "origin": origin or 1}
    line = f"param+={escape(name)},value-type={kind},rule={word},flags={flags},origin={origin}"
    for field, attr in (("value", "value"), ("off", "off-value")):
        if make.maybe(0.6):
            other = kind % 3 + 1 if make.bad() else kind
            reported[attr], word = make.value(other)
            line += f",{field}={word}"
    entries, words = allowed(make, kind, 1 if rule in (ONE_OF, RANGE) else 0)
    if entries:
        reported["allowed"] = entries
    return line + words, reported


def params(make, _key):
    words, reported = [], []
    for name in make.names(make.some(64)):
        word, one = param(make, name)
        words.append(word)
        reported.append(one)
    return " ".join(words), {"record": {"param": reported}} if reported else {}


def aggregation(make, key):
    base, (rule, word) = make.name(), make.rule((EQUAL, IGNORE))
    units, count = (make.number(1, 2**32 - 1, 2**32 - 1) for _ in range(2))
    limit = make.rng.choice((0, count, 2**32 - 1))
    if count > 1 and make.bad():
        limit = count - 1
    resplit = make.maybe()
    make.ok = make.ok and units * count <= NUMBER_MAX
    reported = {"base": base, "units": units, "count": count, "total": units * count,
            "rule": rule or EQUAL}
    if limit:
        reported["limit"] = limit
    if resplit:
        reported["resplit"] = True
    return (f"{key}={escape(base)},units={units},count={count},limit={limit},rule={word},"
            f"resplit={str(resplit).lower()}"), {"record": {key: reported}}


FACTS = {"driver": driver, "driver-version": driver, "bound-driver": driver,
         "migration": migration, "capabilities": capabilities, "blocker": blocker,
         "capacity": capacity, "cost": cost, "info": info, "device-api": identity,
         "model": identity, "type": identity, "software-version": software_version,
         "version": versions, "feature": features, "param": params,
         "aggregation": aggregation}
CLEAR = " ".join(f"-{key}" for key in (*FACTS, "versions-rule"))


def random_facts(rng):
    """Words, what must be reported of them, and whether all rules are kept."""
    while True:
        facts = facts_of_any_length(rng)
        if len(facts[0]) < LINE_MAX:
            return facts


def facts_of_any_length(rng):
    make = Maker(rng, rng.choice((0, 0, 0.002, 0.02, 0.1)))
    reported = {"migration": 1, "capabilities": 0, "record": {}}
    words = []
    for key in rng.sample(list(FACTS), rng.choice((0, 1, 1, 2, 3, 5, len(FACTS)))):
        word, more = FACTS[key](make, key)
        words.append(word)
        reported["record"].update(more.pop("record", {}))
        reported.update(more)
    return " ".join(words), reported, make.ok
