"""Page furniture: page numbers, running heads and the lines a browser prints, which may stand anywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import regex
from attrs import frozen

from govdisclosure._page_marks import is_page_mark
from govdisclosure._source import Line
from govdisclosure._values import read_value

_BARE_NUMBER = regex.compile(r"\s*(\d{1,3})\s*")
_DIGITS = regex.compile(r"\d+")


@frozen
class MissingPage:
    """A page whose number was not found between the lines ``after`` and ``before``."""

    number: int
    after: int
    before: int


@frozen
class Furniture:
    """Lines of the page: ``lines`` are certain; each of ``numbers`` may be the page number that goes with it."""

    lines: frozenset[int]
    numbers: Mapping[int, int]
    missing: tuple[MissingPage, ...] = ()
    page_ends: frozenset[int] = frozenset()
    """The lines after which a page ends."""


def page_furniture(lines: Sequence[Line], is_label: Callable[[str], bool]) -> Furniture:
    """The indexes of lines that belong to the page and not to the report."""
    solid = [index for index, line in enumerate(lines) if not line.blank]
    found = {index for index in solid if lines[index].table is None and is_page_mark(lines[index].text)}
    found |= _running_heads(lines, solid, found, is_label)
    found |= _bare_page_numbers(lines, solid, found)
    certain, possible = _numbers_up_to_the_last(lines, [index for index in solid if index not in found])
    found |= certain
    return Furniture(
        frozenset(found),
        possible,
        tuple(_missing_pages(lines, found, set(possible.values()))),
        _before_page_changes(lines, solid, found),
    )


def _missing_pages(lines: Sequence[Line], found: set[int], unsure: set[int]) -> Iterator[MissingPage]:
    """The pages whose number was not found between those of other pages, or before the first, or not for certain."""
    for page in sorted(unsure):
        yield MissingPage(page, -1, len(lines))
    numbered = [(index, number) for index in sorted(found) if (number := _bare_number(lines[index]))]
    if len(numbered) < 2:
        return
    for (after, previous), (before, number) in pairwise([(-1, 0), *numbered]):
        for page in range(previous + 1, min(number, previous + MOST_MISSING + 1)):
            yield MissingPage(page, after, before)


MOST_MISSING = 3


def _before_page_changes(lines: Sequence[Line], solid: Sequence[int], found: set[int]) -> frozenset[int]:
    """The lines after which a page ends: what stands next is furniture, or begins a page."""
    return frozenset(
        index for index, after in pairwise(solid) if index not in found and (after in found or lines[after].starts_page)
    )


def _running_heads(
    lines: Sequence[Line], solid: Sequence[int], marks: set[int], is_label: Callable[[str], bool]
) -> set[int]:
    """Lines that recur where pages change. Recurring alone is not enough: labels and blank rows recur too."""
    certain: dict[str, list[int]] = defaultdict(list)
    beside_number: dict[str, list[_BesideNumbers]] = defaultdict(list)
    bare = [0, *(_bare_number(lines[index]) for index in solid), 0]
    for at, index in enumerate(solid):
        line = lines[index]
        if line.table is not None or line.ruled:
            continue
        text = "".join(line.text.split())
        if not 4 <= len(text) <= 80 or read_value(text):
            continue
        before = solid[at - 1] if at else None
        after = solid[at + 1] if at + 1 < len(solid) else None
        if line.starts_page or before in marks or after in marks or (after is not None and lines[after].starts_page):
            certain[_DIGITS.sub("#", text) if line.starts_page or before in marks else text].append(index)
            continue
        above, below = bare[at], bare[at + 2]
        if above or below:
            beside_number[text].append((index, above, below))
    for text, recurring in beside_number.items():
        same = text if text in certain else _DIGITS.sub("#", text)
        if len(certain[same]) > 1 or _count_up(recurring):
            certain[same].extend(index for index, *_ in recurring)
    return {
        index
        for indexes in certain.values()
        if len(indexes) > 1 and not _is_label(lines[indexes[0]], is_label)
        for index in indexes
    }


def _is_label(line: Line, is_label: Callable[[str], bool]) -> bool:
    return is_label(line.text) or all(is_label(fragment.text) for fragment in line.fragments)


_BesideNumbers = tuple[int, int, int]
"""A line, the number that stands alone on the line before it, and on the line after it (0: none)."""


def _count_up(recurring: Sequence[_BesideNumbers]) -> bool:
    """Whether the numbers before, or after, lines that recur count up by one as those of pages do."""
    return any(
        _counting([(beside[0], beside[side]) for beside in recurring if beside[side]], len(recurring))
        for side in (1, 2)
    )


def _bare_number(line: Line) -> int:
    if len(line.text.strip()) > 3:
        return 0
    match = _BARE_NUMBER.fullmatch(line.text)
    return int(match[1]) if match is not None else 0


COUNTED_SHARE = 0.7
"""The share of page changes at which a number must count up by one before it is taken for the page's."""


