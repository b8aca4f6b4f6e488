"""The view of a report at several widths: nothing cut, nothing broken, each kind of cell told apart."""

from __future__ import annotations

import io
from decimal import Decimal

import attrs
import pytest
from rich.cells import cell_len

from govdisclosure import Cell, CellState, Diagnostic, ExtraRow, Form, Report, Section, Severity, Span
from govdisclosure._cli_console import PlainConsole
from govdisclosure._cli_explain import explain_report
from govdisclosure._cli_view import show_report
from govdisclosure._grammar import definitions

WIDTHS = (80, 120, 1_000_000)
REFUSED = "requests.refused.third_party_rights"
PROSE = "某某局全年公开信息三百条。" * 20


def make_report(form: Form, changes: dict[str, Cell] | None = None, *diagnostics: Diagnostic) -> Report:
    """A report whose cells count up from 1001, so that each number stands in the view once."""
    (definition,) = (d for d in definitions() if d.code == form)
    cells = {path: Cell(1001 + i, str(1001 + i)) for i, path in enumerate(definition.cell_paths)}
    return Report(
        title="某某局2023年政府信息公开工作年度报告",
        agency="某某局",
        year=2023,
        form=form,
        sections=tuple(
            Section(s.name, s.title.official, "" if s.is_table else f"{PROSE}\n第二段。", Span("一、", 3, 1))
            for s in definition.sections
        ),
        table_cells=tuple((cells | (changes or {})).items()),
        diagnostics=diagnostics,
    )


def view(report: Report, width: int = 120) -> str:
    stream = io.StringIO()
    show_report(PlainConsole(stream, width), "report.txt", report)
    return stream.getvalue()


def table_rows(shown: str, label: str) -> list[list[str]]:
    """The drawn cells of the rows that begin with ``label``."""
    rows = [line.strip("│").split("│") for line in shown.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in row[1:]] for row in rows if row[0].strip().startswith(label)]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_value_is_shown_once_and_fits(form: Form, width: int) -> None:
    report = make_report(form)
    shown = view(report, width)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    for value in report.cells().values():
        assert shown.count(str(value)) == 1


@pytest.mark.parametrize("width", (80, 120))
def test_numbers_of_eight_digits_are_not_broken(width: int) -> None:
    large = {"requests.received.total": Cell(11398889), "proactive.licensing.decisions": Cell(98765432)}
    shown = view(make_report(Form.F2021, large), width)
    assert "11398889" in shown
    assert "98765432" in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_the_kinds_of_cell_are_told_apart() -> None:
    cells = {
        f"{REFUSED}.natural_person": Cell(0, "0"),
        f"{REFUSED}.commercial_enterprise": Cell(None, "", CellState.BLANK),
        f"{REFUSED}.research_institution": Cell(None, "/", CellState.PLACEHOLDER),
        f"{REFUSED}.public_interest_organization": Cell(None, "", CellState.LOST),
        f"{REFUSED}.legal_service_organization": Cell(5, "", CellState.INFERRED),
        f"{REFUSED}.other_organization": Cell(7, "7"),
        f"{REFUSED}.total": Cell(22, "22（其中2件）"),
    }
    doubted = tuple(f"{REFUSED}.{name}" for name in ("public_interest_organization", "other_organization"))
    inferred = (f"{REFUSED}.legal_service_organization",)
    report = make_report(
        Form.F2021,
        cells,
        Diagnostic("L201", Severity.WARNING, "six values for seven columns", doubted, Span("4.保护", 41, 1)),
        Diagnostic("L205", Severity.WARNING, "12 = 7 + 5", inferred),
        Diagnostic("L101", Severity.INFO, "joined"),
    )
    shown = view(report)
    assert table_rows(shown, "4.保护第三方合法权益") == [["0", "", "/", "?", "≈5", "7!", "22（其中2件）"]]
    assert "warning L201 line 41, column 1: six values for seven columns (2 cells)" in shown
    assert "200 cells: 196 with a value, 1 blank, 1 with a placeholder, 1 inferred, 1 lost; 3 doubtful" in shown
    assert "warning L205: 12 = 7 + 5 (1 cell)" in shown
    assert "2 doubts and 1 certain repair" in shown


def test_a_sign_that_is_not_used_is_not_explained() -> None:
    assert "inferred" not in view(make_report(Form.F2021))


def test_the_official_order_and_labels() -> None:
    shown = view(make_report(Form.F2021), 160)
    labels = [line.strip("│ ").split("│")[0].strip() for line in shown.splitlines() if line.startswith("│")]
    assert labels[:3] == ["第二十条第（一）项", "规章", "行政规范性文件"]
    requests = labels[labels.index("一、本年新收政府信息公开申请数量") :]
    assert requests[:6] == [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "（一）予以公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "（三）不予公开",
    ]
    assert len(table_rows(shown, "（七）总计")[0]) == 7


def test_the_form_of_2019_has_its_own_columns() -> None:
    shown = view(make_report(Form.F2019), 160)
    assert "上一年项目数量" in shown
    assert "本年制发件数" not in shown
    assert table_rows(shown, "行政事业性收费") == [["1019", "1020"]]


def test_amounts_keep_their_decimals() -> None:
    path = "proactive.fees.amount"
    assert table_rows(view(make_report(Form.F2021, {path: Cell(Decimal("0.1000"), "0.1000")})), "行政事业性收费") == [
        ["0.1000"]
    ]


