"""P: what the prose must speak of, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator

from govdisclosure._patterns import pattern
from govdisclosure._rule import Context, Draft, Found, Unclear, rule
from govdisclosure.records import Form, Section, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

_ASPECTS = {
    "主动公开": pattern(r"主动公开|主动发布|公开(?:各类)?(?:政[府务])?信息\d|发布(?:各类)?(?:政[府务])?信息"),
    "依申请公开": pattern(r"依申请|公开申请|申请公开|申请办理|受理.{0,6}申请|收到.{0,10}申请"),
    "政府信息管理": pattern(
        r"信息管理|信息资源|保密审查|公开属性|管理制度|规范管理"
        r"|政[府务]信息.{0,12}(?:审查|审核|管理|规范)|文件.{0,6}清理"
    ),
    "政府信息公开平台建设": pattern(r"平台|网站|公众号|新媒体|专栏|公报|栏目|载体|微博"),
    "监督保障": pattern(r"监督|考核|评议|培训|责任追究|保障|督查|检查"),
}
_USUAL_WORDS = ("主动公开", "依申请", "信息管理", "平台", "监督")
"""A word of each aspect, looked for first."""
_SUPERVISION = {
    "工作考核": pattern(r"考核|考评|绩效|测评指标"),
    "社会评议": pattern(r"评议|满意度|满意率|问卷|民意测评|社会监督|群众评价"),
    "责任追究": pattern(r"追究|问责|追责|责任落实不力"),
}
_PROBLEM_PART = pattern(r"问题|不足|差距|短板|薄弱|不够|欠缺|有待|不高|不强|不及时|不规范|不到位|弱项|困难")
_IMPROVEMENT_PART = pattern(r"改进|下一步|今后|下步|措施|整改|将|加强|进一步|提升|完善|加大")
_TOP_LEVEL = pattern(r"[\s#*]*([一二三四五六七八])[、.．]([^。；\n]{1,30})[。：:]?$")
_DOUBLED = pattern(r"([\u4e00-\u9fff]{2,6})\1")
_NOUGHTS = tuple((length, bytes(length)) for length in range(2, 7))
_DOUBLED_RIGHTLY = pattern(
    r"(?:公开公开|规范规范性|管理管理|监督监督|服务服务|审查审查|学习学习|研究研究|讨论讨论|指导指导|培训培训"
    r"|考核考核|检查检查|宣传宣传|监管监管|评议评议|申请申请人|处理处理|答复答复|行政行政|组织组织|负责负责|报告报告|通报通报|工作工作)"
)
_ENDS = frozenset("。！？；：…”’）》)!?;:.】")
_INSIDE = pattern(r"[。；;]")
_ITEM = pattern(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[一二三四五六七八九十]是|[一二三四五六七八九十]要)")


@rule(
    "P601", "aspect-missing", "总体情况缺项", W,
    meaning="Section 一 does not speak of one of its five aspects.",
    meaning_zh="总体情况未涉及五个方面（主动公开、依申请公开、政府信息管理、平台建设、监督保障）之一。",
    formula="section 一 speaks of 主动公开, 依申请公开, 政府信息管理, 平台建设 and 监督保障",
    basis="国办公开办函〔2021〕30号",
    fires="section 一 without a word on 依申请公开",
    silent="section 一 with five paragraphs, one an aspect",
)  # fmt: skip
def aspect_missing(context: Context) -> Iterator[Draft]:
    section, text = context.section("overview")
    if section is None or not section.text.strip():
        yield Unclear("section 一 has no text", "第一部分没有文字")
        return
    missing = [
        aspect
        for (aspect, words), usual in zip(_ASPECTS.items(), _USUAL_WORDS, strict=True)
        if usual not in text and not words.search(text)
    ]
    if missing:
        yield Found(
            f"section 一 does not speak of {', '.join(missing)}", f"总体情况未涉及{'、'.join(missing)}",
            spans=(section.span,) if section.span else (), key="aspects",
        )  # fmt: skip


@rule(
    "P602", "supervision-missing", "监督情况缺失", W,
    meaning="A government's report is silent on 工作考核, 社会评议 or 责任追究.",
    meaning_zh="政府的年度报告未说明工作考核、社会评议或责任追究情况。",
    formula="a government's report speaks of 工作考核, 社会评议 and 责任追究",
    basis="Regulations art. 50(4)",
    fires="a county government's report without a word on 责任追究",
    silent="a county bureau's report without a word on 责任追究",
)  # fmt: skip
def supervision_missing(context: Context) -> Iterator[Draft]:
    if not context.body.is_government:
        return
    if not any(text.strip() for text in context.prose):
        yield Unclear("the report has no prose", "报告没有文字部分")
        return
    missing = [aspect for aspect, words in _SUPERVISION.items() if not any(map(words.search, context.prose))]
    if missing:
        yield Found(
            f"a government's report must speak of {', '.join(missing)}", f"政府年度报告未说明{'、'.join(missing)}情况",
            key="supervision",
        )  # fmt: skip


@rule(
    "P603", "problems-empty", "问题及改进空泛", E,
    meaning="Section 五 is empty, 无, or under 10 characters; or it names no problem, or no improvement.",
    meaning_zh="第五部分为空、“无”或不足10字；或未写问题，或未写改进。",
    formula="section 五 has 10 characters or more, a problem part and an improvement part",
    basis="practice",
    fires="五、存在的主要问题及改进情况: 无",
    silent="存在的主要问题：一是公开内容不够丰富。下一步将加强培训。",
    grades="error if empty, warning if one part is missing",
)  # fmt: skip
def problems_empty(context: Context) -> Iterator[Draft]:
    section, _ = context.section("problems")
    if section is None or not (section.title or section.text.strip()):
        yield Unclear("section 五 is not in the document", "文档中没有第五部分")
        return
    text = "".join(section.text.split())
    spans = (section.span,) if section.span else ()
    if len(text) < 10:
        yield Found(
            f"section 五 says nothing: {text or 'it is empty'}", f"第五部分没有实质内容：{text or '空白'}",
            quote=text, spans=spans, key="empty",
        )  # fmt: skip
        return
    if not _PROBLEM_PART.search(text):
        yield Found("section 五 names no problem", "第五部分未写存在的问题", spans=spans, severity=W, key="problem")
    if not _IMPROVEMENT_PART.search(text):
        yield Found(
            "section 五 names no improvement", "第五部分未写改进情况", spans=spans, severity=W, key="improvement"
        )


@rule(
    "P604", "processing-fee-unstated", "未说明信息处理费", W,
    meaning="Section 六 does not state the 信息处理费 received in the year, even if none was.",
    meaning_zh="第六部分未说明本年度收取信息处理费情况（未收取也应说明）。",
    formula="section 六 states an amount of 信息处理费, or that none was received",
    basis="国办函〔2020〕109号; the form's instruction, from 2021 on",
    fires="六、其他需要报告的事项: 无",
    silent="本年度未收取信息处理费",
)  # fmt: skip
def processing_fee_unstated(context: Context) -> Iterator[Draft]:
    report = context.report
    if report.form != Form.F2021 and (report.year is None or report.year < 2021):
        return
    section, _ = context.section("other_matters")
    if section is None or not (section.title or section.text.strip()):
        yield Unclear("section 六 is not in the document", "文档中没有第六部分")
        return
    statement = context.fee
    if not statement.stated:
        remark = " (it is mentioned, but no amount is given)" if statement.mentioned else ""
        remark_zh = "（有提及但未写金额）" if statement.mentioned else ""
        yield Found(
            f"section 六 does not state the 信息处理费{remark}", f"第六部分未说明信息处理费收取情况{remark_zh}",
            spans=(section.span,) if section.span else (), key="fee",
        )  # fmt: skip


@rule(
    "P605", "subheading-as-section", "小标题序号层级", W,
    meaning="Section 一 restarts 一、二、三 as headings, as if they were the report's sections.",
    meaning_zh="总体情况内部以“一、二、三”作小标题，与报告各部分混淆。",
    formula="sub-headings of section 一 are （一）, （二）, …",
    basis="seen",
    fires="一、主动公开情况 … 二、依申请公开情况, within section 一",
    silent="（一）主动公开情况 … （二）依申请公开情况",
)  # fmt: skip
def subheading_as_section(context: Context) -> Iterator[Draft]:
    section, _ = context.section("overview")
    if section is None:
        return
    headings = [match for line in section.text.splitlines() if (match := _TOP_LEVEL.match(line.strip()))]
    if len({match.group(1) for match in headings}) >= 2:
        shown = "; ".join(match.group().strip() for match in headings[:3])
        yield Found(
            f"section 一 numbers its parts like sections: {shown}", f"总体情况内小标题使用了部分序号：{shown}",
            quote=headings[0].group().strip(), spans=(section.span,) if section.span else (), key="headings",
        )  # fmt: skip


@rule(
    "P606", "doubled-word", "叠字与断句", I,
    meaning="A doubled word (资金资金), or a sentence cut short.",
    meaning_zh="词语重复（如“资金资金”）或句子不完整。",
    formula="no word stands twice in a row; every paragraph ends",
    basis="seen",
    fires="加强资金资金管理; 凡应公开的都及时。主动公开 (end of paragraph)",
    silent="加强资金管理。",
)  # fmt: skip
def doubled_word(context: Context) -> Iterator[Draft]:
    sections = [section for section in context.report.sections if section.text]
    some_doubled = _may_be_doubled("\n".join([section.text for section in sections]))
    for section in sections:
        if some_doubled and _may_be_doubled(section.text):
            yield from _doubled_words(section)
        if section.name in ("overview", "problems", "other_matters"):
            yield from _cut_paragraphs(section)


def _doubled_words(section: Section) -> Iterator[Draft]:
    seen: set[str] = set()
    for match in _DOUBLED.finditer(section.text):
        start, end = match.span()
        if match.group() in seen:
            continue
        seen.add(match.group())
        if not _DOUBLED_RIGHTLY.search(section.text[start : end + 1]):
            quote = section.text[max(start - 15, 0) : end + 15].replace("\n", " ")
            yield Found(
                f"a word stands twice: {match.group()}", f"词语重复：{match.group()}",
                quote=quote, spans=(section.span,) if section.span else (), key=f"{section.name} {match.group()}",
            )  # fmt: skip


def _cut_paragraphs(section: Section) -> Iterator[Draft]:
    lines = list(filter(None, map(str.strip, section.text.splitlines())))
    for number, line in enumerate(lines):
        if line[-1] not in _ENDS and _is_cut(line) and (number + 1 == len(lines) or _ITEM.match(lines[number + 1])):
            yield Found(
                f"a paragraph ends without a full stop: …{line[-20:]}",
                f"段落末尾缺少句号，疑句子不完整：…{line[-20:]}",
                quote=line[-60:], spans=(section.span,) if section.span else (), key=f"{section.name} end {line[:12]}",
            )  # fmt: skip


_MOST_TRIED = 8
"""Places looked at before a text counts as one that may have doubled words."""


def _may_be_doubled(text: str) -> bool:
    """A cheap test: a text laid over itself, moved by a word's length, shows noughts where that word stands twice.

    One byte of each character is compared, all of them at once, as a number's digits; then the words themselves.
    """
    low_bytes = text.encode("utf-16-le", "surrogatepass")[::2]
    size, number = len(low_bytes), int.from_bytes(low_bytes, "little")
    tried = 0
    for length, noughts in _NOUGHTS:
        differences = (number ^ (number >> 8 * length)).to_bytes(size, "little")
        at = differences.find(noughts)
        while at >= 0:
            tried += 1
            if tried > _MOST_TRIED or size != len(text) or _DOUBLED.match(text, at):
                return True
            at = differences.find(noughts, at + 1)
    return False


def _is_cut(line: str) -> bool:
    """Whether a paragraph that has no end mark is cut off: it has sentences, so it is no heading."""
    return len(line) >= 15 and "|" not in line and _INSIDE.search(line) is not None
