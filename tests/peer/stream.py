# SPDX-License-Identifier: GPL-2.0
"""Kernels that lie to a monitor. Each case reports what is sent to the sockets that
have joined the group, one after the other, as the monitor takes a new one after each
loss; and which events vdevctl prints, up to a signal that ends it."""

import errno
import itertools
import json
import os
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

from netlink import (DUMP_INTR, FAMILY, GENL_ID_CTRL, INSTANCE, MULTI, VDEV, Request, attr, u64,
                     uint)

CTRL_CMD_DELFAMILY = 2
# Longest wait for an event, and for the end after a signal, in seconds.
LIMIT = 60
# A monitor that reports nothing has asked so often, before it is ended.
REQUESTS = 20
# Generation of every dump.
SNAPSHOT = 5
# What a socket that joins says to this side.
JOINED = 4
STREAMS = []


def stream(sentence, *words, interrupted=False):
    """After @sentence the @words are printed: of events, with how a loss was seen."""
    def add(play):
        STREAMS.append((sentence, list(words), play, interrupted))
        return play
    return add


def message(kind, command, attrs, length=None):
    body = struct.pack('=BBH', command, 1, 0) + attrs
    return struct.pack('=IHHII', length or 16 + len(body), kind, 0, 0, 0) + body


def event(command, number, generation, name='sim1', **other):
    attrs = attr(VDEV['VDEV_A_ID'], number)
    attrs += attr(VDEV['VDEV_A_INSTANCE'], INSTANCE)
    attrs += attr(VDEV['VDEV_A_GENERATION'], uint(generation))
    attrs += attr(VDEV['VDEV_A_BUS'], 'sim')
    if name:
        attrs += attr(VDEV['VDEV_A_NAME'], name)
    return message(FAMILY, VDEV[f'VDEV_CMD_DEV_{command}_NTF'], attrs, **other)


def profile_event(command, generation, name='mtty-1'):
    attrs = attr(VDEV['VDEV_A_PROFILE_NAME'], name) if name else b''
    attrs += attr(VDEV['VDEV_A_PROFILE_INSTANCE'], INSTANCE)
    attrs += attr(VDEV['VDEV_A_PROFILE_GENERATION'], generation)
    return message(FAMILY, VDEV[f'VDEV_CMD_PROFILE_{command}_NTF'], attrs)


class Kernel:
    """The other side of one run of vdevctl."""

    def __init__(self, play, interrupted):
        self.play = play
        self.interrupted = interrupted
        self.numbers = itertools.count()
        self.requests = 0

    def answer(self, connection, data):
        request = Request(data)
        self.requests += 1
        if request.type == GENL_ID_CTRL:
            reply = request.family()
        else:
            flags = MULTI | (DUMP_INTR if self.interrupted else 0)
            reply = request.device(1, snapshot=SNAPSHOT, flags=flags) \
                if request.command == VDEV['VDEV_CMD_DEV_GET'] else b''
            reply += request.done(flags=flags)
        send(connection, reply)

    def serve(self, connection):
        with connection:
            try:
                number = None
                while data := connection.recv(65536):
                    if len(data) != JOINED:
                        self.answer(connection, data)
                    elif number is None:
                        number = next(self.numbers)
                        for datagram in self.play(number):
                            send(connection, *datagram if isinstance(datagram, tuple)
                                 else (datagram,))
            except (BrokenPipeError, ConnectionResetError):
                pass

    def accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()


def send(connection, data, error=0, sender=0):
    connection.send(struct.pack('=iI', error, sender) + data)


