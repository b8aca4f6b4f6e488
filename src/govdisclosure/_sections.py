"""The sections: their headings found by wording and by place, their prose collected without tables and furniture."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from attrs import define, frozen

from govdisclosure._characters import fold, label_key, numbering
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import FormDefinition, SectionForm
from govdisclosure._prose import paragraphs
from govdisclosure._source import Line
from govdisclosure.records import Section, Span

MAX_HEADING_LENGTH = 60
_CONTENTS_ENTRY = regex.compile(r"(?:[.…·．。\-—_\s]{3,}|\t+)\d{1,3}\s*$")
_ANNOTATION = regex.compile(r"\([^()]*\)$")
_NUMBERED = regex.compile(r"^[|lI#*\s]*[一二三四五六七八九]\s*[、.．,，]")
_AFTER_REPORT = regex.compile(
    r"^\s*[【\[*#]*\s*(?:附件|附：|附表|相关(?:文章|链接|信息|新闻|阅读|附件|文件|稿件)|[上下]一[篇页条]|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|版权所有|扫一扫|"
    r"打印|关闭|分享|责任编辑|编辑\s*[:：]|来源\s*[:：]|信息来源|网站标识码|.{0,6}ICP备|友情链接|返回顶部|网站地图|联系我们|政府网站)"
)
_DATE_LINE = regex.compile(r"^\s*(?:\d{4}|[二〇○零一二三四五六七八九]{4})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日\s*$")
_UNIT_LINE = regex.compile(r"^\s*[（(]?\s*(?:单位|计量单位)\s*[:：].{0,12}$")


@frozen
class TablePlace:
    """The lines a table fills, from its first head or row to its last (inclusive)."""

    first: int
    last: int


@frozen
class _Heading:
    """A line that may be a section's heading. ``closeness``: 3 the form's wording, less for looser ones."""

    line: int
    section: int
    closeness: float
    contents: bool
    rest: str = ""
    before: str = ""


@define(slots=True, eq=False)
class Sections:
    sections: tuple[Section, ...]
    overview_line: int


def read_sections(
    form: FormDefinition,
    lines: Sequence[Line],
    furniture: frozenset[int],
    tables: dict[str, TablePlace],
    agency_of: str | None,
    notebook: Notebook,
) -> Sections:
    headings = _headings(form, lines, furniture, tables)
    chosen = _choose(form, lines, headings, tables)
    found: list[Section] = []
    for index, section in enumerate(form.sections):
        heading = chosen.get(index)
        start, end = _extent(form, index, chosen, tables, len(lines))
        texts = _prose_lines(lines, furniture, start, end, tables)
        following = chosen.get(index + 1)
        if heading is not None and heading.rest:
            texts.insert(0, Line(lines[heading.line].number, heading.rest))
        if following is not None and following.before:
            texts.append(Line(lines[following.line].number, following.before))
        if index == len(form.sections) - 1:
            texts = _without_closing(texts, agency_of)
        title = _title(lines[heading.line], heading) if heading is not None else ""
        if heading is None:
            _say_missing(section, notebook)
        elif heading.closeness < 3:
            notebook.add(
                "L115", f"“{title}” was taken for {section.title.official}.", span=lines[heading.line].span()
            )
        found.append(
            Section(section.name, title, paragraphs(texts), _span(lines, heading, texts))
        )
    overview = chosen.get(0)
    return Sections(tuple(found), overview.line if overview is not None else _first_prose(lines, tables))


def _say_missing(section: SectionForm, notebook: Notebook) -> None:
    notebook.add("L302", f"The heading {section.title.official} was not found.", [section.name])


def _span(lines: Sequence[Line], heading: _Heading | None, texts: Sequence[Line]) -> Span | None:
    first = lines[heading.line] if heading is not None else (texts[0] if texts else None)
    if first is None:
        return None
    span = first.span()
    last = texts[-1] if texts else first
    end = last.end_number or last.number
    return Span(text=span.text, line=span.line, column=span.column, end_line=end if span.line else None,
                table=span.table, row=span.row, page=span.page, box=span.box)


def _title(line: Line, heading: _Heading) -> str:
    text = line.text
    if heading.before:
        text = text[len(heading.before) :]
    if heading.rest:
        text = text[: len(text) - len(heading.rest)]
    return " ".join(regex.sub(r"[#*|]+", " ", text).split()).strip()


# -- finding headings ---------------------------------------------------------------------------------------------------


def _headings(
    form: FormDefinition, lines: Sequence[Line], furniture: frozenset[int], tables: dict[str, TablePlace]
) -> list[_Heading]:
    wordings = [
        {key: 3.0 for key in (label_key(w) for w in section.title.wordings) if numbering(key)}
        | {_core(w): 2.5 for w in section.title.wordings}
        for section in form.sections
    ]
    inside = _inside(tables, len(lines))
    glued = _glued_pattern(form)
    found: list[_Heading] = []
    solid = [i for i, line in enumerate(lines) if i not in furniture and not line.blank]
    for at, index in enumerate(solid):
        line = lines[index]
        if index in inside or line.table is not None:
            continue
        if len(line.text.strip()) <= MAX_HEADING_LENGTH:
            following = lines[solid[at + 1]].text if at + 1 < len(solid) else ""
            heading = _heading(index, line.text, following, wordings)
            if heading is not None:
                found.append(heading)
                continue
        found.extend(_glued_heading(index, line.text, glued, wordings))
    return _without_contents(found, lines, furniture)


def _inside(tables: dict[str, TablePlace], count: int) -> set[int]:
    inside: set[int] = set()
    for place in tables.values():
        inside.update(range(place.first, min(place.last + 1, count)))
    return inside


def _core(wording: str) -> str:
    key = label_key(wording)
    return key.removeprefix(numbering(key))


def _heading(index: int, text: str, following: str, wordings: Sequence[dict[str, float]]) -> _Heading | None:
    contents = _CONTENTS_ENTRY.search(text) is not None
    key = label_key(_CONTENTS_ENTRY.sub("", text))
    key = regex.sub(r"^[lI|](?=[一二三四五六七八])", "", key)
    bare = _ANNOTATION.sub("", key) or key
    core = bare.removeprefix(numbering(bare))
    numbered = _NUMBERED.match(text) is not None
    best: _Heading | None = None
    for section, known in enumerate(wordings):
        closeness = known.get(bare, 0.0) if numbered or bare == core else 0.0
        if not closeness and core in known:
            closeness = 2.0 if numbered else (1.5 if bare == core else 0.8)
        if not closeness and numbered:
            closeness = _likeness(core, known)
        if not closeness and numbered and len(key) >= 6 and following:
            joined = key + label_key(following)[:40]
            if any(joined == k for k in known):
                closeness = 2.0
        if closeness and (best is None or closeness > best.closeness):
            best = _Heading(index, section, closeness, contents)
    return best


def _likeness(core: str, known: dict[str, float]) -> float:
    """How much of a numbered line's words a title shares, 0 if little (by pairs of characters)."""
    pairs = {core[i : i + 2] for i in range(len(core) - 1)}
    if not pairs or len(core) > 36:
        return 0.0
    best = 0.0
    for key in known:
        other = {key[i : i + 2] for i in range(len(key) - 1)}
        best = max(best, 2 * len(pairs & other) / (len(pairs) + len(other)))
    return best if best >= 0.55 else 0.0


