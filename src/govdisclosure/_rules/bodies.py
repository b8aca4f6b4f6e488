"""X: checks across tables, and across a body and those below it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govdisclosure._findings import Side, Term
from govdisclosure._formulas import at_least, at_most, compare, equal, says
from govdisclosure._rule import Context, Draft, Found, Unclear, rule, trouble_of
from govdisclosure._short_names import full_label
from govdisclosure._table_shape import is_flow
from govdisclosure.records import Report, Severity

W, I = Severity.WARNING, Severity.INFO  # noqa: E741

_FEE_UNPAID = "requests.otherwise.fee_unpaid.total"
_FEES = "proactive.fees.amount"
_PROCUREMENT = "proactive.procurement.amount"


@rule(
    "X201", "fee-unpaid-unexplained", "逾期不缴费未说明", W,
    meaning="Requests were closed because a fee was not paid, but section 六 says nothing of the 信息处理费.",
    meaning_zh="有申请因逾期未缴费而不再处理，但第六部分未提及信息处理费。",
    formula="otherwise.fee_unpaid.total > 0 implies that section 六 speaks of the fee",
    basis="inferred",
    fires="逾期不缴费 2, section 六: 无",
    silent="逾期不缴费 2, section 六: 发出收费通知2件，未收取费用",
)  # fmt: skip
def fee_unpaid_unexplained(context: Context) -> Iterator[Draft]:
    cell = context.cells.get(_FEE_UNPAID)
    if cell is None:
        return
    if cell.value is None:
        english, chinese = trouble_of(cell, (), _FEE_UNPAID) or ("", "")
        yield Unclear(english, chinese, (_FEE_UNPAID,))
    elif cell.value > 0 and not context.fee.mentioned:
        if not _has_other_matters(context.report):
            yield Unclear("section 六 is not in the document", "文档中没有第六部分", (_FEE_UNPAID,))
            return
        yield Found(
            f"{cell.value} requests were closed for an unpaid fee, but section 六 says nothing of the 信息处理费",
            f"有{cell.value}件申请因逾期未缴费不再处理，但第六部分未提及信息处理费",
            (_FEE_UNPAID,),
        )


@rule(
    "X202", "fee-below-processing-fee", "收费总额低于信息处理费", W,
    meaning="The fees of table 二 are below the 信息处理费 that section 六 states, which is one of them.",
    meaning_zh="表二行政事业性收费金额低于第六部分所述信息处理费，而后者属于前者。",
    formula="fees.amount x 10,000 >= 信息处理费 in yuan",
    basis="the 信息处理费 is a 行政事业性收费",
    fires="fees 0.1 (万元), text: 收取信息处理费3940元",
    silent="fees 0.394 (万元), text: 收取信息处理费3940元",
)  # fmt: skip
def fee_below_processing_fee(context: Context) -> Iterator[Draft]:
    if _FEES not in context.cells:
        return
    stated = context.fee.received
    if stated is None:
        return
    for draft in compare(
        context, [context.term(_FEES)], at_least, [Term("", stated.yuan / 10000)],
        says(
            "the fees of the year are {left} 万元, less than the 信息处理费 of {yuan:f} yuan in section 六",
            "本年收费金额 {left} 万元，低于第六部分所述信息处理费 {yuan:f} 元",
            yuan=stated.yuan,
        ),
    ):  # fmt: skip
        yield _quoting(draft, stated.quote)


def _quoting(draft: Draft, quote: str) -> Draft:
    if isinstance(draft, Unclear):
        return draft
    return Found(draft.message, draft.message_zh, draft.paths, draft.left, draft.right, quote)


@rule(
    "X203", "processing-fee-step", "信息处理费金额", I,
    meaning="The 信息处理费 stated is not a multiple of 10 yuan, as its tariff makes every total.",
    meaning_zh="所述信息处理费不是10元的整数倍，与收费标准不符。",
    formula="信息处理费 in yuan is a multiple of 10",
    basis="tariff of 国办函〔2020〕109号",
    fires="收取信息处理费3945元",
    silent="收取信息处理费3940元",
)  # fmt: skip
def processing_fee_step(context: Context) -> Iterator[Draft]:
    seen: set[Decimal] = set()
    for fee in context.fee.amounts:
        if fee.yuan % 10 and fee.yuan not in seen:
            seen.add(fee.yuan)
            yield Found(
                f"the 信息处理费 of {fee.yuan:f} yuan is not a multiple of 10",
                f"信息处理费 {fee.yuan:f} 元不是10元的整数倍",
                quote=fee.quote, key=f"amount {len(seen)}",
            )  # fmt: skip


@rule(
    "X204", "appeal-flow", "复议后起诉数量", I,
    meaning="More lawsuits after reconsideration than reconsiderations of this and last year together.",
    meaning_zh="复议后起诉案件多于本年与上年行政复议案件之和。",
    formula="after_reconsideration.total <= reconsideration.total + last year's reconsideration.total",
    basis="inferred",
    fires="复议后起诉 5, 行政复议 2, last year 1",
    silent="复议后起诉 3, 行政复议 2, last year 1",
)  # fmt: skip
def appeal_flow(context: Context) -> Iterator[Draft]:
    after, total = "litigation.after_reconsideration.total", "reconsideration.total"
    if not context.shape.has(after, total):
        return
    cells = context.cells
    none = cells[after].value == 0 == cells[total].value and context.previous is None
    if none and context.unsure.isdisjoint((after, total)):
        return  # as in most reports
    lawsuits, reconsidered = context.term(after), [context.term(total)]
    if total in context.previous_cells:
        reconsidered.append(context.previous_term(total))
    elif lawsuits.value is not None and reconsidered[0].value is not None and lawsuits.value > reconsidered[0].value:
        yield Unclear(
            f"{lawsuits.value} lawsuits after reconsideration, {reconsidered[0].value} reconsiderations this year; "
            "last year's report is needed to judge",
            f"复议后起诉 {lawsuits.value} 件，本年行政复议 {reconsidered[0].value} 件；需上年报告才能判断",
            (after, total),
        )
        return
    yield from compare(
        context, [lawsuits], at_most, reconsidered,
        says(
            "{left} lawsuits after reconsideration, but only {right} reconsiderations this and last year",
            "复议后起诉 {left} 件，多于本年与上年行政复议 {right} 件",
        ),
    )  # fmt: skip


@rule(
    "X205", "hierarchy-sum", "上下级汇总", W,
    meaning=(
        "A body's report is the sum of those below it and its own share. The own share is the report among the "
        "children that bears the body's own name; without it, only a sum above the body's number is a failure."
    ),
    meaning_zh="汇总报告应等于本级与下级之和。下级中与本机关同名的报告视为本级；未提供本级时，仅在下级之和超过汇总数时报告。",
    formula="parent = own + sum of children, for each flow cell",
    basis="practice",
    fires="parent received 10, children received 6 and 7",
    silent="parent received 13, children received 6 and 7",
    needs="children",
)  # fmt: skip
def hierarchy_sum(context: Context) -> Iterator[Draft]:
    missing = _missing_children(context)
    if missing:
        yield missing
        return
    children = [child for child in context.children if child is not None]
    cells = [dict(child.table_cells) for child in children]
    doubts = [child.doubts() for child in children]
    names = [child.agency or f"child {number}" for number, child in enumerate(children, 1)]
    own_given = context.report.agency is not None and context.report.agency in names
    for path in context.cells:
        if not is_flow(path) or path == _PROCUREMENT:  # the form names no unit for it
            continue
        if any(path not in own for own in cells):
            yield Unclear(f"a child's report has no cell {path}", f"下级报告缺少{path}", (path,))
            continue
        terms = [Term(path, own[path].value, of=name) for own, name in zip(cells, names, strict=True)]
        troubles = [
            trouble
            for own, doubt, name in zip(cells, doubts, names, strict=True)
            if (trouble := trouble_of(own[path], doubt.get(path, ()), path, f"{name}: ", f"{name}："))
        ]
        parent = context.term(path)
        if troubles:
            yield Unclear(troubles[0][0], troubles[0][1], (path,))
            continue
        total = Side(tuple(terms)).value
        if not own_given and parent.value is not None and total is not None and total < parent.value:
            yield Unclear(
                f"the children come to {total}, the report says {parent.value}: the body's own share is not given",
                f"下级合计 {total}，本报告 {parent.value}：未提供本级数据",
                (path,),
            )
            continue
        name = full_label(path)
        yield from compare(
            context, [parent], equal, terms,
            says(
                "{name}: the report says {left}, its children come to {right}",
                "“{name}”本报告为 {left}，下级合计为 {right}",
                name=name,
            ),
        )  # fmt: skip


def _missing_children(context: Context) -> Unclear | None:
    report = context.report
    if any(child is None for child in context.children):
        return Unclear("a child's report is missing", "缺少下级报告")
    for child in context.children:
        if child is not None and (child.year != report.year or child.form != report.form):
            return Unclear(
                f"{child.agency or 'a child'} reports on {child.year} (form {child.form}), "
                f"not on {report.year} (form {report.form})",
                f"{child.agency or '下级'}报告为{child.year}年（{child.form}年格式），与本报告不一致",
            )
    return None


def _has_other_matters(report: Report) -> bool:
    return any(s.name == "other_matters" and (s.title or s.text) for s in report.sections)
