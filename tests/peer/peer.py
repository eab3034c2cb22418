#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Usage: peer.py VDEVCTL [WRAPPER...]

Play a kernel that fails, falls silent or lies to VDEVCTL, which is linked with
shim.c. Whatever it does, vdevctl must end in time, say on stderr what is wrong,
print nothing on stdout and have the exit status for it. Every case runs for text
and for JSON; WRAPPER... is put before the command (valgrind). What the library
makes of the same is in tests/unit, what a monitor is reported in stream.py.
"""

import concurrent.futures
import errno
import os
import pathlib
import random
import socket
import struct
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
# pylint: disable=wrong-import-position
from netlink import (DUMP_INTR, FAMILY, GENL_ID_CTRL, HEADER, MULTI, PORT,  # noqa: E402
                     VDEV, Request, attr, u64)
from stream import STREAMS, judge_stream  # noqa: E402

# How long vdevctl waits where it is to find that it waits in vain, and where it
# is to be answered, however slow the machine is, in ms; and the longest run of
# one command, far above that and its attempts, in seconds.
SHORT, LONG = 2000, 60000
LIMIT = 120
WORKERS = 8
CASES = []


class Kernel:
    """One connection of vdevctl, from the side of the kernel."""

    def __init__(self, connection, number):
        self.connection = connection
        self.number = number

    def request(self):
        data = self.connection.recv(65536)
        if not data:
            raise ConnectionResetError
        return Request(data)

    def send(self, *messages, sender=0):
        for message in messages:
            self.connection.send(struct.pack('=iI', 0, sender) + message)

    def fail(self, error):
        self.connection.send(struct.pack('=iI', error, 0))

    def begin(self, **other):
        """Answer the search for the family; return the request that follows."""
        request = self.request()
        self.send(request.family(**other))
        return self.request()

    def silence(self):
        """Until the other side hangs up."""
        while self.connection.recv(65536):
            pass


def case(sentence, stderr, status=1, args='dev show'):
    """The command ends with @status and says @stderr, given without its begin."""
    def add(play):
        CASES.append((sentence, stderr, status, args.split(), play))
        return play
    return add


# How it goes on depends on where the test runs.
ABSENT = 'family vdev not found'
LATE = 'the kernel did not answer in time'
CUT = 'the reply is cut short'
BROKEN = 'the reply breaks the specification'
CHANGED = 'endpoints changed during every attempt to read them'
LOST = 'no buffer space available'


@case('no family: the module is named', ABSENT, status=6)
def _(kernel):
    kernel.send(kernel.request().ack(errno.ENOENT))


@case('the search for the family is rejected', 'operation not permitted', status=6)
def _(kernel):
    kernel.send(kernel.request().ack(errno.EPERM))


@case('a family without a number', 'the number of the family is broken')
def _(kernel):
    kernel.send(kernel.request().family(number=None))


@case('a family whose number belongs to netlink itself', 'the number of the family is broken')
def _(kernel):
    kernel.send(kernel.request().family(number=3))


@case('a family with another name', 'the reply is about another family')
def _(kernel):
    kernel.send(kernel.request().family(name='nlctrl'))


@case('a family of 60,000 bytes without a number', 'the number of the family is broken')
def _(kernel):
    request = kernel.request()
    kernel.send(request.generic(GENL_ID_CTRL, 1, attr(7, b'x' * 60000)) + request.ack())


@case('an acknowledgement and no family', 'the number of the family is missing')
def _(kernel):
    kernel.send(kernel.request().ack())


@case('the search for the family is not answered', LATE)
def _(kernel):
    kernel.silence()


@case('the module is unloaded between the search and the request', ABSENT, status=6)
def _(kernel):
    kernel.send(kernel.begin().ack(errno.ENOENT))
    kernel.send(kernel.request().ack(errno.ENOENT))


@case('the connection breaks between the search and the request', 'connection reset by peer')
def _(kernel):
    kernel.begin()
    kernel.fail(errno.ECONNRESET)


@case('a request that is not answered', LATE)
def _(kernel):
    kernel.begin()
    kernel.silence()


@case('a request for one device that is not answered', 'sim/sim1: ' + LATE,
      args='dev show sim/sim1')
def _(kernel):
    kernel.begin()
    kernel.silence()


@case('a rejection in the words of the kernel, with the attribute',
      'sim/sim9: a name has no blank (name)', args='dev show sim/sim9')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.ack(errno.EINVAL, 'a name has no blank',
                            offset=request.data.index(b'sim9') - 4))


@case('an error without a text', 'invalid argument')
def _(kernel):
    kernel.send(kernel.begin().ack(errno.EINVAL))


@case('words of a rejection that would control the terminal', r'a\x1b[2Jb\x0ac')
def _(kernel):
    kernel.send(kernel.begin().ack(errno.EINVAL, 'a\x1b[2Jb\nc'))


@case('a state that is stale has an exit status of its own', 'stale file handle', status=4)
def _(kernel):
    kernel.send(kernel.begin().ack(errno.ESTALE))


@case('an error at the end of a dump', 'the endpoint does not fit')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.done(errno.EMSGSIZE, 'the endpoint does not fit'))


@case('a dump whose end is cut short', 'the end of the dump is cut short')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.message(3, b'', MULTI))


@case('a dump that ends with a number that is no error',
      'the reply ends with a number that is no error')
def _(kernel):
    kernel.send(kernel.begin().done(-5))


@case('a dump that ends with an acknowledgement may be incomplete',
      'the end of the dump is missing')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.ack())


@case('a dump that is rejected after its first objects', 'input/output error')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.device(2), request.ack(errno.EIO))


@case('a dump that stops half way', LATE)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.device(2))
    kernel.silence()


@case('every dump is interrupted', CHANGED, status=4)
def _(kernel):
    request = kernel.begin()
    while True:
        kernel.send(request.device(1, flags=MULTI | DUMP_INTR), request.done())
        request = kernel.request()


@case('every dump has objects of two moments', CHANGED, status=4)
def _(kernel):
    request = kernel.begin()
    while True:
        kernel.send(request.device(1, snapshot=5), request.device(2, snapshot=6), request.done())
        request = kernel.request()


@case('every dump is lost in the buffer of the socket', LOST)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1))
    kernel.fail(errno.ENOBUFS)
    kernel.silence()


@case('every dump is overrun', LOST)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.overrun())
    kernel.silence()


@case('a datagram that is longer than any can be', 'the reply is longer than any can be')
def _(kernel):
    request = kernel.begin()
    much = attr(900, b'x' * 65000) * 2
    kernel.send(request.device(1, more=much) + request.done() * 100)


@case('an object of 60,000 bytes in unknown attributes is cut short', CUT)
def _(kernel):
    request = kernel.begin()
    message = request.device(1, more=attr(900, b'x' * 60000))
    kernel.send(message[:-4])
    kernel.silence()


@case('a message without a header', CUT)
def _(kernel):
    kernel.begin()
    kernel.send(b'\0' * 15)


@case('a message that claims to be longer than the datagram', CUT)
def _(kernel):
    kernel.send(kernel.begin().device(1, length=4096))


@case('a message that claims to be shorter than its header', CUT)
def _(kernel):
    kernel.send(kernel.begin().device(1, length=15))


@case('a message of no attribute', BROKEN + ' (id)')
def _(kernel):
    kernel.send(kernel.begin().generic(FAMILY, VDEV['VDEV_CMD_DEV_GET'], b''))


@case('a message without the header of the family', CUT)
def _(kernel):
    kernel.send(kernel.begin().message(FAMILY, b''))


@case('a command that nobody knows', BROKEN)
def _(kernel):
    kernel.send(kernel.begin().generic(FAMILY, 77, b''))


@case('a number of the wrong size', BROKEN + ' (generation)')
def _(kernel):
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_GENERATION'], b'abc')))


@case('a number of five bytes', BROKEN + ' (snapshot)')
def _(kernel):
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_SNAPSHOT'], b'abcde')))


@case('an instance of the wrong size', BROKEN + ' (instance)')
def _(kernel):
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_INSTANCE'], u64(1))))


@case('a number of three bytes, deep inside', BROKEN + ' (cost.downtime)')
def _(kernel):
    cost = attr(VDEV['VDEV_A_COST_DOWNTIME'], b'abc')
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_COST'], cost)))


@case('bits in a number of bytes that is no multiple of 8',
      BROKEN + ' (record.feature.supported)')
def _(kernel):
    feature = attr(VDEV['VDEV_A_FEATURE_SUPPORTED'], b'abcd')
    record = attr(VDEV['VDEV_A_RECORD_FEATURE'], feature)
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_RECORD'], record)))


@case('a string without an end, deep inside', BROKEN + ' (record.model.value)')
def _(kernel):
    ident = attr(VDEV['VDEV_A_IDENT_VALUE'], b'abcd')
    record = attr(VDEV['VDEV_A_RECORD_MODEL'], ident)
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_RECORD'], record)))


@case('an attribute that is longer than its nest', BROKEN + ' (cost)')
def _(kernel):
    cost = attr(VDEV['VDEV_A_COST_DOWNTIME'], u64(1))[:-4]
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_COST'], cost)))


@case('messages of others, and no answer', LATE)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1, seq=request.seq - 1), request.device(2, port=PORT + 1),
                request.device(3, kind=FAMILY + 1), request.done(), sender=4711)
    kernel.send(request.message(3, b'\0' * 4, seq=request.seq + 1))
    kernel.silence()


def flood(kernel, *messages, sender=0):
    while True:
        kernel.send(*messages, sender=sender)


@case('messages of other processes without end', LATE)
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.device(1), request.done(), sender=4711)


@case('messages for other requests without end', LATE)
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.device(1, seq=request.seq + 1), request.done()[:8] + b'\0' * 12)


@case('empty datagrams without end', LATE)
def _(kernel):
    kernel.begin()
    flood(kernel, b'')


@case('empty datagrams without end for one device', 'sim/sim1: ' + LATE,
      args='dev show sim/sim1')
def _(kernel):
    kernel.begin()
    flood(kernel, b'')


@case('the same device without end', 'the dump is not in the order of ids (id)')
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.device(1))


@case('a dump that goes back', 'the dump is not in the order of ids (id)')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(2), request.device(1), request.done())


@case('a device again and again in place of one', 'sim/sim1: ' + LATE, args='dev show sim/sim1')
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.device(1))


@case('a family again and again', LATE)
def _(kernel):
    request = kernel.request()
    flood(kernel, request.family()[:-36])


@case('an acknowledgement in place of a device', 'sim/sim1: the reply has no endpoint',
      args='dev show sim/sim1')
def _(kernel):
    kernel.send(kernel.begin().ack())


@case('a device, and then a rejection', 'sim/sim1: no such device', args='dev show sim/sim1', status=6)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.ack(errno.ENODEV))


@case('a device, and no acknowledgement', 'sim/sim1: ' + LATE, args='dev show sim/sim1')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1))
    kernel.silence()


@case('the same profile without end', 'the dump does not end', args='profile show')
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.profile())


@case('a profile without its name', BROKEN + ' (name)', args='profile show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.generic(FAMILY, VDEV['VDEV_CMD_PROFILE_GET'], b''), request.done())


@case('a device in place of a profile', BROKEN, args='profile show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.done())


@case('a profile again and again in place of one', 'mtty-1: ' + LATE, args='profile show mtty-1')
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.profile())


@case('an acknowledgement in place of a profile', 'mtty-1: the reply has no profile',
      args='profile show mtty-1')
def _(kernel):
    kernel.send(kernel.begin().ack())


@case('an acknowledgement in place of the profile that was deleted',
      'mtty-1: the reply has no profile', args='profile del mtty-1')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.profile(), request.done())
    kernel.send(kernel.request().ack())


@case('the profile that was deleted, and no acknowledgement', 'mtty-1: ' + LATE,
      args='profile del mtty-1')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.profile(), request.done())
    request = kernel.request()
    kernel.send(request.profile())
    kernel.silence()


@case('the profile that was deleted, and then a rejection', 'mtty-1: operation not permitted',
      args='profile del mtty-1', status=6)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.profile(), request.done())
    request = kernel.request()
    kernel.send(request.profile(), request.ack(errno.EPERM))


@case('a device in place of the profile that was deleted', 'mtty-1: ' + BROKEN,
      args='profile del mtty-1')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.profile(), request.done())
    kernel.send(kernel.request().device(1))


@case('how many changed in a number of the wrong size', 'mtty-1: ' + BROKEN + ' (changed)',
      args='profile del mtty-1')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.profile(), request.done())
    kernel.send(kernel.request().profile(more=attr(VDEV['VDEV_A_PROFILE_CHANGED'], u64(1))))


@case('a generation of a profile of three bytes', BROKEN + ' (generation)', args='profile show')
def _(kernel):
    kernel.send(kernel.begin().profile(more=attr(VDEV['VDEV_A_PROFILE_GENERATION'], b'abc')))


@case('a change that is not answered', 'mtty-1: ' + LATE, args='profile del --all')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.profile(), request.done())
    kernel.request()
    kernel.silence()


@case('an age of the wrong size', BROKEN + ' (age)')
def _(kernel):
    kernel.send(kernel.begin().device(1, more=attr(VDEV['VDEV_A_AGE'], u64(1))))


@case('counters that are not sent', LATE, args='stats show')
def _(kernel):
    kernel.begin()
    kernel.silence()


@case('counters that are rejected', 'operation not permitted', args='stats show', status=6)
def _(kernel):
    kernel.send(kernel.begin().ack(errno.EPERM))


@case('a module that does not count', 'operation not supported', args='stats show')
def _(kernel):
    kernel.send(kernel.begin().ack(errno.EOPNOTSUPP))


@case('an acknowledgement in place of counters', 'the reply has no counters', args='stats show')
def _(kernel):
    kernel.send(kernel.begin().ack())


@case('a device in place of counters', BROKEN, args='stats show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.device(1), request.ack())


@case('counters in place of a device', BROKEN)
def _(kernel):
    request = kernel.begin()
    kernel.send(request.stats(), request.done())


@case('counters again and again', LATE, args='stats show')
def _(kernel):
    request = kernel.begin()
    flood(kernel, request.stats())


@case('counters, and then an error', 'input/output error', args='stats show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.stats(), request.ack(errno.EIO))


@case('a counter of the wrong size', BROKEN + ' (events)', args='stats show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.stats(more=attr(VDEV['VDEV_A_STATS_EVENTS'], b'abc')), request.ack())


@case('a counter of a provider of the wrong size', BROKEN + ' (provider.polls)',
      args='stats show')
def _(kernel):
    request = kernel.begin()
    named = attr(VDEV['VDEV_A_PROVIDER_STATS_NAME'], 'vdpa')
    polls = attr(VDEV['VDEV_A_PROVIDER_STATS_POLLS'], b'abc')
    kernel.send(request.stats(named, named + polls), request.ack())


@case('a provider without its name', BROKEN + ' (provider.name)', args='stats show')
def _(kernel):
    request = kernel.begin()
    named = attr(VDEV['VDEV_A_PROVIDER_STATS_NAME'], 'vdpa')
    kernel.send(request.stats(named, b''), request.ack())


@case('the name of a provider without an end', BROKEN + ' (provider.name)', args='stats show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.stats(attr(VDEV['VDEV_A_PROVIDER_STATS_NAME'], b'abcd')), request.ack())


@case('counters that are cut short', CUT, args='stats show')
def _(kernel):
    request = kernel.begin()
    kernel.send(request.stats(attr(VDEV['VDEV_A_PROVIDER_STATS_NAME'], 'vdpa'))[:-4])
    kernel.silence()


@case('noise that is cut anywhere ends in some complaint', None)
def _(kernel):
    request = kernel.begin()
    message = request.device(1) + request.device(2)
    cut = random.Random(kernel.number).randrange(HEADER, len(message) - 4)
    kernel.send(message[:cut])
    kernel.silence()


def serve(listener, play):
    """Play for every connection, until the listener is closed."""
    number = 0
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        number += 1
        with connection:
            try:
                play(Kernel(connection, number))
                connection.recv(1)
            except (BrokenPipeError, ConnectionResetError):
                pass


def run_against(command, play, timeout):
    """Its exit status (a signal is negative), stdout and stderr; None if it hung."""
    with tempfile.TemporaryDirectory() as folder, \
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        path = os.path.join(folder, 'kernel')
        listener.bind(path)
        listener.listen()
        thread = threading.Thread(target=serve, args=(listener, play), daemon=True)
        thread.start()
        try:
            env = {**os.environ, 'VDEV_PEER': path, 'VDEV_PEER_TIMEOUT': str(timeout)}
            done = subprocess.run(command, env=env, text=True, capture_output=True,
                                  timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired:
            return None, '', ''
        finally:
            listener.shutdown(socket.SHUT_RDWR)
        thread.join(LIMIT)
        return done.returncode, done.stdout, done.stderr


def judge(command, stderr, status, args, play):
    """Returns what is wrong, as lines."""
    in_vain = stderr is None or stderr.endswith(LATE)
    got, out, err = run_against(command + args, play, SHORT if in_vain else LONG)
    begin = f'vdevctl: {args[0]} {args[1]}: '
    wrong = []
    if got is None:
        return ['it did not end']
    if got != status:
        wrong.append(f'exit status {got}, not {status}')
    if out:
        wrong.append(f'on stdout: {out!r}')
    if stderr == ABSENT and err.startswith(begin + ABSENT):
        return wrong
    if stderr is not None and err != f'{begin}{stderr}\n':
        wrong.append(f'on stderr: {err!r}, not {begin + stderr!r}')
    if stderr is None and (not err.startswith(begin) or err.count('\n') != 1):
        wrong.append(f'on stderr: {err!r}')
    return wrong


def judge_closed(command, args, number):
    """Started without a stdout, its first socket must not become it."""
    printed = []

    def play(kernel):
        request = kernel.begin()
        kernel.send(*(request.device(i) for i in range(1, number + 1)), request.done())
        printed.append(kernel.connection.recv(65536))
    closed = ['bash', '-c', 'exec "$@" >&-', 'bash', *command, *args]
    got, _, err = run_against(closed, play, LONG)
    wrong = [f'to the kernel: {text!r}' for text in printed if text]
    if (got, err) != (1, 'vdevctl: cannot write the output: Bad file descriptor\n'):
        wrong.append(f'exit status {got}, {err!r}')
    return wrong


def report(count, name, wrong):
    for line in wrong:
        print(f'# {line}')
    print(f'{"not ok" if wrong else "ok"} {count} {name}', flush=True)
    return bool(wrong)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    command = [*sys.argv[2:], sys.argv[1]]
    runs = []
    print('TAP version 13')
    # Most of the time of a case is spent waiting.
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for sentence, *expected in CASES:
            for words, options in (('', []), (' (JSON)', ['--json'])):
                runs.append((sentence + words,
                             pool.submit(judge, command + options, *expected)))
        runs.append(('nothing is printed to the kernel where there is no stdout',
                     pool.submit(judge_closed, command, ['dev', 'show'], 1000)))
        for sentence, *expected in STREAMS:
            runs.append((f'monitor: {sentence}',
                         pool.submit(judge_stream, [*command, '--json', 'monitor'], *expected,
                                     LONG)))
        failed = sum(report(count, name, run.result())
                     for count, (name, run) in enumerate(runs, 1))
    print(f'1..{len(runs)}')
    return failed != 0


sys.exit(main())
