# SPDX-License-Identifier: GPL-2.0
"""What the package says of recorded replies is what vdevctl says, which lies beside them.

usage: live.py WHAT

The library with the replies in the place of the kernel is another one, so that each case is a
process: it prints the JSON of what it was asked, or the name of an exception and its text.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading

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


def profiles():
    return [said.profile(one) for one in vdev.Connection().profiles()]


def statistics():
    return said.statistics(vdev.Connection().statistics())


def device_statistics():
    """Which device it is the replies say."""
    return [said.device_statistics(vdev.Connection().device_statistics("vdpa/net0"))]


def queue_statistics():
    return [said.device_statistics(vdev.Connection().device_statistics("vdpa/net0", queue=1))]


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


class ClosedBefore(vdev.Monitor):
    """Another thread closes it before it is waited for."""

    async def _readable(self, memory):
        self.close()
        await super()._readable(memory)


class ClosedAfter(vdev.Monitor):
    """Another thread closes it as there is something to read."""

    async def _readable(self, memory):
        await super()._readable(memory)
        self.close()


def closed_in_between():
    """An iteration just ends."""
    async def follow(kind):
        return [event async for event in kind()]

    return [asyncio.run(asyncio.wait_for(follow(kind), 20)) for kind in (ClosedBefore, ClosedAfter)]


def closed_by_threads():
    """At any moment."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    draw = random.Random(7)

    async def follow():
        followed = vdev.Monitor()
        thread = threading.Timer(draw.uniform(0, 0.003), followed.close)
        thread.start()
        number = len([event async for event in followed])
        thread.join()
        return number

    for _ in range(100):
        asyncio.run(asyncio.wait_for(follow(), 20))
    return True


def closed_late():
    """The event loop is gone with a task that has waited."""
    followed = vdev.Monitor()

    async def main():
        waiting = followed._readable(followed._memory)
        waiting.send(None)
        return waiting

    waiting = asyncio.run(main())
    followed.close()
    with contextlib.suppress(RuntimeError):
        waiting.close()
    return True


def kept():
    """What could not be returned for a lack of memory comes with the next call."""
    convert, draw = vdev.monitor._event, random.Random(7)

    def scarce(address):
        if draw.randrange(5) == 0:
            raise MemoryError
        return convert(address)

    vdev.monitor._event = scarce
    stopped, events, failed = [], [], 0
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    followed = vdev.Monitor()
    lacking = False
    while not stopped or lacking:
        try:
            events += followed.read()
            lacking = False
        except MemoryError:
            failed += 1
            lacking = True
    assert failed, "memory was never scarce"
    return [said.event(event) for event in events]


def forked():
    """What a process has made, one that it forks cannot use, and does not harm."""
    connection, followed = vdev.Connection(), vdev.Monitor()
    expected = len(connection.devices())
    child = os.fork()
    if not child:
        rejected = 0
        for function in (connection.devices, followed.read, followed.endpoints, followed.fileno):
            try:
                function()
            except RuntimeError as error:
                rejected += "another process" in str(error)
        followed.close()
        del followed
        os._exit(rejected)
    rejected = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    events = []
    while not any(event.type == "synced" for event in events):
        events += followed.read()
    return [rejected, len(connection.devices()) == expected]


def run(replayed, case, what, program=HERE, **more):
    env = dict(os.environ, LD_LIBRARY_PATH=str(replayed),
               VDEV_REPLAY=str(CASES / f"{case}.wire"), **more)
    return subprocess.run([sys.executable, program, what], env=env, cwd=FILES, text=True,
                          capture_output=True, check=False, timeout=120)


def answer(replayed, case, what, program=HERE):
    done = run(replayed, case, what, program)
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
    for case, what, key in (("profile-show", "profiles", "profiles"),
                            ("profile-none", "profiles", "profiles"),
                            ("dev-stats", "device_statistics", "dev-stats"),
                            ("dev-stats-queue", "queue_statistics", "dev-stats"),
                            ("dev-stats-migration", "device_statistics", "dev-stats"),
                            ("dev-stats-permission", "device_statistics", "dev-stats")):
        tap.result(f"{what} of {case}",
                   same(answer(replayed, case, what), lines(f"{case}.json", key)))
    for case in ("stats", "stats-none"):
        tap.result(f"statistics of {case}",
                   same(answer(replayed, case, "statistics"), json.loads(
                       (CASES / f"{case}.json").read_text())))
    # This one is printed for people.
    tap.result("the kernel's answer of find-live",
               same(answer(replayed, "find-live", "find_live"), lines("find-live.json", "find")))


def check_events(tap, replayed):
    for case, what in (("monitor", "monitor"), ("monitor-loss", "monitor"),
                       ("monitor-absent", "absent"), ("monitor", "polled"),
                       ("monitor", "kept")):
        theirs = lines(f"{case}.json")
        mine = answer(replayed, case, what)
        # Without --snapshot, what is there at first is not printed.
        if isinstance(mine, list) and theirs[:1] and theirs[0]["event"] == "synced":
            mine = mine[next(index for index, event in enumerate(mine)
                             if event["event"] == "synced"):]
        tap.result(f"events of {case}, {what}", same_events(mine, theirs))
    for name, what, expected in (
            ("an iteration ends when the monitor is closed", "closed", True),
            ("an iteration ends when the monitor is closed in between", "closed_in_between", [[], []]),
            ("an iteration ends when a thread closes the monitor", "closed_by_threads", True),
            ("a monitor can be closed after its event loop", "closed_late", True),
            ("a process that is forked is rejected", "forked", [4, True])):
        tap.result(name, same(answer(replayed, "monitor", what), expected))


def check_failures(tap, replayed):
    for case, what, expected in (("check-expect", "expect", "Stale"),
                                 ("check-absent", "check_type", "Absent"),
                                 ("monitor-absent", "no_family", "Absent")):
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
