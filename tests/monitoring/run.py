#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Monitoring with vdevctl, in a sandbox: see run.sh.

usage: run.py REPLAY PAGE...

REPLAY is vdevctl with recorded replies of the kernel. Each command of the literal blocks of a PAGE
is typed, and must print what stands behind it. There is neither a package manager nor systemd in
the sandbox: what they would do is done here, by the units and the defaults that are installed.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import textwrap
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden/cases"
sys.path.append(str(HERE.parent))

from tap import Tap  # noqa: E402  # pylint: disable=wrong-import-position

LIMIT = 60
EXPORTER = "http://localhost:9100/metrics"
FOLDER = pathlib.Path("/var/lib/prometheus/node-exporter")
UNITS = pathlib.Path("/usr/lib/systemd/system")
# Lines of a literal block, and a command in it with what it prints.
BLOCK = re.compile(r"::\n\n((?:(?: {4,}.*)?\n)+)")
COMMAND = re.compile(r"([$#]) (.*(?:(?<=<<'EOF')\n(?:.*\n)*?EOF)?)\n((?:.*\n)*)")
SAMPLE = re.compile(r'(\w+)(?:\{((?:\w+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\S+)')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')

# Which replies the kernel has for which object; it is not there if FAKE_KERNEL says so.
VDEVCTL = """#!/bin/sh
case "${FAKE_KERNEL:-} $* " in
[a-z]*)			case=$FAKE_KERNEL ;;
*" stats show "*)	case=stats ;;
*" type show "*)	case=list-types ;;
*" dev show "*)		case=vdpa-net ;;
*)			case=metrics ;;
esac
VDEV_REPLAY=%s/$case.wire exec %s "$@"
"""


def run(command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False, timeout=3 * LIMIT,
                          **options)


def failure(done, status=0):
    return "" if done.returncode == status else \
        f"exit status {done.returncode}: {done.stdout}{done.stderr}"


def until(check):
    """What the check finds wrong at last: an empty string once nothing is."""
    end = time.monotonic() + LIMIT
    problem = check()
    while problem and time.monotonic() < end:
        time.sleep(0.1)
        problem = check()
    return problem


class Unit:
    """A unit of systemd, as far as it is used here."""

    def __init__(self, name):
        self.name = name
        self.settings = {}
        for line in next(path for path in (UNITS / name, pathlib.Path("/lib/systemd/system") / name)
                         if path.exists()).read_text().splitlines():
            key, separator, value = line.partition("=")
            if separator and key[:1].isalpha():
                self.settings.setdefault(key, []).append(value)

    def missing(self):
        """What keeps it from being started."""
        return [path for path in self.settings.get("ConditionPathIsDirectory", [])
                if not os.path.isdir(path)]

    def words(self):
        defaults = {}
        for name in self.settings.get("EnvironmentFile", []):
            for line in pathlib.Path(name.lstrip("-")).read_text().splitlines():
                if not line.startswith("#") and "=" in line:
                    key, _, value = line.partition("=")
                    defaults[f"${key}"] = shlex.split(value)
        return sum((shlex.split(defaults[word][0]) if word in defaults and defaults[word] else
                    [] if word in defaults else [word]
                    for word in shlex.split(self.settings["ExecStart"][0])), [])


class Machine:
    """What apt and systemctl do."""

    def __init__(self):
        self.daemons = {}

    def apt(self, words):
        if words[:1] != ["install"]:
            return f"apt {words}"
        for name in words[1:]:
            if not os.path.isdir(f"/usr/share/doc/{name}"):
                return f"there is no package {name}"
            if (UNITS / f"{name}.service").exists() or \
                    os.path.exists(f"/lib/systemd/system/{name}.service"):
                self.daemon(name)
        return ""

    def daemon(self, name):
        # pylint: disable=consider-using-with
        self.daemons[name] = subprocess.Popen(Unit(f"{name}.service").words(),
                                              stdin=subprocess.DEVNULL,
                                              stderr=open(f"/tmp/{name}.log", "w"))

    def systemctl(self, words):
        verb, *names = [word for word in words if word != "--now"]
        for name in names:
            unit = Unit(name if "." in name else f"{name}.service")
            if unit.missing():
                return f"{name}: there is no {unit.missing()}"
            if verb == "reload":
                self.daemons[name].send_signal(1)
            elif verb == "enable" and not unit.settings.get("WantedBy"):
                return f"{name} cannot be enabled"
            elif verb == "start":
                done = run(unit.words())
                if str(done.returncode) not in ["0", *unit.settings.get("SuccessExitStatus", [])]:
                    return failure(done)
        return ""

    def end(self):
        for daemon in self.daemons.values():
            daemon.kill()
            daemon.wait()


