"""How long the readers take beside libraries that read the same files, in one run: python benchmarks/readers.py

Needs pandas, lxml, python-docx and pdfplumber. The files are those of the folder that GOVDISCLOSURE_REFERENCE names,
or files given as arguments. Each time is the best of several rounds; the ratios are what to look at.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pandas
import pdfplumber
import pypdfium2

from govdisclosure._reading import read

ROUNDS = 7


def best(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def pandas_tables(data: bytes) -> object:
    return pandas.read_html(io.StringIO(data.decode("utf-8", "replace")), flavor="lxml")


def word_cells(data: bytes) -> object:
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(data)).tables
    ]


def plumber_tables(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def pdfium_text(data: bytes) -> object:
    pdf = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


OTHERS: dict[str, list[tuple[str, Callable[[bytes], object]]]] = {
    ".html": [("pandas.read_html", pandas_tables)],
    ".docx": [("python-docx cells", word_cells)],
    ".pdf": [("pdfplumber.extract_tables", plumber_tables), ("pypdfium2 text", pdfium_text)],
}


def main() -> None:
    logging.disable()  # pdfminer warns of each font
    paths = [Path(name) for name in sys.argv[1:]]
    if not paths:
        folder = Path(os.environ["GOVDISCLOSURE_REFERENCE"]) / "renderings"
        paths = sorted(path for path in folder.glob("*/*") if path.suffix in OTHERS)
    totals: dict[str, list[float]] = {}
    for path in paths:
        data = path.read_bytes()
        own = best(lambda data=data: read(data))  # type: ignore[misc]
        for name, call in OTHERS[path.suffix]:
            other = best(lambda data=data, call=call: call(data))  # type: ignore[misc]
            place = f"{path.parent.name}/{path.name}"
            print(f"{place:28} {own:7.1f} ms   {name:26} {other:7.1f} ms   ratio {own / other:5.2f}")
            sums = totals.setdefault(name, [0.0, 0.0])
            sums[0] += own
            sums[1] += other
    for name, (own, other) in totals.items():
        print(f"all files: {own / other:5.2f} of {name}")


if __name__ == "__main__":
    main()
