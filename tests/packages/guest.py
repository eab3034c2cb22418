#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""What an administrator meets who has installed the packages: systemd runs this when it has booted.

Beside this script are tap.py, the packages of the next version, and what the modules of that
version are built to (boot.sh). A case is a function that returns what is wrong.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from tap import Tap

HERE = pathlib.Path(__file__).parent
PACKAGES = ("libvdev-dev", "libvdev0", "python3-vdev", "vdev-dkms", "vdev-doc", "vdevctl")
UNITS = ("vdev-profiles.service", "vdev-ceilings.service")
BRIDGES = {"vdev_vdpa": "vdpa", "vdev_mdev": "mdev", "vdev_vfio": "vfio"}
CONTROL = pathlib.Path("/sys/kernel/debug/vdev_sim/control")
CEILING = "sim/gpu0/i915-GVTg_V5_8"
PATIENCE = 60
CONFIGURATION = pathlib.Path("/etc/vdev/libvirt.conf")
ADMINISTRATOR = "undeclared = refuse\n"
# What a system changes in itself, and apt keeps.
CHANGING = re.compile(r"(dev|proc|run|sys|tmp|var/(log|cache|tmp|lib/(apt|dpkg|systemd|dbus|private))"
                      r"|(etc|var)/\.updated|usr/src/linux-[^/]*|root)/")
COMPLAINT = re.compile(r"warning|error|fail|cannot|could not|not empty", re.IGNORECASE)
# In Debian 12 dpkg knows of it as /lib/modprobe.d that others have files there.
COMMON_FOLDER = "directory '/usr/lib/modprobe.d' not empty"
SYSINIT = "sysinit.target"
EDUS = 3
BUILT = pathlib.Path("/usr/share/vdev-dkms")
FIRST, NEXT = (HERE / "versions").read_text(encoding="utf-8").split()
APT = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

tap = Tap()


def run(*words):
    """Both outputs and the status, of a command that is not asked anything."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout.strip()


def output(*words):
    """What it prints; that it fails is an error of the test."""
    status, text = run(*words)
    if status:
        raise RuntimeError(f"{' '.join(words)}: status {status}: {text}")
    return text


def vdevctl(*words):
    return json.loads(output("vdevctl", "-j", *words))


def wait_for(condition):
    """True as soon as the condition is, False after a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


def case(name, function):
    began = time.monotonic()
    try:
        problem = function()
    except Exception as error:  # pylint: disable=broad-except
        problem = f"{type(error).__name__}: {error}"
    tap.result(name, problem)
    print(f"# took {time.monotonic() - began:.1f} s", flush=True)


def loaded():
    return {line.split()[0] for line in pathlib.Path("/proc/modules").read_text().splitlines()}


def ours():
    return {name for name in loaded() if name == "vdev" or name.startswith("vdev_")}


def properties(*units):
    """Of a unit or, without one, of systemd itself."""
    text = output("systemctl", "show", *units)
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def profiles():
    return {one["name"] for one in vdevctl("profile", "show")["profiles"]}


def installed_profiles():
    names = set()
    for folder in ("/usr/share/vdev/profiles.d", "/etc/vdev/profiles.d"):
        for file in pathlib.Path(folder).glob("*.json"):
            names |= {one["name"] for one in json.loads(file.read_text())["profiles"]}
    return names


def in_effect():
    return profiles() == installed_profiles() and CEILING in output("vdevctl", "type", "ceilings")


def failed_units():
    return output("systemctl", "--failed", "--plain", "--no-legend")


# After the boot

def has_booted():
    status, text = run("systemctl", "is-system-running", "--wait")
    return text + "\n" + failed_units() if status or text != "running" else None


def has_modules():
    """Each bridge where its bus is."""
    wanted = {"vdev"} | {bridge for bridge, bus in BRIDGES.items() if not run("modinfo", bus)[0]}
    return wanted - loaded()


def units_have_run():
    problems = []
    for unit in UNITS:
        has = properties(unit)
        for key, value in (("Result", "success"), ("ConditionResult", "yes"),
                           ("ExecMainStatus", "0"), ("UnitFileState", "enabled")):
            if has[key] != value:
                problems.append(f"{unit}: {key}={has[key]}")
        if has["ExecMainExitTimestampMonotonic"] == "0":
            problems.append(f"{unit} has not run")
    return problems


def have_run_early():
    """What the system is started for meets no host without its profiles."""
    done = {}
    for line in output("journalctl", "-b", "-o", "json", "--no-pager", "_PID=1").splitlines():
        entry = json.loads(line)
        if entry.get("JOB_TYPE") == "start" and entry.get("JOB_RESULT") == "done":
            done.setdefault(entry["UNIT"], int(entry["__MONOTONIC_TIMESTAMP"]))
    return [f"{unit}: {done.get(unit)}, {SYSINIT}: {done[SYSINIT]}" for unit in UNITS
            if not done.get(unit, done[SYSINIT] + 1) < done[SYSINIT]]


