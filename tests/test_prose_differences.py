"""Sentence by sentence: each case is a file with the old text, the new one and the edits expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdisclosure._differences import SentenceEdit
from govdisclosure._prose_differences import applied, only_white_space, pieces, sentence_edits

CASES = sorted((Path(__file__).parent / "prose_differences").glob("*.txt"))


def told(edit: SentenceEdit) -> str:
    """``changed: 收到[713→749]件。``"""
    span = edit.old or edit.new
    assert span is not None
    shown, at = "", span.start
    for part in edit.characters:
        shown += span.text[at - span.start : part.old.start - span.start] + f"[{part.old.text}→{part.new.text}]"
        at = part.old.end
    return f"{edit.kind}: {shown}{span.text[at - span.start :]}".replace("\n", "⏎")


def test_there_are_cases() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    _, rest = case.read_text(encoding="utf-8").split("== old\n")
    old, rest = rest.split("== new\n")
    new, expected = rest.split("== edits\n")
    old, new = old.removesuffix("\n"), new.removesuffix("\n")
    edits = sentence_edits(old, new)
    assert [told(edit) for edit in edits] == expected.splitlines()
    assert applied(old, edits) == new
    assert applied(new, sentence_edits(new, old)) == old


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("啊" * 100_000, "啊" * 50_000 + "哦" * 50_000),
        ("啊。" * 50_000, "啊。哦。" * 25_000),
        ("啊哦" * 3_000, "啊啊哦" * 2_000),
        ("".join(f"第{i}条内容。" for i in range(10_000)), "".join(f"第{i}条内容。" for i in range(10_000, 0, -1))),
        (" \n" * 50_000, "\n " * 50_000),
    ],
    ids=["one endless sentence", "one sentence again and again", "two characters", "all reversed", "white space"],
)
def test_hostile_texts_give_coarser_edits_not_wrong_ones(old: str, new: str) -> None:
    assert applied(old, sentence_edits(old, new)) == new


def test_both_texts_in_one() -> None:
    old, new = "收到申请713件。无结转。", "收到申请749件。无结转。"
    assert [(piece.kind, piece.text) for piece in pieces(old, sentence_edits(old, new))] == [
        ("kept", "收到申请"),
        ("deleted", "713"),
        ("inserted", "749"),
        ("kept", "件。"),
        ("kept", "无结转。"),
    ]


def test_line_breaks_alone_are_told_apart() -> None:
    edits = sentence_edits("一是人手不足。\n二是平台老旧。", "一是人手不足。二是平台老旧。")
    assert [only_white_space(edit) for edit in edits] == [True]
    edits = sentence_edits("一是人手不足。", "一是人手短缺。")
    assert [only_white_space(edit) for edit in edits] == [False]


def test_edits_of_another_text_do_not_apply() -> None:
    edits = sentence_edits("一是人手不足。二是平台老旧。", "一是人手不足。")
    with pytest.raises(ValueError, match="二是平台老旧"):
        applied("一是人手不足。三是经费有限。", edits)
    with pytest.raises(ValueError):
        applied("一", sentence_edits("", "一") + sentence_edits("甲。乙。", "甲。乙。丙。"))
