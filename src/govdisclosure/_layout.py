"""The layout stage: which reading of these fragments is the form? Returns its rows, sections and identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

import regex
from attrs import define

from govdisclosure import _limits as limits
from govdisclosure._alignment import Alignment, align
from govdisclosure._atoms import Atom, Atoms, atoms_of, mark_labels, mark_misspelt
from govdisclosure._cells import cells_of, contradictions
from govdisclosure._characters import label_key
from govdisclosure._closed_cells import closed_cells
from govdisclosure._delimited import cut_at_delimiters
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import FormDefinition, SectionForm
from govdisclosure._furniture import Furniture, page_furniture
from govdisclosure._headed_table import read_headed_table
from govdisclosure._heads_in_order import doubt_order_of_heads
from govdisclosure._identity import Identity, identify, title_candidates
from govdisclosure._lone_bars import with_rows_between_bars
from govdisclosure._rows import RowReading, place_of, read_row
from govdisclosure._sections import read_sections
from govdisclosure._source import Document, Line
from govdisclosure._table_reading import HeadKeys, PageHints, doubt_page_numbers, read_labelled_table
from govdisclosure._torn_table import Surroundings
from govdisclosure._units import TablePlace, Unit, units_of
from govdisclosure._vocabulary import Vocabulary, vocabulary
from govdisclosure.records import Cell, ExtraRow, Section, Span


@define(slots=True, eq=False)
class Layout:
    """What the layout stage found: cells row by row in the form's order, sections, identity."""

    rows: list[tuple[Cell, ...]]
    sections: tuple[Section, ...]
    identity: Identity
    extra_rows: tuple[ExtraRow, ...]


def lay_out(document: Document, form: FormDefinition, notebook: Notebook) -> Layout:
    words = vocabulary(form)
    headings = {key for section in form.sections for key in words.keys[section.title.terminal]}
    lines = with_rows_between_bars(document.lines, lambda text: label_key(text) in headings)
    cut_at_delimiters(lines, form, words)
    page = page_furniture(lines, words.has_piece)
    furniture = page.lines
    _say_furniture(lines, furniture, notebook)
    pieces = sum(len(line.fragments) for line in lines)
    if pieces > limits.MAXIMUM_FRAGMENTS:
        raise limits.exceeded("MAXIMUM_FRAGMENTS", f"The document falls into {pieces:,} pieces.")
    atoms = mark_labels(atoms_of(lines, furniture, words), words)
    alignment = align(form, atoms)
    if len(alignment.chosen) < sum(row.label is not None for row in form.rows):
        atoms, alignment = _with_misspelt(form, atoms, alignment, words)
    rows, again, tables = _read_tables(form, atoms, alignment, _hints(lines, page), notebook)
    _say_labels(form, atoms, rows, notebook)
    cells = [cells_of(row, notebook) for row in rows]
    _say_missing_tables(form, rows, notebook)
    _say_repeated(form, rows, [*_again(form, rows, alignment), *again], alignment, notebook)
    _say_cut_short(form, lines, rows, atoms, notebook)
    units = units_of(lines, furniture, tuple(tables.values()), form)
    titles = [title for title in (document.title, *_furniture_titles(lines, furniture)) if title]
    candidates = title_candidates(units)
    sections = read_sections(form, units, tables, identify(candidates, titles).agency, notebook)
    identity = identify([(at, candidate) for at, candidate in candidates if at < sections.start], titles)
    _say_identity(identity, notebook)
    _say_second_title(form, identity, _titles_within(candidates, units, sections.start, tables.values()), notebook)
    return Layout(cells, sections.sections, identity, _extra_rows(rows, notebook))


def _with_misspelt(
    form: FormDefinition, atoms: Atoms, alignment: Alignment, words: Vocabulary
) -> tuple[Atoms, Alignment]:
    """Look once more for rows that are missing: their labels may have a wrong character."""
    missing = [
        row.label.terminal
        for index, row in enumerate(form.rows)
        if row.label is not None and index not in alignment.chosen
    ]
    found = mark_misspelt(atoms, words, missing)
    if not found:
        return atoms, alignment
    atoms.marks = sorted([*atoms.marks, *found], key=lambda mark: mark.start)
    return atoms, align(form, atoms)


def _read_tables(
    form: FormDefinition, atoms: Atoms, alignment: Alignment, page: PageHints, notebook: Notebook
) -> tuple[list[RowReading], list[RowReading], dict[str, TablePlace]]:
    """The rows of all tables, rows of tables that stand in the document once more, and the tables' places."""
    rows: list[RowReading] = []
    again: list[RowReading] = []
    tables: dict[str, TablePlace] = {}
    head_keys = HeadKeys(atoms.items, _head_keys(form))
    position = dict(zip(map(id, atoms.items), range(len(atoms.items)), strict=True))
    after = 0
    for section in form.sections:
        if not section.is_table:
            continue
        if section.is_headed:
            own, end = read_headed_table(form, section, len(rows), atoms, after, notebook)
            while end < len(atoms.items):
                repeated, end = read_headed_table(form, section, len(rows), atoms, end, Notebook())
                again.extend(row for row in repeated if row.found)
        else:
            around = Surroundings(form, section, atoms, alignment)
            own = read_labelled_table(section, len(rows), alignment, head_keys, around, page, notebook)
        place = _place(section, own, atoms, position, after)
        if place is not None:
            tables[section.name] = place[0]
            after = place[1]
        rows.extend(own)
    doubt_page_numbers(rows, page)
    doubt_order_of_heads(form, atoms, notebook)
    return rows, again, tables


