# SPDX-License-Identifier: GPL-2.0
"""What the family reports, for a shell test that asks again and again.

Usage: facts.py

Reads questions, a line each, and answers each of them with a line:

look OBJECT JSON	Nothing: keeps the only object of what vdevctl showed.
fact EXPRESSION		Its value as JSON; the object is Python's x.
state			A number that stands for all devices and types and
			for all facts of theirs, without generations and ages.
"""

import json
import sys

from genl import NLM_F_DUMP, Genl, attrs

DEV_GET, TYPE_GET = 1, 2
GENERATION, SNAPSHOT, AGE = 3, 4, 29


class Reader:
    """Answers questions."""

    def __init__(self):
        self.genl = Genl()
        self.family = self.genl.family("vdev")
        self.seen = None

    def look(self, words):
        kind, shown = words.split(" ", 1)
        self.seen, = json.loads(shown)[kind]
        return ""

    def fact(self, expression):
        return json.dumps(eval(expression, {"x": self.seen}))  # pylint: disable=eval-used

    def state(self, _):
        return hash(tuple((kind, data) for command in (DEV_GET, TYPE_GET)
                          for message in self.genl.ask(self.family, command, NLM_F_DUMP, b"")
                          for kind, data in attrs(message)
                          if kind not in (GENERATION, SNAPSHOT, AGE)))


def main():
    reader = Reader()
    for line in sys.stdin:
        question, _, rest = line.rstrip("\n").partition(" ")
        try:
            answer = getattr(reader, question)(rest)
        except Exception as error:  # pylint: disable=broad-except
            answer = f"{type(error).__name__}: {error}"
        print(answer, flush=True)


if __name__ == "__main__":
    main()
