"""The same cells over many years as one table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from difference_reports import amount, plain_report
from test_diff import example

from govdisclosure import report_series

IN_FORCE = "proactive.normative_documents.in_force"


def test_one_row_for_each_agency_year_and_cell() -> None:
    series = report_series([example(2023), example(2020), example(2022), example(2021)])
    assert {len(column) for column in series.values()} == {198 + 3 * 200}
    keys = list(zip(series["agency"], series["year"], series["path"], strict=True))
    assert len(set(keys)) == len(keys)
    assert series["year"] == sorted(series["year"])
    assert series["form"][0] == "2019"


def test_chosen_cells_over_the_years() -> None:
    series = report_series((example(year) for year in (2021, 2022, 2023)), paths=[IN_FORCE])
    assert series["value"] == [597.0, 420.0, 422.0]
    assert series["unit"] == ["件"] * 3
    assert set(series["meaning"]) == {"stock"}
    assert series["label"][0] == "行政规范性文件 · 现行有效件数"


def test_nothing_stated_stays_nothing() -> None:
    series = report_series([example(2022)])
    row = series["path"].index("proactive.coercive_measures.decisions")
    assert (series["value"][row], series["state"][row]) == (None, "placeholder")


def test_doubt_travels() -> None:
    series = report_series([example(2023)])
    doubtful = [path for path, doubt in zip(series["path"], series["doubtful"], strict=True) if doubt]
    assert doubtful == ["requests.refused.third_party_rights.commercial_enterprise"]


def test_two_reports_of_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match="two reports of 湖畔市人民政府 for 2022"):
        report_series([plain_report(), plain_report()])


def test_an_unknown_path_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no report has the cells a\.b"):
        report_series([plain_report()], paths=["a.b", IN_FORCE])


def test_a_number_beyond_floats_is_refused() -> None:
    report = plain_report().with_cells({"proactive.fees.amount": amount("1E+400")})
    with pytest.raises(ValueError, match=r"proactive\.fees\.amount"):
        report_series([report])
    assert report.cells()["proactive.fees.amount"] == Decimal("1E+400")


def test_pandas_takes_it() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(report_series(example(year) for year in (2021, 2022, 2023)))
    wide = frame.pivot(index="year", columns="path", values="value")
    assert wide[IN_FORCE].tolist() == [597.0, 420.0, 422.0]
    assert wide["requests.received.total"].diff().tolist()[1:] == [132.0, 140.0]
    assert pandas.isna(wide.loc[2022, "proactive.coercive_measures.decisions"])


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_column_libraries_take_it(library: str) -> None:
    module = pytest.importorskip(library)
    make = module.DataFrame if library == "polars" else module.table
    table = make(report_series([example(2020), example(2021)]))
    assert table.shape == (398, 11)


def test_no_reports_no_rows() -> None:
    assert report_series([]) == {name: [] for name in report_series([])}
