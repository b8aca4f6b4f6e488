"""Who reports on which year: title, agency and year, from the lines before section one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex
from attrs import frozen

from govdisclosure._characters import fold, without_injected_pinyin
from govdisclosure._units import Unit
from govdisclosure.records import Span

MAX_TITLE_LINES = 5
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零oO0９九][〇○零一二三四五六七八九]{2})\s*(?>年度?|度)"
# After 人民, 政府 is the end of an agency's name: 石桥镇人民政府信息公开工作年度报告.
_SUBJECT = r"(?:(?<!人民)政府|政务)?信息公开(?:工作)?的?(?:情况)?的?"
_REPORT = r"(?:年度(?:工作)?报告|年度总结报告|工作报告|年报|报告)"
# A title without an agency has none: 政府 in 2020年政府信息公开工作年度报告 is no name.
_AGENCY = rf"(?P<agency>(?!{_SUBJECT}{_REPORT}).{{2,50}}?)"
_TITLES = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"(?:关于)?{_AGENCY}(?:关于)?{_YEAR}{_SUBJECT}{_REPORT}",
        rf"(?:关于)?{_YEAR}{_AGENCY}{_SUBJECT}{_REPORT}",
        rf"(?:关于)?{_AGENCY}{_SUBJECT}{_REPORT}\({_YEAR}\)",
        rf"(?:关于)?{_YEAR}{_SUBJECT}{_REPORT}",
        rf"(?:关于)?{_SUBJECT}{_REPORT}\({_YEAR}\)",
    )
)
_NUMERALS = str.maketrans("〇○零oO一二三四五六七八九９", "000001234567899")
_STRAY_YEAR = regex.compile(r"(?:19|20)\d\d")
_ENDS_A_TITLE = regex.compile(r"[告报年度)）]|^\s*(?:19|20)\d\d\s*$")
_PARTS_OF_A_TITLE = regex.compile(r"[_|\-—–]")
_WIDE_GAP = regex.compile(r"\s{4,}")
_PLACE_OF_YEAR = regex.compile(rf"(?<!\d)(?=年度?{_SUBJECT})")
_YEARS = regex.compile(r"(?:19|20)\d\d年")
_BLANKS = regex.compile(r"[\s\p{Cf}]+")
_NOT_AN_AGENCY = regex.compile(
    r"[:：>|,，。;；!！?？【】\[\]_/\\]|发布|来源|时间|日期|首页|当前位置|浏览|^目录|索引|标题"
)
_PAUSE = re.compile(r"[，。；：]")
"""What of the above ends nearly every text that is no title, and is found in it as printed."""
# The end of an agency's name: the rest may stand in the line above.
_REST_OF_A_NAME = regex.compile(r"(?:(?:人?民)?政?府)?办?公?[室厅]|(?:人?民)?政府|街?道?办?事处|管?理?委?员会")


@frozen
class Identity:
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    span: Span | None = None


def identify(candidates: Sequence[tuple[int, Identity]], given_titles: Sequence[str]) -> Identity:
    """Take the title that stands closest before section one (``candidates`` end there), else one given elsewhere."""
    found = Identity()
    for _at, identity in candidates:
        if identity.agency is not None or found.agency is None:
            found = identity
    if found.agency is None:
        for title in given_titles:
            for part in _PARTS_OF_A_TITLE.split(title):
                given = _read([part], None)
                if given is not None and given.agency is not None:
                    return given
    return found


def title_candidates(units: Sequence[Unit]) -> list[tuple[int, Identity]]:
    """What can be titles, each with the index of the unit in which it ends."""
    found: list[tuple[int, Identity]] = []
    for last in range(len(units)):
        if not _ENDS_A_TITLE.search(units[last].text[-12:]):
            continue
        best: Identity | None = None
        pieces: list[str] = []
        for first in range(last, max(-1, last - MAX_TITLE_LINES), -1):
            printed = units[first].text if pieces else _behind_wide_gaps(units[first].text.strip())
            if _PAUSE.search(printed):
                break
            piece = _plain(printed)
            if len(piece) > 60 or _NOT_AN_AGENCY.search(piece):
                break
            pieces.insert(0, piece)
            identity = _read(pieces, units[first].line.span())
            if identity is not None:
                best = identity
                if best.agency is not None and not _REST_OF_A_NAME.fullmatch(best.agency):
                    break
        if best is not None:
            found.append((last, best))
    return found


def _behind_wide_gaps(text: str) -> str:
    return _WIDE_GAP.split(text)[-1] if "    " in text or not text.isprintable() else text


def _plain(text: str) -> str:
    folded = without_injected_pinyin(fold(text))
    # What is printable holds no white space but blanks.
    bare = folded.replace(" ", "") if folded.isprintable() else _BLANKS.sub("", folded)
    return bare.strip("#*|·《》")


def _read(pieces: Sequence[str], span: Span | None) -> Identity | None:
    """A title from the pieces of its lines; a year that slipped out of its line is put back before 年."""
    text = _plain("".join(pieces))
    stray = [piece for piece in pieces if _STRAY_YEAR.fullmatch(piece)]
    if len(stray) == 1 and len(pieces) > 1:
        rest = _plain("".join(piece for piece in pieces if piece is not stray[0]))
        text = _PLACE_OF_YEAR.sub(stray[0], rest, count=1)
    if len(_YEARS.findall(text)) > 1:
        return None
    for pattern in _TITLES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        agency = match.groupdict().get("agency")
        if agency is not None:
            agency = agency.strip("-—–")
            if _NOT_AN_AGENCY.search(agency):
                continue
        digits = match["year"]
        year = int(digits if digits.isascii() and digits.isdigit() else digits.translate(_NUMERALS))
        return Identity(text, agency, year, span)
    return None
