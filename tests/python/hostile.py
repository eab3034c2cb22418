# SPDX-License-Identifier: GPL-2.0
"""Nothing that the package is passed harms the interpreter: what is wrong is an exception."""

import copy
import gc
import pathlib
import pickle
import random
import threading

import vdev

FILES = pathlib.Path(__file__).resolve().parents[1] / "golden/files"
SEED, ROUNDS = 7, 400
# What no text and no number is.
WRONG = (None, 1.5, object(), [], {}, b"bytes", bytearray(b"x"), float("nan"), vdev)
BAD_TEXTS = ("a\0b", "\0", "\ud800", "vdev1.\udfff")
# Before the kernel is asked, which has no module here.
REJECTED = (TypeError, ValueError, vdev.Malformed)


def source():
    return vdev.Document.parse((FILES / "source.json").read_bytes())


def raises(kinds, function, *arguments, **named):
    try:
        result = function(*arguments, **named)
    except kinds:
        return ""
    except BaseException as error:
        return f"{function} {arguments} {named}: {error!r}"
    return f"{function} {arguments} {named}: {result!r}"


def calls_with_text(document, declaration):
    yield vdev.Declaration.parse, False
    yield lambda text: vdev.Document.of([(text, declaration)]), True
    yield lambda text: vdev.Document.of([], vdev.Host(machine=text)), True
    yield lambda text: document.write(text), False
    yield lambda text: vdev.rank(declaration, [document], text), True
    yield lambda text: vdev.feature_bits(text, 1), False
    yield lambda text: vdev.Connection().device(text), False
    yield lambda text: vdev.Connection().check(declaration, "vdpa/x", kind=text), False
    for name in ("bus", "parent_bus", "parent", "type", "model", "device_api", "kind", "at_least"):
        yield lambda text, name=name: vdev.Connection().devices(vdev.Filter(**{name: text})), True


def check_texts(tap, document, declaration):
    problems = []
    for call, optional in calls_with_text(document, declaration):
        problems += [raises(REJECTED, call, text) for text in BAD_TEXTS]
        problems += [raises(REJECTED, call, wrong) for wrong in WRONG
                     if not (optional and wrong is None)]
    problems += [raises(REJECTED, vdev.Document.parse, wrong)
                 for wrong in WRONG if wrong != b"bytes"]
    problems.append(raises(vdev.Malformed, vdev.Document.parse, b"a\0b"))
    problems.append(raises(ValueError, vdev.Document.parse, "\ud800"))
    tap.result("texts with NUL or surrogates, and what is no text, are rejected",
               "\n".join(filter(None, problems)))


def calls_with_number(document, declaration):
    for name in ("timeout_ms", "attempts", "max_age_ms"):
        yield lambda number, name=name: vdev.Connection(**{name: number})
    for name in ("expect", "instance"):
        yield lambda number, name=name: vdev.Connection().check(declaration, "a/b",
                                                                **{name: number})
    for name in ("buffer", "memory"):
        yield lambda number, name=name: vdev.Monitor(**{name: number})
    for name in ("instance", "snapshot"):
        yield lambda number, name=name: vdev.Document.of([], vdev.Host(**{name: number}))
    plan = vdev.plan([declaration], [declaration])
    yield plan.assignment
    yield lambda number: plan.pair(number, 0)
    yield lambda number: plan.pair(0, number)
    yield lambda number: vdev.Connection().devices(vdev.Filter(since=number))


