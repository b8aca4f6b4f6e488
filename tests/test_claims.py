"""The grammar of claims, sentence by sentence: what is claimed, and above all what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclosure._claims import read_claims
from tests.support.report_factory import make_report

FOLDER = Path(__file__).parent / "cases" / "claims"


def cases() -> list[tuple[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for sentence, claims in zip(lines[::2], lines[1::2], strict=True):
            assert claims.startswith("="), f"{path.name}: {claims}"
            found.append((sentence, claims[1:].strip()))
    return found


CASES = cases()


def claims_in(text: str) -> list[tuple[str, str, int]]:
    report = make_report(texts={"overview": text})
    return [(claim.kind, claim.subject, claim.value) for claim in read_claims(report)]


def test_there_are_cases() -> None:
    assert len(CASES) > 80


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[str(n) for n in range(len(CASES))])
def test_sentence(sentence: str, expected: str) -> None:
    text = sentence.removeprefix("[依]").strip()
    if sentence.startswith("[依]"):
        text = f"（二）依申请公开情况\n{text}"
    found = [f"{kind}/{subject} {value}" if subject else f"{kind} {value}" for kind, subject, value in claims_in(text)]
    assert "; ".join(found) == expected


def test_full_width_is_read_the_same() -> None:
    assert claims_in("共收到政府信息公开申请２３件，办结２３件。") == [("received", "", 23), ("concluded", "", 23)]


def test_wrapped_lines_are_joined() -> None:
    text = "（二）依申请公开情况\n由专人登记、拟稿和复核，全年新收政府信息公开申请2\n3件，上年结转1件，办结22件。\n（三）管理\n7件。"
    assert claims_in(text) == [("received", "", 23), ("carried_in", "", 1), ("concluded", "", 22)]


def test_own_name_is_no_other_body() -> None:
    agency = "青石区人民政府办公室"
    report = make_report(agency=agency, texts={"overview": f"{agency}收到政府信息公开申请7件。"})
    assert [claim.value for claim in read_claims(report)] == [7]


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("临河市青石区人民政府办公室", "区政府办公室共收到7份政府信息公开申请。"),
        ("白石路街道办事处", "街道共收到政府信息公开申请7件。"),
        ("石桥镇人民政府", "镇政府收到政府信息公开申请7件。"),
    ],
)
def test_short_names_of_its_own(agency: str, text: str) -> None:
    assert [claim.value for claim in read_claims(make_report(agency=agency, texts={"overview": text}))] == [7]
    assert read_claims(make_report(agency="临河市教育局", texts={"overview": text})) == ()


def test_government_speaks_for_its_area() -> None:
    text = "全市共受理政府信息公开申请749件。"
    assert [c.value for c in read_claims(make_report(agency="临河市人民政府", texts={"overview": text}))] == [749]


def test_plans_and_problems_claim_nothing() -> None:
    texts = {"overview": "", "problems": "收到政府信息公开申请99件，答复不够及时。"}
    assert read_claims(make_report(texts=texts)) == ()


@given(st.text(alphabet="收到政府信息公开申请答复办结行政诉讼结转上下年度其中未23件%，。、；（）\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for kind, _, value in claims_in(text):
        assert kind and value >= 0
