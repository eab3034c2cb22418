# SPDX-License-Identifier: GPL-2.0
"""The table of verdicts and truths, and the rows of the documentation that say where the
two may differ."""

import json
import os
import re

from realdev.guest import TOP

from .pairs import AS_BEFORE, BROKEN, REFUSED

PAGE = f"{TOP}/Documentation/compat.rst"
TITLE = ".. list-table:: Where a verdict and what happens differ"
VERDICTS = ("identical", "compatible", "undeclared", "incompatible", "not-migratable")
TRUTHS = (AS_BEFORE, BROKEN, REFUSED)


def rows():
    """Group and reason of each row."""
    with open(PAGE, encoding="utf-8") as page:
        lines = page.read().split(TITLE, 1)[1].splitlines()[1:]
    text = re.split(r"\n(?=\S)", "\n".join(lines))[0]
    found = re.findall(r"^   \* - (.+)\n     - ``(.+)``$", text, re.MULTILINE)
    assert found, f"{PAGE} has no rows"
    return found


class Table:
    """All results, as they come."""

    def __init__(self, seed):
        self.seed, self.results, self.rows = seed, [], rows()
        self.used = set()
        self.number = 0

    def is_excused(self, result):
        """Has each reason a row? One of words that somebody said may hold a part of them."""
        hits = [[row for row in self.rows if row[0] == result.group and
                 (row[1] == reason or
                  row[1].startswith("refused: ") and reason.startswith("refused: ") and
                  row[1].removeprefix("refused: ") in reason)]
                for reason in result.reasons]
        if not hits or not all(hits):
            return False
        self.used.update(row for each in hits for row in each)
        return True

    def add(self, result):
        """Count a result and print it."""
        self.results.append(result)
        good = result.agrees() or self.is_excused(result)
        outcome = result.outcome
        text = ": ".join(word for word in (outcome.truth, " ".join(outcome.broken),
                                           outcome.words) if word)
        why = "" if result.agrees() else f" [{'; '.join(result.reasons)}]"
        self.say(good, f"{result.group}: {result.name}: {result.verdict.word}, {text}{why}")
        return good

    def say(self, good, text):
        self.number += 1
        print(f"{'ok' if good else 'not ok'} {self.number} - {text}", flush=True)

    def count(self, verdict, truth):
        return sum(1 for one in self.results
                   if (one.verdict.word, one.outcome.truth) == (verdict, truth))

    def show(self):
        print(f"# seed {self.seed}, {len(self.results)} pairs")
        print("# " + "".join(f"{word:>16}" for word in ("", *TRUTHS)))
        for verdict in VERDICTS:
            print("# " + "".join(f"{word:>16}" for word in
                                 (verdict, *(self.count(verdict, truth) for truth in TRUTHS))))
        differ = [one for one in self.results if not one.agrees()]
        print(f"# {len(differ)} differ, by {len(self.used)} of {len(self.rows)} documented rows")

    def write(self, folder):
        results = [{"group": one.group, "name": one.name, "verdict": one.verdict.word,
                    "findings": [{"name": each.get("name", each["field"]), "code": each["code"]}
                                 for each in one.verdict.failures],
                    "truth": one.outcome.truth, "broken": one.outcome.broken,
                    "words": one.outcome.words, "agrees": one.agrees(), "reasons": one.reasons}
                   for one in self.results]
        table = {verdict: {truth: self.count(verdict, truth) for truth in TRUTHS}
                 for verdict in VERDICTS}
        with open(os.path.join(folder, "reality.json"), "w", encoding="utf-8") as file:
            json.dump({"seed": self.seed, "table": table, "pairs": results}, file, indent=1)
