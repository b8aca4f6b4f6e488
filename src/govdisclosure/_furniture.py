"""Page furniture: page numbers, running heads and the lines a browser prints, which may stand anywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import regex

from govdisclosure._source import Line
from govdisclosure._values import read_value

_PAGE_MARKS = regex.compile(
    r"""\s*(?:
      [-—–―－~·•*/\\|]+ \s* \d{1,3} \s* [-—–―－~·•*/\\|]+           # - 4 -   — 5 —
    | 第 \s* [\d一二三四五六七八九十]{1,3} \s* 页 (?:\s*[,，/]?\s* 共 \s* [\d一二三四五六七八九十]{1,3} \s* 页)?
    | 共 \s* \d{1,3} \s* 页 (?:\s*[,，/]?\s* 第 \s* \d{1,3} \s* 页)?
    | \d{1,3} \s* / \s* \d{1,3} (?:\s*页)?
    | [Pp]age \s* \d{1,3} (?:\s* (?:of|/) \s* \d{1,3})?
    | (?:file|https?)://\S+ (?:\s+ \d{1,3}/\d{1,3})?
    | \d{1,2}/\d{1,2}/\d{2,4} ,\s* \d{1,2}:\d{2} (?:\s*[AP]M)? .*
    )\s*""",
    regex.VERBOSE,
)
_BARE_NUMBER = regex.compile(r"\s*(\d{1,3})\s*")
_DIGITS = regex.compile(r"\d+")


def page_furniture(lines: Sequence[Line], is_label: Callable[[str], bool]) -> frozenset[int]:
    """The indexes of lines that belong to the page and not to the report."""
    found = {index for index, line in enumerate(lines) if line.table is None and _is_page_mark(line)}
    found |= _running_heads(lines, found, is_label)
    found |= _bare_page_numbers(lines, found)
    return frozenset(found)


def _is_page_mark(line: Line) -> bool:
    return len(line.text) < 300 and _PAGE_MARKS.fullmatch(line.text) is not None


def _running_heads(lines: Sequence[Line], marks: set[int], is_label: Callable[[str], bool]) -> set[int]:
    """Lines that recur where pages change. Recurring alone is not enough: labels and blank rows recur too."""
    solid = [index for index, line in enumerate(lines) if not line.blank]
    places: dict[str, list[int]] = defaultdict(list)
    for at, index in enumerate(solid):
        line = lines[index]
        text = "".join(line.text.split())
        if line.table is not None or line.ruled or not 4 <= len(text) <= 80 or read_value(text):
            continue
        before = solid[at - 1] if at else None
        after = solid[at + 1] if at + 1 < len(solid) else None
        beside_mark = any(place in marks or (place is not None and _BARE_NUMBER.fullmatch(lines[place].text)) for place in (before, after))
        if line.starts_page or beside_mark or (after is not None and lines[after].starts_page):
            places[_DIGITS.sub("#", text) if line.starts_page or before in marks else text].append(index)
    return {
        index
        for indexes in places.values()
        if len(indexes) > 1 and not all(is_label(f.text) for f in lines[indexes[0]].fragments)
        for index in indexes
    }


def _bare_page_numbers(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Numbers alone on a line beside a running head or page end, counting up by one from page to page."""
    solid = [index for index, line in enumerate(lines) if not line.blank]
    candidates: list[tuple[int, int]] = []
    for at, index in enumerate(solid):
        match = _BARE_NUMBER.fullmatch(lines[index].text)
        if match is None or lines[index].table is not None:
            continue
        neighbours = [solid[n] for n in (at - 1, at + 1) if 0 <= n < len(solid)]
        page_end = at + 1 < len(solid) and lines[solid[at + 1]].starts_page
        if page_end or lines[index].starts_page or at + 1 == len(solid) or any(n in found for n in neighbours):
            candidates.append((index, int(match[1])))
    steps = Counter(number - order for order, (_, number) in enumerate(candidates))
    if not steps:
        return set()
    offset, count = steps.most_common(1)[0]
    if count < 2:
        return set()
    return {index for order, (index, number) in enumerate(candidates) if number - order == offset}
