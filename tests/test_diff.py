"""What ``diff`` says of reports whose differences are known."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from difference_reports import amount, paths_of, plain_report, with_text

import govdisclosure as gd
from govdisclosure import Cell, CellState, Diagnostic, ExtraRow, Report, Severity, Span, diff
from govdisclosure._comparability import corresponds
from govdisclosure._differences import delta_of, ratio_of

EXAMPLES = Path(__file__).parent.parent / "examples"
RECEIVED = "requests.received.total"
BLANK = Cell(None, state=CellState.BLANK)
SLASH = Cell(None, raw="/", state=CellState.PLACEHOLDER)


def example(year: int) -> Report:
    return Report.from_dict(json.loads((EXAMPLES / f"qinglan_{year}.json").read_text(encoding="utf-8")))


def only_edit(before: Cell, after: Cell, path: str = RECEIVED) -> tuple[str, object, object]:
    old = plain_report().with_cells({path: before})
    (edit,) = diff(old, old.with_cells({path: after}))
    assert edit.path == path  # type: ignore[union-attr]
    return edit.kind, edit.delta, edit.ratio  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Cell(713, "713"), Cell(749, "749"), ("changed", 36, Decimal("1.05049"))),
        (Cell(10, "10"), Cell(0, "0"), ("changed", -10, None)),
        (Cell(0, "0"), Cell(10, "10"), ("changed", 10, None)),
        (Cell(-8, "-8"), Cell(5, "5"), ("changed", 13, None)),
        (BLANK, Cell(5, "5"), ("appeared", None, None)),
        (SLASH, Cell(5, "5"), ("appeared", None, None)),
        (Cell(5, "5"), BLANK, ("vanished", None, None)),
        (BLANK, Cell(0, "0"), ("stated otherwise", None, None)),
        (Cell(0, "0"), SLASH, ("stated otherwise", None, None)),
        (BLANK, SLASH, ("stated otherwise", None, None)),
        (BLANK, Cell(None, state=CellState.LOST), ("stated otherwise", None, None)),
        (Cell(5, "5"), Cell(5, state=CellState.INFERRED), ("stated otherwise", 0, Decimal(1))),
        (Cell(22, "22（其中修订16件）"), Cell(22, "22"), ("note changed", 0, Decimal(1))),
        (SLASH, Cell(None, raw="无", state=CellState.PLACEHOLDER), ("note changed", None, None)),
    ],
)
def test_kinds_of_cell_edits(before: Cell, after: Cell, expected: tuple[str, object, object]) -> None:
    assert only_edit(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Cell(1234, "1234"), Cell(1234, "1,234")),
        (Cell(22, "22（其中修订16件）"), Cell(22, "２２ (其中修订16件)")),
        (Cell(5, "5", span=Span(line=3)), Cell(5, "5", span=Span(page=2))),
        (Cell(Decimal("5.0"), "5.0"), Cell(5, "5")),
        (Cell(None, "—", CellState.PLACEHOLDER), Cell(None, "--", CellState.PLACEHOLDER)),
    ],
    ids=["thousands", "width", "place", "decimals", "dashes"],
)
def test_the_same_number_printed_otherwise_is_no_change(before: Cell, after: Cell) -> None:
    old = plain_report().with_cells({RECEIVED: before})
    assert not diff(old, old.with_cells({RECEIVED: after}))


def test_amounts_keep_their_digits() -> None:
    path = "proactive.fees.amount"
    assert only_edit(amount("59237.2449"), amount("61480.09"), path)[1] == Decimal("2242.8451")


def test_a_ratio_is_never_infinite() -> None:
    assert ratio_of(Decimal("1E-999999"), Decimal("1E+999999")) is not None
    for old, new in [(0, 5), (5, 0), (None, 5), (5, None), (0, 0), (-1, 5), (5, -1)]:
        assert ratio_of(old, new) is None
    assert delta_of(Decimal("0.1"), Decimal("0.3")) == Decimal("0.2")


def test_edits_stand_in_the_forms_order() -> None:
    old = plain_report(value=1)
    new = with_text(plain_report(year=2023, value=2), overview="新。", problems="新。", requests="新。")
    changes = diff(old, new)
    places = [getattr(e, "path", None) or getattr(e, "name", None) or "" for e in changes]
    sections = [p.partition(".")[0] for p in places if p]
    assert list(dict.fromkeys(sections)) == [
        "overview",
        "proactive",
        "requests",
        "reconsideration",
        "litigation",
        "problems",
    ]
    assert [e.path for e in changes.cells] == paths_of("2021")
    assert [e.kind for e in changes][:2] == ["identity changed", "identity changed"]
    requests = places.index("requests")
    assert places[requests + 1].startswith("requests.received")


# -- two forms --------------------------------------------------------------------------------------------------------


def test_only_cells_that_correspond_are_compared_across_forms() -> None:
    changes = diff(plain_report("2019", 2020, value=1), plain_report("2021", 2021, value=2))
    compared = {edit.path for edit in changes.cells}
    assert len(compared) == 22 * 7 + 15 + 3
    assert {path for path in compared if path.startswith("proactive.")} == {
        "proactive.licensing.decisions",
        "proactive.penalties.decisions",
        "proactive.coercive_measures.decisions",
    }
    assert not any(path.startswith("requests.otherwise") for path in compared)
    sides = [edit.side for edit in changes.not_comparable]
    assert (sides.count("old"), sides.count("new")) == (198 - 172, 200 - 172)
    reasons = {edit.path: edit.reason for edit in changes.not_comparable}
    assert "three rows" in reasons["requests.otherwise.total"]
    assert "three rows" in reasons["requests.otherwise.fee_unpaid.total"]
    assert "in force" in reasons["proactive.regulations.in_public"]
    assert "catalogue" in reasons["proactive.licensing.change"]
    assert "procurement" in reasons["proactive.procurement.amount"]
    assert "money" in reasons["proactive.fees.amount"]
    assert all(not reason.startswith("no correspondence") for reason in reasons.values())


def test_the_same_values_on_two_forms_leave_no_cell_edit() -> None:
    changes = diff(plain_report("2019", value=3), plain_report("2021", value=3))
    assert changes.cells == ()
    assert [edit.field for edit in changes.identity] == ["form"]


def test_a_form_of_ones_own_is_not_mapped_by_force() -> None:
    cells = (("maps.sheets.drawn", Cell(3, "3")), (RECEIVED, Cell(8, "8")))
    own = attrs.evolve(plain_report(), form="2027", table_cells=cells)
    changes = diff(plain_report(), own)
    assert [edit.path for edit in changes.cells] == [RECEIVED]
    assert changes.apply(plain_report()).table_cells == cells
    assert [e.reason for e in changes.not_comparable if e.path == "maps.sheets.drawn"] == [
        "the other report has no such cell"
    ]
    assert changes.summary()
    assert "maps" in changes.to_html()


# -- doubt ------------------------------------------------------------------------------------------------------------


def doubtful(report: Report, path: str, code: str = "L201", severity: Severity = Severity.WARNING) -> Report:
    return attrs.evolve(report, diagnostics=(Diagnostic(code, severity, "the row is short", (path,)),))


def test_doubt_travels() -> None:
    old = doubtful(plain_report(value=1), RECEIVED)
    new = plain_report(value=1).with_cells({RECEIVED: Cell(4, state=CellState.INFERRED), "requests.granted.total": 9})
    changes = diff(old, new)
    doubts = {edit.path: [(d.side, d.code) for d in edit.doubts] for edit in changes.cells}
    assert doubts == {RECEIVED: [("old", "L201"), ("new", "")], "requests.granted.total": []}
    assert "doubt: 1 of these cells" in changes.summary()
    assert "L201" in changes.to_html()


def test_a_repair_that_is_certain_is_no_doubt() -> None:
    old = doubtful(plain_report(value=1), RECEIVED, severity=Severity.INFO)
    (edit,) = diff(old, plain_report(value=1).with_cells({RECEIVED: 4})).cells
    assert edit.doubts == ()


# -- year to year -----------------------------------------------------------------------------------------------------


def test_stocks_are_explained_by_their_flows() -> None:
    changes = diff(example(2022), example(2023))
    found = changes.explanation("proactive.normative_documents.in_force")
    assert found is not None
    assert (found.equation, found.holds) == ("420 + 61 - 59 = 422", True)
    before = diff(example(2021), example(2022)).explanation("proactive.normative_documents.in_force")
    assert before is not None
    assert (before.equation, before.holds) == ("597 + 50 - 227 = 420", True)


def test_carry_over_is_set_beside_its_counterpart() -> None:
    changes = diff(example(2022), example(2023))
    for path in ("requests.carried_in.total", "requests.carried_over.total"):
        found = changes.explanation(path)
        assert found is not None
        assert (found.equation, found.holds) == ("103 carried over, 77 carried in", False)
    assert changes.explanation(RECEIVED) is None
    assert changes.explanation("proactive.normative_documents.issued") is None


def test_what_can_only_be_bounded_is_bounded() -> None:
    old = plain_report("2019", 2019).with_cells(
        {
            "proactive.regulations.in_public": 5,
            "proactive.licensing.previous_items": 40,
            "proactive.licensing.change": -3,
        }
    )
    new = plain_report("2019", 2020).with_cells(
        {
            "proactive.regulations.in_public": 8,
            "proactive.regulations.published": 2,
            "proactive.licensing.previous_items": 37,
        }
    )
    changes = diff(old, new)
    stock = changes.explanation("proactive.regulations.in_public")
    items = changes.explanation("proactive.licensing.previous_items")
    assert stock is not None
    assert items is not None
    assert (stock.equation, stock.holds) == ("8 ≤ 5 + 2", False)
    assert (items.equation, items.holds) == ("40 + -3 = 37", True)


def test_a_missing_number_is_not_assessable() -> None:
    old = plain_report().with_cells({"requests.carried_over.total": BLANK, "litigation.direct.pending": 2})
    new = doubtful(plain_report(year=2023), "requests.carried_in.total")
    changes = diff(old, new)
    found = changes.explanation("requests.carried_over.total")
    assert found is not None
    assert (found.expected, found.holds, found.verdict) == (None, None, "not assessable")
    assert found.equation == "? carried over, 0 carried in"
    assert [d.code for d in found.doubts] == ["L201"]
    pending = changes.explanation("litigation.direct.pending")
    assert pending is not None
    assert (pending.equation, pending.holds) == ("0 ≥ 2", False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (plain_report(year=2022), plain_report(year=2022)),
        (plain_report(year=2021), plain_report(year=2023)),
        (plain_report(year=2022), plain_report(year=2023, agency="松河县人民政府")),
        (plain_report(year=2022), attrs.evolve(plain_report(), year=None)),
    ],
    ids=["one year", "a gap", "two agencies", "no year"],
)
def test_no_expectation_but_between_two_years_of_one_agency(old: Report, new: Report) -> None:
    assert diff(old, new).continuity == ()


# -- prose ------------------------------------------------------------------------------------------------------------


def test_similarity_is_that_of_the_rule() -> None:
    from govdisclosure._prose_similarity import prose_similarity

    old, new = example(2022), example(2023)
    changes = diff(old, new)
    for name in ("overview", "problems"):
        assert changes.similarity[name] == prose_similarity(old.section(name).text, new.section(name).text)
    assert changes.similarity["proactive"] is None
    assert [edit.name for edit in changes.prose] == ["overview", "appeals", "problems", "other_matters"]


def test_titles_count() -> None:
    old = plain_report()
    sections = (attrs.evolve(old.sections[0], title="一、概述"), *old.sections[1:])
    (edit,) = diff(old, attrs.evolve(old, sections=sections)).prose
    assert (edit.old_title, edit.new_title, edit.sentences) == ("一、总体情况", "一、概述", ())


def test_a_section_that_one_form_lacks() -> None:
    old = with_text(plain_report(), overview="一年来。")
    new = attrs.evolve(old, sections=old.sections[1:])
    (edit,) = diff(old, new)
    assert (edit.name, edit.new_title) == ("overview", None)  # type: ignore[union-attr]
    assert diff(old, new).apply(old) == new
    assert [s.text for s in diff(new, old).apply(new).sections] == [s.text for s in old.sections]


# -- the result -------------------------------------------------------------------------------------------------------


def test_extra_rows() -> None:
    row = ExtraRow("其他主动公开文件", ("186", "86", "255"), "proactive.normative_documents")
    moved = attrs.evolve(row, span=Span(line=4))
    old, new = attrs.evolve(plain_report(), extra_rows=(row,)), plain_report()
    assert not diff(old, attrs.evolve(old, extra_rows=(moved,)))
    changes = diff(old, new)
    assert [edit.old for edit in changes.extra_rows] == [(row,)]
    assert changes.apply(old) == new
    assert "其他主动公开文件" in changes.to_html()


def test_applying_drops_the_doubts_of_what_it_replaces() -> None:
    old = doubtful(plain_report(value=1), RECEIVED)
    new = plain_report(value=1).with_cells({RECEIVED: 4})
    assert diff(old, new).apply(old) == new
    across = diff(doubtful(plain_report("2019"), "requests.otherwise.total"), plain_report("2021"))
    assert across.apply(across.old) == plain_report("2021")


def test_it_is_a_sequence() -> None:
    changes = diff(example(2022), example(2023))
    assert list(changes) == list(changes.edits)
    assert changes[0] == changes.edits[0]
    assert changes[:2] == changes.edits[:2]
    assert changes.edits[3] in changes
    assert isinstance(changes, gd.Changes)


def test_the_summary_of_two_years() -> None:
    lines = diff(example(2022), example(2023)).summary().splitlines()
    assert lines[0] == "青岚市人民政府 2022 (form 2021) -> 青岚市人民政府 2023 (form 2021)"
    assert "1 appeared, 1 stated otherwise" in lines[2]
    assert "from year to year: 6 as expected, 6 not as expected" in lines
    assert diff(example(2022), example(2022)).summary().endswith("no differences")


def test_json() -> None:
    data = json.loads(json.dumps(diff(example(2022), example(2023)).to_dict(), ensure_ascii=False))
    edit = next(e for e in data["edits"] if e.get("path") == "proactive.normative_documents.in_force")
    assert edit == {
        "kind": "changed",
        "path": "proactive.normative_documents.in_force",
        "old": {"value": 420, "raw": "420", "state": "present"},
        "new": {"value": 422, "raw": "422", "state": "present"},
        "delta": 2,
        "ratio": "1.00476",
        "meaning": "stock",
        "doubts": [],
    }
    assert any(e["kind"] == "section changed" and e["sentences"] for e in data["edits"])


def test_only_reports_are_compared() -> None:
    with pytest.raises(TypeError, match="not str"):
        diff("a report", plain_report())  # type: ignore[arg-type]


# -- a real pair ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif("GOVDISCLOSURE_REFERENCE" not in os.environ, reason="GOVDISCLOSURE_REFERENCE is not set")
def test_two_agencies_of_one_district_in_one_year() -> None:
    folder = Path(os.environ["GOVDISCLOSURE_REFERENCE"]) / "reports"
    texts = {path.name[:3]: path for path in folder.glob("*.txt")}
    old, new = (gd.parse(texts[number].read_text(encoding="utf-8")) for number in ("000", "003"))
    changes = diff(old, new)
    assert [edit.field for edit in changes.identity] == ["title", "agency"]
    assert changes.continuity == ()
    assert changes.apply(old).cells() == new.cells()
    received = next(edit for edit in changes.cells if edit.path == RECEIVED)
    assert (received.old, received.new, received.ratio) == (0, 23, None)


def test_correspondence_is_named_not_guessed() -> None:
    assert corresponds("requests.otherwise.total", "2021", "2021")
    assert not corresponds("requests.otherwise.total", "2019", "2027")
    assert not corresponds("proactive.fees.amount", "2021", "2027")
    assert corresponds("proactive.licensing.decisions", "2019", "2021")
