# SPDX-License-Identifier: GPL-2.0
"""The specification keeps the kernel's schema of generic netlink families.

Usage: schema.py SCHEMA SPEC
"""

import pathlib
import sys

import jsonschema
import yaml


def load(path):
    return yaml.safe_load(pathlib.Path(path).read_text(encoding="utf-8"))


def main():
    schema, spec = load(sys.argv[1]), load(sys.argv[2])
    errors = list(jsonschema.Draft7Validator(schema).iter_errors(spec))
    for error in errors:
        print(f"# {'/'.join(map(str, error.absolute_path))}: {error.message}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
