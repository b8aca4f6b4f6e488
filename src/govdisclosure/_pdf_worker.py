"""A PDF read in a process of its own, which can be stopped: for files that may keep PDFium busy without end."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from govdisclosure._pages import Page
from govdisclosure.errors import LimitExceeded, ParseError

SECONDS = 8.0
"""How long the process may take."""

MEMORY = 900_000_000
"""Bytes of memory it may use, where the system can hold it to that."""

_PROGRAM = "from govdisclosure._pdf_worker import serve; serve()"


def pages_apart(data: bytes) -> list[Page]:
    """The pages of the PDF. Raises what reading it raises, or ``LimitExceeded`` if the process does not end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    refused = LimitExceeded(
        "The PDF's drawings call each other so often that reading it does not end.",
        advice="Print it to a new PDF first, or raise govdisclosure._pdf_worker.SECONDS.",
    )
    try:
        ran = subprocess.run(
            [sys.executable, "-c", _PROGRAM], input=data, capture_output=True, timeout=SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        raise refused from None
    if ran.returncode:
        raise refused
    result: list[Page] | ParseError = pickle.loads(ran.stdout)
    if isinstance(result, ParseError):
        raise result
    return result


def serve() -> None:
    """The other side: the file from standard input, its pages or the error to standard output."""
    from govdisclosure._pdf import read_pages

    _hold_memory()
    result: list[Page] | ParseError
    try:
        result = read_pages(sys.stdin.buffer.read())
    except ParseError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _hold_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
