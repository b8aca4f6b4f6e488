"""``python -m govdisclosure`` and the ``govdisclosure`` command."""

from __future__ import annotations

import io
import sys

NEEDED = ("click", "rich")


def main() -> None:
    """Run the command line; without the extra ``[cli]`` say how to get it and exit with 2."""
    try:
        from govdisclosure._cli import cli
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in NEEDED:
            raise
        print(f'govdisclosure: the command line needs {error.name}: pip install "govdisclosure[cli]"', file=sys.stderr)
        sys.exit(2)
    _speak_utf8()
    cli(prog_name="govdisclosure")


def _speak_utf8() -> None:
    """Reports are Chinese: a pipe in another encoding would end in a ``UnicodeEncodeError``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    main()
