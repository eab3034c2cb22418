# SPDX-License-Identifier: GPL-2.0
"""Where documents come from: names of files, the standard input, folders, their size."""

import json
import os
import pathlib
import re
import resource
import subprocess
import tempfile

import documents

MIB = 1 << 20
MARK = b"\xef\xbb\xbf"
TWICE = "the standard input is named twice"


def named(*handles):
    """A document with these endpoints."""
    document = documents.full()
    endpoint = document["endpoints"][0]
    document["endpoints"] = [dict(endpoint, handle=handle) for handle in handles]
    return json.dumps(document)


# A file, a word, and the handles that are read; or what is said in their place.
WORDS = [
    ("host#1.json", "host#1.json", ["sim/a", "sim/b"]),
    ("host#1.json", "host#1.json#sim/b", ["sim/b"]),
    ("host#1.json", "./host#1.json#sim/b", ["sim/b"]),
    ("dir#2/a.json", "dir#2/a.json", ["sim/a", "sim/b"]),
    ("dir#2/a.json", "dir#2/a.json#sim/a", ["sim/a"]),
    ("dir#2/x", "./dir#2/x#sim/a", ["sim/a"]),
    ("a.json#sim/b", "./a.json#sim/b", ["sim/a", "sim/b"]),
    ("a.json", "a.json#sim/c#d", ["sim/c#d"]),
    ("a.json", "a.json#sim/c", "a.json: has no endpoint 'sim/c'"),
    ("a.json", "a.json#2.json", "a.json: has no endpoint '2.json'"),
    ("b.json", "a#1.json", "a#1.json: No such file or directory"),
    ("b.json", "a#1.json#sim/a", "a#1.json: No such file or directory"),
    ("b.json", "./a#sim/a", "./a#sim/a: No such file or directory"),
    ("vdev1.json", "vdev1.json", ["sim/a", "sim/b"]),
    ("vdev1.json", "vdev1.json#sim/a", ["sim/a"]),
    ("vdev1.x/a.json", "vdev1.x/a.json#sim/a", ["sim/a"]),
    ("a.json", "vdev1.json", "vdev1.json: No such file or directory"),
    ("a.json", "vdev1.jso", "token: damaged token: it is cut short"),
    ("vdpa/foo.json", "vdpa/foo.json", ["sim/a", "sim/b"]),
    ("vdpa/foo.json", "vdpa/foo.json#sim/a", ["sim/a"]),
]


def read_word(tool, file, word, expected):
    handles = ("sim/a", "sim/c#d") if "#d" in word else ("sim/a", "sim/b")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(named(*handles))
        done = tool.run("-j", "record", "show", word, cwd=folder)
    if isinstance(expected, str):
        said = f"vdevctl: record show: {expected}\n"
        status = 6 if "has no endpoint" in expected else 1
        return "" if done.stderr.decode() == said and done.returncode == status else done.stderr
    if done.returncode or done.stderr:
        return done.stderr
    got = [endpoint["handle"] for endpoint in json.loads(done.stdout)["endpoints"]]
    return "" if got == expected else got


def check_words(tap, tool):
    for file, word, expected in WORDS:
        tap.result(f"{word} where there is {file}", read_word(tool, file, word, expected))


def check_marks(tap, tool):
    """A byte order mark before UTF-8 says nothing, and what is none stays an error."""
    document = named("sim/a").encode()
    plain = tool.run("record", "convert", "-", data=document)
    token = tool.run("record", "convert", "-", "--token", data=document).stdout
    for name, text, expected in (("a document", MARK + document, plain.stdout),
                                 ("a token", MARK + token, None)):
        done = tool.run("record", "convert", "-", data=text)
        same = expected is None or done.stdout == expected
        tap.result(f"{name} behind a byte order mark is read",
                   "" if not done.returncode and same else done.stderr)
    done = tool.run("profile", "load", "--dry-run", "-", data=MARK + json.dumps(
        {"format": "vdev", "format-version": 1, "profiles": []}).encode())
    tap.result("so are profiles", done.stderr if done.returncode else "")
    for text in (MARK + MARK + document, MARK[:2] + document):
        done = tool.run("record", "show", "-", data=text)
        tap.result(f"but not {len(text) - len(document)} bytes of such",
                   "" if done.returncode == 1 and not done.stdout else done.stdout)
    done = tool.run("record", "show", "-", data=MARK)
    tap.result("a mark alone is nothing", "" if done.stderr.endswith(b"-: empty\n") else done.stderr)