def test_prose_is_summed_up_on_a_terminal_and_whole_elsewhere() -> None:
    narrow, wide = view(make_report(Form.F2021), 80), view(make_report(Form.F2021), 1_000_000)
    assert f"一、总体情况  {len(PROSE) + 5} characters" in narrow
    assert PROSE not in narrow.replace("\n", "")
    assert PROSE in wide
    assert "第二段" not in wide


def test_what_was_not_found_is_said() -> None:
    report = attrs.evolve(make_report(Form.F2021), title=None, agency=None, year=None, sections=(Section("problems"),))
    shown = view(report)
    assert "(no title found)" in shown
    assert "五、存在的主要问题及改进情况  not in the document" in shown
    assert table_rows(shown, "（七）总计")


def test_rows_the_form_lacks_are_shown() -> None:
    row = ExtraRow("其他主动公开文件", ("186", "86", "255"), "proactive.normative_documents", Span("", 20, 1))
    shown = view(attrs.evolve(make_report(Form.F2019), extra_rows=(row,)))
    assert "其他主动公开文件: 186 | 86 | 255  (line 20, column 1)" in shown


def explanation(report: Report, lines: tuple[str, ...] = (), width: int = 120) -> str:
    stream = io.StringIO()
    explain_report(PlainConsole(stream, width), "report.txt", report, lines)
    return stream.getvalue()


def test_explain_shows_lines_result_and_reason() -> None:
    paths = tuple(f"{REFUSED}.{name}" for name in ("natural_person", "commercial_enterprise"))
    diagnostic = Diagnostic("L101", Severity.INFO, "two lines make one label", paths, Span("4.保护", 3, 1, end_line=4))
    lines = ("表头", "上一行", "4.保护第三方", "\t合法权益\t1", "下一行", "再下一行")
    shown = explanation(make_report(Form.F2021, {}, diagnostic), lines).splitlines()
    assert shown[2] == "1. info L101 wrapped-label  line 3, column 1"
    source = [line.strip() for line in shown[4:8]]
    assert source == ["2 │ 上一行", "> 3 │ 4.保护第三方", "> 4 │ →合法权益→1", "5 │ 下一行"]
    assert "     三、本年度办理结果 / （三）不予公开 / 4.保护第三方合法权益: 自然人 1060, 商业企业 1061" in shown
    assert "     two lines make one label" in shown


def test_explain_says_what_to_do_about_a_doubt() -> None:
    place = Span("（五）", table=2, row=19, column=1)
    diagnostic = Diagnostic("L210", Severity.WARNING, "the text ends here", (), place)
    shown = explanation(make_report(Form.F2021, {}, diagnostic))
    assert "L210 cut-short  table 2, row 19, column 1" in shown
    assert "（五）" in shown
    assert "Get the whole document." in shown


@pytest.mark.parametrize("width", (40, 80, 120))
def test_explain_fits(width: int) -> None:
    cells = tuple(path for path, _ in make_report(Form.F2021).table_cells)
    diagnostics = (
        Diagnostic("L208", Severity.WARNING, "torn " * 60, cells, Span(PROSE, 1, 1, end_line=50)),
        Diagnostic("L999", Severity.ERROR, PROSE),
    )
    shown = explanation(make_report(Form.F2021, {}, *diagnostics), (PROSE,) * 60, width)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert "… and 38 lines more" in shown


def test_explain_shows_the_lines_of_every_cell_named() -> None:
    paths = (f"{REFUSED}.natural_person", f"{REFUSED}.total")
    cells = {paths[0]: Cell(3, "3", span=Span("3", 5, 1)), paths[1]: Cell(4, "4", span=Span("4", 9, 1))}
    diagnostic = Diagnostic("L201", Severity.WARNING, "short", paths, Span("4.保护", 4, 1))
    lines = ("一", "二", "三", "4.保护", "3", "六", "七", "八", "4")
    shown = explanation(make_report(Form.F2021, cells, diagnostic), lines)
    assert [line.strip()[-1] for line in shown.splitlines() if "│" in line or "⋮" in line] == list("三护3六⋮八4")


def test_explain_does_not_show_a_line_that_is_not_meant() -> None:
    diagnostic = Diagnostic("L105", Severity.INFO, "left out", (), Span("第二段", 2, 1))
    shown = explanation(make_report(Form.F2021, {}, diagnostic), ("<p>第一段</p>", "<p>另一段</p>"))
    assert "另一段" not in shown
    assert "     第二段" in shown


def test_explain_says_so_when_there_is_nothing() -> None:
    assert "nothing was repaired" in explanation(make_report(Form.F2021))


def test_nothing_in_a_report_commands_the_terminal() -> None:
    hostile = "\x1b]0;owned\x07\x9b31m\u202e某局"
    cell = {f"{REFUSED}.total": Cell(None, hostile, CellState.PLACEHOLDER)}
    report = attrs.evolve(make_report(Form.F2021, cell, Diagnostic("L209", Severity.WARNING, hostile)), title=hostile)
    for shown in (view(report), explanation(report)):
        assert "owned" in shown
        assert not set(shown) & set("\x1b\x07\x9b\u202e")


def test_square_brackets_are_no_markup() -> None:
    report = attrs.evolve(make_report(Form.F2021), title="某局[bold]2023年[/bold]报告")
    assert "某局[bold]2023年[/bold]报告" in view(report)


def test_a_diagnostic_may_name_what_is_no_cell() -> None:
    diagnostic = Diagnostic("L302", Severity.WARNING, "no heading", ("overview", f"{REFUSED}.total"))
    report = make_report(Form.F2021, {}, diagnostic)
    assert "no heading (1 cell)" in view(report)
    assert "4.保护第三方合法权益 · 总计: 1066!" in explanation(report)