@stream('an event that is cut short', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield event('CREATE', 2, 6, 'sim2')[:-6]


@stream('an event that says it is shorter', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield event('CREATE', 2, 6, 'sim2', length=30)


@stream('an event about nobody', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield event('CREATE', 2, 6, None)


@stream('an event of another generation', 'synced', 'overrun-jump', 'synced')
def _(number):
    if not number:
        yield event('CREATE', 2, 7, 'sim2')


@stream('an event that comes twice', 'synced', 'new', 'overrun-jump', 'del', 'synced')
def _(number):
    if not number:
        yield event('CREATE', 2, 6, 'sim2')
        yield event('CREATE', 2, 6, 'sim2')


@stream('a device that is there comes', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield event('CREATE', 1, 6)


@stream('a device that is not there goes', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield event('DELETE', 2, 6, 'sim2')


@stream('profiles come, change and go among devices', 'synced', 'profile-new', 'new',
        'profile-change', 'profile-del', 'change')
def _(_number):
    yield profile_event('CREATE', uint(6))
    yield event('CREATE', 2, 7, 'sim2')
    yield profile_event('CHANGE', u64(8))
    yield profile_event('DELETE', uint(9))
    yield event('CHANGE', 2, 10, 'sim2')


@stream('a profile of another generation', 'synced', 'overrun-jump', 'synced')
def _(number):
    if not number:
        yield profile_event('CREATE', uint(7))


@stream('a profile without its name', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield profile_event('CREATE', uint(6), None)


@stream('a profile with a generation of three bytes', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield profile_event('CREATE', b'\6\0\0')


@stream('events do not fit', 'synced', 'overrun-enobufs', 'synced')
def _(number):
    if not number:
        yield b'', errno.ENOBUFS


@stream('events never fit', 'synced', 'overrun-enobufs', 'synced', 'overrun-enobufs', 'synced',
        'overrun-enobufs')
def _(_number):
    yield b'', errno.ENOBUFS


@stream('a datagram that is longer than any', 'synced', 'overrun-broken', 'synced')
def _(number):
    if not number:
        yield b'\0' * 150000


@stream('the module goes', 'synced', 'gone', 'del')
def _(number):
    if not number:
        yield message(GENL_ID_CTRL, CTRL_CMD_DELFAMILY,
                      attr(2, 'vdev') + attr(1, struct.pack('=H', FAMILY)))


@stream('another family goes', 'synced', 'change')
def _(_number):
    yield message(GENL_ID_CTRL, CTRL_CMD_DELFAMILY,
                  attr(2, 'vdpa') + attr(1, struct.pack('=H', FAMILY)))
    yield event('CHANGE', 1, 6)


@stream('changes without end', 'synced', 'change', 'change', 'change')
def _(_number):
    for generation in itertools.count(6):
        yield event('CHANGE', 1, generation)


@stream('messages of other processes without end', 'synced')
def _(_number):
    while True:
        yield event('CHANGE', 1, 6), 0, 4711


@stream('empty datagrams without end', 'synced')
def _(_number):
    while True:
        yield b''


@stream('dumps that are interrupted without end', interrupted=True)
def _(_number):
    return iter(())


def word(line):
    reported = json.loads(line)
    return reported['event'] + (f"-{reported['loss']}" if 'loss' in reported else '')


def read_words(process, expected, kernel):
    """As many as are expected, and then what a signal still lets through."""
    words = []

    def read():
        for line in process.stdout:
            words.append(word(line))

    reader = threading.Thread(target=read)
    reader.start()
    end = time.monotonic() + LIMIT
    while time.monotonic() < end and reader.is_alive() and \
            (len(words) < len(expected) if expected else kernel.requests < REQUESTS):
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    reader.join(LIMIT)
    return words


def judge_stream(command, words, play, interrupted, timeout):
    """Returns what is wrong, as lines."""
    with tempfile.TemporaryDirectory() as folder, \
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        path = os.path.join(folder, 'kernel')
        listener.bind(path)
        listener.listen()
        kernel = Kernel(play, interrupted)
        threading.Thread(target=kernel.accept, args=(listener,), daemon=True).start()
        process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE,
                                   env={**os.environ, 'VDEV_PEER': path,
                                        'VDEV_PEER_TIMEOUT': str(timeout)})
        got = read_words(process, words, kernel)
        try:
            _, err = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            return ['it did not end']
        finally:
            listener.shutdown(socket.SHUT_RDWR)
    wrong = [] if process.returncode == 0 else [f'exit status {process.returncode}']
    if got[:len(words)] != words:
        wrong.append(f'reported {got[:9]}, not {words}')
    if err:
        wrong.append(f'on stderr: {err!r}')
    return wrong
