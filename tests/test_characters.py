"""Characters: what is folded before labels and numbers are compared, and how pieces are joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclosure._characters import display_width, join_wrapped, label_key, numbering
from govdisclosure._vocabulary import differs_by_one


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("规章", "规章"),
        (" 规 章\u3000", "规章"),
        ("規範性文件", "规范性文件"),
        ("（三）不予公开", "(三)不予公开"),
        ("〔三〕【四】[五]", "(三)(四)(五)"),
        ("“三安全一稳定”", "三安全一稳定"),
        ("1．属于国家秘密", "1属于国家秘密"),
        ("\ufeff规\u200b章", "规章"),
        ("務(wù)院", "务院"),
        ("规章(wù", "规章(wù"),
    ],
)
def test_label_keys(printed: str, key: str) -> None:
    assert label_key(printed) == key


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("(三)不予公开", "(三)"),
        ("一本年新收", "一"),
        ("第二部分总体", "第二部分"),
        ("5属于", "5"),
        ("规章", ""),
        ("三", ""),
    ],
)
def test_numbering(key: str, number: str) -> None:
    assert numbering(key) == number


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("政府信息", "公开", "政府信息公开"),
        ("政府信息 ", " 公开", "政府信息公开"),
        ("open ", " government", "open government"),
        ("open", "政府", "open政府"),
        ("政府", "open", "政府open"),
        ("12", "34", "1234"),
        ("a", "1", "a1"),
        ("1", "a", "1a"),
        ("", "公开", "公开"),
        ("公开 ", "  ", "公开"),
    ],
)
def test_wrapped_pieces(first: str, second: str, joined: str) -> None:
    assert join_wrapped((first, second)) == joined


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("规章", 4), ("规章3", 5), ("３", 2), ("é", 1)])
def test_width(text: str, width: int) -> None:
    assert display_width(text) == width


TEXTS = st.text(alphabet="甲乙丙", max_size=5)


@given(TEXTS, TEXTS)
def test_at_most_one_character_more_less_or_other(first: str, second: str) -> None:
    less = {first[:at] + first[at + 1 :] for at in range(len(first))}
    other = {first[:at] + c + first[at + 1 :] for at in range(len(first)) for c in "甲乙丙"} - {first}
    more = {first[:at] + c + first[at:] for at in range(len(first) + 1) for c in "甲乙丙"}
    assert differs_by_one(first, second) == (second in {first} | less | other | more)
