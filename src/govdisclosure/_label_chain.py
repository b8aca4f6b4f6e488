"""Which of the labels found stand for the form's rows: the best chain of them, in the form's order."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import define

from govdisclosure._atoms import Atoms, Mark
from govdisclosure._forms import FormDefinition


@define(slots=True, eq=False)
class RowMark:
    """A mark that may be the label of row ``row`` (an index into the form's rows); ``values`` follow it."""

    mark: Mark
    row: int
    values: int


def _weight(candidate: RowMark) -> float:
    weight = 3.0 if candidate.mark.complete else 1.5
    if len(candidate.mark.terminals) > 1:
        weight -= 2.5
    if candidate.values:
        weight += 4.0
    return weight


LONG_WAY = 250
"""More atoms than this between two rows of one table speak for a second table having been entered."""


def best_chain(candidates: list[RowMark], sections: Sequence[int]) -> dict[int, RowMark]:
    """The heaviest sequence of candidates whose rows and places both rise; of equals the most compact."""
    best: list[tuple[float, int, int] | None] = [None] * len(sections)
    """For each row its heaviest chain so far: the weight, its last candidate, and where that one ends."""
    heaviest = [float("-inf")] * len(sections)
    """For each row the weight of the heaviest chain that ends with it or with a row above it."""
    links: list[int] = [-1] * len(candidates)
    pending: deque[tuple[int, float, int]] = deque()

    def enter(row: int, score: float, at: int) -> None:
        held = best[row]
        if held is None or score > held[0]:
            best[row] = (score, at, candidates[at].mark.end)
            while row < len(heaviest) and heaviest[row] < score:
                heaviest[row] = score
                row += 1

    for index, candidate in enumerate(candidates):
        while pending and candidates[pending[0][2]].mark.start < candidate.mark.start:
            enter(*pending.popleft())
        start = candidate.mark.start
        weight = _weight(candidate)
        score, link = weight, -1
        for row in range(candidate.row - 1, -1, -1):
            if heaviest[row] + weight < score:
                break  # nor do the rows above reach it: what stands between rows only takes weight away
            held = best[row]
            if held is not None:
                distance = start - held[2]
                reached = held[0] + weight - (distance if distance < 5000 else 5000) * 1e-4
                if distance > LONG_WAY and sections[row] == sections[candidate.row]:
                    reached -= 6.0
                if reached > score or (reached == score and link >= 0):
                    score, link = reached, held[1]
        links[index] = link
        pending.append((candidate.row, score, index))
    for row, score, at in pending:
        enter(row, score, at)
    tops = [held for held in best if held is not None]
    chain: dict[int, RowMark] = {}
    at = max(tops)[1] if tops else -1
    while at >= 0:
        chain[candidates[at].row] = candidates[at]
        at = links[at]
    return chain


FEWEST_AGAIN = 2
"""Rows with values of their own; of bare labels there must be more, since two may have been printed twice."""
FEWEST_LABELS_AGAIN = 6


def is_mixed(
    form: FormDefinition,
    atoms: Atoms,
    candidates: Sequence[RowMark],
    chain: Mapping[int, RowMark],
    sections: Sequence[int],
) -> bool:
    """Whether the rows go on in a second report that follows a broken one.

    Then labels of rows that were read stand again between two that follow each other; between two tables an earlier
    title, too.
    """
    again = [
        candidate
        for candidate in candidates
        if candidate.mark.complete
        and len(candidate.mark.terminals) == 1
        and chain.get(candidate.row, candidate).mark is not candidate.mark
    ]
    if len(again) < FEWEST_AGAIN:
        return False
    titles = {section.title.terminal: number for number, section in enumerate(form.sections)}
    for (row, first), (other, second) in pairwise(sorted(chain.items())):
        start, end = first.mark.start, second.mark.start
        within = [candidate for candidate in again if start < candidate.mark.start < end]
        with_values = sum(candidate.values > 0 for candidate in within)
        if with_values < FEWEST_AGAIN and len({candidate.row for candidate in within}) < FEWEST_LABELS_AGAIN:
            continue
        if sections[row] == sections[other]:
            return True
        between = (terminal for mark in atoms.marks_between(start, end) if mark.complete for terminal in mark.terminals)
        if any(titles.get(terminal, len(titles)) <= sections[row] for terminal in between):
            return True
    return False
