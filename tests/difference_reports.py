"""Reports for the tests of ``diff``: built from records alone, and a hypothesis strategy for them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import get_type_hints

import attrs
from hypothesis import strategies as st

from govdisclosure import Cell, CellState, ExtraRow, Form, Report, Section
from govdisclosure._labels import SECTION_TITLES
from govdisclosure.tables import Tables2019, Tables2021


def paths_of(form: str) -> list[str]:
    return list(_paths({"2019": Tables2019, "2021": Tables2021}[form], ""))


def _paths(cls: type, prefix: str) -> list[str]:
    found = []
    for name, hint in get_type_hints(cls).items():
        found += _paths(hint, f"{prefix}{name}.") if attrs.has(hint) else [f"{prefix}{name}"]
    return found


def plain_report(form: str = "2021", year: int = 2022, agency: str = "湖畔市人民政府", value: int | None = 0) -> Report:
    """Every cell holds ``value``; the prose is empty."""
    cell = Cell(None, state=CellState.BLANK) if value is None else Cell(value, raw=str(value))
    return Report(
        title=f"{agency}{year}年政府信息公开工作年度报告",
        agency=agency,
        year=year,
        form=Form(form),
        sections=tuple(Section(name, title) for name, title in SECTION_TITLES.items()),
        table_cells=tuple((path, cell) for path in paths_of(form)),
    )


def with_text(report: Report, **texts: str) -> Report:
    sections = tuple(attrs.evolve(s, text=texts.get(s.name, s.text)) for s in report.sections)
    return attrs.evolve(report, sections=sections)


numbers = st.one_of(st.integers(0, 3), st.integers(-20, 12_000_000), st.decimals(0, 99999, places=4))
cells = st.one_of(
    numbers.map(lambda n: Cell(n, raw=str(n))),
    numbers.map(lambda n: Cell(n, state=CellState.INFERRED)),
    st.just(Cell(None, state=CellState.BLANK)),
    st.sampled_from(["/", "-", "无"]).map(lambda raw: Cell(None, raw=raw, state=CellState.PLACEHOLDER)),
    st.just(Cell(None, state=CellState.LOST)),
    st.integers(1, 60).map(lambda n: Cell(n, raw=f"{n}（其中修订{n // 2}件）")),
)
sentences = st.sampled_from(
    [
        "全年收到政府信息公开申请713件。",
        "全年收到政府信息公开申请749件。",
        "加强平台建设，开展培训4场。",
        "加强政府网站和政务新媒体平台建设；",
        "人手不足！",
        "无。",
        "\n",
        "\u3000\u3000",
        "存在的主要问题是主动公开的意识有待加强",
    ]
)
prose = st.one_of(st.lists(sentences, max_size=12).map("".join), st.text("甲乙丙12。；\n ", max_size=30))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    form = draw(st.sampled_from(["2019", "2021"]))
    report = plain_report(
        form, draw(st.integers(2019, 2025)), draw(st.sampled_from(["湖畔市人民政府", "松河县人民政府"]))
    )
    changed = draw(st.dictionaries(st.sampled_from(paths_of(form)), cells, max_size=12))
    texts = draw(st.fixed_dictionaries(dict.fromkeys(("overview", "requests", "problems"), prose)))
    rows = draw(
        st.sampled_from([(), (ExtraRow("其他主动公开文件", ("186", "86", "255"), "proactive.normative_documents"),)])
    )
    published = draw(st.sampled_from([None, datetime.date(2023, 1, 28), datetime.date(2023, 2, 2)]))
    return attrs.evolve(with_text(report.with_cells(changed), **texts), extra_rows=rows, published=published)


def said(report: Report) -> dict[str, object]:
    """All that a report says, without where it stands in the source and what ``parse`` remarked."""
    return {
        "identity": [getattr(report, f) for f in ("title", "agency", "year", "form", "published", "publisher")],
        "cells": [(path, cell.value, cell.state) for path, cell in report.table_cells],
        "sections": [(s.name, s.title, s.text) for s in report.sections],
        "extra_rows": [(r.label, r.raw, r.after) for r in report.extra_rows],
    }


def amount(text: str) -> Cell:
    return Cell(Decimal(text), raw=text)
