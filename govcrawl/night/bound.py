"""`python -m govcrawl.night.bound PARENT crawl …`: Scrapy in a process that ends when the one that started it does.

The process itself asks the kernel for this. A `preexec_fn` would ask between fork and exec, where a child of a process with
several threads can hang.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

from scrapy.cmdline import execute

_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Be killed when the parent ends, `kill -9` included, so that no run gets two writers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the kernel was asked
            os._exit(1)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    execute(["scrapy", *sys.argv[2:]])