def check_stdin(tap, tool):
    """What is there once is not read twice."""
    text = named("sim/a", "sim/b")
    for args, word in ((("check", "--offline", "-", "-"), "-"),
                       (("check", "--offline", "-#sim/a", "-"), "-"),
                       (("check", "--offline", "-#sim/a", "/dev/stdin"), "/dev/stdin"),
                       (("baseline", "-", "-"), "-"), (("baseline", "/dev/stdin", "-"), "-"),
                       (("matrix", "-", "-"), "-"), (("matrix", "/dev/stdin", "-"), "-"),
                       (("profile", "load", "--dry-run", "-", "-"), "-")):
        data = named("sim/a")
        if args[0] == "profile":
            data = '{"format": "vdev", "format-version": 1, "profiles": []}'
        done = tool.run(*args, data=data)
        said = done.stderr.decode().split("\n")[0]
        tap.result(f"rejected: {' '.join(args)}",
                   "" if done.returncode == 5 and said.endswith(f": {word}: {TWICE}") else said)
    done = tool.run("check", "--offline", "-#sim/a", "-#sim/b", data=text)
    # Both have a permanent blocker.
    tap.result("two endpoints of it are not the same twice", done.stderr)
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(text.encode())
        file.flush()
        with open(file.name, "rb") as stdin:
            done = subprocess.run([tool.path, "check", "--offline", "-#sim/a", f"{file.name}#sim/b"],
                                  stdin=stdin, check=False, capture_output=True, timeout=120)
    tap.result("a regular file is read from its start, also twice", done.stderr)


