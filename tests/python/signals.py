# SPDX-License-Identifier: GPL-2.0
"""The handler of a signal can raise an exception, or use the package, at any moment.

usage: signals.py WHAT

Each case is a process with recorded replies, as in live.py: it prints the JSON of what is wrong.
"""

import faulthandler
import json
import os
import pathlib
import random
import signal
import sys
import time

import live
import said
import vdev

HERE = pathlib.Path(__file__).resolve()
SEED, ROUNDS = 7, 1500
# So many exceptions in monitors are a test, and so many monitors raise them on any machine.
ENOUGH, MONITORS = 40, 1000
# A deadlock ends a process with a trace.
PATIENCE_S = 60


class Alarm(Exception):
    """What the handler raises."""


class Storm:
    """Calls a function while signals arrive, at random moments."""

    def __init__(self, function, handler):
        self.function, self.handler, self.fired = function, handler, False
        self.draw = random.Random(SEED)
        faulthandler.dump_traceback_later(PATIENCE_S, exit=True)
        signal.signal(signal.SIGALRM, self.alarm)

    def alarm(self, *_):
        self.fired = True
        self.handler()

    def once(self, delay):
        """Returns whether the exception has arrived, and what was returned else."""
        self.fired = False
        try:
            signal.setitimer(signal.ITIMER_REAL, delay)
            result = self.function()
            signal.setitimer(signal.ITIMER_REAL, 0)
            return False, result
        except (Alarm, RuntimeError) as error:
            return str(error) or True, None

    def run(self, rounds=ROUNDS):
        """Yields for each round whether a signal arrived, its exception, and what was returned."""
        start = time.perf_counter()
        for _ in range(20):
            self.function()
        longest = (time.perf_counter() - start) / 20
        for _ in range(rounds):
            raised, result = self.once(self.draw.uniform(1e-6, longest))
            # Half of them arrive while the function is called, however fast that is.
            longest *= 1.02 if raised else 0.98
            yield self.fired, raised, result


def raise_alarm():
    raise Alarm


def interrupted(function):
    """An exception is never lost, and what is returned is whole."""
    expected, problems, arrived, whole = function(), [], 0, 0
    for fired, raised, result in Storm(function, raise_alarm).run():
        arrived += bool(raised)
        whole += not raised
        if fired != bool(raised):
            problems.append("an exception was lost")
        elif not raised and result != expected:
            problems.append(f"{result}, not {expected}")
    if function() != expected:
        problems.append("it does not recover")
    if min(arrived, whole) < ROUNDS // 10:
        problems.append(f"{arrived} exceptions and {whole} results are no test")
    return problems[:5]


def devices():
    connection = vdev.Connection()
    return interrupted(lambda: [one.handle for one in connection.devices()])


def found():
    connection, source = vdev.Connection(), live.source()
    return interrupted(lambda: [one.verdict for one in connection.find(source)])


def unknown():
    document = vdev.Document.parse((live.FILES / "newer.json").read_bytes())
    # One is too short to be interrupted.
    return interrupted(lambda: [one.path for _ in range(20) for one in document.unknown])


def again():
    """A handler that uses the connection is rejected while a call is under way."""
    connection = vdev.Connection()
    storm = Storm(lambda: len(connection.devices()), lambda: connection.devices())
    expected, problems, rejected = storm.function(), [], 0
    for _, raised, result in storm.run():
        rejected += bool(raised)
        if raised and "under way" not in raised or not raised and result != expected:
            problems.append(f"{raised} {result}")
    return problems[:5] or ([] if rejected else ["it is never rejected"])


def events_until_dry(interval):
    """All events of the recording, and how many exceptions were raised meanwhile."""
    stopped, events, raised = [], [], 0
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    signal.signal(signal.SIGALRM, lambda *_: raise_alarm())
    monitor = vdev.Monitor()
    signal.setitimer(signal.ITIMER_REAL, interval, interval)
    while not stopped:
        try:
            events += monitor.read()
        except Alarm:
            raised += 1
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    return raised, [said.event(event) for event in events + monitor.read()]


def in_child(function, *arguments):
    """The recording is read once in a process."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writer, "w") as file:
                json.dump(function(*arguments), file)
        except Alarm:
            os._exit(2)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        text = file.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return None if status == 2 else json.loads(text)


def monitor():
    """None of the events is lost, and none is there twice."""
    draw, problems, arrived = random.Random(SEED), [], 0
    _, expected = in_child(events_until_dry, 0)
    for _ in range(MONITORS):
        found_ = in_child(events_until_dry, draw.uniform(50e-6, 500e-6))
        # An exception between the calls of the package is not about it.
        if found_ is None:
            continue
        arrived += found_[0]
        if found_[1] != expected:
            problems.append(f"{found_[1]}, not {expected}")
        if arrived >= ENOUGH:
            break
    if arrived < ENOUGH:
        problems.append(f"{arrived} exceptions are no test")
    return problems[:3]


def check(tap, replayed):
    for name, case, what in (
            ("an interrupted list of devices is no short one", "vdpa-net", "devices"),
            ("an interrupted search has no short result", "find", "found"),
            ("what is not known is no short list", "vdpa-net", "unknown"),
            ("an interrupted monitor loses no events", "monitor", "monitor"),
            ("a handler that uses a connection is no deadlock", "vdpa-net", "again")):
        tap.result(name, live.answer(replayed, case, what, HERE))


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]]()))
