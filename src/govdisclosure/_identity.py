"""Who reports on which year: title, agency and year, from the lines before section one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from attrs import frozen

from govdisclosure._characters import fold, without_injected_pinyin
from govdisclosure._source import Line
from govdisclosure.records import Span

MAX_TITLE_LINES = 5
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零oO0９九][〇○零一二三四五六七八九]{2})\s*(?:年度?|度)"
_SUBJECT = r"(?:政府|政务)?信息公开(?:工作)?(?:的)?(?:情况)?"
_REPORT = r"(?:年度(?:工作)?报告|年度总结报告|工作报告|年报|报告)"
_TITLES = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"(?:关于)?(?P<agency>.{{2,50}}?)(?:关于)?{_YEAR}{_SUBJECT}{_REPORT}",
        rf"(?:关于)?{_YEAR}(?P<agency>.{{2,50}}?){_SUBJECT}{_REPORT}",
        rf"(?:关于)?(?P<agency>.{{2,50}}?){_SUBJECT}{_REPORT}\({_YEAR}\)",
        rf"(?:关于)?{_YEAR}{_SUBJECT}{_REPORT}",
    )
)
_NUMERALS = str.maketrans("〇○零oO一二三四五六七八九９", "000001234567899")
_BLANKS = regex.compile(r"[\s\p{Cf}]+")
_NOT_AN_AGENCY = regex.compile(r"[:：>|,，。;；!！?？【】\[\]_/\\]|发布|来源|时间|日期|首页|当前位置|浏览|^目录|索引|标题")


@frozen
class Identity:
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    span: Span | None = None


def identify(lines: Sequence[Line], end: int, given_title: str | None) -> Identity:
    """Read the title that stands closest before section one (``end`` is that line's index)."""
    found = Identity()
    for identity in _candidates(lines[:end]):
        if identity.agency is not None or found.agency is None:
            found = identity
    if found.agency is None and given_title:
        for part in (given_title, *regex.split(r"[_|\-—–]", given_title)):
            identity = _read(part, None)
            if identity is not None and identity.agency is not None:
                return identity
    return found


def _candidates(lines: Sequence[Line]) -> Iterator[Identity]:
    solid = [line for line in lines if not line.blank]
    for last in range(len(solid)):
        if "告" not in solid[last].text and "报" not in solid[last].text and "年" not in solid[last].text:
            continue
        best: Identity | None = None
        text = ""
        for first in range(last, max(-1, last - MAX_TITLE_LINES), -1):
            piece = _plain(solid[first].text)
            if len(piece) > 60 or _NOT_AN_AGENCY.search(piece):
                break
            text = piece + text
            identity = _read(text, solid[first].span())
            if identity is not None and (best is None or best.agency is None):
                best = identity
                if best.agency is not None:
                    break
        if best is not None:
            yield best


def _plain(text: str) -> str:
    return _BLANKS.sub("", without_injected_pinyin(fold(text))).strip("#*|·《》")


def _read(text: str, span: Span | None) -> Identity | None:
    text = _plain(text)
    for pattern in _TITLES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        groups = match.groupdict()
        agency = groups.get("agency")
        if agency is not None and _NOT_AN_AGENCY.search(agency):
            continue
        digits = match["year"]
        year = int(digits if digits.isascii() and digits.isdigit() else digits.translate(_NUMERALS))
        return Identity(text, agency, year, span)
    return None
