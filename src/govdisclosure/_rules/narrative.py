"""N: what the prose claims against what the tables say. The claims are read by ``_claims``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from govdisclosure._claims import Claim
from govdisclosure._findings import Side, Term
from govdisclosure._rule import Context, Draft, Found, Unclear, rule
from govdisclosure._short_names import label
from govdisclosure.records import Report, Severity, Span

W, I = Severity.WARNING, Severity.INFO  # noqa: E741

_RECONSIDERATION = "reconsideration.total"
_DIRECT = "litigation.direct.total"
_AFTER = "litigation.after_reconsideration.total"
_LAWSUITS = {
    "litigation": ([_DIRECT, _AFTER], "lawsuits", "行政诉讼"),
    "direct": ([_DIRECT], "direct lawsuits", "未经复议直接起诉"),
    "after_reconsideration": ([_AFTER], "lawsuits after reconsideration", "复议后起诉"),
    "appeals": ([_RECONSIDERATION, _DIRECT, _AFTER], "reconsiderations and lawsuits", "复议、诉讼案件"),
}
_APPEALS = {
    "reconsideration": ["reconsideration"],
    "litigation": ["litigation.direct", "litigation.after_reconsideration"],
}
_DENIALS = {
    "requests": ("that no request was received", "未收到申请"),
    "reconsideration": ("that there was no reconsideration", "未发生行政复议"),
    "litigation": ("that there was no lawsuit", "未发生行政诉讼"),
}


def _check(
    context: Context, claim: Claim, readings: Sequence[Sequence[str]], subject: str, subject_zh: str
) -> Iterator[Draft]:
    """A claim holds if one of its readings (sums of cells) gives its number.

    Only if no reading does, and all of their cells can be relied on, is it a finding.
    """
    sides = [Side(context.terms(paths)) for paths in readings if context.shape.has(*paths)]
    if not sides:
        return
    troubles = {t.path: x for side in sides for t in side.terms if (x := context.trouble(t))}
    sound = [side for side in sides if not any(term.path in troubles for term in side.terms)]
    if any(side.value == claim.value for side in sound):
        return
    paths = tuple(dict.fromkeys(term.path for side in sides for term in side.terms))
    if troubles:
        english, chinese = next(iter(troubles.values()))
        yield Unclear(
            f"the text says {claim.value} {subject}, but {english}",
            f"文中称{subject_zh}{claim.value}件，但{chinese}",
            paths,
        )
        return
    table = " or ".join(str(side) for side in sides)
    yield Found(
        f"the text says {claim.value} {subject}, the table {table}",
        f"文中称{subject_zh}{claim.value}件，表中为{'或'.join(str(side) for side in sides)}",
        paths, Side((Term("", claim.value),)), sides[0], claim.quote, _section_span(context.report, claim),
        key=f"{claim.kind} {claim.subject}",
    )  # fmt: skip


def _section_span(report: Report, claim: Claim) -> tuple[Span, ...]:
    return tuple(s.span for s in report.sections if s.name == claim.section and s.span is not None)


def _of(context: Context, *kinds: str) -> Sequence[Claim]:
    claims = context.claims
    return [claim for claim in claims if claim.kind in kinds] if claims else ()


@rule(
    "N401", "received-claim", "收到申请数", W,
    meaning="The requests the text says were received are those of the table, with or without those carried in.",
    meaning_zh="文中收到（新收、受理）申请数应等于表中本年新收，或本年新收加上年结转。",
    formula="收到 N件 = received.total, or received.total + carried_in.total",
    basis="practice; both usages are real",
    fires="收到依申请公开信息23件; received 25",
    silent="受理申请749件; received 713, carried in 36",
)  # fmt: skip
def received_claim(context: Context) -> Iterator[Draft]:
    received, carried_in = "requests.received.total", "requests.carried_in.total"
    for claim in _of(context, "received"):
        yield from _check(context, claim, [[received], [received, carried_in]], "requests received", "收到申请")


@rule(
    "N402", "carried-in-claim", "上年结转数", W,
    meaning="The requests the text says were carried in from last year are those of the table.",
    meaning_zh="文中上年结转数应等于表中上年结转。",
    formula="上年结转 N = carried_in.total",
    basis="practice",
    fires="上年结转3件; carried in 0",
    silent="上年结转0件; carried in 0",
)  # fmt: skip
def carried_in_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "carried_in"):
        yield from _check(context, claim, [["requests.carried_in.total"]], "requests carried in", "上年结转")


@rule(
    "N403", "concluded-claim", "办结数", W,
    meaning="The requests the text says were answered or concluded are those of the table.",
    meaning_zh="文中答复（办结）申请数应等于表中办理结果总计。",
    formula="答复/办结 N = concluded.total",
    basis="practice",
    fires="办结20件; concluded 23",
    silent="办结23件; concluded 23. 其中20件按规定办结 claims nothing",
)  # fmt: skip
def concluded_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "concluded"):
        yield from _check(context, claim, [["requests.concluded.total"]], "requests concluded", "办结申请")


@rule(
    "N404", "carried-over-claim", "结转下年度数", W,
    meaning="The requests the text says were carried over to next year are those of the table.",
    meaning_zh="文中结转（顺延）下年度数应等于表中结转下年度继续办理。",
    formula="结转下年度/顺延 N = carried_over.total",
    basis="practice",
    fires="结转下年度继续办理2件; carried over 1",
    silent="另有58件顺延; carried over 58",
)  # fmt: skip
def carried_over_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "carried_over"):
        yield from _check(context, claim, [["requests.carried_over.total"]], "requests carried over", "结转下年度")


@rule(
    "N405", "reconsideration-claim", "行政复议数", W,
    meaning="The reconsiderations the text speaks of are those of the table.",
    meaning_zh="文中行政复议件数应等于表中行政复议总计。",
    formula="行政复议 N件 = reconsideration.total",
    basis="practice",
    fires="因信息公开被申请行政复议134件; table 170",
    silent="因答复引起行政复议1件; table 1",
)  # fmt: skip
def reconsideration_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "reconsideration"):
        yield from _check(context, claim, [[_RECONSIDERATION]], "reconsiderations", "行政复议")


@rule(
    "N406", "litigation-claim", "行政诉讼数", W,
    meaning="The lawsuits the text speaks of are those of both tracks; 复议诉讼案件 N is all three totals.",
    meaning_zh="文中行政诉讼件数应等于两类诉讼总计之和；复议、诉讼案件合计应等于三项总计之和。",
    formula="行政诉讼 N件 = direct.total + after_reconsideration.total; 相关案件 N = all three",
    basis="practice",
    fires="行政诉讼57件; table 60 + 17",
    silent="行政诉讼77件; table 60 + 17",
)  # fmt: skip
def litigation_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, *_LAWSUITS):
        paths, subject, subject_zh = _LAWSUITS[claim.kind]
        yield from _check(context, claim, [paths], subject, subject_zh)


@rule(
    "N407", "outcome-claim", "办理结果数", W,
    meaning="The requests the text says ended with an outcome (予以公开, 不予公开, …) are that outcome's total.",
    meaning_zh="文中予以公开、部分公开、不予公开、无法提供、不予处理、其他处理件数应等于表中相应总计。",
    formula="不予公开 N = sum of that outcome's totals",
    basis="practice",
    fires="予以公开5件; granted 6",
    silent="不予公开2件; third_party_rights 1, process_information 1",
)  # fmt: skip
def outcome_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "outcome"):
        rows = [
            f"{row}.total"
            for row in context.shape.outcome_rows
            if row.split(".")[1] == claim.subject
        ]  # fmt: skip
        if rows:
            name = label(claim.subject)
            yield from _check(context, claim, [rows], f"requests {name}", name)


@rule(
    "N408", "applicant-claim", "申请人数", W,
    meaning="The requests the text says came from 自然人, or from 法人或其他组织, are the row's.",
    meaning_zh="文中自然人、法人或其他组织申请件数应等于表中相应列之和。",
    formula="自然人 N = natural_person; 法人或其他组织 N = sum of the five columns of organisations",
    basis="practice",
    fires="其中自然人9件; received 7 from 自然人",
    silent="其中自然人7件; received 7 from 自然人",
)  # fmt: skip
def applicant_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "applicant"):
        columns = (
            ["natural_person"]
            if claim.subject == "natural_person"
            else [c for c in context.shape.columns if c not in ("natural_person", "total")]
        )
        received = [f"requests.received.{column}" for column in columns]
        carried_in = [f"requests.carried_in.{column}" for column in columns]
        concluded = [f"requests.concluded.{column}" for column in columns]
        name = label("natural_person") if claim.subject == "natural_person" else "法人或其他组织"
        readings = [received, received + carried_in, concluded]
        yield from _check(context, claim, readings, f"requests from {name}", f"{name}申请")


@rule(
    "N409", "stock-claim", "文件数", W,
    meaning="The 规章 or 行政规范性文件 the text says were issued (制发) or are in force (现行有效) are the table's.",
    meaning_zh="文中制发、现行有效的规章或行政规范性文件件数应与表中一致。",
    formula="制发 N件 = issued; 现行有效 N件 = in_force",
    basis="practice",
    fires="制发行政规范性文件5件; issued 6",
    silent="现行有效行政规范性文件20件; in force 20",
)  # fmt: skip
def stock_claim(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "issued", "in_force"):
        leaves = ("issued", "produced") if claim.kind == "issued" else ("in_force",)
        readings = [[f"proactive.{claim.subject}.{leaf}"] for leaf in leaves]
        verb, verb_zh = ("issued", "制发") if claim.kind == "issued" else ("in force", "现行有效")
        name = label(claim.subject)
        yield from _check(context, claim, readings, f"{name} {verb}", f"{verb_zh}{name}")


@rule(
    "N410", "denial", "否定表述", W,
    meaning=(
        "The text denies what the table counts: no request received, no reconsideration or lawsuit, all upheld, "
        "all concluded."
    ),
    meaning_zh="文中称未收到申请、未发生行政复议或诉讼、均获维持、全部办结，而表中有相反数据。",
    formula="未收到申请: received.total = 0; 未发生复议/诉讼: totals = 0; 均获维持: corrected = other = 0; "
    "全部办结: carried_over.total = 0",
    basis="practice",
    fires="未收到政府信息公开申请; received 2",
    silent="未发生行政复议、行政诉讼; all totals 0",
)  # fmt: skip
def denial(context: Context) -> Iterator[Draft]:
    for claim in _of(context, "none", "upheld", "all_concluded"):
        if claim.kind == "all_concluded":
            paths = ["requests.carried_over.total"]
            says, says_zh = "that all requests were concluded", "申请已全部办结"
        elif claim.kind == "upheld":
            paths = [f"{group}.{leaf}" for group in _APPEALS[claim.subject] for leaf in ("corrected", "other")]
            says, says_zh = "that all were upheld", "均获维持"
        else:
            groups = _APPEALS.get(claim.subject)
            paths = [f"{group}.total" for group in groups] if groups else ["requests.received.total"]
            says, says_zh = _DENIALS[claim.subject]
        yield from _denied(context, claim, paths, says, says_zh)


def _denied(context: Context, claim: Claim, paths: list[str], says: str, says_zh: str) -> Iterator[Draft]:
    if not context.shape.has(*paths):
        return
    terms = context.terms(paths)
    troubles = [trouble for term in terms if (trouble := context.trouble(term))]
    stated = [term for term in terms if term.value is not None and term.value > 0 and not context.trouble(term)]
    if stated:
        table = ", ".join(f"{term.path} {term.value}" for term in stated)
        table_zh = "、".join(f"{label(term.path.rpartition('.')[0])}{label(term.path)}{term.value}" for term in stated)
        yield Found(
            f"the text says {says}, but the table has {table}",
            f"文中称{says_zh}，而表中{table_zh}",
            tuple(paths), Side((Term("", 0),)), Side(terms), claim.quote, _section_span(context.report, claim),
            key=f"{claim.kind} {claim.subject}",
        )  # fmt: skip
    elif troubles:
        yield Unclear(
            f"the text says {says}, but {troubles[0][0]}", f"文中称{says_zh}，但{troubles[0][1]}", tuple(paths)
        )


@rule(
    "N411", "percentage-claim", "百分比", I,
    meaning="A share the text states of the requests is its part divided by its whole, to the places printed.",
    meaning_zh="文中所列占比应等于部分除以总数（按所列小数位）。",
    formula="P % = part / whole",
    basis="arithmetic",
    fires="收到申请40件，予以公开10件，占35%",
    silent="收到申请40件，予以公开10件，占25%",
)  # fmt: skip
def percentage_claim(context: Context) -> Iterator[Draft]:
    claims = _of(context, "percentage")
    if not claims:
        return
    table = {
        cell.value
        for path in ("requests.received.total", "requests.concluded.total")
        if (cell := context.cells.get(path)) is not None and cell.value
    }
    incoming = [context.cells.get(f"requests.{row}.total") for row in ("received", "carried_in")]
    for claim in claims:
        wholes = {Decimal(claim.whole), *map(Decimal, table)}
        if all(cell is not None and cell.value is not None for cell in incoming):
            wholes.add(sum((Decimal(cell.value) for cell in incoming if cell and cell.value), Decimal(0)))
        stated = Decimal(claim.percent)
        shares = {
            (Decimal(claim.value) * 100 / whole).quantize(stated, rounding)
            for whole in wholes
            if whole
            for rounding in (ROUND_HALF_UP, ROUND_DOWN)
        }
        if stated not in shares:
            share = (Decimal(claim.value) * 100 / claim.whole).quantize(stated, ROUND_HALF_UP)
            yield Found(
                f"the text says {claim.percent} %, but {claim.value} of {claim.whole} is {share} %",
                f"文中称占{claim.percent}%，而{claim.value}/{claim.whole}为{share}%",
                quote=claim.quote, spans=_section_span(context.report, claim), key=f"percentage {claim.section}",
            )  # fmt: skip