def check_numbers(tap, document, declaration):
    problems = []
    for call in calls_with_number(document, declaration):
        problems += [raises(REJECTED, call, number)
                     for number in (-1, 1 << 64, 1 << 200, True, "1", 0.5)]
    plan = vdev.plan([declaration], [declaration])
    problems += [raises(IndexError, plan.assignment, 1), raises(IndexError, plan.pair, 0, 9)]
    problems += [raises(TypeError, document.write, pretty=1),
                 raises(TypeError, vdev.Connection().devices, vdev.Filter(migratable=1)),
                 raises(TypeError, vdev.Monitor, wait="yes"),
                 *(raises(REJECTED, vdev.feature_bits, "virtio", number)
                   for number in (-1, True, "1", 0.5, 1 << (1 << 21))),
                 *(raises(REJECTED, vdev.Connection().device, number)
                   for number in (-1, 0, True, 0.5, 1 << 64)),
                 raises(vdev.VdevError, vdev.plan, [], []),
                 raises(vdev.VdevError, vdev.plan, [declaration], [], [[]]),
                 raises(vdev.VdevError, vdev.plan, [declaration] * 257, [declaration]),
                 raises(ValueError, vdev.plan, [declaration], [declaration], [[None, None]])]
    tap.result("numbers that are too large, and what is no number, are rejected",
               "\n".join(filter(None, problems)))


def check_objects(tap, document, declaration):
    """Objects of another kind are no pointers."""
    judgement = vdev.judge(declaration, declaration)
    problems = []
    for wrong in (*WRONG, "text", 0, 140000000000000, judgement, document, vdev.Declaration):
        problems += [raises(TypeError, vdev.judge, declaration, wrong),
                     raises(TypeError, vdev.judge, wrong, declaration),
                     raises(TypeError, vdev.rank, wrong, []),
                     raises(TypeError, vdev.plan, [wrong], [declaration]),
                     raises(TypeError, vdev.Document.of, [(None, wrong)]),
                     raises(TypeError, vdev.Document.of, [], wrong) if wrong is not None else "",
                     raises(TypeError, vdev.Connection().find, wrong)]
        if wrong is not document:
            problems += [raises(TypeError, vdev.matrix, [wrong]),
                         raises(TypeError, vdev.baseline, [document, wrong])]
        if wrong is not None and wrong is not judgement:
            problems.append(raises(TypeError, vdev.plan, [declaration], [declaration], [[wrong]]))
        if wrong is not None:
            problems.append(raises(TypeError, vdev.Monitor, wrong))
        problems += [raises(TypeError, kind, wrong) for kind in (
            vdev.Declaration, vdev.Document, vdev.Judgement, vdev.Endpoint, vdev.Plan)]
    tap.result("objects of another kind are rejected", "\n".join(filter(None, problems)))


class WrongBytes(bytes):
    """A length of its own must not be that of the memory that is read."""

    def __len__(self):
        return 1 << 40


class WrongText(str):
    """What it says of itself is not what it is."""

    def __contains__(self, part):
        return False

    def encode(self, *_):
        return b"a/b"


class WrongNumber(int):
    """It is in all bounds."""

    def __le__(self, other):
        return True
    __lt__ = __ge__ = __gt__ = __le__

    def __str__(self):
        return "1"


def check_derived(tap, declaration):
    data = (FILES / "several.json").read_bytes()
    plan = vdev.plan([declaration], [declaration])
    number = len(vdev.Document.parse(data).endpoints)
    tap.result("what is derived from a plain type is taken for that", "\n".join(filter(None, [
        "" if len(vdev.Document.parse(WrongBytes(data)).endpoints) == number else "bytes",
        "" if len(vdev.Document.parse(WrongText(data.decode())).endpoints) == number else "text",
        raises(ValueError, vdev.Declaration.parse, WrongText("a\0b")),
        raises(ValueError, vdev.Connection().device, WrongText("a\0b/c")),
        raises(ValueError, plan.assignment, WrongNumber(1 << 32)),
        raises(ValueError, vdev.Connection().device, WrongNumber(1 << 32))])))


