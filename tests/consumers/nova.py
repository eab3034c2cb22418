# SPDX-License-Identifier: GPL-2.0
"""What --nova-provider writes, read by what nova-compute reads it with when it starts.

The function is the one of Debian's package. Of Nova itself it needs an exception and a
translation, in whose places others stand here.
"""

import importlib.util
import logging
import pathlib
import sys
import types

import hostile
from program import CASES, FILES, differs, folder

PREFIX = "CUSTOM_"
NODE = "$COMPUTE_NODE"
# What would keep nova-compute from starting; so the judge is one.
BROKEN = [("'CUSTOM_VDEV_", "'VDEV_"), ("'CUSTOM_VDEV_", "'CUSTOM_vdev_"), ("'1.0'", "1.0"),
          ("'1.0'", "'2.0'"), ("uuid:", "uid:"), (NODE, "node"), ("additional:", "additional: x"),
          ("'CUSTOM_VDEV_", "'CUSTOM_" + "X" * 255)]


class ProviderConfigException(Exception):
    """Stands for the one of nova.exception."""

    def __init__(self, error):
        super().__init__(error)


def load(root):
    """nova.compute.provider_config, out of the package."""
    logging.disable(logging.WARNING)
    packages = pathlib.Path(root) / "usr/lib/python3/dist-packages"
    sys.path.append(str(packages))
    parts = {"nova.exception": {"ProviderConfigException": ProviderConfigException},
             "nova.i18n": {"_": str}}
    nova = types.ModuleType("nova")
    sys.modules["nova"] = nova
    for name, values in parts.items():
        part = types.ModuleType(name)
        part.__dict__.update(values)
        sys.modules[name] = part
        setattr(nova, name.rpartition(".")[2], part)
    spec = importlib.util.spec_from_file_location(
        "provider_config", packages / "nova/compute/provider_config.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.get_provider_configs


class Nova:
    def __init__(self, program, root, path):
        self.program, self.read = program, load(root)
        self.path = pathlib.Path(path)
        self.file = self.path / "vdev.yaml"

    def traits(self):
        """Those of the compute node; a text says why nova-compute would not start."""
        try:
            found = self.read(str(self.path))
        except ProviderConfigException as error:
            return f"nova-compute would not start: {error}"
        if set(found) - {NODE}:
            return f"there are others: {found}"
        provider = found.get(NODE, {})
        return provider.get("traits", {}).get("additional", []) if provider else []

    def convert(self, data):
        """The traits of a document, and those that --traits prints of it."""
        source = self.path / "document.json"
        source.write_bytes(data)
        done = [self.program.run("record", "convert", source, *words)
                for words in (("--nova-provider", "-o", self.file), ("--traits",))]
        if any(one.returncode for one in done):
            return done[0].stderr.decode(), []
        return self.traits(), [PREFIX + word for word in done[1].stdout.decode().split()]


def accepted(tap, nova):
    for path in sorted(FILES.glob("*.json")):
        done = nova.program.run("record", "convert", path, "--nova-provider", "-o", nova.file)
        if done.returncode == 0:
            traits = nova.traits()
            tap.result(f"nova: {path.name}: nova-compute takes it",
                       traits if isinstance(traits, str) else None)
    done = nova.program.run("export", "--nova-provider", "-o", nova.file, case="export-host")
    tap.result("nova: it takes what a host exports", differs(
        (done.returncode, nova.traits()),
        (0, [line.split("'")[1] for line in (CASES / "export-host.nova").read_text().splitlines()
             if line.startswith("        - ")])))


def rejected(tap, nova):
    text = (CASES / "export-host.nova").read_text()
    for before, after in BROKEN:
        nova.file.write_text(text.replace(before, after, 1))
        taken = nova.traits()
        tap.result(f"nova: it is no judge that takes {after[:20]}",
                   None if isinstance(taken, str) else taken)
    nova.file.write_text(text)
    (nova.path / "other.yaml").write_text(text)
    taken = nova.traits()
    tap.result("nova: two files about the node are one too many",
               None if isinstance(taken, str) and "multiple definitions" in taken else taken)
    (nova.path / "other.yaml").unlink()


def hostile_names(tap, nova):
    problems, num = [], 0
    for data in hostile.documents():
        traits, words = nova.convert(data)
        problem = differs(traits, sorted(set(words)))
        problems += [problem] if problem else []
        num += len(words)
    tap.result("nova: it takes any names, and they are the words of --traits, each once", problems)
    tap.result("nova: there were many", None if num > 1000 else num)


def told_apart(tap, nova):
    seen, problems = {}, []
    for name, data in hostile.alike():
        traits, _ = nova.convert(data)
        for trait in traits if isinstance(traits, list) else []:
            if trait not in COMMON:
                problems += [f"{trait}: {name!r} and {seen[trait]!r}"] if trait in seen else []
                seen[trait] = name
        problems += [] if isinstance(traits, list) else [f"{name!r}: {traits}"]
    tap.result("nova: names that differ have traits that differ", problems)


# Of what all those documents have.
COMMON = {PREFIX + "VDEV_" + word for word in (
    "DEVICE_API_VFIO_PCI", "MIGRATION_SUPPORTED", "LOADS_VFIO_PCI", "LOADS_VFIO_PCI_VERSION_V1",
    "VERSION_V", "CREATE_VERSION_V", "ACCEPT_VERSION_V", "VERSION_V1", "CREATE_VERSION_V1",
    "ACCEPT_VERSION_V1", "MODEL_M", "ACCEPT_MODEL_M", "LOADS_VFIO_PCI_MODEL_M",
    "LOADS_VFIO_PCI_MODEL_M_VERSION_V", "FEATURE_VIRTIO_BIT_3", "FEATURE_VIRTIO_BIT_5")}


def run(tap, program, root):
    with folder() as path:
        nova = Nova(program, root, path)
        for case in (accepted, rejected, hostile_names, told_apart):
            case(tap, nova)
