"""Checks ask a cheap test before they do work. A cheap test may let through too much, never too little."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from govdisclosure import _claim_words, _claims, _processing_fee
from govdisclosure._claims import read_claims
from govdisclosure._patterns import pattern
from govdisclosure._prose_plain import narrow, paragraphs, plain_prose
from govdisclosure._rules import form
from tests.support.report_factory import make_report
from tests.test_claims import CASES

PROSE = "收到政府信息公开依申请答复办结未均维持行政复议诉讼结转上下年度其中制发规范性文件23件%，。、；（）　\n 自然人予以部分"


def test_words_of_claims_begin_as_listed() -> None:
    """Found out by the partial matches of ``regex``, over every character that stands in the vocabulary."""
    sources = [source for _, source in _claim_words._KINDS]
    kinds = regex.compile("|".join(f"(?:{source})" for source in sources))
    characters = set("".join(sources)) | set(map(chr, range(32, 127)))
    assert {c for c in characters if kinds.match(c, partial=True)} == set(_claim_words._BEGINNINGS)


def claims_with_and_without(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    report = make_report(agency="临河市青石区人民政府", texts={"overview": text, "requests": text})
    quick = read_claims(report)
    with monkeypatch.context() as patched:
        patched.setattr(_claims, "_may_claim", bool)
        return quick, read_claims(report)


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in CASES], ids=lambda sentence: sentence[:24])
def test_no_claim_is_passed_over(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, whole = claims_with_and_without(sentence.removeprefix("[依]"), monkeypatch)
    assert quick == whole


@given(st.text(alphabet=PROSE, max_size=120))
def test_no_claim_is_passed_over_in_any_text(text: str) -> None:
    quick, whole = claims_with_and_without(text, pytest.MonkeyPatch())
    assert quick == whole


@pytest.mark.parametrize(
    ("full", "cheap"),
    [
        (form._RESIDUE, form._may_hold_residue),
        (form._PERIOD, lambda text: form._PERIOD_BETWEEN.search(text) is not None),
        (_processing_fee._MENTION, lambda text: "费" in text or "收取" in text),
    ],
    ids=["template words", "period", "fee"],
)
def test_what_the_full_pattern_finds_is_let_through(full: re.Pattern[str], cheap: Callable[[str], bool]) -> None:
    @given(st.from_regex(re.compile(full.pattern), fullmatch=True))
    def found(text: str) -> None:
        assert cheap(text)

    found()


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("，：；（）！？％　\u0301\u0338\n"))))
def test_plain_prose_is_the_compatibility_form(text: str) -> None:
    assert narrow(text) == unicodedata.normalize("NFKC", text)
    whole = unicodedata.normalize("NFKC", "\n".join(paragraphs(text)))
    assert plain_prose(text) == re.sub(r"[^\S\n]+", "", whole)


def test_deferred_pattern_works_like_a_compiled_one() -> None:
    deferred, compiled = pattern(r"(\d)[件项]"), re.compile(r"(\d)[件项]")
    for _ in range(2):
        assert deferred.findall("3件4项5") == compiled.findall("3件4项5")
        assert deferred.sub(r"\1", "3件4项5") == "345"
    assert (deferred.pattern, deferred.groups) == (compiled.pattern, compiled.groups)
    with pytest.raises(re.error):
        pattern("(").search("")
