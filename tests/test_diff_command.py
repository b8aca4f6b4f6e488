"""``govdisclosure diff`` on a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")

from click.testing import CliRunner, Result
from test_diff import EXAMPLES, example
from test_diff_page import hostile_report

from govdisclosure import diff
from govdisclosure._cli_diff import diff_command

OLD, NEW = str(EXAMPLES / "qinglan_2022.json"), str(EXAMPLES / "qinglan_2023.json")


def run(*arguments: str, width: int = 120, **options: str) -> Result:
    return CliRunner().invoke(diff_command, arguments, env={"COLUMNS": str(width)}, **options)  # type: ignore[arg-type]


def test_changed_cells_stand_side_by_side() -> None:
    result = run(OLD, NEW)
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "▲ 行政规范性文件 本年制发件数 50 61 +11, +22.0 %" in lines
    assert "▲ 现行有效件数 420 422 +2; 420 + 61 - 59 = 422: holds" in lines
    assert "+ 行政强制 本年处理决定数量 / 1185 appeared" in lines
    assert "- 本年度收取政府信息公开信息处理费3940元。" in lines
    assert "+ 本年度未收取政府信息公开信息处理费。" in lines
    assert "↕ moved （五）监督保障。" in lines
    assert any(line.startswith("does not hold") and "103 carried over, 77 carried in" in line for line in lines)
    assert any(line.startswith("▲?") and "5 (inferred)" in line for line in lines)


def test_every_changed_cell_is_listed() -> None:
    output = run(OLD, NEW, width=200).output
    rows = [line for line in output.splitlines() if line[:3].strip(" ?") in {"▲", "▼", "+", "×", "○", "≈"}]
    cells = diff(example(2022), example(2023)).cells
    assert len([row for row in rows if not row.startswith(("+ ", "- "))]) == len(cells)


def test_in_a_pipe_a_line_stays_a_line() -> None:
    result = CliRunner().invoke(diff_command, (OLD, NEW), env={"COLUMNS": ""})
    long = next(line for line in result.output.splitlines() if "逾期不补正" in line)
    assert "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请" in long
    assert max(map(len, result.output.splitlines())) < 300


def test_no_difference() -> None:
    result = run(OLD, OLD)
    assert (result.exit_code, result.output.splitlines()[1]) == (0, "no differences")


def test_other_forms() -> None:
    result = run(str(EXAMPLES / "qinglan_2020.json"), str(EXAMPLES / "qinglan_2021.json"), width=200)
    assert "one row in the form of 2019, three rows by reason in the form of 2021" in result.output


def test_json() -> None:
    result = run(OLD, NEW, "--json")
    assert json.loads(result.output) == json.loads(json.dumps(diff(example(2022), example(2023)).to_dict()))


def test_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run(OLD, NEW, "--html", str(page))
    assert (result.exit_code, result.output) == (1, "")
    assert page.read_text(encoding="utf-8") == diff(example(2022), example(2023)).to_html()


def test_standard_input() -> None:
    result = run("-", OLD, input=Path(OLD).read_text(encoding="utf-8"))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [("{}", "schema"), ("[1", "Expecting"), (None, "No such file")],
    ids=["no report", "no JSON", "no file"],
)
def test_what_can_not_be_read(content: str | None, said: str, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = run(OLD, str(file))
    assert result.exit_code == 2
    assert said in result.output
    assert "report.json" in result.output


def test_a_report_can_not_steer_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(hostile_report().to_dict()), encoding="utf-8")
    output = run(OLD, str(file)).output
    assert "<script>" in output
    assert "\x1b" not in output
    assert "\u202e" not in output
