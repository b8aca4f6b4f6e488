"""What a page prints of itself on a line of its own: its number, an address, the time of printing."""

from __future__ import annotations

import regex

LONGEST = 300
_PAGE_MARKS = regex.compile(
    r"""\s*(?:
      [-—–―－~·•]+ \s* \d{1,3} \s* [-—–―－~·•]+           # - 4 -   — 5 —
    | 第 \s* [\d一二三四五六七八九十]{1,3} \s* 页 (?:\s*[,，/]?\s* 共 \s* [\d一二三四五六七八九十]{1,3} \s* 页)?
    | 共 \s* \d{1,3} \s* 页 (?:\s*[,，/]?\s* 第 \s* \d{1,3} \s* 页)?
    | \d{1,3} \s* / \s* \d{1,3} (?:\s*页)?
    | [Pp]age \s* \d{1,3} (?:\s* (?:of|/) \s* \d{1,3})?
    | (?:file|https?)://\S+ (?:\s+ \d{1,3}/\d{1,3})?
    | \d{1,2}/\d{1,2}/\d{2,4} ,\s* \d{1,2}:\d{2} (?:\s*[AP]M)? .*
    )\s*""",
    regex.VERBOSE,
)

_FIRST = frozenset("-—–―－~·•第共Ppfh")
"""With one of these, or a digit, a mark begins; most lines are told by that."""


def is_page_mark(line: str) -> bool:
    """Whether a line is nothing but a page's mark; a bare number is none, since cells hold those."""
    return len(line) < LONGEST and _may_begin_a_mark(line.lstrip()[:1]) and _PAGE_MARKS.fullmatch(line) is not None


def _may_begin_a_mark(first: str) -> bool:
    return first in _FIRST or first.isdecimal()