def is_in_effect():
    if in_effect():
        return None
    return [f"loaded: {sorted(profiles())}", f"installed: {sorted(installed_profiles())}",
            output("vdevctl", "type", "ceilings")]


def first_reader_sees():
    """The devices that the administrator has given to VFIO."""
    text = output("vdevctl", "dev", "show", "bus", "pci")
    return None if text.count("bound-driver vfio-pci") == EDUS else text


def could_do_little():
    return [text for status, text in (run("systemd-analyze", "security", "--no-pager",
                                          "--threshold=19", unit) for unit in UNITS) if status]


def holds_nothing_up():
    """They use a processor for less than a tenth of the time that the boot takes."""
    manager = properties()
    boot = between(manager, "UserspaceTimestamp", "FinishTimestamp")
    used = 0.0
    for unit in UNITS:
        has = properties(unit)
        processor = int(has["CPUUsageNSec"]) / 1e9
        used += processor
        print(f"# {unit} took {between(has, 'InactiveExitTimestamp', 'InactiveEnterTimestamp'):.2f} s,"
              f" of a processor {processor:.2f} s; the boot {boot:.2f} s")
    return f"{used:.2f} s" if used > boot / 10 else None


def between(has, one, other):
    return (int(has[f"{other}Monotonic"]) - int(has[f"{one}Monotonic"])) / 1e6


# Modules that go and come

def unload():
    """All of ours, as an administrator does it."""
    output("modprobe", "-r", *sorted(ours() - {"vdev", "vdev_genl"}), "vdev", "vdev_genl")
    if ours():
        raise RuntimeError(f"still loaded: {ours()}")


def comes_back():
    unload()
    output("modprobe", "vdev")
    return None if wait_for(in_effect) else is_in_effect()


