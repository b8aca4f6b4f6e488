"""The harness itself: printing prints every cell, damage does what it says, and the judge sees what is wrong."""

from __future__ import annotations

import re

import attrs
import pytest

from govdisclosure import Cell, CellState, Diagnostic, Report, Section, Severity
from tests.support.comparing import Verdict, judge, prose_problems
from tests.support.damage import KINDS, damaged, numbers, rows
from tests.support.layouts import LAYOUTS
from tests.support.printing import Surroundings, print_report
from tests.support.truth import Manner, Truth, form, invent

MANNERS = [Manner(form=code, scale=scale) for code in ("2019", "2021") for scale in (9, 90_000_000)]


def read(truth: Truth, **changes: Cell) -> Report:
    """A report that holds the truth, but for some cells (``__`` for the dots of their paths)."""
    cells = {path: Cell(value, truth.printed(path)) for path, value in truth.cells.items()}
    cells.update({path.replace("__", "."): cell for path, cell in changes.items()})
    sections = tuple(
        Section(section.name, text="\n".join(text for _kind, text in truth.narrative.get(section.name, ())))
        for section in form(truth.form).sections
    )
    return Report(truth.title, truth.agency, truth.year, truth.form, sections, tuple(cells.items()))


def doubting(report: Report, path: str) -> Report:
    return attrs.evolve(report, diagnostics=(Diagnostic("L000", Severity.WARNING, "", (path,)),))


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in ("fused_rows", "lines_once")])
@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: f"{manner.form}-{manner.scale}")
def test_every_number_is_printed(layout: str, manner: Manner) -> None:
    truth = invent(1, manner)
    text = print_report(truth, layout)
    printed = [number.text for number in numbers(text)]
    wanted = [truth.printed(path) for path in truth.cells]
    if layout == "glued_labels":
        printed = re.findall(r"(?<=[,\n ])[+-]?[\d.]+(?=[,\n ])|(?<=[^\x00-\xff\d])-?[\d.]+(?=[ \n])", text)
    for value in set(wanted):
        assert printed.count(value) >= wanted.count(value), value


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: f"{manner.form}-{manner.scale}")
def test_sums_hold(manner: Manner) -> None:
    cells = invent(2, manner).cells
    for column in ("natural_person", "other_organization", "total"):
        flow = [cells[f"requests.{row}.{column}"] for row in ("received", "carried_in", "concluded", "carried_over")]
        assert flow[0] + flow[1] == flow[2] + flow[3]  # type: ignore[operator]


def test_blanks_and_placeholders_are_no_numbers() -> None:
    truth = invent(3, Manner(blanks="some", placeholders=True))
    assert truth.has_blanks
    assert any(truth.written[path].strip() for path in truth.written)
    assert all(truth.cells[path] is None for path in truth.written)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", ["tabs_empty", "cell_per_line", "gfm", "columns_narrow", "one_line"])
def test_damage_changes_the_text_and_is_repeatable(kind: str, layout: str) -> None:
    text = print_report(invent(4, Manner(scale=900)), layout)
    damage = damaged(text, kind, 1)
    assert damage is not None
    assert damage.text != text
    assert damage == damaged(text, kind, 1)
    difference = {"drop": -1, "merge": -1, "swap": 0, "full_width": 0}.get(kind)
    if difference is not None and layout != "one_line":
        assert len(numbers(damage.text)) - len(numbers(text)) == difference


def test_rows_are_found_with_their_labels() -> None:
    found = {row.parts[-1]: [number.text for number in row.numbers] for row in rows(print_report(invent(5, Manner())))}
    assert len(found["1属于国家秘密"]) == 7
    assert len(found["行政许可"]) == 1


PATH = "requests.granted.total"


@pytest.mark.parametrize(
    ("cell", "doubted", "verdict"),
    [
        (None, False, Verdict.EXACT),
        (None, True, Verdict.NEEDLESS),
        (Cell(10**9), False, Verdict.SILENT),
        (Cell(10**9), True, Verdict.DOUBTFUL),
        (Cell(None, state=CellState.BLANK), False, Verdict.SILENT),
        (Cell(None, state=CellState.LOST), True, Verdict.DOUBTFUL),
        ("inferred", True, Verdict.INFERRED),
        ("inferred", False, Verdict.MISSTATED),
    ],
)
def test_verdicts(cell: Cell | str | None, doubted: bool, verdict: Verdict) -> None:
    truth = invent(6, Manner())
    if cell == "inferred":
        cell = Cell(truth.cells[PATH], state=CellState.INFERRED)
    report = read(truth, **({PATH.replace(".", "__"): cell} if isinstance(cell, Cell) else {}))
    if doubted:
        report = doubting(report, PATH)
    verdicts = {found.path: found.verdict for found in judge(report, truth.cells, truth.written)}
    assert verdicts.pop(PATH) is verdict
    assert set(verdicts.values()) == {Verdict.EXACT}


def test_an_emptied_cell_may_be_read_as_blank_once() -> None:
    truth = invent(7, Manner())
    blank = Cell(None, state=CellState.BLANK)
    paths = [path for path, value in truth.cells.items() if value == 0][:2]
    report = read(truth, **{path.replace(".", "__"): blank for path in paths})
    verdicts = [found.verdict for found in judge(report, truth.cells, truth.written, {0: 1}) if found.path in paths]
    assert verdicts == [Verdict.EXACT, Verdict.SILENT]


def test_prose_is_compared_sentence_by_sentence() -> None:
    truth = invent(8, Manner(prose="headings"))
    report = read(truth)
    assert prose_problems(report, truth.narrative) == []
    overview = report.overview
    without = attrs.evolve(overview, text=overview.text.replace("申请人要求更正的内容，都在当日处理完毕。", ""))
    more = attrs.evolve(overview, text=f"{overview.text}\n行政许可 17")
    stray = attrs.evolve(overview, text=overview.text.replace("申请人要求", "申请 人要求"))
    joined = attrs.evolve(overview, text=overview.text.replace("\n", ""))
    for section in (without, more, stray, joined):
        changed = attrs.evolve(report, sections=(section, *report.sections[1:]))
        assert len(prose_problems(changed, truth.narrative)) == 1


def test_surroundings_are_around_and_between() -> None:
    truth = invent(9, Manner())
    around = Surroundings(chrome=True, contents=True, pages=True, repeated_title=True, seed=1)
    text = print_report(truth, "columns_narrow", around=around)
    assert "\f" in text
    assert "目 录" in text
    assert text.startswith("网站首页")
    assert [number.text for number in numbers(text)].count(truth.printed(PATH)) >= 1
