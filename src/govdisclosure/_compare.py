"""``diff``: two reports in, the edits between them out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from govdisclosure._changes import Changes
from govdisclosure._comparability import corresponds, reason_against
from govdisclosure._continuity import Doubts, continuity
from govdisclosure._differences import (
    CellAppeared,
    CellChanged,
    CellEdit,
    CellVanished,
    Edit,
    ExtraRowsChanged,
    IdentityChanged,
    NotComparable,
    NoteChanged,
    SectionChanged,
    Side,
    StateChanged,
)
from govdisclosure._labels import section_of
from govdisclosure._patterns import pattern
from govdisclosure._prose_differences import sentence_edits
from govdisclosure._prose_similarity import own_wording, wording_similarity
from govdisclosure.records import Cell, ExtraRow, Report, Section

IDENTITY: Final = ("title", "agency", "year", "form", "published", "publisher")

_DASHES = pattern(r"[-\u2010-\u2015\u2212\u2500]+")
_PRINTED_NUMBER = pattern(r"[+\-−－]?\d[\d,]*(?:\.\d+)?")


def diff(old: Report, new: Report) -> Changes:
    """What changed from ``old`` to ``new``: two years of one agency, a correction, two agencies, two readings.

    The result is a sequence of small frozen edits in the form's order, with views (``cells``, ``prose``,
    ``identity``, ``not_comparable``), the expectations between two years (``continuity``), and ``apply``, which makes
    the new report of the old one. Counts are in 件 or 项, amounts as printed (``fees.amount`` in 万元). Only cells that
    count the same in both forms (国办公开办函〔2019〕60号 and 〔2021〕30号) are compared; the others are listed
    with the reason. A change that rests on a doubtful or inferred cell says so. Where the cells stand in the
    sources is not compared. Raises ``TypeError`` if one of the two is no report.
    """
    for report in (old, new):
        if not isinstance(report, Report):
            raise TypeError(f"diff compares two reports, not {type(report).__name__}")
    by_section: dict[str, list[Edit]] = {}
    for edit in _cell_edits(old, new):
        by_section.setdefault(section_of(edit.path), []).append(edit)
    edits: list[Edit] = list(_identity_edits(old, new))
    similarity: list[tuple[str, float | None]] = []
    names = _section_names(old, new)
    for name in names:
        before, after = _section(old, name), _section(new, name)
        likeness = _similarity(before, after)
        if (before and (before.text or before.title)) or (after and (after.text or after.title)):
            similarity.append((name, likeness))
        edits += _section_edits(name, before, after, likeness)
        edits += by_section.pop(name, [])
    for left in by_section.values():
        edits += left
    if _printed(old.extra_rows) != _printed(new.extra_rows):
        edits.append(ExtraRowsChanged(old.extra_rows, new.extra_rows))
    return Changes(old, new, tuple(edits), continuity(old, new), tuple(similarity))


def _identity_edits(old: Report, new: Report) -> Iterator[IdentityChanged]:
    for field in IDENTITY:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield IdentityChanged(field, before, after)


def _cell_edits(old: Report, new: Report) -> Iterator[CellEdit | NotComparable]:
    """Cells that correspond in the form's order, then those that don't: the older form's first, whichever way round."""
    old_form, new_form = str(old.form), str(new.form)
    before, after = dict(old.table_cells), dict(new.table_cells)
    shared = [path for path in (after if new_form < old_form else before) if path in before and path in after]
    old_doubts, new_doubts = Doubts.of(old, Side.OLD), Doubts.of(new, Side.NEW)
    comparable = {path for path in shared if corresponds(path, old_form, new_form)}
    for path in shared:
        if path in comparable:
            edit = _cell_edit(path, before[path], after[path])
            if edit is not None:
                yield edit(path, before[path], after[path], old_doubts.about(path) + new_doubts.about(path))
    alone = [
        (form, NotComparable(path, side, cell, reason_against(path, form, other_form, other)))
        for side, cells, form, other_form, other in (
            (Side.OLD, before, old_form, new_form, after),
            (Side.NEW, after, new_form, old_form, before),
        )
        for path, cell in cells.items()
        if path not in comparable
    ]
    if old_form == new_form:
        alone.sort(key=lambda item: item[1].path)
    yield from (edit for _, edit in sorted(alone, key=lambda item: item[0]))


def _cell_edit(path: str, before: Cell, after: Cell) -> type[CellEdit] | None:
    old, new = before.value, after.value
    if old == new:
        if before.state is not after.state:
            return StateChanged
        return NoteChanged if before.raw != after.raw and _note(before) != _note(after) else None
    if old is not None and new is not None:
        return CellChanged
    if old == 0 or new == 0:
        return StateChanged
    return CellAppeared if old is None else CellVanished


def _note(cell: Cell) -> str:
    """What is printed beside the number: a note, a unit, a placeholder. The number's own writing is left out."""
    raw = "".join(unicodedata.normalize("NFKC", cell.raw).split())
    return _DASHES.sub("-", raw) if cell.value is None else _PRINTED_NUMBER.sub("", raw, count=1)


def _section_names(old: Report, new: Report) -> list[str]:
    first, second = (old, new) if str(old.form) <= str(new.form) else (new, old)
    return list(dict.fromkeys(section.name for report in (first, second) for section in report.sections))


def _section(report: Report, name: str) -> Section | None:
    return next((section for section in report.sections if section.name == name), None)


def _section_edits(
    name: str, before: Section | None, after: Section | None, similarity: float | None
) -> Iterator[SectionChanged]:
    old_title, new_title = (section.title if section else None for section in (before, after))
    old_text, new_text = (section.text if section else "" for section in (before, after))
    if (old_title, old_text) != (new_title, new_text):
        yield SectionChanged(name, old_title, new_title, sentence_edits(old_text, new_text), similarity)


def _similarity(before: Section | None, after: Section | None) -> float | None:
    """Rule Y306's measure; ``None`` where a section says nothing of its own."""
    texts = [own_wording(section.text) if section else "" for section in (before, after)]
    return wording_similarity(*texts) if all(texts) else None


def _printed(rows: tuple[ExtraRow, ...]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(row.label, row.raw, row.after) for row in rows]
