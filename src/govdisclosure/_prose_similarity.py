"""How much two pieces of a report's prose resemble each other, as a ratio from 0 to 1.

The measure is the share of common character runs (shingles) of both texts, after what every report says alike is left
out: the form's own titles, the sentence on legal basis and parts, the period statement. Numbers count as equal, since
last year's text with this year's figures is last year's text. Time and memory are linear in the texts' lengths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from govdisclosure._patterns import pattern
from govdisclosure._prose_plain import narrow

SHINGLE = 4
"""Characters in a run. Unrelated reports share few runs of four; one changed character spoils only four of them."""

LEAST_LENGTH = 60
"""Texts with less wording of their own than this (in characters) resemble each other by chance."""

_SENTENCES = pattern(r"[^。！？\n]+")
_FIXED_SENTENCE = pattern(
    r"第(?:五十|四十九|50|49)条.{0,20}(?:编制|规定|要求)"
    r"|六(?:个)?部分"
    r"|统计(?:期限|时限|时间|周期)|数据(?:的)?(?:统计)?(?:期限|时限)"
    r"|如(?:对|有).{0,30}(?:疑问|联系)|电子版可.{0,30}(?:下载|查阅|查询)"
    r"|(?:无|没有)其他需要报告"
)
_FIXED_WORDS = pattern(
    r"现将.{0,40}(?:报告|汇报|公布|总结)如下|[一二三四五六](?:是|、)|[（(][一二三四五六七八九十]+[)）]"
    r"|总体情况|主动公开政府信息情况|收到和处理政府信息公开申请情况|政府信息公开行政复议、?行政诉讼情况"
    r"|存在的主要问题及改进情况|其他需要报告的事项"
    r"|《?中华人民共和国政府信息公开条例》?|《?政府信息公开条例》?|《条例》"
)
_NUMBERS = pattern(r"[0-9]+(?:[.,][0-9]+)*")
_NO_WORD = pattern(r"[\W_]+")


def own_wording(text: str, names: Iterable[str] = ()) -> str:
    """``text`` without the form's fixed wording, punctuation and blanks; numbers as ``0``, ``names`` as one mark."""
    text = narrow(text)
    text = "\n".join(s for s in _SENTENCES.findall(text) if not _FIXED_SENTENCE.search(s))
    for name in sorted({narrow(name) for name in names if name}, key=len, reverse=True):
        text = text.replace(name, "某")
    return _NO_WORD.sub("", _NUMBERS.sub("0", _FIXED_WORDS.sub("", text)))


def shingles(wording: str) -> Counter[str]:
    """The runs of ``SHINGLE`` characters of ``wording`` (as ``own_wording`` gives it), with how often each occurs."""
    return Counter([wording[i : i + SHINGLE] for i in range(max(len(wording) - SHINGLE + 1, 1 if wording else 0))])


def wording_similarity(old: str, new: str) -> float:
    """The share of common runs of two texts that ``own_wording`` prepared; 0 where either is empty."""
    if not old or not new:
        return 0.0
    if old == new:
        return 1.0
    left, right = shingles(old), shingles(new)
    return 2 * (left & right).total() / (left.total() + right.total())


def prose_similarity(old: str, new: str, names: Iterable[str] = ()) -> float:
    """How much two sections' texts resemble each other: 0 nothing in common, 1 the same but for figures.

    ``names`` (of agencies, places) count as equal wherever they stand. A text with no wording of its own resembles
    nothing, not even its like.
    """
    names = tuple(names)
    return wording_similarity(own_wording(old, names), own_wording(new, names))
