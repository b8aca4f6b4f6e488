"""PDF: content streams are unpacked, changed and packed again, dictionaries and bytes are changed."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator

from tests.fuzz.invariants import check_source
from tests.fuzz.printing import as_pdf
from tests.fuzz.text import Havoc
from tests.fuzz.words import LABELS, NUMBERS
from tests.readers.pdf_writer import PdfPage, pdf_file
from tests.support.truth import Manner, invent

NAME = "pdf"
LONGEST = 120_000
_STREAM = re.compile(rb"<<([^\n]*)>>\r?\nstream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
NUMBERS_OF_PDF = (b"0", b"1", b"-1", b"0.5", b"90", b"842", b"-5000", b"99999", b"1e9", b"2147483648", b"0.0001")
OPERATIONS = (
    *(b"q", b"Q", b"BT", b"ET", b"S", b"f", b"B", b"n", b"h", b"/X Do", b"W n", b"T*", b"3 Tr", b"0 0 m", b"500 0 l"),
    *(b"10 10 500 1 re f", b"0 1 -1 0 300 300 cm", b"2 0 0 2 0 0 cm", b"0 0 0 0 0 0 cm", b"1 0 0 -1 0 800 cm"),
    *(
        b"/F1 0 Tf",
        b"/F1 -9 Tf",
        b"50 Tc",
        b"300 Tz",
        b"9 TL",
        b"9 Ts",
        b"<0031> Tj",
        b"(abc) Tj",
        b"[<0031> -9000 <0032>] TJ",
    ),
    *(b"0 1 -1 0 60 60 Tm", b"1 2 3 4 5 6 c", b"9e9 9e9 l S", b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", b"<D800> Tj"),
)
DICTIONARY = (
    *(b"/Rotate 90", b"/Rotate 45", b"/MediaBox[0 0 0 0]", b"/MediaBox[600 800 0 0]", b"/CropBox[100 100 200 200]"),
    *(b"/Type/Page", b"/Count 99999", b"/Filter/FlateDecode", b"/Filter[/ASCIIHexDecode]", b"/UserUnit 100"),
    *(b"/Subtype/Form", b"/XObject<</X 7 0 R>>", b"/Contents[7 0 R 7 0 R]", b"/Length 5", b"/Encrypt 3 0 R"),
    *(b"/Filter[/FlateDecode/FlateDecode]", b"/DecodeParms<</Predictor 12/Columns 4>>", b"/W[1 95 0]", b"/DW -1000"),
)


def test_one_input(data: bytes) -> None:
    check_source(data, "pdf" if len(data) % 2 else None)


def seeds() -> Iterator[tuple[str, bytes]]:
    for number, form in enumerate(("2019", "2021")):
        truth = invent(number, Manner(form=form))
        yield f"ruled{form}", as_pdf(truth)
        yield f"packed{form}", repacked(as_pdf(truth), lambda content: content, pack=True)
        yield f"unruled{form}", as_pdf(truth, ruled=False)
    for rotate in (90, 180):
        page = PdfPage(rotate=rotate)
        for at in range(5):
            page.line(60, 560 - 20 * at, 500, 560 - 20 * at)
            page.line(60 + 110 * at, 560, 60 + 110 * at, 480)
            page.text(65, 546 - 20 * at, LABELS[at])
        page.text(60, 700, "2023年政府信息公开工作年度报告")
        page.text(60, 650, "一、总体情况")
        page.text(60, 600, "二、主动公开政府信息情况")
        yield f"small{rotate}", pdf_file([page, page])
    page = PdfPage()
    page.text(60, 700, "一、总体情况")
    page.operations.append("/X Do")
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length 20>>\nstream\n1 1 m 90 1 l 90 9 l S\nendstream"
    yield "form", pdf_file([page], [form]).replace(b"/Font<</F1 3 0 R>>", b"/Font<</F1 3 0 R>>/XObject<</X 8 0 R>>")


def mutate(data: bytes, most: int, seed: int, havoc: Havoc) -> bytes:
    chance = random.Random(seed)
    kind = chance.random()
    if kind < 0.1:
        return havoc(data, most)
    if kind < 0.25:
        made = _other_dictionary(data, chance)
    else:
        streams = list(_STREAM.finditer(data))
        if not streams:
            return havoc(data, most)
        chosen = chance.choice(streams).start()

        def change(content: bytes) -> bytes:
            if chance.random() < 0.1:
                return havoc(content or b"q", len(content) + 200)
            return _other_operations(content, chance)

        made = repacked(data, change, at=chosen, pack=chance.random() < 0.3)
    return made if len(made) <= most else data[:most]


def crossed(first: bytes, second: bytes, most: int, seed: int) -> bytes:
    """The one with a content stream of the other in the place of one of its own."""
    chance = random.Random(seed)
    mine, other = list(_STREAM.finditer(first)), list(_STREAM.finditer(second))
    if not mine or not other:
        return first[:most]
    content = _content(chance.choice(other))
    made = repacked(first, lambda _content: content, at=chance.choice(mine).start())
    return made if len(made) <= most else first[:most]


def repacked(data: bytes, change: object, at: int | None = None, pack: bool = False) -> bytes:
    """The file with the stream at ``at`` (``None``: all) changed. PDFium finds the objects that have moved."""

    def one(found: re.Match[bytes]) -> bytes:
        if at is not None and found.start() != at:
            return found.group()
        content = change(_content(found))  # type: ignore[operator]
        named = re.sub(rb"/Length \d+|/Filter/FlateDecode", b"", found.group(1))
        if pack:
            content = zlib.compress(content, 1)
            named += b"/Filter/FlateDecode"
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (named, len(content), content)

    return _STREAM.sub(one, data)


def _content(found: re.Match[bytes]) -> bytes:
    if b"/FlateDecode" not in found.group(1):
        return found.group(2)
    try:
        return zlib.decompressobj().decompress(found.group(2), 1_000_000)
    except zlib.error:
        return found.group(2)


def _other_operations(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for _ in range(chance.choice((1, 2, 4, 10))):
        if not lines:
            lines = [b"q"]
        at = chance.randrange(len(lines))
        end = at + chance.choice((1, 1, 3, 20))
        move = chance.randrange(7)
        if move == 0:
            del lines[at:end]
        elif move == 1:
            lines[end:end] = lines[at:end] * chance.choice((1, 1, 5))
        elif move == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif move == 3:
            lines.insert(at, chance.choice(OPERATIONS))
        elif move == 4:
            word = chance.choice((*LABELS, *NUMBERS)).encode("utf-16-be", "surrogatepass").hex().encode()
            lines[at] = re.sub(rb"<[0-9a-f]*>", b"<" + word + b">", lines[at])
        else:
            numbers = list(_NUMBER.finditer(lines[at]))
            if numbers:
                one = chance.choice(numbers)
                value = float(one.group())
                new = chance.choice(
                    (*NUMBERS_OF_PDF, *(b"%.2f" % (value + by) for by in (-20, -3, -0.5, 0.5, 3, 20, 100)))
                )
                lines[at] = lines[at][: one.start()] + new + lines[at][one.end() :]
    return b"\n".join(lines)


def _other_dictionary(data: bytes, chance: random.Random) -> bytes:
    places = [found.end() for found in re.finditer(rb"<<", data)]
    if not places:
        return data
    at = chance.choice(places)
    if chance.random() < 0.6:
        return data[:at] + chance.choice(DICTIONARY) + data[at:]
    numbers = list(_NUMBER.finditer(data, at, at + 200))
    if not numbers:
        return data
    one = chance.choice(numbers)
    return data[: one.start()] + chance.choice(NUMBERS_OF_PDF) + data[one.end() :]
