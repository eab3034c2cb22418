# SPDX-License-Identifier: GPL-2.0
"""The results of a test program, as TAP on stdout."""

LINES, LENGTH = 200, 500


def _lines(problem):
    if isinstance(problem, (list, set, tuple)):
        return [str(one) for one in problem]
    return str(problem).splitlines()


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, name, problem):
        """A test has failed if there is a problem: a text, a list, or anything that is true."""
        self.count += 1
        self.failed += bool(problem)
        for line in _lines(problem)[:LINES] if problem else []:
            print(f"# {line[:LENGTH]}")
        print(f"{'not ok' if problem else 'ok'} {self.count} - {name}", flush=True)

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}", flush=True)

    def end(self):
        """Returns the exit status."""
        print(f"1..{self.count}", flush=True)
        return 1 if self.failed else 0
