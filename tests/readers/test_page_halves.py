"""Pages that hold two reports side by side are parted at the gutter; others are left whole."""

from __future__ import annotations

from govdisclosure._page_halves import numbered_halves
from govdisclosure._pages import Character, Page, Rule

WIDTH = 600.0


def table(left: float, right: float) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the upright rules of a table of three columns."""
    step = (right - left) / 3
    horizontals = [Rule(place, left, right) for place in (100.0, 120.0, 140.0)]
    return horizontals, [Rule(left + step * column, 100.0, 140.0) for column in range(4)]


def page(*tables: tuple[float, float], text: tuple[float, float] | None = None) -> Page:
    made = Page(WIDTH, 800.0)
    for left, right in tables:
        horizontals, verticals = table(left, right)
        made.horizontals += horizontals
        made.verticals += verticals
        made.characters.append(Character("字", left + 5, 105, left + 14, 114))
    if text is not None:
        start, end = text
        made.characters += [Character("文", x, 50, x + 9, 59) for x in map(float, range(int(start), int(end), 9))]
    return made


def test_two_tables_beside_each_other_are_two_streams_of_pages() -> None:
    found = numbered_halves([page((40, 290), (310, 560)), page((40, 290), (310, 560))])
    assert [number for number, _ in found] == [1, 2, 1, 2]
    assert [{rule.place < 300 for rule in half.verticals} for _, half in found] == [{True}, {True}, {False}, {False}]
    assert [len(half.characters) for _, half in found] == [1, 1, 1, 1]


def test_the_second_report_may_be_shorter() -> None:
    found = numbered_halves([page((40, 290), (310, 560)), page((40, 290))])
    assert [number for number, _ in found] == [1, 2, 1, 2]


def test_a_table_from_margin_to_margin_is_left_whole() -> None:
    pages = [page((40, 290), (310, 560)), page((40, 560))]
    assert numbered_halves(pages) == [(1, pages[0]), (2, pages[1])]


def test_two_small_tables_under_a_line_of_text_are_left_whole() -> None:
    pages = [page((40, 290), (310, 560), text=(40, 560))]
    assert numbered_halves(pages) == [(1, pages[0])]


def test_pages_without_rules_are_left_whole() -> None:
    pages = [page(text=(40, 290))]
    assert numbered_halves(pages) == [(1, pages[0])]
