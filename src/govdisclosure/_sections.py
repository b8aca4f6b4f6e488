"""The sections: their headings found by wording and by place, their prose collected without tables and furniture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import regex
from attrs import define, frozen

from govdisclosure._characters import label_key, numbering
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import FormDefinition
from govdisclosure._prose import clean, page_width, paragraphs
from govdisclosure._units import TablePlace, Unit, contents_entry
from govdisclosure.records import Section, Span

MAX_HEADING_LENGTH = 60
_ANNOTATION = regex.compile(r"\([^()]*\)$")
_NUMBERED = regex.compile(r"^[|lI#*\s]*[一二三四五六七八九]\s*[、.．,，]")
_DECORATION = regex.compile(r"[#*|]+")
_BAR_BEFORE = regex.compile(r"^[lI|](?=[一二三四五六七八])")
_AFTER_REPORT = regex.compile(
    r"^\s*[【\[*#]*\s*(?:附件|附：|附表|相关(?:文章|链接|信息|新闻|阅读|附件|文件|稿件)|[上下]一[篇页条]|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|版权所有|扫一扫|"
    r"打印|关闭|分享|责任编辑|编辑\s*[:：]|来源\s*[:：]|信息来源|网站标识码|.{0,6}ICP备|友情链接|返回顶部|网站地图|联系我们|政府网站)"
)
_DATE_LINE = regex.compile(r"^\s*(?:\d{4}|[二〇○零一二三四五六七八九]{4})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日\s*$")
_PAGE_NUMBER = regex.compile(r"\s*\d{1,3}\s*")
_UNIT_LINE = regex.compile(r"^\s*[（(]?\s*(?:单位|计量单位)\s*[:：].{0,12}$")


@frozen
class _Heading:
    """A unit that may be a section's heading. ``closeness``: 3 the form's wording, less for looser ones.

    ``wrapped``: the heading goes on in the next unit.
    """

    at: int
    section: int
    closeness: float
    contents: bool
    wrapped: bool = False


@define(slots=True, eq=False)
class Sections:
    """The six sections, and where (among the units) the first of them begins."""

    sections: tuple[Section, ...]
    start: int


def read_sections(
    form: FormDefinition,
    units: Sequence[Unit],
    tables: Mapping[str, TablePlace],
    agency: str | None,
    notebook: Notebook,
) -> Sections:
    places = {name: _bounds(units, place) for name, place in tables.items()}
    headings = _headings(form, units)
    chosen = _choose(form, _without_contents(headings, places), places, len(units))
    if len(chosen) <= len(form.sections) // 2:
        apart = _in_order(headings)
        if len(apart) > len(chosen):
            chosen, places = apart, {}
    cleaned = {id(unit): clean(unit.text) for unit in units}
    width = page_width(list(cleaned.values()))
    found: list[Section] = []
    for index, section in enumerate(form.sections):
        heading = chosen.get(index)
        start, end = _extent(form, index, chosen, places, len(units))
        texts = [unit for unit in units[start:end] if not _UNIT_LINE.match(unit.text)]
        if index == len(form.sections) - 1:
            texts = _without_closing(texts, agency)
        title = ""
        if heading is not None:
            title = _title([unit.text for unit in units[heading.at : heading.at + 1 + heading.wrapped]])
            if heading.closeness < 3:
                notebook.add(
                    "L115", f"“{title}” was taken for {section.title.official}.", span=units[heading.at].line.span()
                )
        else:
            notebook.add("L302", f"The heading {section.title.official} was not found.", [section.name])
        text = paragraphs([(unit.text, cleaned[id(unit)]) for unit in texts], width)
        found.append(Section(section.name, title, text, _span(units, heading, texts)))
    first = min((heading.at for heading in chosen.values()), default=len(units))
    if places:
        first = min(first, *(place[0] for place in places.values()))
    return Sections(tuple(found), first)


def _bounds(units: Sequence[Unit], place: TablePlace) -> tuple[int, int]:
    """Between which units a table stands: the index of the first unit behind its beginning, and behind its end."""
    before = sum((unit.index, unit.start) < place.first for unit in units)
    return before, sum((unit.index, unit.start) < place.last for unit in units)


def _span(units: Sequence[Unit], heading: _Heading | None, texts: Sequence[Unit]) -> Span | None:
    first = units[heading.at] if heading is not None else (texts[0] if texts else None)
    if first is None:
        return None
    last = (texts[-1] if texts else first if heading is None else units[heading.at + heading.wrapped]).line
    span = first.line.span()
    if span.line is None:
        return span
    return Span(
        text=first.text.strip(), line=span.line, column=first.start + 1, end_line=last.end_number or last.number
    )


def _title(texts: Sequence[str]) -> str:
    return "".join(" ".join(_DECORATION.sub(" ", text).split()) for text in texts)


# -- finding headings ---------------------------------------------------------------------------------------------------


class _Titles:
    """The wordings of a form's section titles: their keys, and which pairs of characters each is made of."""

    def __init__(self, form: FormDefinition) -> None:
        self.closeness: list[dict[str, float]] = []
        """For each section its titles' keys: 3 for the form's own wording, 2.5 for one without its numbering."""
        self.keys: set[str] = set()
        self._pairs: dict[str, list[int]] = {}
        self._lengths: list[tuple[int, int]] = []
        for section, wordings in enumerate(section.title.wordings for section in form.sections):
            keys = [label_key(wording) for wording in wordings]
            known = {key: 3.0 for key in keys if numbering(key)} | {_core(key): 2.5 for key in keys}
            self.closeness.append(known)
            self.keys.update(known)
            for key in known:
                pairs = _pairs(key)
                self._lengths.append((section, len(pairs)))
                for pair in pairs:
                    self._pairs.setdefault(pair, []).append(len(self._lengths) - 1)
        self.likeness = lru_cache(maxsize=1024)(self._likeness)

    def _likeness(self, core: str) -> dict[int, float]:
        """How much of a numbered line's words each section's title shares, where it is much (by pairs of characters)."""
        pairs = _pairs(core)
        shared = Counter(title for pair in pairs for title in self._pairs.get(pair, ()))
        best: dict[int, float] = {}
        for title, count in shared.items():
            section, length = self._lengths[title]
            share = 2 * count / (len(pairs) + length)
            if share >= SHARE_OF_A_TITLE and share > best.get(section, 0.0):
                best[section] = share
        return best


