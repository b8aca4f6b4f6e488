"""Y: checks against last year's report, and against other agencies' prose."""

from __future__ import annotations

from collections.abc import Iterator

from govdisclosure._comparability import corresponds
from govdisclosure._findings import Side
from govdisclosure._formulas import at_most, compare, equal, says
from govdisclosure._patterns import pattern
from govdisclosure._prose_similarity import LEAST_LENGTH, own_wording, wording_similarity
from govdisclosure._rule import Context, Draft, Found, Unclear, rule, trouble_of
from govdisclosure._short_names import full_label, label
from govdisclosure._table_shape import is_amount, is_signed
from govdisclosure.records import Report, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741

_STOCK_EXPLAINED = pattern(r"清理|调整|失效|机构改革")
_YUAN_FOR_WAN = (5_000, 20_000)


def _not_adjacent(context: Context) -> Unclear | None:
    previous, report = context.previous, context.report
    if previous is None or report.year is None or previous.year is None:
        return Unclear("a report's year is not known", "报告年份不明")
    if previous.year != report.year - 1:
        return Unclear(
            f"the report before is for {previous.year}, not for {report.year - 1}",
            f"用于比较的报告为{previous.year}年，而非{report.year - 1}年",
        )
    return None


@rule(
    "Y301", "carry-continuity", "结转衔接", E,
    meaning="Requests carried in are those that last year's report carried over.",
    meaning_zh="上年结转数应等于上年度报告的结转下年度数。",
    formula="carried_in.C of the year = carried_over.C of the year before",
    basis="practice; holds in all seven columns for a real city",
    fires="carried over 103, next year's carried in 77",
    silent="carried over 77, next year's carried in 77",
    grades="error for the total, warning for the other columns",
    needs="previous",
)  # fmt: skip
def carry_continuity(context: Context) -> Iterator[Draft]:
    if gap := _not_adjacent(context):
        yield gap
        return
    for column in context.shape.columns:
        now, before = f"requests.carried_in.{column}", f"requests.carried_over.{column}"
        if now in context.cells and before in context.previous_cells:
            yield from compare(
                context, [context.term(now)], equal, [context.previous_term(before)],
                says(
                    "{name} column: {left} carried in, but last year's report carried {right} over",
                    "“{name}”列上年结转 {left}，上年度报告结转下年度为 {right}",
                    name=label(column),
                ),
                severity=E if column == "total" else W,
            )  # fmt: skip


@rule(
    "Y302", "stock-continuity", "现行有效件数衔接", W,
    meaning="Documents in force are last year's, plus those issued, less those repealed.",
    meaning_zh="现行有效件数应等于上年现行有效件数加本年制发减本年废止。",
    formula="in_force[y] = in_force[y-1] + issued - repealed",
    basis="practice: 597 + 50 - 227 = 420 in a real city",
    fires="66 in force last year, 3 issued, 0 repealed, 372 in force",
    silent="597 in force last year, 50 issued, 227 repealed, 420 in force",
    grades="info where the text speaks of 清理, 调整, 失效 or 机构改革",
    needs="previous",
)  # fmt: skip
def stock_continuity(context: Context) -> Iterator[Draft]:
    if gap := _not_adjacent(context):
        yield gap
        return
    severity = I if any(map(_STOCK_EXPLAINED.search, context.prose)) else W
    for row in context.shape.rows_with("issued", "repealed", "in_force"):
        stock = f"{row}.in_force"
        if stock in context.previous_cells:
            yield from compare(
                context, [context.term(stock)], equal,
                [context.previous_term(stock), context.term(f"{row}.issued"), context.term(f"{row}.repealed", -1)],
                says(
                    "{name}: {left} in force, but last year's stock with this year's changes is {right}",
                    "“{name}”现行有效 {left} 件，上年存量加本年变动为 {right}",
                    name=full_label(row),
                ),
                severity=severity,
            )  # fmt: skip


