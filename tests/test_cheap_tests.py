"""Checks ask a cheap test before they do work. A cheap test may let through too much, never too little."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclosure import (
    _claim_words,
    _claims,
    _delimited,
    _furniture,
    _identity,
    _lone_bars,
    _page_marks,
    _processing_fee,
    _segmentation,
    _text_lines,
)
from govdisclosure._claim_words import words_of
from govdisclosure._claims import read_claims
from govdisclosure._patterns import pattern
from govdisclosure._prose_plain import narrow, paragraphs, plain_prose
from govdisclosure._rules import form, prose
from govdisclosure._source import Line
from tests.support.report_factory import make_report
from tests.test_claims import CASES

PROSE = "收到政府信息公开依申请答复办结未均维持行政复议诉讼结转上下年度其中制发规范性文件23件%，。、；（）　\n 自然人予以部分"


KINDS = [
    (letter, _claim_words._NUMBER.pattern if letter == "#" else "|".join(words.split()))
    for letter, words in _claim_words._KINDS
]
IN_TURN = re.compile("|".join(f"(?P<k{at}>{source})" for at, (_, source) in enumerate(KINDS)))
PIECES = sorted({piece for _, source in KINDS for piece in re.findall(r"[\u4e00-\u9fff]+|[、,;]", source)})
TEXTS = st.lists(st.sampled_from([*PIECES, *"0123456789()[]%.", "12345", "正当", "12月31日", "共", "月"])).map("".join)
"""Of the listed words and of parts of them, which make others where they meet."""

NUMBERS = {"#", "x", "%", "Z", "y", "Y"}


@given(TEXTS)
def test_words_are_those_that_are_found_by_trying_all_in_turn(text: str) -> None:
    in_turn = [(KINDS[int(str(m.lastgroup)[1:])][0], m.group()) for m in IN_TURN.finditer(text)]
    expected = [(kind, word) for kind, word in in_turn if kind != "-"]
    found = [word for word in words_of(text, 2023) if word.kind != "~"]
    assert [word.text for word in found] == [word for _, word in expected]
    for word, (kind, _) in zip(found, expected, strict=True):
        assert word.kind in {"#": NUMBERS, "Q": {"Q", "F"}}.get(kind, {kind})


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
        (form._PERIOD, lambda text: form._PERIOD_BETWEEN.search(text) is not None),
        (_processing_fee._MENTION, _processing_fee._may_mention),
        (_processing_fee._AMOUNT, lambda text: "元" in text),
        (prose._DOUBLED, prose._may_be_doubled),
    ],
    ids=["period", "fee", "amount", "doubled word"],
)
def test_what_the_full_pattern_finds_is_let_through(full: re.Pattern[str], cheap: Callable[[str], bool]) -> None:
    @given(st.from_regex(re.compile(full.pattern), fullmatch=True))
    def found(text: str) -> None:
        assert cheap(text)

    found()


DOUBLED_IN = st.tuples(st.text(), st.text("公开信息申请", min_size=2, max_size=6), st.text())


@given(DOUBLED_IN)
def test_doubled_words_are_let_through_wherever_they_stand(parts: tuple[str, str, str]) -> None:
    before, word, after = parts
    assert prose._may_be_doubled(before + word + word + after)


TEMPLATE_WORDS = re.compile(
    r"[（(]文字描述[）)]|该部分以表格形式报告|以表格形式报告|数据[0-9０-９]+(?![0-9０-９%％.．]*[条个项件家次万亿余类种])"
    r"|(?<![A-Za-z0-9/._\-])[XxＸｘ×]{2,}(?![A-Za-z0-9/._\-])|[＊*]{2,}年|[○〇◯]{2,}(?=年|局|市|县|区|政府)"
)
"""The same as ``form._RESIDUE``, written without a thought of time."""


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["文字描述", "以表格形式报告", "该部分", "数据", "年", "局", "条", "\n"]),
            st.text(alphabet="（()）XxＸ×*＊○〇a1.0/-", max_size=4),
        )
    )
)
def test_template_words_are_found_as_by_the_plain_pattern(parts: list[str]) -> None:
    text = "".join(parts)
    assert [m.span() for m in form._RESIDUE.finditer(text)] == [m.span() for m in TEMPLATE_WORDS.finditer(text)]


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("，：；（）！？％　\u0301\u0338\n"))))
def test_plain_prose_is_the_compatibility_form(text: str) -> None:
    assert narrow(text) == unicodedata.normalize("NFKC", text)
    whole = unicodedata.normalize("NFKC", "\n".join(paragraphs(text)))
    assert plain_prose(text) == re.sub(r"[^\S\n]+", "", whole)


BLANKS = " \t\u3000\xa0\x1c\x85\u200b"


@given(st.text(alphabet=BLANKS + "|┃12３a", max_size=8))
def test_lines_of_a_bar_or_a_number_are_told_quickly(text: str) -> None:
    line = Line(1, text)
    match = _furniture._BARE_NUMBER.fullmatch(text)
    assert _furniture._bare_number(line) == (int(match[1]) if match else 0)
    assert _lone_bars._is_bar(line) == (_lone_bars._BAR.fullmatch(text) is not None)


PAGE_MARKS = re.compile(_page_marks._PAGE_MARKS.pattern, re.VERBOSE)


@given(st.one_of(st.from_regex(PAGE_MARKS, fullmatch=True), st.text(BLANKS + "-—第共页Ph3４a/", max_size=8)))
def test_marks_of_pages_are_told_by_what_they_begin_with(text: str) -> None:
    whole = _page_marks._PAGE_MARKS.fullmatch(text) is not None
    assert _page_marks.is_page_mark(text) == (whole and len(text) < _page_marks.LONGEST)


@given(st.text(alphabet="-=:+|│─┼a \t表", max_size=6))
def test_lines_that_may_be_drawn_are_found_by_their_strokes(text: str) -> None:
    assert _segmentation._may_be_drawn(text) == (_segmentation._DRAWN.search(text) is not None)


@given(st.text(alphabet="a \n\r\u2028\u2029\x85\x0b\f", max_size=8))
def test_lines_end_where_an_editor_ends_them(text: str) -> None:
    assert _segmentation.split_lines(text) == re.split(r"\r\n|[\n\r\u2028\u2029\x85]", text)


@given(st.text(alphabet="a0表   \xa0\u3000\u200b", max_size=12))
def test_words_of_a_line_are_those_between_blanks(text: str) -> None:
    fragments = _text_lines._plain(Line(1, text), text, 3).fragments
    expected = [(match.group(), match.start() + 3) for match in _text_lines._FRAGMENT.finditer(text)]
    assert [(fragment.text, fragment.column) for fragment in fragments] == expected


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("，：；。（）人民政府(a)\u0338 "))))
def test_a_pause_is_in_no_agency(text: str) -> None:
    if _identity._PAUSE.search(text):
        assert _identity._NOT_AN_AGENCY.search(_identity._plain(text))


@given(st.text(alphabet="(（）)[]【】,-> 1a", max_size=12), st.sampled_from([",", "->"]))
def test_cells_between_delimiters_are_those_outside_brackets(text: str, delimiter: str) -> None:
    """Character by character: what follows a bracket parts nothing until it is closed."""
    opens, closes = _delimited._OPENS, _delimited._CLOSES
    guarded = sum(map(text.count, opens)) == sum(map(text.count, closes))
    depth = start = at = 0
    cells = []
    while at < len(text):
        depth += guarded * ((text[at] in opens) - (text[at] in closes))
        if depth <= 0 and text.startswith(delimiter, at):
            cells.append((text[start:at], start))
            start = at = at + len(delimiter)
        else:
            at += 1
    assert list(_delimited._unquoted(text, delimiter)) == [*cells, (text[start:], start)]


def test_deferred_pattern_works_like_a_compiled_one() -> None:
    deferred, compiled = pattern(r"(\d)[件项]"), re.compile(r"(\d)[件项]")
    for _ in range(2):
        assert deferred.findall("3件4项5") == compiled.findall("3件4项5")
        assert deferred.sub(r"\1", "3件4项5") == "345"
    assert (deferred.pattern, deferred.groups) == (compiled.pattern, compiled.groups)
    with pytest.raises(re.error):
        pattern("(").search("")
