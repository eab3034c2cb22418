#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: corpus.py seeds FOLDER
       corpus.py unpack FOLDER
       corpus.py pack TARGET FOLDER
       corpus.py dictionary FILE

Inputs of the fuzz targets. In the repository each target has one file,
corpus/TARGET.hex, with one input on a line; libFuzzer wants one file each.

seeds       make inputs from the golden tests' replies and command lines, in
            FOLDER/TARGET/
unpack      write the inputs of the repository to FOLDER/TARGET/
pack        write the files in FOLDER to corpus/TARGET.hex
dictionary  write what stands often in inputs, out of the specification
"""

import base64
import hashlib
import json
import pathlib
import struct
import sys
import zlib

import yaml

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = HERE / 'corpus'
CASES = ROOT / 'tests/golden/cases'
FILES = ROOT / 'tests/golden/files'
SCHEMA = ROOT / 'Documentation/vdevctl.schema.json'
SPEC = ROOT / 'Documentation/netlink/specs/vdev.yaml'

NLMSG_ERROR, NLMSG_DONE = 2, 3
FAMILY = 0x1c
CAPPED, ACK_TLVS = 0x100, 0x200
# Of enum control in fuzz_reply.c, enum mode there, enum shape in fuzz_rejection.c.
FAILS, ENDS_EXCHANGE = 8, 16
DETAILS, JSON, PRETTY, TYPES, ONE, STATS, PARENTS = 1, 2, 4, 8, 16, 64, 128
DUMP, DONE, IS_CAPPED, HAS_TLVS = 1, 2, 4, 8
# Of the table in fuzz_document.c.
DOCUMENT_COMMANDS = 11
# Of the first byte in fuzz_domain.c.
DOMAIN_CHOICES = 4
# Of enum mode in fuzz_batch.c.
BATCH_CHOICES = 8
# Attributes of which a declaration is made, by their numbers in a reply.
DECLARED = {13: 6, 15: 7, 19: 8}
ENDPOINT, UNKNOWN = 9, 10
NESTED = 0x8000
# The attributes of the replies in golden cases whose name begins so.
TOPS = {'stats': 'stats', 'profile': 'profile'}
# Of enum form in fuzz_tree.c.
BEGIN_NEST, END_NEST, RAW = 3, 4, 5


def exchanges(path):
    """The datagrams of a golden case: for each exchange (control, bytes)."""
    found = []
    event = False
    for line in path.read_text().splitlines():
        words = line.split()
        event = words[0].startswith('event') or event and line.startswith('\t')
        if event:
            continue
        if words[0] == 'exchange':
            found.append([])
        elif words[0] == 'datagram':
            found[-1].append([int(words[2]), b''])
        elif words[0] == 'fail':
            found[-1].append([FAILS, bytes(int(words[1]) - 1)])
        elif line.startswith('\t'):
            found[-1][-1][1] += bytes.fromhex(words[0])
    return found


def messages(data):
    while len(data) >= 16:
        length, kind, flags = struct.unpack('=IHH', data[:8])
        if not 16 <= length <= len(data):
            return
        yield kind, flags, data[16:length]
        data = data[(length + 3) & ~3:]


def reply_seed(mode, case):
    out = bytes([mode])
    for datagrams in case:
        for number, (control, data) in enumerate(datagrams, 1):
            control |= ENDS_EXCHANGE if number == len(datagrams) else 0
            out += struct.pack('<HB', len(data), control) + (b'' if control & FAILS else data)
    return out


def attribute_sets():
    """The attributes of each set with their numbers; those of a part are the whole's."""
    found = {}
    for item in yaml.safe_load(SPEC.read_text())['attribute-sets']:
        if 'subset-of' in item:
            names = {attribute['name'] for attribute in item['attributes']}
            found[item['name']] = [(number, attribute)
                                   for number, attribute in found[item['subset-of']]
                                   if attribute['name'] in names]
        else:
            found[item['name']] = list(enumerate(item['attributes'], 1))
    return found


def nested():
    """Which attribute sets' attributes are nests: (set, number) to set."""
    found = {}
    for name, attrs in attribute_sets().items():
        for number, attribute in attrs:
            if attribute['type'] == 'nest':
                found[name, number] = attribute['nested-attributes']
    return found


def tree_seed(nests, name, data):
    """Attributes as fuzz_tree.c wants them."""
    out = b''
    while len(data) >= 4:
        length, number = struct.unpack('=HH', data[:4])
        number &= 0x3fff
        payload = data[4:length]
        nest = nests.get((name, number))
        if number > 32 or length < 4:
            pass
        elif nest:
            out += bytes([BEGIN_NEST << 5 | number % 32]) + tree_seed(nests, nest, payload)
            out += bytes([END_NEST << 5])
        elif len(payload) < 256:
            out += bytes([RAW << 5 | number % 32, len(payload)]) + payload
        data = data[max(length + 3 & ~3, 4):]
    return out


