"""Bytes as text, whatever the declaration says; and text that was decoded wrongly once, decoded rightly."""

from __future__ import annotations

import codecs
import re

from attrs import frozen

from govdisclosure import _limits as limits
from govdisclosure.errors import UnreadableSource

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 8192
_USUAL = re.compile(r"[\t\n\r\f\x20-\x7e\u00a0-\u00ff\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F])
_REPLACED = re.compile("\ufffd")
MOST_DAMAGE = 0.02
"""The share of characters that may be undecodable or control characters before bytes count as no text."""

_WORDS = ("政府", "信息", "公开", "申请", "情况", "总体", "行政", "数量")
_QUESTION_MARKS = re.compile(r"\?{2,}")


@frozen
class DecodedText:
    text: str
    encoding: str
    notes: tuple[tuple[str, str], ...] = ()


def decode(data: bytes) -> DecodedText:
    """The text of ``data``. The declaration is never asked: it is wrong or missing too often.

    Raises ``UnreadableSource`` for bytes that are no text and ``LimitExceeded`` for more than can be text of a report.
    """
    if len(data) > limits.MAXIMUM_TEXT_BYTES:
        raise limits.exceeded("MAXIMUM_TEXT_BYTES", f"The text has {len(data):,} bytes.")
    encoding, start = _marked(data)
    if encoding is None:
        encoding = _unmarked_utf16(data)
    if encoding is not None:
        text = _lenient(data[start:], encoding)
        damaged = len(_REPLACED.findall(text))
    else:
        encoding, text, damaged = _utf8_or_gb18030(data)
    if encoding in ("utf-8", "gb18030"):
        controls = len(data) - len(data.translate(None, _CONTROL_BYTES))
    else:
        controls = len(_CONTROLS.findall(text))
    if damaged + controls > 1 + MOST_DAMAGE * len(text):
        raise UnreadableSource(
            f"The bytes are no text: {damaged + controls:,} of {len(text):,} characters cannot be decoded.",
            advice="Pass the file as it was published, or its text as str.",
        )
    notes: tuple[tuple[str, str], ...] = ()
    if damaged:
        notes = (("encoding", f"{damaged} damaged bytes in a text that is {encoding} otherwise"),)
    return DecodedText(text.lstrip("\ufeff"), encoding, notes)


def _marked(data: bytes) -> tuple[str | None, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None, 0


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 shows by its NUL bytes (blanks, digits, line ends) and by decoding to characters of a report alone."""
    sample = data[:_SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    if b"\x00" not in sample:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if len(_USUAL.findall(text)) >= 0.95 * len(text):
            return encoding
    return None


def _lenient(data: bytes, encoding: str) -> str:
    """Decoded with U+FFFD for what cannot be; a character cut off at the end is dropped without one."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return decoder.decode(data, final=False)


def _utf8_or_gb18030(data: bytes) -> tuple[str, str, int]:
    """The encoding of the two that damages least. GBK and GB 2312 are part of GB 18030."""
    best: tuple[str, str, int] | None = None
    for encoding in ("utf-8", "gb18030"):
        text = _lenient(data, encoding)
        # U+FFFD that the source itself contains is no sign of a wrong guess.
        damaged = max(0, text.count("\ufffd") - data.count("\ufffd".encode(encoding)))
        if best is None or damaged < best[2]:
            best = (encoding, text, damaged)
        if not damaged:
            break
    assert best is not None
    return best


def join_surrogates(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A text whose characters all are some: halves of characters (surrogates) joined, those alone replaced.

    Python makes such texts of what it can't decode, and of UTF-16 that was cut; nobody can write them to a file.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        alone = joined.count("\ufffd") - text.count("\ufffd")
        return joined, (("encoding", f"{alone} characters of the text can't be decoded"),) if alone else ()
    return text, ()


def repair_mojibake(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """``涓€銆佹€讳綋`` (UTF-8 once read as GBK) as ``一、总体``, if nothing was lost on the way.

    Returns the text and what was done. Raises ``UnreadableSource`` where characters were lost: figures and labels
    would be guesses.
    """
    questions = sum(map(len, _QUESTION_MARKS.findall(text))) if "??" in text else 0
    if questions > 20 and questions > 0.3 * len(text.replace(" ", "")):
        raise UnreadableSource(
            "Most characters of the text are question marks: it was saved in an encoding without Chinese.",
            advice="Fetch the original again and pass its bytes.",
        )
    if not _is_mojibake(text):
        return text, ()
    repaired = []
    for line in text.split("\n"):
        if line.isascii():
            repaired.append(line)
            continue
        try:
            repaired.append(_as_gbk(line).decode("utf-8"))
        except UnicodeError:
            raise UnreadableSource(
                "The text is UTF-8 that was read as GBK, and characters were lost by it.",
                where=f"line {len(repaired) + 1}",
                advice="Fetch the original again and pass its bytes.",
            ) from None
    return "\n".join(repaired), (("mojibake", "the text was UTF-8 read as GBK; it was read back without loss"),)


def _is_mojibake(text: str) -> bool:
    sample = text[:200_000]
    if sample.count(_WORDS[0]) > 2:
        return False
    garbled = sum(sample.count(marker) for marker in _GARBLED)
    return garbled > 1 and garbled > sum(sample.count(word) for word in _WORDS)


def _as_gbk(text: str) -> bytes:
    """Encoded as Windows does it: its GBK has the euro sign at 0x80."""
    return b"\x80".join(piece.encode("gbk") for piece in text.split("€"))


def _garbled(word: str) -> set[str]:
    """What stays of ``word`` when its UTF-8 bytes are read as GBK, at an even and at an odd place."""
    data = word.encode("utf-8")
    return {data.decode("gbk", "replace"), data[1:-1].decode("gbk", "replace")}


_GARBLED = frozenset(
    marker for word in _WORDS for marker in _garbled(word) if "\ufffd" not in marker and len(marker) > 1
)