def _glued_pattern(form: FormDefinition) -> regex.Pattern[str]:
    cores = sorted({regex.escape(fold(w)) for s in form.sections for w in s.title.wordings if "、" in w[:3]}, key=len, reverse=True)
    return regex.compile("|".join(cores))


def _glued_heading(
    index: int, text: str, pattern: regex.Pattern[str], wordings: Sequence[dict[str, float]]
) -> list[_Heading]:
    """A heading that shares its line with the sentence before or after it."""
    found = []
    for match in pattern.finditer(text):
        before, rest = text[: match.start()], text[match.end() :]
        if before.strip() and before.rstrip()[-1] not in "。！？；：)）":
            continue
        if rest.strip() and rest.lstrip()[0] in "，、,；）)等的》”":
            continue
        key = label_key(match.group())
        section = next((i for i, known in enumerate(wordings) if key in known), None)
        if section is not None:
            found.append(_Heading(index, section, 1.9, False, rest.strip(), before))
    return found


def _without_contents(found: list[_Heading], lines: Sequence[Line], furniture: frozenset[int]) -> list[_Heading]:
    """Leave out a contents page: headings of different sections one right after another."""
    solid = [i for i, line in enumerate(lines) if i not in furniture and not line.blank]
    order = {index: at for at, index in enumerate(solid)}
    listed: set[int] = set()
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        places = [order[h.line] for h in (first, second, third)]
        if first.section < second.section < third.section and places[2] - places[0] <= 3:
            listed.update((first.line, second.line, third.line))
    return [heading for heading in found if not heading.contents and heading.line not in listed]