def attributes(data):
    while len(data) >= 4:
        length, number = struct.unpack('=HH', data[:4])
        yield number & 0x3fff, data[:length].ljust(length + 3 & ~3, b'\0')
        data = data[max(length + 3 & ~3, 4):]


def tokens_of(binary):
    """The attributes themselves, and as a token."""
    text = binary + struct.pack('=I', zlib.crc32(binary))
    return [b'\1' + binary,
            b'\0vdev1.' + base64.urlsafe_b64encode(text).rstrip(b'=')]


def attribute(number, payload):
    data = struct.pack('=HH', 4 + len(payload), number) + payload
    return data + bytes(-len(data) % 4)


def renumbered(data):
    """A part of a message with its number in a declaration."""
    length, number = struct.unpack('=HH', data[:4])
    return struct.pack('=HH', length, number & NESTED | DECLARED[number & 0x3fff]) + data[4:]


def token_seeds(body):
    """A message without its names, which a declaration has not."""
    kept = b''.join(renumbered(data) for number, data in attributes(body[4:])
                    if number in DECLARED)
    return tokens_of(kept + attribute(ENDPOINT, struct.pack('=I', 2 if body[0] == 2 else 1)))


def token_file_seeds(path):
    """Tokens of a file; and more of each than this version knows, by numbers and by names."""
    for word in path.read_text().split():
        if not word.startswith('vdev1.'):
            continue
        text = word[len('vdev1.'):]
        binary = base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))[:-4]
        yield from tokens_of(binary)
        yield from tokens_of(binary + attribute(UNKNOWN, b'record.later\0') +
                             attribute(UNKNOWN, b'a\0') + attribute(77, b''))
        for offset in range(4, len(binary) - 4, 4):
            length, number = struct.unpack('=HH', binary[offset:offset + 4])
            # A word, or flags.
            if length == 8 and 2 <= number <= 9:
                yield from tokens_of(binary[:offset + 4] + struct.pack('=I', 1 << 20) +
                                     binary[offset + 8:])


def rejection_seeds(kind, flags, body):
    shape = HAS_TLVS if flags & ACK_TLVS else 0
    shape |= DONE if kind == NLMSG_DONE else 0
    shape |= IS_CAPPED if flags & CAPPED else 0
    return [bytes([shape]) + body, bytes([shape | DUMP]) + body]


def wire_seeds(path, nests):
    case = exchanges(path)
    modes = (0, DETAILS, JSON, PRETTY)
    kind_of_modes = TYPES if 'type' in path.name else 0
    kind_of_modes |= ONE if path.name.startswith(('one-', 'no-')) else 0
    kind_of_modes |= STATS if path.name.startswith('stats') else 0
    kind_of_modes |= PARENTS if path.name.startswith('parent') else 0
    kind_of_modes |= STATS | ONE if path.name.startswith('dev-stats') else 0
    for mode in modes:
        yield 'reply', reply_seed(mode | kind_of_modes, case)
    for datagrams in case:
        for _, data in datagrams:
            for kind, flags, body in messages(data):
                if kind == FAMILY and len(body) >= 4:
                    yield 'object', body[:1] + body[4:]
                    top = TOPS.get(path.name.split('-')[0].split('.')[0], 'vdev')
                    yield 'tree', body[:1] + tree_seed(nests, top, body[4:])
                    for seed in token_seeds(body):
                        yield 'token', seed
                elif kind in (NLMSG_ERROR, NLMSG_DONE):
                    for seed in rejection_seeds(kind, flags, body):
                        yield 'rejection', seed


def event_seeds(path):
    """The events of a golden, as they are and behind what each event has."""
    events = []
    lines = path.read_text().splitlines()
    for before, line in zip(lines, lines[1:]):
        if before == 'event':
            events.append(bytes.fromhex(line.strip()))
    if not events:
        return
    raw = b''.join(struct.pack('=BH', 1, len(data)) + data for data in events)
    behind = b''.join(struct.pack('=BH', 0, len(data) - 17) + data[16:17] + b'\1\0' + data[20:]
                      for data in events)
    rest = struct.pack('=BHBHBB', 2, 0, 3, 2, 2, 0)
    for mode in range(16):
        yield 'event', bytes([mode]) + raw
        yield 'event', bytes([mode]) + behind + rest + behind


def command_seeds(path):
    case = yaml.safe_load(path.read_text())
    lines = [run['args'] for run in case.get('runs', {}).values()]
    lines += [case['command']] if 'command' in case else []
    for line in lines:
        words = line.split() if isinstance(line, str) else [str(word) for word in line]
        yield 'command', '\n'.join(words).encode()
        for word in words:
            if '/' in word or word.isdigit():
                yield 'handle', word.encode()


