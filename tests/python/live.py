# SPDX-License-Identifier: GPL-2.0
"""What the package says of recorded replies is what vdevctl says, which lies beside them.

usage: live.py WHAT

The library with the replies in the place of the kernel is another one, so that each case is a
process: it prints the JSON of what it was asked, or the name of an exception and its text.
"""

import asyncio
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

import said
import vdev

HERE = pathlib.Path(__file__).resolve()
CASES = HERE.parents[1] / "golden/cases"
FILES = HERE.parents[1] / "golden/files"


def source():
    return vdev.Document.parse((FILES / "source.json").read_bytes()).endpoints[0].declaration


def judged(judgement, name, device_api=None):
    return {"source": name, "target": judgement.target,
            **said.judgement(judgement, "kernel", device_api)}


def devices():
    return [said.endpoint(one) for one in vdev.Connection().devices()]


def types():
    return [said.endpoint(one) for one in vdev.Connection().types()]


def check():
    with vdev.Connection() as connection:
        return [judged(connection.check("vdpa/vdpa0", "vdpa/vdpa1"), "vdpa/vdpa0", "vdpa-net")]


def check_type():
    with vdev.Connection(max_age_ms=1000) as connection:
        return [judged(connection.check(source(), "pci/0000:65:00.0/nic", kind="type"),
                       "source.json", "vdpa-net")]


def expect():
    return judged(vdev.Connection().check("vdpa/vdpa0", "vdpa/vdpa1", expect=18,
                                          instance=2718281828), "")


def find():
    with vdev.Connection() as connection:
        return [judged(one, "source.json", "vdpa-net") for one in connection.find(source())]


def find_live():
    """A device is no target of itself."""
    with vdev.Connection() as connection:
        device = connection.device("vdpa/vdpa0")
        return [judged(one, "vdpa/vdpa0", "vdpa-net")
                for one in connection.find(device.declaration()) if one.id != device.id]


def conditions():
    """What the kernel is asked for is in the file of requests."""
    wanted = vdev.Filter(kind="device", at_least="undeclared")
    vdev.Connection(max_age_ms=1000).find(source(), wanted)
    return []


def monitor():
    """Events, with asyncio, until the replay has no more of them."""
    events = []

    async def follow():
        with vdev.Monitor(wait="absent" in sys.argv) as followed:
            async for event in followed:
                events.append(event)

    async def main():
        task = asyncio.create_task(follow())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await asyncio.wait([task])
        if not task.cancelled():
            await task

    asyncio.run(main())
    return [said.event(event) for event in events]


def absent():
    return monitor()


def no_family():
    return vdev.Monitor()


def polled():
    """Without an event loop."""
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    events = []
    with vdev.Monitor() as followed:
        while not stopped:
            events += followed.read()
        mirror = sorted(one.handle for one in followed.endpoints())
    seen = {}
    for event in events:
        if event.type in ("new", "change", "del"):
            seen[(event.after or event.before).handle] = event.after is not None
    assert mirror == sorted(handle for handle, there in seen.items() if there), mirror
    return [said.event(event) for event in events]


def closed():
    """A task that waits ends when the monitor is closed, here as there is no more to read."""
    async def main():
        followed = vdev.Monitor()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, followed.close)
        number = 0
        async for _ in followed:
            number += 1
        return number > 0
    return asyncio.run(main())


def again():
    """A call of a signal handler or of a callback is rejected, and no deadlock."""
    connection = vdev.Connection()
    kept = vdev.endpoint.lent

    def lent(pointer):
        connection.devices()
        return kept(pointer)
    vdev.endpoint.lent = lent
    try:
        connection.devices()
    finally:
        vdev.endpoint.lent = kept
    return "it is not"


def run(replayed, case, what, **more):
    env = dict(os.environ, LD_LIBRARY_PATH=str(replayed),
               VDEV_REPLAY=str(CASES / f"{case}.wire"), **more)
    return subprocess.run([sys.executable, HERE, what], env=env, capture_output=True, text=True,
                          check=False, timeout=120)


def answer(replayed, case, what):
    done = run(replayed, case, what)
    if done.returncode or done.stderr:
        return f"exit status {done.returncode}: {done.stdout}{done.stderr}"
    return json.loads(done.stdout)


