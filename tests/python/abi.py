# SPDX-License-Identifier: GPL-2.0
"""The package's structs, numbers and functions are those of the headers.

A compiler says how large each struct of the package is in C, and where each member is. Each
prototype is read from the headers.
"""

import ctypes
import enum
import pathlib
import re
import subprocess
import tempfile

from vdev import _abi, _functions

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = ROOT / "userspace/include/vdev"
INCLUDE = ("-I", ROOT / "userspace/include", "-I", ROOT / "uapi")

# Where a name of Python is not that of C.
ENUMS = {"Form": "VDEV_FORM", "Write": "VDEV_WRITE", "ErrorType": "VDEV_ERROR",
         "UnknownKind": "VDEV_UNKNOWN", "StatsPart": "VDEV_STATS", "ValueType": "VDEV_VALUE_TYPE"}
NUMBERS = {"UNKNOWN32": "VDEV_UNKNOWN32", "UNKNOWN64": "VDEV_UNKNOWN64",
           "QUEUES_ALL": "VDEV_QUEUES_ALL",
           "PLAN_NONE": "VDEV_PLAN_NONE", "MATRIX_NONE": "VDEV_MATRIX_NONE"}

SCALARS = {"void": None, "bool": ctypes.c_bool, "int": ctypes.c_int, "size_t": ctypes.c_size_t,
           "unsigned int": ctypes.c_uint, "uint32_t": ctypes.c_uint32,
           "uint64_t": ctypes.c_uint64}
COMMENT = re.compile(r"/\*.*?\*/", re.S)
PROTOTYPE = re.compile(r"^((?:const )?[a-z][\w ]*?[ *]+)(vdev_\w+)\(([^;{}]*?)\);", re.M)


def c_name(struct):
    """CeilingFeature is struct vdev_ceiling_feature."""
    return "vdev" + re.sub(r"(?=[A-Z])", "_", struct.__name__.lstrip("_")).lower()


def structs():
    return {c_name(one): one for one in vars(_abi).values()
            if isinstance(one, type) and issubclass(one, ctypes.Structure)
            and one is not ctypes.Structure}


def members(struct):
    """Of an anonymous union its own."""
    anonymous = getattr(struct, "_anonymous_", ())
    for name, kind in struct._fields_:
        if name in anonymous:
            for inner, inner_kind in kind._fields_:
                yield inner, getattr(struct, inner).offset, ctypes.sizeof(inner_kind)
        else:
            yield name, getattr(struct, name).offset, ctypes.sizeof(kind)


def expected_numbers():
    """Expressions of C, and what they are in Python."""
    for name, struct in structs().items():
        yield f"sizeof(struct {name})", ctypes.sizeof(struct)
        for member, offset, size in members(struct):
            yield f"offsetof(struct {name}, {member})", offset
            yield f"sizeof(((struct {name} *)0)->{member})", size
    for name, prefix in ENUMS.items():
        for one in getattr(_abi, name):
            yield f"{prefix}_{one.name}", one.value
    for name, macro in NUMBERS.items():
        yield macro, getattr(_abi, name)


def compiled(expressions):
    """What a compiler says that they are."""
    lines = "".join(f'\tprintf("%llu\\n", (unsigned long long)({one}));\n' for one in expressions)
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        subprocess.run(["cc", *INCLUDE, "-x", "c", "-o", program, "-"], check=True, text=True,
                       input=f"#include <stddef.h>\n#include <stdio.h>\n#include <vdev/vdev.h>\n"
                       f"int main(void)\n{{\n{lines}\treturn 0;\n}}\n")
        done = subprocess.run([program], capture_output=True, check=True, text=True)
    return [int(line) for line in done.stdout.split()]


def different_numbers():
    pairs = list(expected_numbers())
    return "\n".join(f"{name} is {there}, not {here}" for (name, here), there
                     in zip(pairs, compiled([name for name, _ in pairs]), strict=True)
                     if here != there)


def python_type(text, result=False):
    """What a type of C is for ctypes."""
    text = " ".join(text.replace("const ", " ").replace(" const", " ").replace("*", " * ").split())
    base, stars = text.replace(" *", ""), text.count("*")
    if stars == 0:
        return ctypes.c_int if base.startswith("enum ") else SCALARS[base]
    if base == "char" and stars == 1:
        return ctypes.c_char_p
    if base == "size_t" and stars == 1:
        return ctypes.POINTER(ctypes.c_size_t)
    struct = structs().get(base.removeprefix("struct "))
    if struct is not None and stars == 1:
        return ctypes.POINTER(struct)
    if base in ("void", "FILE") or base.startswith("struct "):
        kind = ctypes.c_void_p
        for _ in range(stars - 1):
            kind = ctypes.POINTER(kind)
        return kind
    raise ValueError(text)


def parameters(text):
    """Types without names."""
    text = " ".join(text.split())
    return [] if text == "void" else [re.sub(r"\w+$", "", one.strip()) for one in text.split(",")]


def prototypes():
    text = COMMENT.sub("", "\n".join(path.read_text() for path in sorted(HEADERS.glob("*.h"))))
    text = re.sub(r"\n(?=vdev_\w+\()", " ", text)
    return {name: (result, arguments) for result, name, arguments in PROTOTYPE.findall(text)}


def wrong_function(name, known, mine):
    if name not in known:
        return f"{name}: no header has it"
    result, arguments = known[name]
    wanted = python_type(result), [python_type(one) for one in parameters(arguments)]
    if name == "vdev_declaration_format":
        # It is freed.
        wanted = ctypes.c_void_p, wanted[1]
    return "" if wanted == mine else f"{name}: {wanted}, not {mine}"


def wrong_functions():
    functions = prototypes()
    problems = [wrong_function(name, functions, (result, list(arguments)))
                for name, (result, arguments) in _functions.FUNCTIONS.items()]
    return "\n".join(filter(None, problems))


def changed_struct():
    """A member that is too small moves what is behind it."""
    class Rank(ctypes.Structure):
        _fields_ = [("preference", ctypes.c_uint16), ("same_version", ctypes.c_bool),
                    ("bugfix", ctypes.c_uint32), ("surplus", ctypes.c_uint32)]
    kept, _abi.Rank = _abi.Rank, Rank
    try:
        return "" if "preference" in different_numbers() else "it is not"
    finally:
        _abi.Rank = kept


def changed_function():
    kept = _functions.FUNCTIONS["vdev_judgement_age"]
    _functions.FUNCTIONS["vdev_judgement_age"] = (ctypes.c_uint64, kept[1])
    try:
        return "" if "vdev_judgement_age" in wrong_functions() else "it is not"
    finally:
        _functions.FUNCTIONS["vdev_judgement_age"] = kept


def check(tap):
    unlisted = {one.__name__ for one in vars(_abi).values()
                if isinstance(one, type) and issubclass(one, enum.Enum)} - set(ENUMS)
    tap.result("all enumerations are compared", unlisted)
    tap.result("structs and numbers are those of the headers", different_numbers())
    tap.result("functions have the types of the headers", wrong_functions())
    tap.result("a struct that differs is seen", changed_struct())
    tap.result("a function that differs is seen", changed_function())
