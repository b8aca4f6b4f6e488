"""Texts whose characters are not what they look like: what conversions and hijacked sites do to a whole text."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Mapping

Disguise = Callable[[str, random.Random], str]

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_RADICALS: dict[int, str] = {
    **{ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in range(0x2F00, 0x2FD6)},
    **{ord(character): radical for character, radical in zip("见车门长", "⻅⻋⻔⻓", strict=True)},
}
_PINYIN = {"院": "yuàn", "公": "gong", "开": "kāi", "政": "zhèng", "务": "wù", "关": "guān", "的": "de"}


def full_width_digits(text: str, _chance: random.Random) -> str:
    return text.translate(_FULL_WIDTH)


def no_break_blanks(text: str, _chance: random.Random) -> str:
    return re.sub(r" (?![^<>]*>)", "\u00a0", text)


def ideographic_blanks(text: str, _chance: random.Random) -> str:
    return text.replace("  ", "\u3000")


def zero_width(text: str, chance: random.Random) -> str:
    """Invisible characters here and there, as word processors leave them."""
    invisible = chance.choice(("\u200b", "\u200d", "\ufeff", "\u2060"))
    return "".join(character + invisible * (chance.random() < 0.05 and character != "\n") for character in text)


def radicals(text: str, _chance: random.Random) -> str:
    """Kangxi radicals for the characters that look the same, as PDF files have them."""
    return text.translate(_RADICALS)


def half_width_marks(text: str, _chance: random.Random) -> str:
    return text.translate(str.maketrans("（），；：", "(),;:"))


def injected_pinyin(text: str, chance: random.Random) -> str:
    """Readings in brackets after some characters, as hijacked mirrors have them."""
    return re.sub(
        "[" + "".join(_PINYIN) + "]",
        lambda found: f"{found[0]}({_PINYIN[found[0]]})" if chance.random() < 0.2 else found[0],
        text,
    )


def spaced_words(text: str, _chance: random.Random) -> str:
    """A blank within the short labels, as those who align labels by hand put it."""
    return re.sub(r"(?m)(?<![\w])(规|总|维|纠)(章|计|持|正)(?!\w)", r"\1 \2", text)


def other_it(text: str, _chance: random.Random) -> str:
    return text.replace("其他", "其它")


DISGUISES: Mapping[str, Disguise] = {
    function.__name__: function
    for function in (
        full_width_digits,
        no_break_blanks,
        ideographic_blanks,
        zero_width,
        radicals,
        half_width_marks,
        injected_pinyin,
        spaced_words,
        other_it,
    )
}


def mojibake(text: str, lossy: bool) -> str:
    """UTF-8 read as GBK line by line; where that would lose something the line stays as it is, or loses it."""
    return "\n".join(_misread(line, lossy) for line in text.split("\n"))


def _misread(line: str, lossy: bool) -> str:
    try:
        return line.encode("utf-8").decode("gb18030")
    except UnicodeDecodeError:
        return line.encode("utf-8").decode("gb18030", "replace") if lossy else line
