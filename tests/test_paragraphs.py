"""Paragraphs out of lines as printed.

A case: what it shows after ``#``, the lines as printed, each after ``|`` (``^`` is a form feed), and the paragraphs, each
after ``>``. ``width`` is where the page wrapped them; without it the lines themselves must tell.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from govdisclosure._prose import WIDEST_PAGE, clean, page_width, paragraphs, sentences

FOLDER = Path(__file__).parent / "cases" / "paragraphs"


@attrs.define
class Case:
    title: str
    width: int | None = None
    printed: list[str] = attrs.field(factory=list)
    read: list[str] = attrs.field(factory=list)


def cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                found.append(Case(line[2:]))
            elif line.startswith("width "):
                found[-1].width = int(line.removeprefix("width "))
            elif line.startswith("|"):
                found[-1].printed.append(line[1:].replace("^", "\f"))
            elif line:
                assert line.startswith("> "), line
                found[-1].read.append(line[2:])
    return found


CASES = cases()


def test_there_are_cases() -> None:
    assert len(CASES) > 20 and all(case.printed and case.read for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    texts = [clean(line) for line in case.printed]
    width = case.width or page_width([text for text in texts if text])
    read = paragraphs(list(zip(case.printed, texts, strict=True)), width)
    assert read.split("\n") == case.read


def lines(*widths: int) -> list[str]:
    """Lines of prose that end within a sentence, of so many columns."""
    return ["，" + "字" * (width // 2 - 1) for width in widths]


@pytest.mark.parametrize(
    ("texts", "width"),
    [
        (lines(80, 80, 80), 80),
        (lines(80, 76, 78), 80),
        (lines(90, 80, 80, 80), 90),  # third of the widest: nearly as wide
        (lines(120, 80, 80, 80), 80),  # one line that was not wrapped
        (lines(80, 60, 40), None),
        (lines(80, 80), None),
        ([*lines(80, 80), "字，" * 19 + "。"], 80),
        ([*lines(80), *["字，" * 19 + "。"] * 2], None),  # one line that does not end is none that was wrapped
        ([*lines(80, 80), *["字，" * 19 + "。"] * 20], None),  # two of twenty-two are not, either
        (["字" * 40] * 3, None),  # rows of a table, headings
        (lines(WIDEST_PAGE + 10, WIDEST_PAGE + 10, WIDEST_PAGE + 10), None),
        (lines(WIDEST_PAGE + 10, 80, 80, 80), 80),
        ([], None),
    ],
)
def test_width_of_the_page(texts: list[str], width: int | None) -> None:
    assert page_width(texts) == width


def test_sentences() -> None:
    assert sentences("本局公开信息56条。有问题吗？没有！\n一类；二类") == [
        "本局公开信息56条。",
        "有问题吗？",
        "没有！",
        "一类；",
        "二类",
    ]