@rule(
    "Y303", "item-continuity", "项目数量衔接", W,
    meaning="Form 2019: 上一年项目数量 is last year's report's number plus its change.",
    meaning_zh="2019年格式：上一年项目数量应等于上年度报告的上一年项目数量加本年增/减。",
    formula="previous_items[y] = previous_items[y-1] + change[y-1]",
    basis="inferred from the columns' meaning",
    fires="last year 95 and -3, this year 95",
    silent="last year 95 and -3, this year 92",
    needs="previous",
)  # fmt: skip
def item_continuity(context: Context) -> Iterator[Draft]:
    if gap := _not_adjacent(context):
        yield gap
        return
    for row in context.shape.rows_with("previous_items", "change"):
        items, change = f"{row}.previous_items", f"{row}.change"
        if items in context.previous_cells and change in context.previous_cells:
            yield from compare(
                context, [context.term(items)], equal, [context.previous_term(items), context.previous_term(change)],
                says(
                    "{name}: {left} items last year, but last year's report came to {right}",
                    "“{name}”上一年项目数量为 {left}，上年度报告推得 {right}",
                    name=full_label(row),
                ),
            )  # fmt: skip


@rule(
    "Y304", "pending-continuity", "尚未审结衔接", I,
    meaning="Cases pending at last year's end reappear among this year's, in each of the three tracks.",
    meaning_zh="上年尚未审结的案件应计入本年总计（三类分别比较）。",
    formula="pending[y-1] <= total[y]",
    basis="practice",
    fires="last year 5 pending, this year's total 3",
    silent="last year 3 pending, this year's total 5",
    needs="previous",
)  # fmt: skip
def pending_continuity(context: Context) -> Iterator[Draft]:
    if gap := _not_adjacent(context):
        yield gap
        return
    for group in context.shape.appeals:
        pending = f"{group.prefix}.pending"
        if pending in context.previous_cells:
            yield from compare(
                context, [context.previous_term(pending)], at_most, [context.term(group.total)],
                says(
                    "{name}: {left} cases were pending last year, but this year's total is {right}",
                    "“{name}”上年尚未审结 {left} 件，本年总计仅 {right} 件",
                    name=full_label(group.prefix),
                ),
            )  # fmt: skip


@rule(
    "Y305", "jump", "数值突变", I,
    meaning="A cell of 50 or more changes tenfold or more; in an amount, a ratio near 10,000 points at 元 for 万元.",
    meaning_zh="数值在50以上的单元格变动达十倍；金额相差约一万倍的，疑为“元”与“万元”混用。",
    formula="max >= 50 and max >= 10 x min",
    basis="practice",
    fires="行政许可 120, last year 1,650",
    silent="行政许可 120, last year 165; or 4, last year 40",
    grades="warning for an amount with a ratio near 10,000",
    needs="previous",
)  # fmt: skip
def jump(context: Context) -> Iterator[Draft]:
    if gap := _not_adjacent(context):
        yield gap
        return
    limits = context.thresholds
    for path in comparable_paths(context.report, context.previous):
        value, last = context.cells[path].value, context.previous_cells[path].value
        if value is None or last is None:
            continue  # nothing to compare; that the cell is blank is said by T112 and T113
        low, high = sorted((value, last))
        if low < 0 or high < limits.jump_from or high < limits.jump_factor * low or is_signed(path):
            continue
        now, before = context.term(path), context.previous_term(path)
        doubts = context.previous_doubts.get(path, ())
        if doubts:
            english, chinese = trouble_of(context.previous_cells[path], doubts, path, "last year's ", "上年") or (
                "",
                "",
            )
            yield Unclear(english, chinese, (path,))
            continue
        name, left, right = full_label(path), Side((now,)), Side((before,))
        if is_amount(path) and low > 0 and _YUAN_FOR_WAN[0] <= high / low <= _YUAN_FOR_WAN[1]:
            yield Found(
                f"{name} is {left} 万元, last year's {right}: one of them seems to be in yuan",
                f"“{name}”本年 {left}、上年 {right}：疑有一年以“元”填报",
                (path,), left, right, severity=W,
            )  # fmt: skip
        else:
            yield Found(
                f"{name} is {left}, last year's {right}", f"“{name}”本年 {left}，上年 {right}", (path,), left, right
            )


