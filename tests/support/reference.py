"""The reference documents, which are not part of this repository.

``GOVDISCLOSURE_REFERENCE`` names their folder: ``reports/`` with what a careful person reads out of five real reports,
``renderings/`` with six invented ones as some thirty tools extract them.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from tests.support.truth import Truth

VARIABLE = "GOVDISCLOSURE_REFERENCE"
MISSING = f"{VARIABLE} does not name the folder of the reference documents"
TEXT_SUFFIXES = (".txt", ".md")


@attrs.frozen
class Rendering:
    """One invented report as one tool gave it. ``lossy`` says what a careful reader could not recover from it."""

    truth: Truth
    channel: str
    file: Path
    lossy: str | None

    @property
    def is_text(self) -> bool:
        return self.file.suffix in TEXT_SUFFIXES

    @property
    def name(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}"

    @property
    def truth_name(self) -> str:
        return self.file.parent.name

    def text(self) -> str:
        return self.file.read_text("utf-8")


@attrs.frozen
class RealReport:
    """A real report as text, with what a careful person reads out of it."""

    file: Path
    expected: dict[str, Any]

    @property
    def name(self) -> str:
        return self.file.name

    def text(self) -> str:
        return self.file.read_text("utf-8")

    @property
    def cells(self) -> dict[str, int | Decimal | None]:
        return {path: value_of(value) for path, value in self.expected["cells"].items()}


def folder() -> Path | None:
    """The folder of the reference documents, or ``None``."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named and Path(named).is_dir() else None


def value_of(value: object) -> int | Decimal | None:
    """Counts stand as numbers in the JSON files, amounts as strings."""
    if value is None or isinstance(value, int):
        return value
    return Decimal(str(value))


@cache
def renderings() -> tuple[Rendering, ...]:
    """Every rendering, in the order of the manifest; none where the folder is not there."""
    root = folder()
    if root is None:
        return ()
    base = root / "renderings"
    truths = {file.stem: _truth(json.loads(file.read_text("utf-8"))) for file in (base / "truths").glob("*.json")}
    cases = json.loads((base / "manifest.json").read_text("utf-8"))["cases"]
    return tuple(
        Rendering(truths[case["truth"]], case["channel"], base / case["file"], case["lossy"]) for case in cases
    )


@cache
def real_reports() -> tuple[RealReport, ...]:
    """The real reports; none where the folder is not there."""
    root = folder()
    if root is None:
        return ()
    return tuple(
        RealReport(file, json.loads(file.with_suffix("").with_suffix(".expected.json").read_text("utf-8")))
        for file in sorted((root / "reports").glob("*.txt"))
    )


def _truth(data: dict[str, Any]) -> Truth:
    narrative = {
        {"other": "other_matters"}.get(name, name): tuple((kind, text) for kind, text in paragraphs)
        for name, paragraphs in data["narrative"].items()
    }
    return Truth(
        form=data["template"],
        title=data["title"],
        agency=data["agency"],
        year=data["year"],
        cells={path: value_of(value) for path, value in data["cells"].items()},
        written=data["written"],
        narrative=narrative,
    )