LONGEST_LIKE_A_TITLE = 36
SHARE_OF_A_TITLE = 0.55


@cache
def _titles(form: FormDefinition) -> _Titles:
    return _Titles(form)


def _pairs(key: str) -> set[str]:
    return {key[i : i + 2] for i in range(len(key) - 1)}


def _core(key: str) -> str:
    return key.removeprefix(numbering(key))


def _headings(form: FormDefinition, units: Sequence[Unit]) -> list[_Heading]:
    titles = _titles(form)
    found: list[_Heading] = []
    for at, unit in enumerate(units):
        if len(unit.text.strip()) <= MAX_HEADING_LENGTH:
            following = units[at + 1].text if at + 1 < len(units) else ""
            heading = _heading(at, unit.text, following, titles)
            if heading is not None:
                found.append(heading)
    return found


def _heading(at: int, text: str, following: str, titles: _Titles) -> _Heading | None:
    entry = contents_entry(text)
    key = label_key(text[: entry.start()] if entry is not None else text)
    if key[:1] in ("l", "I", "|"):
        key = _BAR_BEFORE.sub("", key)
    bare = (_ANNOTATION.sub("", key) if key.endswith(")") else key) or key
    core = _core(bare)
    numbered = _NUMBERED.match(text) is not None
    if not numbered and core not in titles.keys:
        return None
    whole = key + label_key(following)[:MAX_HEADING_LENGTH] if numbered and len(key) >= 6 else ""
    likeness = titles.likeness(core) if numbered and len(core) <= LONGEST_LIKE_A_TITLE else {}
    best: _Heading | None = None
    for section, known in enumerate(titles.closeness):
        wrapped = False
        closeness = known.get(bare, 0.0) if numbered or bare == core else 0.0
        if not closeness and core in known:
            closeness = 2.0 if numbered else 1.5 if bare == core else 0.8
        if not closeness and whole and whole in known:
            closeness, wrapped = 2.2, True
        if not closeness:
            closeness = likeness.get(section, 0.0)
        if closeness and (best is None or closeness > best.closeness):
            best = _Heading(at, section, closeness, entry is not None, wrapped)
    return best


