"""What is measured: invented reports of real length in every format, and reference documents where they are.

``GOVDISCLOSURE_REFERENCE`` names the folder of the reference documents; without it the invented ones are measured.
"""

from __future__ import annotations

import random
from functools import cache

import attrs

from tests.support import files, prose, reference
from tests.support.printing import Surroundings, print_report
from tests.support.truth import Manner, Truth, invent

SEED = 2025
LAYOUTS = ("tabs_empty", "gfm", "cell_per_line", "words_narrow", "column_wise")
"""Layouts of text from the easiest to the hardest: a grid, Markdown, a cell a line, a page's words, torn columns."""


@attrs.frozen
class Input:
    """Some sources of one kind that are read one after the other."""

    name: str
    format: str
    sources: tuple[str | bytes, ...]


def lengthened(truth: Truth, times: int, seed: int = SEED) -> Truth:
    """The report with an overview of so many times the paragraphs: real ones have 1,000 to 4,000 characters."""
    chance = random.Random(seed)
    overview = list(truth.narrative["overview"])
    for _time in range(times - 1):
        overview.extend(prose.narrative(chance, "plain", truth.agency, truth.year)["overview"][1:])
    return attrs.evolve(truth, narrative={**truth.narrative, "overview": tuple(overview)})


@cache
def truth() -> Truth:
    """An ordinary county's report: 2,500 characters of prose, numbers up to 300."""
    return lengthened(invent(SEED, Manner(scale=300, prose="inline")), 8)


@cache
def inputs() -> tuple[Input, ...]:
    made = truth()
    texts = [Input(f"text: {name}", "text", (print_report(made, name),)) for name in LAYOUTS]
    around = Surroundings(chrome=True, contents=True, pages=True, repeated_title=True)
    texts.append(Input("text: words_narrow, paged", "text", (print_report(made, "words_narrow", around=around),)))
    made_files = [
        Input("HTML", "html", (files.html_page(made).encode(),)),
        Input("Word", "docx", (files.word_file(made),)),
        Input("PDF", "pdf", (files.pdf_document(made),)),
    ]
    return (*texts, *made_files, *_reference())


def _reference() -> tuple[Input, ...]:
    by_format: dict[str, list[str | bytes]] = {}
    for rendering in reference.renderings():
        kind = "text" if rendering.is_text else rendering.file.suffix[1:]
        by_format.setdefault(kind, []).append(rendering.text() if rendering.is_text else rendering.file.read_bytes())
    real: list[str | bytes] = [report.text() for report in reference.real_reports()]
    named = [("text: real", "text", real), *((f"{kind}: reference", kind, found) for kind, found in by_format.items())]
    return tuple(Input(name, kind, tuple(found)) for name, kind, found in named if found)
