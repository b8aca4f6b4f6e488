"""Title, agency and year: what stands before section one, in running heads and in a page's ``<title>``.

A case: what it shows after ``#``, the lines before section one, and after ``>`` the title, the agency and the year (``-``
for none, which L303 says). A line after ``head:`` stands at the head of each page, one after ``page:`` is the title of the
web page.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import govdisclosure as gd
from tests.support.nought_tables import with_tables

FOLDER = Path(__file__).parent / "cases" / "titles"
BODY = with_tables(
    """一、总体情况
本局全年公开信息56条。
二、主动公开政府信息情况
@proactive
三、收到和处理政府信息公开申请情况
@requests
四、政府信息公开行政复议、行政诉讼情况
@appeals
五、存在的主要问题及改进情况
公开的及时性有待提高。
六、其他需要报告的事项
没有其他需要报告的事项。
"""
)


@attrs.define
class Case:
    title: str
    lines: list[str] = attrs.field(factory=list)
    head: str = ""
    page: str = ""
    read: list[str] = attrs.field(factory=list)

    @property
    def text(self) -> str:
        text = "\n".join([*self.lines, BODY])
        if self.head:
            text = "\f" + self.head + "\n" + re.sub("(?m)^(?=[三四五]、)", lambda _: f"\f{self.head}\n", text)
        return f"<title>{self.page}</title><pre>\n{text}</pre>" if self.page else text


def cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                found.append(Case(line[2:]))
            elif line.startswith("> "):
                found[-1].read = line[2:].split(" | ")
            elif line.startswith("head: "):
                found[-1].head = line.removeprefix("head: ")
            elif line.startswith("page: "):
                found[-1].page = line.removeprefix("page: ")
            elif line:
                found[-1].lines.append(line)
    return found


CASES = cases()


def test_there_are_cases() -> None:
    assert len(CASES) > 20 and all(len(case.read) == 3 for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    report = gd.parse(case.text)
    assert [str(found or "-") for found in (report.title, report.agency, report.year)] == case.read
    names = ("title", "agency", "year")
    missing = [name for name, read in zip(names, case.read, strict=True) if read == "-"]
    assert [list(d.paths) for d in report.diagnostics if d.code == "L303"] == ([missing] if missing else [])
    assert report.overview.text == "本局全年公开信息56条。"
    assert set(report.cells().values()) == {0}
