"""``Changes``: the edits between two reports as a sequence, with views of them, and the way back to a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, overload

import attrs
from attrs import frozen

from govdisclosure._continuity import Continuity
from govdisclosure._differences import (
    CellEdit,
    Edit,
    ExtraRowsChanged,
    IdentityChanged,
    NotComparable,
    SectionChanged,
    Side,
)
from govdisclosure._labels import SECTION_TITLES, section_of
from govdisclosure._prose_differences import applied, only_white_space
from govdisclosure.records import Cell, Report, Section


@frozen
class Changes(Sequence[Edit]):
    """What ``diff`` found: a sequence of edits in the form's order, empty (and false) if the reports say the same.

    ``continuity`` holds what one year leads one to expect of the next (stocks with their flows, carry-over with its
    counterpart), whether it changed or not; it is empty unless the reports are of one agency and two years in a row.
    """

    old: Report = attrs.field(repr=False)
    new: Report = attrs.field(repr=False)
    edits: tuple[Edit, ...]
    continuity: tuple[Continuity, ...] = ()
    similarities: tuple[tuple[str, float | None], ...] = attrs.field(default=(), repr=False)

    @overload
    def __getitem__(self, index: int) -> Edit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Edit, ...]: ...
    def __getitem__(self, index: int | slice) -> Edit | tuple[Edit, ...]:
        return self.edits[index]

    def __len__(self) -> int:
        return len(self.edits)

    def __iter__(self) -> Iterator[Edit]:
        return iter(self.edits)

    # -- views --------------------------------------------------------------------------------------------------------

    @property
    def cells(self) -> tuple[CellEdit, ...]:
        """The edits of cells that both forms have: ``path``, ``old``, ``new``, ``delta``, ``ratio``, ``doubts``."""
        return tuple(edit for edit in self.edits if isinstance(edit, CellEdit))

    @property
    def prose(self) -> tuple[SectionChanged, ...]:
        """The sections whose title or text changed."""
        return tuple(edit for edit in self.edits if isinstance(edit, SectionChanged))

    @property
    def identity(self) -> tuple[IdentityChanged, ...]:
        """Title, agency, year, form, publication date, publisher, as far as they differ."""
        return tuple(edit for edit in self.edits if isinstance(edit, IdentityChanged))

    @property
    def extra_rows(self) -> tuple[ExtraRowsChanged, ...]:
        """At most one edit: the rows that the form does not have, before and after."""
        return tuple(edit for edit in self.edits if isinstance(edit, ExtraRowsChanged))

    @property
    def not_comparable(self) -> tuple[NotComparable, ...]:
        """The cells of either report that have no counterpart in the other's form, each with the reason."""
        return tuple(edit for edit in self.edits if isinstance(edit, NotComparable))

    @property
    def similarity(self) -> Mapping[str, float | None]:
        """How much each section's prose resembles the other's, 0 to 1, by section name; ``None``: nothing to compare.

        The measure is that of rule Y306: the form's fixed wording is left out and figures count as equal.
        """
        return MappingProxyType(dict(self.similarities))

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of all sections of either report, and of tables that stand in none of them."""
        of_reports = (section.name for report in (self.new, self.old) for section in report.sections)
        of_cells = (section_of(path) for report in (self.new, self.old) for path, _ in report.table_cells)
        return tuple(dict.fromkeys((*of_reports, *of_cells)))

    def explanation(self, path: str) -> Continuity | None:
        """What should explain the stock or carry-over at ``path``; ``None`` for flows and where nothing does."""
        return next((found for found in self.continuity if found.concerns(path)), None)

    # -- there and back -----------------------------------------------------------------------------------------------

    def apply(self, old: Report) -> Report:
        """The new report, made of ``old`` by these edits: its identity, cells, sections and extra rows.

        Diagnostics of ``old`` stay as far as they concern cells that stay. Raises ``ValueError`` that names the first
        edit that does not fit, if ``old`` is not what the edits were made from.
        """
        replaced: dict[str, Cell] = {}
        added: dict[str, Cell] = {}
        removed: set[str] = set()
        sections = {section.name: section for section in old.sections}
        fields: dict[str, Any] = {}
        for edit in self.edits:
            match edit:
                case CellEdit():
                    _expect(edit.path, _stated(edit.before), _stated(_cell(old, edit.path)))
                    replaced[edit.path] = edit.after
                case NotComparable(side=Side.OLD):
                    _expect(edit.path, _stated(edit.cell), _stated(_cell(old, edit.path)))
                    removed.add(edit.path)
                case NotComparable():
                    added[edit.path] = edit.cell
                case IdentityChanged():
                    _expect(edit.field, edit.old, getattr(old, edit.field))
                    fields[edit.field] = edit.new
                case SectionChanged():
                    section = sections.pop(edit.name, None)
                    _expect(edit.name, edit.old_title, section.title if section else None)
                    if edit.new_title is not None:
                        text = applied(section.text if section else "", edit.sentences)
                        sections[edit.name] = Section(edit.name, edit.new_title, text)
                case ExtraRowsChanged():
                    fields["extra_rows"] = edit.new
        # A cell replaced by itself loses the doubts about it, which is what a cell that leaves should do.
        kept = old.with_cells({**{path: _cell(old, path) for path in removed}, **replaced})
        cells = {path: cell for path, cell in kept.table_cells if path not in removed} | added
        return attrs.evolve(
            kept,
            table_cells=tuple(sorted(cells.items(), key=_order([path for path, _ in self.new.table_cells]))),
            sections=tuple(
                section
                for _, section in sorted(sections.items(), key=_order([section.name for section in self.new.sections]))
            ),
            **fields,
        )

    def mirrored(self) -> Changes:
        """The changes the other way round, as ``diff(new, old)`` gives them."""
        return Changes(
            self.new,
            self.old,
            tuple(edit.mirrored() for edit in self.edits),
            tuple(found.mirrored() for found in self.continuity),
            self.similarities,
        )

    # -- shown --------------------------------------------------------------------------------------------------------

    def summary(self) -> str:
        """What changed, in a few lines of plain text."""
        lines = [f"{_name(self.old)} -> {_name(self.new)}"]
        if not self.edits:
            return f"{lines[0]}\nno differences"
        if self.identity:
            lines.append("identity: " + ", ".join(edit.field for edit in self.identity))
        kinds = Counter(_kind(edit) for edit in self.cells)
        counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "none differs"
        lines.append(f"cells: {counts}")
        if self.not_comparable:
            sides = Counter(edit.side for edit in self.not_comparable)
            lines.append(f"not comparable: {sides[Side.OLD]} cells of the old report, {sides[Side.NEW]} of the new")
        if self.extra_rows:
            lines.append("extra rows: other ones")
        for section in self.prose:
            lines.append(f"prose: {SECTION_TITLES.get(section.name, section.name)}: {prose_summary(section)}")
        if self.continuity:
            verdicts = Counter(found.holds for found in self.continuity)
            words = ((True, "as expected"), (False, "not as expected"), (None, "not assessable"))
            told = ", ".join(f"{verdicts[holds]} {word}" for holds, word in words if verdicts[holds])
            lines.append(f"from year to year: {told}")
        doubtful = sum(1 for edit in self.cells if edit.doubts)
        if doubtful:
            lines.append(
                f"doubt: {doubtful} of these cells rest{'s' if doubtful == 1 else ''} on a doubtful or inferred value"
            )
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The edits in JSON's own types; decimals are strings, as in ``Report.to_dict``."""
        return {
            "old": _identity(self.old),
            "new": _identity(self.new),
            "edits": [edit.to_dict() for edit in self.edits],
            "continuity": [found.to_dict() for found in self.continuity],
            "similarity": dict(self.similarities),
        }

    def to_html(self) -> str:
        """A page of its own, without outside resources: the tables side by side, the prose with its changes marked."""
        from govdisclosure._difference_page import difference_page

        return difference_page(self)

    def _repr_html_(self) -> str:
        from govdisclosure._difference_page import notebook_fragment

        return notebook_fragment(self)


