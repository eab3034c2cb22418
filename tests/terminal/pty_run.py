# SPDX-License-Identifier: GPL-2.0
"""A program on a terminal of its own, and what is to be seen there."""

import codecs
import ctypes
import fcntl
import locale
import os
import pty
import re
import select
import signal
import struct
import termios
import time

LIMIT = 60
STREAMS = {"stdin": 0, "stdout": 1, "stderr": 2}
SGR = re.compile(r"\x1b\[[0-9;]*m")
LIBC = ctypes.CDLL(None)
LIBC.setlocale(locale.LC_CTYPE, b"C.UTF-8")


def width(text):
    """The columns that text takes, as the C library counts them."""
    return sum(max(LIBC.wcwidth(ctypes.c_wchar(char)), 0) for char in text)


def plain(text):
    return SGR.sub("", text)


def screen(text):
    """The lines that are left of what was printed: only returns and erasing to the end."""
    lines, line, at = [], "", 0
    for part in re.findall(r"\r|\n|\x1b\[K|\x1b\[[0-9;]*m|[^\r\n\x1b]+|\x1b", text):
        if part == "\r":
            at = 0
        elif part == "\n":
            lines.append(line)
            line, at = "", 0
        elif part == "\x1b[K":
            line = line[:at]
        elif not SGR.fullmatch(part):
            line = line[:at] + part + line[at + len(part):]
            at += len(part)
    return lines + ([line] if line else [])


class Terminal:
    """A program that has a terminal, of so many columns, as each stream that is no file."""

    def __init__(self, command, env, columns=80, cwd=None, **streams):
        self.output = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                for name, path in streams.items():
                    os.dup2(os.open(path, os.O_RDWR), STREAMS[name])
                if cwd:
                    os.chdir(cwd)
                # Python ignores it.
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)
                # Until the terminal is as wide as it should be.
                while self.columns() != columns:
                    time.sleep(0.001)
                os.execvpe(command[0], command, env)
            finally:
                os._exit(97)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.deadline = time.monotonic() + LIMIT

    @staticmethod
    def columns():
        with open("/dev/tty", "rb", buffering=0) as tty:
            size = fcntl.ioctl(tty, termios.TIOCGWINSZ, bytes(8))
        return struct.unpack("HHHH", size)[1]

    def read(self, seconds):
        """Read what comes within that time; False at the end."""
        if not select.select([self.fd], [], [], max(0, seconds))[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.output += self.decoder.decode(data).replace("\r\n", "\n")
        return bool(data)

    def expect(self, text):
        """Whether that comes, before the program ends or the time is over."""
        while text not in self.output and time.monotonic() < self.deadline:
            if not self.read(0.1):
                break
        return text in self.output

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        """Wait for the end. Returns its exit status, or a signal as a negative number."""
        while self.read(self.deadline - time.monotonic()):
            if time.monotonic() >= self.deadline:
                os.killpg(self.pid, signal.SIGKILL)
                self.output += "\n(it did not end)"
                break
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)
