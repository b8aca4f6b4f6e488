"""A form nobody has published: one grammar file, and it is read. No module of the pipeline is touched."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import govdisclosure as gd
from govdisclosure import _grammar

GRAMMAR = """
// An invented form: a table of channels, a shorter table of requests, reading rooms with a column of their own.

CHANNELS: "二、公开渠道情况" | "公开渠道情况"
ITEMS_PUBLISHED: "本年发布条数"
VISITS: "本年访问人次"
SPENDING: "本年经费（单位：万元）"
WEBSITE: "政府门户网站"
GAZETTE: "政府公报"
READING_ROOMS: "公共查阅点"
FORWARDED: "（八）转送其他机关办理"

start: overview channels requests _appeals problems other_matters

channels: CHANNELS CONTENT _count{ITEMS_PUBLISHED} _count{VISITS} _amount{SPENDING} row{WEBSITE} row{GAZETTE} rooms
rooms: READING_ROOMS row{LICENSING} row{PENALTIES}

requests: REQUESTS _applicant_columns row{RECEIVED} row{CARRIED_IN} _results row{CARRIED_OVER}
_results: RESULTS row{GRANTED} refused row{FORWARDED} row{CONCLUDED}
"""

TEXT = """\
青岚县档案馆2027年政府信息公开工作年度报告

一、总体情况

全年开放馆藏目录三批。

二、公开渠道情况

信息内容\t本年发布条数\t本年访问人次\t本年经费（单位：万元）
政府门户网站\t412\t90817\t3.50
政府公报\t12\t \t0.8
公共查阅点\t\t\t
行政许可\t5\t31\t0
行政处罚\t6\t7\t0.25

三、收到和处理政府信息公开申请情况

\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
一、本年新收政府信息公开申请数量\t9\t1\t0\t0\t0\t0\t10
二、上年结转政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1
三、本年度办理结果\t\t\t\t\t\t\t
（一）予以公开\t4\t0\t0\t0\t0\t0\t4
（三）不予公开\t\t\t\t\t\t\t
1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0
2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0
3.危及“三安全一稳定”\t0\t0\t0\t0\t0\t0\t0
4.保护第三方合法权益\t2\t0\t0\t0\t0\t0\t2
5.属于三类内部事务信息\t0\t0\t0\t0\t0\t0\t0
6.属于四类过程性信息\t0\t0\t0\t0\t0\t0\t0
7.属于行政执法案卷\t0\t0\t0\t0\t0\t0\t0
8.属于行政查询事项\t0\t0\t0\t0\t0\t0\t0
（八）转送其他机关办理\t3\t1\t0\t0\t0\t0\t4
（七）总计\t9\t1\t0\t0\t0\t0\t10
四、结转下年度继续办理\t1\t0\t0\t0\t0\t0\t1

四、政府信息公开行政复议、行政诉讼情况

行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t
\t\t\t\t\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t
结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计
1\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t2\t2

五、存在的主要问题及改进情况

目录更新不及时。

六、其他需要报告的事项

未收取信息处理费。
"""

ROW_PATHS = [
    "channels.website",
    "channels.gazette",
    "channels.rooms.licensing",
    "channels.rooms.penalties",
    "requests.received",
]


@pytest.fixture
def form(tmp_path: Path) -> Iterator[_grammar.FormDefinition]:
    path = tmp_path / "form_2027.lark"
    path.write_text(GRAMMAR, "utf-8")
    yield _grammar.register(path)
    _grammar.unregister("2027")


def test_the_grammar_tells_everything_about_the_form(form: _grammar.FormDefinition) -> None:
    assert form in _grammar.definitions()
    assert [row.path for row in form.rows[:5]] == ROW_PATHS
    assert len(form.cell_paths) == 4 * 3 + 14 * 7 + 15
    assert [column.kind for column in form.rows[0].columns] == ["integer", "integer", "decimal"]


def test_a_report_on_it_is_read(form: _grammar.FormDefinition) -> None:
    report = gd.parse(TEXT)
    assert (report.form, report.year, report.agency) == ("2027", 2027, "青岚县档案馆")
    assert tuple(report.cells()) == form.cell_paths
    assert report.tables.channels.website.spending == Decimal("3.50")
    assert report.tables.channels.rooms.penalties.visits == 7
    assert report.cell("channels.gazette.visits").state is gd.CellState.BLANK
    assert report.tables.requests.forwarded.commercial_enterprise == 1
    assert report.litigation.after_reconsideration.pending == 2
    assert report.section("channels").title == "二、公开渠道情况"
    assert report.problems.text == "目录更新不及时。"
    assert not report.doubts()


def test_it_goes_through_json(form: _grammar.FormDefinition) -> None:
    report = gd.parse(TEXT)
    assert gd.Report.from_dict(report.to_dict()) == report


def test_reports_on_the_official_forms_are_told_from_it(form: _grammar.FormDefinition) -> None:
    example = Path(__file__).parent.parent / "examples" / "report-2023.txt"
    assert gd.parse(example).form is gd.Form.F2021


def test_without_the_grammar_it_is_refused_or_doubted() -> None:
    try:
        report = gd.parse(TEXT)
    except gd.ParseError:
        return
    assert report.doubts()
