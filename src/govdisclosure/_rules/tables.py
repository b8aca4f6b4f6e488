"""T: checks within a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govdisclosure._findings import Side
from govdisclosure._formulas import Formula, at_least, at_most, equal, formulas, says
from govdisclosure._rule import Context, Draft, Found, Unclear, rule
from govdisclosure._short_names import TABLES, full_label, label
from govdisclosure._table_shape import Group, TableShape, is_amount, is_signed
from govdisclosure.records import CellState, Severity

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - three letters for three grades

_IN_OTHER_WORDS = (CellState.PRESENT, CellState.LOST)
"""The states of cells that may hold something that is no number."""


@rule(
    "T101", "request-balance", "申请勾稽关系", E,
    meaning="In each of the seven columns, requests received and carried in equal those concluded and carried over.",
    meaning_zh="申请表七列各自应满足：本年新收＋上年结转＝办理结果总计＋结转下年度。",
    formula="received.C + carried_in.C = concluded.C + carried_over.C",
    basis="the form's own note on table 三 (勾稽关系)",
    fires="received 12, carried in 0, concluded 11, carried over 0",
    silent="received 12, carried in 1, concluded 11, carried over 2",
)  # fmt: skip
@formulas
def request_balance(shape: TableShape) -> Iterator[Formula]:
    for column in shape.columns:
        incoming = [f"requests.{row}.{column}" for row in ("received", "carried_in")]
        outgoing = [f"requests.{row}.{column}" for row in ("concluded", "carried_over")]
        if shape.has(*incoming, *outgoing):
            yield Formula(
                incoming, equal, outgoing,
                says(
                    "{name} column does not balance: {left} received and carried in, "
                    "{right} concluded and carried over",
                    "“{name}”列勾稽关系不成立：本年新收与上年结转为 {left}，办理结果总计与结转下年度为 {right}",
                    name=label(column),
                ),
            )  # fmt: skip


@rule(
    "T102", "outcome-sum", "办理结果合计", E,
    meaning="In each column, all outcomes add up to the requests concluded: 21 rows in form 2021, 19 in form 2019.",
    meaning_zh="每列各项办理结果之和应等于办理结果总计（2021年格式21行，2019年格式19行）。",
    formula="sum of all outcome rows.C = concluded.C",
    basis="arithmetic",
    fires="granted 6, not held 15, concluded 23",
    silent="granted 6, refused 2, not held 15, concluded 23",
)  # fmt: skip
@formulas
def outcome_sum(shape: TableShape) -> Iterator[Formula]:
    for column in shape.columns:
        total = f"requests.concluded.{column}"
        parts = [f"{row}.{column}" for row in shape.outcome_rows]
        if parts and shape.has(total, *parts):
            yield Formula(
                parts, equal, [total],
                says(
                    "outcomes in the {name} column do not add up: they come to {left}, the total says {right}",
                    "“{name}”列办理结果相加为 {left}，与总计 {right} 不符",
                    name=label(column),
                ),
            )  # fmt: skip


@rule(
    "T103", "applicant-sum", "申请人合计", E,
    meaning="In each row of table 三, the six kinds of applicant add up to the total.",
    meaning_zh="申请表每行六类申请人之和应等于总计。",
    formula="natural_person + five kinds of organisation = total, for each row",
    basis="arithmetic",
    fires="自然人 20, 商业企业 2, total 23",
    silent="自然人 21, 商业企业 2, total 23",
)  # fmt: skip
@formulas
def applicant_sum(shape: TableShape) -> Iterator[Formula]:
    for row in shape.applicant_rows:
        yield _parts_and_total(row)


@rule(
    "T104", "reconsideration-sum", "行政复议合计", E,
    meaning="The outcomes of 行政复议 add up to their total.",
    meaning_zh="行政复议各类结果之和应等于总计。",
    formula="upheld + corrected + other + pending = total",
    basis="arithmetic",
    fires="upheld 2, pending 1, total 4",
    silent="upheld 2, corrected 1, pending 1, total 4",
)  # fmt: skip
@formulas
def reconsideration_sum(shape: TableShape) -> Iterator[Formula]:
    for group in shape.appeals:
        if not group.prefix.startswith("litigation"):
            yield _parts_and_total(group)


@rule(
    "T105", "litigation-sum", "行政诉讼合计", E,
    meaning="The outcomes of each track of 行政诉讼 (未经复议直接起诉, 复议后起诉) add up to their total.",
    meaning_zh="行政诉讼两类（未经复议直接起诉、复议后起诉）各类结果之和应等于总计。",
    formula="upheld + corrected + other + pending = total, for direct and after_reconsideration",
    basis="arithmetic",
    fires="复议后起诉: upheld 3, total 2",
    silent="复议后起诉: upheld 2, total 2",
)  # fmt: skip
@formulas
def litigation_sum(shape: TableShape) -> Iterator[Formula]:
    for group in shape.appeals:
        if group.prefix.startswith("litigation"):
            yield _parts_and_total(group)


def _parts_and_total(group: Group) -> Formula:
    return Formula(
        group.parts, equal, [group.total],
        says(
            "{name} does not add up: the parts come to {left}, the total says {right}",
            "“{name}”各项相加为 {left}，与总计 {right} 不符",
            name=full_label(group.prefix),
        ),
    )  # fmt: skip


@rule(
    "T106", "negative-count", "负数", E,
    meaning="A count is negative; only 本年增/减 may be.",
    meaning_zh="数量为负数（“本年增/减”除外）。",
    formula="count >= 0",
    basis="the form",
    fires="处理决定数量 -3",
    silent="本年增/减 -3",
)  # fmt: skip
def negative_count(context: Context) -> Iterator[Draft]:
    if not [value for value in context.values if value and value < 0]:
        return
    for path, value in zip(context.cells, context.values, strict=True):
        if value is not None and value < 0 and not is_amount(path) and not is_signed(path):
            name = full_label(path)
            yield Found(f"{name} is negative: {value}", f"“{name}”为负数：{value}", (path,))


@rule(
    "T107", "fractional-count", "非整数", W,
    meaning="A count is not a whole number, or is not a number.",
    meaning_zh="数量不是整数，或不是数字。",
    formula="count is a whole number",
    basis="the form",
    fires="现行有效件数 12.5, or 若干",
    silent="现行有效件数 12",
)  # fmt: skip
def fractional_count(context: Context) -> Iterator[Draft]:
    for path in context.uncounted:
        cell = context.cells[path]
        if cell.value is None:
            printed = cell.raw.strip()[:40] if cell.raw and cell.state in _IN_OTHER_WORDS else ""
            if printed and not is_amount(path):
                name = full_label(path)
                yield Found(f"{name} is not a number: {printed}", f"“{name}”不是数字：{printed}", (path,))
        elif isinstance(cell.value, Decimal) and cell.value != cell.value.to_integral_value() and not is_amount(path):
            name = full_label(path)
            yield Found(f"{name} is not a whole number: {cell.value}", f"“{name}”不是整数：{cell.value}", (path,))


@rule(
    "T108", "amount-precision", "金额精度", E,
    meaning="An amount is negative, or has more than the four decimals the form asks for.",
    meaning_zh="金额为负数，或小数超过四位。",
    formula="amount >= 0, with at most 4 decimals",
    basis="the form (保留4位小数)",
    fires="0.09213 万元",
    silent="59237.2449 万元",
    grades="error if negative, warning if too precise",
)  # fmt: skip
def amount_precision(context: Context) -> Iterator[Draft]:
    for path in context.shape.amounts:
        cell = context.cells[path]
        if cell.value is None:
            continue
        if cell.value < 0:
            name = full_label(path)
            yield Found(f"{name} is negative: {cell.value}", f"“{name}”为负数：{cell.value}", (path,), key="sign")
        exponent = cell.value.as_tuple().exponent if isinstance(cell.value, Decimal) else 0
        # An amount printed in yuan gets its decimals by conversion: they are not the report's.
        in_yuan = "元" in cell.raw and "万元" not in cell.raw
        if isinstance(exponent, int) and exponent < -4 and not in_yuan:
            name = full_label(path)
            yield Found(
                f"{name} has {-exponent} decimals, the form asks for at most 4: {cell.value:f}",
                f"“{name}”保留了{-exponent}位小数，应不超过4位：{cell.value:f}",
                (path,), severity=W, key="decimals",
            )  # fmt: skip


@rule(
    "T109", "stock-floor", "现行有效件数下限", E,
    meaning="Form 2021: documents in force are at least those issued less those repealed during the year.",
    meaning_zh="2021年格式：现行有效件数不应少于本年制发件数减本年废止件数。",
    formula="in_force >= issued - repealed",
    basis="in_force is a stock; last year's was not below 0",
    fires="issued 20, repealed 2, in force 5",
    silent="issued 20, repealed 2, in force 18",
)  # fmt: skip
@formulas
def stock_floor(shape: TableShape) -> Iterator[Formula]:
    for row in shape.rows_with("issued", "repealed", "in_force"):
        yield Formula(
            [f"{row}.in_force"], at_least, [f"{row}.issued"], less=[f"{row}.repealed"],
            words=says(
                "{name}: {left} in force, but {right} were issued less repealed this year",
                "“{name}”现行有效 {left} 件，少于本年制发减废止的件数 {right}",
                name=full_label(row),
            ),
        )  # fmt: skip


@rule(
    "T110", "publication-floor", "公开数量关系", W,
    meaning="Form 2019: no more documents are published than produced, and no more than are in public altogether.",
    meaning_zh="2019年格式：本年新公开数量不应多于本年新制作数量，也不应多于对外公开总数量。",
    formula="published <= produced and published <= in_public",
    basis="inferred from the columns' meaning",
    fires="produced 28, published 30",
    silent="produced 30, published 28, in public 570",
)  # fmt: skip
@formulas
def publication_floor(shape: TableShape) -> Iterator[Formula]:
    for row in shape.rows_with("produced", "published", "in_public"):
        for other in ("produced", "in_public"):
            yield Formula(
                [f"{row}.published"], at_most, [f"{row}.{other}"],
                says(
                    "{name}: {left} newly published, but {other_name} is {right}",
                    "“{name}”本年新公开数量 {left} 多于{other_name} {right}",
                    name=full_label(row), other_name=label(other),
                ),
            )  # fmt: skip


@rule(
    "T111", "item-floor", "项目数量下限", W,
    meaning="Form 2019: last year's number of items and this year's change do not come to less than nothing.",
    meaning_zh="2019年格式：上一年项目数量加本年增/减不应为负。",
    formula="previous_items + change >= 0",
    basis="inferred from the columns' meaning",
    fires="上一年项目数量 2, 本年增/减 -5",
    silent="上一年项目数量 95, 本年增/减 -3",
)  # fmt: skip
@formulas
def item_floor(shape: TableShape) -> Iterator[Formula]:
    for row in shape.rows_with("previous_items", "change"):
        yield Formula(
            [f"{row}.previous_items", f"{row}.change"], at_least, [],
            says(
                "{name}: the items come to less than nothing, {left}",
                "“{name}”上一年项目数量与本年增/减之和为负：{left}",
                name=full_label(row),
            ),
        )  # fmt: skip


@rule(
    "T112", "blank-cell", "空白单元格", W,
    meaning="Cells are left blank; a blank says nothing, not zero.",
    meaning_zh="单元格留空；留空不等于零。",
    formula="every cell holds a number",
    basis="practice",
    fires="the row 规章 is empty",
    silent="the row 规章 holds 0 0 0",
    grades="error if a whole table is blank",
)  # fmt: skip
def blank_cell(context: Context) -> Iterator[Draft]:
    for table, blank in _by_table(context, CellState.BLANK):
        paths, name = context.shape.tables[table], TABLES[table]
        if len(blank) == len(paths):
            yield Found(f"table {name} is wholly blank", f"“{name}”全表空白", blank, severity=E, key=table)
        else:
            yield Found(
                f"{len(blank)} of {len(paths)} cells of table {name} are blank: {_some(blank)}",
                f"“{name}”表{len(paths)}个单元格中有{len(blank)}个空白：{_some(blank)}",
                blank, key=table,
            )  # fmt: skip


@rule(
    "T113", "placeholder-cell", "占位符", W,
    meaning="Cells hold a placeholder (/, -, —, 无, 不适用, 空) where the form asks for a number.",
    meaning_zh="单元格填写“/”“-”“—”“无”“不适用”“空”等占位符，而非数字。",
    formula="every cell holds a number",
    basis="practice",
    fires="the row 规章 holds / / /",
    silent="the row 规章 holds 0 0 0",
)  # fmt: skip
def placeholder_cell(context: Context) -> Iterator[Draft]:
    for table, held in _by_table(context, CellState.PLACEHOLDER):
        name = TABLES[table]
        marks = " ".join(dict.fromkeys(context.cells[path].raw.strip() for path in held))
        yield Found(
            f"{len(held)} cells of table {name} hold a placeholder ({marks}): {_some(held)}",
            f"“{name}”表有{len(held)}个单元格填写占位符（{marks}）：{_some(held)}",
            held, key=table,
        )  # fmt: skip


@rule(
    "T114", "regulations-without-power", "无权制定规章", W,
    meaning="A town, street, county or district, or a department of one, reports 规章, which it has no power to make.",
    meaning_zh="乡镇、街道、县（市辖区）及其部门无规章制定权，却填报了规章数量。",
    formula="regulations = 0 for bodies below prefecture level",
    basis="Legislation Law: ministries, provinces and prefecture-level cities make 规章",
    fires="梁园区教育体育局 reports 规章 1",
    silent="商丘市人民政府 reports 规章 1; 梁园区教育体育局 reports 0",
)  # fmt: skip
def regulations_without_power(context: Context) -> Iterator[Draft]:
    if not context.body.below_prefecture:
        return
    stated = tuple(
        path for path in context.shape.regulations if (value := context.cells[path].value) is not None and value > 0
    )
    if stated:
        agency = context.report.agency
        numbers = ", ".join(f"{label(path)} {context.cells[path].value}" for path in stated)
        yield Found(
            f"{agency} has no power to make 规章, but reports {numbers}",
            f"{agency}无规章制定权，却填报规章：{numbers}",
            stated, key="regulations",
        )  # fmt: skip


@rule(
    "T115", "derivable-total", "可推算的总计", I,
    meaning="A total is blank while all its parts are there; says what it would be.",
    meaning_zh="总计留空而各分项齐全；给出可推算的数值。",
    formula="total = sum of its parts",
    basis="practice",
    fires="six applicant columns filled, 总计 blank",
    silent="总计 filled, or a part blank as well",
)  # fmt: skip
def derivable_total(context: Context) -> Iterator[Draft]:
    unfilled = {*context.unprinted.get(CellState.BLANK, ()), *context.unprinted.get(CellState.PLACEHOLDER, ())}
    for group in (*context.shape.applicant_rows, *context.shape.appeals) if unfilled else ():
        if group.total not in unfilled or context.cells[group.total].value is not None:
            continue
        parts = Side(context.terms(group.parts))
        troubles = [trouble for term in parts.terms if (trouble := context.trouble(term))]
        name = full_label(group.total)
        if parts.value is None:
            continue
        if troubles:
            yield Unclear(troubles[0][0], troubles[0][1], (group.total, *group.parts))
        else:
            yield Found(
                f"{name} states no number; its parts come to {parts}",
                f"“{name}”未填数值；各分项相加为 {parts}",
                (group.total, *group.parts), left=parts, right=Side((context.term(group.total),)),
            )  # fmt: skip


def _by_table(context: Context, state: CellState) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The cells in that state, by their tables; tables without any are left out."""
    found = frozenset(context.unprinted.get(state, ()))
    if found:
        for table, paths in context.shape.tables.items():
            if held := tuple(path for path in paths if path in found):
                yield table, held


def _some(paths: tuple[str, ...]) -> str:
    shown = "、".join(full_label(path) for path in paths[:3])
    return shown if len(paths) <= 3 else f"{shown}…"