def reader_loads():
    """Somebody without rights: the modules come, with all that they had at boot."""
    unload()
    text = output("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                  "vdevctl", "dev", "show")
    if "pci/" not in text:
        return text
    return None if wait_for(in_effect) else is_in_effect()


def works_without():
    """A kernel that nothing was built for: the units do nothing, and nothing fails."""
    unload()
    version = output("modinfo", "-F", "version", "vdev")
    output("dkms", "uninstall", f"vdev/{version}", "-k", os.uname().release)
    problems = []
    for unit in (*UNITS, "systemd-modules-load.service"):
        problems.append(run("systemctl", "restart", unit)[1])
        if unit in UNITS and properties(unit)["ConditionResult"] != "no":
            problems.append(f"{unit} has run")
    problems.append(failed_units())
    output("systemctl", "reset-failed")
    output("dkms", "install", f"vdev/{version}", "-k", os.uname().release)
    output("modprobe", "vdev")
    wait_for(in_effect)
    return [one for one in problems if one]


# The next version

class Monitor:
    """A program that follows, from before the upgrade to after the purge."""
    def __init__(self):
        self.file = open(HERE / "monitor", "w+", encoding="utf-8")
        self.process = subprocess.Popen(["vdevctl", "monitor"], stdin=subprocess.DEVNULL,
                                        stdout=self.file, stderr=subprocess.STDOUT)
        self.wait_for("synced")
        self.before = self.sockets()

    def text(self):
        return (HERE / "monitor").read_text(encoding="utf-8")

    def wait_for(self, words):
        if not wait_for(lambda: words in self.text()):
            raise RuntimeError(f"the monitor has not said {words}: {self.text()}")

    def sockets(self):
        folder = pathlib.Path("/proc", str(self.process.pid), "fd")
        return {os.readlink(file) for file in folder.iterdir()
                if os.readlink(file).startswith("socket:")}

    def problem(self, name):
        """Of a device that comes now, it says so."""
        if self.process.poll() is not None:
            return f"it has ended: {self.text()}"
        if self.sockets() != self.before:
            return f"its socket was {self.before}, is {self.sockets()}"
        CONTROL.write_text(f"dev add {name}\n", encoding="utf-8")
        self.wait_for(f"sim/{name}")
        return [line for line in self.text().splitlines() if "overrun" in line or "rror" in line]


def apt_get(name, *words):
    """What is wrong: it failed, or complained. What it says is kept as apt-NAME."""
    path = HERE / f"apt-{name}"
    with path.open("w", encoding="utf-8") as file:
        status = subprocess.run(("apt-get", "-y", *words), stdin=subprocess.DEVNULL, stdout=file,
                                stderr=subprocess.STDOUT, check=False, env=APT).returncode
    text = path.read_text(encoding="utf-8")
    return text if status else [line for line in text.splitlines() if COMPLAINT.search(line)
                                and COMMON_FOLDER not in line]


def upgrade():
    """DKMS finds modules that were built elsewhere, in the way that it has for that."""
    tarball = f"vdev-{NEXT}.dkms.tar.gz"
    BUILT.mkdir()
    shutil.copy(HERE / tarball, BUILT / tarball)
    problem = apt_get("upgrade", "-o", "Dpkg::Options::=--force-confold", "install",
                      *sorted(str(file) for file in (HERE / "next").glob("*.deb")))
    shutil.rmtree(BUILT)
    return problem or [f"{name}: {version}" for name, version in versions().items()
                       if not version.startswith(NEXT)]


def versions():
    text = output("dpkg-query", "-W", "-f", "${Package} ${Version}\n", *PACKAGES)
    return dict(line.split() for line in text.splitlines())


def modules_stay():
    """The old ones, with what they know; new ones are there for the next boot."""
    problems = [name for name in ours() if sysfs_version(name) != FIRST]
    built = output("modinfo", "-F", "version", "vdev")
    if built != NEXT:
        problems.append(f"installed is {built}")
    return problems + missing_devices()


def sysfs_version(name):
    return pathlib.Path("/sys/module", name, "version").read_text(encoding="utf-8").strip()


def missing_devices():
    """Those of the simulator are gone as soon as its module is."""
    text = output("vdevctl", "dev", "show")
    return [name for name in ("sim/before", "pci/") if name not in text]


def new_tool_talks():
    if output("vdevctl", "-V") != f"vdevctl {NEXT}":
        return output("vdevctl", "-V")
    types = output("vdevctl", "type", "show", CEILING)
    return missing_devices() or (types if CEILING not in types else None)


def configuration_stays():
    problems = [] if ADMINISTRATOR in CONFIGURATION.read_text(encoding="utf-8") else ["changed"]
    if not CONFIGURATION.with_name("libvirt.conf.dpkg-dist").exists():
        problems.append("the packages' own is not beside it")
    return problems + [one for one in [is_in_effect(), failed_units()] if one]


# The end

def purge():
    return apt_get("purge", "purge", *PACKAGES) or failed_units()


def modules_are_loaded():
    return {"vdev", "vdev_sim"} - loaded()


def is_changing(name):
    return CHANGING.match(f"{name}/")


def listing():
    found = set()
    for folder, folders, files in os.walk("/", onerror=None):
        at = folder.strip("/") + "/" if folder != "/" else ""
        folders[:] = [name for name in folders if not is_changing(at + name)]
        found |= {at + name for name in (*folders, *files) if not is_changing(at + name)}
    return found


def leaves_nothing():
    """What was not there before the packages were, nor is the administrator's."""
    before = set((HERE / "before").read_text(encoding="utf-8").splitlines())
    before = {name for name in before if not is_changing(name)}
    now = listing()
    return sorted(f"+ {name}" for name in now - before) + \
        sorted(f"- {name}" for name in before - now)


def main():
    case("it has booted, and nothing has failed", has_booted)
    case("the first reader sees what VFIO has", first_reader_sees)
    case("the modules are loaded, each bridge where its bus is", has_modules)
    case("both units have run", units_have_run)
    case("they have run before sysinit.target", have_run_early)
    case("the profiles and ceilings of the host are in effect", is_in_effect)
    case("the units could do little else", could_do_little)
    case("they do not hold the boot up", holds_nothing_up)
    case("modules that are loaded again have profiles and ceilings again", comes_back)
    case("a reader without rights has the modules loaded, with profiles and ceilings", reader_loads)
    case("without modules for this kernel nothing fails", works_without)

    output("modprobe", "vdev_sim")
    CONTROL.write_text("parent add gpu0 i915-gvtg\ndev add before\n", encoding="utf-8")
    with CONFIGURATION.open("a", encoding="utf-8") as file:
        file.write(ADMINISTRATOR)
    monitor = Monitor()
    case("the next version is installed", upgrade)
    case("a program that follows goes on", lambda: monitor.problem("upgraded"))
    case("the modules stay as they are, those of the next version wait", modules_stay)
    case("the next version of the tool talks to them", new_tool_talks)
    case("what the administrator has written stays, and in effect", configuration_stays)
    case("all is purged", purge)
    case("the modules stay loaded", modules_are_loaded)
    case("a program that follows still goes on", lambda: monitor.problem("purged"))
    monitor.process.terminate()
    case("nothing is left", leaves_nothing)
    return tap.end()


sys.exit(main())
