"""The judge: what a report says against what is known to be true, cell by cell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

import attrs

from govdisclosure import CellState, Report, Severity
from tests.support.truth import Truth

Value = int | Decimal | None
Narrative = Mapping[str, tuple[tuple[str, str], ...]]


class Verdict(StrEnum):
    """How a cell fared. Only ``SILENT`` and ``MISSTATED`` are faults in themselves."""

    EXACT = "exact"  # right, and no doubt about it
    INFERRED = "inferred"  # right, worked out from the form's sums, and said to be so
    NEEDLESS = "needless"  # right, but doubted
    DOUBTFUL = "doubtful"  # not right, and a diagnostic names it
    SILENT = "silent"  # not right, and nothing is said
    MISSTATED = "misstated"  # right and undoubted, but its state (blank, placeholder, …) or its literal is wrong


@attrs.frozen
class CellVerdict:
    path: str
    verdict: Verdict
    truth: Value
    got: Value
    state: str

    def __str__(self) -> str:
        return f"{self.path}: truth {self.truth}, got {self.got} ({self.state})"


@attrs.frozen
class Judgement:
    """All cells of one report, and what is wrong with its identity and its prose."""

    cells: tuple[CellVerdict, ...]
    identity: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()

    def of(self, verdict: Verdict) -> tuple[CellVerdict, ...]:
        return tuple(cell for cell in self.cells if cell.verdict is verdict)

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(cell.verdict for cell in self.cells)


def judge(
    report: Report,
    truth_cells: Mapping[str, Value],
    written: Mapping[str, str] | None = None,
    emptied: Mapping[Value, int] | None = None,
) -> tuple[CellVerdict, ...]:
    """Judge every cell of the truth.

    ``written`` holds the cells as printed where that is more than the number: it tells a blank from a placeholder.
    ``emptied`` counts values that were taken out of a table that shows its blanks: the source is then right to be read
    as blank there.
    """
    doubted = named(report)
    left = Counter(emptied or {})
    known = report.cells()
    verdicts = []
    for path, true in truth_cells.items():
        if path not in known:
            verdicts.append(CellVerdict(path, Verdict.SILENT, true, None, "no such cell"))
            continue
        cell = report.cell(path)
        if cell.value == true:
            verdict = _right(cell.state, cell.value, true, path in doubted, (written or {}).get(path))
        elif path in doubted:
            verdict = Verdict.DOUBTFUL
        elif cell.value is None and cell.state is CellState.BLANK and left[true] > 0:
            left[true] -= 1
            verdict = Verdict.EXACT
        else:
            verdict = Verdict.SILENT
        verdicts.append(CellVerdict(path, verdict, true, cell.value, str(cell.state)))
    return tuple(verdicts)


def named(report: Report) -> frozenset[str]:
    """The cells that a warning or an error names."""
    return frozenset(
        path
        for diagnostic in report.diagnostics
        if diagnostic.severity in (Severity.WARNING, Severity.ERROR)
        for path in diagnostic.paths
    )


def assess(report: Report, truth: Truth, text: str | None = None) -> Judgement:
    """Cells, identity and prose of a report against the truth it was printed from.

    Prose is asked for as far as the source's ``text`` has it: some tools give tables only, or everything as one line.
    """
    narrative = truth.narrative if text is None else _narrative_in(text, truth.narrative)
    paragraphs = text is None or _shows_paragraphs(text, narrative)
    return Judgement(
        judge(report, truth.cells, truth.written),
        identity_problems(report, truth),
        tuple(prose_problems(report, narrative, paragraphs)),
    )


def identity_problems(report: Report, truth: Truth) -> tuple[str, ...]:
    """Title, agency, year and form where they differ."""
    pairs = {
        "title": (report.title, truth.title),
        "agency": (report.agency, truth.agency),
        "year": (report.year, truth.year),
        "form": (str(report.form), truth.form),
    }
    return tuple(f"{name}: truth {true!r}, got {got!r}" for name, (got, true) in pairs.items() if got != true)


def prose_problems(report: Report, narrative: Narrative, paragraphs: bool = True) -> list[str]:
    """Sentences of the truth that a section lacks, text it has besides them, and blanks inside Chinese words.

    ``paragraphs``: whether the source still shows where paragraphs end.
    """
    problems = []
    for name, wanted in narrative.items():
        text = report.section(name).text
        rest = plain(text)
        for sentence in _sentences(wanted):
            if sentence in rest:
                rest = rest.replace(sentence, "\n", 1)
            else:
                problems.append(f"{name}: lost {sentence!r}")
        besides = "".join(rest.split())
        if besides:
            problems.append(f"{name}: besides the truth {besides!r}")
        if not paragraphs:
            continue
        if stray := _STRAY.search(text):
            problems.append(f"{name}: stray blank in {text[max(0, stray.start() - 8) : stray.end() + 8]!r}")
        if not any(problem.startswith(f"{name}:") for problem in problems):
            lines = [plain(line) for line in text.split("\n") if line.strip()]
            whole = [plain(paragraph) for _kind, paragraph in wanted]
            if lines != whole:
                problems.append(f"{name}: {len(lines)} paragraphs for {len(whole)}")
    return problems


_LINE_ENDS = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")


def _narrative_in(text: str, narrative: Narrative) -> Narrative:
    """The sections of which the text has a paragraph at all."""
    there = plain(text)
    return {name: parts for name, parts in narrative.items() if any(plain(part)[:8] in there for _kind, part in parts)}


def _shows_paragraphs(text: str, narrative: Narrative) -> bool:
    """Whether every paragraph begins on a line of its own."""
    begins = {plain(line)[:6] for line in text.split("\n")}
    return all(plain(part)[:6] in begins for parts in narrative.values() for _kind, part in parts)


def span_problems(report: Report, text: str) -> list[str]:
    """Present values whose span does not point at the characters that spell them."""
    lines = _LINE_ENDS.split(text)
    problems = []
    for path, value in report.cells().items():
        cell = report.cell(path)
        if cell.state is not CellState.PRESENT:
            continue
        span = cell.span
        if span is not None and span.table is not None and _digits(value) in _spelled(span.text):
            continue  # a cell of markup: its place is that in the grid
        if span is None or span.line is None or span.column is None:
            problems.append(f"{path}: no place")
            continue
        there = lines[span.line - 1][span.column - 1 :] if 0 < span.line <= len(lines) else ""
        # A cell may go on in the next line; the number itself stands where the cell begins.
        same = "".join(a for a, _b in takewhile(lambda pair: pair[0] == pair[1], zip(there, span.text, strict=False)))
        if not same or _digits(value) not in _spelled(same):
            problems.append(f"{path}: {span} says {span.text!r} for {value}, there stands {there[:20]!r}")
    return problems


def _digits(value: Value) -> str:
    return str(value).lstrip("+-")


def _spelled(text: str) -> str:
    """A cell's text as digits, with what is known to be read as one: letters for digits, commas within numbers, and
    characters without width."""
    plainly = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain(text)).translate(
        str.maketrans("OoIl|", "00111")
    )
    plainly = "".join(character for character in plainly if unicodedata.category(character) != "Cf")
    return re.sub(r"(?<=\d)[,，](?=\d)", "", plainly)


_HAN = r"[\u4e00-\u9fff，。；：、（）“”]"
_STRAY = re.compile(rf"(?<={_HAN})[ \t\u3000]+(?=[\u4e00-\u9fff，。；：、）”])")
_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\\": "", "*": "", "．": "."})


def plain(text: str) -> str:
    """Text without what tools change in it: widths, quotes, blanks, marks of emphasis."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_SAME)).split())


def _sentences(paragraphs: tuple[tuple[str, str], ...]) -> list[str]:
    found: list[str] = []
    for _kind, paragraph in paragraphs:
        found.extend(part for part in re.findall(r"[^。;]*[。;]?", plain(paragraph)) if part)
    return sorted(found, key=len, reverse=True)


def _right(state: CellState, value: Value, true: Value, doubted: bool, written: str | None) -> Verdict:
    if state is CellState.INFERRED:
        return Verdict.INFERRED if doubted else Verdict.MISSTATED
    if doubted:
        return Verdict.NEEDLESS
    if true is None:
        expected = CellState.PLACEHOLDER if (written or "").strip() else CellState.BLANK
        return Verdict.EXACT if state is expected else Verdict.MISSTATED
    if state is not CellState.PRESENT or (isinstance(true, Decimal) and str(value) != str(true)):
        return Verdict.MISSTATED
    return Verdict.EXACT
