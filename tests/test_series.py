"""Many reports: years are paired by agency, nothing is guessed, copying is found without comparing every pair."""

from __future__ import annotations

import sys

import attrs
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


def letter(reader: str) -> str:
    return (
        f"今年把公开栏搬到{reader}集市旁，赶集的人都能看到，换上铝板后字也放大了，雨季不再脱落，由店家代管。"
        "每逢集日由驻村干部当面念一遍，听不明白的逐户再讲，念过的日子记在本子上，年底数一数有多少场。"
    )


def only_overview(agency: str | None, text: str, number: int = 2021) -> tuple[str, Report]:
    title = "年度报告" if agency is None else None
    report = make_report(year=number, agency=agency, title=title, texts={"overview": text, "problems": ""})
    return f"{agency}{number}.txt", report


def test_names_count_as_equal() -> None:
    named = [only_overview(name, letter(name)) for name in ("石桥镇人民政府", "白水乡人民政府")]
    found = find_likenesses(named, 0.8)
    assert [[(like.ratio, like.agency, like.year, like.file) for like in likes] for likes in found] == [
        [(1.0, "白水乡人民政府", 2021, "白水乡人民政府2021.txt")],
        [(1.0, "石桥镇人民政府", 2021, "石桥镇人民政府2021.txt")],
    ]


def test_the_most_alike_is_named() -> None:
    text = letter("石桥镇")
    near, far = text.replace("铝板", "木板"), text.replace("铝板", "木板").replace("驻村干部", "各村会计")
    named = [
        only_overview("石桥镇人民政府", text),
        only_overview("白水乡人民政府", far),
        only_overview("松河镇人民政府", near),
    ]
    found = find_likenesses(named, 0.7)
    assert [like.agency for like in found[0]] == ["松河镇人民政府"]
    assert 0.7 < found[0][0].ratio < 1


def test_the_next_alike_where_the_most_alike_are_its_own() -> None:
    text = letter("石桥镇")
    near, far = text.replace("铝板", "木板"), text.replace("铝板", "木板").replace("驻村干部", "各村会计")
    own = [only_overview("石桥镇人民政府", text), only_overview("石桥镇人民政府", near, 2022)]
    assert find_likenesses(own, 0.7) == [(), ()]
    found = find_likenesses([*own, only_overview("白水乡人民政府", far)], 0.7)
    assert [[like.agency for like in likes] for likes in found[:2]] == [["白水乡人民政府"]] * 2
    assert [like.year for like in found[2]] == [2022]


def test_reports_without_an_agency_or_text_are_like_nothing() -> None:
    text = letter("石桥镇")
    bare = attrs.evolve(make_report(agency="松河镇人民政府"), sections=())
    named = [only_overview(None, text), only_overview("白水乡人民政府", text), ("bare", bare)]
    assert find_likenesses(named, 0.8) == [(), (), ()]


def test_short_texts_are_like_nothing() -> None:
    named = [
        only_overview(name, "换上铝板后字也放大了，雨季不再脱落。") for name in ("石桥镇人民政府", "白水乡人民政府")
    ]
    assert find_likenesses(named, 0.8) == [(), ()]


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
