"""F: form, identity and time."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from govdisclosure._body import BodyKind
from govdisclosure._labels import SECTION_TITLES
from govdisclosure._patterns import pattern
from govdisclosure._prose_plain import plain_prose
from govdisclosure._rule import Context, Draft, Found, Unclear, rule
from govdisclosure._short_names import TABLES
from govdisclosure.records import CellState, Form, Section, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

_TITLES = tuple(SECTION_TITLES.values())

_NOT_IN_THE_DOCUMENT = frozenset(["L204", "L301"])
"""What ``parse`` says of rows and tables that are not there; its other doubts mean that they are, but unreadable."""

_TABLE_OF_SECTION = {1: "proactive", 2: "requests", 3: "appeals"}
_NUMERAL = pattern(r"([一二三四五六七八九十]+)[、.．]?")
_PERIOD = pattern(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:起)?(?:至|到|-|—|–|~|～)+(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日"
)
_PERIOD_BETWEEN = pattern(r"月\d{1,2}日(?:起)?[至到—–~～-]")
_PERIOD_WORDS = pattern(r"统计|期限|时限|数据|周期|时段")
_REPORTED_YEAR = pattern(
    r"现将[^。\n]{0,24}?(\d{4})年(?:度)?[^。\n]{0,24}?公开[^。\n]{0,16}(?:报告|汇报|公布|总结)如下"
)
_LEADING_YEAR = pattern(r"\s*(\d{4})年(?:度)?,")
_TITLE_MARKS = pattern(r"[\s#*|\"“”]")
_TITLE_YEAR = pattern(r"(\d{4})\s*年")
_OLD_NOTICE = pattern(r"[〔\[({【]2019[〕\])}】]\s*60\s*号")
_RESIDUE = pattern(
    # Its first character stands first, what must come before it behind that: so the search skips all others at once.
    r"[（(该以数XxＸｘ×＊*○〇◯]"
    r"(?:(?<=[（(])文字描述[）)]|(?<=该)部分以表格形式报告|(?<=以)表格形式报告"
    r"|(?<=数)据[0-9０-９]+(?![0-9０-９%％.．]*[条个项件家次万亿余类种])"
    r"|(?<=[XxＸｘ×])(?<![A-Za-z0-9/._\-].)[XxＸｘ×]+(?![A-Za-z0-9/._\-])"
    r"|(?<=[＊*])[＊*]+年|(?<=[○〇◯])[○〇◯]+(?=年|局|市|县|区|政府))"
)
_SIGNS_OF_RESIDUE = ("X", "x", "Ｘ", "ｘ", "×", "○", "〇", "◯", "*年", "＊年", "文字描述", "表格形式")
_DATA_NUMBERED = pattern("数据[0-9０-９]")
_RESIDUE_IN_CELL = pattern(r"\s*(?:数据\d+|[Xx×]{2,})\s*")


@rule(
    "F501", "late", "逾期公布", E,
    meaning="Published after 31 January (departments) or 31 March (governments at county level and above).",
    meaning_zh="公布时间晚于1月31日（部门）或3月31日（县级以上人民政府）。",
    formula="published <= deadline of the year after",
    basis="Regulations art. 49; townships have no deadline there",
    fires="a county bureau's report for 2021, published on 15 February 2022",
    silent="a county government's report for 2021, published on 15 February 2022",
    needs="published",
)  # fmt: skip
def late(context: Context) -> Iterator[Draft]:
    year, published, kind = context.report.year, context.published, context.body.kind
    if published is None or kind in (BodyKind.TOWNSHIP, BodyKind.SUBDISTRICT):
        return
    if year is None:
        yield Unclear("the report's year is not known", "报告年份不明")
        return
    for_departments, for_governments = datetime.date(year + 1, 1, 31), datetime.date(year + 1, 3, 31)
    deadline = for_departments if kind is BodyKind.DEPARTMENT else for_governments
    if published > deadline:
        yield Found(
            f"published on {published.isoformat()}, due by {deadline.isoformat()}",
            f"公布于{published.isoformat()}，应不晚于{deadline.isoformat()}",
            key="published",
        )
    elif kind is BodyKind.UNKNOWN and published > for_departments:
        yield Unclear(
            f"published on {published.isoformat()}; whether the agency is a department or a government is not known",
            f"公布于{published.isoformat()}；无法判断是部门还是政府",
        )


@rule(
    "F502", "premature", "提前公布", W,
    meaning="Published before the year it reports on had ended.",
    meaning_zh="公布时间早于报告年度结束。",
    formula="published > 31 December of the year",
    basis="seen",
    fires="a report for 2021, published on 20 December 2021",
    silent="a report for 2021, published on 4 January 2022",
    needs="published",
)  # fmt: skip
def premature(context: Context) -> Iterator[Draft]:
    year, published = context.report.year, context.published
    if year is None:
        yield Unclear("the report's year is not known", "报告年份不明")
    elif published is not None and published <= datetime.date(year, 12, 31):
        yield Found(
            f"published on {published.isoformat()}, before {year} had ended",
            f"公布于{published.isoformat()}，{year}年尚未结束",
            key="published",
        )


@rule(
    "F503", "section-missing", "缺少部分", E,
    meaning="One of the six sections is missing.",
    meaning_zh="六个部分缺少其中之一。",
    formula="all sections of the form are there",
    basis="the form",
    fires="no 五、存在的主要问题及改进情况",
    silent="all six titles",
)  # fmt: skip
def section_missing(context: Context) -> Iterator[Draft]:
    for index, section in enumerate(context.report.sections):
        if _is_absent(section) and not _has_table(context, index):
            title = _TITLES[index] if index < len(_TITLES) else section.name
            lost, lost_zh = _lost_heading(context)
            yield Found(f"section {title} is missing{lost}", f"缺少“{title}”{lost_zh}", key=section.name)


@rule(
    "F504", "section-title", "部分标题", W,
    meaning="A section's title or numeral is not the official one, or a numeral occurs twice.",
    meaning_zh="部分标题或序号与规定不符，或序号重复。",
    formula="title = official title",
    basis="the form",
    fires="五、存在问题与改进方向; 六、存在的主要问题及改进情况 before 六、其他需要报告的事项",
    silent="五、存在的主要问题及改进情况",
)  # fmt: skip
def section_title(context: Context) -> Iterator[Draft]:
    if tuple([section.title for section in context.report.sections]) == _TITLES:
        return
    numerals: dict[str, str] = {}
    for index, section in enumerate(context.report.sections):
        if index >= len(_TITLES) or (_is_absent(section) and not _has_table(context, index)):
            continue
        official = _TITLES[index]
        printed = _PLAIN_TITLES[index] if section.title == official else _plain_title(section.title)
        spans = (section.span,) if section.span else ()
        if not printed:
            lost, lost_zh = _lost_heading(context)
            words = f"section {official} has no title{lost}", f"“{official}”缺少标题{lost_zh}"
            yield Found(*words, spans=spans, key=section.name)
        elif printed != _PLAIN_TITLES[index]:
            yield Found(
                f"the title is {section.title.strip()}, the form's is {official}",
                f"标题为“{section.title.strip()}”，规定标题为“{official}”",
                spans=spans, key=section.name,
            )  # fmt: skip
        numeral = _NUMERAL.match(printed)
        if numeral is not None and printed[numeral.end() - 1] in "、.．":
            if numeral.group(1) in numerals:
                yield Found(
                    f"the numeral {numeral.group(1)} heads two sections, {numerals[numeral.group(1)]} and {printed}",
                    f"序号“{numeral.group(1)}”重复：“{numerals[numeral.group(1)]}”与“{printed}”",
                    spans=spans, key=f"numeral {section.name}",
                )  # fmt: skip
            numerals.setdefault(numeral.group(1), printed)


@rule(
    "F505", "wrong-form", "格式与年份不符", E,
    meaning="The form is not the one in force for the report's year.",
    meaning_zh="所用格式与报告年度不符。",
    formula="form 2021 for years from 2021 on, form 2019 for 2019 and 2020",
    basis="国办公开办函〔2019〕60号 and 〔2021〕30号",
    fires="a report for 2022 on form 2019",
    silent="a report for 2022 on form 2021",
    grades="error for form 2019 from 2021 on, warning for form 2021 before",
)  # fmt: skip
def wrong_form(context: Context) -> Iterator[Draft]:
    year, form = context.report.year, context.report.form
    if year is None:
        yield Unclear("the report's year is not known", "报告年份不明")
    elif form == Form.F2019 and year >= 2021:
        yield Found(f"a report for {year} on form 2019", f"{year}年报告仍使用2019年格式", key="form")
    elif form == Form.F2021 and year < 2021:
        yield Found(f"a report for {year} on form 2021", f"{year}年报告使用2021年格式", severity=W, key="form")


@rule(
    "F506", "outdated-basis", "依据过时", W,
    meaning="A report for 2021 or later cites 〔2019〕60号, which 〔2021〕30号 has replaced.",
    meaning_zh="2021年及以后的报告仍引用〔2019〕60号。",
    formula="no mention of 〔2019〕60号 from 2021 on",
    basis="seen",
    fires="根据国办公开办函〔2019〕60号, in a report for 2022",
    silent="根据国办公开办函〔2021〕30号",
)  # fmt: skip
def outdated_basis(context: Context) -> Iterator[Draft]:
    year = context.report.year
    if year is None or year < 2021:
        return
    for section, text in zip(context.report.sections, context.prose, strict=True):
        match = _OLD_NOTICE.search(text) if "2019" in text else None
        if match:
            yield Found(
                f"a report for {year} cites 〔2019〕60号", f"{year}年报告引用〔2019〕60号",
                quote=_sentence_around(text, match.start()),
                spans=(section.span,) if section.span else (), key=section.name,
            )  # fmt: skip


@rule(
    "F507", "year-mismatch", "年份不一致", W,
    meaning="The years in title, period statement and text differ, or the period is not 1 January to 31 December.",
    meaning_zh="标题、统计期限与正文中的年份不一致，或统计期限不是1月1日至12月31日。",
    formula="one year throughout; period = 1 January to 31 December",
    basis="the form",
    fires="title 2021, text 统计期限自2020年1月1日起至2020年12月31日止",
    silent="title 2021, text 统计期限自2021年1月1日起至2021年12月31日止",
)  # fmt: skip
def year_mismatch(context: Context) -> Iterator[Draft]:
    report = context.report
    if report.year is None:
        yield Unclear("the report's year is not known", "报告年份不明")
        return
    title_year = _TITLE_YEAR.search(plain_prose(report.title or ""))
    if title_year and int(title_year.group(1)) != report.year:
        yield Found(
            f"the title says {title_year.group(1)}, the report is for {report.year}",
            f"标题为{title_year.group(1)}年，报告年度为{report.year}年",
            quote=report.title or "", key="title",
        )  # fmt: skip
    overview, text = context.section("overview")
    if overview is None:
        return
    spans = (overview.span,) if overview.span else ()
    leading = _LEADING_YEAR.match(text)
    reported = _REPORTED_YEAR.search(text)
    for match, key in ((leading, "leading"), (reported, "reported")):
        if match and int(match.group(1)) != report.year:
            yield Found(
                f"the text speaks of {match.group(1)}, the report is for {report.year}",
                f"正文称{match.group(1)}年，报告年度为{report.year}年",
                quote=_sentence_around(text, match.start(1)), spans=spans, key=key,
            )  # fmt: skip
    for match in _periods(text):
        sentence = _sentence_around(text, match.start())
        if not _PERIOD_WORDS.search(sentence):
            continue
        first, last = match.group(1), match.group(4) or match.group(1)
        days = tuple(int(match.group(i)) for i in (2, 3, 5, 6))
        years = {int(year) for year in (first, last) if year}
        if days != (1, 1, 12, 31) or years - {report.year}:
            yield Found(
                f"the period stated is {match.group()}, not the year {report.year}",
                f"所述统计期限为{match.group()}，不是{report.year}年1月1日至12月31日",
                quote=sentence, spans=spans, key="period",
            )  # fmt: skip
            return


@rule(
    "F508", "template-residue", "模板残留", W,
    meaning="Parts of the template were left in: （文字描述）, 该部分以表格形式报告, XX, 数据1.",
    meaning_zh="残留模板文字：（文字描述）、该部分以表格形式报告、XX、数据1等。",
    formula="no words of the template",
    basis="seen",
    fires="XX局2021年政府信息公开工作年度报告",
    silent="梁园区教育体育局2021年政府信息公开工作年度报告",
)  # fmt: skip
def template_residue(context: Context) -> Iterator[Draft]:
    report = context.report
    places: list[tuple[str, str, Section | None]] = [("title", report.title or "", None)]
    places += [(s.name, f"{s.title}\n{s.text}", s) for s in report.sections]
    places += [(f"row {row.label}", " ".join((row.label, *row.raw)), None) for row in report.extra_rows]
    some_left = _may_hold_residue("\n".join([text for _, text, _ in places]))
    for name, text, section in places if some_left else ():
        matches = list(_RESIDUE.finditer(text))
        if matches:
            found = list(dict.fromkeys(match.group() for match in matches))
            yield Found(
                f"template words were left in: {' '.join(found)}", f"残留模板文字：{' '.join(found)}",
                quote=_sentence_around(text, matches[0].start()),
                spans=(section.span,) if section and section.span else (), key=name,
            )  # fmt: skip
    raws = {cell.raw for cell in context.cells.values()}
    left_in = {raw for raw in raws if not raw.isdecimal() and _RESIDUE_IN_CELL.fullmatch(raw)}
    if left_in:
        cells = tuple(path for path, cell in context.cells.items() if cell.raw in left_in)
        shown = " ".join(dict.fromkeys(context.cells[path].raw.strip() for path in cells[:5]))
        yield Found(f"cells hold template words: {shown}", f"单元格残留模板文字：{shown}", cells, key="cells")


@rule(
    "F509", "table-missing", "缺少表格", E,
    meaning="One of the three tables is missing.",
    meaning_zh="三张表格缺少其中之一。",
    formula="all three tables are there",
    basis="the form",
    fires="a report of prose only",
    silent="tables 二, 三 and 四, however blank",
)  # fmt: skip
def table_missing(context: Context) -> Iterator[Draft]:
    lost = frozenset(context.unprinted.get(CellState.LOST, ()))
    for table, paths in context.shape.tables.items():
        if not lost.issuperset(paths):
            continue
        name = TABLES[table]
        codes = {diagnostic.code for path in paths for diagnostic in context.doubts.get(path, ())}
        if codes - _NOT_IN_THE_DOCUMENT:
            yield Unclear(f"none of the values of table {name} could be read", f"“{name}”表数值未能读出", paths)
        else:
            yield Found(f"table {name} is missing", f"缺少“{name}”表", paths, key=table)


@rule(
    "F510", "extra-rows", "增设行", I,
    meaning="A table has rows that the form does not have.",
    meaning_zh="表格有规定格式以外的行。",
    formula="no extra rows",
    basis="seen",
    fires="a row 其他主动公开文件 after 规范性文件",
    silent="the form's own rows",
)  # fmt: skip
def extra_rows(context: Context) -> Iterator[Draft]:
    for number, row in enumerate(context.report.extra_rows, 1):
        values = " ".join(row.raw)
        yield Found(
            f"a row the form does not have: {row.label} {values}".rstrip(),
            f"规定格式以外的行：{row.label} {values}".rstrip(),
            (row.after,) if row.after in context.cells else (),
            spans=(row.span,) if row.span else (), key=f"{number} {row.label}",
        )  # fmt: skip


def _may_hold_residue(text: str) -> bool:
    """Whether there is any in several texts, each alternative of which has one of these signs."""
    for sign in _SIGNS_OF_RESIDUE:
        if sign in text:
            return _RESIDUE.search(text) is not None
    return _DATA_NUMBERED.search(text) is not None


def _periods(text: str) -> Iterator[re.Match[str]]:
    """The matches of ``_PERIOD``, which is looked for only in paragraphs that can hold one."""
    if _PERIOD_BETWEEN.search(text):
        yield from _PERIOD.finditer(text)


def _lost_heading(context: Context) -> tuple[str, str]:
    """A remark where ``parse`` missed a heading: extraction may have dropped it."""
    if any(diagnostic.code == "L302" for diagnostic in context.report.diagnostics):
        return (
            "; its heading was not found (L302) and may be lost in extraction",
            "；未找到标题（L302），可能在提取时丢失",
        )
    return "", ""


def _is_absent(section: Section) -> bool:
    return not section.title.strip() and not section.text.strip() and section.span is None


def _has_table(context: Context, index: int) -> bool:
    """Whether the section's table was read although its title was not."""
    table = _TABLE_OF_SECTION.get(index)
    return any(context.cells[path].state is not CellState.LOST for path in context.shape.tables.get(table or "", ()))


def _plain_title(title: str) -> str:
    plain = _TITLE_MARKS.sub("", plain_prose(title)).replace(",", "、")
    return plain.rstrip("。.:;")


_PLAIN_TITLES = tuple(map(_plain_title, _TITLES))


def _sentence_around(text: str, position: int) -> str:
    """The sentence about a position, or what stands within 150 characters of it."""
    before, after = text[max(position - 150, 0) : position], text[position : position + 150]
    start = max(before.rfind(mark) for mark in "。！？\n") + 1
    ends = [end for mark in "。！？\n" if (end := after.find(mark)) >= 0]
    return (before[start:] + after[: min(ends, default=len(after)) + 1]).strip()