def check_lives(tap):
    """What was got from an object lives on when that is closed or gone."""
    document = source()
    declaration = document.endpoints[0].declaration
    token = declaration.token
    ranked = vdev.rank(declaration, [document])
    plan = vdev.plan([declaration], [declaration], [[ranked[0].judgement]])
    pair = plan.pair(0, 0)
    document.close()
    declaration.close()
    problems = [raises(ValueError, lambda: document.endpoints),
                raises(ValueError, lambda: declaration.token),
                raises(ValueError, vdev.judge, declaration, declaration)]
    ranked[0].judgement.close()
    again = vdev.Declaration.parse(token)
    problems.append("" if plan.pair(0, 0).verdict == pair.verdict == "identical" else "verdict")
    plan.close()
    del document, plan
    gc.collect()
    problems.append("" if pair.judgement.findings and again.token == token else "lost")
    with again:
        pass
    problems += [raises(ValueError, lambda: again.token), "" if "closed" in repr(again) else "repr"]
    tap.result("objects can be closed in any order", "\n".join(filter(None, problems)))


def check_copies(tap):
    """None is freed twice."""
    document = source()
    declaration = document.endpoints[0].declaration
    problems = [raises(TypeError, function, document)
                for function in (copy.deepcopy, pickle.dumps)]
    problems += [raises(TypeError, copy.copy, vdev.Connection()),
                 raises(TypeError, pickle.dumps, vdev.Connection())]
    shallow = copy.copy(document)
    document.close()
    problems.append("" if shallow.endpoints[0].declaration == declaration else "a copy differs")
    problems.append("" if pickle.loads(pickle.dumps(declaration)) == declaration else "pickle")
    problems.append("" if len({declaration, copy.deepcopy(declaration)}) == 1 else "hash")
    del shallow, document
    gc.collect()
    tap.result("copies are safe", "\n".join(filter(None, problems)))


def check_threads(tap):
    """Threads that close what others use."""
    data = (FILES / "several.json").read_bytes()
    problems = []

    def use(document):
        try:
            while True:
                vdev.matrix([document, document])
                vdev.baseline([document])
                document.write()
        except ValueError:
            pass
        except BaseException as error:
            problems.append(repr(error))

    for _ in range(20):
        document = vdev.Document.parse(data)
        threads = [threading.Thread(target=use, args=(document,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        document.close()
        for thread in threads:
            thread.join()
    tap.result("what one thread uses another one can close", "\n".join(problems))


def check_damaged(tap):
    """Cut and changed documents and tokens are read or rejected, and then judged."""
    draw = random.Random(SEED)
    seeds = [(FILES / name).read_bytes() for name in (
        "source.json", "words.json", "ceiling-source.json", "hostile.json", "tokens",
        "newer.json", "machine.json")]
    problems, rejected, taken = [], 0, 0
    whole = source().endpoints[0].declaration
    for number in range(ROUNDS):
        data = bytearray(seeds[number % len(seeds)])
        for _ in range(draw.randrange(4)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        if draw.randrange(2):
            del data[draw.randrange(len(data)):]
        try:
            document = vdev.Document.parse(bytes(data))
        except vdev.Malformed:
            rejected += 1
            continue
        except BaseException as error:
            problems.append(f"{error!r}: {bytes(data)!r}")
            continue
        for one in document.endpoints:
            taken += 1
            vdev.judge(one.declaration, whole).findings
            vdev.judge(whole, one.declaration).findings
            one.declaration.record, one.declaration.token, one.declaration.blockers
        document.rejected, document.unknown, document.write()
    print(f"# {rejected} documents were rejected, {taken} endpoints were read")
    tap.result("damaged documents are read or rejected", "\n".join(problems) or
               ("" if rejected > 20 and taken > 20 else f"{rejected} {taken}"))


def check(tap):
    document = source()
    declaration = document.endpoints[0].declaration
    check_texts(tap, document, declaration)
    check_numbers(tap, document, declaration)
    check_objects(tap, document, declaration)
    check_derived(tap, declaration)
    check_lives(tap)
    check_copies(tap)
    check_threads(tap)
    check_damaged(tap)
