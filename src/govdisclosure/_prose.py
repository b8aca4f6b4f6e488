"""Prose: lines as printed, put together into the paragraphs they were before they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import regex

from govdisclosure._characters import display_width, join_wrapped, without_injected_pinyin

_MARKDOWN = regex.compile(r"^\s*(?:#{1,6}\s+|>\s+|[*+]\s+(?=\S))|\*\*|__")
_ESCAPE = regex.compile(r"\\([\\`*_{}\[\]()#+\-.!|\"'~>])")
_MARKED = re.compile(r"[#>*+_\\]")
"""A line without one of these holds nothing of the two above."""
_CHINESE = r"[\p{Han}，。、；：？！“”‘’（）《》【】]"
_STRAY_BLANKS = regex.compile(rf"(?<={_CHINESE})[ \xa0]{{1,2}}(?={_CHINESE})")
_INDENT = re.compile(r"^(?:\u3000{1,4}|[ \t]{2,8})(?=\S)")
_ITEM = regex.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}(?:[、.．]|是(?!否))|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十][,，、]|[①-⑳])"
)
WRAPPED_SHARE = 0.15
"""The share of prose lines that must end within a sentence before lines are taken to be wrapped."""
_SENTENCE_END = regex.compile(r"(?<=[。！？；\n])")
_PAUSE = re.compile(r"[，。；]")
_ENDS = "。！？!?：:；;”’）)》】…"
_GOES_ON = "，、,（(“‘《"
WIDEST_PAGE = 170
"""Lines wider than this (in display columns) were not wrapped by a page."""


def paragraphs(lines: Sequence[tuple[str, str]], width: int | None) -> str:
    """The prose of lines (each as printed and as ``clean`` gives it), a paragraph a line.

    ``width`` is where the page wrapped them, if it did.
    """
    texts = [(text, _INDENT.match(line.lstrip("\f")) is not None) for line, text in lines]
    indents = sum(indented for _, indented in texts)
    indenting = 0 < indents < len(texts)
    every_indented = width is not None and _every_paragraph_is_indented(texts, width)
    found: list[list[str]] = []
    last = ""
    length = 0
    for text, indented in texts:
        if not text:
            continue
        wrapped = width is not None and display_width(last) >= FILLED * width
        if found and (
            (every_indented and wrapped and not indented and _ITEM.match(text) is None)
            or _continues(length, last, text, indented, indenting, width)
        ):
            found[-1].append(text)
            length += len(text)
        else:
            found.append([text])
            length = len(text)
        last = text
    return "\n".join(map(join_wrapped, found))


FILLED = 0.72
"""The share of the page's width from which on a line may have been wrapped."""


def _every_paragraph_is_indented(texts: Sequence[tuple[str, bool]], width: int) -> bool:
    """Whether all lines after one that ends a sentence early are indented: then a line that is not begins nothing."""
    begins = [
        indented
        for (before, _), (_, indented) in pairwise(texts)
        if before and before[-1] in _ENDS and display_width(before) < FILLED * width
    ]
    return len(begins) > 1 and all(begins)


def clean(text: str) -> str:
    """A line of prose without its marks of Markdown, stray blanks and injected pinyin."""
    if " " in text or "\xa0" in text:
        text = _STRAY_BLANKS.sub("", text)
    if _MARKED.search(text):
        text = _ESCAPE.sub(r"\1", _MARKDOWN.sub("", text))
    text = text.strip(" \t\f\v\u3000\xa0\u200b\ufeff")
    return without_injected_pinyin(text) if "(" in text else text


def page_width(texts: Sequence[str]) -> int | None:
    """The width that clean lines were wrapped at, if they were.

    Then many end within a sentence, and several come close to it.
    """
    prose = [text for text in texts if _PAUSE.search(text)]
    cut = [text for text in prose if text[-1] not in _ENDS]
    if len(cut) < max(2, WRAPPED_SHARE * len(prose)):
        return None
    widths = sorted((width for text in prose if (width := display_width(text)) <= WIDEST_PAGE), reverse=True)
    for widest, third in zip(widths, widths[2:], strict=False):
        if third >= 0.88 * widest:
            return widest
    return None


def _continues(length: int, last: str, text: str, indented: bool, indents_tell: bool, width: int | None) -> bool:
    """Whether a line goes on with the paragraph before it, of that length, which ends with the line ``last``.

    Indents tell paragraphs where only some lines have them.
    """
    end = last[-1]
    if end in _GOES_ON:
        return True
    wrapped = width is not None and display_width(last) >= FILLED * width
    if end not in _ENDS:
        if wrapped:
            return not (indented and indents_tell) or _ITEM.match(text) is None
        return length >= 40 and _ITEM.match(text) is None
    full = width is not None and display_width(last) >= width - 3
    return full and not indented and _ITEM.match(text) is None and end not in "：:"


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its closing mark."""
    return [part for part in _SENTENCE_END.split(text) if part.strip()]
