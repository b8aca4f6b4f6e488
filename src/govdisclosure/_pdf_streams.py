"""How much the streams of a PDF unpack to, told without PDFium, which unpacks a page's content whole.

What a stream's dictionary says of its packing is not asked, since PDFium does not hold to it either: whatever looks
packed is unpacked here, piece by piece and no further than the limit.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter

from attrs import define, field

from govdisclosure import _limits as limits

PIECE = 1 << 16
"""Bytes that are unpacked at a time."""

MOST_LAYERS = 4
"""How often a stream may be packed in itself."""

LONGEST_DICTIONARY = 20_000

_STREAM = re.compile(rb"stream[^\r\n]{0,200}(?:\r\n?|\n)")
_OBJECT = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})\s*(?:/|>>)")
_NOT_UNPACKED_HERE = re.compile(
    rb"/(?:LZW|RunLength|ASCII85|ASCIIHex|A85|AHx|RL|Encrypt)"  # other packings, and encrypted streams
    rb"|/Filter\s{1,9}\d{1,9}\s+\d"  # a packing that is named elsewhere, perhaps in a packed stream
    rb"|/[A-Za-z0-9]{0,20}#[4-7][0-9A-Fa-f]"  # a name with its letters written as numbers
)


@define
class Unpacked:
    """``total`` bytes, each stream as often as it is referred to; ``largest`` is that of one stream.

    ``known`` is false where streams are packed in ways that are not looked into, and where ``total`` is over the limit.
    """

    total: int = 0
    largest: int = 0
    known: bool = True

    def add(self, size: int) -> None:
        self.total += size
        if self.total > limits.MAXIMUM_UNPACKED_BYTES:
            self.known = False


def unpacked(data: bytes) -> Unpacked:
    """How much the streams of a file unpack to, as far as ``MAXIMUM_UNPACKED_BYTES``."""
    found = Unpacked(known=_NOT_UNPACKED_HERE.search(data) is None)
    sizes: dict[int, int] = {}
    texts = [data]
    budget = 2 * len(data) + 16 * PIECE  # streams may begin within streams
    for match in _STREAM.finditer(data):
        if not found.known:
            return found
        dictionary = data.rfind(b"obj", max(0, match.start() - LONGEST_DICTIONARY), match.start())
        number = number_before(data, dictionary)
        header = data[dictionary : match.start()]
        layer = _Layer(found, keeps=b"/ObjStm" in header)
        at = match.end()
        while at < len(data) and layer.open and found.known:
            layer.feed(data[at : at + PIECE])
            at += PIECE
            budget -= PIECE - len(layer.stream.unused_data) if layer.size else 0
            found.known = found.known and budget > 0
        texts.extend(layer.kept)
        size = layer.size or _plain_size(data, match.end(), header)
        found.largest = max(found.largest, size)
        if number is not None:
            sizes[number] = max(size, sizes.get(number, 0))
    counts = Counter(int(number) for text in texts for number in _REFERENCE.findall(text))
    for number, size in sizes.items():
        found.add(size * max(0, counts[number] - 1))
    return found


def number_before(data: bytes, place: int) -> int | None:
    """The number of the object whose ``obj`` stands at ``place``."""
    match = _OBJECT.search(data, max(0, place - 24), place + 3) if place >= 0 else None
    return int(match.group(1)) if match is not None else None


def _plain_size(data: bytes, start: int, header: bytes) -> int:
    """The size of a stream that is not packed; the rest of the file where that stands elsewhere."""
    written = _LENGTH.search(header)
    return min(int(written.group(1)) if written is not None else len(data), len(data) - start)


@define(slots=True, eq=False)
class _Layer:
    """Unpacks what it is fed, and what comes of it once more if that looks packed itself."""

    found: Unpacked
    keeps: bool = False
    depth: int = 1
    size: int = 0
    kept: list[bytes] = field(factory=list)
    open: bool = True
    begun: bool = False
    inner: _Layer | None = None
    stream: zlib._Decompress = field(factory=zlib.decompressobj)

    def feed(self, data: bytes) -> None:
        if not self.begun:
            self.begun = True
            self.open = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
        while self.open and self.found.known:
            try:
                piece = self.stream.decompress(data, PIECE)
            except zlib.error:
                self.open = False
                return
            self._add(piece)
            data = self.stream.unconsumed_tail
            if self.stream.eof:
                self.open = False
            elif not data and len(piece) < PIECE:
                return

    def _add(self, piece: bytes) -> None:
        if not piece:
            return
        if self.inner is None and not self.size:
            self.inner = _Layer(self.found, self.keeps, self.depth + 1)
        self.size += len(piece)
        self.found.add(len(piece))
        if self.keeps:
            self.kept.append(piece)
        if self.inner is not None and (self.inner.open or not self.inner.begun):
            self.inner.feed(piece)
            if self.inner.open and self.depth == MOST_LAYERS:
                self.found.known = False
            self.found.largest = max(self.found.largest, self.inner.size)
