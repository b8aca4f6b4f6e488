"""Characters: widths, brackets, quotes and script folded, so that labels and numbers can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

WHITE_SPACE = regex.compile(r"[\s\p{Cf}]+")
_NUMBERING = regex.compile(
    r"第?\([一二三四五六七八九十\d]{1,3}\)|[表第]?[一二三四五六七八九十]{1,2}(?:部分)?|\d{1,2}[)]?"
)

# Traditional characters that occur in the form's labels, and 它 for 他.
_TRADITIONAL = str.maketrans(
    "數據項規範檔廢發現條製處許罰強對務業機構組織費額購採總計請結轉復議訟經類訴維糾審屬國絡會體動開關報應問題況實際單萬內與為無"
    "第當資訊庫書費標準審權記錄變動間處長門關驗辦級縣區鄉鎮產農環護圖據線絕續継它減憑證執齊該損舉投複重獲專門據點頁數",
    "数据项规范档废发现条制处许罚强对务业机构组织费额购采总计请结转复议讼经类诉维纠审属国络会体动开关报应问题况实际单万内与为无"
    "第当资讯库书费标准审权记录变动间处长门关验办级县区乡镇产农环护图据线绝续继他减凭证执齐该损举投复重获专门据点页数",
)
_UNIFIED = {
    character: plain
    for character, plain in (_TRADITIONAL | str.maketrans("〔[【〕]】", "((()))")).items()
    if character != plain
}
# The standard library's engine finds a character of a set several times faster than regex does.
_TO_UNIFY = re.compile(f"[{re.escape(''.join(map(chr, _UNIFIED)))}]")
_IGNORED = re.compile(r"""["“”'‘’「」『』\\*#/_`~、，,.。·．;；:：＂＇＊＃／＿｀～＼]+""")
_PINYIN = regex.compile(r"(?<=\p{Han})\((?=[^()]*[a-zü])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_WIDE = re.compile(r"[\u3001-\u303e\u4e00-\u9fff\uff01-\uff60]+")
"""Characters that fill two columns without a look at Unicode's table: nearly all of a text."""
_HAN = regex.compile(r"\p{Han}")


def fold(text: str) -> str:
    """Compatibility forms to their plain ones: full-width digits and brackets, ideographic space."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


LONGEST_REPEATED = 80
"""Longer texts than this are prose, whose keys are not worth keeping."""


def label_key(text: str) -> str:
    """What of a label is compared: no white space, quotes or commas, one kind of brackets, simplified script."""
    return _short_key(text) if len(text) <= LONGEST_REPEATED else _key(text)


def _key(text: str) -> str:
    key = "".join(text.split())
    if not key.isprintable():
        key = WHITE_SPACE.sub("", key)
    key = _IGNORED.sub("", key).replace("（", "(").replace("）", ")")
    if not unicodedata.is_normalized("NFKC", key):
        key = _IGNORED.sub("", WHITE_SPACE.sub("", fold(key)))
    if _TO_UNIFY.search(key):
        key = _TO_UNIFY.sub(_unified, key)  # few are: str.translate would look up every character
    if "(" in key:
        key = _PINYIN.sub("", key)
    return key


def _unified(match: re.Match[str]) -> str:
    return match.group().translate(_UNIFIED)


_short_key = lru_cache(maxsize=4096)(_key)
"""Labels stand in a report more than once, and in every report: no more than 4,096 short texts are remembered."""


def numbering(key: str) -> str:
    """The numbering a label key begins with: ``一`` ``(三)`` ``5`` or nothing."""
    match = _NUMBERING.match(key)
    return match.group() if match is not None and match.end() < len(key) else ""


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def without_injected_pinyin(text: str) -> str:
    """``務(wù)院`` as ``務院``: pages that were tampered with carry pronunciations after single characters."""
    return _PINYIN.sub("", text)


def join_wrapped(pieces: Iterable[str]) -> str:
    """The pieces of a wrapped line or cell as one: no blank beside a Chinese character or full-width mark."""
    joined: list[str] = []
    for piece in filter(None, map(str.strip, pieces)):
        if joined and _is_letter(joined[-1][-1]) and _is_letter(piece[0]):
            joined.append(" ")
        joined.append(piece)
    return "".join(joined)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def display_width(text: str) -> int:
    """How many columns of a terminal the text fills; Chinese characters fill two."""
    if text.isascii():
        return len(text)
    rest = _WIDE.sub("", text)
    return 2 * len(text) - sum(unicodedata.east_asian_width(character) not in "WF" for character in rest)


def wide_width(text: str) -> int:
    """The same where characters that may be either, such as “ and ①, are as wide as Chinese ones."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