def lines(name, key=None):
    text = (CASES / name).read_text()
    if key:
        return json.loads(text)[key]
    return [json.loads(line) for line in text.splitlines()]


def same_events(mine, theirs):
    """What has changed, and all of a profile, only vdevctl shows."""
    theirs = [dict(event) for event in theirs]
    for event in theirs:
        event.pop("time", None)
        event.pop("changes", None)
        if "profile" in event:
            event["profile"] = {"name": event["profile"]["name"]}
    return "" if mine == theirs else f"{mine}\nvdevctl: {theirs}"


def same(mine, theirs):
    return "" if mine == theirs else f"{mine}\nvdevctl: {theirs}"


def shown(command):
    """Cases that list what there is, and what vdevctl says of them."""
    for path in sorted(CASES.glob("*.yaml")):
        if f"\ncommand: {command} show\n" in path.read_text() and \
                path.with_suffix(".json").exists():
            yield path.stem


def check_lists(tap, replayed):
    for command, what, key in (("dev", "devices", "dev"), ("type", "types", "type")):
        cases = list(shown(command))
        tap.result(f"there are cases of {what}", "" if cases else "none")
        for case in cases:
            tap.result(f"{what} of {case}",
                       same(answer(replayed, case, what), lines(f"{case}.json", key)))


def check_answers(tap, replayed):
    for case, what, key in (("check-live", "check", "check"), ("check-truncated", "check", "check"),
                            ("check-type", "check_type", "check"), ("find", "find", "find")):
        tap.result(f"the kernel's answer of {case}",
                   same(answer(replayed, case, what), lines(f"{case}.json", key)))
    # This one is printed for people.
    tap.result("the kernel's answer of find-live",
               same(answer(replayed, "find-live", "find_live"), lines("find-live.json", "find")))


def check_events(tap, replayed):
    for case, what in (("monitor", "monitor"), ("monitor-loss", "monitor"),
                       ("monitor-absent", "absent"), ("monitor", "polled")):
        theirs = lines(f"{case}.json")
        mine = answer(replayed, case, what)
        # Without --snapshot, what is there at first is not printed.
        if isinstance(mine, list) and theirs[:1] and theirs[0]["event"] == "synced":
            mine = mine[next(index for index, event in enumerate(mine)
                             if event["event"] == "synced"):]
        tap.result(f"events of {case}, {what}", same_events(mine, theirs))
    tap.result("an iteration ends when the monitor is closed",
               same(answer(replayed, "monitor", "closed"), True))


def check_failures(tap, replayed):
    for case, what, expected in (("check-expect", "expect", "Stale"),
                                 ("check-absent", "check_type", "Absent"),
                                 ("monitor-absent", "no_family", "Absent"),
                                 ("vdpa-net", "again", "RuntimeError")):
        done = run(replayed, case, what)
        tap.result(f"{case} raises {expected}",
                   "" if done.stdout.startswith(f"{expected}: ") else
                   f"{done.returncode} {done.stdout} {done.stderr}")


def check_request(tap, replayed, folder):
    """The kernel is asked the same by both."""
    requests = pathlib.Path(folder) / "requests"
    run(replayed, "find-at-least", "conditions", VDEV_REQUESTS=str(requests))
    theirs = pathlib.Path(folder) / "theirs"
    subprocess.run([replayed.parent / "replay-plain", "find", "source.json", "at-least",
                    "undeclared", "kind", "device"], cwd=FILES,
                   capture_output=True, check=False,
                   env=dict(os.environ, VDEV_REPLAY=str(CASES / "find-at-least.wire"),
                            VDEV_REQUESTS=str(theirs)))
    tap.result("the kernel is asked what vdevctl asks",
               same(requests.read_text(), theirs.read_text() or "nothing"))


def main():
    what = globals()[sys.argv[1]]
    if sys.argv[1] == "absent":
        sys.argv.append("absent")
    try:
        print(json.dumps(what()))
    except (vdev.VdevError, RuntimeError) as error:
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0


def check_all(tap, replayed):
    check_lists(tap, replayed)
    check_answers(tap, replayed)
    check_events(tap, replayed)
    check_failures(tap, replayed)
    with tempfile.TemporaryDirectory() as folder:
        check_request(tap, replayed, folder)


if __name__ == "__main__":
    sys.exit(main())
