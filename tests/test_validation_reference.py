"""The five real reports and the six invented ones of the reference folder: no false alarm, the true claims found.

The folder is named by the environment variable GOVDISCLOSURE_REFERENCE; without it these tests are skipped.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import govdisclosure as gd
from govdisclosure._claims import read_claims
from tests.support.consistent_tables import floors, formulas
from tests.support.report_factory import make_report, paths_of

FOLDER = os.environ.get("GOVDISCLOSURE_REFERENCE", "")
needs_reference = pytest.mark.skipif(not FOLDER, reason="GOVDISCLOSURE_REFERENCE does not name the reference folder")
REPORTS = sorted(Path(FOLDER, "reports").glob("*.txt")) if FOLDER else []
TRUTHS = sorted(Path(FOLDER, "renderings", "truths").glob("*.json")) if FOLDER else []
CLAIMS = {
    "000": [],
    "001": [],
    "002": [("none", 0), ("none", 0), ("none", 0)],
    "003": [("received", 23), ("concluded", 23)],
    "004": [("received", 0)],
}


@needs_reference
def test_the_folder_is_there() -> None:
    assert len(REPORTS) == 5 and len(TRUTHS) == 6


@needs_reference
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:3])
def test_claims_of_real_reports(path: Path) -> None:
    """The hotline calls of 000 and 001 and the figures of their portals claim nothing; what 003 claims holds."""
    report = gd.parse(path.read_text(encoding="utf-8"))
    assert [(claim.kind, claim.value) for claim in read_claims(report)] == CLAIMS[path.stem[:3]]
    assert gd.validate(report, select="N").findings == ()


@needs_reference
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem[:3])
def test_sums_of_real_reports(path: Path) -> None:
    report = gd.parse(path.read_text(encoding="utf-8"))
    sums = gd.validate(report, select=["T101", "T102", "T103", "T104", "T105"])
    assert sums.findings == ()


def invented(path: Path) -> tuple[str, dict[str, Any], gd.Report]:
    truth = json.loads(path.read_text(encoding="utf-8"))
    form = truth["template"]
    values = {p: Decimal(v) if isinstance(v, str) else v for p, v in truth["cells"].items()}
    assert set(values) == set(paths_of(form))
    prose = truth["narrative"]
    texts = {
        name: "\n".join(text for _, text in prose[key])
        for name, key in (("overview", "overview"), ("problems", "problems"), ("other_matters", "other"))
    }
    given = {path: "blank" if value is None else value for path, value in values.items()}
    return form, values, make_report(form, truth["year"], truth["agency"], values=given, texts=texts)


@needs_reference
@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_invented_reports(path: Path) -> None:
    """Sums of the truths hold where they can be judged, their prose agrees; floors fail exactly where they should."""
    form, values, report = invented(path)
    result = gd.validate(report, select=["T101", "T102", "T103", "T104", "T105", "N"])
    assert result.findings == ()
    assert {(entry.code, frozenset(entry.paths)) for entry in result.not_assessable if entry.code[0] == "T"} == {
        (code, cells) for code, cells in formulas(form) if any(values[cell] is None for cell in cells)
    }
    found = gd.validate(report, select=["T109", "T110", "T111"])
    whole = {cell: value if value is not None else 0 for cell, value in values.items()}
    expected = {(code, cells) for code, cells in floors(whole, form) if all(values[cell] is not None for cell in cells)}
    assert {(finding.code, frozenset(finding.paths)) for finding in found.findings} == expected
    assert [claim.kind for claim in read_claims(report)][:1] == ["received"]