# -- choosing headings --------------------------------------------------------------------------------------------------


def _choose(
    form: FormDefinition, lines: Sequence[Line], headings: list[_Heading], tables: dict[str, TablePlace]
) -> dict[int, _Heading]:
    """One heading for each section: before its table, behind the table before, the form's own wording first."""
    chosen: dict[int, _Heading] = {}
    lower = -1
    for index, section in enumerate(form.sections):
        upper = _upper_bound(form, index, tables, len(lines))
        own = [h for h in headings if h.section == index and lower < h.line < upper]
        if section.is_table:
            pick = _last_of(own)
            place = tables.get(section.name)
            lower = place.last if place is not None else (pick.line if pick is not None else lower)
        else:
            pick = _first_of(own)
            lower = pick.line if pick is not None else lower
        if pick is not None:
            chosen[index] = pick
    return chosen


def _upper_bound(form: FormDefinition, index: int, tables: dict[str, TablePlace], end: int) -> int:
    for section in form.sections[index:]:
        if section.name in tables:
            return tables[section.name].first + 1
    return end


def _first_of(headings: list[_Heading]) -> _Heading | None:
    sure = [h for h in headings if h.closeness >= 2]
    return sure[0] if sure else (max(headings, key=lambda h: h.closeness) if headings else None)


def _last_of(headings: list[_Heading]) -> _Heading | None:
    sure = [h for h in headings if h.closeness >= 1.5]
    return sure[-1] if sure else (headings[-1] if headings else None)


# -- collecting prose ---------------------------------------------------------------------------------------------------


def _extent(
    form: FormDefinition, index: int, chosen: dict[int, _Heading], tables: dict[str, TablePlace], count: int
) -> tuple[int, int]:
    """The lines from behind a section's heading to the next section; a section without heading begins where the one
    before must end, which is known only behind a table."""
    heading = chosen.get(index)
    end = count
    for later in range(index + 1, len(form.sections)):
        if later in chosen:
            end = chosen[later].line
            break
        place = tables.get(form.sections[later].name)
        if place is not None:
            end = place.first
            break
    if heading is not None:
        own = tables.get(form.sections[index].name)
        nothing_follows = index + 1 < len(form.sections) and index + 1 not in chosen
        if own is not None and nothing_follows and not form.sections[index + 1].is_table:
            end = min(end, own.last + 1)
        return heading.line + 1, end
    before = form.sections[index - 1] if index else None
    if before is not None and before.name in tables and not form.sections[index].is_table:
        return tables[before.name].last + 1, end
    return 0, 0


def _prose_lines(
    lines: Sequence[Line], furniture: frozenset[int], start: int, end: int, tables: dict[str, TablePlace]
) -> list[Line]:
    inside = _inside(tables, len(lines))
    return [
        lines[index]
        for index in range(start, end)
        if index not in furniture
        and index not in inside
        and not lines[index].blank
        and lines[index].table is None
        and (lines[index].fragments or not lines[index].ruled)
        and not _UNIT_LINE.match(lines[index].text)
        and lines[index].fragments
    ]


def _without_closing(texts: list[Line], agency: str | None) -> list[Line]:
    """Leave out what follows a report: attachments, links, the site's foot, signature and date."""
    for at, line in enumerate(texts):
        if _AFTER_REPORT.match(line.text):
            texts = texts[:at]
            break
    while texts:
        text = "".join(texts[-1].text.split())
        if _DATE_LINE.match(text) or (agency is not None and text == agency):
            texts = texts[:-1]
        else:
            return texts
    return texts


def _first_prose(lines: Sequence[Line], tables: dict[str, TablePlace]) -> int:
    return min((place.first for place in tables.values()), default=len(lines))
