"""信息处理费, sentence by sentence: the amounts, what came in of them, and that there was none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from govdisclosure._processing_fee import FeeStatement, fee_statement
from govdisclosure._prose_plain import plain_line
from tests.support.report_factory import make_report

FILE = Path(__file__).parent / "cases" / "fees" / "sentences.txt"
LINES = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
CASES = list(zip(LINES[::2], LINES[1::2], strict=True))


def statement(text: str) -> FeeStatement:
    return fee_statement(make_report(texts={"other_matters": text}))


def described(stated: FeeStatement) -> str:
    amounts = "; ".join(f"{fee.yuan.normalize():f}{'+' if fee.received else ''}" for fee in stated.amounts)
    if stated.denied:
        return f"none, but {amounts}" if amounts else "none"
    return amounts or ("mentioned" if stated.mentioned else "-")


def test_there_are_cases() -> None:
    assert len(CASES) > 25 and all(expected.startswith("= ") for _, expected in CASES)


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[str(n) for n in range(len(CASES))])
def test_sentence(sentence: str, expected: str) -> None:
    stated = statement(sentence)
    assert described(stated) == expected[2:]
    assert stated.mentioned == (expected != "= -")
    assert stated.stated == (expected not in ("= -", "= mentioned"))
    assert {fee.quote for fee in stated.amounts} <= {plain_line(sentence)}


def test_sentences_are_read_one_by_one() -> None:
    stated = statement(
        "本机关经费3万元。\n收取信息处理费500元。\n实际收取信息处理费300元。\n其余申请未收取信息处理费。"
    )
    assert [(fee.yuan, fee.received) for fee in stated.amounts] == [(500, False), (300, True)]
    assert stated.mentioned and stated.denied


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("收取信息处理费500元。", 500),
        ("总金额7200元，实际收取信息处理费500元。", 500),
        ("信息处理费500元，共计信息处理费500元。", 500),
        ("信息处理费500元，信息处理费300元。", None),
        ("没有收取信息处理费。", None),
    ],
)
def test_what_came_in(text: str, received: int | None) -> None:
    found = statement(text).received
    assert (found.yuan if found else None) == (Decimal(received) if received is not None else None)


def test_other_sections_say_nothing_of_it() -> None:
    assert fee_statement(make_report(texts={"overview": "收取信息处理费500元。", "other_matters": ""})) == FeeStatement(
        False, False, ()
    )