def _without_contents(found: list[_Heading], places: Mapping[str, tuple[int, int]]) -> list[_Heading]:
    """Leave out a contents page: headings of different sections one right after another, no table between them."""
    starts = {start for start, _ in places.values()}
    listed: set[int] = set()
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        if (
            first.section < second.section < third.section
            and third.at - first.at <= 3
            and not starts.intersection(range(first.at + 1, third.at + 1))
        ):
            listed.update((first.at, second.at, third.at))
    return [heading for heading in found if not heading.contents and heading.at not in listed]


# -- choosing headings --------------------------------------------------------------------------------------------------


def _choose(
    form: FormDefinition, headings: list[_Heading], places: Mapping[str, tuple[int, int]], count: int
) -> dict[int, _Heading]:
    """One heading for each section: before its table, behind the table before, the form's own wording first."""
    chosen: dict[int, _Heading] = {}
    lower = -1
    for index, section in enumerate(form.sections):
        upper = next((places[s.name][0] for s in form.sections[index:] if s.name in places), count)
        own = [h for h in headings if h.section == index and lower < h.at < upper]
        pick = _last_of(own) if section.is_table else _first_of(own)
        if pick is not None:
            chosen[index] = pick
            lower = pick.at
        if section.name in places:
            lower = max(lower, places[section.name][1] - 1)
    return chosen


def _in_order(headings: list[_Heading]) -> dict[int, _Heading]:
    """The headings by themselves, for documents that print all tables before or behind the text."""
    chosen: dict[int, _Heading] = {}
    for heading in headings:
        if heading.closeness >= 2 and heading.section == len(chosen):
            chosen[heading.section] = heading
    return chosen


def _first_of(headings: list[_Heading]) -> _Heading | None:
    sure = [h for h in headings if h.closeness >= 2]
    return sure[0] if sure else max(headings, key=lambda h: h.closeness, default=None)


def _last_of(headings: list[_Heading]) -> _Heading | None:
    sure = [h for h in headings if h.closeness >= 1.5]
    return sure[-1] if sure else (headings[-1] if headings else None)


# -- collecting prose ---------------------------------------------------------------------------------------------------


def _extent(
    form: FormDefinition, index: int, chosen: dict[int, _Heading], places: Mapping[str, tuple[int, int]], count: int
) -> tuple[int, int]:
    """The units from behind a section's heading to the next section. A section without heading begins where the one
    before must end, which is known only behind a table."""
    heading = chosen.get(index)
    section = form.sections[index]
    end = next((chosen[later].at for later in range(index + 1, len(form.sections)) if later in chosen), count)
    following = [form.sections[later].name for later in range(index + 1, len(form.sections))]
    end = min([end, *(places[name][0] for name in following if name in places)])
    if heading is not None:
        next_is_lost = index + 1 < len(form.sections) and index + 1 not in chosen
        if section.name in places and next_is_lost and not form.sections[index + 1].is_table:
            end = min(end, places[section.name][1])
        return heading.at + 1 + heading.wrapped, end
    before = form.sections[index - 1].name if index else ""
    if before in places and not section.is_table:
        return places[before][1], end
    return 0, 0


def _without_closing(texts: list[Unit], agency: str | None) -> list[Unit]:
    """Leave out what follows a report: attachments, links, the site's foot, signature and date."""
    for at, unit in enumerate(texts):
        if _AFTER_REPORT.match(unit.text):
            texts = texts[:at]
            break
    while texts:
        text = "".join(texts[-1].text.split())
        if not (_DATE_LINE.match(text) or _PAGE_NUMBER.fullmatch(text) or (agency is not None and text == agency)):
            break
        texts = texts[:-1]
    return texts