def _hints(lines: Sequence[Line], page: Furniture) -> PageHints:
    return PageHints(_last_line(lines), page, set(), closed_cells(lines))


def _last_line(lines: Sequence[Line]) -> int:
    """The index of the last line that is not blank."""
    return next((index for index in range(len(lines) - 1, -1, -1) if not lines[index].blank), 0)


@cache
def _head_keys(form: FormDefinition) -> frozenset[str]:
    """The keys of column heads, and of the label before the first of them, which begins the line of heads."""
    heads = {column.head.terminal for row in form.rows for column in row.columns}
    for section in form.sections:
        before = [label.terminal for label, head in pairwise(section.labels) if head.terminal in heads]
        heads.update(before[:1] if section.is_table else ())
    return frozenset(key for head in heads for key in vocabulary(form).keys[head])


def _place(
    section: SectionForm, rows: Sequence[RowReading], atoms: Atoms, position: Mapping[int, int], after: int
) -> tuple[TablePlace, int] | None:
    """The lines from a table's first head to the last piece of its last row, and the atom behind it.

    ``position`` tells where an atom (by its ``id``) stands among all.
    """
    used = [at for row in rows for atom in row.values if (at := position.get(id(atom))) is not None]
    used += [row.stretch.mark.start for row in rows if row.stretch is not None and row.stretch.in_order]
    if not used:
        return None
    first, last = min(used), max(used)
    labels = {label.terminal for label in section.labels}
    for mark in reversed(atoms.marks_between(after, first)):
        if labels.isdisjoint(mark.terminals):
            if mark.complete:
                break
        elif atoms.items[first].line - atoms.items[mark.end - 1].line > 60:
            break
        else:
            first = mark.start
    last = max([last, *(mark.end - 1 for mark in atoms.marks_between(first, last + 1))])
    ahead = atoms.marks_between(last + 1, len(atoms.items))
    label_ahead = next((mark.start for mark in ahead if mark.complete), None)
    while last + 1 < len(atoms.items) and last + 1 != label_ahead and _trails(atoms.items[last + 1]):
        last += 1
    begin, end = atoms.items[first], atoms.items[last]
    place = TablePlace((begin.line, begin.fragment.column), (end.line, end.fragment.column + len(end.fragment.text)))
    return place, last + 1


def _trails(atom: Atom) -> bool:
    """Whether an atom can be the rest of a table: an empty cell, the end of a wrapped label."""
    return atom.blank or (atom.is_text and atom.labelled)


_PRINTED_AT = regex.compile(
    r"^\s*(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:,?\s*(?:[上下]午)?\s*\d{1,2}:\d\d(?::\d\d)?\s*(?:[AP]M)?)?"
    r"|\d{1,3}(?![\d年]))\s*"
)


def _furniture_titles(lines: Sequence[Line], furniture: frozenset[int]) -> list[str]:
    """Titles in running heads and in what a browser prints above a page."""
    return [
        _PRINTED_AT.sub("", lines[index].text) for index in sorted(furniture)[:12] if "信息公开" in lines[index].text
    ]


def _say_furniture(lines: Sequence[Line], furniture: frozenset[int], notebook: Notebook) -> None:
    if furniture:
        shown = sorted(furniture)
        notebook.add(
            "L105",
            f"{len(shown)} line{'s' if len(shown) > 1 else ''} of page furniture left out, as "
            f"“{lines[shown[0]].text.strip()[:40]}”.",
            span=lines[shown[0]].span(),
        )


def _say_labels(form: FormDefinition, atoms: Atoms, rows: Sequence[RowReading], notebook: Notebook) -> None:
    by_row = [(row, row.stretch.mark) for row in rows if row.stretch is not None]
    for code, chosen, message in (
        (
            "L101",
            [row for row, mark in by_row if mark.pieces > 1 or not mark.complete],
            "Row labels put together from pieces: {}.",
        ),
        (
            "L102",
            [row for row, mark in by_row if mark.renumbered],
            "Row labels numbered otherwise than in the form: {}.",
        ),
        (
            "L108",
            [row for row in rows if row.stretch is not None and not row.stretch.in_order],
            "Rows that stand elsewhere than the form has them: {}.",
        ),
    ):
        if chosen:
            paths = [path for row in chosen for path in row.form_row.cell_paths]
            notebook.add(code, message.format(len(chosen)), paths, _mark_span(atoms, chosen[0]))
    for row, mark in by_row:
        if mark.misspelt:
            text = atoms.items[mark.start].fragment.text
            label = row.form_row.label
            official = label.official if label is not None else ""
            notebook.add("L103", f"“{text}” was taken for {official}.", row.form_row.cell_paths, _mark_span(atoms, row))


