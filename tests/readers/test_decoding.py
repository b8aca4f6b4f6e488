"""Bytes in every encoding that agencies use, declared rightly, wrongly or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclosure import errors
from govdisclosure._decoding import decode, join_surrogates, repair_mojibake
from govdisclosure._reading import read

TEXT = "一、总体情况\r\n2024年，本机关收到政府信息公开申请17件，办结17件（含上年结转2件）。规章 0 — ／\n"
PAGE = (
    '<html><head><meta charset="{declared}"></head><body><table><tr><td>规章</td><td>３</td></tr></table></body></html>'
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gbk", "replace"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        b"\x84\x31\x95\x33" + TEXT.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "16-le", "16-be", "16-be-mark", "utf-32", "gb18030-mark"],
)
def test_encodings(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text == TEXT
    assert decoded.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_cut_off_at_the_end_is_no_damage(encoding: str, cut: int) -> None:
    data = (TEXT + "末").encode(encoding)[:-cut]
    decoded = decode(data)
    assert decoded.text.startswith(TEXT)
    assert "\ufffd" not in decoded.text
    assert decoded.notes == ()


def test_one_bad_byte_is_noted_and_changes_nothing_else() -> None:
    half = (TEXT * 10).encode("utf-8")
    decoded = decode(half + b"\xff" + half)
    assert decoded.encoding == "utf-8"
    assert decoded.text.replace("\ufffd", "") == TEXT * 20
    assert [code for code, _ in decoded.notes] == ["encoding"]


def test_a_replacement_character_in_the_source_does_not_turn_it_into_gb18030() -> None:
    assert decode(f"{TEXT}\ufffd{TEXT}".encode()).encoding == "utf-8"


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "nonsense"])
@pytest.mark.parametrize("actual", ["utf-8", "gbk", "utf-16"])
def test_the_declaration_is_not_asked(declared: str, actual: str) -> None:
    [line] = read(PAGE.format(declared=declared).encode(actual)).lines
    assert [cell.text for cell in line.fragments] == ["规章", "３"]


@pytest.mark.parametrize("data", [bytes(5000), bytes(range(256)) * 40, b"\x01\x02\x03\x04" * 500])
def test_bytes_that_are_no_text(data: bytes) -> None:
    with pytest.raises(errors.UnreadableSource, match="no text"):
        read(data)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=10).map(lambda text: text + "，1件。\n")
)
def test_any_chinese_text_survives_both_encodings(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text
    assert decode(text.encode("gb18030")).text == text


def test_utf8_read_as_gbk_is_read_back() -> None:
    # Words of an even number of characters survive the wrong reading whole.
    original = "总体情况\n政府信息\n行政许可\n12\n"
    garbled = original.encode("utf-8").decode("gbk")
    assert "总体" not in garbled
    text, notes = repair_mojibake(garbled)
    assert text == original
    assert [code for code, _ in notes] == ["mojibake"]


def test_utf8_read_as_gbk_with_losses_is_refused() -> None:
    garbled = "总体情况\n政府信息\n行政许可3件\n".encode().decode("gbk", "replace")
    assert "\ufffd" in garbled
    with pytest.raises(errors.UnreadableSource, match="line 3"):
        read(garbled)


def test_question_marks_for_characters_are_refused() -> None:
    with pytest.raises(errors.UnreadableSource, match="question marks"):
        read(TEXT.encode("ascii", "replace"))


def test_questions_in_a_text_are_left_alone() -> None:
    assert repair_mojibake("怎么申请？为什么??\n" + TEXT) == ("怎么申请？为什么??\n" + TEXT, ())


@pytest.mark.parametrize(
    ("text", "joined", "noted"),
    [
        ("公开", "公开", False),
        ("公\ud83d\ude00开", "公😀开", False),
        ("公\ud800开", "公\ufffd开", True),
        ("\udc00公开\ud800", "\ufffd公开\ufffd", True),
        ("公\ufffd开", "公\ufffd开", False),
    ],
)
def test_halves_of_characters(text: str, joined: str, noted: bool) -> None:
    found, notes = join_surrogates(text)
    assert found == joined
    assert bool(notes) is noted
