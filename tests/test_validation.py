"""What ``validate`` promises about its result: three outcomes, filters, grades, ids, doubt said aloud."""

from __future__ import annotations

import datetime
import json
import pickle
import subprocess
import sys

import attrs
import pytest

import govdisclosure as gd
from govdisclosure import Severity
from tests.support.report_factory import make_report

BROKEN = {"requests.received.total": 24}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_consistent_report(form: str) -> None:
    result = gd.validate(make_report(form))
    assert result.ok and result.findings == () and result.not_assessable == ()
    assert set(result.skipped) == {code for code, rule in gd.RULES.items() if rule.needs}


def test_both_sides_of_the_sum() -> None:
    result = gd.validate(make_report(cells=BROKEN), select="T101")
    (finding,) = result
    assert not result.ok
    assert finding.left is not None and finding.right is not None
    assert (finding.left.value, finding.right.value) == (25, 24)
    assert [(term.path, term.value) for term in finding.left.terms] == [
        ("requests.received.total", 24),
        ("requests.carried_in.total", 1),
    ]
    assert finding.message == (
        "总计 column does not balance: 24 + 1 received and carried in, 22 + 2 concluded and carried over "
        f"(line {', '.join(str(span.line) for span in finding.spans)})"
    )
    assert finding.text("zh").startswith("“总计”列勾稽关系不成立")


def test_finding_quotes_its_sentence() -> None:
    texts = {"overview": "（二）依申请公开。渠道畅通。全年共收到政府信息公开申请25件，均已登记。"}
    (finding,) = gd.validate(make_report(texts=texts), select="N401").findings
    assert finding.quote == "全年共收到政府信息公开申请25件，均已登记"
    assert finding.paths == ("requests.received.total", "requests.carried_in.total")


def test_doubtful_cell_is_said_to_be() -> None:
    report = make_report(cells={"proactive.licensing.decisions": -3}, doubts={"proactive.licensing.decisions": "L207"})
    (finding,) = gd.validate(report, select="T106").findings
    assert finding.doubtful == ("proactive.licensing.decisions",)
    assert "doubtful (L207)" in finding.message and "存疑（L207）" in finding.message_zh


def test_doubtful_sum_tells_what_was_read() -> None:
    report = make_report(cells=BROKEN, doubts={"requests.received.total": "L201"})
    result = gd.validate(report, select="T101")
    assert result.findings == () and result.ok
    (entry,) = result.not_assessable
    assert entry.reason.startswith("requests.received.total is doubtful (L201); as read: 总计 column does not balance")


def test_select_and_ignore() -> None:
    report = make_report(cells={**BROKEN, "proactive.regulations.issued": "blank"})
    codes = [finding.code for finding in gd.validate(report).findings]
    assert codes == ["T101", "T103", "T112", "N401"]
    assert [f.code for f in gd.validate(report, select=["T10"]).findings] == ["T101", "T103"]
    assert [f.code for f in gd.validate(report, select="T", ignore="T10").findings] == ["T112"]
    assert [f.code for f in gd.validate(report).filter(select="T11").findings] == ["T112"]
    assert [f.code for f in gd.validate(report).filter(severity="error").findings] == ["T101", "T103"]
    assert gd.validate(report, select="P").findings == ()


def test_unknown_code() -> None:
    with pytest.raises(ValueError, match="Q9"):
        gd.validate(make_report(), select="Q9")
    with pytest.raises(ValueError, match="T999"):
        gd.validate(make_report(), ignore=["T999"])


def test_no_report() -> None:
    with pytest.raises(TypeError, match="parse"):
        gd.validate("一、总体情况")  # type: ignore[arg-type]


def test_published_is_a_date() -> None:
    with pytest.raises(TypeError, match="takes a datetime"):
        gd.validate(make_report(), published="2022-02-15")  # type: ignore[arg-type]


def test_lost_heading_is_said_to_be() -> None:
    missed = gd.Diagnostic("L302", Severity.WARNING, "no heading")
    report = attrs.evolve(make_report(absent=("problems",)), diagnostics=(missed,))
    (finding,) = gd.validate(report, select="F503").findings
    assert "may be lost in extraction" in finding.message


def test_regrade() -> None:
    result = gd.validate(make_report(cells=BROKEN), select="T").regrade({"T": "info", "T103": Severity.WARNING})
    assert [(f.code, f.severity) for f in result.findings] == [("T101", Severity.INFO), ("T103", Severity.WARNING)]
    assert result.ok


def test_ids_stay_while_numbers_change() -> None:
    first = gd.validate(make_report(cells=BROKEN))
    second = gd.validate(make_report(cells={"requests.received.total": 30}))
    assert [f.id for f in first.findings] == [f.id for f in second.findings]
    assert [f.message for f in first.findings] != [f.message for f in second.findings]


