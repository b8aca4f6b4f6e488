"""A report whose content is known: its identity, cells and prose; and a source of invented ones."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

import attrs

from govdisclosure._forms import FormDefinition
from govdisclosure._grammar import definitions
from tests.support import prose

Value = int | Decimal | None
Paragraph = tuple[str, str]

BALANCE = ("requests.received", "requests.carried_in", "requests.concluded", "requests.carried_over")
BLANKS = ("none", "some", "zeros", "organizations", "anywhere")
"""Which cells are left blank: some zeros, every zero, the five columns of organisations (which then had no requests),
or any cells, so that the sums no longer hold."""

PLACEHOLDERS = ("/", "-", "—", "——", "无", "不适用", "空")


@attrs.frozen
class Truth:
    """What a report says.

    ``written`` holds cells as printed where that is not simply the number: blanks (``""``), placeholders, notes, units.
    ``narrative`` holds the prose by section, each paragraph with its kind: ``"p"`` or ``"h"`` (a sub-heading).
    ``wordings`` are the labels' wordings by terminal where they are not the official ones. ``extra_rows`` are rows that
    the form does not have, label and values, by the path of the form's row above.
    """

    form: str
    title: str
    agency: str
    year: int
    cells: Mapping[str, Value]
    written: Mapping[str, str] = attrs.field(factory=dict)
    narrative: Mapping[str, tuple[Paragraph, ...]] = attrs.field(factory=dict)
    wordings: Mapping[str, str] = attrs.field(factory=dict)
    extra_rows: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    def printed(self, path: str) -> str:
        """The cell as the report prints it."""
        if path in self.written:
            return self.written[path]
        value = self.cells[path]
        return "" if value is None else str(value)

    def wording(self, terminal: str) -> str:
        """The wording of a label."""
        return self.wordings.get(terminal) or form(self.form).labels[terminal].official

    @property
    def has_blanks(self) -> bool:
        return any(not self.printed(path).strip() for path in self.cells)


@attrs.frozen
class Manner:
    """How a truth is invented."""

    form: str = "2021"
    scale: int = 20  #: counts run up to about this; from 1,000,000 on they reach eight digits
    consistent: bool = True  #: whether the report's sums hold
    blanks: str = "none"  #: one of ``BLANKS``
    placeholders: bool = False
    notes: bool = False  #: notes, units and signs in the cells
    variants: bool = False  #: wordings of labels other than the official ones
    misprints: bool = False  #: one wrong character in some long labels
    extra_row: bool = False  #: a province's own row after the form's normative documents
    prose: str = "plain"  #: a style of ``prose.STYLES``


@cache
def form(code: str) -> FormDefinition:
    """The form of that code."""
    return next(definition for definition in definitions() if definition.code == code)


def invent(seed: int, manner: Manner) -> Truth:
    """A report of that manner; the same for the same seed."""
    chance = random.Random(f"{seed}:{manner}")
    year = chance.choice((2019, 2020) if manner.form == "2019" else (2021, 2022, 2023, 2024, 2025))
    agency = prose.agency(chance)
    cells = _cells(chance, manner)
    written: dict[str, str] = {}
    _annotate(chance, manner, cells, written)
    _blank(chance, manner, cells, written)
    return Truth(
        form=manner.form,
        title=prose.title(chance, agency, year),
        agency=agency,
        year=year,
        cells=cells,
        written=written,
        narrative=prose.narrative(chance, manner.prose, agency, year),
        wordings=_wordings(chance, manner),
        extra_rows=_extra_rows(chance) if manner.extra_row else {},
    )


# -- cells -------------------------------------------------------------------------------------------------------------


def _cells(chance: random.Random, manner: Manner) -> dict[str, Value]:
    definition = form(manner.form)
    cells: dict[str, Value] = dict.fromkeys(definition.cell_paths)
    for section in definition.sections:
        if section.name == "proactive":
            for row in section.rows:
                for column in row.columns:
                    cells[f"{row.path}.{column.name}"] = _proactive(chance, manner.scale, column.kind)
        elif section.name == "requests":
            columns = [column.name for column in section.rows[0].columns]
            applicants = 1 if manner.blanks == "organizations" else len(columns) - 1
            cells.update(_requests(chance, manner.scale, [row.path for row in section.rows], columns, applicants))
        elif section.is_table:
            for row in section.rows:
                *parts, total = row.cell_paths
                counts = [_count(chance, manner.scale // 4 + 1) for _part in parts]
                cells.update(zip(parts, counts, strict=True))
                cells[total] = sum(counts)
    if not manner.consistent:
        _break_sums(chance, cells)
    return cells


def _requests(
    chance: random.Random, scale: int, rows: list[str], columns: list[str], applicants: int
) -> dict[str, Value]:
    """Table three with every sum right: outcomes first, then what came in and what stayed, to balance them.

    Only the first ``applicants`` columns have requests.
    """
    cells: dict[str, Value] = {}
    outcomes = [row for row in rows if row not in BALANCE]
    received, carried_in, concluded, carried_over = BALANCE
    *parts, total = columns
    for number, column in enumerate(parts):
        some = scale if number < applicants else 0
        counts = [_count(chance, some) for _row in outcomes]
        inflow = sum(counts)
        stays = _count(chance, some // 3 + 1) if some else 0
        earlier = chance.randint(0, min(inflow + stays, scale))
        cells.update({f"{row}.{column}": count for row, count in zip(outcomes, counts, strict=True)})
        cells[f"{concluded}.{column}"] = inflow
        cells[f"{carried_over}.{column}"] = stays
        cells[f"{carried_in}.{column}"] = earlier
        cells[f"{received}.{column}"] = inflow + stays - earlier
    for row in rows:
        cells[f"{row}.{total}"] = sum(int(cells[f"{row}.{column}"] or 0) for column in parts)
    return cells


def _count(chance: random.Random, scale: int) -> int:
    """Mostly nought, as in real reports; otherwise anything up to the scale, small numbers more often."""
    if not scale or chance.random() < 0.6:
        return 0
    size: float = float(scale) ** chance.random()
    return max(1, round(size))


def _proactive(chance: random.Random, scale: int, kind: str) -> Value:
    if kind == "decimal":
        places = chance.choice((0, 1, 2, 4, 4))
        whole = round(float(scale) ** (chance.random() * 2))
        if places == 0:
            return Decimal(whole)
        return Decimal(f"{whole}.{chance.randrange(10**places):0{places}d}")
    if kind == "signed_integer":
        return chance.choice((0, 0, 1, -1)) * chance.randint(0, scale)
    return _count(chance, scale * chance.choice((1, 10)))


def _break_sums(chance: random.Random, cells: dict[str, Value]) -> None:
    """A few numbers are other than the sums want them, as the agency itself printed them."""
    paths = [path for path in cells if not path.startswith("proactive.")]
    for path in chance.sample(paths, chance.randint(1, 4)):
        cells[path] = int(cells[path] or 0) + chance.choice((1, 2, 9, 10))


def _annotate(chance: random.Random, manner: Manner, cells: Mapping[str, Value], written: dict[str, str]) -> None:
    for path, value in cells.items():
        if path.endswith(".change") and isinstance(value, int) and value > 0 and chance.random() < 0.3:
            written[path] = f"+{value}"
    if not manner.notes:
        return
    for path, value in cells.items():
        if path.startswith("proactive.normative_documents.") and value and chance.random() < 0.6:
            inner = chance.randint(1, int(value))
            written[path] = f"{value}" + chance.choice((f"（其中修订{inner}件）", f"（含自然失效{inner}件）"))
        elif path.startswith("proactive.") and path.endswith(".amount") and chance.random() < 0.6:
            written[path] = f"{value}万元"


def _blank(chance: random.Random, manner: Manner, cells: dict[str, Value], written: dict[str, str]) -> None:
    for path, value in list(cells.items()):
        gone = {
            "some": value == 0 and chance.random() < 0.1,
            "anywhere": chance.random() < 0.07,
            "zeros": value == 0,
            "organizations": path.startswith("requests.") and not path.endswith(("natural_person", "total")),
        }.get(manner.blanks, False)
        if gone:
            cells[path], written[path] = None, ""
    if manner.placeholders:
        mark = chance.choice(PLACEHOLDERS)
        for row in chance.sample(form(manner.form).rows, 3):
            for path in row.cell_paths:
                if chance.random() < 0.8:
                    cells[path], written[path] = None, mark


def _extra_rows(chance: random.Random) -> dict[str, tuple[str, ...]]:
    counts = (str(chance.randint(0, 300)) for _column in range(3))
    return {"proactive.normative_documents": (chance.choice(("其他主动公开文件", "其他文件")), *counts)}


def _wordings(chance: random.Random, manner: Manner) -> dict[str, str]:
    """A wording for some labels. Section titles keep their numeral: without it they are a case of their own."""
    definition = form(manner.form)
    titles = {section.title.terminal for section in definition.sections}
    chosen = {}
    for terminal, label in definition.labels.items():
        wordings = [w for w in label.wordings if terminal not in titles or w[1:2] == "、" or w[:1] == "表"]
        if manner.variants and chance.random() < 0.4:
            chosen[terminal] = chance.choice(wordings)
        if (
            manner.misprints
            and terminal not in titles
            and not terminal.startswith("ARTICLE_")
            and chance.random() < 0.2
        ):
            wording = chosen.get(terminal, label.official)
            if len(wording) >= _LONG:
                at = chance.randrange(4, len(wording) - 1)
                if wording[at].isalpha():
                    chosen[terminal] = wording[:at] + chance.choice("汴沐倌侑玫") + wording[at + 1 :]
    return chosen


_LONG = 9
"""A label of so many characters or more is known with one of them wrong."""