def commands(page):
    """Who types each, the command, and what it prints."""
    for block in BLOCK.findall(page.read_text()):
        text = re.sub(r"\n+$", "\n", textwrap.dedent(block))
        for part in re.split(r"^(?=[$#] )", text, flags=re.M)[1:]:
            yield COMMAND.fullmatch(part).groups()


def prints(command, expected):
    done = run(["bash", "-c", command], cwd="/root")
    wanted = re.sub(r"\n+$", "\n", expected)
    return "" if done.stdout == wanted and not done.returncode else \
        f"exit status {done.returncode}: {done.stdout}{done.stderr}"


def typed(machine, user, command, expected):
    program, *words = shlex.split(command, posix=True)
    if program in ("apt", "systemctl"):
        return "" if user == "#" else "that is for root"
    if user == "#":
        return prints(command, expected)
    return until(lambda: prints(command, expected))


def samples(text):
    """Each with its labels in order of their names."""
    found = set()
    for line in text.splitlines():
        if line.startswith("vdev_"):
            name, labels, value = SAMPLE.fullmatch(line).groups()
            found.add((name, tuple(sorted(LABEL.findall(labels or ""))), float(value)))
    return found


def scraped():
    with urllib.request.urlopen(EXPORTER, timeout=LIMIT) as answer:
        return answer.read().decode()


def comes_out(text):
    """All that is written comes out of node-exporter again, and it complains about nothing."""
    (FOLDER / "vdev.prom").write_text(text)
    got = scraped()
    wrong = samples(text) ^ samples(got)
    return wrong or ("" if "node_textfile_scrape_error 0" in got.splitlines() else "an error")


def clean(text):
    done = subprocess.run(["promtool", "check", "metrics"], input=text, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout + failure(done) if done.returncode or done.stdout else ""


def without_module(machine):
    """The service has not failed, and Prometheus sees it."""
    os.environ["FAKE_KERNEL"] = "absent"
    try:
        return machine.systemctl(["start", "vdev-metrics.service"]) or \
            ("" if samples(scraped()) == samples((GOLDEN / "metrics-absent.text").read_text())
             else scraped())
    finally:
        del os.environ["FAKE_KERNEL"]


def fact(kernel):
    return run(["/usr/share/vdev/ansible/vdev.fact"], env={**os.environ, "FAKE_KERNEL": kernel})


def main():
    replay, *pages = sys.argv[1:]
    machine, tap = Machine(), Tap()
    tool = pathlib.Path("/usr/bin/vdevctl")
    tool.unlink()
    tool.write_text(VDEVCTL % (GOLDEN, replay))
    tool.chmod(0o755)
    config = pathlib.Path("/etc/prometheus/prometheus.yml")
    config.write_text(re.sub(r"((scrape|evaluation)_(interval|timeout)): *\d+s", r"\1: 1s",
                             config.read_text()))
    print("TAP version 13")
    for page in map(pathlib.Path, pages):
        for user, command, expected in commands(page):
            program, *words = command.split()
            problem = typed(machine, user, command, expected)
            if not problem and program in ("apt", "systemctl"):
                problem = getattr(machine, program)(words)
            tap.result(f"{page.stem}: {command.splitlines()[0]}", problem)
    for path in sorted(GOLDEN.glob("metrics*.text")):
        tap.result(f"promtool finds nothing in {path.name}", clean(path.read_text()))
        tap.result(f"node-exporter takes all of {path.name}",
                   until(lambda path=path: comes_out(path.read_text())))
    tap.result("a metric that is none is noticed",
               "" if clean("# TYPE vdev_up counter\nvdev_up 1\n") and
               samples('vdev_x{a="\\\\n\\"\\n"} 1\n') == {("vdev_x", (("a", '\\\\n\\"\\n'),), 1.0)}
               else "it is not")
    tap.result("without the module the service writes that", without_module(machine))
    tap.result("alerts are raised when they should be",
               failure(run(["promtool", "test", "rules", str(HERE / "alerts.yml")])))
    absent, broken = fact("absent"), fact("stats-broken")
    tap.result("without the module there is a fact of that",
               failure(absent) or ("" if json.loads(absent.stdout) == {"loaded": False} else
                                   absent.stdout))
    tap.result("a kernel that answers nonsense is no fact",
               failure(broken, 1) or broken.stdout or ("" if broken.stderr else "without a word"))
    machine.end()
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