def _mark_span(atoms: Atoms, row: RowReading) -> Span:
    assert row.stretch is not None
    return atoms.items[row.stretch.mark.start].fragment.span()


def _say_missing_tables(form: FormDefinition, rows: Sequence[RowReading], notebook: Notebook) -> None:
    at = 0
    for section in form.sections:
        own = rows[at : at + len(section.rows)]
        at += len(section.rows)
        if own and not any(row.values or row.settled for row in own):
            paths = [path for row in own for path in row.form_row.cell_paths]
            notebook.add("L301", f"The table of {section.title.official} is missing.", paths)


def _again(form: FormDefinition, rows: Sequence[RowReading], alignment: Alignment) -> list[RowReading]:
    """The labelled rows that stand in the document again."""
    used = {id(row.stretch) for row in rows}
    return [
        read_row(form.rows[stretch.row], stretch.row, stretch)
        for stretch in alignment.others
        if id(stretch) not in used
    ]


MOST_THE_SAME = 0.7
"""The share of repeated rows with the same values that speaks for a table printed twice, not for a second report."""


def _say_repeated(
    form: FormDefinition,
    rows: Sequence[RowReading],
    repeated: Sequence[RowReading],
    alignment: Alignment,
    notebook: Notebook,
) -> None:
    same = 0
    differing: list[str] = []
    for again in repeated:
        paths = contradictions(rows[again.index], again)
        if paths is None:
            paths = again.form_row.cell_paths
        if paths:
            differing.extend(paths)
        else:
            same += 1
    if same:
        notebook.add("L109", f"Rows that stand in the document again, with the same values: {same}.")
    others = len(repeated) + sum(len(row.extra) for row in rows)
    twice = alignment.twice
    if alignment.mixed and (not repeated or same < MOST_THE_SAME * len(repeated)):
        notebook.add("L304", "A second report follows a broken one; what was read may be of either.", form.cell_paths)
    elif 2 * max(twice, others) > len(rows) and (differing or same < 0.9 * twice):
        notebook.add("L304", "A second report follows; the first was read.", form.cell_paths)
    elif differing:
        notebook.add(
            "L206",
            f"Rows that stand in the document again, with other values: {len(repeated) - same}.",
            dict.fromkeys(differing),
            place_of(repeated[0]),
        )


def _say_cut_short(
    form: FormDefinition, lines: Sequence[Line], rows: Sequence[RowReading], atoms: Atoms, notebook: Notebook
) -> None:
    """The document ends with a table's value, where the form goes on: the value, and blanks after it, may be cut."""
    end = _last_line(lines)
    if not atoms.items or atoms.items[-1].is_text or atoms.items[-1].line < end:
        return
    for row in rows:
        filled = [at for at, slot in enumerate(row.slots) if slot is not None and slot.is_value]
        last = row.slots[filled[-1]] if filled else None
        if last is None or last.line < end or row.holds is True:
            continue
        whole = last.reading is not None and last.reading.is_placeholder
        columns = range(filled[-1] + whole, row.width)
        paths = [row.form_row.cell_paths[column] for column in columns if row.settled or column == filled[-1]]
        if paths:
            notebook.add("L210", "The document ends with this value.", paths, last.fragment.span())


def _say_identity(identity: Identity, notebook: Notebook) -> None:
    missing = [name for name in ("title", "agency", "year") if getattr(identity, name) is None]
    if missing:
        notebook.add("L303", f"No {' and no '.join(missing)} was found before section one.", missing)


def _titles_within(
    candidates: Sequence[tuple[int, Identity]], units: Sequence[Unit], start: int, tables: Iterable[TablePlace]
) -> list[Identity]:
    """The titles that stand between section one, which begins at the unit ``start``, and the end of the tables."""
    end = max((table.last for table in tables), default=(0, 0))
    return [identity for at, identity in candidates if at >= start and (units[at].index, units[at].start) < end]


def _say_second_title(
    form: FormDefinition, identity: Identity, candidates: Sequence[Identity], notebook: Notebook
) -> None:
    """Between section one and the end of the tables stands another report's title: the tables may be that report's."""
    for other in candidates:
        if any(
            one is not None and another is not None and one != another
            for one, another in ((identity.agency, other.agency), (identity.year, other.year))
        ):
            message = f"Before the tables stands another title, {other.title}; they may be of either report."
            notebook.add("L304", message, form.cell_paths, other.span)
            return


def _extra_rows(rows: Sequence[RowReading], notebook: Notebook) -> tuple[ExtraRow, ...]:
    found = []
    for row in rows:
        for labels, values in row.extra:
            label = "".join(atom.fragment.text for atom in labels)
            span = labels[0].fragment.span()
            found.append(ExtraRow(label, tuple(atom.fragment.text for atom in values), row.form_row.path, span))
            notebook.add("L110", f"The row {label} is not one of the form's.", span=span)
    return tuple(found)