def check_folder(tap, tool):
    """What is no file in a folder of profiles is named, and stops nobody."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        os.mkfifo(path / "a.json")
        (path / "b.json").mkdir()
        (path / "c.json").symlink_to("/dev/zero")
        (path / "d.json").symlink_to("/dev/null")
        (path / "e.json").write_text('{"format": "vdev", "format-version": 1, "profiles": []}')
        (path / "z.fifo").symlink_to("a.json")
        done = tool.run("profile", "load", "--dry-run", folder)
        said = sorted(done.stderr.decode().splitlines())
        expected = [f"vdevctl: profile load: {folder}/{name}.json: skipped: not a regular file"
                    for name in "abc"]
        tap.result("FIFOs, folders and devices among profiles are skipped",
                   "" if not done.returncode and said == expected else said)
        (path / "f.json").symlink_to("absent")
        done = tool.run("profile", "load", "--dry-run", folder)
        tap.result("a link to nowhere is an error",
                   "" if done.returncode == 1 and b"No such file" in done.stderr else done.stderr)


def peak(tool, inner, size):
    """Peak resident bytes while a document is read that is full of what it has under a key
    that is not known; the exit status; and what was said."""
    document = named("sim/a").encode()
    head, tail = b'{"later":[', b'0],' + document[1:]
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        # This process stays small: what it takes counts as the child's, too.
        file.write(head)
        for _ in range((size - len(head) - len(tail)) // len(inner) // 1024):
            file.write(inner * 1024)
        file.write(tail)
        file.flush()
        with subprocess.Popen([tool.path, "record", "show", file.name], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE) as child:
            said = child.stderr.read().decode()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * 1024, child.returncode, re.sub(r"/\S*json: ", "", said)


def ranges(count):
    """As many endpoints whose lists are long, which are the largest once they are read."""
    allowed = [{"low": 2 * i, "high": 2 * i + 1} for i in range(16)]
    param = {"value-type": "u64", "value": {"u64": 0}, "rule": "range", "allowed": allowed}
    record = {"params": [dict(param, name=f"p{i}") for i in range(16)]}
    endpoint = {"kind": "device", "migration": "supported", "record": record}
    return json.dumps({"format": "vdev", "format-version": 1, "endpoints": [
        dict(endpoint, handle=f"sim/d{i}") for i in range(count)]}, separators=(",", ":"))


def check_lists(tap, tool):
    """What can be exported can be read."""
    text = ranges(2000)
    assert len(text) > 10 * MIB, f"{len(text)} bytes are no test of the bound"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(text)
        file.flush()
        done = tool.run("check", "--offline", f"{file.name}#sim/d0", f"{file.name}#sim/d1999")
    tap.result(f"{len(text) // MIB} MiB of ranges are read",
               "" if done.returncode == 0 else done.stderr)


def check_endpoints(tap, tool):
    """So many of them that what is kept of each counts."""
    most = 262144
    document = json.dumps({"format": "vdev", "format-version": 1,
                           "endpoints": [{"kind": "device"}]})
    token = tool.run("record", "convert", "-", "--token", data=document).stdout.strip()
    assert token.startswith(b"vdev1."), token
    for name, text in (("tokens", token + b"\n"), ("endpoints", b'{"kind":"device"},')):
        text = text * (most + 1)
        if name == "endpoints":
            text = b'{"format":"vdev","format-version":1,"endpoints":[' + text[:-1] + b"]}"
        done = tool.run("record", "show", "-", data=text.decode())
        problem = f"exit status {done.returncode}: {done.stderr}"
        if done.returncode == 1 and b"has more than 262144 endpoints" in done.stderr:
            problem = ""
        tap.result(f"more than {most} {name} are rejected", problem)


def check_memory(tap, tool):
    """It is bounded, whatever is in a document."""
    for inner in (b"[],", b'{"":[0,{}]},'):
        used, status, said = peak(tool, inner, 64 * MIB)
        print(f"# {inner.decode()}: {used // MIB} MiB, exit status {status}", flush=True)
        problem = "" if used < 4 * 64 * MIB else f"{used} bytes"
        if status != 1 or said != "vdevctl: record show: has too many values for its size\n":
            problem = said
        tap.result(f"64 MiB of {inner.decode()} are rejected and take little", problem)
    used, status, said = peak(tool, b'{"a longer word":"another word"},', 16 * MIB)
    print(f"# what is taken: {used // MIB} MiB, exit status {status}", flush=True)
    tap.result("what is taken takes up to twenty times its size",
               "" if status == 0 and used < 20 * 16 * MIB else f"{used} {said}")
    used, status, said = peak(tool, b"[],", MIB)
    tap.result("what is small is read, whatever it is", "" if status == 0 else said)


def check_exact_size(tap, tool):
    """The bound itself is taken, one byte more is not."""
    document = named("sim/a").encode()
    for size, status in ((64 * MIB, 0), (64 * MIB + 1, 1)):
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            file.write(document.ljust(size))
            file.flush()
            done = tool.run("record", "show", file.name)
        tap.result(f"a document of {size} bytes is {'rejected' if status else 'taken'}",
                   "" if done.returncode == status else done.stderr)


def check_hosts(tap, tool):
    """Where it was exported is what documents of equal endpoints differ in."""
    texts = []
    for host in ({"machine": "x86_64", "instance": 1}, {"machine": "s390x", "snapshot": 7}, None):
        document = dict(documents.full(), host=host)
        if not host:
            del document["host"]
        texts.append(json.dumps(document))
    whole = {tool.run("record", "convert", "-", data=text).stdout for text in texts}
    without = {tool.run("record", "convert", "-", "--no-host", data=text).stdout
               for text in texts}
    tap.result("documents of equal endpoints differ in the host", "" if len(whole) == 3 else whole)
    tap.result("and without it not at all", "" if len(without) == 1 and b"" not in without
               else without)


def pci_id(value):
    document = documents.full()
    document["endpoints"][0]["record"]["params"] = [
        {"name": "pci-id", "value-type": "string", "value": {"string": value}}]
    return json.dumps(document)


def check_pci_id(tap, tool):
    for value, expected in (("8086:5912", ["0x8086", "0x5912"]), ("1:F", ["0x0001", "0x000f"]),
                            ("-001: -02", []), ("+1:2", []), ("0x1:2", []), (" 1:2", []),
                            ("1:2 ", []), ("12345:1", []), ("1:12345", []), (":1", []),
                            ("1:", []), ("1", []), ("1:2:3", [])):
        done = tool.run("record", "convert", "-", "--libvirt", data=pci_id(value))
        got = re.findall(r"<(?:vendor|product)id>(\w+)<", done.stdout.decode())
        tap.result(f"a pci-id '{value}' in XML", "" if got == expected and not done.returncode
                   else f"{got} {done.stderr}")


def check_limit(tap, tool):
    """A file that may not grow is an error of writing, not the end by a signal."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    with tempfile.TemporaryFile() as file:
        done = subprocess.run([tool.path, "record", "show", "-"], input=named("sim/a").encode(),
                              stdout=file, stderr=subprocess.PIPE, preexec_fn=limit, check=False,
                              timeout=120)
    expected = b"vdevctl: cannot write the output: File too large\n"
    tap.result("what does not fit in a limited file is reported",
               "" if done.returncode == 1 and done.stderr == expected
               else f"{done.returncode} {done.stderr}")


def check_buffer(tap, tool):
    for value in ("0", "-1", "2147483648", "4294967297", "18446744073709551616", "1k"):
        done = tool.run("monitor", "--buffer", value)
        expected = f"monitor: --buffer: '{value}' is not a number of bytes from 1 to 2147483647"
        tap.result(f"rejected: a buffer of {value}",
                   "" if done.stderr.decode().startswith(f"vdevctl: {expected}\n") else done.stderr)


def check_all(tap, checked, installed):
    check_memory(tap, installed)
    check_lists(tap, installed)
    check_endpoints(tap, installed)
    check_words(tap, checked)
    check_marks(tap, checked)
    check_stdin(tap, checked)
    check_folder(tap, checked)
    check_hosts(tap, checked)
    check_pci_id(tap, checked)
    check_limit(tap, checked)
    check_buffer(tap, checked)
    check_exact_size(tap, installed)