def test_ids_tell_findings_apart() -> None:
    sentence = "收到政府信息公开申请25件。"
    texts = {"overview": f"（二）依申请公开。{sentence}{sentence}"}
    report = make_report(texts=texts, cells={"requests.*": 7, "proactive.regulations.*": "/"})
    findings = gd.validate(report).findings
    assert len({finding.id for finding in findings}) == len(findings) > 30


def test_report_from_json_gives_the_same() -> None:
    report = make_report(cells={**BROKEN, "requests.granted.total": "blank"}, doubts={"reconsideration.total": "L201"})
    again = gd.Report.from_dict(json.loads(json.dumps(report.to_dict())))
    assert gd.validate(again) == gd.validate(report)


def test_no_parser_is_needed() -> None:
    """A report loaded from JSON is validated where lark is not installed."""
    saved = json.dumps(make_report(cells=BROKEN).to_dict())
    program = (
        "import json, sys; sys.modules['lark'] = None\n"
        "import govdisclosure as gd\n"
        "report = gd.Report.from_dict(json.loads(sys.stdin.read()))\n"
        "print(*(finding.code for finding in gd.validate(report)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=saved, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["T101", "T103", "N401"], done.stderr


def test_result_is_data() -> None:
    result = gd.validate(make_report(cells=BROKEN), make_report(year=2020))
    assert pickle.loads(pickle.dumps(result)) == result
    written = json.loads(json.dumps(result.to_dict(), ensure_ascii=False))
    assert written["ok"] is False
    assert written["findings"][0]["left"]["value"] == 25
    assert hash(result.findings[0]) == hash(gd.validate(make_report(cells=BROKEN)).findings[0])


def test_a_finding_written_down() -> None:
    """Names of the written form are read by other programs: each is stated here once."""
    report = make_report(
        cells={"proactive.licensing.decisions": "decimal 1.5", "requests.granted.total": "blank"},
        doubts={"proactive.licensing.decisions": "L207"},
    )
    result = gd.validate(report, select=["T102", "T107"])
    written = json.loads(json.dumps(result.to_dict()))
    (finding,), (entry,) = result.findings, result.not_assessable
    (span,) = finding.spans
    assert written == {
        "ok": True,
        "findings": [
            {
                "id": finding.id,
                "code": "T107",
                "name": "fractional-count",
                "severity": "warning",
                "message": finding.message,
                "message_zh": finding.message_zh,
                "paths": ["proactive.licensing.decisions"],
                "left": None,
                "right": None,
                "quote": "",
                "spans": [{"text": span.text, "line": span.line, "column": 1}],
                "doubtful": ["proactive.licensing.decisions"],
            }
        ],
        "not_assessable": [
            {
                "code": "T102",
                "name": "outcome-sum",
                "reason": entry.reason,
                "reason_zh": entry.reason_zh,
                "paths": list(entry.paths),
            }
        ],
        "skipped": [],
    }


def test_sums_written_down() -> None:
    sums = gd.validate(make_report(cells=BROKEN), make_report(year=2020), select="T101")
    left = json.loads(json.dumps(sums.to_dict()))["findings"][0]["left"]
    assert left["terms"][1] == {"path": "requests.carried_in.total", "value": 1, "sign": 1, "of": ""}


def test_published_may_carry_a_time() -> None:
    moment = datetime.datetime(2022, 2, 15, 9, 30)
    assert [f.code for f in gd.validate(make_report(), published=moment).findings] == ["F501"]


def test_thresholds_can_be_set() -> None:
    before = make_report(year=2020)
    lenient = gd.Thresholds(repeated_prose=1.0, identical_prose=1.01)
    assert [f.severity for f in gd.validate(make_report(), before, select="Y306").findings] == ["error", "error"]
    assert gd.validate(make_report(), before, select="Y306", thresholds=lenient).findings == ()


def test_year_apart_is_not_compared() -> None:
    result = gd.validate(make_report(), make_report(year=2019), select=["Y301", "Y302", "Y304", "Y305"])
    assert result.findings == ()
    assert [entry.code for entry in result.not_assessable] == ["Y301", "Y302", "Y304", "Y305"]


def test_invented_form() -> None:
    """A form that no rule knows: the sums that its paths show are checked, the rest stays silent."""
    paths = ("requests.received.a", "requests.received.total", "requests.granted.a", "requests.granted.total",
             "requests.concluded.a", "requests.concluded.total", "arbitration.won", "arbitration.total")  # fmt: skip
    report = gd.Report(
        title="甲局2027年政府信息公开工作年度报告",
        agency="甲局",
        year=2027,
        form="2027",
        sections=tuple(gd.Section(f"part_{n}", "部分", "文字。") for n in range(3)),
        table_cells=tuple((path, gd.Cell(2 if path == "requests.granted.a" else 1, "1")) for path in paths),
    )
    found = gd.validate(report)
    assert [f.code for f in found.findings if f.code.startswith("T")] == ["T102", "T103"]
