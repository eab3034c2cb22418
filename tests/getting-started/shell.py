# SPDX-License-Identifier: GPL-2.0
"""A shell into which commands are typed: its folder, variables and jobs last."""

import subprocess

MARK = "the command has ended"
# Each command ends in a byte of 0. It has no input, and $? of the one before.
LOOP = """
while IFS= read -r -d '' -u 3 command; do
    eval "(exit $status)
$command" </dev/null 3<&-
    status=$?
    printf '\\n%s\\n' "$0"
done
"""


class Shell:
    def __init__(self, folder, prefix=(), environment=None):
        self.process = subprocess.Popen(
            [*prefix, "bash", "-c", f"exec 3<&0; status=0; {LOOP}", MARK], cwd=folder,
            env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)

    def run(self, command):
        """What is printed until the command has ended."""
        self.process.stdin.write(command + "\0")
        self.process.stdin.flush()
        printed = []
        for line in self.process.stdout:
            if line == MARK + "\n":
                break
            printed.append(line)
        else:
            raise ValueError(f"the shell has ended: {command}")
        text = "".join(printed)
        # The mark is on a line of its own, whatever was printed before it.
        return text[:-1] if text.endswith("\n\n") or text == "\n" else text

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()