def _bare_page_numbers(lines: Sequence[Line], solid: Sequence[int], found: set[int]) -> set[int]:
    """Numbers alone on a line before, or behind, running heads and page changes, counting up from page to page."""
    changes = [at for at, index in enumerate(solid) if index in found or lines[index].starts_page]
    numbers: set[int] = set()
    for side in (-1, 1):
        beside = []
        for at in changes:
            place = at + side
            match = _BARE_NUMBER.fullmatch(lines[solid[place]].text) if 0 <= place < len(solid) else None
            if match is not None and int(match[1]) and lines[solid[place]].table is None:
                beside.append((solid[place], int(match[1])))
        last = _BARE_NUMBER.fullmatch(lines[solid[-1]].text) if solid else None
        if side < 0 and last is not None and solid[-1] not in dict(beside):
            beside.append((solid[-1], int(last[1])))
        numbers |= _counting(beside, len(changes))
    return numbers


def _counting(candidates: Sequence[tuple[int, int]], changes: int) -> set[int]:
    """Those of the candidates (line, number) that count up by one, if they do at most page changes."""
    best: list[tuple[int, int]] = []
    for start in range(min(len(candidates), 3)):
        chain = [candidates[start]]
        for candidate in candidates[start + 1 :]:
            if candidate[1] == chain[-1][1] + 1:
                chain.append(candidate)
        best = max(best, chain, key=len)
    enough = len(best) > 1 and len(best) >= COUNTED_SHARE * changes
    return {line for line, _ in best} if enough else set()


MAX_PAGES = 60


def _numbers_up_to_the_last(lines: Sequence[Line], solid: Sequence[int]) -> tuple[set[int], dict[int, int]]:
    """If the document ends with a page number, the numbers before it stand somewhere, too.

    Beside a sentence, or if it is the only such line, a number is certain to be a page's; otherwise it is possible.
    """
    if len(solid) < 2:
        return set(), {}
    match = _BARE_NUMBER.fullmatch(lines[solid[-1]].text)
    if match is None or not 1 < int(match[1]) <= MAX_PAGES or read_value(lines[solid[-2]].text) is not None:
        return set(), {}
    candidates: dict[int, list[int]] = defaultdict(list)
    for at, index in enumerate(solid[:-1]):
        bare = _BARE_NUMBER.fullmatch(lines[index].text)
        if bare is not None and lines[index].table is None and 0 < int(bare[1]) < int(match[1]):
            candidates[int(bare[1])].append(at)
    certain: set[int] = {solid[-1]}
    possible: dict[int, int] = {}
    for number, places in candidates.items():
        sure = [at for at in places if any(len(lines[solid[n]].text) > 30 for n in (at - 1, at + 1) if n >= 0)]
        if len(sure) == 1:
            certain.add(solid[sure[0]])
        elif len(places) == 1:
            certain.add(solid[places[0]])
        else:
            possible.update({solid[at]: number for at in places})
    return certain, possible
