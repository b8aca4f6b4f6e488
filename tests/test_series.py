"""Many reports: years are paired by agency, nothing is guessed, copying is found without comparing every pair."""

from __future__ import annotations

import sys

import pytest

import govdisclosure as gd
from govdisclosure import Report
from govdisclosure._copied_prose import find_likenesses, names_of
from govdisclosure._series import pair_years
from tests.support.report_factory import TEXTS, make_report


def year(number: int, agency: str = "临河市青石区教育局", **given: object) -> tuple[str, Report]:
    form = "2021" if number >= 2021 else "2019"
    return f"{agency}{number}", make_report(form, year=number, agency=agency, **given)  # type: ignore[arg-type]


def test_years_are_paired() -> None:
    named = [year(2022), year(2020), year(2021), year(2021, agency="临河市白水区教育局")]
    pairs, unmatched = pair_years(named)
    assert pairs == {0: 2, 2: 1}
    assert [(left.name, left.reason[:29]) for left in unmatched] == [
        ("临河市白水区教育局2021", "no report for 2020 bears this")
    ]


def test_renamed_body_is_not_guessed() -> None:
    _, unmatched = pair_years([year(2020, agency="青石区教育局"), year(2021, agency="青石区教育体育局")])
    assert [left.agency for left in unmatched] == ["青石区教育体育局"]


def test_width_and_blanks_of_a_name_do_not_matter() -> None:
    pairs, unmatched = pair_years([year(2021, agency="教育局(本级)"), year(2022, agency="教育局 （本级）")])
    assert pairs == {1: 0} and unmatched == ()


def test_two_reports_for_one_year() -> None:
    pairs, unmatched = pair_years([year(2020), year(2021), year(2021)])
    assert pairs == {} and len(unmatched) == 2


def test_unknown_identity() -> None:
    _, unmatched = pair_years([("nameless", make_report(agency=None, title="年度报告"))])
    assert unmatched[0].reason == "its agency or year is not known"


def test_continuity_over_all_years() -> None:
    series = gd.validate_series([year(2021), year(2022), year(2023)], select="Y301")
    assert [entry.previous is not None for entry in series.entries] == [False, True, True]
    # carried over 2, carried in 1: the total and the column 自然人
    assert [len(entry.result.findings) for entry in series.entries] == [0, 2, 2]
    assert not series.ok


def test_copied_prose() -> None:
    own = {
        "problems": (
            "村里的公开栏离公路太远，赶集的人看不到，雨季纸张容易脱落，换上铝板后又嫌字小看不清。"
            "来年改用灯箱并放大字号，请店家代管，每逢集日由驻村干部当面念一遍，听不明白的逐户再讲。"
        )
    }
    named = [
        year(2021, agency="石桥镇人民政府"),
        year(2021, agency="白水乡人民政府", texts={**own, "overview": TEXTS["overview"].replace("家长", "石桥镇家长")}),
        year(2021, agency="石桥镇人民政府办公室", texts={**own, "overview": "另写一篇。"}),
    ]
    found = find_likenesses(named, 0.8)
    assert [{(like.section, like.agency) for like in likes} for likes in found] == [
        {("overview", "白水乡人民政府")},
        {("overview", "石桥镇人民政府"), ("problems", "石桥镇人民政府办公室")},
        {("problems", "白水乡人民政府")},
    ]


def test_own_years_are_not_copying() -> None:
    assert find_likenesses([year(2021), year(2022)], 0.8) == [(), ()]


def test_many_copies_name_one_source_each() -> None:
    named = [year(2021, agency=f"第{n}镇人民政府") for n in range(60)]
    assert all(len(likes) == 2 for likes in find_likenesses(named, 0.8))


def test_places_are_masked() -> None:
    assert set(names_of("临河市青石区教育局")) == {"临河市青石区教育局", "临河市", "青石区"}


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasketch", None)
    monkeypatch.delitem(sys.modules, "govdisclosure._copied_prose", raising=False)
    series = gd.validate_series([year(2021), year(2022)])
    assert "Y307" in series.entries[0].result.skipped
    assert 'pip install "govdisclosure[series]"' in series.notes[0]
    with pytest.raises(gd.MissingExtra):
        gd.validate_series([year(2021)], select="Y307")