@rule(
    "Y306", "repeated-prose", "内容雷同（上年）", W,
    meaning="Sections 一 and 五 resemble last year's, figures and the form's fixed wording left out.",
    meaning_zh="第一、第五部分与上年度报告雷同（不计数字与固定表述）。",
    formula="share of common wording > 50 % (warning), >= 90 % (error)",
    basis="the notice forbids 内容雷同; graded so by cities",
    fires="section 五 is last year's with another year in it",
    silent="section 五 names other problems than last year's",
    grades="error from 90 % on",
    needs="previous",
)  # fmt: skip
def repeated_prose(context: Context) -> Iterator[Draft]:
    previous, limits = context.previous, context.thresholds
    if previous is None:
        return
    names = tuple(name for name in (context.report.agency, previous.agency) if name)
    for section in context.report.sections:
        if section.name not in ("overview", "problems"):
            continue
        old = own_wording(next((s.text for s in previous.sections if s.name == section.name), ""), names)
        new = own_wording(section.text, names)
        title = section.title or section.name
        if min(len(old), len(new)) < LEAST_LENGTH:
            yield Unclear(
                f"section {title} is too short in one of the years to be compared",
                f"“{title}”有一年文字过短，无法比较",
            )
            continue
        ratio = wording_similarity(old, new)
        if ratio > limits.repeated_prose or ratio >= limits.identical_prose:
            yield Found(
                f"section {title} resembles last year's by {ratio:.0%}",
                f"“{title}”与上年度报告相似度为{ratio:.0%}",
                spans=(section.span,) if section.span else (),
                severity=E if ratio >= limits.identical_prose else W,
                key=section.name,
            )


@rule(
    "Y307", "copied-prose", "内容雷同（他机关）", W,
    meaning="The prose resembles another agency's, names masked. Needs a series of reports.",
    meaning_zh="文字部分与其他行政机关的报告雷同（机关名称不计）。需成批检查。",
    formula="share of common wording >= 80 %",
    basis="national assessments",
    fires="two towns' section 五 with only the town's name changed",
    silent="two towns with prose of their own",
    needs="series",
)  # fmt: skip
def copied_prose(context: Context) -> Iterator[Draft]:
    for likeness in context.likenesses or ():
        section = next((s for s in context.report.sections if s.name == likeness.section), None)
        title = (section.title if section else "") or likeness.section
        where = f"{likeness.agency} ({likeness.year})"
        yield Found(
            f"section {title} resembles that of {where} by {likeness.ratio:.0%}",
            f"“{title}”与{likeness.agency}{likeness.year}年报告相似度为{likeness.ratio:.0%}",
            spans=(section.span,) if section and section.span else (),
            key=f"{likeness.section} {likeness.agency} {likeness.year} {likeness.file}",
        )


@rule(
    "Y308", "forms-differ", "两年格式不同", I,
    meaning="The two reports stand on different forms; says which cells can be compared and which can't.",
    meaning_zh="两年报告采用不同格式；说明哪些数据可比。",
    formula="form[y] = form[y-1]",
    basis="the forms",
    fires="2020 on form 2019, 2021 on form 2021",
    silent="2021 and 2022 on form 2021",
    needs="previous",
)  # fmt: skip
def forms_differ(context: Context) -> Iterator[Draft]:
    previous, report = context.previous, context.report
    if previous is None or previous.form == report.form:
        return
    paths = comparable_paths(report, previous)
    apart = len(context.cells) - len(paths)
    yield Found(
        f"form {report.form} now, form {previous.form} before: {len(paths)} cells (requests, reconsideration and "
        f"litigation, decisions on licences, penalties and coercive measures) can be compared, {apart} can't",
        f"本年为{report.form}年格式，上年为{previous.form}年格式：{len(paths)}个单元格可比（依申请公开、复议诉讼、"
        f"行政许可、处罚、强制的处理决定数量），{apart}个不可比",
        paths, key="forms",
    )  # fmt: skip


def comparable_paths(report: Report, previous: Report | None) -> tuple[str, ...]:
    """The cells of ``report`` that mean the same in ``previous``: all on one form, else those the two forms share."""
    if previous is None:
        return ()
    known = {path for path, _ in previous.table_cells}
    shared = [path for path, _ in report.table_cells if path in known]
    if previous.form == report.form:
        return tuple(shared)
    return tuple(path for path in shared if corresponds(path, str(previous.form), str(report.form)))
