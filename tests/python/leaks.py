# SPDX-License-Identifier: GPL-2.0
"""What is used again and again takes no more memory."""

import gc
import pathlib
import re

import vdev

FILES = pathlib.Path(__file__).resolve().parents[1] / "golden/files"
ROUNDS, SLACK = 300, 1024


def resident():
    """In KiB."""
    gc.collect()
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1])


def use():
    data = [(FILES / name).read_bytes() for name in ("several.json", "machine.json", "tokens")]
    documents = [vdev.Document.parse(one) for one in data]
    declared = [one.declaration for document in documents for one in document.endpoints]
    vdev.judge(declared[0], declared[-1]).findings
    vdev.rank(declared[0], documents)
    vdev.plan(declared[:3], declared[:3]).pair(0, 1)
    vdev.matrix(documents)
    vdev.baseline(documents)
    for form in ("json", "token", "libvirt", "traits"):
        documents[0].write(form)
    vdev.Document.of([(None, one) for one in declared]).unknown
    for text in ("vdev1.AA", b"{"):
        try:
            (vdev.Document if isinstance(text, bytes) else vdev.Declaration).parse(text)
        except vdev.Malformed:
            pass
    for one in declared:
        vdev.Declaration.parse(one.token).record


def growth(function, rounds):
    for _ in range(rounds // 3):
        function()
    before = resident()
    for _ in range(rounds):
        function()
    return resident() - before


def check(tap):
    grown = growth(use, ROUNDS)
    print(f"# {grown} KiB more after {ROUNDS} rounds")
    tap.result("memory does not grow", "" if grown < SLACK else f"{grown} KiB")
    kept = []
    grown = growth(lambda: kept.append(vdev.Document.parse((FILES / "several.json").read_bytes())),
                   ROUNDS)
    tap.result("memory that is kept is seen", "" if grown > SLACK else f"{grown} KiB")
