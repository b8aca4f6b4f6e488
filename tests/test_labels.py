"""The labels for display are those of the official forms, and the grammars' own."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest

from govdisclosure import _labels

REFERENCE = os.environ.get("GOVDISCLOSURE_REFERENCE")


def first_wordings(form: str) -> dict[str, str]:
    """Terminal -> its first wording, as the grammar of ``form`` has it; overrides win."""
    folder = files("govdisclosure.grammars")
    found: dict[str, str] = {}
    for name in ("common.lark", f"form_{form}.lark"):
        text = (folder / name).read_text(encoding="utf-8")
        for terminal, wording in re.findall(r'^(?:%override )?([A-Z][A-Z0-9_]*): "([^"]*)"', text, re.M):
            found[terminal] = wording
    return found


def terminal_of(path: str) -> str:
    """The grammar's name of a row's or column's label: the last path part in capitals."""
    return path.rpartition(".")[2].upper()


@pytest.mark.skipif(REFERENCE is None, reason="GOVDISCLOSURE_REFERENCE does not name the reference folder")
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_labels_are_those_of_the_template(form: str) -> None:
    template = json.loads((Path(str(REFERENCE)) / "template.json").read_text(encoding="utf-8"))
    cells = template["templates"][form]["cells"]
    assert len(cells) == {"2019": 198, "2021": 200}[form]
    for cell in cells:
        labels = [*_labels.row_labels(form, cell["path"]), *_labels.column_labels(form, cell["path"])]
        assert labels == cell["labels"] + cell.get("column", []), cell["path"]
    assert list(_labels.SECTION_TITLES.values()) == template["sections"]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_labels_are_the_first_wordings_of_the_grammar(form: str) -> None:
    wordings = first_wordings(form)
    assert {name: wordings[name.upper()] for name in _labels.SECTION_TITLES} == _labels.SECTION_TITLES
    checked = 0
    for part, label in [*_labels._ROWS.items(), *_labels._COLUMNS.items()]:
        terminal = terminal_of(part)
        if terminal in wordings:
            assert _labels._WORDED_BY_FORM.get((form, part), label) == wordings[terminal], part
            checked += 1
    assert checked > 50


def test_every_label_is_a_wording_of_some_grammar() -> None:
    both = first_wordings("2019").keys() | first_wordings("2021").keys()
    for part in [*_labels._ROWS, *_labels._COLUMNS, *_labels._COLUMNS_OF_ROW]:
        assert terminal_of(part) in both, part


def test_amounts_are_worded_by_their_row() -> None:
    assert _labels.column_label("2021", "proactive.fees.amount") == first_wordings("2021")["AMOUNT"]
    assert _labels.column_label("2019", "proactive.procurement.amount") == first_wordings("2019")["AMOUNT"]


def test_a_label_in_one_line() -> None:
    path = "requests.refused.state_secret.natural_person"
    assert _labels.cell_label("2021", path) == "（三）不予公开 / 1.属于国家秘密 · 自然人"
    assert _labels.cell_label("2019", "litigation.direct.pending") == "行政诉讼 / 未经复议直接起诉 · 尚未审结"


def test_an_unknown_path_keeps_its_parts() -> None:
    assert _labels.row_labels("2027", "maps.sheets.drawn") == ("maps", "sheets")
    assert _labels.column_label("2027", "maps.sheets.drawn") == "drawn"
