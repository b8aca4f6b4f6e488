"""The commands ``validate`` and ``rules``: output, SARIF, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govdisclosure import RULES, Report, Span, validate
from govdisclosure._cli_validate import rules_command, validate_command
from govdisclosure._sarif import sarif_log
from tests.support.report_factory import make_report


def write(path: Path, report: Report) -> Path:
    path.write_text(json.dumps(report.to_dict(), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "sound.json", make_report())


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    cells = {"requests.received.total": 24, "proactive.regulations.issued": "blank"}
    return write(tmp_path / "broken.json", make_report(cells=cells))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(validate_command, [str(argument) for argument in arguments])


def test_sound_report(sound: Path) -> None:
    result = run(sound)
    assert result.exit_code == 0 and "no findings" in result.output


def test_findings_by_severity_with_their_place(broken: Path) -> None:
    result = run(broken)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "Errors (2)"
    assert lines[1].startswith(f"{broken.as_posix()}:26:1: T101 总计 column does not balance: 24 + 1")
    assert "Warnings (2)" in lines
    assert "T109" in lines[-1]  # not assessable for the blank


def test_chinese(broken: Path) -> None:
    result = run(broken, "--lang", "zh")
    assert result.output.startswith("错误 (2)") and "勾稽关系不成立" in result.output


def test_select_ignore_and_grades(broken: Path) -> None:
    assert run(broken, "--select", "T112,N").exit_code == 0
    assert run(broken, "--ignore", "T101", "--ignore", "T103").exit_code == 0
    assert run(broken, "--severity", "T10=warning", "--select", "T").exit_code == 0
    assert run(broken, "--severity", "T112=error", "--select", "T112").exit_code == 1
    assert run(broken, "--select", "Q1").exit_code == 2
    assert run(broken, "--severity", "T112=loud").exit_code == 2


def test_verbose_lists_what_was_not_assessed(broken: Path) -> None:
    assert "proactive.regulations.issued is blank" in run(broken, "-v").output


def test_json(broken: Path) -> None:
    written = json.loads(run(broken, "--json").output)
    assert written["ok"] is False
    assert [finding["code"] for finding in written["reports"][0]["findings"]] == ["T101", "T103", "T112", "N401"]


def test_previous(broken: Path, tmp_path: Path) -> None:
    before = write(tmp_path / "before.json", make_report(year=2020))
    assert "Y301" in run(broken, "--previous", before, "--select", "Y301").output
    assert run(broken, "--published", "2022-03-01", "--select", "F501").exit_code == 1


def test_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "no.json"
    path.write_text("{}", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 2 and "no.json" in result.output


def test_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.json", make_report(year=2021))
    write(tmp_path / "b.json", make_report(year=2022))
    write(tmp_path / "c.json", make_report(year=2022, agency="临河市白水区教育局"))
    (tmp_path / "d.json").write_text("{}", encoding="utf-8")
    result = run(tmp_path, "--select", "Y301", "--select", "Y307", "--json")
    written = json.loads(result.stdout)
    assert [report["previous"] and Path(report["previous"]).name for report in written["reports"]] == [
        None,
        "a.json",
        None,
    ]
    assert [unmatched["agency"] for unmatched in written["unmatched"]] == ["临河市白水区教育局"]
    assert "d.json" in result.stderr
    assert result.exit_code == 1
    assert {finding["code"] for finding in written["reports"][2]["findings"]} == {"Y307"}


def test_sarif(broken: Path) -> None:
    log = json.loads(run(broken, "--sarif").output)
    assert log["version"] == "2.1.0"
    (sarif_run,) = log["runs"]
    rules = sarif_run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    first = sarif_run["results"][0]
    assert first["ruleId"] == "T101" and rules[first["ruleIndex"]]["id"] == "T101"
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 26, "startColumn": 1}
    assert first["partialFingerprints"]["findingId/v1"].startswith("T101-")
    assert {entry["level"] for entry in sarif_run["results"]} == {"error", "warning"}


def test_sarif_without_lines() -> None:
    """A place on a page or in a grid is no line of a file: SARIF gets no region, the cell's path stays."""
    report = make_report(cells={"proactive.licensing.decisions": -1})
    cell = report.cell("proactive.licensing.decisions")
    on_page = report.with_cells({"proactive.licensing.decisions": type(cell)(-1, "-1", cell.state, Span(page=2))})
    log = sarif_log([("a b.pdf", validate(on_page))], RULES, "1", "zh")
    location = log["runs"][0]["results"][0]["locations"][0]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "a%20b.pdf"}}
    assert location["logicalLocations"] == [{"fullyQualifiedName": "proactive.licensing.decisions"}]


def test_rules() -> None:
    listed = CliRunner().invoke(rules_command, ["T1", "Y301"])
    assert listed.exit_code == 0 and "request-balance" in listed.output and "N401" not in listed.output
    written = json.loads(CliRunner().invoke(rules_command, ["--json"]).output)
    assert [rule["code"] for rule in written] == list(RULES)
    assert CliRunner().invoke(rules_command, ["Q"]).exit_code == 2
