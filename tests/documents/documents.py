# SPDX-License-Identifier: GPL-2.0
"""Documents to test with: one that has everything, what makes it wrong, and random ones."""

import json
import random
import string

GONE = object()


def bitmap(*bits):
    return {"hex": hex(sum(1 << bit for bit in bits))}


def full():
    """Everything that a document can have."""
    return {
        "format": "vdev",
        "format-version": 1,
        "host": {"machine": "x86_64"},
        "endpoints": [{
            "kind": "device",
            "handle": "sim/a",
            "migration": "supported",
            "blockers": [{"name": "dma", "reason": "pinned", "flags": ["permanent"]},
                         {"name": "b", "reason": "busy"}],
            "record": {
                "device-api": {"value": "vdpa-net", "rule": "equal"},
                "model": {"value": "example.com/nic", "rule": "one-of",
                          "accept": ["example.com/nic-0", "a"]},
                "type": {"value": "nic", "rule": "ignore"},
                "software-version": {"value": "2.1.3", "rule": "semver",
                                     "accept": [{"from": "2.0.2", "to": "2.0.4"},
                                                {"from": "1.0.0"}]},
                "versions": {"rule": "one-of",
                             "list": [{"name": "v1", "flags": ["accept"]},
                                      {"name": "v2", "flags": ["create", "accept", "current"]}]},
                "features": [{"name": "virtio", "rule": "subset",
                              "supported": bitmap(3, 5, 16, 32),
                              "provisioned": bitmap(3, 5, 32),
                              "required": bitmap(32), "negotiated": bitmap(3, 32)},
                             {"name": "other", "provisioned": bitmap(1000)}],
                "params": [{"name": "mtu", "value-type": "u64", "rule": "range",
                            "flags": ["configurable"], "origin": "provisioned",
                            "value": {"u64": 1500}, "off-value": {"u64": 0},
                            "allowed": [{"low": 68, "high": 9000},
                                        {"low": 9216, "high": 9216}]},
                           {"name": "link", "value-type": "string", "value": {"string": "up"},
                            "allowed": [{"string": "up"}, {"string": "down"}]},
                           {"name": "fast", "value-type": "bool", "value": {"bool": True}}],
                "aggregation": {"base": "weight", "units": 4, "count": 2, "limit": 7,
                                "total": 8, "rule": "equal", "resplit": True},
            },
        }],
    }


def respelled(record):
    """The same with defaults left out, derived values added, lists turned round."""
    del record["device-api"]["rule"]
    del record["software-version"]["rule"]
    record["features"][0]["provisioned"]["hex"] = "0x000100000028"
    record["features"][0]["provisioned"]["names"] = ["these", "are", "three"]
    record["features"].reverse()
    record["params"].reverse()
    record["params"][2]["allowed"].reverse()
    record["software-version"]["accept"].reverse()
    record["versions"]["list"][1]["flags"].reverse()
    return record


