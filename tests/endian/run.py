#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Compare a little-endian and a big-endian build of vdevctl.

usage: run.py LITTLE BIG [--only SENTENCE]

Each is a folder with the programs vdevctl and replay-plain. What they print about the
same documents and tokens must be equal, byte for byte; --only runs that one case.
"""

import argparse
import base64
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FILES = HERE.parent / "golden/files"
sys.path += [str(HERE.parent / "golden"), str(HERE.parent / "documents"), str(HERE.parent)]

import documents  # noqa: E402  # pylint: disable=wrong-import-position
import profiles  # noqa: E402  # pylint: disable=wrong-import-position
import wire  # noqa: E402  # pylint: disable=wrong-import-position
from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

FORMS = ((), ("--token",), ("--traits",), ("--libvirt",), ("--nova-provider",), ("--nfd",))
SEED, BATCH, PAIRED, DAMAGED = 4, 100, 4, 24
MARK = "vdev1."
CRC = 4


class Cases(Tap):
    """All of them, or the one of that name."""

    def __init__(self, only):
        super().__init__()
        self.only = only

    def case(self, name, check, *args):
        """The check returns what is wrong."""
        if self.only and self.only != name:
            return
        try:
            problem = check(*args)
        except (ValueError, subprocess.TimeoutExpired) as error:
            problem = str(error)
        self.result(name, problem)

    def end(self):
        return super().end() or not self.count


class Build:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()

    def run(self, *args, program="vdevctl", env=None):
        """Exit status, stdout and stderr; in the folder of the documents."""
        done = subprocess.run([self.folder / program, *args], cwd=FILES, check=False, env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def output(self, *args):
        status, out, err = self.run(*args)
        if status:
            raise ValueError(f"{' '.join(args)}: exit status {status}: {err.decode()}")
        return out


def differ(little, big, *args):
    """How the two builds do, with the same arguments."""
    one, other = little.run(*args), big.run(*args)
    if one == other and one[0] in (0, 1, 2, 3, 6):
        return ""
    return f"{' '.join(args)[:200]}\nlittle: {one}\nbig:    {other}"


def all_in_the_same_way(little, big, runs):
    return "\n".join(filter(None, (differ(little, big, *args) for args in runs)))


def printed(path):
    """What can be done with one document, of profiles or not, or one token."""
    if parsed(path).get("profiles"):
        return [("record", "show", path), ("-j", "profile", "load", "--dry-run", path)]
    return [("-j", "record", "show", path), *(("record", "convert", path, *form)
                                              for form in FORMS)]


def made(folder):
    """Documents with long bitmaps and numbers that need 64 bits, and random ones."""
    texts = {"full.json": documents.full(), "profiles.json": profiles.everything(),
             "random.json": documents.Random(SEED).document(BATCH)}
    for name, document in texts.items():
        path = folder / name
        path.write_text(json.dumps(document))
        yield name, str(path)


def parsed(path):
    try:
        return json.loads((FILES / path).read_text())
    except (OSError, ValueError):
        return {}


def features(document):
    for entry in document.get("endpoints", []) + document.get("profiles", []):
        if isinstance(entry.get("record"), dict):
            yield from entry["record"].get("features", [])


def bitmaps_of(feature):
    return [int(value["hex"], 16) for value in feature.values() if isinstance(value, dict)]


def long_bitmaps(paths):
    """The comparison is of no worth without bits in every half of more than one word."""
    bits = 0
    for path in paths:
        for feature in features(parsed(path)):
            for bitmap in bitmaps_of(feature):
                bits |= bitmap
    parts = {"0 to 31": bits, "32 to 63": bits >> 32 & 0xffffffff, "64 and above": bits >> 64}
    return "".join(f"no bit of {part}\n" for part, found in parts.items()
                   if not found & 0xffffffffffffffff and not found >> 64)


def carried(writer, reader, paths, folder):
    """A token says on the other machine what it says where it was made."""
    made_of = [writer.run("record", "convert", path, "--token")
               for path in paths if parsed(path).get("endpoints")]
    # One of which a part cannot be read is for the golden cases.
    tokens = b"".join(out for status, out, _ in made_of if status == 0)
    if tokens.count(b"\n") < len(made_of) // 2:
        return "most documents cannot be read"
    (folder / "tokens").write_bytes(tokens)
    path = str(folder / "tokens")
    for args in (("record", "convert", path), ("-j", "record", "show", path)):
        if writer.output(*args) != reader.output(*args):
            return f"{args}: they differ"
    again = reader.output("record", "convert", path, "--token")
    return "" if set(again.split()) == set(tokens.split()) else "they changed"


def sides(path):
    """The endpoints of a document, as check takes them."""
    endpoints = parsed(path).get("endpoints", [])
    handles = [entry["handle"] for entry in endpoints if "handle" in entry]
    return [f"{path}#{handle}" for handle in handles[:PAIRED]] or [path] * (len(endpoints) == 1)


def verdicts(little, big, sources, targets):
    return all_in_the_same_way(little, big, (("-j", "check", "--offline", "--both", source, target)
                                   for source in sources for target in targets))


def sealed(data):
    """A token of these bytes, with the checksum that they need."""
    data += zlib.crc32(data).to_bytes(CRC, "little")
    return MARK + base64.urlsafe_b64encode(data).decode().rstrip("=")


def damaged(little, big):
    """One byte is another one, or the end is missing."""
    text = (FILES / "tokens").read_text().split()[0][len(MARK):]
    whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))[:-CRC]
    chance = random.Random(SEED)
    runs = []
    for number in range(DAMAGED):
        data = bytearray(whole)
        data[chance.randrange(len(data))] = chance.choice([0, 1, 3, 7, 9, 0x80, 0xff])
        if number % 4 == 0:
            del data[chance.randrange(len(data)):]
        runs.append(("-j", "record", "show", sealed(bytes(data))))
    return all_in_the_same_way(little, big, runs)


def unknown(little, big):
    """What a newer version adds is kept where it is not understood, in both directions."""
    spec, order = wire.Spec(), wire.ORDER
    wire.ORDER = "little"
    token = sealed(spec.attrs("source", {
        "migration": "supported",
        "record": {"model": {"value": "m", "rule": "equal", "attribute-40": {"hex": "01020304"}},
                   "feature": [{"name": "f", "rule": "subset", "supported": [1, 2],
                                "attribute-41": {"hex": "0102030405060708"}}],
                   "attribute-900": {"hex": "0506"}},
        "endpoint": "device"}))
    wire.ORDER = order
    problem = all_in_the_same_way(little, big, printed(token))
    if not problem and big.output("record", "convert", token, "--token").decode() != token + "\n":
        problem = "the token changed"
    return problem


class Messages:
    """The same messages of netlink on both, each in the byte order of its machine."""

    def __init__(self, folder):
        self.folder = folder
        self.spec = wire.Spec()

    def talk(self, build, order, exchanges, *args):
        """What is printed, what is asked as bytes, and the answers as bytes."""
        wire.ORDER = order
        lines = wire.replay_lines(self.spec, {"exchanges": exchanges})
        replies, requests = self.folder / "replies", self.folder / "requests"
        replies.write_text("\n".join(lines) + "\n")
        done = build.run(*args, program="replay-plain",
                         env={"VDEV_REPLAY": replies, "VDEV_REQUESTS": requests})
        if done[0] or done[2]:
            raise ValueError(f"{args}: {done}")
        return (done[1], [bytes.fromhex(line) for line in requests.read_text().split()],
                [bytes.fromhex(line) for line in lines if line.startswith("\t")])

    def bitmaps(self, set_name, data):
        """The bytes of all bitmaps, in nests too."""
        names = dict(self.spec.sets[set_name].values())
        found = []
        while data:
            length, number = wire.unpack("HH", data)
            attr, payload = names[number & 0x3fff], data[4:length]
            data = data[length + (-length % 4):]
            if attr["type"] == "binary":
                found.append(payload)
            elif attr["type"] == "nest":
                found += self.bitmaps(attr["nested-attributes"], payload)
        return found

    def read(self, little, big):
        """Bit n of a reply is bit n % 8 of byte n / 8."""
        words = [1 << 63 | 1 << 32 | 0x81, 0x0200, 1 << 40]
        data = b"".join(word.to_bytes(8, "little") for word in words)
        exchanges = [[{"dev": {"id": 1, "snapshot": 2 ** 40, "bus": "sim", "name": "a",
                               "record": {"feature": [{"name": "f", "supported": words}]}}},
                      {"done": {}}]]
        reported = {order: self.talk(build, order, exchanges, "-j", "dev", "show")
                for order, build in (("little", little), ("big", big))}
        if reported["little"][2] == reported["big"][2]:
            return "the messages are in one byte order"
        for out, _, replies in reported.values():
            if data not in replies[0]:
                return f"{replies[0].hex()} has no {data.hex()}"
            shown = json.loads(out)["dev"][0]["record"]["features"][0]["supported"]["hex"]
            if int(shown, 16) != int.from_bytes(data, "little"):
                return f"shown: {shown}"
        return "" if reported["little"][0] == reported["big"][0] else f"{reported}"

    def written(self, little, big):
        """The bitmaps of a request are the same bytes; all around them is not."""
        document = profiles.everything()
        path = self.folder / "sent.json"
        path.write_text(json.dumps(document))
        exchanges = [[{"done": {}}]]
        exchanges += [[{"profile-set": {"name": profile["name"], "changed": 0}}, {"ack": {}}]
                      for profile in document["profiles"]]
        expected = [bitmap.to_bytes((bitmap.bit_length() + 63) // 64 * 8, "little")
                    for feature in features(document) for bitmap in bitmaps_of(feature)]
        asked = {}
        for order, build in (("little", little), ("big", big)):
            requests = self.talk(build, order, exchanges, "profile", "load", str(path))[1]
            asked[order] = [self.spec.read_request(request) for request in requests]
            found = [bitmap for request in requests
                     for bitmap in self.bitmaps(self.spec.set_of("profile-set"), request[20:])]
            if sorted(found) != sorted(expected):
                return f"{order}: {[bitmap.hex() for bitmap in found]}"
        return "" if asked["little"] == asked["big"] else f"{asked}"


def run_all(tap, little, big, folder):
    named = {str(path): f"./{path}" for path in
             (path.relative_to(FILES) for path in sorted(FILES.rglob("*.json")))}
    named.update(made(folder))
    judged = [name for name, path in named.items() if sides(path)]
    tap.case("bitmaps are longer than a word", long_bitmaps, named.values())
    for name, path in [*named.items(), ("tokens", "./tokens")]:
        tap.case(f"printed alike: {name}", all_in_the_same_way, little, big, printed(path))
    tap.case("tokens of the little-endian build are read by the big-endian one",
             carried, little, big, named.values(), folder)
    tap.case("tokens of the big-endian build are read by the little-endian one",
             carried, big, little, named.values(), folder)
    for name, after in zip(judged, judged[1:] + judged[:1]):
        own = sides(named[name])
        tap.case(f"judged alike: {name}", verdicts, little, big, own[:1],
                 [*own, *sides("./source.json"), *sides(named[after])[:1]])
    tap.case("damaged tokens are rejected alike", damaged, little, big)
    tap.case("what is not known stays in a token", unknown, little, big)
    messages = Messages(folder)
    tap.case("bitmaps of a reply are read alike", messages.read, little, big)
    tap.case("bitmaps of a request are the same bytes", messages.written, little, big)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("little", type=Build)
    parser.add_argument("big", type=Build)
    parser.add_argument("--only", metavar="SENTENCE")
    options = parser.parse_args()
    tap = Cases(options.only)
    print("TAP version 13")
    with tempfile.TemporaryDirectory() as folder:
        run_all(tap, options.little, options.big, pathlib.Path(folder))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
