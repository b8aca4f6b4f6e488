"""Write ``docs/diagnostics.md`` from the catalogue of diagnostics: ``python scripts/generate_docs.py``.

With ``--check`` nothing is written; the exit status says whether the page is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from govdisclosure._diagnostics import CODES
from govdisclosure.records import Severity

PAGE = Path(__file__).parent.parent / "docs" / "diagnostics.md"

_HEAD = """\
# Diagnostics of `parse`

<!-- Written by scripts/generate_docs.py from src/govdisclosure/_diagnostics.py; edit that. -->

Every diagnostic has a code, a severity, a message, the paths of the cells it concerns and the place in the source.
A code never changes its meaning. The severity here is the usual one; one diagnostic may be graver than its kind.
"""

_GROUPS = {
    Severity.INFO: (
        "Certain repairs (`info`)",
        "Something was put right and only one reading was possible. It casts no doubt on a value.",
    ),
    Severity.WARNING: (
        "Doubts (`warning`)",
        "A value may be wrong, is missing, or was inferred. Every cell concerned is among the diagnostic's `paths`.",
    ),
    Severity.ERROR: ("Heavy losses (`error`)", "A large part of the report is doubtful or lost."),
}


def page() -> str:
    """The page as it should stand."""
    return "\n".join([_HEAD, *_lines()])


def _lines() -> Iterator[str]:
    for severity, (title, meaning) in _GROUPS.items():
        codes = sorted((c for c in CODES.values() if c.severity is severity), key=lambda c: c.code)
        yield f"## {title}\n\n{meaning}\n"
        for code in codes:
            yield f"### {code.code} {code.name}\n\n{code.meaning}\n\nWhat to do: {_small(code.advice)}\n"


def _small(advice: str) -> str:
    return advice[:1].lower() + advice[1:]


def main() -> int:
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
