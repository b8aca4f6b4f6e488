"""Tables whose numbers were torn from their labels: what the sums decide is given back, everything else stays doubtful."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

import govdisclosure as gd
from govdisclosure import CellState
from govdisclosure._reading_orders import MAX_ORDERS, readings
from govdisclosure._torn_columns import decided
from tests.support.comparing import judge
from tests.support.consistent_tables import COLUMNS, FORMS, consistent_tables, request_rows
from tests.support.grids import GridCell
from tests.support.layouts import CUT_UP
from tests.support.printing import Surroundings, print_report
from tests.support.tearing import cut
from tests.support.truth import Manner, Truth, invent
from tests.test_properties import SEEDS, faults, relaxed

HEADS = (
    "NATURAL_PERSON",
    "COMMERCIAL_ENTERPRISE",
    "RESEARCH_INSTITUTION",
    "PUBLIC_INTEREST_ORGANIZATION",
    "LEGAL_SERVICE_ORGANIZATION",
    "OTHER_ORGANIZATION",
    "TOTAL",
)
Table = list[list[int]]
WIDTH = 4
CONSISTENT = st.builds(
    Manner, form=FORMS, scale=st.sampled_from((1, 3, 9, 90, 3_000)), placeholders=st.booleans(), blanks=st.just("none")
)


def table_of(*columns: Sequence[int]) -> Table:
    """A small table: received, carried in, outcomes, concluded, carried over; the last column is added."""
    return [[*row, sum(row)] for row in zip(*columns, strict=True)]


def sums_of(table: Table) -> list[list[int]]:
    outcomes = len(table) - 4
    return [[1, 1, *[0] * outcomes, -1, -1], [0, 0, *[1] * outcomes, -1, 0]]


def worked_out(table: Table, order: Sequence[tuple[int, int]], heads: bool = True) -> list[list[int | None]] | None:
    tokens = [(table[row][column], "") for row, column in order]
    places = decided(tokens, len(table[0]), [0], sums_of(table), heads)
    return places and [[None if place is None else tokens[place][0] for place in row] for row in places]


def by_columns(rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
    return [(row, column) for column in columns for row in rows]


def by_rows(rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
    return [(row, column) for row in rows for column in columns]


#                 received, in, three outcomes, concluded, over
PLAIN = table_of([9, 2, 3, 0, 7, 10, 1], [5, 0, 0, 4, 1, 5, 0], [3, 1, 1, 1, 0, 2, 2])
TWINS = table_of([9, 2, 3, 0, 7, 10, 1], [5, 0, 0, 4, 1, 5, 0], [5, 0, 5, 0, 0, 5, 0])
ALL = range(7)


def test_columns_one_after_another_under_heads_in_order_are_a_table() -> None:
    assert worked_out(PLAIN, by_columns(ALL, range(WIDTH))) == PLAIN


def test_without_heads_in_order_nothing_tells_columns_apart_that_are_all_there_is() -> None:
    found = worked_out(PLAIN, by_columns(ALL, range(WIDTH)), heads=False)
    assert found is not None
    assert [row[-1] for row in found] == [row[-1] for row in PLAIN]
    assert found[0][:-1] == [None] * (WIDTH - 1)


def test_a_row_read_across_shows_the_order_of_the_columns_below_it() -> None:
    order = [*by_rows([0], range(WIDTH)), *by_columns(ALL[1:], range(WIDTH))]
    assert worked_out(PLAIN, order, heads=False) == PLAIN


def test_columns_of_the_same_sums_may_stand_the_other_way_round() -> None:
    order = [*by_rows([0], range(WIDTH)), *by_columns(ALL[1:], range(WIDTH))]
    found = worked_out(TWINS, order, heads=False)
    assert found is not None
    for row, true in zip(found, TWINS, strict=True):
        assert row[0] == true[0] and row[-1] == true[-1]
        assert row[1:3] == (true[1:3] if true[1] == true[2] else [None, None])


def test_columns_in_another_order_than_the_row_above_them_are_no_table() -> None:
    order = [*by_rows([0], range(WIDTH)), *by_columns(ALL[1:], [1, 0, 2, 3])]
    assert worked_out(PLAIN, order) is None


def test_blocks_beside_and_above_each_other() -> None:
    left, right = [0, 1], [2, 3]
    order = [
        *by_rows([0], left),
        *by_columns(ALL[1:], left),
        *by_rows([0, 1], right),
        *by_columns(ALL[2:], right),
    ]
    assert worked_out(PLAIN, order) == PLAIN


def test_a_table_whose_own_sums_fail_is_left_alone() -> None:
    wrong = [list(row) for row in PLAIN]
    wrong[3][1] += 1
    assert worked_out(wrong, by_columns(ALL, range(WIDTH))) is None


def test_where_two_orders_fit_only_what_both_say_is_certain() -> None:
    """By rows the second row is 0 1 1, by columns it is 1 0 1."""
    tokens = [(number, "") for number in (0, 1, 1, 0, 1, 1)]
    places = decided(tokens, 3, [0], [], heads_in_order=True)
    assert places is not None
    assert [[None if place is None else tokens[place][0] for place in row] for row in places] == [
        [0, 1, 1],
        [None, None, 1],
    ]


def test_a_placeholder_is_not_a_printed_nought() -> None:
    tokens = [(0, ""), (0, "/"), (0, ""), (0, ""), (0, ""), (0, "")]
    assert {tuple(tokens[place][1] for row in order for place in row) for order in readings(tokens, 3).orders} == {
        ("", "/", "", "", "", ""),
        ("", "", "", "/", "", ""),
    }


def test_the_search_is_bounded() -> None:
    assert readings([(0, "")] * 175, 7, steps=10).orders == ()
    many = readings([(number % 2, "") for number in range(175)], 7)
    assert len(many.orders) <= MAX_ORDERS


@relaxed(150)
@given(CONSISTENT, SEEDS)
def test_a_torn_table_is_never_wrong_without_a_word_and_what_is_inferred_is_right(manner: Manner, seed: int) -> None:
    truth = invent(seed, manner)
    text = print_report(truth, CUT_UP, around=Surroundings(seed=seed))
    note(text)
    verdicts = judge(gd.parse(text), truth.cells, truth.written)
    assert faults(verdicts) == []
    assert [str(v) for v in verdicts if v.state == CellState.INFERRED and v.got != v.truth] == []


@relaxed(60)
@given(st.data(), FORMS, SEEDS)
def test_pieces_in_their_order_give_nothing_but_the_table(data: st.DataObject, form: str, seed: int) -> None:
    cells = data.draw(consistent_tables(form))
    rows = [[cells[f"{row}.{column}"] for column in (*COLUMNS, "total")] for row in request_rows(form)]
    chance = random.Random(seed)
    places = [[GridCell("", row, column) for column in range(7)] for row in range(len(rows))]
    order = [(place.row, place.column) for place in cut(places, chance.randint(1, 5), 0.0, chance)]
    found = worked_out(rows, order, heads=chance.random() < 0.5)
    for row, true in zip(found or [], rows, strict=bool(found)):
        assert [number for number in row if number is not None] == [
            number for number, got in zip(true, row, strict=True) if got is not None
        ]


def test_heads_among_a_rows_numbers_show_its_columns() -> None:
    """The first column's head and number stand behind the others', as where its head is set downwards."""
    truth = invent(11, Manner(form="2021", scale=90))
    lines = print_report(truth, "column_wise").split("\n")
    label = truth.wording("RECEIVED")
    heads = [truth.wording(t) for t in HEADS]
    cells = [str(truth.cells[f"requests.received.{column}"]) for column in (*COLUMNS, "total")]
    rows = [row for row in request_rows("2021") if row != "requests.received"]
    below = [str(truth.cells[f"{row}.{column}"]) for column in (*COLUMNS, "total") for row in rows]
    start = max(at for at, line in enumerate(lines) if line == truth.wording("REQUESTS"))
    end = next(at for at in range(start, len(lines)) if lines[at] == truth.wording("APPEALS"))
    labels = [line for line in lines[start + 1 : end] if line and not line.isdigit() and line not in (label, *heads)]
    torn = [label, *heads[1:], *cells[1:], heads[0], cells[0], *labels, *below]
    report = gd.parse("\n".join([*lines[: start + 1], *torn, *lines[end:]]))
    received = {path: value for path, value in report.cells().items() if path.startswith("requests.")}
    assert received == {path: truth.cells[path] for path in received}
    assert all(report.cell(path).state is CellState.INFERRED for path in received)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_proof_names_every_cell(form: str) -> None:
    truth: Truth = invent(7, Manner(form=form, scale=90))
    report = gd.parse(print_report(truth, "column_wise"))
    inferred = [d for d in report.diagnostics if d.code == "L205"]
    requests = [path for path in truth.cells if path.startswith("requests.")]
    assert sorted(path for d in inferred for path in d.paths) == sorted(requests)
    assert all("add up to its total" in d.message and "carried_over" in d.message for d in inferred)
    assert {path: report.cells()[path] for path in requests} == {path: truth.cells[path] for path in requests}
