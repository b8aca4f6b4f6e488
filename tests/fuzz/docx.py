"""Word: the XML parts in the archive are changed and packed again, and the archive's own bytes now and then."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError, fromstring

from tests.fuzz import markup
from tests.fuzz.invariants import check_source
from tests.fuzz.printing import as_docx
from tests.fuzz.text import Havoc, encoded
from tests.readers.docx_writer import STRICT, docx_file
from tests.support.truth import Manner, invent

NAME = "docx"
LONGEST = 60_000
MAIN = "word/document.xml"
ROOT = Path(__file__).parent.parent.parent
ATTRIBUTES = ("w:val", "w:w", "w:type", "xml:space", "Target", "Type")
SNIPPETS = (
    *("<w:p>", "</w:p>", "<w:r><w:t>1</w:t></w:r>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>"),
    *('<w:tcPr><w:gridSpan w:val="9999"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>", "<w:p/>", "<w:tc/>", "<w:tr/>"),
    *('<w:trPr><w:gridBefore w:val="300"/></w:trPr>', "<w:tab/>", "<w:br/>", "<w:tbl/>", "<w:sdt/>", "<w:hMerge/>"),
    *("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "<!-- -->", "<![CDATA[1]]>"),
    *('<w:tblGrid><w:gridCol w:w="1"/></w:tblGrid>', "<w:del>", "<w:pict><w:txbxContent/></w:pict>", "&#x0;"),
    *('<!DOCTYPE a [<!ENTITY b "c">]>', "&b;", "<w:rPr><w:vanish/></w:rPr>", "<w:trPr><w:del/></w:trPr>"),
    "&#55296;",
    "<mc:AlternateContent><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent>",
)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError)


def test_one_input(data: bytes) -> None:
    check_source(data, "docx" if len(data) % 2 else None)


def seeds() -> Iterator[tuple[str, bytes]]:
    for path in (ROOT / "tests" / "readers" / "docx").glob("*.xml"):
        yield path.stem, docx_file(path.read_text("utf-8"))
        yield f"{path.stem}-strict", docx_file(path.read_text("utf-8"), namespace=STRICT)
    for number, form in enumerate(("2019", "2021", "2019", "2021")):
        yield f"report{number}", as_docx(invent(number, Manner(form=form, notes=number > 1)))


def mutate(data: bytes, most: int, seed: int, havoc: Havoc) -> bytes:
    chance = random.Random(seed)
    parts = unpacked(data)
    if not parts or chance.random() < 0.05:
        return havoc(data, most)
    name = MAIN if MAIN in parts and chance.random() < 0.9 else chance.choice(list(parts))
    before = parts[name].decode("utf-8", "surrogateescape")
    for _attempt in range(8):
        text = before
        for _ in range(chance.choice((1, 1, 2, 3))):
            text = markup.changed(text, chance, SNIPPETS, ATTRIBUTES)
        if chance.random() < 0.1 or _is_well_formed(text):
            break
    parts[name] = havoc(encoded(text), len(text) * 4 + 100) if chance.random() < 0.05 else encoded(text)
    if chance.random() < 0.02:
        parts[chance.choice(("docProps/core.xml", "word/other.xml", "xl/workbook.xml", ""))] = parts.pop(name)
    made = packed(parts)
    return made if len(made) <= most else data[:most]


def _is_well_formed(text: str) -> bool:
    """Most changes leave a tag open; what is not well-formed is refused before much is done with it."""
    try:
        fromstring(encoded(text))
    except (ParseError, ValueError, LookupError):
        return False
    return True


def crossed(first: bytes, second: bytes, most: int, seed: int) -> bytes:
    """The one's archive with the beginning of the body of the other."""
    chance = random.Random(seed)
    mine, other = unpacked(first), unpacked(second)
    if MAIN in mine and MAIN in other:
        head, tail = mine[MAIN].split(b"<w:tr>"), other[MAIN].split(b"<w:tr>")
        pieces = [*head[: chance.randint(0, len(head))], *tail[chance.randint(0, len(tail)) :]]
        made = packed({**mine, MAIN: b"<w:tr>".join(pieces)})
        if len(made) <= most:
            return made
    return first[:most]


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts, or nothing if it is no archive any more or one that grows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 4_000_000:
                return {}
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except _DAMAGE:
        return {}


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
