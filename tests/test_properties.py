"""Properties of ``parse`` over invented reports: nothing silently wrong, whatever layout and damage a text has."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable

import attrs
import pytest
from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st

import govdisclosure as gd
from tests.support.comparing import CellVerdict, Verdict, identity_problems, judge, named, prose_problems, span_problems
from tests.support.damage import ALL_KINDS, damaged
from tests.support.disguise import DISGUISES, mojibake
from tests.support.grids import Grid, Looks
from tests.support.layouts import LAYOUTS
from tests.support.printing import LOOKS, Mirror, Surroundings, keeps_everything, print_report
from tests.support.prose import STYLES
from tests.support.redrawing import REDRAWINGS
from tests.support.truth import BLANKS, Manner, Truth, Value, invent

SEEDS = st.integers(0, 100_000)
MANNERS = st.builds(
    Manner,
    form=st.sampled_from(("2019", "2021")),
    scale=st.sampled_from((9, 90, 3_000, 90_000_000)),
    consistent=st.booleans(),
    blanks=st.sampled_from(BLANKS),
    placeholders=st.booleans(),
    notes=st.booleans(),
    variants=st.booleans(),
    misprints=st.booleans(),
    extra_row=st.booleans(),
    prose=st.sampled_from(STYLES),
)
TRUTHS = st.builds(invent, SEEDS, MANNERS)
# A blank in a row that does not add up may be a number lost: there doubt is right.
PLAIN_MANNERS = MANNERS.filter(
    lambda manner: manner.blanks == "none" or (manner.consistent and manner.blanks != "anywhere")
)
PLAIN_TRUTHS = st.builds(invent, SEEDS, PLAIN_MANNERS)
AROUND = st.builds(
    Surroundings,
    chrome=st.booleans(),
    contents=st.booleans(),
    pages=st.booleans(),
    repeated_title=st.booleans(),
    seed=SEEDS,
)
LAYOUT_NAMES = st.sampled_from(tuple(LAYOUTS))
# Other characters are of other widths: where places count, they would move the numbers.
UNPLACED_NAMES = st.sampled_from([name for name, layout in LAYOUTS.items() if not layout.placed])
LOOKS_USED = st.sampled_from(LOOKS)
# Whole tables, all value columns, and those of one group of heads.
MIRRORS = (
    *(Mirror("proactive", first, 4) for first in (0, 1)),
    *(Mirror("requests", first, end) for first, end in ((0, 10), (3, 10), (4, 9))),
    *(Mirror("appeals", first, end) for first, end in ((0, 15), (0, 5), (5, 15), (10, 15))),
)
FRAGMENTS = "一二三四五六七（）、0123456789 \t\n|总计规章其他行政许可结果维持政府信息公开年度报告"
FAULTS = (Verdict.SILENT, Verdict.MISSTATED)


def relaxed(examples: int) -> settings:
    """The same examples on every run, unless GOVDISCLOSURE_EXPLORE asks for that many times more, and new ones."""
    explore = int(os.environ.get("GOVDISCLOSURE_EXPLORE", "0"))
    return settings(
        max_examples=examples * max(1, explore),
        derandomize=not explore,
        database=None,
        phases=(Phase.explicit, Phase.generate, *((Phase.shrink,) if explore else ())),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def faults(verdicts: Iterable[CellVerdict], kinds: tuple[Verdict, ...] = FAULTS) -> list[str]:
    return [f"{found.verdict}: {found}" for found in verdicts if found.verdict in kinds]


@relaxed(120)
@given(TRUTHS, LAYOUT_NAMES, LOOKS_USED, AROUND)
def test_a_printed_truth_is_read_back_or_doubted(truth: Truth, layout: str, looks: Looks, around: Surroundings) -> None:
    text = print_report(truth, layout, looks, around)
    note(text)
    assert faults(judge(gd.parse(text), truth.cells, truth.written)) == []


@relaxed(60)
@given(PLAIN_TRUTHS, st.sampled_from([name for name, layout in LAYOUTS.items() if not layout.torn]), LOOKS_USED, AROUND)
def test_what_a_careful_reader_can_read_is_read(truth: Truth, layout: str, looks: Looks, around: Surroundings) -> None:
    text = print_report(truth, layout, looks, around)
    note(text)
    report = gd.parse(text)
    assert identity_problems(report, truth) == ()
    assert prose_problems(report, truth.narrative, paragraphs=not LAYOUTS[layout].one_line) == []
    if keeps_everything(truth, layout):
        verdicts = judge(report, truth.cells, truth.written)
        assert faults(verdicts, tuple(verdict for verdict in Verdict if verdict is not Verdict.EXACT)) == []


@relaxed(120)
@given(TRUTHS, LAYOUT_NAMES, AROUND, st.lists(st.tuples(st.sampled_from(ALL_KINDS), SEEDS), min_size=1, max_size=2))
def test_damage_is_never_silent(
    truth: Truth, layout: str, around: Surroundings, damages: list[tuple[str, int]]
) -> None:
    text = print_report(truth, layout, around=around)
    other = print_report(invent(around.seed, Manner(form=truth.form, scale=500)), layout)
    emptied: Counter[Value] = Counter()
    for kind, seed in damages:
        damage = damaged(text, kind, seed, other)
        if damage is not None:
            text = damage.text
            note(damage.done)
            emptied.update(damage.emptied)
    note(text)
    try:
        report = gd.parse(text)
    except gd.ParseError:
        return
    assert faults(judge(report, truth.cells, truth.written, emptied)) == []


@relaxed(60)
@given(TRUTHS, LAYOUT_NAMES, AROUND, st.sampled_from(MIRRORS))
def test_columns_in_another_order_are_not_taken_for_the_forms(
    truth: Truth, layout: str, around: Surroundings, mirror: Mirror
) -> None:
    text = print_report(truth, layout, around=around, mirror=mirror)
    note(text)
    assert faults(judge(gd.parse(text), truth.cells, truth.written)) == []


@pytest.mark.parametrize("name", REDRAWINGS)
@relaxed(15)
@given(truth=TRUTHS, layout=LAYOUT_NAMES, around=AROUND)
def test_tables_drawn_otherwise_are_read_or_doubted(name: str, truth: Truth, layout: str, around: Surroundings) -> None:
    drawn = LAYOUTS[layout]

    def render(grid: Grid, chance: random.Random) -> list[str]:
        return drawn.render(REDRAWINGS[name](grid, chance), chance)

    text = print_report(truth, attrs.evolve(drawn, render=render), around=around)
    note(text)
    try:
        report = gd.parse(text)
    except gd.NotAReport:
        return  # next to nothing is left of the labels
    if report.form == truth.form:
        assert faults(judge(report, truth.cells, truth.written), (Verdict.SILENT,)) == []
    else:
        assert any(found.code == "L305" for found in report.diagnostics)


@pytest.mark.parametrize("disguise", DISGUISES)
@relaxed(12)
@given(truth=TRUTHS, layout=UNPLACED_NAMES, around=AROUND)
def test_other_characters_are_read_or_doubted(disguise: str, truth: Truth, layout: str, around: Surroundings) -> None:
    plain = print_report(truth, layout, around=around)
    text = DISGUISES[disguise](plain, random.Random(around.seed))
    note(text)
    report = gd.parse(text)
    assert faults(judge(report, truth.cells, truth.written)) == []
    if not named(gd.parse(plain)):
        assert named(report) == frozenset()


@relaxed(20)
@given(TRUTHS, UNPLACED_NAMES, st.booleans())
def test_mojibake_is_recovered_or_refused(truth: Truth, layout: str, lossy: bool) -> None:
    text = mojibake(print_report(truth, layout), lossy)
    note(text)
    try:
        report = gd.parse(text)
    except gd.ParseError:
        return
    assert faults(judge(report, truth.cells, truth.written)) == []


@relaxed(30)
@given(TRUTHS, LAYOUT_NAMES, AROUND)
def test_parsing_twice_is_the_same(truth: Truth, layout: str, around: Surroundings) -> None:
    text = print_report(truth, layout, around=around)
    assert gd.parse(text) == gd.parse(text)


def without_blank_line(text: str) -> str:
    return f"{text}\n"


def with_trailing_blanks(text: str) -> str:
    return text.replace("\n", "   \n")


def with_windows_line_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_a_mark_of_byte_order(text: str) -> str:
    return f"\ufeff{text}"


@pytest.mark.parametrize(
    "change", [without_blank_line, with_trailing_blanks, with_windows_line_ends, with_a_mark_of_byte_order]
)
@relaxed(15)
@given(truth=TRUTHS, layout=LAYOUT_NAMES, around=AROUND)
def test_what_no_reader_sees_changes_nothing(change: object, truth: Truth, layout: str, around: Surroundings) -> None:
    text = print_report(truth, layout, around=around)
    report, same = gd.parse(text), gd.parse(change(text))  # type: ignore[operator]
    assert same.cells() == report.cells()
    assert (same.title, same.agency, same.year, same.form) == (report.title, report.agency, report.year, report.form)
    assert [section.text for section in same.sections] == [section.text for section in report.sections]


@relaxed(60)
@given(TRUTHS, LAYOUT_NAMES, LOOKS_USED, AROUND)
def test_every_value_says_where_it_stands(truth: Truth, layout: str, looks: Looks, around: Surroundings) -> None:
    text = print_report(truth, layout, looks, around)
    note(text)
    assert span_problems(gd.parse(text), text) == []


@relaxed(60)
@given(
    st.text(
        alphabet="一二三四五六七（）、0123456789 \t\n|总计规章其他行政许可结果维持政府信息公开年度报告", max_size=400
    )
)
@example("")
@example("一、总体情况")
def test_any_text_is_a_report_or_a_parse_error(text: str) -> None:
    try:
        report = gd.parse(text)
    except gd.ParseError:
        return
    assert isinstance(report, gd.Report)
