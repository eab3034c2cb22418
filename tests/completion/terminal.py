# SPDX-License-Identifier: GPL-2.0
"""A shell on a terminal of its own, with the completion of vdevctl loaded and no other."""

import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import termios
import time

COMPLETION = pathlib.Path(__file__).resolve().parents[2] / "userspace/completion"
# Seconds until a shell hangs.
LIMIT = 60
# All that is offered is seen at once.
ROWS, COLUMNS = 100, 200
# What a key prints, around what is on the command line then.
MARK = b"\x1e"
SHOW, KILL = b"\x18", b"\x15"
ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-B]|.)")

STARTS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], r"""
        PS1='> '
        HISTFILE=
        bind 'set enable-bracketed-paste off'
        bind 'set completion-query-items 0'
        bind 'set page-completions off'
        bind 'set bell-style none'
        bind 'set show-all-if-ambiguous on'
        show() {{ printf '\036%s\036' "$READLINE_LINE"; }}
        bind -x '"\C-x": show'
        source {completion}/vdevctl.bash
        """),
    "zsh": (["zsh", "-f", "-i"], r"""
        PS1='> '
        unset zle_bracketed_paste
        LISTMAX=10000
        setopt auto_list no_beep no_list_ambiguous
        fpath=({completion} $fpath)
        autoload -Uz compinit
        compinit -u -D
        show() {{ print -nr -- $'\036'"$BUFFER"$'\036' }}
        zle -N show
        bindkey -e
        bindkey -r '^X'
        bindkey '^X' show
        bindkey '^U' kill-whole-line
        """),
    "fish": (["fish", "--no-config", "-i"], r"""
        function fish_prompt; echo '> '; end
        function fish_greeting; end
        set -g fish_autosuggestion_enabled 0
        source {completion}/vdevctl.fish
        bind \cx 'printf "\036%s\036" (commandline | string collect)'
        bind \cu 'commandline ""'
        """),
}
READY = b"printf '\\036%s\\036' rea''dy\n"


class Terminal:
    """The shell; it ends with this."""

    def __init__(self, shell, folder, environment):
        command, start = STARTS[shell]
        self.shell = shell
        self.pid, self.file = pty.fork()
        if not self.pid:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.output = b""
        lines = start.format(completion=COMPLETION).splitlines()
        for line in filter(None, (line.strip() for line in lines)):
            self.write(line.encode() + b"\n")
        self.write(READY)
        while self.marked()[1] != "ready":
            pass

    def write(self, data):
        os.write(self.file, data)

    def marked(self):
        """What was printed before the next mark, and what is between the marks."""
        end = time.monotonic() + LIMIT
        while self.output.count(MARK) < 2:
            if not select.select([self.file], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f"{self.shell} printed only {self.output!r}")
            self.output += os.read(self.file, 65536)
        before, text, self.output = self.output.split(MARK, 2)
        return before, text.decode(errors="replace")

    def complete(self, typed, tabs=1):
        """The command line after the keys, and all that was printed meanwhile."""
        self.write(KILL + typed.encode() + b"\t" * tabs + SHOW)
        before, line = self.marked()
        return line, ESCAPES.sub(b"", before).decode(errors="replace")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)
