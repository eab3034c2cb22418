# SPDX-License-Identifier: GPL-2.0
"""Cases and their results in KTAP. A case is a function whose documentation
is the sentence that it proves; what it defers is done when it ends."""

import contextlib
import time
import traceback


class Skip(Exception):
    """The case cannot be tried here; the text says why."""


def equal(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: {got!r} instead of {want!r}")


def run_case(case):
    """None if it passed, else Skip or the reason of the failure."""
    try:
        with contextlib.ExitStack() as stack:
            case(stack.callback)
    except Skip as skip:
        return skip
    except AssertionError as failure:
        return failure
    except Exception:  # pylint: disable=broad-except
        return AssertionError(traceback.format_exc())
    return None


def run_cases(cases):
    """Run them all; the exit status: 0 passed, 1 failed, 4 all skipped."""
    failed = skipped = 0
    print(f"KTAP version 1\n1..{len(cases)}", flush=True)
    for number, case in enumerate(cases, 1):
        name = " ".join(case.__doc__.split())
        began = time.monotonic()
        result = run_case(case)
        took = time.monotonic() - began
        if took >= 1:
            print(f"# took {took:.0f} s")
        if result is None:
            print(f"ok {number} {name}", flush=True)
        elif isinstance(result, Skip):
            skipped += 1
            print(f"ok {number} {name} # SKIP {result}", flush=True)
        else:
            failed += 1
            for line in str(result).splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}", flush=True)
    if failed:
        return 1
    return 4 if skipped == len(cases) else 0
