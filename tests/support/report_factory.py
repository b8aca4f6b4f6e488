"""Reports built by hand: a consistent one for either form, and copies of it that differ where a test says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from govdisclosure import Cell, CellState, Diagnostic, ExtraRow, Form, Report, Section, Severity, Span
from govdisclosure.tables import Tables2019, Tables2021

AGENCY = "临河市青石区教育局"

TITLES = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "appeals": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}

TEXTS = {
    "overview": (
        "（一）主动公开。全年围绕招生、校园安全和教师招聘发布消息，家长关心的入学办法提前一个月上网。\n"
        "（二）依申请公开。{year}年共收到政府信息公开申请23件，办结22件，上年结转1件，结转下年度继续办理2件。\n"
        "（三）政府信息管理。拟文时同步确定公开属性，逐件登记台账，每季度核对一次目录。\n"
        "（四）平台建设。合并两个访问量很少的栏目，网站检索支持按学校名称筛选。\n"
        "（五）监督保障。把公开工作写入年度考核，请家长代表评议两次，没有需要追究责任的情形。"
    ),
    "problems": (
        "主要问题是部分学校报送材料较晚，表格口径不够统一，个别栏目更新后没有注明来源。\n"
        "下一步将给各学校发放统一样表，按月提醒报送，并安排专人核对口径，年底向家长公布整改结果。"
    ),
    "other_matters": "本年度收取信息处理费3940元。",
}

_APPLICANTS = {
    "received": {"natural_person": 20, "commercial_enterprise": 3, "total": 23},
    "carried_in": {"natural_person": 1, "total": 1},
    "granted": {"natural_person": 12, "commercial_enterprise": 3, "total": 15},
    "refused.process_information": {"natural_person": 1, "total": 1},
    "unavailable.not_held": {"natural_person": 6, "total": 6},
    "concluded": {"natural_person": 19, "commercial_enterprise": 3, "total": 22},
    "carried_over": {"natural_person": 2, "total": 2},
}
_APPEALS = {
    "reconsideration": {"upheld": 2, "corrected": 1, "pending": 1, "total": 4},
    "litigation.direct": {"upheld": 1, "total": 1},
    "litigation.after_reconsideration": {"upheld": 2, "pending": 1, "total": 3},
}
_PROACTIVE: dict[str, dict[str, dict[str, Any]]] = {
    "2021": {
        "normative_documents": {"issued": 6, "repealed": 2, "in_force": 40},
        "licensing": {"decisions": 120},
        "penalties": {"decisions": 80},
        "coercive_measures": {"decisions": 3},
        "fees": {"amount": Decimal("0.394")},
    },
    "2019": {
        "normative_documents": {"produced": 6, "published": 5, "in_public": 40},
        "licensing": {"previous_items": 30, "change": -3, "decisions": 120},
        "penalties": {"previous_items": 12, "change": 1, "decisions": 80},
        "coercive_measures": {"previous_items": 4, "change": 0, "decisions": 3},
        "fees": {"previous_items": 2, "change": 0},
        "procurement": {"items": 7, "amount": Decimal("81.5")},
    },
}


def paths_of(form: str) -> tuple[str, ...]:
    """All cell paths of a form, in its order."""
    return tuple(_walk(Tables2021 if form == "2021" else Tables2019, ""))


def _walk(cls: type, prefix: str) -> Iterator[str]:
    attrs.resolve_types(cls)
    for field in attrs.fields(cls):
        if isinstance(field.type, type) and attrs.has(field.type):
            yield from _walk(field.type, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}"


def consistent_values(form: str) -> dict[str, Any]:
    """Values that no arithmetic rule objects to."""
    values: dict[str, Any] = dict.fromkeys(paths_of(form), 0)
    for table, rows in (("requests.", _APPLICANTS), ("", _APPEALS), ("proactive.", _PROACTIVE[form])):
        for row, cells in rows.items():
            for column, value in cells.items():
                assert f"{table}{row}.{column}" in values
                values[f"{table}{row}.{column}"] = value
    return values


def make_report(
    form: str = "2021",
    year: int | None = None,
    agency: str | None = AGENCY,
    cells: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    absent: tuple[str, ...] = (),
    doubts: Mapping[str, str] | None = None,
    extra_rows: tuple[str, ...] = (),
    title: str | None = None,
    number_lines: bool = True,
) -> Report:
    """A report that no rule objects to, but for what is given.

    ``cells`` maps paths to a value, or to ``blank``, ``lost``, ``decimal 0.5 as 5000元`` (a value and its print) or any other text,
    which becomes a placeholder's raw text; a path that ends in ``.*`` stands for all cells below it. ``values`` replaces all cells. ``doubts`` maps
    paths to the code of a warning that names them.
    """
    year = year if year is not None else (2021 if form == "2021" else 2020)
    raw = dict(values) if values is not None else consistent_values(form)
    for key, value in (cells or {}).items():
        paths = [path for path in raw if path.startswith(key[:-1])] if key.endswith("*") else [key]
        assert paths and all(path in raw for path in paths), key
        raw.update(dict.fromkeys(paths, value))
    written = {**{name: text.replace("{year}", str(year)) for name, text in TEXTS.items()}, **(texts or {})}
    headed = {**TITLES, **(titles or {})}
    return Report(
        title=title if title is not None else f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        form=Form(form),
        sections=tuple(
            Section(name)
            if name in absent
            else Section(name, headed[name], written.get(name, ""), Span(headed[name], line=number, column=1))
            for number, name in enumerate(TITLES, 1)
        ),
        table_cells=tuple(
            (path, _cell(value, line if number_lines else None)) for line, (path, value) in enumerate(raw.items(), 10)
        ),
        extra_rows=tuple(ExtraRow(label, ("186", "86", "255")) for label in extra_rows),
        diagnostics=tuple(
            Diagnostic(code, Severity.WARNING, "doubt", (path,)) for path, code in (doubts or {}).items()
        ),
    )


def _cell(value: Any, line: int | None) -> Cell:
    if isinstance(value, Cell):
        return value
    span = Span(str(value), line=line, column=1) if line is not None else None
    if value == "blank":
        return Cell(None, "", CellState.BLANK, span)
    if value == "lost":
        return Cell(None, "", CellState.LOST)
    if isinstance(value, str) and value.startswith("unread "):
        return Cell(None, value.removeprefix("unread "), CellState.PRESENT, span)
    if isinstance(value, str) and value.startswith("decimal "):
        number, _, printed = value.removeprefix("decimal ").partition(" as ")
        return Cell(Decimal(number), printed or number, CellState.PRESENT, span)
    if isinstance(value, str):
        return Cell(None, value, CellState.PLACEHOLDER, span)
    return Cell(value, str(value), CellState.PRESENT, span)