def objects(value, path=()):
    """The paths of all objects in a document, host facts apart."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from objects(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects(inner, (*path, index))


ENDPOINT = ("endpoints", 0)
RECORD = (*ENDPOINT, "record")
MTU = (*RECORD, "params", 0)
VIRTIO = (*RECORD, "features", 0)
AT = "endpoints[0].record"
WORD = "is not a word that this version knows"

# What is no JSON, or none of ours: name, text, words.
TEXTS = [
    ("nothing", "", "empty"),
    ("white space", " \n", "empty"),
    ("half a document", '{"format":', "line 1, column 10: unexpected token near end of file"),
    ("two documents", "{}{}", "line 1, column 3: end of file expected near '{'"),
    ("a number", "5", "line 1, column 1: '[' or '{' expected near '5'"),
    ("a list", "[]", "is not an object"),
    ("a key that is there twice", '{"format":"vdev","format":"vdev"}',
     "line 1, column 25: duplicate object key near '\"format\"'"),
    ("a key that is there twice, far inside", '{"endpoints":[{"record":{"a":1,"a":2}}]}',
     "line 1, column 34: duplicate object key near '\"a\"'"),
    ("a number above 2^63 - 1", '{"a":9223372036854775808}',
     "line 1, column 24: too big integer near '9223372036854775808'"),
    ("a number that overflows a double", '{"a":1e999}',
     "line 1, column 10: real number overflow near '1e999'"),
    ("bytes that are not UTF-8", b'{"format":"\xff"}',
     "line 1, column 11: unable to decode byte 0xff near '\"'"),
    ("a NUL in a string", '{"format":"\\u0000"}',
     "line 1, column 18: \\u0000 is not allowed without JSON_ALLOW_NUL near '\"\\u0000\"'"),
    ("a NUL in the document", b'{"format":\0}',
     "line 1, column 11: invalid token near end of file"),
    ("nesting without end", "[" * 100000, "line 1, column 2049: maximum parsing depth reached "
                                          "near '['"),
    ("a token cut short", "vdev1.AAAA", "token 1: damaged token: it is cut short"),
    ("a token of a newer format", "vdev2.AAAA",
     "token 1: token of format 2, which is newer than this library"),
]

# What makes the full document wrong: name, path, value, words.
CHANGES = [
    ("no format", ("format",), GONE,
     'format: is not "vdev": not a document that vdevctl exports'),
    ("another format", ("format",), "json",
     'format: is not "vdev": not a document that vdevctl exports'),
    ("a format that is a number", ("format",), 1, "format: is not a string"),
    ("no version of the format", ("format-version",), GONE, "format-version: is not 1"),
    ("a newer version of the format", ("format-version",), 2,
     "format-version: 2 is newer than this version of vdevctl"),
    ("no endpoints", ("endpoints",), GONE, "endpoints: is missing"),
    ("endpoints that are no list", ("endpoints",), {}, "endpoints: is not a list"),
    ("an endpoint that is none", ENDPOINT, 5, "endpoints[0]: is not an object"),
    ("no kind", (*ENDPOINT, "kind"), GONE, "endpoints[0].kind: is missing"),
    ("the handle of a type", (*ENDPOINT, "handle"), "a/b/c",
     "endpoints[0].handle: is not BUS/NAME"),
    ("a number for a handle", (*ENDPOINT, "handle"), "7", "endpoints[0].handle: is not BUS/NAME"),
    ("a handle with control characters", (*ENDPOINT, "handle"), "sim/\x1b[31m",
     "endpoints[0].handle: is not BUS/NAME"),
    ("a blocker without a name", (*ENDPOINT, "blockers", 0, "name"), GONE,
     "endpoints[0]: blocker: name is empty"),
    ("a flag that is a number", (*ENDPOINT, "blockers", 0, "flags", 0), 1,
     "endpoints[0].blockers[0].flags[0]: is not a string"),
    ("a record that is none", RECORD, [], f"{AT}: is not an object"),
    ("an ident that is a string", (*RECORD, "model"), "m", f"{AT}.model: is not an object"),
    ("an accepted model that is a number", (*RECORD, "model", "accept", 1), 4,
     f"{AT}.model.accept[1]: is not a string"),
    ("a software version of two numbers", (*RECORD, "software-version", "value"), "2.1",
     f"{AT}.software-version.value: '2.1' is not MAJOR.MINOR.BUGFIX"),
    ("one with leading zeros", (*RECORD, "software-version", "value"), "2.01.0",
     f"{AT}.software-version.value: '2.01.0' is not MAJOR.MINOR.BUGFIX"),
    ("one with a number that is too large", (*RECORD, "software-version", "value"),
     "2.4294967296.0",
     f"{AT}.software-version.value: '2.4294967296.0' is not MAJOR.MINOR.BUGFIX"),
    ("one that goes on", (*RECORD, "software-version", "value"), "2.1.0.0",
     f"{AT}.software-version.value: '2.1.0.0' is not MAJOR.MINOR.BUGFIX"),
    ("a range without its start", (*RECORD, "software-version", "accept", 0, "from"), GONE,
     f"{AT}.software-version.accept[0].from: is missing"),
    ("versions that are a list", (*RECORD, "versions"), [], f"{AT}.versions: is not an object"),
    ("a bitmap without its number", (*VIRTIO, "required", "hex"), GONE,
     f"{AT}.features[0].required.hex: is missing"),
    ("a bitmap that is decimal", (*VIRTIO, "required", "hex"), "12",
     f"{AT}.features[0].required.hex: is not 0x and up to 4096 digits 0-9a-f"),
    ("a bitmap of 16,388 bits", (*VIRTIO, "supported", "hex"), "0x" + "f" * 4097,
     f"{AT}.features[0].supported.hex: is not 0x and up to 4096 digits 0-9a-f"),
    ("names that do not fit the bits", (*VIRTIO, "supported", "names"), ["MTU"],
     f"{AT}.features[0].supported.names: are 1, but hex, which decides, has 4 bits"),
    ("names that are numbers", (*VIRTIO, "required", "names"), [32],
     f"{AT}.features[0].required.names[0]: is not a string"),
    ("a value without a kind", (*MTU, "value"), {},
     f"{AT}.params[0].value: has not one of u64, string and bool"),
    ("a value of two kinds", (*MTU, "value"), {"u64": 1, "bool": True},
     f"{AT}.params[0].value: has not one of u64, string and bool"),
    ("a bare value", (*MTU, "value"), 1500, f"{AT}.params[0].value: is not an object"),
    ("a negative value", (*MTU, "value", "u64"), -1, f"{AT}.params[0].value.u64: is negative"),
    ("a fraction", (*MTU, "value", "u64"), 1.5,
     f"{AT}.params[0].value.u64: is not a whole number"),
    ("a bool that is a number", (*RECORD, "params", 2, "value", "bool"), 1,
     f"{AT}.params[2].value.bool: is neither true nor false"),
    ("a range without its end", (*MTU, "allowed", 0, "high"), GONE,
     f"{AT}.params[0].allowed[0]: has neither low and high nor string alone"),
    ("a range and a string", (*MTU, "allowed", 0, "string"), "a",
     f"{AT}.params[0].allowed[0]: has neither low and high nor string alone"),
    ("a count above 2^32 - 1", (*RECORD, "aggregation", "count"), 4294967296,
     f"{AT}.aggregation.count: is above 4294967295"),
    ("a total that is another", (*RECORD, "aggregation", "total"), 9,
     f"{AT}.aggregation.total: is not units times count"),
]


# What a newer version may say: path, value, the path that is reported, and what takes its
# place when the document is written; GONE if nothing does.
UNKNOWN = [
    ((*ENDPOINT, "kind"), "port", "kind", "device"),
    ((*ENDPOINT, "migration"), "unknown-9", "migration", "undeclared"),
    ((*ENDPOINT, "blockers", 0, "flags", 0), "x", "blockers[0].flags[0]", GONE),
    ((*RECORD, "device-api", "rule"), "maybe", "record.device-api.rule", "ignore"),
    ((*RECORD, "model", "rule"), "\x1b[31m", "record.model.rule", "ignore"),
    ((*RECORD, "type", "rule"), "", "record.type.rule", "ignore"),
    ((*RECORD, "software-version", "rule"), "maybe", "record.software-version.rule", "ignore"),
    ((*RECORD, "versions", "rule"), "maybe", "record.versions.rule", "ignore"),
    ((*RECORD, "versions", "list", 0, "flags", 0), "resume", "record.versions.list[0].flags[0]",
     GONE),
    ((*VIRTIO, "rule"), "superset", "record.features[0].rule", "ignore"),
    ((*MTU, "rule"), "rhyme", "record.params[0].rule", "ignore"),
    ((*MTU, "value-type"), "u128", "record.params[0].value-type", "u64"),
    ((*MTU, "flags", 0), "sealed", "record.params[0].flags[0]", GONE),
    ((*MTU, "origin"), "guessed", "record.params[0].origin", "default"),
    ((*MTU, "allowed", 1), {"multiple-of": 4}, "record.params[0].allowed", GONE),
    ((*RECORD, "params", 1, "allowed", 0), {"pattern": "u*"}, "record.params[1].allowed", GONE),
    ((*RECORD, "aggregation", "rule"), "maybe", "record.aggregation.rule", "ignore"),
]

# The same of values, whose keys are kept where they are.
UNKNOWN_VALUES = [
    ((*MTU, "value"), {"u128": "5"}, "record.params[0].value.u128"),
    ((*MTU, "off-value"), {"u128": "5"}, "record.params[0].off-value.u128"),
]


class Random:
    """Endpoints within all bounds."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def name(self):
        return "".join(self.random.choices(string.ascii_lowercase + "-.", k=3)).strip(".") + "x"

    def text(self):
        return self.name() + self.random.choice(["", " \u00e9", "\"'\\", "<&>", " \U0001F600"])

    def names(self, most):
        return sorted({self.name() for _ in range(self.random.randint(0, most))})

    def maybe(self, record, key, make):
        if self.random.random() < 0.7:
            record[key] = make()

    def some(self, words):
        return [word for word in words if self.random.random() < 0.5]

    def ident(self):
        ident = {"value": self.text(), "rule": self.random.choice(["equal", "one-of", "ignore"])}
        accept = sorted({self.text() for _ in range(self.random.randint(0, 3))})
        if accept:
            ident["accept"] = accept
        return ident

    def semver(self):
        return ".".join(str(self.random.choice([0, 1, 2, 10, 4294967295])) for _ in range(3))

    def software_version(self):
        accept = [{"from": self.semver()} for _ in range(self.random.randint(1, 3))]
        return {"value": self.semver(), "rule": self.random.choice(["semver", "range", "equal"]),
                "accept": accept}

    def versions(self):
        names = self.names(5)
        self.random.shuffle(names)
        return {"rule": "one-of",
                "list": [{"name": name, "flags": self.some(["create", "accept"])}
                         for name in names]}

    def bits(self):
        return bitmap(*(self.random.randrange(self.random.choice([8, 64, 300]))
                        for _ in range(self.random.randint(0, 6))))

    def feature(self, name):
        feature = {"name": name, "rule": self.random.choice(["subset", "equal", "ignore"])}
        self.maybe(feature, "supported", self.bits)
        self.maybe(feature, "provisioned", self.bits)
        self.maybe(feature, "negotiated", self.bits)
        return feature

    def number(self):
        return self.random.choice([0, 1, 1500, 2 ** 32, 2 ** 63 - 1])

    def number_param(self, param):
        param["value-type"] = "u64"
        param["rule"] = self.random.choice(["equal", "at-least", "at-most", "range", "one-of"])
        self.maybe(param, "value", lambda: {"u64": self.number()})
        self.maybe(param, "off-value", lambda: {"u64": self.number()})
        param["allowed"] = []
        for _ in range(self.random.randint(1, 4)):
            low, high = sorted((self.number(), self.number()))
            param["allowed"].append({"low": low, "high": high})

    def string_param(self, param):
        param["value-type"] = "string"
        self.maybe(param, "value", lambda: {"string": self.text()})
        self.maybe(param, "allowed",
                   lambda: [{"string": text} for text in sorted({self.text(), self.text()})])

    def bool_param(self, param):
        param["value-type"] = "bool"
        self.maybe(param, "value", lambda: {"bool": self.random.random() < 0.5})

    def param(self, name):
        param = {"name": name}
        self.random.choice([self.number_param, self.string_param, self.bool_param])(param)
        self.maybe(param, "origin",
                   lambda: self.random.choice(["default", "inherited", "provisioned"]))
        return param

    def aggregation(self):
        return {"base": self.name(), "units": self.random.randint(1, 9),
                "count": self.random.randint(1, 9), "resplit": self.random.random() < 0.5}

    def record(self):
        record = {}
        for key in ("device-api", "model", "type"):
            self.maybe(record, key, self.ident)
        self.maybe(record, "software-version", self.software_version)
        self.maybe(record, "versions", self.versions)
        self.maybe(record, "features", lambda: [self.feature(name) for name in self.names(4)])
        self.maybe(record, "params", lambda: [self.param(name) for name in self.names(6)])
        self.maybe(record, "aggregation", self.aggregation)
        return record

    def endpoint(self, number):
        kind = self.random.choice(["device", "type"])
        endpoint = {"kind": kind, "record": self.record(),
                    "handle": f"sim/{number}x" if kind == "device" else f"sim/p/{number}x"}
        self.maybe(endpoint, "migration",
                   lambda: self.random.choice(["undeclared", "unsupported", "supported"]))
        self.maybe(endpoint, "blockers",
                   lambda: [{"name": name, "reason": self.text(), "flags": self.some(["permanent"])}
                            for name in self.names(3)])
        return endpoint

    def document(self, num):
        return {"format": "vdev", "format-version": 1, "host": {"b": 1, "a": 2},
                "endpoints": [self.endpoint(number) for number in range(num)]}

    def shuffle(self, document):
        """Another order, wherever order has no meaning."""
        self.random.shuffle(document["endpoints"])
        for endpoint in document["endpoints"]:
            record = endpoint["record"]
            self.random.shuffle(endpoint.get("blockers", []))
            self.random.shuffle(record.get("features", []))
            self.random.shuffle(record.get("params", []))
            for param in record.get("params", []):
                self.random.shuffle(param.get("allowed", []))
            for key in ("device-api", "type", "software-version"):
                self.random.shuffle(record.get(key, {}).get("accept", []))
        return json.loads(json.dumps(document))
