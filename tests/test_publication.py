"""Date and publisher of a web page.

A case: what it shows after ``#``; ``meta NAME: VALUE`` in the page's head, paragraphs, rows of a table with bars between
their cells; after ``>`` date and publisher, ``-`` for none.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import attrs
import pytest

from govdisclosure._publication import LONGEST_INFO_LINE, MOST_LINES
from govdisclosure._reading import read

FOLDER = Path(__file__).parent / "cases" / "publication"


@attrs.define
class Case:
    title: str
    head: str = ""
    body: str = ""
    read: str = ""


def cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                found.append(Case(line[2:]))
            elif line.startswith("> "):
                found[-1].read = line[2:]
            elif line.startswith("meta "):
                name, _, value = line.removeprefix("meta ").partition(": ")
                found[-1].head += f'<meta name="{name}" content="{escape(value)}">'
            elif " | " in line:
                cells = "".join(f"<td>{escape(cell)}</td>" for cell in line.split(" | "))
                found[-1].body += f"<table><tr>{cells}</tr></table>"
            elif line:
                found[-1].body += f"<p>{escape(line)}</p>"
    return found


CASES = cases()


def particulars(head: str, body: str) -> str:
    document = read(f"<html><head>{head}<title>x</title></head><body>{body}<p>正文</p></body></html>")
    return f"{document.published or '-'} | {document.publisher or '-'}"


def test_there_are_cases() -> None:
    assert len(CASES) > 20 and all(" | " in case.read for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    assert particulars(case.head, case.body) == case.read


def test_a_long_name_is_prose() -> None:
    assert particulars("", f"<p>来源：{'办' * 59}局</p>") == f"- | {'办' * 59}局"
    assert particulars("", f"<p>来源：{'办' * 60}局</p>") == "- | -"


def test_what_stands_far_down_is_not_looked_at() -> None:
    label = "<p>发布日期：2024-01-29</p>"
    assert particulars("", "<p>正文</p>" * (MOST_LINES - 1) + label) == "2024-01-29 | -"
    assert particulars("", "<p>正文</p>" * MOST_LINES + label) == "- | -"


def test_a_long_line_is_no_info_line() -> None:
    label = "发布日期：2024-01-29"
    assert particulars("", f"<p>{'字' * (LONGEST_INFO_LINE - len(label))}{label}</p>") == "2024-01-29 | -"
    assert particulars("", f"<p>{'字' * (LONGEST_INFO_LINE - len(label) + 1)}{label}</p>") == "- | -"