def prose_summary(section: SectionChanged) -> str:
    """Counts of sentences by what became of them, and the likeness."""
    if section.old_title is None or section.new_title is None:
        return "only in the " + ("new" if section.old_title is None else "old") + " report's form"
    parts = []
    if section.old_title != section.new_title:
        parts.append("title changed")
    told = [edit for edit in section.sentences if not only_white_space(edit)]
    parts += [f"{count} {kind}" for kind, count in Counter(edit.kind for edit in told).items()]
    if section.sentences and not told:
        parts.append("white space only")
    if section.similarity is not None:
        parts.append(f"{section.similarity:.0%} alike (figures aside)")
    return ", ".join(parts)


def _kind(edit: CellEdit) -> str:
    if edit.kind != "changed" or edit.delta is None:
        return edit.kind
    return "larger" if edit.delta > 0 else "smaller"


def _name(report: Report) -> str:
    agency = report.agency or report.title or "unnamed agency"
    return f"{agency} {report.year if report.year is not None else '(no year)'} (form {report.form})"


def _identity(report: Report) -> dict[str, Any]:
    return {"title": report.title, "agency": report.agency, "year": report.year, "form": str(report.form)}


def _cell(report: Report, path: str) -> Cell:
    try:
        return report.cell(path)
    except KeyError:
        raise ValueError(f"{path}: the report to change has no such cell") from None


def _stated(cell: Cell) -> tuple[object, object]:
    return cell.value, cell.state


def _expect(what: str, expected: object, found: object) -> None:
    if expected != found:
        raise ValueError(f"{what}: the report to change has {found!r}, the edit expects {expected!r}")


def _order(names: list[str]) -> Any:
    places = {name: place for place, name in enumerate(names)}
    return lambda item: places.get(item[0], len(places))
