# SPDX-License-Identifier: GPL-2.0
"""Simulated endpoints that are judged, for the tests of check and find."""

import errno
import os
import random
import sys
import traceback

import ktap
import spec

CONTROL = "/sys/kernel/debug/vdev_sim/control"
NOBODY = 65534


def specification():
    """The specification of this tree, or of the one that VDEV_TOP names."""
    path = spec.find(__file__)
    if not path and "VDEV_TOP" in os.environ:
        path = spec.find(f"{os.environ['VDEV_TOP']}/tests/kselftest/lib")
    return path


def skip_all(why):
    print(f"KTAP version 1\n1..0 # SKIP {why}")
    sys.exit(4)


def client(receive_buffer=0):
    """A client of the running family."""
    from words import Client  # pylint: disable=import-outside-toplevel
    return Client(specification(), receive_buffer)


def need_all():
    """Skip everything where something is missing."""
    if not os.access(CONTROL, os.W_OK):
        skip_all("needs root and the simulator")
    if not specification():
        skip_all("needs the specification; set VDEV_TOP")


def sim(line):
    with open(CONTROL, "wb", buffering=0) as control:
        control.write(line.encode() + b"\n")


def sim_remove(line):
    """The same; what is gone already is no failure."""
    try:
        sim(line)
    except OSError as error:
        if error.errno != errno.ENODEV:
            raise


def as_nobody(function, error=0):
    """Call it as a user without any capability, who gets that error, or none."""
    child = os.fork()
    if not child:
        status = 255
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            function()
            status = 0
        except OSError as rejected:
            status = rejected.errno
        except Exception:  # pylint: disable=broad-except
            traceback.print_exc(file=sys.stdout)
        finally:
            sys.stdout.flush()
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    ktap.equal("what a user without any capability gets", status, error)


def random_name():
    return f"j{os.getpid()}x{random.randrange(1 << 40):x}"


def kernel():
    """Major and minor number of the running kernel."""
    major, minor = os.uname().release.split(".")[:2]
    return int(major), int(minor.split("-")[0])


class World:
    """Endpoints of one test, which go when it is over."""

    def __init__(self, defer, receive_buffer=0):
        self.client, self.defer = client(receive_buffer), defer

    def device(self, words="migration=supported", count=None):
        """A device with these facts, as dev-get reports it; or the list of so many."""
        name = random_name()
        if count is None:
            sim(f"dev add {name} {words}")
            self.defer(sim_remove, f"dev del {name}")
            return self.client.do("dev-get", {"bus": "sim", "name": name})
        sim(f"dev add {name} count={count} {words}")
        self.defer(sim_remove, f"dev del {name}*")
        return [one for one in self.client.dump("dev-get", {})
                if one["name"].startswith(name)]

    def type(self, words="migration=supported"):
        """A type with these facts, as type-get reports it; it alone has its parent."""
        name = random_name()
        sim(f"parent add {name} plain")
        self.defer(sim, f"parent del {name}")
        sim(f"type add {name} {name} -type {words}")
        return self.client.do("type-get", {"parent-bus": "sim", "parent": name, "name": name})

    @staticmethod
    def set(device, words):
        """Change a device."""
        sim(f"dev set {device['name']} {words}")

    @staticmethod
    def declaration(endpoint):
        """The source that is what an endpoint would be on another host."""
        parts = ("endpoint", "migration", "capabilities", "blocker", "record")
        return {part: endpoint[part] for part in parts if part in endpoint}

    def check(self, source, target, **more):
        return self.client.do("check", {"id": target["id"], "source": source, **more})

    def find(self, source, **conditions):
        values = {"source": source}
        if conditions:
            values["filter"] = {key.replace("_", "-"): value
                                for key, value in conditions.items()}
        return self.client.dump("find", values)


def reported(words):
    """What kernels say whose acknowledgments can have no words of the moment."""
    return words[:79] if kernel() >= (6, 2) else "out of bounds"


def rejected(world, values, error, words, path):
    """A check is rejected in these words, and the acknowledgment points there."""
    rejection, where = world.client.where("check", values)
    ktap.equal("errno", errno.errorcode[rejection.errno], errno.errorcode[error])
    ktap.equal("words", rejection.text, words)
    ktap.equal("path", where, path)


class Declared(World):
    """A target, and sources that are records."""

    def __init__(self, defer):
        super().__init__(defer)
        self.target = self.device()

    def values(self, record, **more):
        return {"id": self.target["id"],
                "source": {"migration": "supported", **more, "record": record}}

    def takes(self, record, **more):
        """The answer."""
        return self.client.do("check", self.values(record, **more))

    def out_of_bounds(self, record, part, words, error=errno.EINVAL):
        rejected(self, self.values(record), error, reported(words), f"source/record/{part}")

    def misses(self, record, path):
        rejected(self, self.values(record), errno.EINVAL, "", f"source/record/{path}")


def judgement(answer):
    """Of an answer what does not depend on when it was given."""
    return {key: answer.get(key) for key in ("verdict", "finding", "rank")}


def unknown(answer):
    """The paths of what is not known, in the order in which they are reported. Each is a note of
    the same code, and they come after all that a rule has found."""
    found = [one for one in answer.get("finding", []) if one["field"] == "unknown"]
    ktap.equal("kinds", [one for one in found if one != {
        "field": "unknown", "result": "note", "code": "source-unknown", "name": one["name"]}], [])
    at = [i for i, one in enumerate(answer.get("finding", [])) if one["field"] == "unknown"]
    ktap.equal("together", at, list(range(at[0], at[0] + len(at))) if at else [])
    return [one["name"] for one in found]


def as_found(answer):
    """What find reports where check reports this."""
    rest = [one for one in answer.get("finding", []) if one["result"] in ("fail", "note")]
    return {**judgement(answer), "finding": rest or None}


def run(cases):
    """Run the cases that are named on the command line, or all, in any order."""
    need_all()
    chosen = [case for case in cases if not sys.argv[1:] or case.__name__ in sys.argv[1:]]
    random.shuffle(chosen)
    return ktap.run_cases(chosen)
