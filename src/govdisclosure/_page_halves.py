"""Two reports printed side by side (last year's and this year's) on the same pages: parted at the gutter between them."""

from __future__ import annotations

from collections.abc import Sequence

from govdisclosure._pages import Page

MIDDLE = (0.35, 0.65)
"""Between which shares of a page's width a gutter is looked for."""
FEWEST_RULES = 3
"""So many upright rules on either side make a table there."""


def numbered_halves(pages: Sequence[Page]) -> list[tuple[int, Page]]:
    """The pages with their numbers; if they hold two reports, all left halves and then all right ones."""
    numbered = list(enumerate(pages, 1))
    gutter = _gutter(pages)
    if gutter is None:
        return numbered
    left = [(number, _half(page, 0.0, gutter)) for number, page in numbered]
    right = [(number, _half(page, gutter, page.width)) for number, page in numbered]
    return [*left, *right]


def _gutter(pages: Sequence[Page]) -> float | None:
    """A place that nothing crosses on any page with rules, and that has tables on both sides on one of them.

    No single report has one: its prose and its widest table go from margin to margin.
    """
    ruled = [page for page in pages if page.verticals]
    if not ruled:
        return None
    width = ruled[0].width
    if any(abs(page.width - width) > 1 for page in ruled):
        return None
    crossed = sorted(
        span
        for page in ruled
        for span in (
            *((rule.start, rule.end) for rule in page.horizontals),
            *((character.left, character.right) for character in page.characters),
        )
    )
    gap = _widest_gap(crossed, MIDDLE[0] * width, MIDDLE[1] * width)
    if gap is None:
        return None
    return gap if any(_has_tables_on_both_sides(page, gap) for page in ruled) else None


def _widest_gap(spans: Sequence[tuple[float, float]], low: float, high: float) -> float | None:
    """The middle of the widest stretch between ``low`` and ``high`` that no span touches."""
    best: tuple[float, float] | None = None
    reached = low
    for start, end in [*spans, (high, high)]:
        if start > reached and reached < high:
            free = min(start, high) - reached
            if best is None or free > best[0]:
                best = (free, reached + free / 2)
        reached = max(reached, end)
    return best[1] if best is not None and best[0] > 1 else None


def _has_tables_on_both_sides(page: Page, gutter: float) -> bool:
    left = {round(rule.place) for rule in page.verticals if rule.place < gutter}
    right = {round(rule.place) for rule in page.verticals if rule.place > gutter}
    return len(left) >= FEWEST_RULES and len(right) >= FEWEST_RULES


def _half(page: Page, start: float, end: float) -> Page:
    return Page(
        width=page.width,
        height=page.height,
        characters=[c for c in page.characters if start <= c.centre < end],
        horizontals=[rule for rule in page.horizontals if start <= (rule.start + rule.end) / 2 < end],
        verticals=[rule for rule in page.verticals if start <= rule.place < end],
        has_picture=page.has_picture,
        damaged=page.damaged and start == 0.0,
    )
