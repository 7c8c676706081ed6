"""A program: run the command again and again, each time in a process of its own that begins with all modules loaded.

It reads the words of a command, a JSON array a line, prints the id of the process that does it, and then how that
ended: its status, negative for the signal that killed it. The first argument is a file for what the command says.
"""

from __future__ import annotations

import json
import os
import sys
import traceback

import httpx2  # loaded once for all of them

from proviso.cli import main, run
from proviso_runtime.ledger import coalescing

_LOADED = (httpx2, run, coalescing)


def child(words: list[str], said: str) -> None:
    """Run one command, and end with its status."""
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    try:
        main(words)
    except SystemExit as error:
        os._exit(error.code if isinstance(error.code, int) else 0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(70)


if __name__ == "__main__":
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(json.loads(line), sys.argv[1])
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
        sys.stdout.flush()
