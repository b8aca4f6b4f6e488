"""A PDF read in a process of its own, which can be stopped: for files that may keep PDFium busy without end."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from govdisclosure._pages import Page
from govdisclosure.errors import LimitExceeded, ParseError

SECONDS = 8.0
"""How long the process may take by the clock."""

PROCESSOR_SECONDS = 3
"""How long it may compute, where the system can hold it to that. Reports take a tenth of a second."""

MEMORY = 500_000_000
"""Bytes of memory it may address, where the system can hold it to that."""

_PROGRAM = "from govdisclosure._pdf_worker import serve; serve()"


def pages_apart(data: bytes) -> list[Page]:
    """The pages of the PDF. Raises what reading it raises, or ``LimitExceeded`` if the process does not end in time."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        ran = subprocess.run(
            [sys.executable, "-c", _PROGRAM], input=data, capture_output=True, timeout=SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        raise endless() from None
    if ran.returncode:
        raise endless()
    result: list[Page] | ParseError = pickle.loads(ran.stdout)
    if isinstance(result, ParseError):
        raise result
    return result


def endless() -> LimitExceeded:
    """The error for a file that takes more time or memory than any report."""
    return LimitExceeded(
        "The PDF unpacks to so much, or its drawings call each other so often, that reading it does not end.",
        advice="Print it to a new PDF first, or raise SECONDS, PROCESSOR_SECONDS and MEMORY of govdisclosure._pdf_worker.",
    )


def serve() -> None:
    """The other side: the file from standard input, its pages or the error to standard output."""
    from govdisclosure._pdf import read_pages

    _hold_to_limits()
    result: list[Page] | ParseError
    try:
        result = read_pages(sys.stdin.buffer.read())
    except ParseError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _hold_to_limits() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
