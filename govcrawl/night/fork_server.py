"""`python -m govcrawl.night.fork_server`: a process with Scrapy and our spiders imported, from which crawls are forked.

The imports take a second, as much as a small crawl, and the tables for reading pages a quarter of one; so a night does both
once. The server's standard input is a socket of the night (`crawl_process.py`). Each message holds the arguments of a crawl as
JSON, and two open files: its log, and its end of a connection to the night. For each message one process is forked and its pid
is sent back. When the socket closes, the night has ended, by `kill -9` too, and the server ends as well.

Each crawl asks the kernel to be killed when the server ends, so that no run gets two writers.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from datetime import date
from typing import NoReturn

import orjson
from scrapy import cmdline
from scrapy.utils.misc import load_object, walk_modules_iter

from govcrawl import settings
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page

MESSAGE_MAX_BYTES = 2**18  # more than a socket takes at once
FILES = 2  # of a message: the log, the line
_PAGE_URL = "http://www.example.gov.cn/"
_PAGE = "<meta charset=utf-8><title>网站</title><a href=http://www.example.com/>链接</a>".encode()
_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_LONGEST_KIND = 9  # characters: Linux keeps fifteen of a name, and the share stands behind it


def import_crawls() -> None:
    """Import what a crawl imports, but no reactor: each crawl installs its own. Then read a page.

    With the first page the tables are made that reading needs (public suffixes, characters by their sound): a quarter of a
    second of work.
    """
    for package in settings.SPIDER_MODULES:
        for _ in walk_modules_iter(package):
            pass
    for components in (settings.DOWNLOADER_MIDDLEWARES, settings.SPIDER_MIDDLEWARES, settings.EXTENSIONS):
        for path in components:
            load_object(path)
    for path in filter(None, settings.DOWNLOAD_HANDLERS.values()):
        load_object(path)
    read_page(_PAGE, _PAGE_URL, as_of=date.min, memo=LinkMemo(_PAGE_URL))


def serve(night: socket.socket) -> None:
    """Fork a crawl for each message of the night, until the night ends."""
    server = os.getpid()
    signal.signal(signal.SIGCHLD, _collect)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends with the night, which stops its crawls in order
    while True:
        try:
            message, files, _, _ = socket.recv_fds(night, MESSAGE_MAX_BYTES, FILES)
        except ConnectionError:  # the night ended and had not read the last answer
            return
        if not message:
            return
        child = os.fork()
        if not child:
            night.detach()  # its place is taken below
            _become_crawl(server, orjson.loads(message), *files)
        for file in files:
            os.close(file)
        try:
            night.send(b"%d" % child)
        except ConnectionError:  # the night ended before it was answered; the crawl ends with this process
            return


def _collect(*_: object) -> None:
    """Take note of crawls that ended. How does not matter, their files tell; but the time they used is counted here."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become_crawl(server: int, words: list[str], log: int, line: int) -> NoReturn:
    """Be what `scrapy crawl …` is; `line` stays open until the process ends, and no child of it inherits it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with(server)
    os.setpgid(0, 0)  # Ctrl-C is for the night to pass on
    os.set_inheritable(line, False)  # noqa: FBT003 - the standard library's own form
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, number in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(file, number)
    os.close(nothing)
    os.close(log)
    _be_called(words)
    cmdline.execute(["scrapy", *words])
    sys.exit()


def _be_called(words: list[str]) -> None:
    """Show in `top` and `ps -e` what is crawled and which share of it, `visit 1`; the command line is the server's."""
    if sys.platform == "linux":
        share = next((word.removeprefix("share=") for word in words if word.startswith("share=")), "")
        ctypes.CDLL(None).prctl(_PR_SET_NAME, f"{words[1][:_LONGEST_KIND]} {share}".encode())


def _end_with(server: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != server:  # it ended before the kernel was asked
            os._exit(1)


if __name__ == "__main__":
    import_crawls()
    gc.freeze()  # or the collector's first walk in a crawl copies every page it shares with the others
    serve(socket.socket(fileno=sys.stdin.fileno()))