def document_seeds():
    """Documents with each of the things that the tool can do with them."""
    for path in sorted(path for path in FILES.rglob('*') if path.is_file()):
        text = path.read_text()
        if path.suffix == '.json' and text.startswith('{'):
            text = json.dumps(json.loads(text), separators=(',', ':'))
        for choice in range(DOCUMENT_COMMANDS):
            yield bytes([choice]) + text.encode()


def domain_seeds():
    """Domains for the hook and to be annotated, with a kernel and without."""
    for path in sorted(FILES.glob('*.xml')):
        for choice in range(DOMAIN_CHOICES):
            yield bytes([choice]) + path.read_bytes()


def batch_seeds():
    """Files of commands, run in each way."""
    for path in sorted(path for path in FILES.glob('batch*') if path.is_file()):
        for choice in range(BATCH_CHOICES):
            yield bytes([choice]) + path.read_bytes()


def write(folder, data):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def seeds(folder):
    nests = nested()
    for path in sorted(CASES.glob('*.wire')):
        for target, data in (*wire_seeds(path, nests), *event_seeds(path)):
            write(folder / target, data)
    for data in document_seeds():
        write(folder / 'document', data)
    for data in domain_seeds():
        write(folder / 'domain', data)
    for data in batch_seeds():
        write(folder / 'batch', data)
    for path in sorted(FILES.glob('*tokens')):
        for data in token_file_seeds(path):
            write(folder / 'token', data)
    for path in sorted(CASES.glob('*.yaml')):
        for target, data in command_seeds(path):
            write(folder / target, data)


def unpack(folder):
    for path in sorted(CORPUS.glob('*.hex')):
        for line in path.read_text().splitlines():
            if not line.startswith('#'):
                write(folder / path.stem, bytes.fromhex(line))


def pack(target, folder):
    inputs = sorted((path.read_bytes() for path in folder.iterdir()),
                    key=lambda data: (len(data), data))
    lines = ['# SPDX-License-Identifier: GPL-2.0',
             f'# Inputs of fuzz_{target}, made by tests/fuzz/corpus.sh.']
    lines += [data.hex() for data in inputs]
    (CORPUS / f'{target}.hex').write_text('\n'.join(lines) + '\n')


def keys(schema):
    """All keys of documents."""
    found = set()
    if isinstance(schema, dict):
        if isinstance(schema.get('properties'), dict):
            found |= set(schema['properties'])
        for value in schema.values():
            found |= keys(value)
    return found


def quoted(data):
    return '"' + ''.join(f'\\x{byte:02x}' for byte in data) + '"'


def dictionary(path):
    """Names and words of the specification, headers of attributes and messages."""
    spec = yaml.safe_load(SPEC.read_text())
    entries = {b'dev', b'type', b'show', b'export', b'record', b'convert', b'check', b'find',
               b'baseline', b'--both', b'--explain', b'--expect', b'--offline', b'--token',
               b'--libvirt', b'--traits', b'a.json', b'./a', b'#', b'vdev1.', b'unknown', b'help', b'--complete', b'-j', b'-p', b'-d', b'--json',
               b'profile', b'load', b'del', b'--replace', b'--dry-run', b'--all', b'stats', b'--max-age',
               b'libvirt', b'annotate', b'hook', b'migrate', b'begin', b'<domain>',
               b'</domain>', b'<devices>', b'</devices>', b'<metadata>', b'</metadata>',
               b'<hostdev type="mdev">', b'<hostdev type="pci">', b'</hostdev>',
               b'<interface type="vdpa">', b'<source>', b'</source>', b'<address uuid="',
               b'<endpoints xmlns="urn:vdev:endpoints:1">', b'<endpoint device="0">', b'<token>',
               b'--', b'at-least', b'compatible', b'since', b'5:7', b'monitor',
               b'--details', b'--pretty', b'/', b'\n'}
    for attrs in attribute_sets().values():
        for number, attribute in attrs:
            entries.add(attribute['name'].encode())
            for length in (4, 8, 12, 16):
                entries.add(struct.pack('=HH', length, number))
    entries |= {f'"{key}"'.encode() for key in keys(json.loads(SCHEMA.read_text()))}
    for item in spec['definitions']:
        for entry in item.get('entries', ()):
            entries.add(entry['name'].encode())
    for kind in (NLMSG_ERROR, NLMSG_DONE, 4, FAMILY):
        entries.add(struct.pack('=HH', kind, 2))
    path.write_text(''.join(f'{quoted(entry)}\n' for entry in sorted(entries)))


def main():
    words = sys.argv[1:]
    if words[:1] == ['seeds'] and len(words) == 2:
        seeds(pathlib.Path(words[1]))
    elif words[:1] == ['unpack'] and len(words) == 2:
        unpack(pathlib.Path(words[1]))
    elif words[:1] == ['pack'] and len(words) == 3:
        pack(words[1], pathlib.Path(words[2]))
    elif words[:1] == ['dictionary'] and len(words) == 2:
        dictionary(pathlib.Path(words[1]))
    else:
        sys.exit(__doc__)


main()
