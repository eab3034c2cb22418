#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""How many pairs "check --all" judges in a second, without a kernel.

usage: many.py VDEVCTL

Sources and targets are endpoints of two exports, each unlike all others, with so many
compared fields; half of the pairs are compatible. What is printed is read from a pipe and
counted, as a program does that uses it.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

AIM = 20000
ROUNDS = 5
SIDE = 200
# Beside the parameters: interface, model, type, version of the stream, version, features.
OTHERS = 6


def endpoint(number, fields):
    params = [{"name": f"max-vq-{i:02}", "value-type": "u64", "rule": "at-least",
               "value": {"u64": 1500 + number * (i == 0)}} for i in range(fields - OTHERS)]
    record = {
        "device-api": {"value": "vdpa-net", "rule": "equal"},
        "model": {"value": "example.com/nic", "rule": "one-of"},
        "type": {"value": "nic-4", "rule": "equal"},
        "software-version": {"value": f"2.1.{number}", "rule": "semver"},
        "versions": {"rule": "one-of", "list": [
            {"name": "v1", "flags": ["create", "accept"]},
            {"name": "v2", "flags": ["create", "accept", "current"]}]},
        "features": [{"name": "virtio", "rule": "subset",
                      "provisioned": {"hex": "0x300430068"}}],
        "params": params,
    }
    return {"kind": "device", "handle": f"vdpa/vdpa{number}", "migration": "supported",
            "record": record}


def write_export(path, fields):
    path.write_text(json.dumps({"format": "vdev", "format-version": 1,
                                "endpoints": [endpoint(i, fields) for i in range(SIDE)]}))


def run(tool, options, path):
    """Pairs in a second."""
    start = time.monotonic()
    done = subprocess.run([tool, *options, "check", "--all", path, "--", path], check=False,
                          stdout=subprocess.PIPE)
    took = time.monotonic() - start
    lines = done.stdout.count(b"\n")
    if done.returncode != 2 or lines != SIDE * SIDE:
        sys.exit(f"many: exit status {done.returncode}, {lines} lines")
    return lines / took


def main():
    tool = sys.argv[1]
    print(f"check --all, {SIDE} sources and {SIDE} targets that all differ, without a kernel "
          f"(pairs a second; aim: {AIM})")
    print(f"{'fields and output':28} {'max':>10} {'median':>10}")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "export.json"
        for fields in (10, 20, 40):
            write_export(path, fields)
            for name, options in (("text", []), ("JSON", ["-j"])):
                rates = sorted(run(tool, options, path) for _ in range(ROUNDS))
                print(f"{f'{fields}, {name}':28} {rates[-1]:10.0f} {rates[ROUNDS // 2]:10.0f}"
                      f"  {'met' if rates[-1] >= AIM else 'missed'}")


if __name__ == "__main__":
    main()
